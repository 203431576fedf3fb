#pragma once
// The sequential rule of a precision.

#include <cstdint>
#include <vector>

#include "cwtsim/experiment/experiment.hpp"

namespace cwtsim::experiment {

/// Has the interval of every standard's attainment been narrow enough for long enough, and are there replications
/// enough for it?
class PrecisionRule {
 public:
  PrecisionRule(Layout const& layout, double points) : points_(points), sums_(layout.precise.size()) {}
  /// Takes the next completed replication; true when no more are needed.
  bool satisfied_by(Replication const& replication);
  /// How many replications it will take, by the square root law from the widest interval so far.
  [[nodiscard]] std::uint64_t expected() const;

 private:
  void look();
  double points_;
  double widest_ = 0;
  std::uint64_t advised_ = 0;
  std::vector<RatioSums> sums_;
  std::uint64_t completed_ = 0;
  std::uint64_t held_ = 0;
};

}  // namespace cwtsim::experiment
