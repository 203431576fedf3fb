#pragma once
// What is sound and may yet be a slip of the pen; parts of point_out.

#include "cwtsim/core/problem.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {

/// Circles in which patients who are held may wait for each other for ever, on whatever dates.
void point_out_circles(DatedScenario const& dated, Problems& told);
void point_out_names(Scenario const& scenario, Problems& told);
void point_out_hours(Scenario const& scenario, Problems& told);
/// Lengths of time whose mean the rounding to whole ticks moves by more than 1 %, with the resolution to write.
void point_out_short_times(Scenario const& scenario, Problems& told);

}  // namespace cwtsim::scenario
