#include "cwtsim/core/distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "curve.hpp"
#include "cwtsim/core/draw.hpp"

namespace cwtsim {
namespace {

constexpr double longest_seconds = 1e11;  // over three thousand years: longer is a slip of the pen
constexpr double widest_sigma = 5;        // p90 over 600 times the median
constexpr double least_spread = 1e-6;     // less is lost in the rounding of logarithms
constexpr auto too_narrow = "it is spread too little to be worked out: write the one length of time";

constexpr double ln2 = 0.69314718055994531, ln10 = 2.3025850929940457;

bool bad(Duration d) {
  return !(d.seconds >= 0) || d.seconds > longest_seconds;
}
constexpr auto out_of_range = "every length of time must be from 0 to 3,000 years";

double power(double base, double exponent) {
  return base > 0 ? portable_exp(exponent * portable_log(base)) : 0;
}

/// -ln above, exact to the last bits at both ends.
double minus_log_above(Share s) {
  // 1 - below is rounded where below is tiny: use the series of -ln(1 - below) there
  return s.below < 1e-5 ? s.below * (1 + s.below * (0.5 + s.below / 3)) : -portable_log(s.above);
}

}  // namespace

// Of each shape: what is wrong with it, its curve, and the quantile and mean of that curve.

// Constant -----------------------------------------------------------------------------------------------------------

static std::string problem(Constant const& s) {
  return bad(s.value) ? out_of_range : "";
}
static Curve curve(Constant const& s) {
  return ConstantCurve{s.value.seconds};
}

// Exponential --------------------------------------------------------------------------------------------------------

static std::string problem(Exponential const& s) {
  if (bad(s.mean)) return out_of_range;
  return s.mean.seconds > 0 ? "" : "its mean must be longer than 0";
}
static Curve curve(Exponential const& s) {
  return ExponentialCurve{s.mean.seconds};
}
double ExponentialCurve::at(Share s) const {
  return scale * minus_log_above(s);
}
double ExponentialCurve::integral(double above) const {
  return above > 0 ? scale * above * (1 - portable_log(above)) : 0;
}

// Uniform ------------------------------------------------------------------------------------------------------------

static std::string problem(Uniform const& s) {
  if (bad(s.from) || bad(s.to)) return out_of_range;
  return s.from <= s.to ? "" : "its `from` is longer than its `to`";
}
static Curve curve(Uniform const& s) {
  return UniformCurve{s.from.seconds, s.to.seconds};
}
double UniformCurve::at(Share s) const {
  return s.below < 0.5 ? from + (to - from) * s.below : to - (to - from) * s.above;
}
double UniformCurve::integral(double above) const {
  return above * (to - (to - from) * above / 2);
}

// Triangular ---------------------------------------------------------------------------------------------------------

static std::string problem(Triangular const& s) {
  if (bad(s.least) || bad(s.mode) || bad(s.most)) return out_of_range;
  return s.least <= s.mode && s.mode <= s.most ? "" : "its least, mode and most must be in rising order";
}
static Curve curve(Triangular const& s) {
  if (s.least == s.most) return ConstantCurve{s.least.seconds};
  return TriangularCurve{s.least.seconds, s.mode.seconds, s.most.seconds};
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

// Normal -------------------------------------------------------------------------------------------------------------

static std::string problem(Normal const& s) {
  if (bad(s.mean) || bad(s.sd)) return out_of_range;
  if (!(s.mean.seconds > 0 && s.sd.seconds > 0)) return "its mean and sd must be longer than 0";
  // As the ratio nears 1, an exponential's, rounding tells: the sd is right to 2e-13 at 0.95, to 3e-11 at 0.99.
  return s.sd.seconds < 0.95 * s.mean.seconds
             ? ""
             : "its sd must be below 0.95 times its mean: use a gamma or an exponential";
}
static Curve curve(Normal const& s) {
  double const mean = s.mean.seconds, sd = s.sd.seconds;
  if (9 * sd < mean) return NormalCurve{mean, mean, sd, {0, 1}};  // what is cut off is below 2^-60
  // For a sigma of 1 the mean is a + l and the variance 1 - l (a + l), where a is the middle and l the density there
  // over the share below; their ratio, sd to mean, falls as a grows, from 0.958 at -4 to 0.111 at 9.
  double low = -4, high = 9;
  for (int i = 0; i < 60; ++i) {
    double const middle = (low + high) / 2;
    double const hazard = normal_density(middle) / normal_shares(middle).below, unit_mean = middle + hazard;
    (std::sqrt(1 - hazard * unit_mean) * mean > sd * unit_mean ? low : high) = middle;
  }
  Share const cut = normal_shares(-low);
  double const sigma = mean / (low + normal_density(low) / cut.above);
  return NormalCurve{mean, low * sigma, sigma, cut};
}
double NormalCurve::standard(Share s) const {
  return normal_quantile({cut.below + s.below * cut.above, s.above * cut.above});
}
double NormalCurve::at(Share s) const {
  return s.below > 0 ? std::max(middle + sigma * standard(s), 0.0) : 0;
}
double NormalCurve::integral(double above) const {
  if (above <= 0) return 0;
  return middle * above + sigma * normal_density(standard({1 - above, above})) / cut.above;
}

// Lognormal ----------------------------------------------------------------------------------------------------------

static std::string problem(Lognormal const& s) {
  for (auto const& d : {s.median, s.p90, s.mean, s.sd})
    if (d && bad(*d)) return out_of_range;
  auto const solved = solve_lognormal(s);
  if (auto const* text = std::get_if<std::string>(&solved)) return *text;
  auto const& found = std::get<LognormalCurve>(solved);
  if (!(found.sigma >= least_spread)) return too_narrow;
  if (found.sigma > widest_sigma) return "it is spread too widely: its p90 is over 600 times its median";
  return found.mean() <= longest_seconds ? "" : "its mean is over 3,000 years";
}
static Curve curve(Lognormal const& s) {
  return std::get<LognormalCurve>(solve_lognormal(s));
}
double LognormalCurve::at(Share s) const {
  return portable_exp(log_median + sigma * normal_quantile(s));
}
double LognormalCurve::mean() const {
  return portable_exp(log_median + sigma * sigma / 2);
}

// Gamma and Erlang ---------------------------------------------------------------------------------------------------

static std::string problem(Gamma const& s) {
  if (bad(s.mean) || bad(s.sd)) return out_of_range;
  if (!(s.mean.seconds > 0 && s.sd.seconds > 0)) return "its mean and sd must be longer than 0";
  double const ratio = s.sd.seconds / s.mean.seconds;
  return ratio >= 0.01 && ratio <= 10 ? "" : "its sd must be between 0.01 and 10 times its mean";
}
static Curve curve(Gamma const& s) {
  double const ratio = s.mean.seconds / s.sd.seconds;
  return GammaCurve{ratio * ratio, s.sd.seconds / ratio};
}

static std::string problem(Erlang const& s) {
  if (bad(s.mean)) return out_of_range;
  if (!(s.mean.seconds > 0)) return "its mean must be longer than 0";
  return s.phases >= 1 && s.phases <= 10'000 ? "" : "its phases must be a whole number from 1 to 10,000";
}
static Curve curve(Erlang const& s) {
  auto const phases = static_cast<double>(s.phases);
  if (s.phases == 1) return ExponentialCurve{s.mean.seconds};
  return GammaCurve{phases, s.mean.seconds / phases};
}

// Weibull ------------------------------------------------------------------------------------------------------------

// median = scale ln(2)^power and p90 = scale ln(10)^power
static double curve_power(Weibull const& s) {
  return portable_log(s.p90.seconds / s.median.seconds) / portable_log(ln10 / ln2);
}
static std::string problem(Weibull const& s) {
  if (bad(s.median) || bad(s.p90)) return out_of_range;
  if (!(s.median.seconds > 0)) return "its median must be longer than 0";
  if (!(s.p90 > s.median)) return "its p90 must be longer than its median";
  if (s.p90.seconds > 600 * s.median.seconds) return "it is spread too widely: its p90 is over 600 times its median";
  return curve_power(s) >= least_spread ? "" : too_narrow;
}
static Curve curve(Weibull const& s) {
  double const exponent = curve_power(s);
  return WeibullCurve{s.median.seconds / power(ln2, exponent), exponent};
}
double WeibullCurve::at(Share s) const {
  return scale * cwtsim::power(minus_log_above(s), power);
}
double WeibullCurve::mean() const {
  return scale * portable_exp(log_gamma(1 + power));
}

// Bands --------------------------------------------------------------------------------------------------------------

static std::string problem(Bands const& s) {
  if (s.cumulative.empty()) return "it has no bands";
  double share_before = 0;
  double length_before = -1;
  for (auto const& [length, share] : s.cumulative) {
    if (bad(length)) return out_of_range;
    if (!(length.seconds > length_before)) return "its lengths of time must rise";
    if (!(share >= share_before && share <= 1)) return "its shares must rise from 0 to 1";
    if (share_before >= 1 - 1e-9)
      return fmt::format("its share is 1 at {} already, so that nothing is as long as {}",
                         format_duration({length_before}), format_duration(length));
    length_before = length.seconds;
    share_before = share;
  }
  return std::fabs(share_before - 1) <= 1e-9 ? "" : fmt::format("its last share must be 1, but it is {}", share_before);
}
static Curve curve(Bands const& s) {
  return BandsCurve{s};
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

// Of all of them -----------------------------------------------------------------------------------------------------

Curve curve_of(Shape const& shape) {
  return std::visit([](auto const& s) { return curve(s); }, shape);
}

std::string problem_of(Distribution const& d) {
  if (bad(d.plus)) return out_of_range;
  auto what = std::visit([](auto const& s) { return problem(s); }, d.shape);
  if (!what.empty()) return what;
  // Whatever was solved for, from figures that are each in order, must have come out as numbers.
  bool const solved = std::visit(
      [](auto const& any) {
        return std::ranges::all_of(std::array{any.mean(), any.at({0.5, 0.5})},
                                   [](double x) { return std::isfinite(x) && x >= 0; });
      },
      curve_of(d.shape));
  return solved ? "" : "its figures are too small, or too close together, to be worked out";
}

double mean_seconds(Distribution const& d) {
  return d.plus.seconds + std::visit([](auto const& curve) { return curve.mean(); }, curve_of(d.shape));
}

double least_seconds(Distribution const& d) {
  return d.plus.seconds + std::visit([](auto const& curve) { return curve.at({0, 1}); }, curve_of(d.shape));
}

double quantile_seconds(Distribution const& d, double u) {
  return d.plus.seconds + std::visit([u](auto const& curve) { return curve.at({u, 1 - u}); }, curve_of(d.shape));
}

}  // namespace cwtsim
