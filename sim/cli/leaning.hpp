#pragma once
// Which numbers that nobody has measured the results lean on most.

#include <string>

#include "cwtsim/engine/walk.hpp"
#include "cwtsim/model/model.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::cli {

/// Lines for the reader: the assumed times in which most of each clock's days are spent, the assumed shares by which
/// most patients go different ways, the assumed capacities that are nearest to what is wanted of them, the assumed
/// attributes that tables are cut by. The first few of each, or all of them.
[[nodiscard]] std::string leaning_text(scenario::Scenario const& scenario, model::Model const& model,
                                       engine::Walk const& walk, bool all);

}  // namespace cwtsim::cli
