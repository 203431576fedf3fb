#pragma once
// Estimates from independent replications.

#include <cstdint>
#include <optional>
#include <vector>

#include "cwtsim/core/sums.hpp"

namespace cwtsim {

/// A point estimate and its 95 % interval; the interval is absent where it cannot be estimated. How each interval was
/// chosen, and how often it holds: docs/decisions.md, "Intervals that hold".
struct Estimate {
  double value = 0;
  std::optional<double> low, high;
  std::uint64_t advised = 0;  ///< so many replications should stand behind the interval; 0: there are enough
};

/// How many replications an interval by their spread needs when they have this skewness: 25 times its square (Cochran,
/// Sampling Techniques, 2.15), the skewness taken as large as it may well be, which is what they show and 2.576 times
/// its standard error among so many, sqrt(6 / n). At least `least_advised`.
[[nodiscard]] std::uint64_t replications_advised(double skewness);
inline constexpr std::uint64_t least_advised = 32;

/// The pooled ratio sum(met)/sum(counted) of so many replications, a share; the variance by linearisation, R/(R-1)
/// sum((met - ratio * counted)^2) / sum(counted)^2 (Cochran, 6.3). The interval is Student's t with R-1 degrees of
/// freedom on the logit scale, wherever that reaches further widened to the one for skewed numbers of Hall (On the
/// removal of skewness by transformation, 1992), with one and a half times the skewness that the replications show.
/// Nothing if nothing was counted. No interval if fewer than two replications counted anything or the ratio is 0 or 1.
[[nodiscard]] std::optional<Estimate> pooled_ratio(RatioSums const& sums, std::uint64_t replications);
/// As pooled_ratio, for a ratio of any two sums (mean wait = total wait / patients): on the scale of square roots, and
/// never below nothing; no interval if the ratio is 0.
[[nodiscard]] std::optional<Estimate> ratio_of_sums(RatioSums const& sums, std::uint64_t replications);
/// The mean of so many whole numbers, with an interval as that of ratio_of_sums; nothing if there are none.
[[nodiscard]] std::optional<Estimate> mean_estimate(ValueSums const& sums, std::uint64_t n);
/// Likewise of numbers that may be below nothing (their sum and cubes wrap round): on their own scale.
[[nodiscard]] std::optional<Estimate> signed_mean_estimate(ValueSums const& sums, std::uint64_t n);

/// A share of n trials with its exact interval (Clopper and Pearson); the trials may be fractions. Nothing if n is 0.
[[nodiscard]] std::optional<Estimate> proportion(double successes, double n);

/// How far apart the true levels of groups are, from what each showed in each of so many replications.
struct GroupLevel {
  double mean = 0;    ///< over the replications
  double spread = 0;  ///< variance of one replication, free of what all groups share
};
/// The range of the true levels, and what chance makes of none.
struct GroupsApart {
  Estimate apart;        ///< the greatest true level less the least, free of chance
  double by_chance = 0;  ///< what the greatest less the least would be on average in one replication if all were alike
};
/// The variance between groups less that of noise, as a multiple of which the observed range is scaled; the interval by
/// inverting an analysis of variance for unequal variances (Brown and Forsythe; Box's degrees of freedom; Patnaik's
/// approximation where groups differ). It holds 0 in 95 of 100 where groups are alike. Nothing for fewer than two
/// groups.
[[nodiscard]] std::optional<GroupsApart> groups_apart(std::vector<GroupLevel> const& groups,
                                                      std::uint64_t replications);

/// Upper 97.5 % point of Student's t with this many degrees of freedom (>= 1).
[[nodiscard]] double t_975(std::int64_t degrees);
/// A value, and how often it occurs.
struct Counted {
  double value = 0;
  std::uint64_t times = 0;
};
/// Where one more of the shares lies in 95 of 100 cases.
struct Range {
  std::optional<double> low, high;
};
/// From this many replications on the range is told by order statistics.
inline constexpr std::uint64_t least_for_order = 39;
/// A prediction interval: from `least_for_order` replications on the 2.5 and 97.5 % points of the shares, at rank q
/// (n+1) (Hyndman-Fan type 6), which holds 95 of 100 whatever the distribution; below it Student's t with sqrt(1 + 1/n)
/// on the logit scale, shares of 0 and 1 taken half a patient off. Nothing for fewer than two.
[[nodiscard]] Range range_of_next(std::vector<Counted> const& shares, std::uint64_t replications, double patients);

/// Exact histogram of whole days: 0 .. last, and beyond in one cell. Merges exactly in any order.
struct DayHistogram {
  static constexpr int last = 1500;
  std::vector<std::uint64_t> cells = std::vector<std::uint64_t>(last + 2, 0);
  void add(int days, std::uint64_t n = 1);  ///< days below 0 are counted as 0
  /// Adds the counts of another one.
  void merge(DayHistogram const& other);
  /// How many days were added.
  [[nodiscard]] std::uint64_t total() const;
  [[nodiscard]] int quantile(double q) const;  ///< least day with at least q of the total at or below it; -1 if empty
  [[nodiscard]] double share_within(int days) const;  ///< share at or below; 0 if empty
};

}  // namespace cwtsim
