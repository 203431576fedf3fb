#pragma once
// When a scenario is measured.

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {

/// Seconds from midnight of the first day to the beginning and to the end of the measured time.
struct Measured {
  double from, end;
};
/// The calendar's months and years of `run_for` are counted from the day and the minute on which the warm-up ends.
[[nodiscard]] Measured measured_seconds(Horizon const& horizon);
/// Whether all of it can be counted in ticks of so long.
[[nodiscard]] bool can_count(Horizon const& horizon, Duration resolution);

}  // namespace cwtsim::scenario
