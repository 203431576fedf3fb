#include "cwtsim/core/draw.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "special_functions.hpp"

namespace cwtsim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double ln2_high = 6.93147180369123816490e-01;  // 33 leading bits: times a small integer it is exact
constexpr double ln2_low = 1.90821492927058770002e-10;

std::uint64_t bits_of(double x) {
  std::uint64_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

double from_bits(std::uint64_t bits) {
  double x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

/// 2^n for -1022 <= n <= 1023.
double power_of_two(int n) {
  return from_bits(static_cast<std::uint64_t>(n + 1023) << 52);
}

/// Steps up from `count`, whose probability is `share`, until the sum passes u. ratio(k) = share(k) / share(k-1).
template <class Ratio>
std::uint32_t walk_up(std::uint32_t count, std::uint32_t most, double share, double mean, double u, Ratio ratio) {
  double sum = share;
  while (u >= sum && count < most) {
    ++count;
    share *= ratio(static_cast<double>(count));
    sum += share;
    // past here the sum no longer grows: u lies in the rounding error left at the top
    if (share < 1e-25 && count > mean) break;
  }
  return count;
}

/// Where to start: by Chernoff's bound the share below mean - 9.5 sqrt(mean) is under 3e-20, less than one draw in
/// 2^53.
std::uint32_t first_count(double mean) {
  return mean < 64 ? 0 : static_cast<std::uint32_t>(std::max(0.0, mean - 9.5 * std::sqrt(mean)));
}

}  // namespace

// Method and coefficients of fdlibm's e_exp.c and e_log.c (Sun Microsystems 1993, freely granted): reduction by ln 2,
// then a minimax polynomial; error below 1 ulp.
double portable_exp(double x) {
  if (x != x) return x;
  if (x > 709.782712893383973096) return infinity;
  if (x < -745.133219101941108420) return 0;
  int const k = static_cast<int>(x * 1.44269504088896338700 + (x < 0 ? -0.5 : 0.5));
  double const high = x - k * ln2_high, low = k * ln2_low;
  double const r = high - low, t = r * r;
  double const c =
      r -
      t * (1.66666666666666019037e-01 +
           t * (-2.77777777770155933842e-03 +
                t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  double const y = 1 - ((low - (r * c) / (2 - c)) - high);
  int const half = k / 2;  // in two steps, for 2^k alone may be out of range
  return y * power_of_two(half) * power_of_two(k - half);
}

double portable_log(double x) {
  if (x != x || x == infinity) return x;
  if (x < 0) return std::numeric_limits<double>::quiet_NaN();
  if (x == 0) return -infinity;
  int k = 0;
  if (x < std::numeric_limits<double>::min()) {
    k = -54;
    x *= 0x1p54;
  }
  std::uint64_t bits = bits_of(x);
  k += static_cast<int>(bits >> 52) - 1023;
  bits &= 0x000fffffffffffffULL;
  bool const upper = bits > 0x6a09e667f3bcdULL;  // over sqrt(2): halve, so that 1 + f lies around 1
  k += upper ? 1 : 0;
  double const f = from_bits(bits | (upper ? 0x3fe0000000000000ULL : 0x3ff0000000000000ULL)) - 1;
  double const s = f / (2 + f), z = s * s, w = z * z;
  double const even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  double const odd =
      z * (6.666666666666735130e-01 +
           w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  double const half_square = 0.5 * f * f;
  return k * ln2_high - ((half_square - (s * (half_square + even + odd) + k * ln2_low)) - f);
}

std::uint32_t poisson(double mean, std::uint64_t word) {
  if (!(mean > 0)) return 0;
  double const u = to_unit(word);
  auto const from = first_count(mean);
  double const share =
      from == 0 ? portable_exp(-mean) : portable_exp(from * portable_log(mean) - mean - log_gamma(from + 1.0));
  return walk_up(from, std::numeric_limits<std::uint32_t>::max(), share, mean, u,
                 [mean](double k) { return mean / k; });
}

std::uint32_t binomial(std::uint32_t n, double p, std::uint64_t word) {
  if (n == 0 || !(p > 0)) return 0;
  if (p >= 1) return n;
  // the rarer outcome is counted, and the word turned round so that more luck is still more successes
  if (p > 0.5) return n - binomial(n, 1 - p, ~word);
  double const u = to_unit(word), mean = n * p, odds = p / (1 - p);
  auto const from = first_count(mean);
  double const ways = from == 0 ? 0 : log_gamma(n + 1.0) - log_gamma(from + 1.0) - log_gamma(n - from + 1.0);
  double const share = portable_exp(ways + from * portable_log(p) + (n - from) * portable_log(1 - p));
  return walk_up(from, n, share, mean, u, [n, odds](double k) { return odds * (n - k + 1) / k; });
}

}  // namespace cwtsim
