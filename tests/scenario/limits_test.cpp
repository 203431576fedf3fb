// Limits of a scenario, at each and one beyond (docs/promises.md).

#include "cwtsim/scenario/limits.hpp"

#include "catch_compat.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "small_scenario.hpp"

using namespace cwtsim;
using namespace cwtsim::scenario;
using namespace cwtsim::scenario::small;

namespace {

/// Drawn from so many levels: n0, n1 ...
Attribute attribute_of(std::size_t levels) {
  Attribute attribute;
  for (std::size_t i = 0; i < levels; ++i) attribute.levels.push_back(name_of(i));
  attribute.shares = plain(shares({{"n1", 1.0}}));
  return attribute;
}

/// Puts a step behind another one, whose name becomes its own.
void put_after(Scenario& s, std::string& before, std::string const& name, Step const& step) {
  step_of(s, before).then = next(name);
  add_step(s, name, step);
  before = name;
}

}  // namespace

TEST_CASE("openings of a resource: a thousand, and one more") {
  auto s = clinic();
  auto& openings = resource_of(s, "clinic").openings;
  fill_up(openings, 1'000, openings.items[0].second);
  CHECK(lines(validate(s)) == "");
  fill_up(openings, 1'001, openings.items[0].second);
  CHECK(lines(validate(s)) ==
        "/providers/hospital/resources/clinic/sessions: 1001 openings of one resource; at most 1000 are allowed\n");
}

TEST_CASE("slots a week make a million slots a session, and one more") {
  auto s = clinic();
  auto& resource = resource_of(s, "clinic");
  resource.openings.items[0].second.amount = {};
  resource.openings.items[0].second.on = "mon";
  resource.openings.items[0].second.every_weeks = 10;
  resource.per_week = 100'000;
  CHECK(lines(validate(s)) == "");
  resource.per_week = 100'000.1;
  CHECK(lines(validate(s)) ==
        "/providers/hospital/resources/clinic/per_week: this makes 1000001 slots a session; at most 1000000 are "
        "allowed\n");
}

TEST_CASE("branches of one patient at one time: a thousand and one more, nested ones too") {
  auto s = clinic();
  auto const with = [&](std::size_t outer, std::size_t inner) {
    s = clinic();
    std::vector<std::string> firsts, seconds;
    for (std::size_t i = 0; i < outer; ++i) {
      firsts.push_back("a" + std::to_string(i));
      add_step(s, firsts.back(), delay(1, "results"));
    }
    for (std::size_t i = 0; i < inner; ++i) {
      seconds.push_back("b" + std::to_string(i));
      add_step(s, seconds.back(), delay(1, "between"));
    }
    if (inner > 0) {
      add_step(s, "between", delay(1, "results"));
      add_step(s, "again", parallel(seconds, "between"));
      firsts.emplace_back("again");
    }
    step_of(s, "seen").then = next("both");
    add_step(s, "both", parallel(firsts, "results"));
    return lines(validate(s));
  };
  CHECK(with(1'000, 0) == "");
  CHECK(with(1'001, 0) ==
        "/pathways/clinic/steps/both/starts: a patient could have more than 1000 branches under way at one time from "
        "here, those that branches start among them\n");
  CHECK(with(599, 400) == "");
  CHECK(with(600, 400) ==
        "/pathways/clinic/steps/both/starts: a patient could have more than 1000 branches under way at one time from "
        "here, those that branches start among them\n");
}

TEST_CASE("steps of one patient that pause clocks at one time: 255 and one more, and those one after another are one") {
  auto const with = [](std::size_t n) {
    auto s = clinic();
    s.standards.items[0].second.adjustments = {"away"};
    std::vector<std::string> firsts;
    for (std::size_t i = 0; i < n; ++i) {
      auto pause = delay(1, "then" + std::to_string(i));
      pause.pauses = "away";
      firsts.push_back("a" + std::to_string(i));
      add_step(s, firsts.back(), pause);
      pause.then = next("results");
      add_step(s, "then" + std::to_string(i), pause);
    }
    firsts.emplace_back("other");
    add_step(s, "other", delay(1, "results"));
    step_of(s, "seen").then = next("both");
    add_step(s, "both", parallel(firsts, "results"));
    return lines(validate(s));
  };
  CHECK(with(255) == "");
  CHECK(with(256) ==
        "/pathways/clinic/steps/both/starts: a patient could be in 256 steps that pause clocks at one time from here; "
        "at most 255 are allowed\n");
}

TEST_CASE("branches that start branches, each level twice as many: refused at once") {
  auto s = clinic();
  auto const level = [](int i, char const* what) { return what + std::to_string(i); };
  constexpr int levels = 60;
  for (int i = 0; i < levels; ++i) {
    add_step(s, level(i, "left"),
             i + 1 < levels ? parallel({level(i + 1, "left"), level(i + 1, "right")}, level(i, "join"))
                            : delay(1, level(i - 1, "join")));
    add_step(s, level(i, "right"),
             i + 1 < levels ? parallel({level(i + 1, "left"), level(i + 1, "right")}, level(i, "join"))
                            : delay(1, level(i - 1, "join")));
    if (i + 1 < levels) add_step(s, level(i, "join"), delay(1, i == 0 ? "results" : level(i - 1, "join")));
  }
  step_of(s, "seen").then = next("both");
  add_step(s, "both", parallel({"left0", "right0"}, "results"));
  CHECK(lines(validate(s)).find("more than 1000 branches under way at one time") != std::string::npos);
}

TEST_CASE("days waited before the start: 10,000, and more") {
  auto s = clinic();
  Waiting waiting;
  waiting.like = "gp";
  waiting.provider = "hospital";
  waiting.step = "seen";
  waiting.patients = 1;
  s.waiting.items = {{"list", waiting}};
  auto& waited = s.waiting.items[0].second.waited;
  waited = days(10'000).rows[0].value;
  CHECK(lines(validate(s)) == "");
  waited = days(10'001).rows[0].value;
  CHECK(lines(validate(s)) ==
        "/waiting/list/waited: one in a thousand would have waited 10001 days or longer; at most 10000 days, which is "
        "27 years, can be counted\n");
  waited = {Exponential{Duration{1'447 * seconds_per_day}}, {}};
  CHECK(lines(validate(s)) == "");
  waited = {Exponential{Duration{1'448 * seconds_per_day}}, {}};
  CHECK(lines(validate(s)) != "");
}

TEST_CASE("a run has a tick at least") {
  auto s = clinic();
  s.horizon.run_for = {30, PeriodUnit::seconds};
  CHECK(lines(validate(s)) == "");
  s.horizon.run_for = {29, PeriodUnit::seconds};
  CHECK(lines(validate(s)) == "/horizon/run_for: 29 seconds comes to no tick of 1 min, so nothing would be measured\n");
  s.horizon.warm_up = {29, PeriodUnit::seconds};
  CHECK(lines(validate(s)) == "");
}

TEST_CASE("a run has fewer than 2^31 ticks") {
  auto s = clinic();
  s.horizon.resolution = {0.1};
  s.horizon.run_for = {static_cast<std::int64_t>(most_ticks / 10) - 1, PeriodUnit::seconds};
  CHECK(lines(validate(s)) == "");
  s.horizon.run_for.count += 2;
  CHECK(lines(validate(s)).find("at most 2146435072 can be counted") != std::string::npos);
}

TEST_CASE("lengths of time that are set once for all: 60 years, and more") {
  auto s = clinic();
  auto& resource = resource_of(s, "clinic");
  Duration const longest{60 * 366 * seconds_per_day}, longer{longest.seconds + seconds_per_day};
  resource.order = Order::breach_date;
  resource.notice = resource.no_clock_due = longest;
  CHECK(lines(validate(s)) == "");
  resource.notice = resource.no_clock_due = longer;
  CHECK(lines(validate(s)) ==
        "/providers/hospital/resources/clinic/notice: 21961 days is longer than the 60 years that a scenario may last\n"
        "/providers/hospital/resources/clinic/no_clock_due: 21961 days is longer than the 60 years that a scenario may "
        "last\n");
}

TEST_CASE("nobody is promoted after less than half a tick") {
  auto s = clinic();
  auto& resource = resource_of(s, "clinic");
  resource.order = Order::priority;
  resource.promote_after = Duration{30};
  CHECK(lines(validate(s)) == "");
  resource.promote_after = Duration{29};
  CHECK(lines(validate(s)) ==
        "/providers/hospital/resources/clinic/promote_after: 29 s is less than half a tick of 1 min, so nobody would "
        "ever be promoted\n");
}

TEST_CASE("missed appointments: a thousand, and one more") {
  auto s = clinic();
  DidNotAttend missed;
  missed.share = plain(0.5);
  missed.up_to = 1000;
  missed.then = "home";
  step_of(s, "seen").did_not_attend = missed;
  CHECK(lines(validate(s)) == "");
  step_of(s, "seen").did_not_attend->up_to = 1001;
  CHECK(lines(validate(s)) ==
        "/pathways/clinic/steps/seen/did_not_attend/up_to: 1001 is not a whole number from 1 to 1000\n");
}

TEST_CASE("repeats and sizes of batches: a thousand, and one more") {
  auto s = clinic();
  step_of(s, "seen").every = days(1);
  step_of(s, "seen").repeats = plain(shares({{"1000", 1.0}}));
  s.demand.items[0].second.batch_sizes = shares({{"1000", 1.0}});
  CHECK(lines(validate(s)) == "");
  step_of(s, "seen").repeats = plain(shares({{"1001", 1.0}}));
  s.demand.items[0].second.batch_sizes = shares({{"1001", 1.0}});
  CHECK(lines(validate(s)) ==
        "/demand/gp/batch_sizes: \"1001\" is not a whole number from 1 to 1000\n"
        "/pathways/clinic/steps/seen/repeats: \"1001\" is not a whole number from 1 to 1000\n");
}

TEST_CASE("times of day of a timetable: 1440, and one more") {
  auto s = clinic();
  auto& stream = s.demand.items[0].second;
  stream.volume = {};
  stream.timetable = Timetable{};
  stream.timetable->at.resize(1440);
  CHECK(lines(validate(s)) == "");
  stream.timetable->at.resize(1441);
  CHECK(lines(validate(s)) == "/demand/gp/timetable/at: 1441 times of day; at most 1440 are allowed\n");
}

TEST_CASE("limits of a long wait that are counted: two, and one more") {
  auto s = clinic();
  s.standards.items[0].second.long_waits = {62, 104};
  CHECK(lines(validate(s)) == "");
  s.standards.items[0].second.long_waits = {62, 104, 365};
  CHECK(lines(validate(s)) == "/standards/fds/long_waits: 3 lengths of time; at most 2 are allowed\n");
}

TEST_CASE("relative rates from 1e-9 to 1e9, and beyond") {
  auto s = clinic();
  Profile profile;
  profile.weekdays.items = {{"mon", 1e9}, {"tue", 1e-9}, {"wed", 0}};
  s.profiles.items = {{"week", profile}};
  s.demand.items[0].second.profile = "week";
  CHECK(lines(validate(s)) == "");
  s.profiles.items[0].second.weekdays.items[0].second = 1.1e9;
  CHECK(lines(validate(s)) == "/profiles/week/weekdays/mon: a rate of 1.1e+09 is neither 0 nor between 1e-9 and 1e9\n");
  s.profiles.items[0].second.weekdays.items[0].second = 1e-10;
  CHECK(lines(validate(s)) == "/profiles/week/weekdays/mon: a rate of 1e-10 is neither 0 nor between 1e-9 and 1e9\n");
}

TEST_CASE("milestones that standards go by: 64, and one more") {
  auto s = clinic();
  auto& stream = s.demand.items[0].second;
  auto& standard = s.standards.items[0].second;
  while (stream.milestones.size() < 63) {
    stream.milestones.push_back(name_of(stream.milestones.size()));
    standard.starts.push_back(stream.milestones.back());
  }
  CHECK(lines(validate(s)) == "");
  stream.milestones.push_back("one more");
  standard.starts.push_back("one more");
  CHECK(lines(validate(s)) ==
        "/standards: standards and measures go by 65 different milestones; at most 64 are allowed\n");
}

TEST_CASE("adjustments of clocks: 32, and one more") {
  auto s = clinic();
  auto& standard = s.standards.items[0].second;
  std::string before = "seen";
  auto const add = [&](std::size_t i) {
    auto pause = delay(1, "results");
    pause.pauses = name_of(i);
    standard.adjustments.push_back(pause.pauses);
    put_after(s, before, "pause" + std::to_string(i), pause);
  };
  for (std::size_t i = 0; i < 32; ++i) add(i);
  CHECK(lines(validate(s)) == "");
  add(32);
  CHECK(lines(validate(s)) == "/standards: 33 different adjustments; at most 32 are allowed\n");
}

TEST_CASE("attributes and their levels: 24 and 250, and one more") {
  auto s = clinic();
  auto const attribute = attribute_of(250);
  fill_up(s.attributes, 24, attribute);
  CHECK(lines(validate(s)) == "");
  s.attributes.items[0].second.levels.emplace_back("one more");
  CHECK(lines(validate(s)) == "/attributes/n0/levels: 251 levels; at most 250 are allowed\n");
  s.attributes.items[0].second.levels.pop_back();
  fill_up(s.attributes, 25, attribute);
  CHECK(lines(validate(s)) == "/attributes: 25 attributes; at most 24 are allowed\n");
}

TEST_CASE("values of all tables, and distributions: as many as allowed, and more") {
  auto s = clinic();
  auto const attribute = attribute_of(100);
  fill_up(s.attributes, 3, attribute);
  auto const table = [&](std::string const& then) {
    auto step = delay(1, then);
    step.takes = {{"n0", "n1", "n2"}, {{{"otherwise", "otherwise", "otherwise"}, step.takes.rows[0].value}}};
    return step;
  };
  std::string before = "seen";
  auto const add = [&](std::size_t i) { put_after(s, before, "t" + std::to_string(i), table("results")); };
  for (std::size_t i = 0; i < 50; ++i) add(i);
  CHECK(lines(validate(s)) == "");
  CHECK(lines(validate({s, {{s.horizon.starts.date + 9, s}}})) ==
        ": all tables together have 50000000 values, at each of 2 dates; at most 50000000 are allowed\n");
  add(50);
  CHECK(lines(validate(s)) == ": all tables together have 51000000 values; at most 50000000 are allowed\n");
}

TEST_CASE("distributions, at all dates: a hundred thousand, and one more") {
  auto s = clinic();
  auto const attribute = attribute_of(250);
  fill_up(s.attributes, 2, attribute);
  auto& takes = step_of(s, "results").takes;
  takes = {{"n0", "n1"}, {}};
  for (std::size_t i = 0; i < 250; ++i)
    for (std::size_t k = 0; k < 200; ++k)
      takes.rows.push_back({{name_of(i), k < 199 ? name_of(k) : "otherwise"}, {Exponential{Duration{1e5}}, {}}});
  auto const two_dates = [&] { return lines(validate({s, {{s.horizon.starts.date + 9, s}}})); };
  CHECK(two_dates() == "");
  step_of(s, "seen").takes = plain(Distribution{Exponential{Duration{1e5}}, {}});
  CHECK(two_dates() == ": 50001 distributions, at each of 2 dates; at most 100000 are allowed\n");
  CHECK(lines(validate(s)) == "");
}
