// Where the days go from the start of a clock to its stop, in times that can be checked by hand.

#include <cmath>

#include "clock_accounts.hpp"
#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

constexpr std::uint64_t hour = 60, day = 24 * hour;

/// Minutes of the first clock by what they went on, "step account"; of branches with a word before.
using Spent = std::map<std::string, std::uint64_t>;

Spent days_of(Run const& r, bool breached = false) {
  Spent days;
  auto const& steps = r.model->names.steps;
  auto const accounts = clock_accounts();
  for (bool const of_branches : {false, true})
    for (std::size_t s = 0; s < steps.size(); ++s)
      for (std::size_t a = 0; a < accounts.size(); ++a)
        if (auto const n = r.result.clock_ticks[engine::clock_cell({0, breached, of_branches, s}, steps.size()) + a])
          days[(of_branches ? "branch " : "") + steps[s].substr(steps[s].find('/') + 1) + " " + accounts[a]] = n;
  return days;
}

engine::ClockTotals const& totals(Run const& r, bool breached = false) {
  return r.result.clocks[breached ? 1 : 0];
}

/// One patient, on Sunday at nine.
Parts one(std::string const& steps, std::string const& standard) {
  Parts p;
  p.steps = steps + home;
  p.demand = arrive("gp", "sun", "\"09:00\"", 1, came);
  p.starts = "2026-06-06";  // of the Sundays only those of the first weeks come to an end
  p.run_for = "7 days";
  p.standards = R"("clock": {)" + standard + "}";
  return p;
}

}  // namespace

TEST_CASE("only what lies between the start of a clock and its stop is on it") {
  auto const steps = delay("first", "10 hours", "a", R"("on_finish": "begun")") + delay("a", "2 days", "b") +
                     delay("b", "5 hours", "after", R"("on_finish": "told")") + delay("after", "3 hours", "home");
  Run const r(one(steps, R"("starts": "begun", "stops": "told", "limit": "28 days")"));
  CHECK(days_of(r) == Spent{{"a delay", 2 * day}, {"b delay", 5 * hour}});
  CHECK(days_of(r, true).empty());
  CHECK(totals(r) == engine::ClockTotals{1, 3, 0});  // from Sunday 19:00 to Wednesday 00:00
}

TEST_CASE("those who breach are apart, and a clock that is not counted is nowhere") {
  auto const steps = delay("first", "2 days", "home", R"("on_finish": "told")");
  Run const late(one(steps, R"("starts": "came", "stops": "told", "limit": "1 days")"));
  CHECK(days_of(late).empty());
  CHECK(days_of(late, true) == Spent{{"first delay", 2 * day}});
  CHECK(totals(late, true) == engine::ClockTotals{1, 2, 0});
  Run const excluded(one(delay("first", "1 day", "then", R"("on_finish": "told")") +
                             delay("then", "1 day", "home", R"("on_finish": "seen")"),
                         R"("starts": "came", "stops": "seen", "excluded_by": "told", "limit": "1 days")"));
  CHECK(days_of(excluded).empty());
  CHECK(days_of(excluded, true).empty());
  CHECK(totals(excluded, true) == engine::ClockTotals{});
}

TEST_CASE("the warm-up is on a clock that stops after it, and a clock that stops in it is not counted") {
  auto p = one(delay("first", "2 days", "home", R"("on_finish": "told")"),
               R"("starts": "came", "stops": "told", "limit": "28 days")");
  p.warm_up = "3 days";
  p.run_for = "4 days";
  Run const r(p);  // from the second day to the fourth
  CHECK(days_of(r) == Spent{{"first delay", 2 * day}});
  p.warm_up = "4 days";
  p.run_for = "3 days";
  CHECK(days_of(Run(p)).empty());
}

TEST_CASE("two clocks of a patient have each its own part of the time, and a second one begins anew") {
  auto p =
      one(delay("first", "1 day", "a", R"("on_finish": "told")") + delay("a", "1 day", "b", R"("on_finish": "again")") +
              delay("b", "1 day", "home", R"("on_finish": ["told", "treated"])"),
          R"("starts": ["came", "again"], "stops": "told", "limit": "28 days")");
  p.standards += R"(, "long": {"starts": "came", "stops": "treated", "limit": "28 days"})";
  Run const r(p);
  CHECK(days_of(r) == Spent{{"first delay", day}, {"b delay", day}});
  CHECK(totals(r) == engine::ClockTotals{2, 2, 0});
  CHECK(r.result.clocks[2] == engine::ClockTotals{1, 3, 0});
}

TEST_CASE("notice, closed days, the wait, a missed appointment and the way to another provider are on the clock") {
  Parts p;
  p.resources = R"("clinic": {"kind": "sessions", "notice": "2 hours", "sessions": {"day": {"on": "mon,thu",
      "opens": "09:00", "closes": "12:00", "slots": 1}}})";
  p.providers = R"("there": {"resources": {}})";
  p.steps =
      R"("first": {"kind": "appointment", "needs": "clinic", "takes": "1 hour", "did_not_attend": {"share": 1,
        "rebook": "1 day", "up_to": 2, "then": "move"}, "then": "move"},
      "move": {"kind": "transfer", "to": {"here": 0, "there": 1}, "takes": "3 hours", "then": "last"}, )" +
      delay("last", "1 hour", "home", R"("on_finish": "told")") + home;
  p.demand = arrive("gp", "mon", "\"13:00\"", 1, came);
  p.run_for = "9 days";  // the second one does not come to an end
  p.standards = R"("clock": {"starts": "came", "stops": "told", "limit": "28 days"})";
  Run const r(p);
  // missed on Thursday 4 June at 09:00, on the list again on Friday at 09:00, missed on Monday at 09:00
  CHECK(days_of(r) == Spent{{"first notice", 4 * hour},
                            {"first waiting", 9 * hour + 9 * hour + 9 * hour},
                            {"first closed", 2 * day + 2 * day + 13 * hour},
                            {"first rebooking", day},
                            {"move travelling", 3 * hour},
                            {"last delay", hour}});
  CHECK(totals(r) == engine::ClockTotals{1, 7, 0});
}

TEST_CASE("a clock that is restarted forgets what was") {
  Parts p;
  p.run_for = "7 days";
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "daily", "opens": "09:00", "closes": "12:00",
      "slots": 9}}})";
  p.steps =
      R"("first": {"kind": "appointment", "needs": "clinic", "did_not_attend": {"share": 1, "rebook": "26 hours",
        "up_to": 2, "then": "results", "adjusts": "first_dna"}, "then": "results"}, )" +
      delay("results", "2 days", "home", R"("on_finish": ["told"])") + home;
  p.demand = arrive("gp", "mon", "\"08:00\"", 1, came);
  p.standards = R"("clock": {"starts": "came", "stops": "told", "limit": "28 days", "adjustments": ["first_dna"]})";
  Run const r(p);  // restarted on Tuesday at 11:00, missed again at once
  CHECK(days_of(r) == Spent{{"results delay", 2 * day}});
  CHECK(totals(r) == engine::ClockTotals{1, 2, 0});
}

TEST_CASE("what pauses a clock is on no other account, wherever the patient and its branches are") {
  Parts p;
  p.steps = R"("first": {"kind": "parallel", "starts": {"pause": 1, "a": 1}, "joins_at": "last"}, )" +
            delay("pause", "3 days", "c", R"("pauses": "patient")") + delay("c", "1 day", "last") +
            delay("a", "5 days", "last") + delay("last", "4 hours", "home", R"("on_finish": ["told"])") + home;
  p.demand = arrive("gp", "sun", "\"09:00\"", 1, came);
  p.run_for = "13 days";
  p.standards =
      R"("clock": {"starts": "came", "stops": "told", "limit": "9 days", "adjustments": ["patient"]},
         "other": {"starts": "came", "stops": "told", "limit": "9 days"})";
  Run const r(p);
  CHECK(days_of(r) == Spent{{"first paused", 3 * day},
                            {"first branched", 2 * day},
                            {"last delay", 4 * hour},
                            {"branch pause paused", 3 * day},
                            {"branch a paused", 3 * day},
                            {"branch a delay", 2 * day},
                            {"branch c delay", day},
                            {"branch first joining", day}});
  CHECK(totals(r) == engine::ClockTotals{1, 2, 0});
  CHECK(r.result.clocks[2] == engine::ClockTotals{1, 5, 0});
}

TEST_CASE("a branch that begins or stops a clock cuts what the patient and its other branches do") {
  Parts p;
  p.steps = R"("first": {"kind": "parallel", "starts": {"short": 1, "long": 1}, "joins_at": "last"}, )" +
            delay("short", "1 day", "more", R"("on_finish": "begun")") +
            delay("more", "2 days", "rest", R"("on_finish": "told")") + delay("rest", "1 day", "last") +
            delay("long", "6 days", "last") + delay("last", "4 hours", "home") + home;
  p.demand = arrive("gp", "mon", "\"09:00\"", 1, came);
  p.standards = R"("clock": {"starts": "begun", "stops": "told", "limit": "9 days"})";
  Run const r(p);
  CHECK(days_of(r) ==
        Spent{{"first branched", 2 * day}, {"branch more delay", 2 * day}, {"branch long delay", 2 * day}});
  CHECK(totals(r) == engine::ClockTotals{1, 2, 0});
}

TEST_CASE("days before the first moment are an account of their own") {
  Parts p;
  p.resources = R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "thu", "opens": "09:00",
      "closes": "12:00", "slots": 9}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "on_joining": "listed", "on_start": "seen",
      "then": "home"}, )" +
            home;
  p.waiting = R"("list": {"like": "gp", "provider": "here", "step": "first", "patients": 2, "waited": "10 days",
      "on_list": "4 days"})";
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_year": 0, "milestones": ["came"]})";
  p.standards = R"("clock": {"starts": "came", "stops": "seen", "limit": "12 days"},
      "listed": {"starts": "listed", "stops": "seen", "limit": "12 days"})";
  Run const r(p);  // from Monday 00:00 to Thursday 09:00
  CHECK(days_of(r, true) == Spent{{"first waiting", 2 * 9 * hour}, {"first closed", 2 * 3 * day}});
  CHECK(totals(r, true) == engine::ClockTotals{2, 2 * 13, 2 * 10});
  CHECK(r.result.clocks[2] == engine::ClockTotals{2, 2 * 7, 2 * 4});
}

TEST_CASE("everybody is followed of 10,000 expected, every second one of more") {
  auto const followed = [](std::string const& waiting) {
    Parts p;
    p.steps = delay("first", "1 day", "home") + home;
    p.demand = arrive("gp", "mon", "\"09:00\"", 1, came);  // one expected
    p.waiting = R"("list": {"like": "gp", "provider": "here", "step": "first", "waited": "1 day", "patients": )" +
                waiting + "}";
    return model_of(p).followed;
  };
  CHECK(followed("9999") == 1);
  CHECK(followed("10000") == 2);
  CHECK(followed("19999") == 2);
  CHECK(followed("20000") == 4);
  CHECK(followed("319999") == 32);
  CHECK(followed("320000") == 64);
  CHECK(followed("640000") == 64);
}

TEST_CASE("each patient of a batch is one of those expected") {
  auto const followed = [](std::string const& a_day) {
    Parts p;
    p.steps = delay("first", "1 day", "home") + home;
    p.demand = R"("gp": {"pathway": "path", "provider": "here", "batch": 8, "per_day": )" + a_day + "}";
    return model_of(p).followed;
  };
  CHECK(followed("1428") == 1);  // 9,996 in seven days
  CHECK(followed("1430") == 2);
}

TEST_CASE("of those followed, the days are those that all of them show when all are") {
  Parts p;
  p.run_for = "60 days";
  p.resources = R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "mon,wed", "opens": "09:00",
      "closes": "12:00", "slots": 100}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "then": "results"}, )" +
            delay("results", "2 days", "home", R"("on_finish": "told")") + home;
  p.demand = arrive("gp", "daily", "\"08:00\"", 30, came);
  p.standards = R"("clock": {"starts": "came", "stops": "told", "limit": "4 days"})";
  auto model = model_of(p);
  REQUIRE(model.followed == 1);
  Run const all(model);
  model.followed = 4;
  Run const some(model);
  CHECK(all.result.counted == some.result.counted);  // nothing else changes
  CHECK(all.result.steps == some.result.steps);
  auto const patients = static_cast<double>(totals(all).patients + totals(all, true).patients);
  auto const of_them = static_cast<double>(totals(some).patients + totals(some, true).patients);
  CHECK(of_them / patients == Approx(0.25).margin(5 * 0.44 / std::sqrt(patients)));
  CHECK(static_cast<double>(totals(some, true).days) / static_cast<double>(totals(some, true).patients) ==
        Approx(static_cast<double>(totals(all, true).days) / static_cast<double>(totals(all, true).patients))
            .margin(0.3));
}
