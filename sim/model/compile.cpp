#include "cwtsim/model/compile.hpp"

#include <algorithm>
#include <cmath>

#include "builder.hpp"
#include "cwtsim/model/timetable.hpp"
#include "cwtsim/scenario/horizon.hpp"
#include "cwtsim/scenario/limits.hpp"

namespace cwtsim::model {

namespace {

static_assert(most_slots == scenario::most_slots && most_days_waited == scenario::most_days_waited);

Tick to_ticks(double seconds, double per_tick) {
  return static_cast<Tick>(std::llround(seconds / per_tick));
}

void compile_calendar(scenario::Scenario const& s, Model& model) {
  bool const england = s.horizon.bank_holidays == scenario::BankHolidays::england;
  constexpr std::uint32_t beyond = 3000;  // working days are counted on past the end of the run
  std::uint32_t working = 0;
  model.holiday_before = england && is_england_bank_holiday(model.first_day - 1);
  int const first_month = [&] {
    auto const m = to_ymd(model.first_day + static_cast<std::int32_t>(model.measure_from / model.ticks_per_day));
    return m.year * 12 + m.month;
  }();
  std::int32_t const monday = model.first_day.days - static_cast<std::int32_t>(weekday_of(model.first_day));
  for (std::uint32_t d = 0; d < model.days + beyond; ++d) {
    Date const date = model.first_day + static_cast<std::int32_t>(d);
    bool const holiday = england && is_england_bank_holiday(date);
    auto const weekday = static_cast<std::uint8_t>(weekday_of(date));
    if (d < model.days) {
      auto const ymd = to_ymd(date);
      bool const measured = (d + 1) * model.ticks_per_day > model.measure_from && d * model.ticks_per_day < model.end;
      model.month_of_day.push_back(measured ? static_cast<Index16>(ymd.year * 12 + ymd.month - first_month) : none16);
      model.weekday_of_day.push_back(weekday);
      model.holiday.push_back(holiday ? 1 : 0);
      model.calendar_month.push_back(static_cast<std::uint8_t>(ymd.month - 1));
      model.week_of_day.push_back(static_cast<std::uint32_t>((date.days - monday) / 7));
      model.working_index.push_back(working);
      if (measured && model.month_of_day.back() >= model.months) {
        model.months = model.month_of_day.back() + 1u;
        model.names.months.push_back(format_month(date));
      }
    }
    if (weekday < 5 && !holiday) {
      model.working_days.push_back(d);
      ++working;
    }
  }
}

}  // namespace

void compile_time(scenario::Scenario const& s, Model& model) {
  double const per_tick = s.horizon.resolution.seconds;
  model.seconds_per_tick = per_tick;
  model.ticks_per_day = to_ticks(seconds_per_day, per_tick);
  model.first_day = s.horizon.starts.date;
  double const start = s.horizon.starts.time.minutes * 60.0;
  auto const measured = scenario::measured_seconds(s.horizon);
  model.start = to_ticks(start, per_tick);
  model.measure_from = to_ticks(measured.from, per_tick);
  model.end = to_ticks(measured.end, per_tick);
  model.days = (model.end + model.ticks_per_day - 1) / model.ticks_per_day;
  model.max_in_system = static_cast<std::uint32_t>(s.limits.max_in_system);
  model.max_events = static_cast<std::uint64_t>(s.limits.max_events);
  compile_calendar(s, model);
}

namespace {

/// What each step waits for at each provider, and what follows from the kinds of resources it needs.
void settle_leads(Model const& model, Era& era) {
  std::size_t const providers = model.names.providers.size();
  era.leads.assign(era.steps.size() * providers, none16);
  for (std::size_t s = 0; s < era.steps.size(); ++s) {
    Step& step = era.steps[s];
    for (std::size_t p = 0; p < providers; ++p) {
      for (std::uint32_t n = 0; n < step.needs.count; ++n) {
        Index16 const r = model.resource_of(p, era.needs[step.needs.first + n].name);
        if (r == none16) continue;
        step.frees = step.frees || era.resources[r].kind == ResourceKind::servers;
        if (n > 0) continue;
        era.leads[s * providers + p] = r;
        step.limited = step.limited || era.resources[r].waiting_room != none32;
      }
    }
  }
}

/// Which standards' clocks these milestones may touch, and which measures they record.
void settle_milestones(Model const& model, Milestones& m) {
  for (std::size_t s = 0; s < model.standards.size(); ++s) {
    Standard const& standard = model.standards[s];
    if (m.bits & (standard.starts | standard.stops | standard.excluded | standard.late))
      m.standards |= 1ULL << std::min<std::size_t>(s, 63);
  }
  m.measures = measures_at(m.bits, model);
}

/// Likewise those of steps and sources.
void settle_milestones(Model const& model, Era& era) {
  auto const settle = [&model](Milestones& m) { settle_milestones(model, m); };
  for (Step& step : era.steps) {
    settle(step.joined);
    settle(step.started);
    settle(step.finished);
    step.joining_matters = step.joined.matter();
    step.starting_matters = step.started.matter() || step.pauses >= 0;
  }
  for (Source& source : era.sources) settle(source.milestones);
}

/// Which resource stands behind a name at a provider.
void place_resources(scenario::Scenario const& base, Index const& index, Model& model) {
  auto const names = index.names.resource_names.size();
  model.resource_at.assign(index.names.providers.size() * names, none16);
  for (std::size_t p = 0; p < base.providers.size(); ++p) {
    for (auto const& [name, resource] : base.providers.items[p].second.resources) {
      std::string const& owner = resource.at.empty() ? base.providers.items[p].first : resource.at;
      auto const it = std::ranges::find(index.resources, std::pair(owner, name));
      model.resource_at[p * names + index.resource_name(name)] = static_cast<Index16>(it - index.resources.begin());
    }
  }
}

/// Whose lists move when a resource frees: those who wait elsewhere and need it too.
void find_dependents(std::size_t providers, Index const& index, Model& model) {
  std::vector<std::vector<Index16>> dependents(index.resources.size());
  std::vector<bool> shared(index.resources.size());
  Era const& first = model.eras.front();
  for (Step const& step : first.steps) {
    for (std::size_t p = 0; p < providers && step.needs.count > 1; ++p) {
      Index16 const lead = model.resource_of(p, first.needs[step.needs.first].name);
      if (lead == none16) continue;
      shared[lead] = true;
      for (std::uint32_t n = 1; n < step.needs.count; ++n) {
        Index16 const other = model.resource_of(p, first.needs[step.needs.first + n].name);
        if (other == none16 || other == lead) continue;
        auto& list = dependents[other];
        if (std::ranges::find(list, lead) == list.end()) list.push_back(lead);
      }
    }
  }
  for (std::size_t r = 0; r < dependents.size(); ++r) {
    Range const span{static_cast<std::uint32_t>(model.dependents.size()),
                     static_cast<std::uint32_t>(dependents[r].size())};
    for (auto& era : model.eras) {
      era.resources[r].dependents = span;
      era.resources[r].shared_needs = shared[r];
    }
    model.dependents.insert(model.dependents.end(), dependents[r].begin(), dependents[r].end());
  }
}

// As few as are enough to say where the days of their clocks go: following costs time.
void settle_followed(Model& model) {
  constexpr double enough = 10'000;
  constexpr std::uint32_t fewest = 64;  // following one in so many costs next to nothing
  double expected = 0;
  for (Waiting const& waiting : model.waiting) expected += waiting.patients;
  for (Source const& source : model.eras.front().sources)
    for (std::uint32_t day = 0; day < model.days; ++day)
      expected += mean_patients(model, model.eras.front(), source, day);
  while (expected > enough * model.followed && model.followed < fewest) model.followed *= 2;
}

}  // namespace

Model compile(scenario::DatedScenario const& dated) {
  scenario::Scenario const& base = dated.base;
  Index const index(base);
  Model model;
  model.names = index.names;
  model.group_of_provider = index.group_of_provider;
  model.pausing = index.pausing;
  model.attributes = static_cast<std::uint32_t>(index.names.attributes.size());
  compile_time(base, model);
  Made made;
  auto const compile_era = [&](scenario::Scenario const& s, Tick from) {
    Era era;
    era.from = from;
    Pools pools(era, index, model.seconds_per_tick, made);
    compile_progress(s, index, pools, era);
    compile_pathways(s, index, pools, era);
    compile_providers(s, index, model, era);
    compile_staff(s, index, pools, era);
    compile_rules(s, index, model, pools, era);
    compile_demand(s, index, model, pools, era);
    compile_measure_values(s, pools, era);
    compile_costs(s, index, model, era);
    if (model.eras.empty()) compile_waiting(s, index, pools, era, model);
    model.eras.push_back(std::move(era));
  };
  compile_era(base, 0);
  place_resources(base, index, model);
  for (auto const& [date, changed] : dated.changes) {
    // what changed before the first day holds from the start, what changes after the last one never
    auto const day = static_cast<Tick>(std::clamp(date - model.first_day, 0, static_cast<std::int32_t>(model.days)));
    compile_era(changed, day * model.ticks_per_day);
  }
  find_dependents(base.providers.size(), index, model);
  compile_standards(base, index, model);
  compile_measures(base, index, model);
  compile_accounts(base, index, model);
  settle_staff(model);
  for (auto& era : model.eras) {
    settle_leads(model, era);
    settle_closed_days(model, era);
    settle_milestones(model, era);
  }
  for (Waiting& waiting : model.waiting) settle_milestones(model, waiting.milestones);
  settle_followed(model);
  return model;
}

}  // namespace cwtsim::model
