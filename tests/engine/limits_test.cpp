// Limits of the engine, at each and beyond what once wrapped (docs/promises.md).

#include "../../sim/engine/overflow.hpp"
#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

std::string const meet =
    R"("meet": {"kind": "delay", "takes": "0 min", "on_finish": ["met"], "then": "home"}, "home": {"kind": "end"})";

/// One patient in so many branches of a day, but the last of three days; `more` stands in each.
Parts branches(int n, std::string const& more = "") {
  Parts p;
  p.start = "both";
  std::string starts;
  for (int i = 0; i < n; ++i) {
    auto const name = "b" + std::to_string(i);
    starts += (i ? ", \"" : "\"") + name + "\": 1";
    p.steps += "\"" + name + R"(": {"kind": "delay", "takes": ")" + (i + 1 < n ? "1 days" : "3 days") +
               R"(", "then": "meet")" + more + "}, ";
  }
  p.steps += R"("both": {"kind": "parallel", "starts": {)" + starts + R"(}, "joins_at": "meet"}, )" + meet;
  p.demand = arrive("gp", "mon", "\"08:00\"", 1, came);
  p.standards = R"("wait": {"starts": "came", "stops": "met", "limit": "7 days"})";
  return p;
}

}  // namespace

TEST_CASE("a fork of 255 to 1000 branches waits for the last of them") {
  for (int const n : {255, 256, 257, 1000}) {
    INFO(n);
    Run const r(branches(n));
    CHECK(r.days("wait") == Days{{3, 1}});
    CHECK(r.step("meet").starts == 1);
    CHECK(r.result.finished == 1);
  }
}

TEST_CASE("255 steps that pause a patient's clock at once are one pause") {
  for (int const n : {2, 254, 255}) {
    INFO(n);
    auto p = branches(n, R"(, "pauses": "away")");
    p.run_for = "21 days";
    p.demand = arrive("gp", "mon", "\"08:00\"", 1, came);
    p.steps.replace(p.steps.find(R"("takes": "0 min", "on_finish": ["met"])"), 16, R"("takes": "2 days")");
    p.standards = R"("wait": {"starts": "came", "stops": "met", "limit": "7 days", "adjustments": "away"})";
    Run const r(p);
    CHECK(r.days("wait") == Days{{2, 3}});
  }
}

TEST_CASE("days waited before the start: 10,000, and whoever has a longer wait drawn has waited those") {
  Parts p;
  p.run_for = "7 days";
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 days", "on_finish": ["met"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "sun", "\"08:00\"", 1, came);
  p.standards = R"("wait": {"starts": "came", "stops": "met", "limit": "28 days"})";
  p.measures = R"("days": {"on": "met", "days_since": "came"})";
  auto const with = [&p](std::string const& waited) {
    p.waiting =
        R"("list": {"like": "gp", "provider": "here", "step": "first", "patients": 20000, "waited": )" + waited + "}";
    return Run(p);
  };
  auto const longest = with(R"("10000 days")");
  CHECK(longest.recorded("days") == Run::Recorded{20'000, 20'000 * 10'001.0});
  CHECK(longest.counted("wait") == Counted{20'000, 0});
  auto const beyond = with(R"({"bands": {"9999 days": 0, "10000 days": 0.9995, "40000 days": 1}})");
  CHECK(beyond.counted("wait") == Counted{20'000, 0});
  CHECK(beyond.recorded("days").sum > 20'000 * 9'999.0);
  CHECK(beyond.recorded("days").sum <= 20'000 * 10'001.0);
}

TEST_CASE("a clock that ran for 10,000 days before, and for 60 years since, counts and is restarted rightly") {
  Parts p;
  p.starts = "1950-01-02";
  p.run_for = "60 years";
  p.limits = R"("max_events": 900000)";
  p.resources = R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "daily", "slots": 9}}})";
  p.steps = R"("first": {"kind": "delay", "takes": "21880 days", "then": "seen"},
    "seen": {"kind": "appointment", "needs": "clinic", "takes": "10 min", "then": "home", "on_finish": ["met"],
      "did_not_attend": {"share": 1, "up_to": 2, "then": "late", "adjusts": "first_dna"}},
    "late": {"kind": "delay", "takes": "1 days", "on_finish": ["met"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_year": 0, "milestones": ["came"]})";
  p.waiting = R"("list": {"like": "gp", "provider": "here", "step": "first", "patients": 1, "waited": "10000 days"})";
  p.standards = R"("wait": {"starts": "came", "stops": "met", "limit": "28 days", "adjustments": "first_dna"})";
  p.measures = R"("days": {"on": "met", "days_since": "came"})";
  Run const r(p);
  CHECK(r.recorded("days").sum == 10'000 + 21'881);
  CHECK(r.days("wait") == Days{{1, 1}});
}

TEST_CASE("a step is come to again more than 65,536 times, and each time is a new draw") {
  Parts p;
  p.run_for = "150 days";
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 min", "then": {"first": 0.99996, "home": 0.00004}}, "home": {"kind": "end"})";
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_year": 0, "milestones": ["came"]})";
  p.waiting = R"("list": {"like": "gp", "provider": "here", "step": "first", "patients": 100, "waited": "0 days"})";
  Run const r(p);
  // e^-8.6 of them stay: one in 5,600. Were the draws the same again after 65,536, one in 14 would.
  CHECK(r.result.still_in <= 1);
}

TEST_CASE("up to a thousand appointments are missed before it is the last") {
  for (int const n : {250, 254, 255, 256, 1000}) {
    INFO(n);
    Parts p;
    p.resources =
        R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "mon", "opens": "08:00", "slots": 5000}}})";
    p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "takes": "10 min", "then": "home",
      "did_not_attend": {"share": 1, "up_to": )" +
              std::to_string(n) + R"(, "then": "home"}}, "home": {"kind": "end"})";
    p.demand = arrive("gp", "mon", "\"09:00\"");
    Run const r(p);
    CHECK(r.resource("clinic").did_not_attend == static_cast<std::uint64_t>(n));
    CHECK(r.result.finished == 1);
  }
}

TEST_CASE("whoever has missed 65,535 appointments in a row comes to the next") {
  Parts p;
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "mon", "opens": "08:00", "slots": 100000}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "takes": "10 min", "then": "home",
    "did_not_attend": {"share": 0.9999999999}}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"");
  Run const r(p);
  CHECK(r.resource("clinic").did_not_attend == 65'535);
  CHECK(r.step("first").starts == 1);
}

TEST_CASE("a session has a million slots at most, whatever rules make of it") {
  Parts p;
  p.run_for = "21 days";
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "mon", "opens": "08:00", "slots": 1000000}}})";
  p.steps =
      R"("first": {"kind": "appointment", "needs": "clinic", "takes": "10 min", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "sat", "\"09:00\"");
  p.rules =
      R"("more": {"kind": "capacity", "resource": "clinic", "on": "sun", "at": "08:00", "when_waiting": "0 min", "scale": 100})";
  Run const r(p);
  CHECK(r.resource("clinic").sessions == 3);
  CHECK(r.resource("clinic").offered == 3'000'000);
  CHECK(r.result.rules[0].in_force > 0);
}

TEST_CASE("a delay in working days that ends after the run does not end in it, however fine the ticks") {
  Parts p;
  p.resolution = "0.1 s";
  p.run_for = "2480 days";
  p.steps =
      R"("first": {"kind": "delay", "takes": "2600 days", "counts": "working days", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"");
  Run const r(p);
  CHECK(r.result.referred == 355);
  CHECK(r.result.finished == 0);
}

TEST_CASE("a length of time longer than the run does not end in it, however fine the ticks") {
  Parts p;
  p.resolution = "0.1 s";
  p.run_for = "2483 days";
  p.limits = R"("max_events": 900000)";
  p.resources = R"("clinic": {"kind": "servers", "servers": 1})";
  p.steps = R"("first": {"kind": "servers", "needs": "clinic", "takes": "9000 days", "then": "home",
    "gives_up": {"tired": {"after": "9000 days", "then": "home"}}}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"");
  Run const r(p);
  CHECK(r.result.referred == 355);
  CHECK(r.result.finished == 0);
}

TEST_CASE("more arrivals in a piece of a day than can be told apart end the replication") {
  Parts p;
  p.limits = R"("max_in_system": 100000000)";
  p.steps = R"("first": {"kind": "end"})";
  auto const with = [&p](std::string const& an_hour) {
    p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_hour": )" + an_hour + "}";
    p.run_for = "1 min";
    return Run(p).result.outcome;
  };
  CHECK(with("59000000") == engine::Outcome::completed);
  CHECK(with("61000000") == engine::Outcome::too_many_in_system);
}

TEST_CASE("a sum that has no more room says so") {
  std::uint64_t sum = UINT64_MAX - 5;
  engine::add_to(sum, 5, "pence");
  CHECK(sum == UINT64_MAX);
  CHECK_THROWS_AS(engine::add_to(sum, 1, "pence"), std::overflow_error);
}
