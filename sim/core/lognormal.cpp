#include <algorithm>
#include <cmath>

#include "curve.hpp"
#include "cwtsim/core/draw.hpp"

namespace cwtsim {
namespace {

constexpr double z90 = 1.2815515655446004;  // standard normal 90th centile

/// The sigma at which the 90th centile has this ratio to the standard deviation. The ratio falls as sigma grows (its
/// logarithmic slope is z90 - s - s / (1 - exp(-s^2)) < 0), so that bisection cannot miss.
double sigma_from_p90_over_sd(double ratio) {
  double low = 1e-6, high = 40;
  for (int i = 0; i < 200 && high - low > 1e-15 * high; ++i) {
    double const s = (low + high) / 2;
    // for a tiny s, exp(s^2) - 1 would lose its digits
    double const spread = s < 1e-3 ? s * s * (1 + s * s / 2) : portable_exp(std::min(s * s, 700.0)) - 1;
    (z90 * s - s * s / 2 - portable_log(spread) / 2 > portable_log(ratio) ? low : high) = s;
  }
  return (low + high) / 2;
}

}  // namespace

std::variant<LognormalCurve, std::string> solve_lognormal(Lognormal const& given) {
  auto const& [median, p90, mean, sd] = given;
  int const count = (median ? 1 : 0) + (p90 ? 1 : 0) + (mean ? 1 : 0) + (sd ? 1 : 0);
  if (count != 2) return std::string("a lognormal needs exactly two of median, p90, mean and sd");
  for (auto const& figure : {median, p90, mean, sd})
    if (figure && !(figure->seconds > 0)) return std::string("its median, p90, mean and sd must be longer than 0");
  auto const log_of = [](std::optional<Duration> const& d) { return portable_log(d->seconds); };
  auto const from_mean = [](double log_mean, double sigma) {
    return LognormalCurve{log_mean - sigma * sigma / 2, sigma};
  };
  if (median && p90) {
    if (!(*p90 > *median)) return std::string("its p90 must be longer than its median");
    return LognormalCurve{log_of(median), portable_log(p90->seconds / median->seconds) / z90};
  }
  if (mean && sd) {
    double const r = sd->seconds / mean->seconds;
    return from_mean(log_of(mean), std::sqrt(portable_log(1 + r * r)));
  }
  if (median && mean) {
    if (!(*mean > *median)) return std::string("its mean must be longer than its median");
    return LognormalCurve{log_of(median), std::sqrt(2 * portable_log(mean->seconds / median->seconds))};
  }
  if (median && sd) {
    double const r = sd->seconds / median->seconds;  // r^2 = w (w - 1) with w = exp(sigma^2)
    return LognormalCurve{log_of(median), std::sqrt(portable_log((1 + std::sqrt(1 + 4 * r * r)) / 2))};
  }
  if (mean && p90) {
    // ln(p90 / mean) = z sigma - sigma^2 / 2 has two answers; the smaller sigma is the one a reader means
    double const left = z90 * z90 - 2 * portable_log(p90->seconds / mean->seconds);
    if (!(*p90 > *mean)) return std::string("its p90 must be longer than its mean");
    if (left < 0) return std::string("its p90 cannot be more than 2.27 times its mean");
    return from_mean(log_of(mean), z90 - std::sqrt(left));
  }
  double const p90_over_sd = p90->seconds / sd->seconds;  // beyond a million sigma is below all that is looked among
  double const sigma = p90_over_sd < 1e6 ? sigma_from_p90_over_sd(p90_over_sd) : 0;
  return LognormalCurve{log_of(p90) - z90 * sigma, sigma};
}

}  // namespace cwtsim
