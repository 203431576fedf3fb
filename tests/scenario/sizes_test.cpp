// What is counted before anything else is looked at, at each limit and one beyond (docs/promises.md).

#include <functional>

#include "catch_compat.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "small_scenario.hpp"

using namespace cwtsim;
using namespace cwtsim::scenario;
using namespace cwtsim::scenario::small;

namespace {

/// Counts of what there may be so many of, by what makes a scenario of that many.
std::string too_many_with(auto const& make, std::size_t n) {
  auto s = clinic();
  make(s, n);
  return lines(too_many(s));
}

}  // namespace

TEST_CASE("what is numbered in 16 bits: as many as allowed, and one more") {
  struct Count {
    char const* pointer;
    char const* what;
    std::function<void(Scenario&, std::size_t)> make;
  };
  auto const rows = std::vector<Count>{
      {"/providers", "providers", [](Scenario& s, std::size_t n) { fill_up(s.providers, n); }},
      {"/providers", "resources",
       [](Scenario& s, std::size_t n) {  // few names at many providers
         fill_up(s.providers, 300);
         std::size_t left = n - 1;
         for (std::size_t p = 1; p < 300; ++p) {
           auto const here = std::min<std::size_t>(left, 201);
           fill_up(s.providers.items[p].second.resources, here);
           left -= here;
         }
         REQUIRE(left == 0);
       }},
      {"/providers", "roles of staff, each counted at each of its providers",
       [](Scenario& s, std::size_t n) { fill_up(s.providers.items[0].second.staff, n); }},
      {"/pathways", "steps",
       [](Scenario& s, std::size_t n) { fill_up(s.pathways.items[0].second.steps, n, delay(1, "home")); }},
      {"/demand", "streams, each counted at each of its providers",
       [](Scenario& s, std::size_t n) { fill_up(s.demand, n, s.demand.items[0].second); }},
      {"/demand", "streams, each counted at each of its providers",
       [](Scenario& s, std::size_t n) {
         fill_up(s.demand, 2, s.demand.items[0].second);
         fill_up(s.demand.items[0].second.volume, n - 1, 1.0);
       }},
      {"/waiting", "waiting lists at the start", [](Scenario& s, std::size_t n) { fill_up(s.waiting, n); }},
      {"/rules", "rules", [](Scenario& s, std::size_t n) { fill_up(s.rules, n); }},
  };
  for (auto const& row : rows) {
    INFO(row.pointer << " " << row.what);
    CHECK(too_many_with(row.make, 60'000) == "");
    CHECK(too_many_with(row.make, 60'001) ==
          std::string(row.pointer) + ": 60001 " + row.what + "; at most 60000 are allowed\n");
  }
}

TEST_CASE("what is kept for every pair: as many pairs as allowed, and more") {
  auto s = clinic();
  fill_up(s.providers, 2'000);
  fill_up(s.pathways.items[0].second.steps, 2'000, delay(1, "home"));
  CHECK(lines(too_many(s)) == "");
  fill_up(s.providers, 2'001);
  CHECK(lines(too_many(s)) ==
        "/providers: 2000 steps and 2001 providers make 4002000 pairs, and something is kept for each; at most 4000000 "
        "are allowed\n");
  s = clinic();
  fill_up(s.providers, 2'000);
  fill_up(s.providers.items[1].second.resources, 9'999);
  CHECK(lines(too_many(s)) == "");
  fill_up(s.providers.items[1].second.resources, 10'000);
  CHECK(lines(too_many(s)) ==
        "/providers: 10001 names of resources and 2000 providers make 20002000 pairs, and something is kept for each; "
        "at most 20000000 are allowed\n");
  s = clinic();
  fill_up(s.providers, 10'000);
  fill_up(s.ledgers, 100);
  CHECK(lines(too_many(s)) == "");
  fill_up(s.ledgers, 101);
  CHECK(lines(too_many(s)) ==
        "/ledgers: 101 ledgers and 10000 providers make 1010000 pairs, and something is kept for each; at most 1000000 "
        "are allowed\n");
}

TEST_CASE("strata of all standards, and of all measures: as many as allowed, and one more") {
  auto s = clinic();
  fill_up(s.providers, 99);
  s.standards.items[0].second.by = {"provider"};
  fill_up(s.standards, 1'000, s.standards.items[0].second);
  CHECK(lines(too_many(s)) == "");
  s.standards.items.emplace_back("one more", s.standards.items[0].second);
  s.standards.items.back().second.by = {"all"};
  CHECK(lines(too_many(s)) == "/standards: 100001 strata of all standards together; at most 100000 are allowed\n");
  s.standards.items.pop_back();
  Measure measure;
  measure.by = {"provider"};
  fill_up(s.measures, 1'000, measure);
  CHECK(lines(too_many(s)) == "");
  s.measures.items.emplace_back("one more", Measure{});
  CHECK(lines(too_many(s)) == "/measures: 100001 strata of all measures together; at most 100000 are allowed\n");
}

TEST_CASE("posts that are followed: as many as allowed, and one more") {
  auto s = clinic();
  Staff staff;
  staff.whole_time_equivalents = 1e6;
  staff.leavers_per_year = 0.1;
  fill_up(s.providers.items[0].second.staff, 2, staff);
  CHECK(lines(too_many(s)) == "");
  staff.whole_time_equivalents = 0.5;
  fill_up(s.providers.items[0].second.staff, 3, staff);
  CHECK(lines(too_many(s)) ==
        "/providers: 2000001 posts whose holders come and go, and each is followed; at most 2000000 are allowed\n");
  s.providers.items[0].second.staff.items.back().second.leavers_per_year = 0;
  CHECK(lines(too_many(s)) == "");
}
