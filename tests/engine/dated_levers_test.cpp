#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {
Parts clinic() {
  Parts p;
  p.run_for = "28 days";
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 1}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "daily", "\"08:00\"", 3);
  return p;
}
std::string lever(std::string const& pointer, std::string const& what, std::string const& dates) {
  return R"("change": {"pointer": ")" + pointer + "\", " + what + dates + "}";
}
std::string const slots = "/providers/here/resources/clinic/sessions/day/slots";
}  // namespace

TEST_CASE("more slots from a date on: that day is the first with them") {
  auto p = clinic();
  p.levers = lever(slots, R"("set": 3)", R"(, "from": "2026-06-15")");
  Run const r(p);
  CHECK(r.resource("clinic").offered == 14 * 1 + 14 * 3);
  CHECK(r.resource("clinic").used == 14 + 42);
}

TEST_CASE("a change between two dates ends on the second") {
  auto p = clinic();
  p.levers = lever(slots, R"("set": 0)", R"(, "from": "2026-06-08", "until": "2026-06-10")");
  CHECK(Run(p).resource("clinic").offered == 26);
}

TEST_CASE("a change of before the first day holds from the start, one of after the last day never") {
  // the reader refuses such dates; a scenario may still be made so
  auto const offered = [](Parts const& p, YearMonthDay date) {
    auto scenario = scenario_of(p);
    scenario.changes[0].first = to_date(date);
    return Run(model::compile(scenario)).resource("clinic").offered;
  };
  auto p = clinic();
  p.levers = lever(slots, R"("set": 2)", R"(, "from": "2026-06-15")");
  CHECK(Run(p).resource("clinic").offered == 42);
  CHECK(offered(p, {2025, 1, 1}) == 56);
  CHECK(offered(p, {2026, 6, 1}) == 56);
  CHECK(offered(p, {2026, 6, 29}) == 28);
  CHECK(offered(p, {2190, 1, 1}) == 28);
  p.resolution = "1 s";
  CHECK(offered(p, {2190, 1, 1}) == 28);
}

TEST_CASE("a lever without dates changes the scenario as if it had been written so") {
  auto p = clinic();
  p.levers = lever(slots, R"("scale": 4)", "");
  Run const changed(p);
  auto written = clinic();
  written.resources.replace(written.resources.find("\"slots\": 1"), 10, "\"slots\": 4");
  Run const r(written);
  CHECK(changed.result.events == r.result.events);
  CHECK(changed.step("first").wait_ticks == r.step("first").wait_ticks);
}

TEST_CASE("demand from a date on") {
  auto p = clinic();
  p.levers = lever("/demand/gp/timetable/patients", R"("set": 1)", R"(, "from": "2026-06-11")");
  CHECK(Run(p).result.referred == 10 * 3 + 18);
  SECTION("of a Poisson stream: the patients of before are the same") {
    p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_day": 20})";
    p.levers.clear();
    Run const before(p);
    p.levers = lever("/demand/gp/per_day", R"("set": 0)", R"(, "from": "2026-06-15")");
    Run const r(p);
    auto half = p;
    half.levers.clear();
    half.run_for = "14 days";
    CHECK(r.result.referred == Run(half).result.referred);
    CHECK(r.result.referred < before.result.referred);
  }
}

TEST_CASE("the number of servers from a date on: those who wait start at once, those in hand finish") {
  Parts p;
  p.resources = R"("desk": {"kind": "servers", "servers": 1})";
  p.steps =
      R"("first": {"kind": "servers", "needs": "desk", "takes": "12 hours", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"18:00\"", 4);
  SECTION("more") {
    p.levers = lever("/providers/here/resources/desk/servers", R"("set": 3)", R"(, "from": "2026-06-02")");
    Run const r(p);
    // 18:00; two at midnight; the fourth at 06:00
    CHECK(r.step("first").wait_ticks == (6 + 6 + 12) * 60);
    CHECK(r.resource("desk").open_ticks == (1 + 6 * 3) * 1440);
  }
  SECTION("fewer") {
    p.resources = R"("desk": {"kind": "servers", "servers": 3})";
    p.levers = lever("/providers/here/resources/desk/servers", R"("set": 1)", R"(, "from": "2026-06-02")");
    p.demand = arrive("gp", "mon", "\"18:00\"", 4) + ", " + arrive("late", "tue", "\"01:00\"");
    Run const r(p);
    // three at 18:00 until 06:00, then one by one: 06:00 and 18:00
    CHECK(r.step("first").wait_ticks == (12 + 17) * 60);
    CHECK(r.resource("desk").busy_ticks == 5u * 12 * 60);
  }
  SECTION("from the first day") {
    p.levers = lever("/providers/here/resources/desk/servers", R"("set": 4)", R"(, "from": "2026-06-01")");
    CHECK(Run(p).step("first").wait_ticks == 0);
  }
}

TEST_CASE("a larger waiting room from a date on lets in those who are held") {
  Parts p;
  p.run_for = "3 days";
  p.resources = R"("desk": {"kind": "servers", "servers": 1, "waiting_room": 1, "when_full": "hold"})";
  p.steps =
      R"("first": {"kind": "servers", "needs": "desk", "takes": "12 days", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"18:00\"", 5);
  CHECK(Run(p).step("first").outside == 3 * 54 * 60);
  p.levers = lever("/providers/here/resources/desk/waiting_room", R"("set": 3)", R"(, "from": "2026-06-02")");
  CHECK(Run(p).step("first").outside == (3 * 6 + 48) * 60);  // two go in at midnight, one is left outside
}

TEST_CASE("times, shares and standards of a step from a date on") {
  Parts p;
  p.run_for = "14 days";
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 days", "on_finish": ["done"], "then": {"home": 1, "more": 0}}, "more": {"kind": "delay", "takes": "1 days", "then": "home"}, "home": {"kind": "end"})";
  p.steps.replace(p.steps.find(R"({"home": 1, "more": 0})"), 22, R"({"home": 0.999999999, "more": 0.000000001})");
  p.demand = arrive("gp", "mon", "\"08:00\"", 2, R"("milestones": ["came"])");
  p.standards = R"("wait": {"starts": "came", "stops": "done", "limit": "3 days"})";
  p.levers = lever("/pathways/path/steps/first/takes", R"("set": "3 days")", R"(, "from": "2026-06-08")");
  CHECK(Run(p).days("wait") == Days{{1, 2}, {3, 2}});
  p.levers = lever("/pathways/path/steps/first/then", R"("set": {"home": 0.000000001, "more": 0.999999999})",
                   R"(, "from": "2026-06-08")");
  CHECK(Run(p).step("more").starts == 2);
}
