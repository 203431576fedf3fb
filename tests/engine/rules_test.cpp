// Rules: patients moved to a shorter list, and capacity that comes and goes.

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

std::string clinic(int slots, std::string const& more = "") {
  return R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": )" +
         std::to_string(slots) + "}}" + more + "}";
}
std::string const clock = R"("seen": {"starts": "referred", "stops": "seen", "limit": "28 days", "by": "provider"})";

/// So many patients "here" on Monday at 08:00, one slot a day here and there.
Parts two_lists(int patients, std::string const& rule, std::string const& more = "") {
  Parts p;
  p.resources = clinic(1, more);
  p.providers = R"("there": {"resources": {)" + clinic(1, more) + "}}";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "on_start": "seen", "then": "home"},
               "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"", patients, R"("milestones": "referred")");
  p.standards = clock;
  p.rules = R"("aid": {"kind": "move", "resource": "clinic", "on": "mon", "at": "08:30", )" + rule + "}";
  return p;
}
engine::RuleTotals const& rule_at(Run const& r, std::size_t site) {
  REQUIRE(site < r.result.rules.size());
  return r.result.rules[site];
}

}  // namespace

TEST_CASE("patients go from the longest list to the shortest until the gap is no longer than allowed") {
  // ten days against none, then 9 and 1, 8 and 2, 7 and 3; 6 and 4 are two days apart
  Run const r(two_lists(10, R"("when_gap": "2 days", "at_most": 100)"));
  CHECK(rule_at(r, 0).looked == 1);
  CHECK(rule_at(r, 0).moved_from == 4);
  CHECK(rule_at(r, 0).moved_to == 0);
  CHECK(rule_at(r, 1).moved_to == 4);
  CHECK(r.step("first").starts == 6);
  CHECK(r.step("first", "there").starts == 4);
  CHECK(r.step("first", "there").wait_ticks == 4 * 30 + (0 + 1 + 2 + 3) * 1440);
  CHECK(r.counted_at("seen", "here").patients == 6);
  CHECK(r.counted_at("seen", "there").patients == 4);
}

TEST_CASE("at most so many are moved at a time, and they join the other list only after a while") {
  Run const r(two_lists(10, R"("when_gap": "2 days", "at_most": 3, "takes": "2 days")"));
  CHECK(rule_at(r, 0).moved_from == 3);
  // they join on Wednesday at 08:30: seen on Wednesday, Thursday and Friday, having waited since Monday on the clock
  CHECK(r.step("first", "there").starts == 3);
  CHECK(r.step("first", "there").wait_ticks == 3 * 30 + (0 + 1 + 2) * 1440);
  CHECK(r.days("seen", "provider", 1) == Days{{2, 1}, {3, 1}, {4, 1}});
}

TEST_CASE("nobody is moved who would gain nothing") {
  // 2 and 1: the third place there is no better than the second here
  CHECK(rule_at(Run(two_lists(3, R"("when_gap": "0 days", "at_most": 100)")), 0).moved_from == 1);
  CHECK(rule_at(Run(two_lists(1, R"("when_gap": "0 days", "at_most": 100)")), 0).moved_from == 0);
}

TEST_CASE("a longer list with more slots need not be the longest wait") {
  auto p = two_lists(10, R"("when_gap": "0 days", "at_most": 100)");
  p.resources = clinic(10);
  CHECK(rule_at(Run(p), 0).moved_from == 0);  // ten in a day; one there would wait as long
  // nine are left on Tuesday; nobody is sent where there are no slots any more
  p.resources = clinic(1);
  p.rules.replace(p.rules.find("mon"), 3, "tue");
  CHECK(rule_at(Run(p), 0).moved_from == 4);
  p.levers =
      R"("none": {"pointer": "/providers/there/resources/clinic/sessions/day/slots", "set": 0, "from": "2026-06-02"})";
  CHECK(rule_at(Run(p), 0).moved_from == 0);
}

TEST_CASE("who joined last is moved, whatever the order of the list") {
  for (std::string const order : {"arrival", "priority", "breach_date"}) {
    INFO(order);
    auto p = two_lists(3, R"("when_gap": "0 days", "at_most": 1)", R"(, "order": ")" + order + "\"");
    p.pathways = R"("late": {"start": "only", "steps": {
        "only": {"kind": "appointment", "needs": "clinic", "priority": 0, "then": "gone"}, "gone": {"kind": "end"}}})";
    p.steps.insert(p.steps.find("\"then\""), "\"priority\": 3, ");
    p.demand += R"(, "second": {"pathway": "late", "provider": "here", "timetable": {"on": "mon", "at": ["08:10"]}})";
    Run const r(p);
    CHECK(r.step("late/only", "there").starts == 1);
    CHECK(r.step("first", "there").starts == 0);
  }
}

TEST_CASE("a patient moved who has missed an appointment keeps the clock as it was restarted") {
  // missed on Monday, on the list again at once and moved on Tuesday: the clock runs from Monday, not from Tuesday
  auto p = two_lists(1, R"("when_gap": "0 days", "at_most": 1)");
  p.resources = clinic(1);
  p.rules =
      R"("aid": {"kind": "move", "resource": "clinic", "on": "tue", "at": "08:30", "when_gap": "0 days", "at_most": 1})";
  p.demand = arrive("gp", "mon", "\"08:00\"", 2, R"("milestones": "referred")");
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "on_start": "seen", "then": "home",
      "did_not_attend": {"share": {"by": "provider", "here": 1, "there": 0}, "up_to": 9, "then": "home", "adjusts": "dna"}},
      "home": {"kind": "end"})";
  p.standards =
      R"("seen": {"starts": "referred", "stops": "seen", "limit": "28 days", "by": "provider", "adjustments": ["dna"]})";
  Run const r(p);
  CHECK(rule_at(r, 0).moved_from == 1);
  // the one who missed on Monday joined last, is moved on Tuesday and seen there: a day after the restart
  CHECK(r.days("seen", "provider", 1) == Days{{1, 1}});
}

TEST_CASE("capacity comes when the expected wait is long, after a lag, and goes when it is short") {
  // 20 wait for 4 slots a day: 5 days. From Tuesday 08:30 six a day; on Wednesday 10 are left: 2.5 days
  auto const run = [](std::string const& rule) {
    auto p = two_lists(20, "\"when_gap\": \"0 days\", \"at_most\": 0");
    p.resources = clinic(4);
    p.rules = R"("more": {"kind": "capacity", "resource": "clinic", "among": "here", "at": "08:30",
        "when_waiting": "3 days", "takes": "1 days", )" +
              rule + "}";
    return Run(p);
  };
  Run const r(run(R"("scale": 1.5)"));
  auto const& more = rule_at(r, 0);
  CHECK(more.looked == 7);
  CHECK(more.begun == 1);
  CHECK(more.sessions == 1);
  CHECK(more.slots == 6);
  CHECK(more.in_force == 1440);
  CHECK(r.resource("clinic").offered == 6 * 4 + 6);
  // until there is less than a day: 16 on Tuesday, 10, 4 and none
  Run const longer(run(R"("scale": 1.5, "until_waiting": "1 days")"));
  CHECK(rule_at(longer, 0).sessions == 3);
  CHECK(rule_at(longer, 0).slots == 18);
  CHECK(rule_at(longer, 0).in_force == 3 * 1440);
  // halves of slots are carried over: with half a slot at first, 4 * 1.4 are 6, 5, 6
  CHECK(rule_at(Run(run(R"("scale": 1.4, "until_waiting": "0 days")")), 0).slots == 6 + 5 + 6 + 6 + 5 + 6);
}

TEST_CASE("a dated lever switches a rule off") {
  auto p = two_lists(10, R"("when_gap": "2 days", "at_most": 100)");
  p.levers = R"("off": {"pointer": "/rules/aid/at_most", "set": 0, "from": "2026-06-01"})";
  CHECK(rule_at(Run(p), 0).moved_from == 0);
  p.levers = R"("off": {"pointer": "/rules/aid/at_most", "set": 0, "from": "2026-06-02"})";
  CHECK(rule_at(Run(p), 0).moved_from == 4);
}
