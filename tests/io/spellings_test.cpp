// Every special spelling of the language, as a planner writes it.
#include "catch_compat.hpp"
#include "written.hpp"

using namespace cwtsim;
using namespace cwtsim::scenario;
using written::read_patch;

namespace {

Scenario patched(std::string const& patch) {
  auto const r = read_patch(patch);
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  return r.scenario.base;
}

Step step(std::string const& text) {
  auto const s = patched(R"("pathways": { "clinic": { "steps": { "it": )" + text + "} } }");
  return *s.pathways.find("clinic")->steps.find("it");
}

Stream stream(std::string const& text) {
  return *patched(R"("demand": { "it": )" + text + "}").demand.find("it");
}

Resource resource(std::string const& text) {
  auto const s = patched(R"("providers": { "hospital": { "resources": { "it": )" + text + "} } }");
  return *s.providers.find("hospital")->resources.find("it");
}

Distribution takes(std::string const& text) {
  return step(R"({ "kind": "delay", "then": "done", "takes": )" + text + "}").takes.rows.at(0).value;
}

constexpr double day = seconds_per_day;

}  // namespace

TEST_CASE("volumes: a number with a provider, or an object by provider, in five units") {
  VolumeUnit const units[] = {VolumeUnit::year, VolumeUnit::month, VolumeUnit::week, VolumeUnit::day, VolumeUnit::hour};
  char const* const keys[] = {"per_year", "per_month", "per_week", "per_day", "per_hour"};
  for (std::size_t i = 0; i < 5; ++i) {
    auto const one = stream(R"({ "pathway": "clinic", "provider": "hospital", ")" + std::string(keys[i]) + "\": 2.5 }");
    CHECK(one.unit == units[i]);
    CHECK(*one.volume.find("hospital") == 2.5);
  }
  auto const many = stream(R"({ "pathway": "clinic", "per_year": { "hospital": 1200, "other": 0 } })");
  CHECK(many.volume.size() == 2);
  CHECK(*many.volume.find("hospital") == 1200);
}

TEST_CASE("a timetable, batches and milestones of a stream") {
  auto const s =
      stream(R"({ "pathway": "clinic", "provider": "hospital", "timetable": { "on": "mon,thu", "at": ["09:00", "14:30"],
    "patients": 4 }, "milestones": "referred", "batch": { "by": "provider", "hospital": 2, "otherwise": 1 },
    "attributes": { "tumour": "lung", "sex": { "by": ["tumour"], "lung": { "f": 0.4, "m": 0.6 }, "otherwise": "m" } } })");
  REQUIRE(s.timetable);
  CHECK(s.timetable->at.at(1).minutes == 870);
  CHECK(s.timetable->patients == 4);
  CHECK(s.milestones == std::vector<std::string>{"referred"});
  CHECK(s.batch.by == std::vector<std::string>{"provider"});
  CHECK(s.batch.rows.at(0).value == 2);
  CHECK(s.attributes.find("tumour")->rows.at(0).value.items.at(0).first == "lung");
  auto const& sex = *s.attributes.find("sex");
  CHECK(sex.rows.at(0).keys == std::vector<std::string>{"lung"});
  CHECK(*sex.rows.at(0).value.find("m") == 0.6);
  CHECK(*sex.rows.at(1).value.find("m") == 1);
  auto const sizes =
      stream(R"({ "pathway": "clinic", "provider": "hospital", "per_day": 1, "batch_sizes": { "1": 0.5, "3": 0.5 } })");
  CHECK(*sizes.batch_sizes.find("3") == 0.5);
}

TEST_CASE("resources are opened by sessions, hours or meetings") {
  auto const sessions =
      resource(R"({ "kind": "sessions", "sessions": { "am": { "on": "mon-fri", "opens": "09:00", "closes": "12:30",
    "every_weeks": 2, "slots": 8 } }, "other_work": { "by": "provider", "hospital": 0.4, "otherwise": 0 }, "staff": { "nurse": 2 } })");
  CHECK(sessions.openings.find("am")->opens.minutes == 540);
  CHECK(sessions.openings.find("am")->closes.minutes == 750);
  CHECK(sessions.openings.find("am")->amount == 8);
  CHECK(sessions.openings.find("am")->every_weeks == 2);
  CHECK(*sessions.staff.find("nurse") == 2);
  CHECK(sessions.other_work.rows.at(0).value == 0.4);
  auto const servers =
      resource(R"({ "kind": "servers", "hours": { "day": { "opens": "08:00", "closes": "20:00", "servers": 3 } },
    "at_closing": "pause" })");
  CHECK(servers.openings.find("day")->amount == 3);
  CHECK(servers.at_closing == AtClosing::pause);
  auto const meeting =
      resource(R"({ "kind": "meeting", "meets": { "weekly": { "on": "wed", "at": "14:00", "cases": 25 } },
    "cut_off": "1 day" })");
  CHECK(meeting.openings.find("weekly")->opens.minutes == 840);
  CHECK(meeting.openings.find("weekly")->amount == 25);
  CHECK(meeting.cut_off.seconds == day);
}

TEST_CASE("what a step needs, and where it leads") {
  auto const one = step(R"({ "kind": "appointment", "needs": "clinic", "takes": "30 min", "then": "done" })");
  CHECK(*one.needs.find("clinic") == 1);
  CHECK(*one.then.rows.at(0).value.find("done") == 1);
  auto const two = step(R"({ "kind": "servers", "needs": { "ward": 2, "clinic": 1 }, "takes": "30 min",
    "then": { "done": 0.25, "results": 0.75 } })");
  CHECK(*two.needs.find("ward") == 2);
  CHECK(two.needs.items.at(0).first == "ward");
  CHECK(*two.then.rows.at(0).value.find("results") == 0.75);
}

TEST_CASE("a table may be as deep as what it depends on, and stop early") {
  auto const s = step(R"({ "kind": "delay", "takes": "1 day", "then": { "by": ["tumour", "provider"],
    "lung": { "hospital": { "done": 0.5, "results": 0.5 }, "otherwise": "done" }, "skin": "results", "_note": "x",
    "otherwise": { "done": 1 } } })");
  REQUIRE(s.then.rows.size() == 4);
  CHECK(s.then.rows[0].keys == std::vector<std::string>{"lung", "hospital"});
  CHECK(s.then.rows[1].keys == std::vector<std::string>{"lung", "otherwise"});
  CHECK(s.then.rows[2].keys == std::vector<std::string>{"skin"});
  CHECK(*s.then.rows[2].value.find("results") == 1);
  CHECK(s.then.rows[3].keys == std::vector<std::string>{"otherwise"});
}

TEST_CASE("repeats are a number, a number in quotes, shares of numbers, or a table") {
  auto const repeats = [](std::string const& text) {
    return step(R"({ "kind": "delay", "takes": "1 day", "every": "1 day", "then": "done", "repeats": )" + text + "}")
        .repeats;
  };
  CHECK(*repeats("15").rows.at(0).value.find("15") == 1);
  CHECK(*repeats("\"15\"").rows.at(0).value.find("15") == 1);
  CHECK(*repeats("{\"5\": 0.6, \"15\": 0.4}").rows.at(0).value.find("5") == 0.6);
  auto const table = repeats(R"({ "by": "tumour", "lung": 20, "otherwise": { "5": 0.5, "15": 0.5 } })");
  CHECK(*table.rows.at(0).value.find("20") == 1);
  CHECK(*table.rows.at(1).value.find("15") == 0.5);
}

TEST_CASE("milestones, counted days and what else a step may say") {
  auto const s =
      step(R"({ "kind": "delay", "takes": "3 days", "counts": "working days", "on_joining": "a", "on_start": ["b", "c"],
    "on_finish": "d", "sets": { "cancer": "yes" }, "pauses": "choice", "then": "done", "mark": "cited", "source": "a paper" })");
  CHECK(s.working_days);
  CHECK(s.on_joining == std::vector<std::string>{"a"});
  CHECK(s.on_start == std::vector<std::string>{"b", "c"});
  CHECK(s.on_finish == std::vector<std::string>{"d"});
  CHECK(s.evidence.mark == Mark::cited);
  CHECK(s.evidence.source == "a paper");
  CHECK_FALSE(step(R"({ "kind": "delay", "takes": "3 days", "counts": "days", "then": "done" })").working_days);
  auto const dna = step(R"({ "kind": "appointment", "needs": "clinic", "takes": "30 min", "then": "done",
    "did_not_attend": { "share": 0.05, "rebook": "3 days", "up_to": 2, "then": "done", "adjusts": "first" },
    "gives_up": { "died": { "after": { "exponential": { "mean": "300 days" } }, "then": "done" } } })");
  REQUIRE(dna.did_not_attend);
  CHECK(dna.did_not_attend->up_to == 2);
  CHECK(dna.gives_up.find("died")->then == "done");
}

TEST_CASE("every shape of a distribution") {
  CHECK(std::get<Constant>(takes("\"5 days\"").shape).value.seconds == 5 * day);
  CHECK(std::get<Constant>(takes(R"({ "constant": "5 days" })").shape).value.seconds == 5 * day);
  CHECK(std::get<Exponential>(takes(R"({ "exponential": { "mean": "5 days" } })").shape).mean.seconds == 5 * day);
  CHECK(std::get<Uniform>(takes(R"({ "uniform": { "from": "1 day", "to": "5 days" } })").shape).to.seconds == 5 * day);
  auto const t = std::get<Triangular>(
      takes(R"({ "triangular": { "least": "1 day", "mode": "2 days", "most": "5 days" } })").shape);
  CHECK(t.mode.seconds == 2 * day);
  CHECK(std::get<Normal>(takes(R"({ "normal": { "mean": "5 days", "sd": "2 days" } })").shape).sd.seconds == 2 * day);
  auto const l = std::get<Lognormal>(takes(R"({ "lognormal": { "median": "5 days", "p90": "30 days" } })").shape);
  CHECK(l.p90->seconds == 30 * day);
  CHECK_FALSE(l.mean.has_value());
  CHECK(std::get<Gamma>(takes(R"({ "gamma": { "mean": "5 days", "sd": "2 days" } })").shape).sd.seconds == 2 * day);
  CHECK(std::get<Erlang>(takes(R"({ "erlang": { "mean": "5 days", "phases": 3 } })").shape).phases == 3);
  CHECK(std::get<Weibull>(takes(R"({ "weibull": { "median": "5 days", "p90": "9 days" } })").shape).p90.seconds ==
        9 * day);
  auto const b = takes(R"({ "bands": { "14 days": 0.46, "100 days": 1 }, "plus": "2 days" })");
  CHECK(std::get<Bands>(b.shape).cumulative.at(0).second == 0.46);
  CHECK(std::get<Bands>(b.shape).cumulative.at(1).first.seconds == 100 * day);
  CHECK(b.plus.seconds == 2 * day);
}

TEST_CASE("a standard") {
  auto const s = patched(
      R"("standards": { "s": { "starts": "a", "stops": ["b", "c"], "for": { "cancer": "yes", "route": ["usc", "bs"] },
    "limit": "62 days", "target": { "2026-10-01": 0.85, "2026-04-01": 0.7 }, "sharing": { "handover_by": "30 days" },
    "credited_to": "shared", "long_waits": ["62 days", "15 weeks"], "by": ["provider", "provider+tumour"] },
    "t": { "starts": "a", "stops": "b", "limit": "4 weeks", "target": 0.8, "long_waits": "90 days" } })");
  auto const& a = *s.standards.find("s");
  CHECK(*a.only_when.levels.find("cancer") == std::vector<std::string>{"yes"});
  CHECK(a.only_when.levels.find("route")->size() == 2);
  CHECK(a.limit_days == 62);
  CHECK(a.targets.items.at(0).first == "2026-04-01");
  CHECK(a.targets.items.at(1).second == 0.85);
  CHECK(a.handover_by_days == 30);
  CHECK(a.treat_within_days == 24);
  CHECK(a.credited_to == CreditedTo::shared);
  CHECK(a.long_waits == std::vector<std::int64_t>{62, 105});
  auto const& b = *s.standards.find("t");
  CHECK(b.limit_days == 28);
  CHECK(b.targets.items.at(0) == std::pair<std::string, double>{"1900-01-01", 0.8});
  CHECK(b.long_waits == std::vector<std::int64_t>{90});
}

TEST_CASE("observed figures, waiting lists and profiles") {
  auto const s =
      patched(R"("observed": { "s": { "from": "2024-04-01", "until": "2025-03-31", "attainment": { "all": 0.8,
      "provider": { "hospital": 0.75 } }, "patients": { "all": { "all": 1200 }, "tumour": { "lung": 300 } }, "mark": "observed" } },
    "waiting": { "w": { "like": "gp", "provider": "hospital", "step": "first", "patients": 12, "waited": "10 days" } },
    "profiles": { "p": { "weekdays": { "mon": 1.2, "tue": 1, "wed": 1, "thu": 1, "fri": 1, "sat": 0, "sun": 0 }, "holidays": 0 } })");
  auto const& o = *s.observed.find("s");
  CHECK(*o.attainment.find("all")->find("all") == 0.8);
  CHECK(*o.attainment.find("provider")->find("hospital") == 0.75);
  CHECK(*o.patients.find("all")->find("all") == 1200);
  CHECK(s.waiting.find("w")->patients == 12);
  CHECK(*s.profiles.find("p")->weekdays.find("mon") == 1.2);
  CHECK(s.profiles.find("p")->holidays == 0.0);
}

TEST_CASE("keys that start with _ are comments everywhere") {
  auto const s = patched(R"("_why": [1, { "a": null }], "experiment": { "_x": "y" }, "attributes": { "_old": 3,
    "tumour": { "levels": ["a"], "shares": { "a": 1, "_b": "none" } } })");
  CHECK(s.attributes.size() == 1);
  CHECK(s.attributes.find("tumour")->shares.rows.at(0).value.size() == 1);
}

TEST_CASE("the tutorial scenario reads") {
  auto const r = io::read_scenario({std::string(CWTSIM_SOURCE_DIR) + "/scenarios/tiny.json", {}, {}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(r.scenario.base.name == "One clinic");
  CHECK(r.scenario.base.horizon.bank_holidays == BankHolidays::england);
}
