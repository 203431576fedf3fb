#include "cwtsim/core/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <utility>

#include "cwtsim/core/draw.hpp"
#include "scatter.hpp"
#include "special_functions.hpp"

namespace cwtsim {
namespace {

__extension__ using SignedWide = __int128;

double signed_value(Wide wrapped) {
  return static_cast<double>(static_cast<SignedWide>(wrapped));
}

/// Squares and cubes about whole numbers near the means first, exactly, so that large means do not drown a small
/// spread.
Scatter scatter_of(ValueSums const& sums, std::uint64_t n) {
  auto const near = sums.sum / n;
  double const rest = static_cast<double>(sums.sum % n) / static_cast<double>(n);
  double const squares = signed_value(sums.squares - Wide{sums.sum} * near * 2 + Wide{n} * near * near);
  Cubes about = sums.cubes;
  about.take(Cubes::of(sums.squares).times(near).times(3));
  about.merge(Cubes::of(Wide{sums.sum}).times(near).times(near).times(3));
  about.take(Cubes::of(Wide{n}).times(near).times(near).times(near));
  auto const count = static_cast<double>(n);
  return scatter_by(squares - count * rest * rest,
                    about.signed_value() - 3 * rest * squares + 2 * count * rest * rest * rest, n, 1);
}

/// sum((x - a)(y - b)) of n pairs.
double product_about(Wide products, std::uint64_t x, std::uint64_t a, std::uint64_t y, std::uint64_t b,
                     std::uint64_t n) {
  return signed_value(products - Wide{x} * b - Wide{y} * a + Wide{n} * a * b);
}

/// sum((x - a)(x - a)(y - b)) of n pairs, from their sums.
struct Pairs {
  std::uint64_t x, y;
  Wide xx, xy;
  Cubes const& xxy;
};
double cube_about(Pairs const& s, std::uint64_t a, std::uint64_t b, std::uint64_t n) {
  Cubes sum = s.xxy;
  sum.take(Cubes::of(s.xx).times(b));
  sum.take(Cubes::of(s.xy).times(a).times(2));
  sum.merge(Cubes::of(Wide{s.x}).times(a).times(b).times(2));
  sum.merge(Cubes::of(Wide{s.y}).times(a).times(a));
  sum.take(Cubes::of(Wide{n}).times(a).times(a).times(b));
  return sum.signed_value();
}

/// Of the ratio of sums, by what each replication adds to it; nothing if it needs more replications than there are.
std::optional<Scatter> scatter_of(RatioSums const& s, double ratio, std::uint64_t n) {
  // The square of a sum is the sum of squares where just one has counted anything.
  if (n < 2 || s.counted_counted == Wide{s.counted} * s.counted) return std::nullopt;
  auto const a = s.met / n, b = s.counted / n;
  auto const count = static_cast<double>(n);
  // what a replication adds is (met - a) - ratio (counted - b) - rest
  double const rest = ratio * static_cast<double>(b) - static_cast<double>(a);
  double const squares = product_about(s.met_met, s.met, a, s.met, a, n) -
                         2 * ratio * product_about(s.met_counted, s.met, a, s.counted, b, n) +
                         ratio * ratio * product_about(s.counted_counted, s.counted, b, s.counted, b, n);
  double const cubes =
      cube_about({s.met, s.met, s.met_met, s.met_met, s.met_met_met}, a, a, n) -
      3 * ratio * cube_about({s.met, s.counted, s.met_met, s.met_counted, s.met_met_counted}, a, b, n) +
      3 * ratio * ratio *
          cube_about({s.counted, s.met, s.counted_counted, s.met_counted, s.met_counted_counted}, b, a, n) -
      ratio * ratio * ratio *
          cube_about({s.counted, s.counted, s.counted_counted, s.counted_counted, s.counted_cubed}, b, b, n);
  return scatter_by(squares - count * rest * rest, cubes - 3 * rest * squares + 2 * count * rest * rest * rest, n,
                    count / static_cast<double>(s.counted));
}

/// The cube root with a sign.
double root3(double x) {
  if (x == 0) return 0;
  return std::copysign(portable_exp(portable_log(std::abs(x)) / 3), x);
}

/// Standard errors that a point of Student's t stands for where numbers are skewed: Hall's transformation turned round.
double turned(double t, double a) {
  constexpr double nearly_none = 1e-6;
  return std::abs(a) < nearly_none ? t : 3 / a * (root3(1 + a * (t - a / 6)) - 1);
}

/// An interval by Hall, which `other` may reach beyond on either side.
Estimate widened(double value, Scatter const& s, std::pair<double, double> other) {
  // The skewness of so few replications as there mostly are says less than is true: what it is multiplied by was chosen
  // by simulation (docs/decisions.md).
  constexpr double more = 1.5;
  double const t = t_975(static_cast<std::int64_t>(s.n) - 1);
  double const a = more * s.skewness / std::sqrt(static_cast<double>(s.n));
  Estimate e{value, std::min(other.first, value - s.error * turned(t, a)),
             std::max(other.second, value - s.error * turned(-t, a)), 0};
  auto const advised = replications_advised(s.skewness);
  if (s.error > 0 && s.n < advised) e.advised = advised;
  return e;
}

Estimate on_roots(double value, Scatter const& s) {
  if (value <= 0) return {value, {}, {}};
  double const half = t_975(static_cast<std::int64_t>(s.n) - 1) * s.error / value / 2;
  double const below = std::max(0.0, 1 - half);
  auto e = widened(value, s, {value * below * below, value * (1 + half) * (1 + half)});
  e.low = std::max(0.0, *e.low);
  return e;
}

Estimate on_logits(double p, Scatter const& s) {
  double const middle = logit(p);
  double const reach = t_975(static_cast<std::int64_t>(s.n) - 1) * s.error / (p * (1 - p));
  // where nothing scatters the way there and back would move the last bits
  if (s.error == 0) return {p, p, p};
  auto e = widened(p, s, {logistic(middle - reach), logistic(middle + reach)});
  e.low = std::max(0.0, *e.low);
  e.high = std::min(1.0, *e.high);
  return e;
}

}  // namespace

Scatter scatter_by(double squares, double cubes, std::uint64_t n, double scale) {
  auto const count = static_cast<double>(n);
  if (squares <= 0) return {0, 0, n};
  double const spread = std::sqrt(squares / count);
  return {spread / std::sqrt(count - 1) * scale, cubes / count / (spread * spread * spread), n};
}

Estimate on_own_scale(double value, Scatter const& s) {
  double const reach = t_975(static_cast<std::int64_t>(s.n) - 1) * s.error;
  return widened(value, s, {value - reach, value + reach});
}

double Cubes::signed_value() const {
  constexpr double one = 18'446'744'073'709'551'616.0;  // 2^64
  if (high >> 63 == 0)
    return (static_cast<double>(high) * one + static_cast<double>(middle)) * one + static_cast<double>(low);
  Cubes positive;
  positive.take(*this);
  return positive.high >> 63 == 0 ? -positive.signed_value() : -one * one * one / 2;
}

std::uint64_t replications_advised(double skewness) {
  // the least x = sqrt(n) with 25 (|skewness| + z sqrt(6) / x)^2 <= x^2
  constexpr double times = 25, z = 2.576, six = 6;
  double const size = std::abs(skewness), root = std::sqrt(times);
  double const x = (root * size + std::sqrt(times * size * size + 4 * root * z * std::sqrt(six))) / 2;
  return static_cast<std::uint64_t>(std::ceil(x * x));
}

std::optional<Estimate> pooled_ratio(RatioSums const& sums, std::uint64_t replications) {
  if (sums.counted == 0) return std::nullopt;
  double const p = static_cast<double>(sums.met) / static_cast<double>(sums.counted);
  auto const scatter = scatter_of(sums, p, replications);
  if (!scatter || sums.met == 0 || sums.met == sums.counted) return Estimate{p, {}, {}};
  return on_logits(p, *scatter);
}

std::optional<Estimate> ratio_of_sums(RatioSums const& sums, std::uint64_t replications) {
  if (sums.counted == 0) return std::nullopt;
  double const value = static_cast<double>(sums.met) / static_cast<double>(sums.counted);
  auto const scatter = scatter_of(sums, value, replications);
  return scatter ? on_roots(value, *scatter) : Estimate{value, {}, {}};
}

std::optional<Estimate> mean_estimate(ValueSums const& sums, std::uint64_t n) {
  if (n == 0) return std::nullopt;
  double const mean = static_cast<double>(sums.sum) / static_cast<double>(n);
  return n < 2 ? Estimate{mean, {}, {}} : on_roots(mean, scatter_of(sums, n));
}

std::optional<Estimate> signed_mean_estimate(ValueSums const& sums, std::uint64_t n) {
  if (n == 0) return std::nullopt;
  if (sums.sum >> 63 != 0) {
    ValueSums mirrored{~sums.sum + 1, sums.squares, {}};
    mirrored.cubes.take(sums.cubes);
    auto e = *signed_mean_estimate(mirrored, n);
    if (e.low) std::tie(e.low, e.high) = std::pair(-*e.high, -*e.low);
    e.value = -e.value;
    return e;
  }
  double const mean = static_cast<double>(sums.sum) / static_cast<double>(n);
  return n < 2 ? Estimate{mean, {}, {}} : on_own_scale(mean, scatter_of(sums, n));
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

}  // namespace cwtsim
