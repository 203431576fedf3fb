#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

std::string const one = R"("servers": 1)";

/// Operations need a theatre and a surgeon; consultations a surgeon only; scans a theatre only.
Parts hospital(std::string const& theatre, std::string const& surgeon, std::string const& demand) {
  Parts p;
  p.demand = demand;
  p.resources =
      R"("theatre": {"kind": "servers", )" + theatre + R"(}, "surgeon": {"kind": "servers", )" + surgeon + "}";
  auto const path = [](std::string const& needs, std::string const& takes) {
    return R"({"start": "only", "steps": {"only": {"kind": "servers", "needs": )" + needs + R"(, "takes": ")" + takes +
           R"(", "then": "home"}, "home": {"kind": "end"}}})";
  };
  p.steps =
      R"("first": {"kind": "servers", "needs": {"theatre": 1, "surgeon": 1}, "takes": "2 hours", "then": "home"}, "home": {"kind": "end"})";
  auto const add = [&](std::string const& name, std::string const& what) {
    if (demand.find("\"" + name + "\"") == demand.npos) return;
    p.pathways += (p.pathways.empty() ? "\"" : ", \"") + name + "\": " + what;
  };
  add("consultation", path("\"surgeon\"", "1 hours"));
  add("scan", path("\"theatre\"", "1 hours"));
  add("reverse", path(R"({"surgeon": 1, "theatre": 1})", "2 hours"));
  return p;
}
std::string come(std::string const& pathway, std::string const& at, int patients = 1) {
  return "\"" + pathway + R"(": {"pathway": ")" + pathway +
         R"(", "provider": "here", "timetable": {"on": "mon", "at": [)" + at + R"(], "patients": )" +
         std::to_string(patients) + "}}";
}

}  // namespace

TEST_CASE("several resources are taken all at once or not at all") {
  // the surgeon is consulting until 10:00: the operation of 09:10 starts then, and the theatre is free until then
  auto const p = hospital(one, one, come("consultation", "\"09:00\"") + ", " + come("path", "\"09:10\""));
  Run const r(p);
  CHECK(r.step("first").wait_ticks == 50);
  CHECK(r.resource("theatre").busy_ticks == 120);
  CHECK(r.resource("surgeon").busy_ticks == 180);
}

TEST_CASE("who cannot start yet is passed over, and keeps the place") {
  SECTION("the co-resource is missing: a scan goes before the operation that waits for a surgeon") {
    Run const r(hospital(
        one, one,
        come("consultation", "\"09:00\"") + ", " + come("path", "\"09:10\"") + ", " + come("scan", "\"09:15\"")));
    CHECK(r.step("scan/only").wait_ticks == 0);
    CHECK(r.step("first").wait_ticks == 65);  // the theatre is free again at 10:15
  }
  SECTION("what is waited for is missing: a consultation goes before the operation that waits for a theatre") {
    Run const r(hospital(
        one, one,
        come("scan", "\"09:00\"") + ", " + come("path", "\"09:10\"") + ", " + come("consultation", "\"09:15\"")));
    CHECK(r.step("consultation/only").wait_ticks == 0);
    CHECK(r.step("first").wait_ticks == 65);
  }
  SECTION("of two operations passed over the first goes first") {
    CHECK(Run(hospital(one, one,
                       come("consultation", "\"09:00\"") + ", " + come("path", "\"09:10\", \"09:20\"") + ", " +
                           come("scan", "\"09:15\"")))
              .step("first")
              .wait_ticks == 65 + 175);
  }
}

TEST_CASE("steps that name the same resources in either order do not lock each other out") {
  Run const r(hospital(one, one, come("path", "\"09:00\"", 3) + ", " + come("reverse", "\"09:00\"", 3)));
  CHECK(r.result.finished == 6);
  CHECK(r.step("first").wait_ticks + r.step("reverse/only").wait_ticks == (0 + 2 + 4 + 6 + 8 + 10) * 60);
  CHECK(r.resource("theatre").busy_ticks == 12 * 60);
}

TEST_CASE("sessions with servers beside them") {
  // the clinic is waited for; the room is the other need
  Parts p;
  p.resources =
      R"("room": {"kind": "servers", "hours": {"day": {"on": "mon-fri", "opens": "10:00", "closes": "18:00", "servers": 1}}},
                   "clinic": {"kind": "sessions", "sessions": {"day": {"on": "mon-fri", "opens": "09:00", "closes": "12:00", "slots": 3}}})";
  p.steps =
      R"("first": {"kind": "appointment", "needs": {"room": 1, "clinic": 1}, "takes": "90 min", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"", 3);
  Run const r(p);
  // the room opens at 10:00, is free again at 11:30 and 13:00, when the session has closed: the third on Tuesday at
  // 10:00
  CHECK(r.step("first").wait_ticks == 120 + 210 + 26 * 60);
  CHECK(r.resource("clinic").used == 3);
  CHECK(r.resource("room").busy_ticks == 270);
  CHECK(r.resource("clinic").starts == 3);
  CHECK(r.resource("room").starts == 0);  // the wait is told at the resource waited for
}

TEST_CASE("passing over keeps the order of priorities and of breach dates") {
  for (auto const* order : {"priority", "breach_date"}) {
    INFO(order);
    CHECK(Run(hospital(std::string(R"("servers": 1, "order": ")") + order + "\"", R"("servers": 1)",
                       come("consultation", "\"09:00\"") + ", " + come("path", "\"09:10\", \"09:20\", \"09:30\"") +
                           ", " + come("scan", "\"09:15\"")))
              .step("first")
              .wait_ticks == 65 + 175 + 285);
  }
}

TEST_CASE("a provider may use a resource of another one") {
  Parts p;
  p.resources = R"("scanner": {"kind": "servers", "servers": 1})";
  p.providers = R"("there": {"resources": {"scanner": {"at": "here"}}})";
  p.steps =
      R"("first": {"kind": "servers", "needs": "scanner", "takes": "1 hours", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("a", "mon", "\"09:00\"", 2) +
             R"(, "b": {"pathway": "path", "provider": "there", "timetable": {"on": "mon", "at": ["09:30"]}})";
  Run const r(p);
  CHECK(r.step("first").wait_ticks == 60);
  CHECK(r.step("first", "there").wait_ticks == 90);
  CHECK(r.resource("scanner").starts == 3);
  CHECK(r.resource("scanner", "there").busy_ticks == 180);  // it is one and the same
}

TEST_CASE("what else an interrupted step holds is in use until it is given back") {
  // the theatre closes at 10:00 on Monday, one hour into an operation of two; the surgeon is kept until 09:00 on
  // Tuesday
  std::string const day =
      R"("at_closing": "pause", "hours": {"day": {"on": "mon-fri", "opens": "08:00", "closes": "10:00", "servers": 1}})";
  SECTION("to the end of the operation") {
    Run const r(hospital(day, one, come("path", "\"09:00\"")));
    CHECK(r.resource("theatre").busy_ticks == 120);
    CHECK(r.resource("surgeon").busy_ticks == 24 * 60);
    CHECK(r.step("first").service_ticks == 120);
  }
  SECTION("to the end of the run, in the middle of the interruption") {
    auto p = hospital(day, one, come("path", "\"09:00\""));
    p.run_for = "1 days";
    Run const r(p);
    CHECK(r.resource("theatre").busy_ticks == 60);
    CHECK(r.resource("surgeon").busy_ticks == 15 * 60);
  }
  SECTION("from the beginning of the measured time, in the middle of the interruption") {
    auto p = hospital(day, one, come("path", "\"09:00\""));
    p.warm_up = "1 days";
    p.run_for = "5 days";
    Run const r(p);
    CHECK(r.resource("theatre").busy_ticks == 60);
    CHECK(r.resource("surgeon").busy_ticks == 9 * 60);
  }
}
