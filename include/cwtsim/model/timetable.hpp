#pragma once
// What the calendar says: whether something is held on a day, and how many arrivals are expected. The one place for
// both, whoever asks.

#include <cstdint>
#include <vector>

#include "cwtsim/model/model.hpp"

namespace cwtsim::model {

/// Whether it is held on a day of the run, counted from 0.
[[nodiscard]] bool held(Model const& model, Days const& days, std::uint32_t day);
/// Likewise on the day before the first one.
[[nodiscard]] bool held_the_day_before(Model const& model, Days const& days);
/// Likewise on the day before a day.
[[nodiscard]] inline bool held_before(Model const& model, Days const& days, std::uint32_t day) {
  return day == 0 ? held_the_day_before(model, days) : held(model, days, day - 1);
}

/// Ticks of the run before a moment of a day (or its end) that lie on days on which a resource, one that has a table of
/// closed days, does not open, nor stays open from the day before.
[[nodiscard]] inline std::uint64_t closed_before(Model const& model, Era const& era, Resource const& resource,
                                                 Tick moment, std::uint32_t day) {
  std::uint32_t const* const closed = era.closed_days.data() + resource.closed;
  Tick const today = closed[day + 1] > closed[day] ? moment - day * model.ticks_per_day : 0;
  return std::uint64_t{closed[day]} * model.ticks_per_day + today;
}

/// Mean number of arrivals of a source on a day by its rate (what comes by a fixed timetable is not in it).
[[nodiscard]] double mean_arrivals(Model const& model, Era const& era, Source const& source, std::uint32_t day);
/// Likewise in one of the pieces into which the source divides a day.
[[nodiscard]] double mean_arrivals_in(Model const& model, Era const& era, Source const& source, std::uint32_t day,
                                      std::uint32_t piece);

/// Patients of a source expected on a day: all of each batch, and those by its timetable.
[[nodiscard]] double mean_patients(Model const& model, Era const& era, Source const& source, std::uint32_t day);

/// The days, from 0, at whose beginning lists are counted, of which the last may be the one after the end: the measured
/// time from midnight to midnight in equal parts, of whole weeks where it is long. Empty: it has fewer days than parts,
/// and they are not counted.
[[nodiscard]] std::vector<std::uint32_t> days_to_count_lists(Model const& model);

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
