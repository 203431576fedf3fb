#pragma once
// Functions of probability built from + - * / and sqrt only, so that their bits are the same on every machine.

namespace cwtsim {

/// To 36 bits, so that the last bits of a mathematical library cannot reach a report.
[[nodiscard]] double to_36_bits(double value);

/// ln of the odds of a share, 0 < p < 1.
[[nodiscard]] double logit(double p);
/// Its inverse.
[[nodiscard]] double logistic(double x);

/// A place in a distribution by the share of it on either side; both are kept because either may be tiny.
struct Share {
  double below, above;
};

/// ln Gamma(x), x > 0; absolute error below 1e-14 * max(1, result).
[[nodiscard]] double log_gamma(double x);
/// The standard normal quantile (M. J. Wichura, algorithm AS 241, PPND16; relative error about 1e-16).
[[nodiscard]] double normal_quantile(Share at);
/// The standard normal density.
[[nodiscard]] double normal_density(double z);
/// Shares of the standard normal below and above z; relative error of the smaller below 1e-13 for |z| < 10.
[[nodiscard]] Share normal_shares(double z);

/// The gamma distribution of scale 1.
class UnitGamma {
 public:
  explicit UnitGamma(double shape);
  /// x^shape exp(-x) / Gamma(shape + 1).
  [[nodiscard]] double term(double x) const;
  /// Shares below and above x: power series or continued fraction (Abramowitz & Stegun 6.5.29, 6.5.31).
  [[nodiscard]] Share shares(double x) const;
  /// Inverse of shares(), to about 1e-13 relative.
  [[nodiscard]] double quantile(Share at) const;

 private:
  [[nodiscard]] double first_guess(Share at) const;
  [[nodiscard]] Share shares(double x, double term) const;
  double shape_;
  double log_gamma_above_;  ///< ln Gamma(shape + 1)
};

}  // namespace cwtsim
