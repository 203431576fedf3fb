#pragma once
// Steps at which nobody can ever be served.

#include "cwtsim/core/problem.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::study {

/// Of the steps to which patients come, at each provider, those at which nobody can be served on any day of the run,
/// under all dated levers: what they need is never open together, no opening has room for a whole visit, all give up
/// before the notice is over, or the notice outlasts the run. Nothing is
/// said of runs of less than four weeks. Pointers are those of the step.
[[nodiscard]] Problems unservable(model::Model const& model);

}  // namespace cwtsim::study
