#pragma once
// Is a scenario sound? All that is wrong with it, at once.

#include "cwtsim/core/problem.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {

/// Everything wrong with a scenario, with JSON pointers as the file spells them; empty if it can be compiled and run.
[[nodiscard]] Problems validate(Scenario const& scenario);
/// Likewise for dated levers: each changed scenario must be sound and have the names, kinds and shapes of the base.
[[nodiscard]] Problems validate(DatedScenario const& scenario);
/// Of a sound scenario, what may yet be a slip of the pen: names that look alike, sessions that close before they open,
/// lengths of time that a tick is too coarse for.
[[nodiscard]] Problems point_out(DatedScenario const& scenario);

}  // namespace cwtsim::scenario
