#pragma once
// What can be said of factors without knowing the patient.

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {

/// The least that their product can be.
[[nodiscard]] double least_product(Factors const& factors);
/// One of them is 0 for everybody: the outcome never comes, as far as there is another one.
[[nodiscard]] bool never(Factors const& factors);
[[nodiscard]] bool never(Odds const& odds, std::string const& outcome);

}  // namespace cwtsim::scenario
