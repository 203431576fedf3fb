#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;
using model::none16;

namespace {

Parts plain() {
  Parts p;
  p.steps = R"("first": {"kind": "delay", "takes": "1 days", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"");
  return p;
}

/// The value of a table at a provider for given levels of the attributes it depends on, in their order.
std::uint32_t cell(model::Era const& era, model::Lookup const& lookup, std::uint32_t provider,
                   std::vector<std::uint32_t> const& levels) {
  REQUIRE(!lookup.direct());
  for (std::size_t a = 0; a < lookup.attribute.size(); ++a)
    REQUIRE((lookup.attribute[a] != model::Lookup::no_attribute) == (a < levels.size()));
  std::uint32_t index = lookup.base + lookup.provider_stride * provider;
  for (std::size_t a = 0; a < levels.size(); ++a) index += lookup.stride[a] * levels[a];
  return era.cells.at(index);
}

}  // namespace

TEST_CASE("the horizon becomes ticks, days and measured months") {
  auto p = plain();
  p.starts = "2026-01-15 06:00";
  p.warm_up = "1 months";
  p.run_for = "2 months";
  auto const m = model_of(p);
  CHECK(m.ticks_per_day == 1440);
  CHECK(m.start == 360);
  CHECK(m.measure_from == 31 * 1440 + 360);
  CHECK(m.end == 90 * 1440 + 360);
  CHECK(m.days == 91);
  CHECK(m.names.months == std::vector<std::string>{"2026-02", "2026-03", "2026-04"});
  CHECK(m.months == 3);
  CHECK(m.month_of_day[30] == none16);
  CHECK(m.month_of_day[31] == 0);  // 15 February
  CHECK(m.month_of_day[44] == 0);  // 28 February
  CHECK(m.month_of_day[45] == 1);
  CHECK(m.month_of_day[90] == 2);
  CHECK(m.weekday_of_day[0] == 3);  // a Thursday
  CHECK(m.week_of_day[3] == 0);
  CHECK(m.week_of_day[4] == 1);
  CHECK(m.calendar_month[17] == 1);
}

TEST_CASE("working days leave out weekends and, where they are kept, bank holidays") {
  auto p = plain();
  p.starts = "2026-04-01";
  p.bank_holidays = "england";
  auto const m = model_of(p);
  REQUIRE(m.working_days.size() > 5);
  CHECK(std::vector<std::uint32_t>(m.working_days.begin(), m.working_days.begin() + 5) ==
        std::vector<std::uint32_t>{0, 1, 6, 7, 8});
  CHECK(m.working_index[5] == 2);
  CHECK(m.holiday[2] == 1);
  CHECK(m.holiday[5] == 1);
  p.bank_holidays = "none";
  auto const open = model_of(p);
  CHECK(open.working_days[2] == 2);
  CHECK(open.holiday[2] == 0);
  // they go on after the end, for delays that last longer
  CHECK(open.working_days.back() > open.days + 2000);
}

TEST_CASE("a table is laid out by its levels, with the rest for those not named") {
  auto p = plain();
  p.attributes =
      R"("tumour": {"levels": ["lung", "skin", "breast"], "shares": {"lung": 0.2, "skin": 0.3, "breast": 0.5}})";
  p.providers = R"("there": {"group": "north"})";
  p.demand += R"(, "other": {"pathway": "path", "provider": "there", "per_day": 1})";
  p.steps =
      R"("first": {"kind": "delay", "takes": {"by": ["tumour", "provider"], "lung": {"there": "2 days", "otherwise": "3 days"}, "skin": "4 days", "otherwise": {"here": "5 days", "there": "6 days"}}, "then": "home"}, "home": {"kind": "end"})";
  auto const m = model_of(p);
  auto const& era = m.eras[0];
  auto const& takes = era.steps[0].takes;
  auto const days = [&](std::uint32_t tumour, std::uint32_t provider) {
    return era.quantiles[cell(era, takes, provider, {tumour})].constant_value() / 1440;
  };
  CHECK(days(0, 0) == 3);
  CHECK(days(0, 1) == 2);
  CHECK(days(1, 0) == 4);
  CHECK(days(1, 1) == 4);
  CHECK(days(2, 0) == 5);
  CHECK(days(2, 1) == 6);
}

TEST_CASE("equal distributions share a table, others do not") {
  auto p = plain();
  p.steps =
      R"("first": {"kind": "delay", "takes": {"exponential": {"mean": "2 days"}}, "then": "second"}, "second": {"kind": "delay", "takes": {"exponential": {"mean": "48 hours"}}, "then": "third"},
      "third": {"kind": "delay", "takes": {"exponential": {"mean": "49 hours"}}, "then": "home"}, "home": {"kind": "end"})";
  auto const m = model_of(p);
  auto const& steps = m.eras[0].steps;
  CHECK(steps[0].takes.base == steps[1].takes.base);
  CHECK(steps[0].takes.base != steps[2].takes.base);
  CHECK(steps[0].draws_at != steps[1].draws_at);  // their draws are their own
}

TEST_CASE("shares become edges over the whole range of a draw, those of 0 are left out") {
  auto p = plain();
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 days", "then": {"home": 0.25, "second": 0.75, "third": 0}}, "second": {"kind": "delay", "takes": "1 days", "then": {"home": 0.5, "third": 0.5}},
      "third": {"kind": "delay", "takes": "1 days", "then": "home"}, "home": {"kind": "end"})";
  auto const m = model_of(p);
  auto const& era = m.eras[0];
  auto const choice = era.choice(era.steps[0].then.base);
  REQUIRE(choice.count() == 2);
  CHECK(choice.edges()[0] == 1ULL << 62);
  CHECK(choice.outcome(0) == 3);
  CHECK(choice.outcome(1) == 1);
  CHECK(era.steps[0].next == none16);
  CHECK(era.steps[2].next == 3);  // one route is no choice
}

TEST_CASE("a choice holds any number of outcomes") {
  for (std::uint32_t const count : {1u, 2u, 3u, 4u, 17u}) {
    std::vector<std::uint64_t> edges;
    std::vector<std::uint32_t> outcomes;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (i > 0) edges.push_back(i * 1000ULL);
      outcomes.push_back(0xFFFFFFF0u + i % 15);
    }
    auto const words = model::Choice::words(edges, outcomes);
    model::Choice const choice(words.data());
    REQUIRE(choice.count() == count);
    for (std::uint32_t i = 0; i < count; ++i) {
      CHECK(choice.outcome(i) == outcomes[i]);
      if (i > 0) CHECK(choice.edges()[i - 1] == edges[i - 1]);
    }
  }
}

TEST_CASE("what is waited for comes first among the needs: sessions, else the first") {
  Parts p;
  p.resources = R"("room": {"kind": "servers", "servers": 1}, "nurse": {"kind": "servers", "servers": 2},
      "clinic": {"kind": "sessions", "sessions": {"day": {"on": "mon", "opens": "09:00", "closes": "12:00", "slots": 3}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": {"room": 1, "clinic": 2, "nurse": 1}, "then": "second"},
      "second": {"kind": "servers", "needs": {"nurse": 2, "room": 1}, "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"");
  auto const m = model_of(p);
  auto const& era = m.eras[0];
  auto const need = [&](std::size_t step, std::uint32_t n) { return era.needs[era.steps[step].needs.first + n]; };
  CHECK(m.names.resource_names[need(0, 0).name] == "clinic");
  CHECK(need(0, 0).count == 2);
  CHECK(m.names.resource_names[need(1, 0).name] == "nurse");
  CHECK(need(1, 0).count == 2);
  // when the room frees, both lists may move; when the nurse frees, that of the clinic (its own is its own)
  auto const dependents = [&](std::string const& name) {
    auto const& r = era.resources[index_in(m.names.resource_names, name)];
    return std::vector<model::Index16>(m.dependents.begin() + r.dependents.first,
                                       m.dependents.begin() + r.dependents.first + r.dependents.count);
  };
  auto const index = [&](std::string const& name) {
    return static_cast<model::Index16>(index_in(m.names.resource_names, name));
  };
  CHECK(dependents("room") == std::vector<model::Index16>{index("clinic"), index("nurse")});
  CHECK(dependents("nurse") == std::vector<model::Index16>{index("clinic")});
  CHECK(dependents("clinic").empty());
  CHECK(era.resources[index("clinic")].shared_needs);
  CHECK(era.resources[index("nurse")].shared_needs);
  CHECK_FALSE(era.resources[index("room")].shared_needs);
}

TEST_CASE("slots a week are spread over the sessions of a week, those of every second week for a half") {
  Parts p;
  p.resources =
      R"("clinic": {"kind": "sessions", "per_week": 9, "sessions": {"a": {"on": "mon,tue", "opens": "09:00", "closes": "12:00"}, "b": {"on": "fri", "opens": "13:00", "closes": "17:00", "every_weeks": 2}}},
      "mdt": {"kind": "meeting", "cut_off": "1 days", "meets": {"all": {"on": "wed", "at": "14:00"}, "some": {"on": "thu", "at": "14:00", "cases": 0}}})";
  p.steps =
      R"("first": {"kind": "appointment", "needs": "clinic", "then": "mdt"}, "mdt": {"kind": "meeting", "needs": "mdt", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"");
  auto const m = model_of(p);
  auto const& openings = m.eras[0].openings;
  REQUIRE(openings.size() == 4);
  CHECK(static_cast<double>(openings[0].exact_slots) * 0x1.0p-32 == Approx(9 / 2.5));
  CHECK(openings[0].days.weekdays == 0b0000011);
  CHECK(openings[0].length == 180);
  CHECK(openings[1].days.every_weeks == 2);
  CHECK(openings[2].amount == model::none32);  // all who wait
  CHECK(openings[3].amount == 0);              // none
  CHECK(openings[2].length == 0);
  CHECK(openings[2].opens == 14 * 60);
  CHECK(m.eras[0].resources[1].notice == 1440);
}

TEST_CASE("a name at a provider may stand for the resource of another one") {
  Parts p;
  p.resources = R"("ct": {"kind": "servers", "servers": 1})";
  p.providers = R"("there": {"resources": {"ct": {"at": "here"}}}, "nowhere": {})";
  p.steps = R"("first": {"kind": "servers", "needs": "ct", "then": "home"}, "home": {"kind": "end"})";
  p.demand = R"("gp": {"pathway": "path", "per_day": {"here": 1, "there": 1}})";
  auto const m = model_of(p);
  CHECK(m.eras[0].resources.size() == 1);
  CHECK(m.resource_at == std::vector<model::Index16>{0, 0, none16});
}

TEST_CASE("a waiting list is like its stream, after streams of several providers and of timetables") {
  auto p = plain();
  p.providers = R"("there": {})";
  p.demand = R"("a": {"pathway": "path", "per_day": {"here": 1, "there": 1}}, )" + arrive("b", "mon", "\"08:00\"") +
             R"(, "c": {"pathway": "path", "per_day": {"there": 2}})";
  p.waiting = R"("list": {"like": "c", "provider": "here", "step": "first", "patients": 5, "waited": "3 days"})";
  auto const m = model_of(p);
  REQUIRE(m.eras[0].sources.size() == 4);
  REQUIRE(m.waiting.size() == 1);
  CHECK(m.waiting[0].source == 3);
  CHECK(m.eras[0].sources[3].stream == 2);
  CHECK(m.waiting[0].provider == 0);
  CHECK(m.eras[0].quantiles[m.waiting[0].waited.base].constant_value() == 3);  // in days
}

TEST_CASE("targets are those in force on the first day of a month, strata are numbered without gaps") {
  auto p = plain();
  p.run_for = "3 months";
  p.attributes = R"("tumour": {"levels": ["lung", "skin", "breast"], "shares": {"lung": 1}})";
  p.providers = R"("there": {"group": "north"})";
  p.demand = arrive("gp", "mon", "\"08:00\"", 1, R"("milestones": ["came"])");
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 days", "on_finish": ["told"], "then": "home"}, "home": {"kind": "end"})";
  p.standards =
      R"("s": {"starts": "came", "stops": "told", "limit": "28 days", "target": {"2026-06-01": 0.75, "2026-07-15": 0.8}, "by": ["provider", "provider+tumour", "group"]},
      "t": {"starts": "came", "stops": "told", "limit": "31 days"})";
  auto const m = model_of(p);
  CHECK(m.standards[0].targets == std::vector<double>{0.75, 0.75, 0.8});
  CHECK(std::isnan(m.standards[1].targets[0]));
  CHECK(m.strata == 1 + 2 + 6 + 2 + 1);
  std::vector<std::uint32_t> firsts;
  for (auto const& cut : m.cuts) firsts.push_back(cut.first);
  CHECK(firsts == std::vector<std::uint32_t>{0, 1, 3, 9, 11});
}

TEST_CASE("the rate of a stream is its volume over its profile, whatever the unit") {
  auto p = plain();
  p.bank_holidays = "england";
  p.profiles =
      R"("week": {"weekdays": {"mon": 2, "tue": 1, "wed": 1, "thu": 1, "fri": 1, "sat": 0.5, "sun": 0}, "holidays": 0.5})";
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_year": 3650, "profile": "week"})";
  auto const m = model_of(p);
  auto const& source = m.eras[0].sources[0];
  auto const& profile = m.eras[0].profiles[source.profile];
  double sum = 0;
  for (int d = 0; d < 365; ++d) {
    Date const date = m.first_day + d;
    sum += source.per_day * profile.day[static_cast<std::size_t>(weekday_of(date))] *
           (is_england_bank_holiday(date) ? profile.day[7] : 1);
  }
  CHECK(sum == Approx(3650));
  CHECK(source.pieces == 1);
}

TEST_CASE("each dated change is a era of the whole scenario, with the same names") {
  auto p = plain();
  p.run_for = "28 days";
  p.levers =
      R"("a": {"pointer": "/pathways/path/steps/first/takes", "set": "2 days", "from": "2026-06-08", "until": "2026-06-15"})";
  auto const m = model_of(p);
  REQUIRE(m.eras.size() == 3);
  CHECK(m.eras[1].from == 7 * 1440);
  CHECK(m.eras[2].from == 14 * 1440);
  auto const days = [&](std::size_t era) {
    return m.eras[era].quantiles[m.eras[era].steps[0].takes.base].constant_value() / 1440;
  };
  CHECK(days(0) == 1);
  CHECK(days(1) == 2);
  CHECK(days(2) == 1);
  CHECK(m.eras[1].steps[0].draws_at == m.eras[0].steps[0].draws_at);
}

TEST_CASE("a step can be visited again only in a cycle") {
  auto p = plain();
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 days", "then": {"first": 0.1, "second": 0.9}}, "second": {"kind": "delay", "takes": "1 days", "then": "home"}, "home": {"kind": "end"})";
  auto const m = model_of(p);
  CHECK(m.eras[0].steps[0].in_cycle);
  CHECK_FALSE(m.eras[0].steps[1].in_cycle);
}

TEST_CASE("staff in post are whole people with a share of the sessions each") {
  Parts p;
  p.staff =
      R"("nurse": {"whole_time_equivalents": 4, "vacancy": 0.4, "leave": 0.1, "sickness": 0.05, "sessions_per_week": 8})";
  p.resources =
      R"("clinic": {"kind": "sessions", "staff": {"nurse": 1}, "sessions": {"day": {"on": "mon-thu", "opens": "09:00", "closes": "12:00", "slots": 3}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"");
  auto const m = model_of(p);
  auto const& staff = m.eras[0].staff.at(0);
  CHECK(staff.people == 3);  // 2.4 in post
  CHECK(staff.present == Approx(0.9 * 0.95));
  CHECK(staff.people * staff.sessions_per_day * 4 == Approx(2.4 * 8));  // on the four days on which they are needed
}

TEST_CASE("names that hold a slash are kept apart: step b/c of a from step c of a/b, and roles likewise") {
  auto p = plain();
  p.steps = R"("b/c": {"kind": "delay", "takes": "1 days", "then": "home"}, "home": {"kind": "end"})";
  p.start = "b/c";
  p.pathways = R"("path/b": {"start": "c", "steps": {
      "c": {"kind": "delay", "takes": "2 days", "then": "home"}, "home": {"kind": "end"}}})";
  p.demand += R"(, "other": {"pathway": "path/b", "provider": "here/x", "per_week": 1})";
  p.staff = R"("x/nurse": {"whole_time_equivalents": 1})";
  p.resources =
      R"("desk": {"kind": "sessions", "sessions": {"a": {"on": "mon", "slots": 1}}, "staff": {"x/nurse": 1}})";
  p.providers = R"("here/x": {"staff": {"nurse": {"whole_time_equivalents": 1}}, "resources": {
      "chair": {"kind": "sessions", "sessions": {"a": {"on": "mon", "slots": 1}}, "staff": {"nurse": 1}}}})";
  auto const m = model_of(p);
  REQUIRE(m.names.steps == std::vector<std::string>{"path/b/c", "path/home", "path/b/c", "path/b/home"});
  CHECK(m.eras[0].sources[0].step == 0);
  CHECK(m.eras[0].sources[1].step == 2);
  REQUIRE(m.eras[0].staff_needs.size() == 2);
  CHECK(m.eras[0].staff_needs[0].staff != m.eras[0].staff_needs[1].staff);
}
