#pragma once
// Estimates from independent replications.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cwtsim {

/// Counts of one replication: how many met the standard, of how many. Any unit, the same for both.
struct Ratio {
  double met = 0;
  double counted = 0;
};

/// A point estimate and its 95 % interval; the interval is absent where it cannot be estimated.
struct Estimate {
  double value = 0;
  std::optional<double> low, high;
  [[nodiscard]] std::optional<double> half_width() const {
    return low && high ? std::optional((*high - *low) / 2) : std::nullopt;
  }
};

/// The pooled ratio sum(met)/sum(counted) with the jackknife interval on the logit scale, t with R-1 degrees of
/// freedom. Nothing if nothing was counted. No interval if R < 2 or the ratio is 0 or 1. Sources: Quenouille-Tukey
/// jackknife.
[[nodiscard]] std::optional<Estimate> pooled_ratio(std::span<Ratio const> replications);
/// As pooled_ratio, for a ratio of any two sums (mean wait = total wait / patients): jackknife, t interval, not logit.
[[nodiscard]] std::optional<Estimate> ratio_of_sums(std::span<Ratio const> replications);
/// The mean of a sample with its t interval; nothing if empty.
[[nodiscard]] std::optional<Estimate> mean_estimate(std::span<double const> values);
/// Upper 97.5 % point of Student's t with this many degrees of freedom (>= 1).
[[nodiscard]] double t_975(std::int64_t degrees);
/// The q-quantile of a sample (linear interpolation between order statistics, Hyndman-Fan type 7); NaN if empty.
[[nodiscard]] double sample_quantile(std::vector<double> values, double q);

/// Exact histogram of whole days: 0 .. last, and beyond in one cell. Merges exactly in any order.
struct DayHistogram {
  static constexpr int last = 1500;
  std::vector<std::uint64_t> cells = std::vector<std::uint64_t>(last + 2, 0);
  void add(int days, std::uint64_t n = 1);  ///< days below 0 are counted as 0
  void merge(DayHistogram const& other);
  [[nodiscard]] std::uint64_t total() const;
  [[nodiscard]] int quantile(double q) const;  ///< least day with at least q of the total at or below it; -1 if empty
  [[nodiscard]] double share_within(int days) const;  ///< share at or below; 0 if empty
};

}  // namespace cwtsim
