#pragma once
// How the mean of numbers scatters, and intervals by it.

#include <cstdint>

#include "cwtsim/core/statistics.hpp"

namespace cwtsim {

/// How the mean of numbers, or the ratio of their sums, scatters.
struct Scatter {
  double error = 0, skewness = 0;  ///< standard error of the mean; skewness of one replication
  std::uint64_t n = 0;
};
/// From the sums of squares and cubes of n deviations from their mean.
[[nodiscard]] Scatter scatter_by(double squares, double cubes, std::uint64_t n, double scale);
/// An estimate whose errors are as great above it as below, but for their skewness.
[[nodiscard]] Estimate on_own_scale(double value, Scatter const& scatter);

}  // namespace cwtsim
