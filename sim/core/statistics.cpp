#include "cwtsim/core/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "cwtsim/core/draw.hpp"

namespace cwtsim {
namespace {

__extension__ using SignedWide = __int128;

/// sum((x - a)(y - b)) of n pairs, from their sums; exact, since unsigned numbers wrap round there and back.
Wide about(Wide products, std::uint64_t x, std::uint64_t a, std::uint64_t y, std::uint64_t b, std::uint64_t n) {
  return products - Wide{x} * b - Wide{y} * a + Wide{n} * a * b;
}

double signed_value(Wide wrapped) {
  return static_cast<double>(static_cast<SignedWide>(wrapped));
}

/// sum((x - mean)(y - mean)): about whole numbers near the means first, so that large means do not drown a small
/// spread.
double products_about_means(Wide products, std::uint64_t x, std::uint64_t y, std::uint64_t n) {
  auto const a = x / n, b = y / n;
  auto const count = static_cast<double>(n);
  return signed_value(about(products, x, a, y, b, n)) -
         static_cast<double>(x % n) * (static_cast<double>(y % n) / count);
}

/// Standard error of the ratio of sums; nothing if it needs more replications than there are.
std::optional<double> ratio_error(RatioSums const& sums, double ratio, std::uint64_t n) {
  // The square of a sum is the sum of squares where just one has counted anything.
  if (n < 2 || sums.counted_counted == Wide{sums.counted} * sums.counted) return std::nullopt;
  double const squares = products_about_means(sums.met_met, sums.met, sums.met, n) -
                         2 * ratio * products_about_means(sums.met_counted, sums.met, sums.counted, n) +
                         ratio * ratio * products_about_means(sums.counted_counted, sums.counted, sums.counted, n);
  auto const count = static_cast<double>(n);
  return std::sqrt(std::max(0.0, squares) * count / (count - 1)) / static_cast<double>(sums.counted);
}

Estimate with_t_interval(double value, double error, std::uint64_t replications) {
  double const reach = t_975(static_cast<std::int64_t>(replications) - 1) * error;
  return {value, value - reach, value + reach};
}

double from_logit(double x) {
  return 1 / (1 + portable_exp(-x));
}

}  // namespace

std::optional<Estimate> pooled_ratio(RatioSums const& sums, std::uint64_t replications) {
  if (sums.counted == 0) return std::nullopt;
  double const p = static_cast<double>(sums.met) / static_cast<double>(sums.counted);
  auto const error = ratio_error(sums, p, replications);
  if (!error || sums.met == 0 || sums.met == sums.counted) return Estimate{p, {}, {}};
  auto const logit = with_t_interval(portable_log(p / (1 - p)), *error / (p * (1 - p)), replications);
  return Estimate{p, from_logit(*logit.low), from_logit(*logit.high)};
}

std::optional<Estimate> ratio_of_sums(RatioSums const& sums, std::uint64_t replications) {
  if (sums.counted == 0) return std::nullopt;
  double const value = static_cast<double>(sums.met) / static_cast<double>(sums.counted);
  auto const error = ratio_error(sums, value, replications);
  if (!error || sums.met == 0) return Estimate{value, {}, {}};
  auto const log = with_t_interval(0, *error / value, replications);
  return Estimate{value, value * portable_exp(*log.low), value * portable_exp(*log.high)};
}

std::optional<Estimate> mean_estimate(std::uint64_t sum, Wide squares, std::uint64_t n) {
  if (n == 0) return std::nullopt;
  auto const count = static_cast<double>(n);
  double const mean = static_cast<double>(sum) / count;
  if (n < 2) return Estimate{mean, {}, {}};
  double const spread = std::max(0.0, products_about_means(squares, sum, sum, n));
  return with_t_interval(mean, std::sqrt(spread / (count - 1) / count), n);
}

std::optional<Estimate> signed_mean_estimate(std::int64_t sum, Wide squares, std::uint64_t n) {
  if (n == 0) return std::nullopt;
  auto const count = static_cast<double>(n);
  double const mean = static_cast<double>(sum) / count;
  if (n < 2) return Estimate{mean, {}, {}};
  // sum((x - mean)^2), about a whole number near the mean first
  auto const near = static_cast<SignedWide>(sum / static_cast<std::int64_t>(n));
  SignedWide const rest = sum - near * static_cast<SignedWide>(n);
  SignedWide const about = static_cast<SignedWide>(squares) - 2 * near * sum + near * near * static_cast<SignedWide>(n);
  double const spread = static_cast<double>(about) - static_cast<double>(rest) * (static_cast<double>(rest) / count);
  return with_t_interval(mean, std::sqrt(std::max(0.0, spread) / (count - 1) / count), n);
}

double t_975(std::int64_t degrees) {
  // a report asks for thousands of intervals, all with the same degrees
  thread_local std::pair<std::int64_t, double> last{0, 0};
  degrees = std::max<std::int64_t>(degrees, 1);
  if (degrees == last.first) return last.second;
  boost::math::students_t const t(static_cast<double>(degrees));
  // kept to 2^-36, so that the last bits of a machine's mathematical library cannot reach the report
  last = {degrees, std::ldexp(std::nearbyint(std::ldexp(boost::math::quantile(t, 0.975), 36)), -36)};
  return last.second;
}

double sample_quantile(std::vector<Counted> values, double q) {
  std::uint64_t n = 0;
  for (auto const& v : values) n += v.times;
  if (n == 0) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end(), [](Counted const& a, Counted const& b) { return a.value < b.value; });
  auto const at = [&values](std::uint64_t rank) {
    std::uint64_t passed = 0;
    for (auto const& v : values)
      if ((passed += v.times) > rank) return v.value;
    return values.back().value;
  };
  double const rank = std::clamp(q, 0.0, 1.0) * static_cast<double>(n - 1);
  auto const lower = static_cast<std::uint64_t>(rank);
  double const below = at(lower), share = rank - std::floor(rank);
  return share == 0 ? below : below + share * (at(lower + 1) - below);
}

}  // namespace cwtsim
