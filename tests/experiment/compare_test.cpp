// Arms held against the first of them, with figures that can be worked out by hand.

#include "cwtsim/experiment/compare.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "catch_compat.hpp"
#include "three_replications.hpp"
#include "varied.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

using Results = std::vector<engine::ReplicationResult>;

ArmReplications arm_of(model::Model const& model, Results const& results, std::string const& name,
                       std::vector<Outlay> const& outlays = {}) {
  return replications_of(model, experiment_of(model, results), {name, "the arm " + name, "", "", ""}, outlays);
}

/// So many more halves in time in every month of the first year, as often as there are replications.
Results more(std::vector<std::uint32_t> const& by_replication) {
  Results results;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> const own{{180, 140}, {170, 150}, {160, 160}};
  for (std::uint64_t r = 0; r < 3; ++r)
    results.push_back(replication_of(r, 200, two_years(own[r].first + by_replication[r], own[r].second)));
  return results;
}

ArmDifference const& find(Differences const& d, std::size_t arm, Figures figure, std::string_view when,
                          std::string_view value = "all") {
  auto const found = std::ranges::find_if(d.rows, [&](ArmDifference const& row) {
    bool const measured = figure == Figures::mean || figure == Figures::total;
    auto const& strata = measured ? d.names.measure_strata : d.names.strata;
    return row.arm == arm && row.figure == figure && row.when == when &&
           (figure == Figures::pounds || strata[row.stratum].value == value);
  });
  REQUIRE(found != d.rows.end());
  return *found;
}

Differences compared(std::vector<ArmReplications> arms) {
  auto result = compare(std::move(arms));
  if (auto const* const unlike = std::get_if<NotAlike>(&result)) FAIL(unlike->what);
  return std::get<Differences>(std::move(result));
}

}  // namespace

TEST_CASE("an arm differs from the first by its own figure less the first's, in pairs of replications") {
  auto const model = two_year_model();
  auto const d = compared({arm_of(model, three_results(), "base"), arm_of(model, more({10, 12, 14}), "a1")});
  CHECK(d.replications == 3);
  CHECK(d.arms[1].name == "the arm a1");
  auto const& first_year = find(d, 1, Figures::attainment, "2026/27");
  CHECK(first_year.first == Approx(0.85));
  CHECK(first_year.other == Approx(0.91));
  CHECK(first_year.difference.value == Approx(0.06));
  double const error = 0.01 / std::sqrt(3.0);  // 5, 6 and 7 points more
  CHECK(first_year.error == Approx(error));
  CHECK(*first_year.difference.low == Approx(0.06 - t_975(2) * error));
  CHECK(*first_year.low_of_all == Approx(*first_year.difference.low));  // one arm is all arms
  CHECK(first_year.is_more());
  CHECK_FALSE(first_year.is_less());
  // about the means: 5, 0 and -5 points of the first arm, 4, 0 and -4 of this
  CHECK(*first_year.saved == Approx((50 + 32) / 2.0));
  auto const& second_year = find(d, 1, Figures::attainment, "2027/28");
  CHECK(second_year.difference.value == 0);
  CHECK(second_year.error == 0);
  CHECK_FALSE(second_year.saved);
  CHECK_FALSE(second_year.is_more());
  CHECK(find(d, 1, Figures::attainment, "all").difference.value == Approx(0.03));
  CHECK(find(d, 1, Figures::attainment, "all", "north").difference.value == Approx(0.03));
  CHECK(find(d, 1, Figures::in_time, "2026/27").difference.value == Approx(6 * 12));  // 12 halves a month
  // two years of 365 and 366 days as so many of 365
  CHECK(find(d, 1, Figures::in_time, "all").difference.value == Approx(6 * 12 / 2.0));
  CHECK(std::ranges::none_of(d.rows, [&d](auto const& row) { return d.names.strata[row.stratum].value == "south"; }));
}

TEST_CASE("only replications that every arm has completed are compared") {
  auto const model = two_year_model();
  auto results = more({10, 12, 14});
  results[1].outcome = engine::Outcome::too_many_events;
  auto const d = compared(
      {arm_of(model, three_results(), "base"), arm_of(model, results, "a1"), arm_of(model, more({2, 2, 8}), "a2")});
  CHECK(d.replications == 2);
  CHECK(d.limited == std::vector<std::uint64_t>{0, 1, 0});
  CHECK(find(d, 1, Figures::attainment, "2026/27").difference.value == Approx(0.06));
  CHECK(find(d, 2, Figures::attainment, "2026/27").difference.value == Approx(0.025));
  CHECK(find(d, 2, Figures::attainment, "2026/27").first == Approx(0.85));
  auto none = results;
  for (auto& r : none) r.outcome = engine::Outcome::too_many_events;
  auto const nothing = compared({arm_of(model, three_results(), "base"), arm_of(model, none, "a1")});
  CHECK(nothing.replications == 0);
  CHECK(nothing.rows.empty());
  CHECK(nothing.best.empty());
}

TEST_CASE(
    "intervals that hold for all arms are wider than those of one, and the best arm is told with how sure that is") {
  auto const model = two_year_model();
  auto const d = compared({arm_of(model, three_results(), "base"), arm_of(model, more({10, 12, 14}), "a1"),
                           arm_of(model, more({30, 28, 29}), "a2"), arm_of(model, more({0, 1, 0}), "a3")});
  auto const& row = find(d, 2, Figures::attainment, "all");
  CHECK(*row.low_of_all < *row.difference.low);
  CHECK(*row.high_of_all > *row.difference.high);
  REQUIRE(d.best.size() == 1);
  CHECK(d.best[0].arm == 2);
  CHECK(d.best[0].as_good.empty());
  CHECK(*d.best[0].confidence > 0.95);
  auto const twice = compared({arm_of(model, three_results(), "base"), arm_of(model, more({10, 12, 14}), "a1"),
                               arm_of(model, more({10, 12, 14}), "a2"), arm_of(model, more({11, 10, 12}), "a3")});
  CHECK(twice.best[0].arm == 1);
  CHECK(twice.best[0].as_good == std::vector<std::size_t>{2});
  CHECK(*twice.best[0].confidence < 0.95);  // 0.25 points more than a3, give or take
}

TEST_CASE("arms that are the same differ in nothing, and of parts of the patients nothing is told") {
  auto const model = counting_everything();
  Results const results{varied(1), varied(2), varied(3)};
  auto const d = compared({arm_of(model, results, "base"), arm_of(model, results, "a1")});
  REQUIRE(d.rows.size() == (2 + 2 + 1) * 3);  // of all the time and of two years
  for (auto const& row : d.rows) {
    CHECK(d.stratum_of(row).value == "all");
    CHECK(row.first == row.other);
    CHECK(row.difference.value == 0);
    CHECK(row.error == 0);
    CHECK(*row.low_of_all == 0);
  }
  CHECK(d.best[0].arm == 0);
  CHECK(d.best[0].as_good == std::vector<std::size_t>{1});
  CHECK(d.best[0].advised == 0);
}

TEST_CASE("where every count has a value of its own figures are what estimates of the same replications say") {
  auto model = counting_everything();
  model.measures[0].scale = 10;  // values are kept in tenths
  Results const results{varied(1), varied(2), varied(3)};
  Results others{varied(5), varied(4), varied(9)};
  for (std::size_t r = 0; r < 3; ++r) others[r].replication = r + 1;
  auto const d = compared({arm_of(model, results, "base"), arm_of(model, others, "a1")});
  CHECK(d.rows.size() == (3 * 2 + 3 * 2 + 1) * 3);
  CHECK(d.best[0].advised > 0);  // three replications
  for (Results const* which : {&results, static_cast<Results const*>(&others)}) {
    auto const e = estimate(model, experiment_of(model, *which), "base", {});
    auto const is = [&](Figures figure, std::string const& when, std::string const& value, Approx const& what) {
      auto const& row = find(d, 1, figure, when, value);
      CHECK((which == &results ? row.first : row.other) == what);
    };
    for (auto const& m : e.measured) {
      if (m.span == Span::month) continue;
      auto const& value = d.names.measure_strata[m.stratum].value;
      is(Figures::mean, m.when, value, Approx(m.mean->value));
      is(Figures::total, m.when, value, Approx(m.total->value).epsilon(0.002));
    }
    for (auto const& a : e.attainments)
      if (a.span != Span::month)
        is(Figures::attainment, a.when, d.names.strata[a.stratum].value, Approx(a.attainment->value));
    for (auto const& p : e.pounds)
      if (p.dimension == "all" && p.span == Span::year) is(Figures::pounds, p.when, "all", Approx(p.pounds->value));
  }
}

TEST_CASE("each patient more in time costs what the arm spends more, by them") {
  auto model = counting_everything();
  auto const spending = [](std::vector<std::uint32_t> const& in_time, std::vector<std::uint64_t> const& pence) {
    Results results = more(in_time);
    for (std::size_t r = 0; r < results.size(); ++r) {
      auto const of_this = results[r];
      results[r].size_by(counting_everything());
      results[r].counted = of_this.counted, results[r].met = of_this.met;
      for (std::size_t m = 0; m < 24; ++m) results[r].pence[m * 2] = pence[r];
    }
    return results;
  };
  Outlay post;
  post.ledger = "cash", post.intervention = "post", post.per_year = 3650;
  auto const d = compared({arm_of(model, spending({0, 0, 0}, {10'000, 11'000, 12'000}), "base"),
                           arm_of(model, spending({20, 20, 21}, {10'100, 11'100, 12'100}), "a1", {post}),
                           arm_of(model, spending({1, 0, 0}, {9'000, 10'000, 11'000}), "a2")});
  auto const& pounds = find(d, 1, Figures::pounds, "2026/27");
  CHECK(pounds.first == Approx(12 * 110));
  CHECK(pounds.difference.value == Approx(12 + 3650));
  CHECK(pounds.error == Approx(0).margin(1e-9));
  REQUIRE(d.pounds_each.size() == 2);
  auto const& row = d.pounds_each[0];
  CHECK(row.arm == 1);
  double const years = 731 / 365.0;
  CHECK(row.in_time.difference.value == Approx(12 * (20 + 20 + 21) / 3.0 / 2 / 2).epsilon(0.002));
  CHECK(row.pounds.difference.value == Approx((24 + 10.0 * 731) / years).epsilon(0.002));
  REQUIRE(row.each);
  CHECK(row.each->value == Approx(row.pounds.difference.value / row.in_time.difference.value));
  // what it costs is known, so the interval is that of the patients turned over
  auto const reach = t_975(2) * row.in_time.error;
  CHECK(*row.each->low == Approx(row.pounds.difference.value / (row.in_time.difference.value + reach)));
  CHECK(*row.each->high == Approx(row.pounds.difference.value / (row.in_time.difference.value - reach)));
  CHECK_FALSE(d.pounds_each[1].each);  // it is not clear that more are in time
  CHECK(d.pounds_each[1].pounds.difference.value < 0);
}

TEST_CASE("arms that count other things are not held against each other") {
  auto const model = two_year_model();
  auto const base = arm_of(model, three_results(), "base");
  auto const what = [&](ArmReplications other) {
    auto const result = compare({base, base, std::move(other)});
    auto const* const unlike = std::get_if<NotAlike>(&result);
    REQUIRE(unlike != nullptr);
    CHECK(unlike->arm == 2);
    return unlike->what;
  };
  auto other = base;
  other.strata.back().value = "west";
  CHECK(what(other) == "it has the division of patients \"provider west\" where the first has \"provider south\"");
  other = base;
  other.strata.pop_back();
  CHECK(what(other) == "it has no division of patients \"provider south\"");
  other = base;
  other.standards.push_back({"d62", "", 62, {}, 0});
  CHECK(what(other) == "it has a standard \"d62\", which the first has not");
  other = base;
  other.periods.pop_back();
  CHECK(what(other) == "it has no measured time \"2027/28\"");
  other = base;
  other.measures.push_back({"wait", "", "", false, false, false});
  CHECK(what(other) == "it has a measure \"wait\", which the first has not");
  other = base;
  other.measure_strata.push_back({0, "all", "all", 0});
  CHECK(what(other) == "it has a division of a measure \"all all\", which the first has not");
  other = base;
  other.ledgers.push_back({"cash", "", "cash"});
  CHECK(what(other) == "it has a ledger \"cash\", which the first has not");
  other = base;
  other.scales.push_back(2);
  CHECK(what(other) == "it records measures in other units");
  other = base;
  other.years.back() = 0.5;
  CHECK(what(other) == "what is measured of it is longer or shorter");
  other = base;
  other.seed = 9;
  CHECK(what(other) == "it has another seed");
}
