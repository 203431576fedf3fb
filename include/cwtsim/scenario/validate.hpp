#pragma once
// Is a scenario sound? All that is wrong with it, at once.

#include "cwtsim/core/problem.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {

/// What a scenario holds too many of to be compiled. All else that may be wrong is looked at only where this is empty,
/// so that a giant is refused at once.
[[nodiscard]] Problems too_many(Scenario const& scenario);
/// Everything wrong with a scenario, with JSON pointers as the file spells them; empty if it can be compiled and run.
[[nodiscard]] Problems validate(Scenario const& scenario);
/// Likewise for dated levers: each changed scenario must be sound and have the names, kinds and shapes of the base.
[[nodiscard]] Problems validate(DatedScenario const& scenario);
/// Nothing wrong with a sound scenario, but worth telling, with JSON pointers likewise: circles in which patients who
/// are held may wait for each other for ever; then what may be a slip of the pen, names that look alike, sessions that
/// close before they open, lengths of time that a tick is too coarse for.
[[nodiscard]] Problems point_out(DatedScenario const& scenario);

}  // namespace cwtsim::scenario
