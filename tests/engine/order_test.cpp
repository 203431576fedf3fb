#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

/// Urgent (class 0), soon (1) and routine (2) patients for one server "desk"; each class is a step of its own.
Parts classes(std::string const& pool, std::string const& demand) {
  Parts p;
  p.attributes = R"("urgency": {"levels": ["urgent", "soon", "routine"], "shares": {"urgent": 1}})";
  p.resources = R"("desk": {"kind": "servers", "servers": 1, )" + pool + "}";
  std::string const step =
      R"("kind": "servers", "needs": "desk", "takes": "60 min", "then": "home", "priority": {"by": ["urgency"], "urgent": 0, "soon": 1, "routine": 2})";
  p.steps =
      R"("first": {"kind": "delay", "takes": "0 min", "then": {"by": ["urgency"], "urgent": "urgent", "soon": "soon", "routine": "routine"}},
      "urgent": {)" +
      step + R"(}, "soon": {)" + step + R"(}, "routine": {)" + step + R"(}, "home": {"kind": "end"})";
  p.demand = demand;
  return p;
}
std::string of(std::string const& level) {
  return R"("attributes": {"urgency": ")" + level + "\"}";
}

}  // namespace

TEST_CASE("in priority order the lowest class goes first, within a class the first to come") {
  Run const r(classes(R"("order": "priority")", arrive("a", "mon", "\"09:00\", \"09:01\"", 1, of("routine")) + ", " +
                                                    arrive("b", "mon", "\"09:10\", \"09:20\"", 1, of("urgent")) + ", " +
                                                    arrive("c", "mon", "\"09:05\"", 1, of("soon"))));
  // routine 09:00; urgent 10:00 and 11:00; soon 12:00; routine 13:00
  CHECK(r.step("urgent").wait_ticks == 50 + 100);
  CHECK(r.step("soon").wait_ticks == 175);
  CHECK(r.step("routine").wait_ticks == 0 + 239);
}

TEST_CASE("in order of arrival classes do not matter") {
  Run const r(classes(R"("order": "arrival")", arrive("a", "mon", "\"09:00\", \"09:01\"", 1, of("routine")) + ", " +
                                                   arrive("b", "mon", "\"09:10\"", 1, of("urgent")) + ", " +
                                                   arrive("c", "mon", "\"09:05\"", 1, of("soon"))));
  CHECK(r.step("routine").wait_ticks == 59);
  CHECK(r.step("soon").wait_ticks == 115);
  CHECK(r.step("urgent").wait_ticks == 170);
}

TEST_CASE("after each promotion wait a patient is a class further up") {
  // an urgent one ten minutes before each hour keeps the server busy until 18:00
  auto const demand =
      arrive("b", "mon", R"("09:00", "09:50", "10:50", "11:50", "12:50", "13:50", "14:50", "15:50", "16:50")", 1,
             of("urgent")) +
      ", " + arrive("a", "mon", "\"09:05\"", 1, of("routine")) + ", " + arrive("c", "mon", "\"17:30\"", 1, of("soon"));
  SECTION("without promotion it starts when no urgent and no soon one is left") {
    Run const r(classes(R"("order": "priority")", demand));
    CHECK(r.step("urgent").wait_ticks == 8 * 10);
    CHECK(r.step("soon").wait_ticks == 30);
    CHECK(r.step("routine").wait_ticks == 9 * 60 + 55);
  }
  SECTION("with it, it is class 1 at 12:05, class 0 at 15:05, and served as an urgent one of 09:05 at 16:00") {
    Run const r(classes(R"("order": "priority", "promote_after": "3 hours")", demand));
    CHECK(r.step("routine").wait_ticks == 6 * 60 + 55);
    CHECK(r.step("urgent").wait_ticks == 6 * 10 + 70 + 70);
    CHECK(r.step("soon").wait_ticks == 90);
  }
}

TEST_CASE("a class holds for the step that gives it, not for the steps after") {
  // patient a was routine at the first desk; at the lab nobody has a class, so all are of class 0
  Parts p;
  p.resources =
      R"("desk": {"kind": "servers", "servers": 1, "order": "priority"}, "lab": {"kind": "servers", "servers": 1, "order": "priority"})";
  p.demand = arrive("a", "mon", "\"09:00\"", 2) +
             R"(, "b": {"pathway": "other", "provider": "here", "timetable": {"on": "mon", "at": ["11:30"]}})";
  p.steps = R"("first": {"kind": "servers", "needs": "desk", "takes": "60 min", "priority": 5, "then": "lab"},
               "lab": {"kind": "servers", "needs": "lab", "takes": "120 min", "then": "home"}, "home": {"kind": "end"})";
  p.pathways =
      R"("other": {"start": "lab", "steps": {"lab": {"kind": "servers", "needs": "lab", "takes": "10 min", "priority": 1, "then": "home"}, "home": {"kind": "end"}}})";
  Run const r(p);
  CHECK(r.step("lab").wait_ticks == 60);         // 11:00 to 12:00: before the other one of class 1
  CHECK(r.step("other/lab").wait_ticks == 150);  // 11:30 to 14:00
}

namespace {

/// Patients with a clock of 10 days (quick) or 60 (slow) or none, who come to one desk that opens on Friday.
Parts due(std::string const& pool) {
  Parts p;
  p.attributes = R"("kind": {"levels": ["quick", "slow", "none"], "shares": {"quick": 1}})";
  p.resources = R"("desk": {"kind": "servers", )" + pool +
                R"(, "hours": {"friday": {"on": "fri", "opens": "09:00", "closes": "17:00", "servers": 1}}})";
  std::string const step =
      R"("kind": "servers", "needs": "desk", "takes": "60 min", "on_start": ["seen"], "then": "home")";
  p.steps =
      R"("first": {"kind": "delay", "takes": "0 min", "then": {"by": ["kind"], "quick": "quick", "slow": "slow", "none": "none"}},
      "quick": {)" +
      step + R"(}, "slow": {)" + step + R"(}, "none": {)" + step + R"(}, "home": {"kind": "end"})";
  p.demand = arrive("a", "mon", "\"09:00\"", 1, R"("attributes": {"kind": "slow"}, "milestones": ["came"])") + ", " +
             arrive("b", "tue", "\"09:00\"", 1, R"("attributes": {"kind": "none"})") + ", " +
             arrive("c", "wed", "\"09:00\"", 1, R"("attributes": {"kind": "quick"}, "milestones": ["came"])");
  p.standards = R"("quick": {"starts": "came", "stops": "seen", "for": {"kind": "quick"}, "limit": "10 days"},
                   "slow": {"starts": "came", "stops": "seen", "for": {"kind": "slow"}, "limit": "60 days"})";
  return p;
}
std::uint64_t on_friday(int hour, int day_joined) {
  return static_cast<std::uint64_t>((4 - day_joined) * 1440 + (hour - 9) * 60);
}

}  // namespace

TEST_CASE("in breach-date order the earliest due date goes first, a patient on no clock by a due date of its own") {
  SECTION("by default 126 days from joining: quick, slow, none") {
    Run const r(due(R"("order": "breach_date")"));
    CHECK(r.step("quick").wait_ticks == on_friday(9, 2));
    CHECK(r.step("slow").wait_ticks == on_friday(10, 0));
    CHECK(r.step("none").wait_ticks == on_friday(11, 1));
  }
  SECTION("due after 30 days: quick, none, slow") {
    Run const r(due(R"("order": "breach_date", "no_clock_due": "30 days")"));
    CHECK(r.step("quick").wait_ticks == on_friday(9, 2));
    CHECK(r.step("none").wait_ticks == on_friday(10, 1));
    CHECK(r.step("slow").wait_ticks == on_friday(11, 0));
  }
  SECTION("equal due dates in order of arrival: none is due on day 1 + 59 as is slow on day 0 + 60") {
    Run const r(due(R"("order": "breach_date", "no_clock_due": "59 days")"));
    CHECK(r.step("slow").wait_ticks == on_friday(10, 0));
    CHECK(r.step("none").wait_ticks == on_friday(11, 1));
  }
}

TEST_CASE("a waiting list at the start goes by breach date, or by the days already waited") {
  Parts p;
  p.demand = arrive("gp", "sun", "\"23:00\"", 1, R"("milestones": ["came"])");
  p.steps =
      R"("first": {"kind": "appointment", "needs": "clinic", "on_start": ["seen"], "then": "home"}, "home": {"kind": "end"})";
  p.waiting = R"("young": {"like": "gp", "provider": "here", "step": "first", "patients": 3, "waited": "5 days"},
                 "old": {"like": "gp", "provider": "here", "step": "first", "patients": 2, "waited": "40 days"})";
  p.standards = R"("wait": {"starts": "came", "stops": "seen", "limit": "28 days"})";
  for (auto const* order : {"arrival", "breach_date"}) {
    INFO(order);
    p.resources = std::string(R"("clinic": {"kind": "sessions", "order": ")") + order +
                  R"(", "sessions": {"day": {"on": "mon-tue", "opens": "09:00", "closes": "12:00", "slots": 2}}})";
    // Monday: the two old ones; Tuesday: two young ones, who have waited 6 days then
    CHECK(Run(p).days("wait") == Days{{6, 2}, {40, 2}});
  }
}
