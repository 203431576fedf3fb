#pragma once
// What lever files cost, as the ledgers of an experiment take it.

#include <vector>

#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/io/read.hpp"

namespace cwtsim::cli {

/// The costs that interventions name, in the order of the files; dates are those of the calendar, sums pounds.
[[nodiscard]] std::vector<experiment::Outlay> outlays_of(std::vector<io::Intervention> const& interventions);

}  // namespace cwtsim::cli
