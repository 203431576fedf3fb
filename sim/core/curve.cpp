#include "curve.hpp"

#include <algorithm>
#include <cmath>

#include "cwtsim/core/draw.hpp"

namespace cwtsim {
namespace {

constexpr double z90 = 1.2815515655446004;  // standard normal 90th centile
constexpr double ln2 = 0.69314718055994531, ln10 = 2.3025850929940457;

double power(double base, double exponent) {
  return base > 0 ? portable_exp(exponent * portable_log(base)) : 0;
}

/// -ln above, exact to the last bits at both ends.
double minus_log_above(Share s) {
  // 1 - below is rounded where below is tiny: use the series of -ln(1 - below) there
  return s.below < 1e-5 ? s.below * (1 + s.below * (0.5 + s.below / 3)) : -portable_log(s.above);
}

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

double ExponentialCurve::at(Share s) const {
  return scale * minus_log_above(s);
}
double ExponentialCurve::integral(double above) const {
  return above > 0 ? scale * above * (1 - portable_log(above)) : 0;
}

double UniformCurve::at(Share s) const {
  return s.below < 0.5 ? from + (to - from) * s.below : to - (to - from) * s.above;
}
double UniformCurve::integral(double above) const {
  return above * (to - (to - from) * above / 2);
}

double TriangularCurve::at(Share s) const {
  double const share_above_mode = (most - mode) / (most - least);
  return s.above <= share_above_mode ? most - std::sqrt(s.above * (most - least) * (most - mode))
                                     : least + std::sqrt(s.below * (most - least) * (mode - least));
}
double TriangularCurve::integral(double above) const {
  double const share_above_mode = (most - mode) / (most - least);
  if (above <= share_above_mode) return above * (most - std::sqrt(above * (most - least) * (most - mode)) * 2 / 3);
  double const below = 1 - above;
  return mean() - below * (least + std::sqrt(below * (most - least) * (mode - least)) * 2 / 3);
}

double LognormalCurve::at(Share s) const {
  return portable_exp(log_median + sigma * normal_quantile(s));
}
double LognormalCurve::mean() const {
  return portable_exp(log_median + sigma * sigma / 2);
}

double WeibullCurve::at(Share s) const {
  return scale * cwtsim::power(minus_log_above(s), power);
}
double WeibullCurve::mean() const {
  return scale * portable_exp(log_gamma(1 + power));
}

BandsCurve::BandsCurve(Bands const& bands) {
  double integral = 0;
  auto const add = [&](double value, double above) {
    if (!points_.empty()) integral += (above - points_.back().above) * (value + points_.back().value) / 2;
    points_.push_back({value, above, integral});
  };
  add(bands.cumulative.back().first.seconds, 0);
  for (auto p = bands.cumulative.rbegin() + 1; p < bands.cumulative.rend(); ++p) add(p->first.seconds, 1 - p->second);
  // a share at or below the first length is spread evenly from 0, or is a mass there if that length is 0
  if (points_.back().above < 1) add(0, 1);
}
std::vector<BandsCurve::Point>::const_iterator BandsCurve::first_not_below(double above) const {
  auto const found = std::lower_bound(points_.begin() + 1, points_.end(), above,
                                      [](Point const& p, double share) { return p.above < share; });
  return found == points_.end() ? found - 1 : found;
}
double BandsCurve::at(Share s) const {
  auto const lower = points_.size() == 1 ? points_.begin() : first_not_below(s.above);
  if (lower == points_.begin()) return lower->value;
  auto const upper = lower - 1;
  double const width = lower->above - upper->above;
  return width > 0 ? upper->value + (lower->value - upper->value) * ((s.above - upper->above) / width) : upper->value;
}
double BandsCurve::integral(double above) const {
  if (points_.size() == 1) return above * points_.front().value;
  auto const upper = first_not_below(above) - 1;
  return upper->integral + (above - upper->above) * (upper->value + at({1 - above, above})) / 2;
}

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
  double const sigma = sigma_from_p90_over_sd(p90->seconds / sd->seconds);
  return LognormalCurve{log_of(p90) - z90 * sigma, sigma};
}

Curve curve_of(Shape const& shape) {
  struct Maker {
    Curve operator()(Constant const& s) const { return ConstantCurve{s.value.seconds}; }
    Curve operator()(Exponential const& s) const { return ExponentialCurve{s.mean.seconds}; }
    Curve operator()(Uniform const& s) const { return UniformCurve{s.from.seconds, s.to.seconds}; }
    Curve operator()(Triangular const& s) const {
      if (s.least == s.most) return ConstantCurve{s.least.seconds};
      return TriangularCurve{s.least.seconds, s.mode.seconds, s.most.seconds};
    }
    Curve operator()(Lognormal const& s) const { return std::get<LognormalCurve>(solve_lognormal(s)); }
    Curve operator()(Gamma const& s) const {
      double const ratio = s.mean.seconds / s.sd.seconds;
      return GammaCurve{ratio * ratio, s.sd.seconds / ratio};
    }
    Curve operator()(Erlang const& s) const {
      auto const phases = static_cast<double>(s.phases);
      if (s.phases == 1) return ExponentialCurve{s.mean.seconds};
      return GammaCurve{phases, s.mean.seconds / phases};
    }
    Curve operator()(Weibull const& s) const {
      // median = scale ln(2)^power and p90 = scale ln(10)^power
      double const exponent = portable_log(s.p90.seconds / s.median.seconds) / portable_log(ln10 / ln2);
      return WeibullCurve{s.median.seconds / power(ln2, exponent), exponent};
    }
    Curve operator()(Bands const& s) const { return BandsCurve{s}; }
  };
  return std::visit(Maker{}, shape);
}

}  // namespace cwtsim
