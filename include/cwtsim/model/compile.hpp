#pragma once
// Scenario to model: names become integers once.

#include "cwtsim/model/model.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::model {

/// The compiled form of a validated scenario (validate found no problem; otherwise the behaviour is undefined).
[[nodiscard]] Model compile(scenario::DatedScenario const& scenario);

}  // namespace cwtsim::model
