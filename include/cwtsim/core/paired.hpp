#pragma once
// Differences between arms whose replications had the same luck: of two, and of many at once.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cwtsim/core/statistics.hpp"

namespace cwtsim {

/// A figure of one arm, and by how much each of its replications is off it; these sum to 0.
struct Figure {
  double value = 0;
  std::vector<double> off;  ///< by replication
};
/// The ratio of the sums of two counts, by replication, off it by linearisation (Cochran, Sampling Techniques, 6.3).
/// Nothing if nothing was counted.
[[nodiscard]] std::optional<Figure> ratio_figure(std::span<std::uint64_t const> met,
                                                 std::span<std::uint64_t const> counted);
/// The mean of a whole number of each replication, times a factor. Nothing if there are none.
[[nodiscard]] std::optional<Figure> mean_figure(std::span<std::uint64_t const> values, double factor);

/// By how much a figure of one arm is above that of another.
struct Difference {
  Estimate estimate;        ///< an interval as that of signed_mean_estimate
  double error = 0;         ///< its standard error; 0: none, or a single replication
  std::vector<double> off;  ///< by pair of replications
  /// So many times as many replications would be needed, had the arms not had the same luck; nothing where the
  /// difference is the same in every pair.
  std::optional<double> saved;
};
/// Of the other less the first, whose replications are pairs. Throws std::invalid_argument if their numbers differ.
[[nodiscard]] Difference difference_of(Figure const& first, Figure const& other);

/// One difference by another from the same replications, with Fieller's interval (Some problems in interval estimation,
/// 1954). No interval where the second may be nothing; nothing where it is.
[[nodiscard]] std::optional<Estimate> ratio_of_differences(Difference const& upper, Difference const& lower);

/// How far the greatest of several errors reaches, where the estimates come from the same replications: the greatest of
/// a multivariate t distribution with n - 1 degrees of freedom and the correlations that the replications show
/// (Hothorn, Bretz, Westfall: Simultaneous inference in general parametric models, 2008), by so many keyed draws. One
/// is made for many families of estimates. An estimate that is the same in every replication has no error and is left
/// out.
class GreatestError {
 public:
  static constexpr std::size_t draws = 10'000;
  /// For families of up to so many estimates from so many replications.
  GreatestError(std::size_t replications, std::size_t most_estimates);

  using Family = std::vector<std::span<double const>>;  ///< of each estimate by how much its replications are off it
  /// All estimates are within so many standard errors of what they estimate, in 95 of 100 cases; that of t_975 for one.
  [[nodiscard]] double reach_of_95(Family const& family) const;
  /// The share of cases in which none is further above what it estimates than so many standard errors.
  [[nodiscard]] double share_below(Family const& family, double errors) const;

 private:
  [[nodiscard]] std::vector<double> greatest(Family const& family, bool either_side) const;

  std::size_t replications_, most_;
  std::vector<double> normals_;  ///< [draw * most_ + i]
  std::vector<double> roots_;    ///< by draw: of a chi-square over its degrees of freedom
};

}  // namespace cwtsim
