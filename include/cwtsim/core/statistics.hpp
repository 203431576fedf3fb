#pragma once
// Estimates from independent replications.

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "cwtsim/core/fields.hpp"

namespace cwtsim {

/// 128 bits, for sums of squares.
__extension__ using Wide = unsigned __int128;

/// What the two counts of a ratio (how many met the standard, of how many) add up to over replications. All of it whole
/// numbers: adding and merging are exact in any order. A sum of squares fits wherever the sum does, since it is never
/// above the sum's square.
struct RatioSums {
  std::uint64_t met = 0, counted = 0;
  Wide met_met = 0, met_counted = 0, counted_counted = 0;
  /// Adds the two counts of one replication.
  void add(std::uint64_t own_met, std::uint64_t own_counted) {
    met += own_met;
    counted += own_counted;
    met_met += Wide{own_met} * own_met;
    met_counted += Wide{own_met} * own_counted;
    counted_counted += Wide{own_counted} * own_counted;
  }
  template <class T = RatioSums>
  static constexpr auto fields() {
    return std::tuple(Field{&T::met, "met", "", "sum of the first count"},
                      Field{&T::counted, "counted", "", "sum of the second count"},
                      Field{&T::met_met, "met_met", "", "sum of the first one's squares"},
                      Field{&T::met_counted, "met_counted", "", "sum of the products"},
                      Field{&T::counted_counted, "counted_counted", "", "sum of the second one's squares"});
  }
  friend bool operator==(RatioSums const&, RatioSums const&) = default;
};

/// A point estimate and its 95 % interval; the interval is absent where it cannot be estimated.
struct Estimate {
  double value = 0;
  std::optional<double> low, high;
  /// Half of the interval; nothing where there is none.
  [[nodiscard]] std::optional<double> half_width() const {
    return low && high ? std::optional((*high - *low) / 2) : std::nullopt;
  }
};

/// The pooled ratio sum(met)/sum(counted) of so many replications, with its interval on the logit scale, t with R-1
/// degrees of freedom; the variance by linearisation, R/(R-1) sum((met - ratio * counted)^2) / sum(counted)^2 (Cochran,
/// Sampling Techniques, 6.3). Nothing if nothing was counted. No interval if fewer than two replications counted
/// anything or the ratio is 0 or 1.
[[nodiscard]] std::optional<Estimate> pooled_ratio(RatioSums const& sums, std::uint64_t replications);
/// As pooled_ratio, for a ratio of any two sums (mean wait = total wait / patients): t interval on the scale of
/// logarithms, since waits are skewed; none if the ratio is 0.
[[nodiscard]] std::optional<Estimate> ratio_of_sums(RatioSums const& sums, std::uint64_t replications);
/// The mean of so many whole numbers with its t interval, from their sum and the sum of their squares; nothing if there
/// are none.
[[nodiscard]] std::optional<Estimate> mean_estimate(std::uint64_t sum, Wide squares, std::uint64_t n);
/// Likewise of numbers that may be below nothing.
[[nodiscard]] std::optional<Estimate> signed_mean_estimate(std::int64_t sum, Wide squares, std::uint64_t n);
/// Upper 97.5 % point of Student's t with this many degrees of freedom (>= 1).
[[nodiscard]] double t_975(std::int64_t degrees);
/// A value, and how often it occurs.
struct Counted {
  double value = 0;
  std::uint64_t times = 0;
};
/// The q-quantile of a sample (linear interpolation between order statistics, Hyndman-Fan type 7); NaN if empty.
[[nodiscard]] double sample_quantile(std::vector<Counted> values, double q);

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
