#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

/// A patient is told after so long.
Parts told(std::string const& takes, std::string const& on, std::string const& at, std::string const& run_for) {
  Parts p;
  p.run_for = run_for;
  p.steps = delay("first", takes, "home", R"("on_finish": ["told"])") + home;
  p.demand = arrive("gp", on, at, 1, came);
  p.standards = R"("fds": {"starts": "came", "stops": "told", "limit": "28 days", "target": 0.8})";
  return p;
}
}  // namespace

TEST_CASE("calendar days count between dates: the day of the start is day 0, whatever the hour") {
  // a minute over midnight is a day; 23 hours on one day are none
  CHECK(Run(told("1 min", "mon", "\"23:59\"", "7 days")).days("fds") == Days{{1, 1}});
  CHECK(Run(told("23 hours", "mon", "\"00:30\"", "7 days")).days("fds") == Days{{0, 1}});
  CHECK(Run(told("24 hours", "mon", "\"00:00\"", "7 days")).days("fds") == Days{{1, 1}});
}

TEST_CASE("the limit itself is met, a day more is not") {
  auto const run = [](std::string const& takes) {
    auto p = told(takes, "mon", "\"09:00\"", "35 days");
    p.run_for = "35 days";
    return Run(p).counted("fds").met / Run(p).counted("fds").patients;
  };
  CHECK(run("28 days") == 1);
  CHECK(run("682 hours") == 1);  // 28 days and 10 hours: the same date at 19:00
  CHECK(run("28 days") == 1);
  CHECK(run("29 days") == 0);
}

TEST_CASE("weekends and bank holidays are not taken off a clock") {
  auto p = told("28 days", "wed", "\"09:00\"", "29 days");
  p.starts = "2026-04-01";
  p.bank_holidays = "england";
  CHECK(Run(p).counted("fds") == Counted{1, 1});
  CHECK(Run(p).days("fds") == Days{{28, 1}});
}

TEST_CASE("a patient counts in the month of the stop") {
  // Mondays of June and July 2026; told 10 days later: 1, 8, 15 in June (11, 18, 25); 22, 29, 6, 13, 20 in July; 27 in
  // August
  auto p = told("10 days", "mon", "\"09:00\"", "92 days");
  Run const r(p);
  CHECK(r.model->names.months == std::vector<std::string>{"2026-06", "2026-07", "2026-08"});
  CHECK(r.counted("fds", 0) == Counted{3, 3});
  CHECK(r.counted("fds", 1) == Counted{5, 5});
  // of August: 27 July and 3, 10, 17 August (27); the later ones are still open
  CHECK(r.counted("fds", 2) == Counted{4, 4});
}

TEST_CASE("what stops in the warm-up is not counted, what started in it and stops later is") {
  auto p = told("10 days", "mon", "\"09:00\"", "30 days");
  p.warm_up = "14 days";
  // measured from 15 June to 14 July: the one of 1 June is told on the 11th, the one of 6 July on the 16th
  Run const r(p);
  CHECK(r.counted("fds") == Counted{4, 4});
  CHECK(r.result.referred == 7);
  CHECK(r.result.measured_referrals == 5);
}

TEST_CASE("a standard holds for those whom its condition names when the clock starts") {
  Parts p;
  p.attributes =
      R"("route": {"levels": ["usc", "routine", "screening"]}, "cancer": {"levels": ["no", "yes"], "shares": {"no": 1}})";
  p.steps = delay("first", "1 days", "next", R"("sets": {"cancer": "yes"}, "on_finish": ["decided"])") +
            delay("next", "2 days", "home", R"("on_start": ["begun"], "on_finish": ["told"])") + home;
  p.demand = arrive("a", "mon", "\"09:00\"", 1, came + R"(, "attributes": {"route": "usc"})") + ", " +
             arrive("b", "mon", "\"09:00\"", 2, came + R"(, "attributes": {"route": "routine"})") + ", " +
             arrive("c", "mon", "\"09:00\"", 4, came + R"(, "attributes": {"route": "screening"})");
  p.standards =
      R"("urgent": {"starts": "came", "stops": "told", "for": {"route": ["usc", "screening"]}, "limit": "28 days"},
      "late": {"starts": "decided", "stops": "told", "for": {"cancer": "yes"}, "limit": "28 days"},
      "both": {"starts": "decided", "stops": "told", "for": {"cancer": "yes", "route": "usc"}, "limit": "28 days", "by": ["route", "route+cancer"]})";
  Run const r(p);
  CHECK(r.days("urgent") == Days{{3, 5}});
  CHECK(r.days("late") == Days{{2, 7}});  // attributes of a step are set before its milestones
  CHECK(r.days("both") == Days{{2, 1}});
  CHECK(r.counted("both", -1, "route", 0) == Counted{1, 1});
  CHECK(r.counted("both", -1, "route", 1) == Counted{0, 0});
  CHECK(r.counted("both", -1, "route+cancer", 1) == Counted{1, 1});
}

TEST_CASE("the first milestone that comes starts the clock, and the first that comes stops it") {
  Parts p;
  p.steps = delay("first", "1 days", "second", R"("on_start": ["x"], "on_finish": ["y"])") +
            delay("second", "2 days", "third", R"("on_finish": ["z"])") +
            delay("third", "3 days", "home", R"("on_finish": ["zz"])") + home;
  p.demand = arrive("gp", "mon", "\"09:00\"");
  p.run_for = "7 days";
  p.standards = R"("s": {"starts": ["y", "x"], "stops": ["zz", "z"], "limit": "28 days"})";
  CHECK(Run(p).days("s") == Days{{3, 1}});
}

TEST_CASE("a clock is ended without being counted by what excludes it") {
  Parts p = told("10 days", "mon", "\"09:00\"", "20 days");
  p.steps = delay("first", "5 days", "second", R"("on_finish": ["private"])") +
            delay("second", "5 days", "home", R"("on_finish": ["told"])") + home;
  p.standards =
      R"("fds": {"starts": "came", "stops": "told", "excluded_by": ["private"], "limit": "28 days", "long_waits": ["62 days", "104 days"]})";
  Run const r(p);
  CHECK(r.counted("fds") == Counted{0, 0});
}

TEST_CASE("an end that counts only when late: a breach beyond the limit, nothing before") {
  auto const run = [](std::string const& takes) {
    Parts p;
    p.run_for = "40 days";
    p.steps = delay("first", takes, "home", R"("on_finish": ["died"])") + home;
    p.demand = arrive("gp", "mon", "\"09:00\"", 1, came);
    p.demand.replace(p.demand.find("mon"), 3, "sun");  // 7 June and on
    p.run_for = "36 days";                             // the second one comes on 14 June
    p.standards = R"("fds": {"starts": "came", "stops": "told", "breach_if_late": ["died"], "limit": "28 days"})";
    p.steps = delay("first", takes, "home", R"("on_finish": ["died"])") + home;
    p.steps = R"("first": {"kind": "delay", "takes": ")" + takes +
              R"(", "on_finish": ["died"], "then": {"home": 0.999999999, "more": 0.000000001}},
        "more": {"kind": "delay", "takes": "0 min", "on_joining": ["told"], "then": "home"}, )" +
              home;
    return Run(p).counted("fds");
  };
  CHECK(run("28 days") == Counted{0, 0});
  CHECK(run("29 days") == Counted{1, 0});
}

TEST_CASE("days on which several steps pause a clock are taken off once") {
  auto const days = [](std::string const& second, std::string const& more = "") {
    Parts p;
    p.run_for = "120 days";
    p.steps = R"("first": {"kind": "parallel", "starts": {"one": 1, "later": 1}, "joins_at": "treat"}, )" +
              delay("one", "40 days", "treat", R"("pauses": "patient")") + delay("later", second, "two") +
              delay("two", "20 days", "treat", R"("pauses": ")" + (more.empty() ? "patient" : more) + "\"") +
              delay("treat", "30 days", "home", R"("on_finish": ["told"])") + home;
    p.demand =
        R"("gp": {"pathway": "path", "provider": "here", "timetable": {"on": "mon", "at": "09:00"}, )" + came + "}";
    p.standards =
        R"("clock": {"starts": "came", "stops": "told", "limit": "62 days", "adjustments": ["patient", "other"]})";
    if (more.empty()) p.standards.replace(p.standards.find(R"(, "other")"), 9, "");
    return Run(p).days("clock").begin()->first;
  };
  CHECK(days("10 days") == 30);           // 40 days and, within them, 20
  CHECK(days("30 days") == 30);           // days 0 to 40 and 30 to 50
  CHECK(days("30 days", "other") == 30);  // the same with adjustments of two names
  CHECK(days("45 days") == 30 + 5);       // days 0 to 40 and 45 to 65
}

TEST_CASE("a clock that starts or stops within a pause leaves out the days that it shares with it") {
  auto const days = [](std::string const& starts, std::string const& stops) {
    Parts p;
    p.run_for = "40 days";
    p.steps = R"("first": {"kind": "parallel", "starts": {"pause": 1, "a": 1}, "joins_at": "home"}, )" +
              delay("pause", "10 days", "home", R"("pauses": "patient")") +
              delay("a", "4 days", "b", R"("on_finish": ["begun"])") +
              delay("b", "3 days", "c", R"("on_finish": ["asked"])") +
              delay("c", "8 days", "home", R"("on_finish": ["told"])") + home;
    p.demand =
        R"("gp": {"pathway": "path", "provider": "here", "timetable": {"on": "mon", "at": "09:00"}, )" + came + "}";
    p.standards = R"("clock": {"starts": ")" + starts + R"(", "stops": ")" + stops +
                  R"(", "limit": "9 days", "adjustments": ["patient"]})";
    return Run(p).days("clock").begin()->first;
  };
  CHECK(days("came", "told") == 15 - 10);
  CHECK(days("begun", "told") == 11 - 6);  // from day 4; paused until day 10
  CHECK(days("came", "asked") == 0);       // until day 7, all of it paused
  CHECK(days("begun", "asked") == 0);
  CHECK(days("asked", "told") == 8 - 3);
}

TEST_CASE("a clock that is restarted within a pause leaves out what is left of it") {
  Parts p;
  p.run_for = "7 days";
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "daily", "opens": "09:00", "closes": "12:00",
      "slots": 9}}})";
  p.steps = R"("first": {"kind": "parallel", "starts": {"pause": 1, "seen": 1}, "joins_at": "home"},
      "seen": {"kind": "appointment", "needs": "clinic", "did_not_attend": {"share": 1, "rebook": "26 hours", "up_to": 2,
        "then": "results", "adjusts": "first_dna"}, "then": "results"}, )" +
            delay("pause", "2 days", "home", R"("pauses": "patient")") +
            delay("results", "2 days", "home", R"("on_finish": ["told"])") + home;
  p.demand = arrive("gp", "mon", "\"08:00\"", 1, came);
  p.standards = R"("clock": {"starts": "came", "stops": "told", "limit": "28 days",
      "adjustments": ["patient", "first_dna"]})";
  // restarted on Tuesday, paused until Wednesday, told on Thursday
  CHECK(Run(p).days("clock") == Days{{1, 1}});
}

TEST_CASE("a start while the clock runs begins none, and is counted") {
  Parts p;
  p.run_for = "21 days";
  p.steps = delay("first", "2 days", "again", R"("on_finish": ["decided"])") +
            delay("again", "3 days", "last", R"("on_finish": ["decided"])") +
            delay("last", "4 days", "home", R"("on_finish": ["told"])") + home;
  p.demand = arrive("gp", "mon", "\"09:00\"", 1, came);
  p.standards = R"("clock": {"starts": "decided", "stops": "told", "limit": "31 days"})";
  Run const r(p);
  CHECK(r.days("clock") == Days{{7, 2}});  // the third patient is still there
  CHECK(r.result.second_starts == std::vector<std::uint64_t>{3});
  p.warm_up = "6 days";  // the first of them came before
  p.run_for = "15 days";
  CHECK(Run(p).result.second_starts == std::vector<std::uint64_t>{2});
}

TEST_CASE("what starts and stops a clock in one moment is a period of no days") {
  Parts p;
  p.steps = delay("first", "3 days", "home", R"("on_finish": ["decided", "told"])") + home;
  p.demand = arrive("gp", "mon", "\"09:00\"", 1, came);
  p.standards = R"("clock": {"starts": "decided", "stops": "told", "limit": "31 days"},
      "whole": {"starts": "came", "stops": "told", "limit": "28 days"})";
  Run const r(p);
  CHECK(r.days("clock") == Days{{0, 1}});
  CHECK(r.days("whole") == Days{{3, 1}});
  SECTION("one that runs is stopped, and the next begins") {
    p.steps = delay("first", "1 day", "again", R"("on_finish": ["decided"])") +
              delay("again", "2 days", "last", R"("on_finish": ["decided", "told"])") +
              delay("last", "1 day", "home", R"("on_finish": ["told"])") + home;
    CHECK(Run(p).days("clock") == Days{{2, 1}, {1, 1}});
  }
  SECTION("what excludes it too leaves none") {
    p.steps = delay("first", "3 days", "last", R"("on_finish": ["decided", "told"])") +
              delay("last", "1 day", "home", R"("on_finish": ["ended"])") + home;
    p.standards = R"("clock": {"starts": "decided", "stops": "ended", "excluded_by": "told", "limit": "31 days"})";
    CHECK(Run(p).days("clock").empty());
  }
}

TEST_CASE("a pause is taken off: the days of the step, not the wait for it") {
  Parts p;
  p.run_for = "40 days";
  p.steps = delay("first", "3 days", "away") + delay("away", "10 days", "treat", R"("pauses": "patient")") +
            delay("treat", "20 days", "home", R"("on_finish": ["told"])") + home;
  p.demand = arrive("gp", "mon", "\"09:00\"", 1, came);
  p.run_for = "35 days";
  p.standards =
      R"("with": {"starts": "came", "stops": "told", "limit": "23 days", "adjustments": ["patient"]}, "without": {"starts": "came", "stops": "told", "limit": "23 days"})";
  CHECK(Run(p).days("with") == Days{{23, 1}});
  CHECK(Run(p).counted("with") == Counted{1, 1});
  CHECK(Run(p).days("without") == Days{{33, 1}});
  CHECK(Run(p).counted("without") == Counted{1, 0});
  SECTION("a pause of a clock that does not run is nothing") {
    p.standards = R"("with": {"starts": "begun", "stops": "told", "limit": "23 days", "adjustments": ["patient"]})";
    p.steps.replace(p.steps.find(R"("takes": "20 days")"), 18, R"("takes": "20 days", "on_joining": ["begun"])");
    CHECK(Run(p).days("with") == Days{{20, 1}});
  }
}

TEST_CASE("a missed first appointment restarts the clock where the standard allows it") {
  // seen on Monday at 09:00 at the earliest; missed once for certain? the share is 1, so after two misses others take
  // over
  Parts p;
  p.run_for = "7 days";
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 9}}})";
  p.steps =
      R"("first": {"kind": "appointment", "needs": "clinic", "did_not_attend": {"share": 1, "rebook": "26 hours", "up_to": 2, "then": "results", "adjusts": "first_dna"}, "then": "results"}, )" +
      delay("results", "2 days", "home", R"("on_finish": ["told"])") + home;
  p.demand = arrive("gp", "mon", "\"08:00\"", 1, came);
  p.standards =
      R"("with": {"starts": "came", "stops": "told", "limit": "28 days", "adjustments": ["first_dna"]}, "without": {"starts": "came", "stops": "told", "limit": "28 days"})";
  // missed on Monday 09:00; on the list again on Tuesday 11:00, missed then; results on Thursday 11:00
  Run const r(p);
  CHECK(r.days("without") == Days{{3, 1}});
  CHECK(r.days("with") == Days{{2, 1}});
}

TEST_CASE("each treatment has a clock of its own: a stop and a start in one moment") {
  Parts p;
  p.run_for = "35 days";
  p.demand = arrive("gp", "mon", "\"09:00\"", 1, came);
  p.steps = delay("first", "4 days", "again", R"("on_start": ["decided"], "on_finish": ["treated", "decided"])") +
            delay("again", "9 days", "last", R"("on_finish": ["treated"])") +
            delay("last", "1 days", "home", R"("on_joining": ["decided"], "on_finish": ["treated"])") + home;
  p.standards = R"("treat": {"starts": "decided", "stops": "treated", "limit": "5 days"})";
  Run const r(p);
  // those of 1, 8, 15, 22 and 29 June until 5 July: the first treatment of all five, the second of four (on 5 July of
  // that of the 22nd), the third of three
  CHECK(r.days("treat") == Days{{1, 3}, {4, 5}, {9, 4}});
  CHECK(r.counted("treat") == Counted{12, 8});
}

TEST_CASE("a patient is credited to the provider of the start, or of the stop") {
  for (auto const* credited : {"at_start", "at_stop"}) {
    Parts p;
    p.providers = R"("there": {})";
    p.steps = delay("first", "1 days", "sent") + R"("sent": {"kind": "transfer", "to": "there", "then": "treat"}, )" +
              delay("treat", "2 days", "home", R"("on_finish": ["told"])") + home;
    p.demand = arrive("gp", "mon", "\"09:00\"", 2, came);
    p.standards =
        std::string(
            R"("s": {"starts": "came", "stops": "told", "limit": "2 days", "by": ["provider"], "credited_to": ")") +
        credited + "\"}";
    Run const r(p);
    bool const at_start = std::string(credited) == "at_start";
    CHECK(r.counted_at("s", "here") == (at_start ? Counted{2, 0} : Counted{0, 0}));
    CHECK(r.counted_at("s", "there") == (at_start ? Counted{0, 0} : Counted{2, 0}));
  }
}
