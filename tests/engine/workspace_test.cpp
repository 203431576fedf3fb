#include <cstring>

#include "allocations.hpp"
#include "engine/busy_hospital.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

bool same(engine::ReplicationResult const& a, engine::ReplicationResult const& b) {
  auto const bytes = [](auto const& x, auto const& y) {
    return x.size() == y.size() && (x.empty() || std::memcmp(x.data(), y.data(), x.size() * sizeof x[0]) == 0);
  };
  return a.replication == b.replication && a.outcome == b.outcome && a.stopped_at == b.stopped_at &&
         a.events == b.events && a.referred == b.referred && a.finished == b.finished && a.still_in == b.still_in &&
         a.measured_referrals == b.measured_referrals && bytes(a.counted, b.counted) && bytes(a.met, b.met) &&
         bytes(a.days, b.days) && bytes(a.open, b.open) && bytes(a.open_long, b.open_long) &&
         bytes(a.arrivals, b.arrivals) && bytes(a.steps, b.steps) && bytes(a.resources, b.resources) &&
         bytes(a.staff, b.staff);
}

}  // namespace

TEST_CASE("allocations are counted") {
  auto const before = allocations_so_far();
  auto const list = std::make_unique<std::vector<int>>(100);
  CHECK(allocations_so_far() - before == 2);
  CHECK(list->size() == 100);
}

TEST_CASE("nothing is allocated once a workspace is warm") {
  auto const model = model_of(hospital());
  engine::Workspace workspace(model);
  workspace.run(1, 0);
  workspace.run(1, 1);
  for (std::uint64_t r = 2; r < 10; ++r) {
    auto const before = allocations_so_far();
    auto const& result = workspace.run(1, r);
    auto const after = allocations_so_far();
    INFO("replication " << r);
    CHECK(after - before == 0);
    CHECK(result.events > 10'000);
    CHECK(result.referred > 3000);
  }
}

TEST_CASE(
    "a replication gives the same bytes in a new workspace, in a used one and beside another one [PathSimR: not "
    "reproducible]") {
  auto const model = model_of(hospital());
  engine::Workspace used(model), other(model);
  engine::ReplicationResult const first = used.run(7, 3);
  other.run(7, 9);
  for (std::uint64_t r = 0; r < 3; ++r) used.run(7, r);
  used.run(8, 3);
  CHECK(same(used.run(7, 3), first));
  CHECK(same(other.run(7, 3), first));
  CHECK(same(engine::Workspace(model).run(7, 3), first));
  CHECK_FALSE(same(used.run(7, 4), first));
  CHECK_FALSE(same(used.run(9, 3), first));
}

TEST_CASE("whoever was referred has finished or is still there, in every replication") {
  auto const model = model_of(hospital());
  engine::Workspace workspace(model);
  for (std::uint64_t r = 0; r < 5; ++r) {
    auto const& result = workspace.run(11, r);
    CHECK(result.referred == result.finished + result.still_in);
    std::uint64_t arrivals = 0;
    for (auto const n : result.arrivals) arrivals += n;
    CHECK(arrivals == result.measured_referrals);
    for (auto const& resource : result.resources)
      if (resource.offered > 0) {
        CHECK(resource.used <= resource.offered);
      }
  }
}

TEST_CASE("a scenario that grows without limit ends with an outcome") {
  Parts p;
  p.run_for = "3 years";
  p.resources = R"("desk": {"kind": "servers", "servers": 1})";
  p.steps =
      R"("first": {"kind": "servers", "needs": "desk", "takes": "1 days", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "daily", "\"12:00\"", 10);
  SECTION("too many in the system") {
    p.limits = R"("max_in_system": 95)";
    Run const r(p);
    CHECK(r.result.outcome == engine::Outcome::too_many_in_system);
    // a day ten come and one goes: after ten days 100 less 9
    CHECK(r.result.stopped_at == 10u * 1440 + 720);
    CHECK(r.result.still_in == 96);
  }
  SECTION("too many come on one day, however soon they would go") {
    p.resources.clear();
    p.steps = R"("first": {"kind": "delay", "takes": "0 min", "then": "home"}, "home": {"kind": "end"})";
    p.limits = R"("max_in_system": 95)";
    for (auto const* each :
         {R"("per_day": 1e300)", R"("per_day": 1e10)", R"("per_day": 100000000, "batch": 1000000)",
          R"("timetable": {"on": "daily", "at": ["12:00", "12:10", "12:20"], "patients": 1000000})"}) {
      INFO(each);
      p.demand = R"("gp": {"pathway": "path", "provider": "here", )" + std::string(each) + "}";
      Run const r(p);
      CHECK(r.result.outcome == engine::Outcome::too_many_in_system);
      CHECK(r.result.stopped_at == 0);
      CHECK(r.result.referred == 0);
    }
    // a limit on those in the system is none on those who come, one after the other
    p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_day": 400})";
    p.run_for = "30 days";
    CHECK(Run(p).result.outcome == engine::Outcome::completed);
  }
  SECTION("too many on the list at the start") {
    p.limits = R"("max_in_system": 95)";
    p.waiting = R"("all": {"like": "gp", "provider": "here", "step": "first", "patients": 5000, "waited": "1 days"})";
    Run const r(p);
    CHECK(r.result.outcome == engine::Outcome::too_many_in_system);
    CHECK(r.result.referred == 96);
    CHECK(r.result.stopped_at == 0);
  }
  SECTION("branches count as well") {
    p.limits = R"("max_in_system": 95)";
    p.start = "both";
    p.steps =
        R"("both": {"kind": "parallel", "starts": {"first": 1, "second": 1}, "joins_at": "home"}, "first": {"kind": "servers", "needs": "desk", "takes": "1 days", "then": "home"},
        "second": {"kind": "delay", "takes": "900 days", "then": "home"}, "home": {"kind": "end"})";
    Run const r(p);
    CHECK(r.result.outcome == engine::Outcome::too_many_in_system);
    CHECK(r.result.stopped_at == 3u * 1440 + 720);
  }
  SECTION("too many events") {
    p.limits = R"("max_events": 1000)";
    Run const r(p);
    CHECK(r.result.outcome == engine::Outcome::too_many_events);
    CHECK(r.result.events == 1000);
    CHECK(r.result.stopped_at < 365u * 1440);
  }
  SECTION("too many events at one moment") {
    // what validation refuses: a service of no time that leads to itself
    p.limits = R"("max_events": 1000)";
    auto model = model_of(p);
    auto const first = index_in(model.names.steps, "path/first");
    model.eras[0].steps[first].takes_time = false;
    model.eras[0].steps[first].next = static_cast<model::Index16>(first);
    Run const r(std::move(model));
    CHECK(r.result.outcome == engine::Outcome::too_many_events);
    CHECK(r.result.events == 1000);
    CHECK(r.result.stopped_at == 720);
  }
  SECTION("no limit is hit") {
    p.run_for = "30 days";
    Run const r(p);
    CHECK(r.result.outcome == engine::Outcome::completed);
    CHECK(r.result.stopped_at == 30u * 1440);
  }
}
