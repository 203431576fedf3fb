#include "special_functions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cwtsim/core/draw.hpp"

namespace cwtsim {
namespace {

/// A polynomial by Horner's rule, the highest power first.
template <class... More>
constexpr double polynomial(double x, double highest, More... more) {
  double sum = highest;
  ((sum = sum * x + more), ...);
  return sum;
}

}  // namespace

double to_36_bits(double value) {
  constexpr int bits = 36;
  int exponent = 0;
  double const part = std::frexp(value, &exponent);
  return std::ldexp(std::nearbyint(std::ldexp(part, bits)), exponent - bits);
}

double logit(double p) {
  return portable_log(p / (1 - p));
}

double logistic(double x) {
  return 1 / (1 + portable_exp(-x));
}

double log_gamma(double x) {
  double shift = 1;
  while (x < 12) {
    shift *= x;
    x += 1;
  }
  double const y = 1 / (x * x);
  // Stirling's series (Abramowitz & Stegun 6.1.41); at x >= 12 the first term left out is below 1e-17
  double const series =
      polynomial(y, 1.0 / 156, -691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12);
  constexpr double half_log_two_pi = 0.91893853320467274178;
  return (x - 0.5) * portable_log(x) - x + half_log_two_pi + series / x - (shift == 1 ? 0 : portable_log(shift));
}

double normal_quantile(Share at) {
  double const q = at.below < 0.5 ? at.below - 0.5 : 0.5 - at.above;
  if (std::fabs(q) <= 0.425) {
    double const r = 0.180625 - q * q;
    return q *
           polynomial(r, 2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
                      4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
                      1.3314166789178437745e2, 3.3871328727963666080e0) /
           polynomial(r, 5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
                      2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
                      4.2313330701600911252e1, 1.0);
  }
  double const tail = std::min(at.below, at.above);
  if (tail <= 0) return q < 0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  double r = std::sqrt(-portable_log(tail));
  double z;
  if (r <= 5) {
    r -= 1.6;
    z = polynomial(r, 7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
                   1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
                   4.63033784615654529590e0, 1.42343711074968357734e0) /
        polynomial(r, 1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
                   1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
                   2.05319162663775882187e0, 1.0);
  } else {
    r -= 5;
    z = polynomial(r, 2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
                   2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
                   5.46378491116411436990e0, 6.65790464350110377720e0) /
        polynomial(r, 2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
                   7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
                   5.99832206555887937690e-1, 1.0);
  }
  return q < 0 ? -z : z;
}

double normal_density(double z) {
  constexpr double root_of_two_pi = 2.5066282746310005;
  return portable_exp(-z * z / 2) / root_of_two_pi;
}

Share normal_shares(double z) {
  // half the square of a standard normal is a gamma of shape 1/2
  double const smaller = UnitGamma(0.5).shares(z * z / 2).above / 2;
  return z < 0 ? Share{smaller, 1 - smaller} : Share{1 - smaller, smaller};
}

UnitGamma::UnitGamma(double shape) : shape_(shape), log_gamma_above_(log_gamma(shape + 1)) {}

double UnitGamma::term(double x) const {
  return x > 0 ? portable_exp(shape_ * portable_log(x) - x - log_gamma_above_) : 0;
}

Share UnitGamma::shares(double x) const {
  return shares(x, term(x));
}

Share UnitGamma::shares(double x, double term_at_x) const {
  constexpr double precision = 0x1p-52;
  if (x < shape_ + 1) {
    double sum = 1, part = 1;
    for (double n = 1; part > sum * precision; ++n) {
      part *= x / (shape_ + n);
      sum += part;
    }
    double const below = std::min(term_at_x * sum, 1.0);
    return {below, 1 - below};
  }
  // Lentz's method on the continued fraction
  double b = x + 1 - shape_, c = 1e300, d = 1 / b, fraction = d;
  for (double n = 1; n < 1e6; ++n) {
    double const a = n * (shape_ - n);
    b += 2;
    d = 1 / (b + a * d);
    c = b + a / c;
    double const change = c * d;
    fraction *= change;
    if (std::fabs(change - 1) <= precision) break;
  }
  double const above = std::min(term_at_x * shape_ * fraction, 1.0);
  return {1 - above, above};
}

double UnitGamma::first_guess(Share at) const {
  // near 0 the share below is x^shape / Gamma(shape + 1)
  double const low = portable_exp((portable_log(at.below) + log_gamma_above_) / shape_);
  if (shape_ < 1) return at.below < 0.5 ? low : std::max(low, -portable_log(at.above) * (0.5 + 0.5 * shape_));
  double const z = normal_quantile(at);
  double const cube_root = 1 - 1 / (9 * shape_) + z / (3 * std::sqrt(shape_));  // Wilson and Hilferty 1931
  double const middle = shape_ * cube_root * cube_root * cube_root;
  return cube_root > 0.2 ? middle : low;
}

double UnitGamma::quantile(Share at) const {
  if (at.below <= 0) return 0;
  if (at.above <= 0) return std::numeric_limits<double>::infinity();
  double x = first_guess(at);
  double low = 0, high = std::numeric_limits<double>::infinity();
  for (int round = 0; round < 60 && x > 0; ++round) {
    double const term_at_x = term(x);
    auto const got = shares(x, term_at_x);
    double const density = term_at_x * shape_ / x;
    bool const lower = at.below < at.above;
    (lower ? got.below < at.below : got.above > at.above) ? low = x : high = x;
    // Newton's step on the logarithm of the smaller share, which is close to straight in x (above) or ln x (below)
    double next;
    if (lower) {
      next = x * portable_exp(portable_log(at.below / got.below) * got.below / (x * density));
    } else {
      next = x + portable_log(got.above / at.above) * got.above / density;
    }
    if (!(next > low && next < high)) next = high < std::numeric_limits<double>::infinity() ? (low + high) / 2 : 2 * x;
    double const change = std::fabs(next - x);
    x = next;
    if (change <= 1e-9 * x) break;  // the step after this one would be of the order of its square
  }
  return x;
}

}  // namespace cwtsim
