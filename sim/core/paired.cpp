#include "cwtsim/core/paired.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "cwtsim/core/draw.hpp"
#include "scatter.hpp"
#include "special_functions.hpp"

namespace cwtsim {
namespace {

double sum_of_squares(std::span<double const> values) {
  double sum = 0;
  for (double const v : values) sum += v * v;
  return sum;
}

/// Smaller than what rounding leaves of numbers that are all the same.
bool is_nothing(double squares, double value, std::size_t n) {
  constexpr double rounding = 1e-13;
  return squares <= static_cast<double>(n) * (rounding * value) * (rounding * value);
}

double standard_normal(std::uint64_t key, std::uint64_t at, std::uint64_t visit) {
  double const below = to_unit(draw(key, at, visit).first);
  return normal_quantile({below, 1 - below});
}

/// Each estimate's errors as so many independent ones make them up: rows of a pivoted Cholesky factor of the
/// correlations, in order of the pivots.
std::vector<std::vector<double>> factor_of(std::vector<std::vector<double>> correlations, std::size_t most) {
  std::size_t const k = correlations.size();
  std::vector<std::vector<double>> rows(k);
  std::vector<double> left(k, 1.0);
  constexpr double nothing = 1e-10;
  for (std::size_t column = 0; column < std::min(k, most); ++column) {
    auto const pivot = static_cast<std::size_t>(std::ranges::max_element(left) - left.begin());
    if (left[pivot] < nothing) break;
    double const root = std::sqrt(left[pivot]);
    auto const of_pivot = rows[pivot];
    for (std::size_t i = 0; i < k; ++i) {
      double rest = correlations[i][pivot];
      for (std::size_t c = 0; c < column; ++c) rest -= rows[i][c] * of_pivot[c];
      double const entry = i == pivot ? root : left[i] < nothing ? 0 : rest / root;
      rows[i].push_back(entry);
      left[i] = i == pivot ? 0 : std::max(0.0, left[i] - entry * entry);
    }
  }
  return rows;
}

}  // namespace

std::optional<Figure> ratio_figure(std::span<std::uint64_t const> met, std::span<std::uint64_t const> counted) {
  double all_met = 0, all_counted = 0;
  for (auto const n : met) all_met += static_cast<double>(n);
  for (auto const n : counted) all_counted += static_cast<double>(n);
  if (all_counted == 0) return std::nullopt;
  Figure figure{all_met / all_counted, {}};
  double const a_replication = all_counted / static_cast<double>(counted.size());
  figure.off.reserve(met.size());
  for (std::size_t r = 0; r < met.size(); ++r)
    figure.off.push_back((static_cast<double>(met[r]) - figure.value * static_cast<double>(counted[r])) /
                         a_replication);
  return figure;
}

std::optional<Figure> mean_figure(std::span<std::uint64_t const> values, double factor) {
  if (values.empty()) return std::nullopt;
  double sum = 0;
  for (auto const v : values) sum += static_cast<double>(v);
  double const mean = sum / static_cast<double>(values.size());
  Figure figure{mean * factor, {}};
  figure.off.reserve(values.size());
  for (auto const v : values) figure.off.push_back((static_cast<double>(v) - mean) * factor);
  return figure;
}

Difference difference_of(Figure const& first, Figure const& other) {
  std::size_t const n = first.off.size();
  if (other.off.size() != n) throw std::invalid_argument("the replications of two arms are no pairs");
  Difference d;
  d.estimate.value = other.value - first.value;
  for (std::size_t r = 0; r < n; ++r) d.off.push_back(other.off[r] - first.off[r]);
  if (n < 2) return d;
  double squares = sum_of_squares(d.off), cubes = 0;
  double const apart = sum_of_squares(first.off) + sum_of_squares(other.off);
  if (is_nothing(squares, std::max(std::abs(first.value), std::abs(other.value)), n)) {
    std::ranges::fill(d.off, 0.0);
    squares = 0;
  }
  for (double const v : d.off) cubes += v * v * v;
  auto const scatter = scatter_by(squares, cubes, n, 1);
  d.error = scatter.error;
  d.estimate = on_own_scale(d.estimate.value, scatter);
  if (squares > 0) d.saved = apart / squares;
  return d;
}

std::optional<Estimate> ratio_of_differences(Difference const& upper, Difference const& lower) {
  double const a = upper.estimate.value, b = lower.estimate.value;
  if (b == 0) return std::nullopt;
  Estimate each{a / b, {}, {}};
  std::size_t const n = upper.off.size();
  if (n < 2) return each;
  // the ratios x for which a - x b may be nothing: (b^2 - t^2 v_b) x^2 - 2 (a b - t^2 v_ab) x + a^2 - t^2 v_a <= 0
  double const t = t_975(static_cast<std::int64_t>(n) - 1);
  double const many = static_cast<double>(n) * static_cast<double>(n - 1);
  double const both = std::inner_product(upper.off.begin(), upper.off.end(), lower.off.begin(), 0.0) / many;
  double const squared = b * b - t * t * lower.error * lower.error;
  if (squared <= 0) return each;
  double const middle = a * b - t * t * both;
  double const last = a * a - t * t * upper.error * upper.error;
  double const root = std::sqrt(std::max(0.0, middle * middle - squared * last));
  each.low = std::min(each.value, (middle - root) / squared);
  each.high = std::max(each.value, (middle + root) / squared);
  return each;
}

GreatestError::GreatestError(std::size_t replications, std::size_t most_estimates)
    : replications_(replications),
      most_(std::min(most_estimates, std::max<std::size_t>(replications, 2) - 1)),
      normals_(draws * most_) {
  constexpr std::uint64_t key = draws_at("greatest error"), of_spread = draws_at("spread");
  for (std::size_t i = 0; i < normals_.size(); ++i) normals_[i] = standard_normal(key, i % most_, i / most_);
  double const degrees = static_cast<double>(std::max<std::size_t>(replications, 2) - 1);
  UnitGamma const gamma(degrees / 2);
  for (std::size_t d = 0; d < draws; ++d) {
    double const below = to_unit(draw(key, of_spread, d).first);
    roots_.push_back(std::sqrt(gamma.quantile({below, 1 - below}) * 2 / degrees));
  }
}

std::vector<double> GreatestError::greatest(Family const& family, bool either_side) const {
  std::vector<std::span<double const>> those;
  std::vector<double> roots;
  for (auto const& off : family) {
    if (off.size() != replications_) throw std::invalid_argument("an estimate of other replications");
    double const squares = sum_of_squares(off);
    if (squares <= 0) continue;
    those.push_back(off);
    roots.push_back(std::sqrt(squares));
  }
  if (those.empty()) return {};
  std::vector<std::vector<double>> correlations(those.size(), std::vector<double>(those.size()));
  for (std::size_t i = 0; i < those.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j)
      correlations[i][j] = correlations[j][i] =
          std::inner_product(those[i].begin(), those[i].end(), those[j].begin(), 0.0) / (roots[i] * roots[j]);
  auto const rows = factor_of(std::move(correlations), most_);
  std::vector<double> greatest(draws);
  for (std::size_t d = 0; d < draws; ++d) {
    double const* const normal = normals_.data() + d * most_;
    double most = -HUGE_VAL;
    for (auto const& row : rows) {
      double const error = std::inner_product(row.begin(), row.end(), normal, 0.0);
      most = std::max(most, either_side ? std::abs(error) : error);
    }
    greatest[d] = most / roots_[d];
  }
  return greatest;
}

double GreatestError::reach_of_95(Family const& family) const {
  double const alone = t_975(static_cast<std::int64_t>(replications_) - 1);
  auto sorted = greatest(family, true);
  if (sorted.size() != draws || family.size() < 2) return alone;
  auto const at = sorted.begin() + static_cast<std::ptrdiff_t>(0.95 * draws);
  std::nth_element(sorted.begin(), at, sorted.end());
  return to_36_bits(std::max(alone, *at));
}

double GreatestError::share_below(Family const& family, double errors) const {
  auto const all = greatest(family, false);
  if (all.empty()) return 1;
  auto const below = std::ranges::count_if(all, [errors](double e) { return e <= errors; });
  return static_cast<double>(below) / static_cast<double>(all.size());
}

}  // namespace cwtsim
