#pragma once
// The quantile functions behind the shapes of a distribution, in seconds.

#include <string>
#include <variant>
#include <vector>

#include "cwtsim/core/distribution.hpp"
#include "special_functions.hpp"

namespace cwtsim {

// Each curve gives the value at a share, and its mean, exactly; the least value is that at share 0. Those with a closed
// form also give the integral of the value over the topmost `above` of the distribution.

struct ConstantCurve {
  double value;
  double at(Share) const { return value; }
  double integral(double above) const { return value * above; }
  double mean() const { return value; }
};

struct ExponentialCurve {
  double scale;
  double at(Share s) const;
  double integral(double above) const;
  double mean() const { return scale; }
};

struct UniformCurve {
  double from, to;
  double at(Share s) const;
  double integral(double above) const;
  double mean() const { return (from + to) / 2; }
};

struct TriangularCurve {
  double least, mode, most;
  double at(Share s) const;
  double integral(double above) const;
  double mean() const { return (least + mode + most) / 3; }
};

struct NormalCurve {
  double mean_value;
  double middle, sigma;  ///< mean and standard deviation before the cut
  Share cut;             ///< shares of the whole bell below and above 0
  double at(Share s) const;
  double integral(double above) const;
  double mean() const { return mean_value; }

 private:
  double standard(Share s) const;
};

struct LognormalCurve {
  double log_median, sigma;
  double at(Share s) const;
  double mean() const;
};

struct GammaCurve {
  GammaCurve(double shape, double scale_given) : unit(shape), scale(scale_given), mean_value(shape * scale_given) {}
  UnitGamma unit;
  double scale, mean_value;
  double at(Share s) const { return scale * unit.quantile(s); }
  double mean() const { return mean_value; }
};

struct WeibullCurve {
  double scale, power;  ///< scale * (-ln above)^power
  double at(Share s) const;
  double mean() const;
};

class BandsCurve {
 public:
  explicit BandsCurve(Bands const& bands);
  double at(Share s) const;
  double integral(double above) const;
  double mean() const { return integral(1); }

 private:
  struct Point {
    double value, above, integral;
  };
  std::vector<Point>::const_iterator first_not_below(double above) const;
  std::vector<Point> points_;  ///< from the longest, whose share above is 0, down
};

using Curve = std::variant<ConstantCurve, ExponentialCurve, UniformCurve, TriangularCurve, NormalCurve, LognormalCurve,
                           GammaCurve, WeibullCurve, BandsCurve>;

/// Requires parameters without a problem.
[[nodiscard]] Curve curve_of(Shape const& shape);
/// The lognormal with these two figures, or what is wrong with them.
[[nodiscard]] std::variant<LognormalCurve, std::string> solve_lognormal(Lognormal const& given);

}  // namespace cwtsim
