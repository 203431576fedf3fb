#include <algorithm>

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

constexpr std::uint64_t hour = 60, day = 24 * hour;

std::string const away = R"(, "away": {"kind": "end"})";

/// Patients who gather at the first step, and go home.
Parts gathering(std::string const& more, std::string const& demand) {
  Parts p;
  p.demand = demand;
  p.steps =
      R"("first": {"kind": "gather", "on_finish": ["went"], "then": "home", )" + more + R"(}, "home": {"kind": "end"})";
  p.standards = R"("wait": {"starts": "came", "stops": "went", "limit": "10 days"})";
  return p;
}

std::string came_by(std::string const& name, std::string const& on, std::string const& at, int patients = 1,
                    std::string const& more = "") {
  return arrive(name, on, at, patients, R"("milestones": ["came"])" + more);
}

/// Groups of three for two days at most. One who has enough after a day comes on Monday at 09:00, one who has not
/// later.
Parts impatient(std::string const& on, std::string const& at) {
  auto p = gathering(R"("together": 3, "wait_at_most": "2 days",
      "gives_up": {"enough": {"after": {"by": ["who"], "hasty": "1 days", "calm": "30 days"}, "then": "away"}})",
                     came_by("a", "mon", R"("09:00")", 1, R"(, "attributes": {"who": "hasty"})") + ", " +
                         came_by("b", on, at, 1, R"(, "attributes": {"who": "calm"})"));
  p.steps += away;
  p.attributes = R"("who": {"levels": ["hasty", "calm"]})";
  return p;
}

}  // namespace

TEST_CASE("those who gather go on as soon as so many are together") {
  // at 09:00, 10:00 and 11:00 of Monday and Tuesday: three go on at 11:00 of each day
  Run const r(gathering(R"("together": 3)", came_by("gp", "mon,tue", R"("09:00", "10:00", "11:00")")));
  CHECK(r.step("first").starts == 6);
  CHECK(r.step("first").wait_ticks == 2 * (2 + 1) * hour);
  CHECK(r.step("first").service_ticks == 0);
  CHECK(r.result.finished == 6);
  CHECK(r.days("wait") == Days{{0, 6}});
}

TEST_CASE("one short of enough, nobody goes on") {
  Run const r(gathering(R"("together": 4)", came_by("gp", "mon", R"("09:00", "10:00", "11:00")")));
  CHECK(r.step("first").starts == 0);
  CHECK(r.result.still_in == 3);
}

TEST_CASE("a group goes on without the rest when the first has waited long enough") {
  // Monday 09:00 and 21:00; the first waits two days, the second a day and a half
  Run const r(gathering(R"("together": 3, "wait_at_most": "2 days")", came_by("gp", "mon", R"("09:00", "21:00")")));
  CHECK(r.step("first").starts == 2);
  CHECK(r.step("first").wait_ticks == 2 * day + 36 * hour);
  CHECK(r.days("wait") == Days{{2, 2}});
}

TEST_CASE("the time of a group is drawn for its first alone") {
  auto p = gathering(R"("together": 3, "wait_at_most": {"by": ["who"], "hasty": "1 days", "calm": "3 days"})",
                     came_by("a", "mon", R"("09:00")", 1, R"(, "attributes": {"who": "calm"})") + ", " +
                         came_by("b", "mon", R"("21:00")", 1, R"(, "attributes": {"who": "hasty"})"));
  p.attributes = R"("who": {"levels": ["hasty", "calm"]})";
  CHECK(Run(p).step("first").wait_ticks == 3 * day + 60 * hour);
}

TEST_CASE("who comes after a group has gone on begins another, with a time of its own") {
  // three on Monday 09:00 go on at once, a fourth at 12:00 waits for itself alone
  Run const r(gathering(R"("together": 3, "wait_at_most": "2 days")",
                        came_by("a", "mon", R"("09:00")", 3) + ", " + came_by("b", "mon", R"("12:00")")));
  CHECK(r.step("first").starts == 4);
  CHECK(r.step("first").wait_ticks == 2 * day);
  CHECK(r.days("wait") == Days{{0, 3}, {2, 1}});
}

TEST_CASE("the time of a group that has gone on in good time does nothing to the next one") {
  // Monday 09:00 and Tuesday 09:00 make two; Wednesday 08:00 begins a group whose time is up on Friday
  Run const r(gathering(R"("together": 2, "wait_at_most": "2 days")",
                        came_by("a", "mon,tue", R"("09:00")") + ", " + came_by("b", "wed", R"("08:00")")));
  CHECK(r.step("first").wait_ticks == day + 2 * day);
}

TEST_CASE("patients of each provider gather for themselves") {
  auto p = gathering(R"("together": 2)", came_by("a", "mon", R"("09:00")"));
  p.providers = R"("there": {})";
  p.demand +=
      R"(, "b": {"pathway": "path", "provider": "there", "timetable": {"on": "mon", "at": ["10:00", "12:00"]},
      "milestones": ["came"]})";
  Run const r(p);
  CHECK(r.step("first").starts == 0);
  CHECK(r.step("first", "there").starts == 2);
  CHECK(r.step("first", "there").wait_ticks == 2 * hour);
}

TEST_CASE("who gives up leaves the group, and the time of the group stays that of its first") {
  // the first gives up after a day; the second, who came half a day later, goes on when the group's two days are up
  Run const r(impatient("mon", R"("21:00")"));
  CHECK(r.step("first").gave_up == 1);
  CHECK(r.step("first").starts == 1);
  CHECK(r.step("first").wait_ticks == 36 * hour);
  CHECK(r.days("wait") == Days{{2, 1}});
}

TEST_CASE("a group that nobody is left of is over") {
  // the only one gives up on Tuesday 09:00; one who comes then at 10:00 has two days of his own
  Run const r(impatient("tue", R"("10:00")"));
  CHECK(r.step("first").wait_ticks == 2 * day);
}

TEST_CASE("a patient who ends leaves the group in which a branch of his waits") {
  Parts p;
  p.attributes = R"("who": {"levels": ["hasty", "calm"]})";
  p.demand = arrive("a", "mon", R"("09:00")", 1, R"("attributes": {"who": "hasty"})") + ", " +
             arrive("b", "tue", R"("09:00")", 1, R"("attributes": {"who": "calm"})");
  p.steps = R"("first": {"kind": "parallel", "starts": {"group": 1, "test": 1}, "joins_at": "home"},
      "group": {"kind": "gather", "together": 2, "then": "home"},
      "test": {"kind": "delay", "takes": "2 hours", "then": {"by": ["who"], "hasty": "away", "calm": "home"}},
      "home": {"kind": "end"})" +
            away;
  Run const r(p);
  CHECK(r.step("group").starts == 0);  // the first had gone when the second came
  CHECK(r.result.finished == 1);
  CHECK(r.result.still_in == 1);
}

TEST_CASE("who gathers several times joins a group each time") {
  // two patients, three times, a day from one to the next: both are there at once
  Run const r(gathering(R"("together": 2, "repeats": "3", "every": "1 days")", came_by("gp", "mon", R"("09:00")", 2)));
  CHECK(r.step("first").starts == 6);
  CHECK(r.step("first").wait_ticks == 0);
  CHECK(r.days("wait") == Days{{2, 2}});
}

TEST_CASE("those who gather start, and then finish, in the order in which they came") {
  auto const model = model_of(gathering(R"("together": 3)", came_by("gp", "mon", R"("09:00", "10:00", "11:00")")));
  engine::Workspace workspace(model);
  engine::Trace trace;
  workspace.run(1, 0, &trace);
  std::vector<std::uint64_t> came_in;  // whom, of those who join the step that gathers
  std::vector<std::pair<engine::Happening, std::uint64_t>> then;
  for (auto const& moment : trace) {
    if (moment.step == model::none16 || model.names.steps[moment.step] != "path/first") continue;
    if (moment.what == engine::Happening::joined)
      came_in.push_back(moment.patient);
    else
      then.emplace_back(moment.what, moment.patient);
  }
  REQUIRE(came_in.size() == 3);
  using enum engine::Happening;
  CHECK(then == std::vector<std::pair<engine::Happening, std::uint64_t>>{{started, came_in[0]},
                                                                         {started, came_in[1]},
                                                                         {started, came_in[2]},
                                                                         {finished, came_in[0]},
                                                                         {finished, came_in[1]},
                                                                         {finished, came_in[2]}});
}

TEST_CASE("groups are of one to ten thousand") {
  Run const one(gathering(R"("together": 1)", came_by("gp", "mon", R"("09:00")", 2)));
  CHECK(one.step("first").starts == 2);
  Run const most(gathering(R"("together": 10000)", came_by("gp", "mon", R"("09:00", "10:00")", 9999)));
  CHECK(most.step("first").starts == 10000);
}

TEST_CASE("a dated lever that asks for fewer lets those who are enough go on at its date") {
  auto p = gathering(R"("together": 5)", came_by("gp", "mon", R"("09:00")", 3));
  p.levers = R"("fewer": {"pointer": "/pathways/path/steps/first/together", "set": 3, "from": "2026-06-04"})";
  Run const three(p);
  CHECK(three.step("first").starts == 3);
  CHECK(three.step("first").wait_ticks == 3 * (2 * day + 15 * hour));  // until Thursday 00:00
  p.levers = R"("fewer": {"pointer": "/pathways/path/steps/first/together", "set": 4, "from": "2026-06-04"})";
  CHECK(Run(p).step("first").starts == 0);
}

TEST_CASE("starts and waits of those who gather are counted in the measured time alone") {
  // in the warm-up of two days three go on and one begins to wait
  auto p = gathering(R"("together": 3, "wait_at_most": "4 days")",
                     came_by("a", "mon", R"("09:00")", 3) + ", " + came_by("b", "tue", R"("09:00")"));
  p.warm_up = "2 days";
  p.run_for = "5 days";
  Run const r(p);
  CHECK(r.step("first").starts == 1);
  CHECK(r.step("first").wait_ticks == 4 * day);
}
