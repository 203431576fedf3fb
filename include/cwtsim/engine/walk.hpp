#pragma once
// Patients who never wait: what the demand asks of each resource, and how long the pathways take at best in practice.

#include <cstdint>
#include <vector>

#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

/// Offered load against capacity over the first year measured (or less), and times without waiting.
struct Walk {
  std::vector<double> wanted;       ///< [resource] a week: slots, cases or server hours that the demand asks for
  std::vector<double> offered;      ///< [resource] a week: likewise offered: after holidays, less other work; no session is cancelled
  std::vector<double> median_days;  ///< [standard] from start to stop if nobody ever waited; -1: no clock stopped
  std::vector<std::vector<double>>
      days_in;                ///< [standard][step] days a week that patients whose clock stops spend there
  std::vector<double> apart;  ///< [step] a week who do not go on from there the way that most go
};

/// Walks about this many patients of the demand, in its proportions, through the model without any waiting.
[[nodiscard]] Walk walk(model::Model const& model, std::uint32_t patients, std::uint64_t seed);

}  // namespace cwtsim::engine
