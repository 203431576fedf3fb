#include "cwtsim/core/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "cwtsim/core/draw.hpp"

namespace cwtsim {
namespace {

Ratio sum_of(std::span<Ratio const> replications) {
  Ratio sum;
  for (auto const& r : replications) {
    sum.met += r.met;
    sum.counted += r.counted;
  }
  return sum;
}

/// sd(values) / sqrt(n); two passes, so that a large mean does not drown a small spread.
double standard_error(std::span<double const> values) {
  auto const n = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (double const v : values) mean += v / n;
  for (double const v : values) squares += (v - mean) * (v - mean);
  return std::sqrt(squares / (n - 1) / n);
}

/// Standard error of the ratio of sums by the jackknife; nothing if it needs more replications than there are.
std::optional<double> jackknife_error(std::span<Ratio const> replications, Ratio const& sum) {
  if (replications.size() < 2) return std::nullopt;
  auto const n = static_cast<double>(replications.size());
  std::vector<double> pseudo_values;
  pseudo_values.reserve(replications.size());
  for (auto const& r : replications) {
    if (!(sum.counted - r.counted > 0)) return std::nullopt;
    double const without = (sum.met - r.met) / (sum.counted - r.counted);
    pseudo_values.push_back(n * (sum.met / sum.counted) - (n - 1) * without);
  }
  return standard_error(pseudo_values);
}

Estimate with_t_interval(double value, double error, std::size_t replications) {
  double const reach = t_975(static_cast<std::int64_t>(replications) - 1) * error;
  return {value, value - reach, value + reach};
}

double from_logit(double x) {
  return 1 / (1 + portable_exp(-x));
}

}  // namespace

std::optional<Estimate> pooled_ratio(std::span<Ratio const> replications) {
  Ratio const sum = sum_of(replications);
  if (!(sum.counted > 0)) return std::nullopt;
  double const p = sum.met / sum.counted;
  auto const error = jackknife_error(replications, sum);
  if (!error || !(p > 0) || !(p < 1)) return Estimate{p, {}, {}};
  auto const logit = with_t_interval(portable_log(p / (1 - p)), *error / (p * (1 - p)), replications.size());
  return Estimate{p, from_logit(*logit.low), from_logit(*logit.high)};
}

std::optional<Estimate> ratio_of_sums(std::span<Ratio const> replications) {
  Ratio const sum = sum_of(replications);
  if (!(sum.counted > 0)) return std::nullopt;
  double const value = sum.met / sum.counted;
  auto const error = jackknife_error(replications, sum);
  return error ? with_t_interval(value, *error, replications.size()) : Estimate{value, {}, {}};
}

std::optional<Estimate> mean_estimate(std::span<double const> values) {
  if (values.empty()) return std::nullopt;
  double sum = 0;
  for (double const v : values) sum += v;
  double const mean = sum / static_cast<double>(values.size());
  return values.size() < 2 ? Estimate{mean, {}, {}} : with_t_interval(mean, standard_error(values), values.size());
}

double t_975(std::int64_t degrees) {
  boost::math::students_t const t(static_cast<double>(std::max<std::int64_t>(degrees, 1)));
  // kept to 2^-36, so that the last bits of a machine's mathematical library cannot reach the report
  return std::ldexp(std::nearbyint(std::ldexp(boost::math::quantile(t, 0.975), 36)), -36);
}

double sample_quantile(std::vector<double> values, double q) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  double const place = std::clamp(q, 0.0, 1.0) * static_cast<double>(values.size() - 1);
  auto const lower = static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), values.begin() + lower, values.end());
  double const below = values[static_cast<std::size_t>(lower)];
  if (place == std::floor(place)) return below;
  double const above = *std::min_element(values.begin() + lower + 1, values.end());
  return below + (place - std::floor(place)) * (above - below);
}

}  // namespace cwtsim
