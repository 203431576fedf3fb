// How long patients waited by the clocks of the standards.

#include <algorithm>
#include <cmath>

#include "second_engine.hpp"

namespace cwtsim::oracle {

using scenario::CreditedTo;
using scenario::Standard;

namespace {

bool any_of(std::vector<std::string> const& milestones, std::vector<std::string> const& wanted) {
  return std::any_of(milestones.begin(), milestones.end(),
                     [&](auto const& m) { return std::count(wanted.begin(), wanted.end(), m) > 0; });
}

}  // namespace

std::int64_t SecondEngine::waited_until(std::int64_t day, std::string const& name, Person const& p) const {
  Clock const& clock = p.patient->clocks.at(name);
  return day - clock.start - clock.restarted - days_paused(name, p, day);
}

/// Each day from one date to the next on which some step pauses the clock, once.
std::int64_t SecondEngine::days_paused(std::string const& name, Person const& p, std::int64_t day) const {
  Clock const& clock = p.patient->clocks.at(name);
  auto const& adjustments = dated_.base.standards.find(name)->adjustments;
  std::int64_t paused = 0;
  for (std::int64_t d = clock.start + clock.restarted; d < day; ++d)
    if (std::any_of(p.patient->pauses.begin(), p.patient->pauses.end(), [&](Pause const& pause) {
          return pause.from <= d && d < pause.until.value_or(day) &&
                 std::count(adjustments.begin(), adjustments.end(), pause.adjustment) > 0;
        }))
      ++paused;
  return paused;
}

void SecondEngine::restart_clocks(Person& patient, std::string const& adjustment) {
  for (auto& [name, clock] : patient.clocks) {
    auto const& adjustments = dated_.base.standards.find(name)->adjustments;
    if (std::count(adjustments.begin(), adjustments.end(), adjustment) == 0) continue;
    use("clock restarted");
    clock.restarted = today() - clock.start;
    clock.since = now_;
    clock.days_before = 0;
  }
}

void SecondEngine::begin_pause(Person& p) {
  if (step_of(p).pauses.empty()) return;
  use("clock paused");
  tell_all(*p.patient);
  p.patient->pauses.push_back({step_of(p).pauses, today(), {}, now_});
}

void SecondEngine::end_pause(Person& p) {
  auto const& adjustment = step_of(p).pauses;
  for (auto& pause : p.patient->pauses)
    if (!pause.until && pause.adjustment == adjustment) {
      tell_all(*p.patient);
      pause.until = today();
      pause.until_tick = now_;
      return;
    }
}

bool SecondEngine::holds(scenario::Condition const& condition, Facts const& levels) {
  return std::all_of(condition.levels.begin(), condition.levels.end(), [&](auto const& term) {
    return std::count(term.second.begin(), term.second.end(), levels.at(term.first)) > 0;
  });
}

// A clock is stopped before one is started, so that one event can end a period and begin the next; where none ran, what
// starts and ends one is a period of no days.
void SecondEngine::reach(Person& p, std::vector<std::string> const& milestones, std::int64_t day) {
  auto& clocks = p.patient->clocks;
  for (auto const& [name, standard] : dated_.base.standards) {
    bool const ran = clocks.count(name) > 0;
    if (ran) end_clock(name, p, milestones, day);
    if (!any_of(milestones, standard.starts)) continue;
    if (clocks.count(name)) {
      use("second start of a clock");
      if (measuring_) add("second_starts " + name);
      continue;
    }
    if (!holds(standard.only_when, p.patient->levels)) {
      use("standard for others");
      continue;
    }
    tell_all(*p.patient);
    clocks[name] = {day, 0, day, p.provider, now_, today() - day};
    if (day < today()) use("clock from before the start");
    if (ran) continue;
    end_clock(name, p, milestones, day);
    if (!clocks.count(name)) use("clock of one moment");
  }
  record(p, milestones, day);
}

void SecondEngine::end_clock(std::string const& name, Person& p, std::vector<std::string> const& milestones,
                             std::int64_t day) {
  Standard const& standard = *dated_.base.standards.find(name);
  if (any_of(milestones, standard.stops)) {
    stop(name, p, day);
  } else if (any_of(milestones, standard.breach_if_late)) {
    bool const late = waited_until(day, name, p) > standard.limit_days;
    use(late ? "ended late" : "ended in time");
    if (late) stop(name, p, day);
  } else if (any_of(milestones, standard.excluded_by)) {
    use("clock excluded");
  } else {
    return;
  }
  p.patient->clocks.erase(name);
}

// A patient shared between two providers is divided by the table of docs/model.md.
void SecondEngine::stop(std::string const& name, Person const& p, std::int64_t day) {
  if (!measuring_ || day < 0) return;
  Standard const& standard = *dated_.base.standards.find(name);
  Clock const& clock = p.patient->clocks.at(name);
  std::int64_t const waited = waited_until(day, name, p);
  tell_all(*p.patient);
  count_clock(name, *p.patient, waited <= standard.limit_days, waited);
  if (p.parent) use("clock stopped by a branch");
  auto const give = [&](std::string const& provider, std::int64_t halves) {
    count(name, p, provider, halves, waited, day);
  };
  if (standard.credited_to == CreditedTo::at_start) return give(clock.provider, 2);
  if (standard.credited_to == CreditedTo::at_stop || clock.provider == p.provider) return give(p.provider, 2);
  bool const in_time = waited <= standard.limit_days;
  // a restart after the handover forgets all days before
  std::int64_t const before =
      clock.handed_over <= clock.start + clock.restarted ? 0 : waited_until(clock.handed_over, name, p);
  bool const by_38 = before <= standard.handover_by_days;
  bool const in_24 = waited - before <= standard.treat_within_days;
  use(std::string("shared: ") + (in_time ? "in time" : "late") + (by_38 ? ", early handover" : ", late handover") +
      (in_24 ? ", quick treatment" : ", slow treatment"));
  if (in_time ? !by_38 : by_38 && !in_24) return give(p.provider, 2);
  if (!in_time && !by_38 && in_24) return give(clock.provider, 2);
  give(clock.provider, 1);
  give(p.provider, 1);
}

/// "all", and the names of the levels of each other stratum.
std::vector<std::string> SecondEngine::strata(std::vector<std::string> const& all_by, Person const& p,
                                              std::string const& provider) const {
  auto const level = [&](std::string const& by) {
    auto const& group = scenario_->providers.find(provider)->group;
    if (by == "provider") return provider;
    if (by == "group") return group.empty() ? std::string("none") : group;
    return p.patient->levels.at(by);
  };
  std::vector<std::string> names{"all"};
  for (auto const& by : all_by) {
    auto const plus = by.find('+');
    if (by == "all") continue;
    if (plus == by.npos)
      names.push_back(by + "=" + level(by));
    else
      names.push_back(by + "=" + level(by.substr(0, plus)) + "+" + level(by.substr(plus + 1)));
  }
  return names;
}

void SecondEngine::count(std::string const& name, Person const& p, std::string const& provider, std::int64_t halves,
                         std::int64_t waited, std::int64_t day) {
  Standard const& standard = *dated_.base.standards.find(name);
  std::string const month = month_of(date_of(day));
  for (auto const& stratum : strata(standard.by, p, provider)) {
    add("counted " + name + " " + stratum + " " + month, halves);
    if (waited <= standard.limit_days) add("met " + name + " " + stratum + " " + month, halves);
    add("days " + name + " " + stratum + " " + std::to_string(std::clamp<std::int64_t>(waited, 0, 1501)), halves);
  }
  use("clock stopped");
}

/// The earliest day on which a running clock would breach; on no clock, some days from now.
std::int64_t SecondEngine::breach_day(Person const& p, Resource const& r) const {
  auto const& clocks = p.patient->clocks;
  auto const joined = static_cast<std::int64_t>(
      std::floor(static_cast<double>(p.joined) / static_cast<double>(day_)));  // perhaps before the start
  std::int64_t earliest = joined + static_cast<std::int64_t>(what_is(r).no_clock_due.seconds / seconds_per_day);
  bool first = true;
  for (auto const& [name, clock] : clocks) {
    std::int64_t const day =
        clock.start + clock.restarted + days_paused(name, p, today()) + dated_.base.standards.find(name)->limit_days;
    earliest = first ? day : std::min(earliest, day);
    first = false;
  }
  return earliest;
}

// The waiting list in the last moment of a month.
void SecondEngine::count_open_clocks() {
  std::string const month = month_of(date_of(today()));
  for (auto& r : resources_) {
    count_time(r);
    add("list at end of " + month + " " + r.full(), static_cast<std::int64_t>(r.waiting.size() + r.held.size()));
  }
  for (auto const& p : people_) {
    bool const waits = p.doing == Doing::waiting || p.doing == Doing::gathering;
    if (waits || p.doing == Doing::held)
      add("list at end of " + month + " " + p.pathway + "/" + (waits ? p.step : p.next) + "@" + p.provider);
  }
  for (auto const& p : people_) {
    if (p.patient != &p || p.doing == Doing::gone || !p.has_come) continue;
    for (auto const& [name, clock] : p.clocks) {
      Standard const& standard = *dated_.base.standards.find(name);
      for (auto const& stratum : strata(standard.by, p, p.provider)) {
        add("open " + name + " " + stratum + " " + month);
        for (std::size_t k = 0; k < standard.long_waits.size() && k < 2; ++k)
          if (waited_until(today(), name, p) > standard.long_waits[k]) {
            use("long wait");
            add("open_long " + name + " " + stratum + " " + month + " " + std::to_string(k));
          }
      }
    }
  }
}

}  // namespace cwtsim::oracle
