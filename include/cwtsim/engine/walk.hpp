#pragma once
// Patients who never wait: how long the pathways take at best in practice.

#include <cstdint>
#include <vector>

#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

/// Times without waiting, and ways, of the demand of the first year measured (or less).
struct Walk {
  std::vector<double> median_days;  ///< [standard] from start to stop if nobody ever waited; -1: no clock stopped
  std::vector<std::vector<double>>
      days_in;                ///< [standard][step] days a week that patients whose clock stops spend there
  std::vector<double> apart;  ///< [step] a week who do not go on from there the way that most go
};

/// Services and missed appointments in a walk: some three seconds.
inline constexpr double most_passes = 5e7;

/// Walks about this many patients of the demand, in its proportions, through the model without any waiting; fewer where
/// they would pass more often.
[[nodiscard]] Walk walk(model::Model const& model, std::uint32_t patients, std::uint64_t seed,
                        double most = most_passes);

}  // namespace cwtsim::engine
