#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>

#include "curve.hpp"

namespace cwtsim {
namespace {

using quantile_cells::layout;
using quantile_cells::octaves;

constexpr double most_ticks = 2147483647.0;

/// An edge between two cells: the share above it, the value there, and the integral of the value from here up.
struct Edge {
  double above, value, integral;
};

/// Integral of value(share) over shares from `low` to `high` (Gauss-Legendre, three points).
template <class Value>
double three_points(Value value, double low, double high) {
  double const middle = (low + high) / 2, half = (high - low) / 2, reach = half * 0.77459666924148338;
  return half * (5 * value(middle - reach) + 8 * value(middle) + 5 * value(middle + reach)) / 9;
}

/// The same from 0 to `high`, by octaves, until what is left is too rare to matter.
template <class Value>
double open_end(Value value, double high) {
  double sum = 0;
  for (int octave = 0; octave < 30; ++octave, high /= 2) sum += three_points(value, high / 2, high);
  return sum;
}

/// Integral of the value over shares above from `low` to `high`; it may have no bound at 0 and a vertical start at 1.
template <class AnyCurve>
double numeric_integral(AnyCurve const& curve, double low, double high) {
  auto const by_above = [&](double above) { return curve.at({1 - above, above}); };
  auto const by_below = [&](double below) { return curve.at({below, 1 - below}); };
  if (low > 0 && high < 1) return three_points(by_above, low, high);
  return low > 0 ? open_end(by_below, 1 - low) : open_end(by_above, high);
}

/// Fills in the values and integrals at edges given by the shares above them, from the top down.
template <class AnyCurve>
void evaluate(AnyCurve const& curve, std::vector<Edge>& edges) {
  for (std::size_t i = 0; i < edges.size(); ++i) {
    Edge& edge = edges[i];
    edge.value = edge.above > 0 ? curve.at({1 - edge.above, edge.above}) : curve.at({1, 0});
    if constexpr (requires {
                    { curve.integral(edge.above) } -> std::convertible_to<double>;
                  }) {
      edge.integral = curve.integral(edge.above);
    } else {
      edge.integral = i == 0 ? 0 : edges[i - 1].integral + numeric_integral(curve, edges[i - 1].above, edge.above);
    }
  }
}

/// The gamma's partial mean has a closed form in terms of its own quantile: E[X; X > x] = mean (share above x +
/// term(x)).
void evaluate(GammaCurve const& curve, std::vector<Edge>& edges) {
  for (Edge& edge : edges) {
    double const x = curve.unit.quantile({1 - edge.above, edge.above});
    edge.value = curve.scale * x;
    edge.integral = edge.above > 0 ? curve.mean() * (edge.above + curve.unit.term(x)) : 0;
  }
}

}  // namespace

// Both ends are rounded down to a fraction of a tick, so that the ticks at the ends of neighbours are in order however
// many bits each has; where a unit is more than a tick, the lower end up.
std::uint64_t QuantileTable::cell_of(double top, double bottom) {
  for (std::uint64_t shift = most_shift;; --shift) {
    double const parts = static_cast<double>(std::uint64_t{1} << shift) / (1 << coarsest);
    auto const high = static_cast<std::uint64_t>(top * parts);
    auto const low = static_cast<std::uint64_t>(shift < coarsest ? std::ceil(bottom * parts) : bottom * parts);
    std::uint64_t const fall = high - std::min(low, high);
    // values below 2^31 fit at the latest in units of 32 ticks
    if ((high <= most_top && fall <= most_fall) || shift == 0) return fall << fall_at | high << top_at | shift;
  }
}

// The cells from the top of the distribution down: the rest beyond the last octave first.
QuantileTable::QuantileTable(Distribution const& d, double seconds_per_tick) {
  auto const ticks_of = [&](double seconds) {
    return std::clamp((d.plus.seconds + seconds) / seconds_per_tick, 0.0, most_ticks);
  };
  auto const curve = curve_of(d.shape);
  if (auto const* constant = std::get_if<ConstantCurve>(&curve)) {
    constant_ = static_cast<Tick>(ticks_of(constant->value) + 0.5);
    return;
  }
  std::vector<Edge> edges{{0, 0, 0}};
  for (int zeros = octaves; zeros >= 0; --zeros) {
    auto const& octave = layout[static_cast<unsigned>(zeros)];
    double const low = zeros == octaves ? 0 : std::ldexp(1.0, -octave.drop);
    double const width = std::ldexp(1.0, -octave.drop - octave.bits);
    for (int i = 1; i <= 1 << octave.bits; ++i) edges.push_back({low + i * width, 0, 0});
  }
  std::visit([&edges](auto const& any) { evaluate(any, edges); }, curve);

  cells_.resize(edges.size() - 1);
  auto edge = edges.begin();
  for (int zeros = octaves; zeros >= 0; --zeros) {
    auto const& octave = layout[static_cast<unsigned>(zeros)];
    for (std::size_t i = 0; i < std::size_t{1} << octave.bits; ++i, ++edge) {
      Edge const &upper = edge[0], &lower = edge[1];
      double const mean =
          std::clamp((lower.integral - upper.integral) / (lower.above - upper.above), lower.value, upper.value);
      double const half = std::min({(upper.value - lower.value) / 2, mean - lower.value, upper.value - mean});
      double const top = ticks_of(mean + half), bottom = ticks_of(mean - half);
      cells_[octave.first + i] = cell_of(top + 0.5, bottom + 0.5);
    }
  }
  if (auto const least = sample(0); sample(~std::uint64_t{0}) == least) {
    constant_ = least;
    cells_.clear();
  }
}

double QuantileTable::mean() const {
  if (is_constant()) return constant_value();
  constexpr std::uint64_t pieces = 16;  // of a cell, for values are rounded
  double mean = 0;
  for (unsigned zeros = 0; zeros <= static_cast<unsigned>(quantile_cells::octaves); ++zeros) {
    auto const& octave = quantile_cells::layout[zeros];
    bool const rest = zeros == static_cast<unsigned>(quantile_cells::octaves);
    // where words with so many leading zeros, or more, begin, and how many share what is left of them
    std::uint64_t const first = rest ? 0 : std::uint64_t{1} << (63 - zeros);
    std::uint64_t const width = std::uint64_t{1} << (64 - octave.drop);
    double const share = std::ldexp(1, -static_cast<int>(octave.drop)), parts = std::ldexp(pieces, octave.bits);
    double sum = 0;
    for (std::uint64_t piece = 0; piece < pieces << octave.bits; ++piece) {
      std::uint64_t const above = first + (2 * piece + 1) * (width >> (octave.bits + 5));
      sum += sample(~above);
    }
    mean += share * sum / parts;
  }
  return mean;
}

}  // namespace cwtsim
