// Those who are on a list at the start bring along all that they have been through on it.

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

std::string const lost =
    R"(, "lost": {"kind": "delay", "takes": "0 min", "on_finish": "gone", "then": "home"})" + then_home;
std::string const nobody = R"("gp": {"pathway": "path", "provider": "here", "per_week": 0, "milestones": ["came"]})";

/// One slot at 09:00 on each day from Thursday, 4 June, on; four days after the start.
Parts clinic(std::string const& list, std::string const& of_step = "", std::string const& of_resource = "") {
  Parts p;
  p.run_for = "28 days";
  p.resources = R"("clinic": {"kind": "sessions")" + of_resource +
                R"(, "sessions": {"day": {"on": "thu-sun", "opens": "09:00", "closes": "10:00", "slots": 1}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "takes": "30 min", "on_start": "seen")" + of_step +
            R"(, "then": "home"})" + (of_step.find("lost") == of_step.npos ? then_home : lost);
  p.demand = nobody;
  p.waiting = R"("list": {"like": "gp", "provider": "here", "step": "first", )" + list + "}";
  if (of_step.find("lost") != of_step.npos) p.measures = R"("left": {"on": "gone", "days_since": "came"})";
  return p;
}
std::string gives_up(std::string const& after) {
  return R"(, "gives_up": {"x": {"after": )" + after + R"(, "then": "lost"}})";
}
constexpr std::uint64_t day = 1440;

}  // namespace

TEST_CASE("patience is used up before the start") {
  Run const r(clinic(R"("patients": 5, "waited": "45 days")", gives_up("\"50 days\"")));
  // three are seen on the 4th, 5th and 6th of June (day 3, 4 and, as day 50 begins at midnight, no more)
  CHECK(r.step("first").starts == 2);
  CHECK(r.step("first").gave_up == 3);
  CHECK(r.recorded("left") == Run::Recorded{3, 150});
}

TEST_CASE("patience that was gone before the start lasts no moment longer") {
  for (auto const* after : {"\"45 days\"", "\"20 days\"", R"({"uniform": {"from": "1 days", "to": "45 days"}})"}) {
    INFO(after);
    Run const r(clinic(R"("patients": 5, "waited": "45 days")", gives_up(after)));
    CHECK(r.recorded("left") == Run::Recorded{5, 225});
  }
  // a minute more, and they wait for it
  Run const r(clinic(R"("patients": 1, "waited": "45 days")", gives_up("\"64801 min\"")));
  CHECK(r.step("first").gave_up == 1);
  CHECK(r.step("first").closed == 1);
}

TEST_CASE("who still waits is one of those whose patience has lasted so long") {
  // uniform over 0 to 100 days: of those who still wait after 80, the rest is uniform over 20 days
  Parts p = clinic(R"("patients": 4000, "waited": "80 days")",
                   gives_up(R"({"uniform": {"from": "0 days", "to": "100 days"}})"));
  p.resources = R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "mon", "every_weeks": 52, "slots": 1}}})";
  Run const r(p);
  CHECK(r.step("first").gave_up == 3999);  // one is seen at the first moment
  auto const left = r.recorded("left");
  // in whole days: the mean of 80 to 99, give or take five standard errors of 5.8 / sqrt(4000)
  CHECK(left.sum / 3999 == Approx(89.5).margin(0.46));
  // an exponential patience has no memory
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "takes": "30 min")" +
            gives_up(R"({"exponential": {"mean": "10 days"}})") + R"(, "then": "home"})" + lost;
  p.run_for = "1 year";
  Run const e(p);
  CHECK(e.recorded("left").values == 3999);
  CHECK(e.recorded("left").sum / 3999 == Approx(80 + 9.5).margin(0.8));
}

TEST_CASE("of several reasons each has lasted so long, and the earliest counts") {
  Run const r(clinic(
      R"("patients": 1, "waited": "45 days")",
      R"(, "gives_up": {"a": {"after": "90 days", "then": "home"}, "b": {"after": "23 days", "times": {"f": 2}, "then": "lost"}})"));
  CHECK(r.recorded("left") == Run::Recorded{1, 46});
}

TEST_CASE("waits of the step count what was waited before, the accounts of days do not") {
  Run const r(clinic(R"("patients": 2, "waited": "10 days")"));
  CHECK(r.step("first").starts == 2);
  CHECK(r.step("first").wait_ticks == (10 + 3) * day + 9 * 60 + (10 + 4) * day + 9 * 60);
  CHECK(r.resource("clinic").wait_ticks == r.step("first").wait_ticks);
  CHECK(r.step("first").waiting + r.step("first").closed == 3 * day + 9 * 60 + 4 * day + 9 * 60);
}

TEST_CASE("only the part of the wait on the list counts for the step, all of it for the clocks") {
  auto p = clinic(R"("patients": 1, "waited": "10 days", "on_list": "4 days")");
  p.standards = R"("s": {"starts": "came", "stops": "seen", "limit": "28 days"})";
  Run const r(p);
  CHECK(r.step("first").wait_ticks == 7 * day + 9 * 60);
  CHECK(r.days("s") == Days{{13, 1}});
  // no more than all
  Run const all(clinic(R"("patients": 1, "waited": "10 days", "on_list": "11 days")"));
  CHECK(all.step("first").wait_ticks == 13 * day + 9 * 60);
}

TEST_CASE("who is on the list has reached the milestones of joining it then") {
  auto p = clinic(R"("patients": 1, "waited": "10 days", "on_list": "4 days")", R"(, "on_joining": "decided")");
  p.standards = R"("s": {"starts": "decided", "stops": "seen", "limit": "28 days"})";
  CHECK(Run(p).days("s") == Days{{7, 1}});
}

TEST_CASE("the notice is over, or the rest of it is waited for") {
  // 10:00 on Thursday is 82 hours after the start
  for (auto const& [waited, seen] : {std::pair{"1 days", 3U}, {"0 days", 4U}}) {
    INFO(waited);
    Run const r(clinic(std::string(R"("patients": 1, "waited": ")") + waited + "\"", "", R"(, "notice": "90 hours")"));
    CHECK(r.step("first").starts == 1);
    std::uint64_t const on_list = seen * day + 9 * 60 + (seen == 3 ? day : 0);
    CHECK(r.step("first").wait_ticks == on_list);
    CHECK(r.step("first").notice == (90 * 60 - (seen == 3 ? day : 0)));
  }
}

TEST_CASE("promotion is earned before the start") {
  // class 2 and 15 days are class 0 where each 7 days are one up; before class 1 with 6 days
  auto p = clinic("", R"(, "priority": {"by": ["kind"], "b": 2, "a": 1})",
                  R"(, "order": "priority", "promote_after": "7 days")");
  p.attributes = R"("kind": {"levels": ["a", "b"], "shares": {"a": 1, "b": 0}})";
  p.standards = R"("s": {"starts": "came", "stops": "seen", "limit": "28 days", "by": "kind"})";
  auto const run = [&](std::string const& waited) {
    p.waiting = R"("list": {"like": "gp", "provider": "here", "step": "first", "rows": [
        {"waited": "6 days", "attributes": {"kind": "a"}}, {"waited": ")" +
                waited + R"(", "attributes": {"kind": "b"}}]})";
    return Run(p);
  };
  CHECK(run("15 days").days("s", "kind", 1) == Days{{18, 1}});
  CHECK(run("15 days").days("s", "kind", 0) == Days{{10, 1}});
  CHECK(run("10 days").days("s", "kind", 1) == Days{{14, 1}});  // on Thursday class 1; the other 0
  CHECK(run("11 days").days("s", "kind", 1) == Days{{14, 1}});  // 14 days and 9 hours: class 0, and the first to join
}

TEST_CASE("appointments missed before count towards the last that may be missed") {
  auto const missed = [](int before) {
    auto p = clinic(R"("patients": 1, "waited": "10 days", "missed": )" + std::to_string(before),
                    R"(, "did_not_attend": {"share": 1, "rebook": "1 days", "up_to": 3, "then": "lost"})");
    return Run(p);
  };
  CHECK(missed(0).recorded("left") == Run::Recorded{1, 10 + 3 + 2});  // on Thursday, Friday, Saturday
  CHECK(missed(1).recorded("left") == Run::Recorded{1, 10 + 3 + 1});
  CHECK(missed(2).recorded("left") == Run::Recorded{1, 10 + 3});
}

TEST_CASE("who is on the list has a place in the waiting room") {
  auto p = clinic(R"("patients": 4, "waited": "10 days")", R"(, "when_full": "lost")", R"(, "waiting_room": 2)");
  Run const r(p);
  CHECK(r.resource("clinic").turned_away == 0);
  CHECK(r.step("first").starts == 4);
}

TEST_CASE("the time for which a group gathers has begun before the start") {
  Parts p;
  p.steps = R"("first": {"kind": "gather", "together": 10, "wait_at_most": "14 days", "then": "lost"})" + lost;
  p.run_for = "28 days";
  p.resources = R"("clinic": {"kind": "sessions", "sessions": {"day": {"slots": 1}}})";
  p.demand = nobody;
  p.measures = R"("left": {"on": "gone", "days_since": "came"})";
  p.waiting = R"("list": {"like": "gp", "provider": "here", "step": "first", "patients": 2, "waited": "10 days"},
      "young": {"like": "gp", "provider": "here", "step": "first", "patients": 1, "waited": "3 days"})";
  Run const r(p);
  CHECK(r.recorded("left") == Run::Recorded{3, 14 + 14 + 7});
  CHECK(r.step("first").wait_ticks == (14 + 14 + 7) * day);
  CHECK(r.step("first").gathering == 3 * 4 * day);
}

TEST_CASE("a delay begins at the start, whoever is in it") {
  Parts p;
  p.steps =
      R"("first": {"kind": "delay", "takes": "20 days")" + gives_up("\"15 days\"") + R"(, "then": "lost"})" + lost;
  p.run_for = "28 days";
  p.resources = R"("clinic": {"kind": "sessions", "sessions": {"day": {"slots": 1}}})";
  p.demand = nobody;
  p.measures = R"("left": {"on": "gone", "days_since": "came"})";
  p.waiting = R"("list": {"like": "gp", "provider": "here", "step": "first", "patients": 1, "waited": "10 days"})";
  CHECK(Run(p).recorded("left") == Run::Recorded{1, 25});
}

TEST_CASE("rows are as many lists, and have their parts of a number of patients") {
  auto p = clinic("");
  p.attributes = R"("tumour": {"levels": ["lung", "skin"], "shares": {"lung": 0.5, "skin": 0.5}})";
  p.standards = R"("s": {"starts": "came", "stops": "seen", "limit": "28 days", "by": "tumour"})";
  p.run_for = "8 weeks";
  auto const rows = [&](std::string const& more) {
    p.waiting = R"("list": {"like": "gp", "provider": "here", "step": "first")" + more + R"(, "rows": [
        {"patients": 3, "waited": "9 days", "attributes": {"tumour": "lung"}},
        {"referred": "2026-05-30", "on_list": "1 days", "attributes": {"tumour": "skin"}}]})";
    return Run(p);
  };
  auto const as_written = rows("");
  CHECK(as_written.days("s", "tumour", 0) == Days{{12, 1}, {13, 1}, {14, 1}});
  CHECK(as_written.days("s", "tumour", 1) == Days{{8, 1}});  // on Sunday, the 7th
  auto const twice = rows(R"(, "patients": 8)");
  CHECK(twice.counted("s", -1, "tumour", 0).patients == 6);
  CHECK(twice.counted("s", -1, "tumour", 1).patients == 2);
  auto const five = rows(R"(, "patients": 5)");  // 3 of 4 of 5 are 3.75
  CHECK(five.counted("s", -1, "tumour", 0).patients == 3);
  CHECK(five.counted("s", -1, "tumour", 1).patients == 2);
  CHECK(rows(R"(, "patients": 0)").counted("s").patients == 0);
}

TEST_CASE("levels that are known are not drawn, and what depends on them sees them") {
  auto p = clinic("");
  p.attributes = R"("tumour": {"levels": ["lung", "skin"], "shares": {"lung": 0.5, "skin": 0.5}},
      "cancer": {"levels": ["yes", "no"], "shares": {"by": ["tumour"], "lung": {"yes": 1}, "skin": {"no": 1}}})";
  p.standards = R"("s": {"starts": "came", "stops": "seen", "limit": "28 days", "by": "cancer"})";
  p.waiting = R"("list": {"like": "gp", "provider": "here", "step": "first", "rows": [
      {"patients": 9, "waited": "9 days", "attributes": {"tumour": "lung"}}, {"waited": "0 days", "attributes": {"cancer": "no"}}]})";
  Run const r(p);
  CHECK(r.counted("s", -1, "cancer", 0).patients == 9);
  CHECK(r.counted("s", -1, "cancer", 1).patients == 1);
}
