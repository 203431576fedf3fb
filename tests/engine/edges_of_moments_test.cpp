// What no other test saw: who comes first within a tick, at the last tick of an opening, on the day before the first.

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

Parts clocked(std::string const& resources, std::string const& steps, std::string const& demand) {
  Parts p;
  p.resources = resources;
  p.steps = steps + ", " + home;
  p.demand = demand;
  p.standards = R"("clock": {"starts": "came", "stops": "told", "limit": "28 days"})";
  return p;
}

}  // namespace

TEST_CASE("sessions open before meetings are held in the same tick") {
  auto const p = clocked(
      R"("clinic": {"kind": "sessions", "sessions": {"a": {"on": "mon", "opens": "14:00", "closes": "16:00", "slots": 1}}},
         "mdt": {"kind": "meeting", "meets": {"a": {"on": "mon", "at": "14:00", "cases": 9}}})",
      R"("first": {"kind": "appointment", "needs": "clinic", "then": "mdt"},
         "mdt": {"kind": "meeting", "needs": "mdt", "on_finish": ["told"], "then": "home"})",
      arrive("gp", "mon", "\"09:00\"", 1, came));
  CHECK(Run(p).days("clock") == Days{{0, 1}});  // seen at 14:00, and discussed at 14:00
}

TEST_CASE("a notice that becomes shorter while a session is open calls whoever has waited so long at once") {
  auto p = clocked(
      R"("clinic": {"kind": "sessions", "notice": "10 days", "sessions": {"night": {"on": "wed", "opens": "20:00", "closes": "04:00", "slots": 9}}})",
      R"("first": {"kind": "appointment", "needs": "clinic", "on_start": ["told"], "then": "home"})",
      arrive("gp", "mon", "\"08:00\"", 1, came));
  p.run_for = "5 days";
  p.levers =
      R"("sooner": {"pointer": "/providers/here/resources/clinic/notice", "set": "1 days", "from": "2026-06-04"})";
  CHECK(Run(p).days("clock") == Days{{3, 1}});  // at midnight, in the session of Wednesday evening
}

TEST_CASE("who has waited through a notice that is given up goes before who is referred at that moment") {
  auto p = clocked(
      R"("clinic": {"kind": "sessions", "notice": "10 days", "sessions": {"night": {"on": "wed", "opens": "20:00", "closes": "04:00", "slots": 1}}})",
      R"("first": {"kind": "appointment", "needs": "clinic", "on_start": ["told"], "then": "home"})",
      arrive("gp", "mon", "\"08:00\"", 1, came) + ", " + arrive("then", "thu", "\"00:00\"", 1, came));
  p.run_for = "7 days";
  p.levers = R"("none": {"pointer": "/providers/here/resources/clinic/notice", "set": "0 days", "from": "2026-06-04"})";
  CHECK(Run(p).days("clock") == Days{{3, 1}});
}

TEST_CASE("the longest list is that of the time measured") {
  auto p = clocked(
      R"("clinic": {"kind": "sessions", "sessions": {"a": {"on": "tue", "opens": "09:00", "closes": "12:00", "slots": 9}}})",
      R"("first": {"kind": "appointment", "needs": "clinic", "on_start": ["told"], "then": "home"})",
      R"("gp": {"pathway": "path", "provider": "here", "timetable": {"on": "mon", "at": ["08:00"], "patients": 2}, "milestones": ["came"]},
         "many": {"pathway": "path", "provider": "here", "per_year": 0, "milestones": ["came"]})");
  p.waiting = R"("w": {"like": "many", "provider": "here", "step": "first", "patients": 5, "waited": "0 days"})";
  p.warm_up = "7 days";
  CHECK(Run(p).resource("clinic").longest_list == 2);
  p.warm_up = "1 days";  // 7 wait when the warm-up ends
  CHECK(Run(p).resource("clinic").longest_list == 7);
}

TEST_CASE("a shift that began on the Sunday before the first day is open then") {
  auto const p = [](std::string const& every) {
    auto q = clocked(
        R"("desk": {"kind": "servers", "hours": {"night": {"on": "sun", "opens": "20:00", "closes": "08:00", "servers": 1)" +
            every + "}}}",
        R"("first": {"kind": "servers", "needs": "desk", "takes": "10 min", "on_finish": ["told"], "then": "home"})",
        arrive("gp", "mon", "\"06:00\"", 1, came));
    q.run_for = "8 days";
    return q;
  };
  CHECK(Run(p("")).days("clock") == Days{{0, 2}});
  // the Sunday before lies in no week that is counted: whoever came first waits for the one after
  CHECK(Run(p(R"(, "every_weeks": 2)")).days("clock") == Days{{0, 1}, {6, 1}});
}

TEST_CASE("of those who joined at one tick a rule moves one of the highest class") {
  Parts p;
  p.run_for = "7 days";
  p.attributes = R"("urgency": {"levels": ["urgent", "routine"], "shares": {"urgent": 1}})";
  std::string const shut =
      R"("clinic": {"kind": "sessions", "order": "priority", "sessions": {"a": {"on": "sun", "opens": "22:00", "closes": "23:00", "slots": 1}}})";
  p.resources = shut;
  p.providers =
      R"("there": {"resources": {"clinic": {"kind": "sessions", "order": "priority", "sessions": {"a": {"on": "wed", "opens": "09:00", "closes": "12:00", "slots": 9}}}}})";
  p.rules =
      R"("aid": {"kind": "move", "resource": "clinic", "on": "mon", "at": "12:00", "when_gap": "1 days", "at_most": 1})";
  p.steps =
      R"("first": {"kind": "appointment", "needs": "clinic", "priority": {"by": ["urgency"], "urgent": 0, "routine": 1}, "on_start": ["told"], "then": "home"}, )" +
      home;
  std::string const of = R"(, "attributes": {"urgency": )";
  // the urgent one is referred last
  p.demand = arrive("a", "mon", "\"08:00\"", 1, came + of + R"("routine"})") + ", " +
             arrive("b", "mon", "\"08:00\"", 1, came + of + R"("urgent"})");
  p.standards = R"("clock": {"starts": "came", "stops": "told", "limit": "28 days", "by": ["urgency"]})";
  Run const r(p);
  CHECK(r.days("clock", "urgency", 1) == Days{{2, 1}});  // moved, and seen there on Wednesday
  CHECK(r.days("clock", "urgency", 0) == Days{{6, 1}});
}

TEST_CASE("a list is shorter by who was passed over in the tick in which the patient ends") {
  // one branch lacks a bed and is passed over; the other is over at once, which ends the patient
  auto p = clocked(
      R"("clinic": {"kind": "sessions", "sessions": {"a": {"on": "tue", "opens": "09:00", "closes": "12:00", "slots": 9}}},
         "bed": {"kind": "servers", "hours": {"a": {"on": "tue", "opens": "11:00", "closes": "12:00", "servers": 1}}})",
      R"("first": {"kind": "parallel", "starts": {"lacks": 1, "quick": 1}, "joins_at": "home"},
         "lacks": {"kind": "appointment", "needs": {"clinic": 1, "bed": 1}, "takes": "1 hours", "on_start": ["told"], "then": "home"},
         "quick": {"kind": "appointment", "needs": "clinic", "then": {"lost": 0.999999, "home": 0.000001}},
         "lost": {"kind": "end"})",
      arrive("gp", "mon", "\"08:00\"", 1, came));
  p.run_for = "14 days";
  Run const r(p);
  CHECK(r.result.finished == 2);
  CHECK(r.resource("clinic").waiting_at_end == 0);
  CHECK(r.resource("clinic").longest_list == 2);  // in the second week too
}

TEST_CASE("nobody starts at the tick in which a session closes") {
  auto p = clocked(
      R"("clinic": {"kind": "sessions", "sessions": {"a": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 9}}})",
      R"("first": {"kind": "appointment", "needs": "clinic", "on_start": ["told"], "then": "home"})",
      arrive("a", "mon", "\"12:00\"", 1, came));
  CHECK(Run(p).days("clock") == Days{{1, 1}});
  p.demand = arrive("a", "mon", "\"11:59\"", 1, came);
  CHECK(Run(p).days("clock") == Days{{0, 1}});
}

TEST_CASE("nobody is called at the tick in which a session closes") {
  auto p = clocked(
      R"("clinic": {"kind": "sessions", "notice": "1 days", "sessions": {"a": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 9}}})",
      R"("first": {"kind": "appointment", "needs": "clinic", "on_start": ["told"], "then": "home"})",
      arrive("a", "mon", "\"12:00\"", 1, came));
  CHECK(Run(p).days("clock") == Days{{2, 1}});
  p.demand = arrive("a", "mon", "\"11:59\"", 1, came);
  CHECK(Run(p).days("clock") == Days{{1, 1}});
}

TEST_CASE("the end of a notice is waited for once, and only while there are slots") {
  auto p = clocked(
      R"("clinic": {"kind": "sessions", "notice": "1 hours", "sessions": {"a": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 2}}})",
      R"("first": {"kind": "appointment", "needs": "clinic", "on_start": ["told"], "then": "home"})",
      arrive("a", "mon", "\"08:30\"", 1, came) + ", " + arrive("b", "mon", "\"08:45\"", 1, came) + ", " +
          arrive("c", "mon", "\"09:05\"", 1, came));
  p.run_for = "2 days";
  Run const three(p);
  CHECK(three.days("clock") == Days{{0, 2}, {1, 1}});
  p.demand = arrive("a", "tue", "\"13:00\"", 1, came);  // nobody is called
  // two referrals more, three visits that end, and the notices of two: the third has no slot on Monday, and is called
  // as Tuesday's session opens
  CHECK(three.result.events == Run(p).result.events + 2 + 3 + 2);
}
