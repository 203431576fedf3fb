#include "cwtsim/study/loads.hpp"

#include <cmath>

#include "clinic.hpp"

using namespace cwtsim;
using study::Load;
using study::Verdict;

namespace {

small::Parts parts(std::string const& resources, std::string const& steps, int patients = 1,
                   std::string const& on = "daily") {
  small::Parts p;
  p.run_for = "364 days";  // 1 June 2026 to 30 May 2027
  p.resources = resources;
  p.steps = steps + R"(, "home": {"kind": "end"})";
  p.demand = small::arrive("gp", on, "\"06:00\"", patients);
  return p;
}

std::vector<Load> loads(small::Parts const& p) {
  return study::loads_of(small::model_of(p), 1000, 1);
}

Load of(std::vector<Load> const& loads, std::string const& resource, std::string const& with = "") {
  for (auto const& load : loads)
    if (load.resource == resource && load.with == with) return load;
  FAIL("no " << resource << " with " << with);
  return {};
}

std::string sessions(std::string const& name, std::string const& on, std::string const& hours, int slots,
                     std::string const& more = "") {
  return "\"" + name + R"(": {"kind": "sessions", "sessions": {"a": {"on": ")" + on + "\", " + hours +
         R"(, "slots": )" + std::to_string(slots) + "}}" + more + "}";
}

std::string const morning = R"("opens": "09:00", "closes": "12:00")";
std::string const seen = R"("first": {"kind": "appointment", "needs": "clinic", "then": "home"})";

}  // namespace

TEST_CASE("what is left of a session after whole visits is lost") {
  auto const visits = [](int slots, int patients) {
    return of(loads(parts(sessions("clinic", "daily", morning, slots),
                          R"("first": {"kind": "appointment", "needs": {"clinic": 3}, "then": "home"})", patients)),
              "clinic");
  };
  CHECK(visits(5, 1).share == Approx(1));  // one visit fits
  CHECK(visits(5, 1).fits == Approx(21));
  CHECK(visits(5, 1).offered == Approx(35));
  CHECK(visits(6, 1).share == Approx(0.5));
  CHECK(visits(6, 1).fits == Approx(42));
}

TEST_CASE("visits of two sizes fill a session together") {
  auto const p = [](int slots, double large) {
    auto q = parts(sessions("clinic", "daily", morning, slots),
                   R"("first": {"kind": "delay", "takes": "1 hours", "then": {"two": )" + std::to_string(large) +
                       R"(, "one": )" + std::to_string(1 - large) +
                       R"(}}, "one": {"kind": "appointment", "needs": "clinic", "then": "home"},
                       "two": {"kind": "appointment", "needs": {"clinic": 2}, "then": "home"})",
                   10);
    return of(loads(q), "clinic").share;
  };
  CHECK(p(15, 0.5) == Approx(1));        // seven and a half slots a small and a large one
  CHECK(p(3, 0.9) == Approx(9));         // one large visit fits, and a small one beside it
  CHECK(p(3, 0.5) == Approx(15.0 / 3));  // all is filled
}

TEST_CASE("a fraction of a slot is in every second session, other work takes some of each") {
  CHECK(of(loads(parts(sessions("clinic", "daily", R"("opens": "09:00", "closes": "12:00")", 1), seen)), "clinic")
            .share == Approx(1));
  auto p = parts(
      R"("clinic": {"kind": "sessions", "per_week": 17.5, "sessions": {"a": {"on": "daily", "opens": "09:00", "closes": "12:00"}}})",
      R"("first": {"kind": "appointment", "needs": {"clinic": 3}, "then": "home"})");
  auto const fraction = of(loads(p), "clinic");
  CHECK(fraction.offered == Approx(17.5));
  CHECK(fraction.fits == Approx(10.5));  // of sessions with two and with three slots the second hold a visit
  auto const shared =
      of(loads(parts(sessions("clinic", "daily", morning, 4, R"(, "other_work": 0.5)"), seen)), "clinic");
  CHECK(shared.offered == Approx(14));
  CHECK(shared.share == Approx(0.5));
}

TEST_CASE("next to nothing is left of many slots by much other work, and that is what is offered") {
  auto const left = [](double other_work) {
    return of(loads(parts(sessions("clinic", "daily", morning, 512, R"(, "other_work": )" + std::to_string(other_work)),
                          seen)),
              "clinic")
        .offered;
  };
  CHECK(left(0.999) == Approx(7 * 0.512));
  CHECK(left(0.5) == Approx(7 * 256));
  CHECK(left(1) == 0);
}

TEST_CASE("slots of sessions that overlap are there at one time") {
  auto const two = [](std::string const& first, std::string const& second) {
    return of(loads(parts(R"("clinic": {"kind": "sessions", "sessions": {"a": {"on": "daily", )" + first +
                              R"(, "slots": 3}, "b": {"on": "daily", )" + second + R"(, "slots": 3}}})",
                          R"("first": {"kind": "appointment", "needs": {"clinic": 5}, "then": "home"})")),
              "clinic");
  };
  CHECK(two(R"("opens": "09:00", "closes": "12:00")", R"("opens": "11:00", "closes": "15:00")").share == Approx(1));
  CHECK(two(R"("opens": "09:00", "closes": "12:00")", R"("opens": "10:00", "closes": "11:00")").offered == Approx(42));
}

TEST_CASE("two shifts of one night are one night together") {
  std::string const night =
      R"({"kind": "servers", "at_closing": "pause", "hours": {"a": {"on": "daily", "opens": "20:00", "closes": "08:00", "servers": 1}}})";
  auto const p = parts(
      "\"room\": " + night + R"(, "nurse": {"kind": "servers", "servers": 1})" + ", \"doctor\": " + night,
      R"("first": {"kind": "servers", "needs": {"room": 1, "doctor": 1, "nurse": 1}, "takes": "13 hours", "then": "home"})");
  auto const model = small::model_of(p);
  auto const all = study::loads_of(model, 1000, 1);
  CHECK(of(all, "room").offered == Approx(84));
  CHECK(of(all, "room").share == Approx(13.0 / 12));
  // together each has what it has alone, and the nurse no more than they
  CHECK(of(all, "nurse", "room and doctor").offered == Approx(84).epsilon(0.02));
  for (auto const& load : all)
    if (load.resource == "room") CHECK(load.with.empty());
}

TEST_CASE("what is needed together is open together, or what of it is not is lost") {
  std::string const both = R"("first": {"kind": "appointment", "needs": {"theatre": 1, "surgeon": 1}, "then": "home"})";
  auto const at = [&](std::string const& theatre, std::string const& surgeon) {
    return loads(parts(sessions("theatre", "mon-fri", theatre, 2) + ", " + sessions("surgeon", "mon,tue", surgeon, 9),
                       both, 1, "mon-fri"));
  };
  auto const overlapping = at(R"("opens": "06:00", "closes": "14:00")", R"("opens": "13:00", "closes": "22:00")");
  auto const theatre = of(overlapping, "theatre", "surgeon");
  // the worst month has 23 weekdays, eight of them Mondays and Tuesdays
  CHECK(theatre.offered == Approx(2 * 8 / (31 / 7.0)));
  CHECK(theatre.share == Approx(23 / 16.0));
  CHECK(theatre.verdict == Verdict::grows);
  CHECK(of(overlapping, "theatre").share == Approx(0.5).epsilon(0.05));
  CHECK(of(overlapping, "theatre").verdict == Verdict::keeps_up);
  auto const apart = at(R"("opens": "06:00", "closes": "14:00")", R"("opens": "14:00", "closes": "22:00")");
  CHECK(std::isinf(of(apart, "theatre", "surgeon").share));
}

TEST_CASE("servers finish what they began: what overruns the closing is worked too") {
  auto const room = [](std::string const& at_closing, std::string const& takes) {
    return of(
        loads(parts(R"("room": {"kind": "servers", "at_closing": ")" + at_closing +
                        R"(", "hours": {"a": {"on": "daily", "opens": "09:00", "closes": "10:00", "servers": 1}}})",
                    R"("first": {"kind": "servers", "needs": "room", "takes": )" + takes + R"(, "then": "home"})")),
        "room");
  };
  CHECK(room("finish", "\"3 hours\"").offered == Approx(7));
  CHECK(room("finish", "\"3 hours\"").share == Approx(1));
  CHECK(room("finish", "\"40 min\"").fits == Approx(7 * 80.0 / 60));
  CHECK(room("finish", "\"20 min\"").fits == Approx(7));  // whoever is next finds it closed
  CHECK(room("pause", "\"40 min\"").fits == Approx(7));
  // an exponential time has no memory: an hour, and the mean more
  CHECK(room("finish", R"({"exponential": {"mean": "30 min"}})").fits == Approx(7 * 1.5).epsilon(0.03));
}

TEST_CASE("the worst month is told, under the levers in force in it, and whether the list is worked off again") {
  auto p = parts(sessions("clinic", "daily", morning, 4), seen, 2);
  CHECK(of(loads(p), "clinic").share == Approx(0.5));
  p.levers = R"("more": {"pointer": "/demand/gp/timetable/patients", "set": 5, "from": "2027-01-15"})";
  auto const surge = of(loads(p), "clinic");
  CHECK(surge.month == "2027-02");
  CHECK(surge.share == Approx(1.25));
  CHECK(surge.months_over == 4);                // in January, with the days before, less comes than fits
  CHECK(surge.verdict == Verdict::catches_up);  // over twelve months there is enough
  p.levers = R"("more": {"pointer": "/demand/gp/timetable/patients", "set": 7, "from": "2026-12-01"})";
  auto const grown = of(loads(p), "clinic");
  CHECK(grown.verdict == Verdict::grows);
  CHECK(grown.grows_from == "2026-12");
  p.levers =
      R"("strike": {"pointer": "/providers/here/resources/clinic/sessions/a/slots", "set": 1, "from": "2026-08-01", "until": "2026-09-01"})";
  auto const strike = of(loads(p), "clinic");
  CHECK(strike.month == "2026-08");
  CHECK(strike.share == Approx(2));
  CHECK(strike.months_over == 1);
  CHECK(strike.verdict == Verdict::catches_up);
}

TEST_CASE("of months that are all alike the first is told, whatever sums are rounded to") {
  auto const p =
      parts(sessions("clinic", "daily", morning, 7),
            R"("first": {"kind": "appointment", "needs": "clinic", "then": {"home": 0.7, "first": 0.3}})", 3);
  for (auto const* other : {"0.7", "0.9", "0.6", "0.35"}) {
    auto q = p;
    q.demand = R"("gp": {"pathway": "path", "provider": "here", "per_day": )" + std::string(other) + "}";
    CHECK(of(loads(q), "clinic").month == "2026-06");
  }
}

TEST_CASE("a list behind a bottleneck gets what that lets through") {
  auto const p = parts(sessions("clinic", "daily", morning, 4) + ", " + sessions("theatre", "daily", morning, 5),
                       R"("first": {"kind": "appointment", "needs": "clinic", "then": "operation"},
                          "operation": {"kind": "appointment", "needs": "theatre", "then": {"home": 0.8, "operation": 0.2}})",
                       8);
  auto const all = loads(p);
  CHECK(of(all, "clinic").share == Approx(2));
  CHECK(of(all, "clinic").let_through == 1);
  auto const theatre = of(all, "theatre");
  CHECK(theatre.share == Approx(2));
  CHECK(theatre.let_through == Approx(0.5).epsilon(1e-3));
  CHECK(theatre.behind == "clinic at here");
}

TEST_CASE("where nobody knows beforehand what comes next the load has an error, and no verdict within it") {
  auto p = parts(
      sessions("clinic", "daily", morning, 10),
      R"("first": {"kind": "delay", "takes": "30 days", "finds": ["stage"], "then": {"by": ["stage"], "one": "home", "two": "scan"}},
                    "scan": {"kind": "appointment", "needs": "clinic", "then": "home"})",
      20);
  p.attributes =
      R"("stage": {"levels": ["one", "two"], "shares": {"one": 1}, "progresses": {"one": {"after": {"uniform": {"from": "0 days", "to": "60 days"}}, "to": "two"}}})";
  auto const half = of(loads(p), "clinic");
  CHECK(half.share == Approx(1).epsilon(0.1));
  CHECK(half.error == Approx(std::sqrt(0.25 / 1000) / 0.5).epsilon(0.2));
  CHECK(half.verdict == Verdict::unsure);
}
