#include "plain_reader.hpp"

#include <cmath>

#include "calendar.hpp"

namespace cwtsim::oracle {
namespace plain {
namespace {

// Every default stands here as docs/fields.md tells it, also where the struct has it already.

scenario::Horizon horizon(Thing& t) {
  scenario::Horizon h;
  h.starts = t.get("starts", date_time);
  h.warm_up = t.get("warm_up", period, Period{0, PeriodUnit::days});
  h.run_for = t.get("run_for", period);
  h.resolution = t.get("resolution", duration, Duration{60});
  h.bank_holidays =
      t.word("bank_holidays", {{"none", scenario::BankHolidays::none}, {"england", scenario::BankHolidays::england}},
             scenario::BankHolidays::none);
  return h;
}

scenario::Limits limits(Thing& t) {
  scenario::Limits l;
  l.max_in_system = t.get("max_in_system", whole, 2'000'000);
  l.max_events = t.get("max_events", whole, 20'000'000'000);
  return l;
}

scenario::Progress progress(Thing& t) {
  return {t.get("after", distribution_table), t.get("to", text)};
}

scenario::Attribute attribute(Thing& t) {
  scenario::Attribute a;
  a.levels = t.get("levels", texts);
  a.shares = t.get("shares", share_table, {});
  a.odds = t.get("odds", odds, {});
  a.progresses = t.get("progresses", each(made<progress>), {});
  return a;
}

scenario::Profile profile(Thing& t) {
  scenario::Profile p;
  p.months = t.get("months", each(number), {});
  p.weekdays = t.get("weekdays", each(number), {});
  p.hours = t.get("hours", each(number), {});
  p.holidays = t.maybe("holidays", number);
  return p;
}

scenario::Timetable timetable(Thing& t) {
  scenario::Timetable made;
  made.on = t.get("on", text, "daily");
  made.at = t.get("at", times_of_day);
  made.patients = t.get("patients", whole, 1);
  return made;
}

scenario::Stream stream(Thing& t) {
  using scenario::VolumeUnit;
  scenario::Stream s;
  s.pathway = t.get("pathway", text);
  s.provider = t.get("provider", text, "");
  s.unit = VolumeUnit::year;
  std::vector<std::pair<std::string, VolumeUnit>> const units = {{"per_year", VolumeUnit::year},
                                                                 {"per_month", VolumeUnit::month},
                                                                 {"per_week", VolumeUnit::week},
                                                                 {"per_day", VolumeUnit::day},
                                                                 {"per_hour", VolumeUnit::hour}};
  for (auto const& [key, unit] : units) {
    if (!t.has(key)) continue;
    s.unit = unit;
    s.volume = t.get(key, [&](Json const& json) {
      return json.is_object() ? each(number)(json) : Named<double>{{{s.provider, number(json)}}};
    });
  }
  s.timetable = t.maybe("timetable", made<timetable>);
  s.volumes_from = t.maybe("volumes_from", date);
  s.growth_per_year = t.get("growth_per_year", number, 0.0);
  s.profile = t.get("profile", text, "");
  s.batch = t.get("batch", whole_table, {});
  s.batch_sizes = t.get("batch_sizes", sizes, {});
  s.attributes = t.get("attributes", each(share_table), {});
  s.milestones = t.get("milestones", texts, {});
  return s;
}

scenario::WaitingRow row(Thing& t) {
  scenario::WaitingRow r;
  r.patients = t.get("patients", whole, 1);
  r.referred = t.maybe("referred", date);
  r.waited = t.maybe("waited", duration);
  r.listed = t.maybe("listed", date);
  r.on_list = t.maybe("on_list", duration);
  r.missed = t.maybe("missed", whole);
  r.like = t.get("like", text, "");
  r.provider = t.get("provider", text, "");
  r.pathway = t.get("pathway", text, "");
  r.step = t.get("step", text, "");
  r.attributes = t.get("attributes", each(text), {});
  return r;
}

std::vector<scenario::WaitingRow> rows(Json const& json) {
  std::vector<scenario::WaitingRow> all;
  for (auto const& one : json) all.push_back(made<row>(one));
  return all;
}

/// A lever may make a fraction of it, which is taken to the nearest whole.
std::int64_t nearest_whole(Json const& json) {
  return std::llround(number(json));
}

scenario::Waiting waiting(Thing& t) {
  scenario::Waiting w;
  w.like = t.get("like", text, "");
  w.provider = t.get("provider", text, "");
  w.pathway = t.get("pathway", text, "");
  w.milestones = t.maybe("milestones", texts);
  w.step = t.get("step", text, "");
  w.patients = t.maybe("patients", nearest_whole);
  w.waited = t.maybe("waited", distribution);
  w.on_list = t.maybe("on_list", distribution);
  w.missed = t.get("missed", whole, 0);
  w.rows = t.get("rows", rows, {});
  return w;
}

scenario::Scenario whole_scenario(Thing& t) {
  scenario::Scenario s;
  (void)t.get("schema", whole);
  s.name = t.get("name", text);
  s.horizon = t.get("horizon", made<horizon>);
  s.limits = t.get("limits", made<limits>, scenario::Limits{2'000'000, 20'000'000'000});
  s.experiment = {20, 1};
  s.attributes = t.get("attributes", each(made<attribute>), {});
  s.profiles = t.get("profiles", each(made<profile>), {});
  s.demand = t.get("demand", each(made<stream>), {});
  s.waiting = t.get("waiting", each(made<waiting>), {});
  s.providers = t.get("providers", each(made<provider>));
  s.pathways = t.get("pathways", each(made<pathway>));
  s.standards = t.get("standards", each(made<standard>), {});
  s.measures = t.get("measures", each(made<measure>), {});
  s.rules = t.get("rules", each(made<rule>), {});
  s.ledgers = t.get("ledgers", each(made<ledger>), {});
  return s;
}

bool holds_on(Lever const& lever, Date day) {
  return (!lever.from || *lever.from <= day) && (!lever.until || day < *lever.until);
}

/// With all levers that hold on a day, in the order of their file.
scenario::Scenario scenario_on(Date day, Json const& written, std::vector<Lever> const& levers) {
  Json changed = written;
  for (auto const& lever : levers)
    if (holds_on(lever, day)) pull(lever, changed);
  return made<whole_scenario>(changed);
}

/// The first day that no moment of the run lies in.
Date end_of(scenario::Horizon const& h) {
  double const warm = end_of_span(h.starts, h.warm_up);
  Date const measured = h.starts.date + static_cast<std::int32_t>(warm / 86400);
  double const since_midnight = warm - (measured - h.starts.date) * 86400.0;
  double const length = since_midnight + end_of_span({measured, {0}}, h.run_for);
  return measured + static_cast<std::int32_t>(std::ceil(length / 86400));
}

}  // namespace
}  // namespace plain

scenario::DatedScenario read_plainly(ScenarioText const& text) {
  auto const written = plain::Json::parse(text.scenario);
  auto const levers = plain::levers(text.levers);
  Date const first = plain::date_time(written.at("horizon").at("starts")).date;
  scenario::DatedScenario made{plain::scenario_on(first, written, levers), {}};
  Date const end = plain::end_of(made.base.horizon);
  for (Date day = first + 1; day < end; day = day + 1) {
    bool changes = false;
    for (auto const& lever : levers) changes = changes || lever.from == day || lever.until == day;
    if (changes) made.changes.emplace_back(day, plain::scenario_on(day, written, levers));
  }
  return made;
}

}  // namespace cwtsim::oracle
