// What the comparison with the second engine (tests/oracle) found, each by times that can be checked by hand.

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

/// A pathway of one step of kind servers.
std::string one_step(std::string const& name, std::string const& needs, std::string const& takes,
                     std::string const& more = "") {
  return "\"" + name + R"(": {"start": "op", "steps": {"op": {"kind": "servers", "needs": )" + needs +
         R"(, "takes": ")" + takes + "\"" + (more.empty() ? "" : ", ") + more + R"(, "then": "home"})" + then_home +
         "}}";
}
std::string from(std::string const& pathway, std::string const& at) {
  return "\"" + pathway + R"(_gp": {"pathway": ")" + pathway +
         R"(", "provider": "here", "timetable": {"on": "mon", "at": [")" + at + "\"]}}";
}
std::string lever(std::string const& name, std::string const& pointer, std::string const& value,
                  std::string const& date = "2026-06-02") {
  return "\"" + name + R"(": {"pointer": ")" + pointer + R"(", "set": )" + value + R"(, "from": ")" + date + "\"}";
}

/// Three one-step pathways at a theatre; "path" is not used by anyone else.
Parts operations(std::string const& resources) {
  Parts p;
  p.resources = resources;
  p.steps = R"("first": {"kind": "delay", "takes": "1 min", "then": "home"})" + then_home;
  p.demand = arrive("gp", "sun", "\"23:00\"", 1);
  return p;
}

}  // namespace

TEST_CASE("who misses an appointment and has no time of rebooking joins the list again at once") {
  Parts p;
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "mon", "opens": "09:00", "closes": "12:00", "slots": 3}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic",
                         "did_not_attend": {"share": 1, "up_to": 2, "then": "home"}, "then": "home"})" +
            then_home;
  p.demand = arrive("gp", "mon", "\"08:00\"", 1);
  Run const r(p);
  CHECK(r.resource("clinic").did_not_attend == 2);
  CHECK(r.result.finished == 1);
}

TEST_CASE("a day of staff counts even if somebody else whom the session needs is missing") {
  // the nurse mans half a session a day; on Monday there is no reader, on Tuesday two halves make a session
  Parts p;
  p.run_for = "2 days";
  p.resources = R"("clinic": {"kind": "sessions", "staff": {"reader": 1, "nurse": 1},
      "sessions": {"day": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 1}}})";
  p.staff = R"("reader": {"whole_time_equivalents": 0, "sessions_per_week": 7},
               "nurse": {"whole_time_equivalents": 1, "sessions_per_week": 3.5})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "then": "home"})" + then_home;
  p.demand = arrive("gp", "mon", "\"08:00\"", 1);
  p.levers = lever("reader", "/providers/here/staff/reader/whole_time_equivalents", "1");
  Run const r(p);
  CHECK(r.resource("clinic").cancelled == 1);
  CHECK(r.resource("clinic").sessions == 1);
}

TEST_CASE("nobody is passed over for want of the very thing that the list is for") {
  // one of two theatres is busy until 11:00, the next patient needs both, the third one only one
  auto p = operations(R"("theatre": {"kind": "servers", "servers": 2}, "bed": {"kind": "servers", "servers": 1})");
  p.pathways = one_step("early", "\"theatre\"", "2 hours") + ", " + one_step("wide", R"({"theatre": 2})", "1 hours") +
               ", " + one_step("third", "\"theatre\"", "1 hours") + ", " +
               one_step("both", R"({"theatre": 1, "bed": 1})", "1 hours");
  p.demand += ", " + from("early", "09:00") + ", " + from("wide", "09:10") + ", " + from("third", "09:20") + ", " +
              from("both", "20:00");
  Run const r(p);
  CHECK(r.step("wide/op").wait_ticks == 110);
  CHECK(r.step("third/op").wait_ticks == 160);
}

TEST_CASE("who was passed over comes first again when what was missing is given back") {
  // the theatre opens at 12:00 with room for three who wait; a fourth is held in the only bed. The first needs the bed;
  // the second starts and makes room for the fourth, whose bed goes to the first and not to the third.
  auto p = operations(R"("theatre": {"kind": "servers", "waiting_room": 3, "when_full": "hold",
      "hours": {"day": {"on": "mon", "opens": "12:00", "closes": "18:00", "servers": 3}}},
      "bed": {"kind": "servers", "servers": 1})");
  std::string const both = R"({"theatre": 1, "bed": 1})";
  p.pathways =
      one_step("one", both, "1 hours") + ", " + one_step("two", "\"theatre\"", "1 hours") + ", " +
      one_step("three", both, "1 hours") +
      R"(, "four": {"start": "ward", "steps": {"ward": {"kind": "servers", "needs": "bed", "takes": "2 hours", "then": "op"},
                  "op": {"kind": "servers", "needs": "theatre", "takes": "1 hours", "then": "home"})" +
      then_home + "}}";
  p.demand += ", " + from("one", "09:00") + ", " + from("two", "09:10") + ", " + from("three", "09:20") + ", " +
              from("four", "08:00");
  Run const r(p);
  CHECK(r.step("one/op").wait_ticks == 180);
  CHECK(r.step("three/op").wait_ticks == 220);
}

TEST_CASE("nobody starts while an interrupted patient waits to go on, even if fewer servers would do") {
  // interrupted at 12:00 with an hour to go; the afternoon has one server, the next morning two
  auto p = operations(R"("theatre": {"kind": "servers", "at_closing": "pause", "hours": {
      "am": {"on": "mon,tue", "opens": "09:00", "closes": "12:00", "servers": 2},
      "pm": {"on": "mon", "opens": "13:00", "closes": "17:00", "servers": 1}}})");
  p.pathways = one_step("wide", R"({"theatre": 2})", "4 hours") + ", " + one_step("late", "\"theatre\"", "1 hours");
  p.demand += ", " + from("wide", "09:00") + ", " + from("late", "13:30");
  Run const r(p);
  CHECK(r.step("wide/op").service_ticks == 240);
  CHECK(r.step("late/op").wait_ticks == 24 * 60 + 10 * 60 - (13 * 60 + 30));
}

TEST_CASE("when the first on the list leaves it, those behind are looked at again") {
  // one of two theatres is busy all day; the first on the list needs both, the second only one
  auto p = operations(R"("theatre": {"kind": "servers", "servers": 2})");
  p.pathways = one_step("early", "\"theatre\"", "10 hours") + ", " + one_step("third", "\"theatre\"", "1 hours") + ", ";
  p.demand += ", " + from("early", "09:00") + ", " + from("wide", "09:10") + ", " + from("third", "09:20");
  SECTION("it gives up") {
    p.pathways += one_step("wide", R"({"theatre": 2})", "1 hours",
                           R"("gives_up": {"tired": {"after": "1 hours", "then": "home"}})");
  }
  SECTION("another branch ends the patient") {
    p.pathways += R"("wide": {"start": "fork", "steps": {
        "fork": {"kind": "parallel", "starts": {"op": 1, "news": 1}, "joins_at": "home"},
        "op": {"kind": "servers", "needs": {"theatre": 2}, "takes": "1 hours", "then": "home"},
        "news": {"kind": "delay", "takes": "1 hours", "then": {"gone": 1, "home": 0}}, "gone": {"kind": "end"})" +
                  then_home + "}}";
  }
  CHECK(Run(p).step("third/op").wait_ticks == 50);
}

TEST_CASE("when the first who is held ends, the one behind may have room") {
  // no room to wait; one of two beds is free, the first who is held needs two, the second one
  auto p = operations(R"("bed": {"kind": "servers", "servers": 2, "waiting_room": 0, "when_full": "hold"})");
  p.pathways = one_step("early", "\"bed\"", "10 hours") + ", " + one_step("third", "\"bed\"", "1 hours") +
               R"(, "wide": {"start": "fork", "steps": {
        "fork": {"kind": "parallel", "starts": {"op": 1, "news": 1}, "joins_at": "home"},
        "op": {"kind": "servers", "needs": {"bed": 2}, "takes": "1 hours", "then": "home"},
        "news": {"kind": "delay", "takes": "1 hours", "then": {"gone": 1, "home": 0}}, "gone": {"kind": "end"})" +
               then_home + "}}";
  p.demand += ", " + from("early", "09:00") + ", " + from("wide", "09:10") + ", " + from("third", "09:20");
  p.run_for = "12 hours";
  Run const r(p);
  CHECK(r.step("third/op").starts == 1);
  CHECK(r.step("third/op").service_ticks == 60);
}

TEST_CASE("what an interrupted patient keeps is busy meanwhile") {
  // an operation of four hours from 09:00, interrupted from 12:00 to 13:00
  auto p = operations(R"("theatre": {"kind": "servers", "at_closing": "pause", "hours": {
      "am": {"on": "mon", "opens": "09:00", "closes": "12:00", "servers": 1},
      "pm": {"on": "mon", "opens": "13:00", "closes": "17:00", "servers": 1}}},
      "bed": {"kind": "servers", "servers": 1})");
  p.pathways = one_step("two", R"({"theatre": 1, "bed": 1})", "4 hours");
  p.demand += ", " + from("two", "09:00");
  SECTION("to the end") {
    Run const r(p);
    CHECK(r.resource("theatre").busy_ticks == 240);
    CHECK(r.resource("bed").busy_ticks == 300);
  }
  SECTION("cut off in the break") {
    p.starts = "2026-06-01";
    p.run_for = "750 min";
    Run const r(p);
    CHECK(r.resource("theatre").busy_ticks == 180);
    CHECK(r.resource("bed").busy_ticks == 210);
  }
}

TEST_CASE("a server that is left over by an interruption is offered") {
  // 12:00: the one who began last stops; 14:00: the one who needs two stops, which leaves one for the other
  auto p = operations(R"("theatre": {"kind": "servers", "at_closing": "pause", "hours": {
      "three": {"on": "mon", "opens": "09:00", "closes": "12:00", "servers": 3},
      "two": {"on": "mon", "opens": "12:00", "closes": "14:00", "servers": 2},
      "one": {"on": "mon", "opens": "14:00", "closes": "17:00", "servers": 1}}})");
  p.pathways = one_step("wide", R"({"theatre": 2})", "8 hours") + ", " + one_step("small", "\"theatre\"", "4 hours");
  p.demand += ", " + from("wide", "09:00") + ", " + from("small", "09:10");
  CHECK(Run(p).step("small/op").service_ticks == 240);
}

TEST_CASE("a clock that is restarted forgets the days taken off before") {
  // three days of choice, missed on day 3, rebooked on day 5 and missed again, told on day 9
  Parts p;
  p.run_for = "14 days";
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"opens": "09:00", "closes": "12:00", "slots": 3}}})";
  p.steps = R"("first": {"kind": "delay", "takes": "3 days", "pauses": "choice", "then": "visit"},
      "visit": {"kind": "appointment", "needs": "clinic", "did_not_attend": {"share": 1, "rebook": "2 days",
                "up_to": 2, "then": "letter", "adjusts": "first_dna"}, "then": "letter"},
      "letter": {"kind": "delay", "takes": "4 days", "on_finish": "told", "then": "home"})" +
            then_home;
  p.demand = arrive("gp", "mon", "\"08:00\"", 1, R"("milestones": "referred")");
  p.standards =
      R"("fds": {"starts": "referred", "stops": "told", "limit": "28 days", "adjustments": ["choice", "first_dna"]})";
  p.run_for = "12 days";
  Run const r(p);
  CHECK(r.days("fds") == Days{{4, 1.0}});
}

TEST_CASE("breach dates are read on joining, whatever happens during the notice") {
  // the first joins without a clock, which another branch starts an hour later; the second is due before the tenth day
  Parts p;
  p.resources = R"("clinic": {"kind": "sessions", "notice": "1 days", "order": "breach_date", "no_clock_due": "10 days",
      "sessions": {"day": {"on": "wed", "opens": "09:00", "closes": "12:00", "slots": 1}}})";
  p.start = "fork";
  p.steps = R"("fork": {"kind": "parallel", "starts": {"first": 1, "news": 1}, "joins_at": "home"},
      "first": {"kind": "appointment", "needs": "clinic", "then": "home"},
      "news": {"kind": "delay", "takes": "1 hours", "on_finish": "referred", "then": "home"})" +
            then_home;
  p.pathways =
      R"("other": {"start": "visit", "steps": {"visit": {"kind": "appointment", "needs": "clinic", "on_start": "told", "then": "home"})" +
      then_home + "}}";
  p.demand =
      arrive("gp", "mon", "\"08:00\"", 1) +
      R"(, "late": {"pathway": "other", "provider": "here", "milestones": "referred", "timetable": {"on": "mon", "at": "08:00"}})";
  p.standards = R"("soon": {"starts": "referred", "stops": "told", "limit": "5 days"})";
  Run const r(p);
  CHECK(r.step("first").starts == 0);
  CHECK(r.step("other/visit").starts == 1);
}

TEST_CASE("a shift that begins before another ends takes its place") {
  auto p = operations(R"("theatre": {"kind": "servers",
      "hours": {"day": {"on": "daily", "opens": "20:00", "closes": "08:00", "servers": 1}}})");
  p.pathways = one_step("one", "\"theatre\"", "1 hours");
  p.demand += R"(, "tuesday": {"pathway": "one", "provider": "here", "timetable": {"on": "tue", "at": ["09:00"]}})";
  p.levers = lever("opens", "/providers/here/resources/theatre/hours/day/opens", "\"04:00\"") + ", " +
             lever("closes", "/providers/here/resources/theatre/hours/day/closes", "\"15:00\"");
  CHECK(Run(p).step("one/op").wait_ticks == 0);
}

TEST_CASE("a shorter notice holds at once for those who wait, and they come before those who join later") {
  Parts p;
  p.resources = R"("clinic": {"kind": "sessions", "notice": "2 days",
      "sessions": {"day": {"on": "mon,tue", "opens": "08:00", "closes": "08:00", "slots": 1}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "then": "home"})" + then_home;
  p.demand = arrive("gp", "tue", "\"10:00\"", 1);
  p.levers = lever("notice", "/providers/here/resources/clinic/notice", "\"0 min\"", "2026-06-03");
  Run const r(p);
  CHECK(r.step("first").wait_ticks == 14 * 60);
}

TEST_CASE("a session that is held again before it closes keeps the slots of both") {
  Parts p;
  p.resources = R"("clinic": {"kind": "sessions",
      "sessions": {"day": {"on": "daily", "opens": "08:00", "closes": "08:00", "slots": 1}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "then": "home"})" + then_home;
  p.demand = arrive("gp", "tue", "\"06:30\"", 3);
  p.run_for = "2 days";
  p.levers = lever("opens", "/providers/here/resources/clinic/sessions/day/opens", "\"06:00\"");
  Run const r(p);
  CHECK(r.step("first").starts == 2);
  CHECK(r.step("first").wait_ticks == 0);
}

TEST_CASE("a session that closes at midnight is closed when a dated lever changes something then") {
  // two slots are needed; at midnight, when there is a bed at last, one of the two that were left has gone
  Parts p;
  p.resources = R"("clinic": {"kind": "sessions", "sessions": {
      "long": {"on": "daily", "opens": "20:00", "closes": "02:00", "slots": 2},
      "short": {"on": "daily", "opens": "22:00", "closes": "24:00", "slots": 1}}},
      "bed": {"kind": "servers", "servers": 0})";
  p.steps = R"("first": {"kind": "appointment", "needs": {"clinic": 2, "bed": 1}, "then": "home"})" + then_home;
  p.pathways =
      R"("other": {"start": "visit", "steps": {"visit": {"kind": "appointment", "needs": "clinic", "then": "home"})" +
      then_home + "}}";
  p.demand = arrive("gp", "mon", "\"22:30\"", 1) +
             R"(, "early": {"pathway": "other", "provider": "here", "timetable": {"on": "mon", "at": "21:00"}})";
  p.levers = lever("bed", "/providers/here/resources/bed/servers", "1");
  CHECK(Run(p).step("first").wait_ticks == 21 * 60 + 30);
}

TEST_CASE("no round of a loop draws what another has drawn, with branches in it") {
  // in each round a branch comes to its delay three times
  Parts p;
  p.run_for = "365 days";
  p.attributes = R"("turn": {"levels": ["0", "1", "2"], "shares": "0"})";
  p.start = "fork";
  p.steps = R"("fork": {"kind": "parallel", "starts": {"think": 1}, "joins_at": "again"},
      "think": {"kind": "delay", "takes": {"exponential": {"mean": "5 days"}},
                "sets": {"turn": {"by": "turn", "0": "1", "1": "2", "2": "0"}},
                "then": {"by": "turn", "0": "again", "otherwise": "think"}},
      "again": {"kind": "delay", "takes": "1 hours", "then": {"fork": 0.999, "home": 0.001}})" +
            then_home;
  p.demand = arrive("gp", "mon", "\"08:00\"", 1);
  model::Model const model = model_of(p);
  engine::Workspace workspace(model);
  engine::Trace trace;
  workspace.run(1, 0, &trace);
  auto const think = index_in(model.names.steps, "path/think");
  std::vector<Tick> lengths;
  Tick since = 0;
  for (auto const& m : trace) {
    if (m.step != think) continue;
    if (m.what == engine::Happening::started) since = m.at;
    if (m.what == engine::Happening::finished) lengths.push_back(m.at - since);
  }
  REQUIRE(lengths.size() > 6);
  lengths.resize(6);
  std::sort(lengths.begin(), lengths.end());
  CHECK(std::adjacent_find(lengths.begin(), lengths.end()) == lengths.end());
}
