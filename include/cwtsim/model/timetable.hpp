#pragma once
// What the calendar says: whether something is held on a day, and how many arrivals are expected. The one place for
// both, whoever asks.

#include <cstdint>

#include "cwtsim/model/model.hpp"

namespace cwtsim::model {

/// Whether it is held on a day of the run, counted from 0.
[[nodiscard]] bool held(Model const& model, Days const& days, std::uint32_t day);
/// Likewise on the day before the first one.
[[nodiscard]] bool held_the_day_before(Model const& model, Days const& days);

/// Ticks between two moments of the run that lie on days on which a resource does not open, nor stays open from the day
/// before.
[[nodiscard]] inline std::uint64_t closed_ticks(Model const& model, Era const& era, Resource const& resource, Tick from,
                                                Tick until) {
  std::uint32_t const table = resource.closed;
  if (table == none32 || from >= until) return 0;
  std::uint32_t const* const closed = era.closed_days.data() + table;
  auto const before = [&](Tick t) {
    Tick const day = t / model.ticks_per_day;
    std::uint64_t const whole = std::uint64_t{closed[day]} * model.ticks_per_day;
    return closed[day + 1] > closed[day] ? whole + (t - day * model.ticks_per_day) : whole;
  };
  return before(until) - before(from);
}

/// Mean number of arrivals of a source on a day by its rate (what comes by a fixed timetable is not in it).
[[nodiscard]] double mean_arrivals(Model const& model, Era const& era, Source const& source, std::uint32_t day);
/// Likewise in one of the pieces into which the source divides a day.
[[nodiscard]] double mean_arrivals_in(Model const& model, Era const& era, Source const& source, std::uint32_t day,
                                      std::uint32_t piece);

/// Whether a patient with these levels (by attribute) satisfies a condition in Model::conditions.
[[nodiscard]] inline bool holds(Model const& model, Range condition, std::uint8_t const* levels) {
  for (std::uint32_t i = 0; i < condition.count; ++i) {
    ConditionTerm const& term = model.conditions[condition.first + i];
    std::uint8_t const level = levels[term.attribute];
    if (!(term.levels[level >> 6] >> (level & 63) & 1)) return false;
  }
  return true;
}

}  // namespace cwtsim::model
