#pragma once
// Distributions of lengths of time, as a planner writes them, and the tables they are compiled to.

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cwtsim/core/time.hpp"

namespace cwtsim {

// The shapes, each with its name as in JSON and an order of no meaning, by which equal ones are found. Their quantiles
// and means are in sim/core/, how their fields are written is in scenario/describe_distributions.hpp.

/// Always the same.
struct Constant {
  static constexpr std::string_view name = "constant";
  Duration value;
  friend auto operator<=>(Constant const&, Constant const&) = default;
};
/// Without memory: its standard deviation is its mean.
struct Exponential {
  static constexpr std::string_view name = "exponential";
  Duration mean;
  friend auto operator<=>(Exponential const&, Exponential const&) = default;
};
/// All lengths between two are as likely.
struct Uniform {
  static constexpr std::string_view name = "uniform";
  Duration from, to;
  friend auto operator<=>(Uniform const&, Uniform const&) = default;
};
/// Most likely at `mode`, in straight lines down to nothing at both ends.
struct Triangular {
  static constexpr std::string_view name = "triangular";
  Duration least, mode, most;
  friend auto operator<=>(Triangular const&, Triangular const&) = default;
};
/// A bell, cut at 0; mean and standard deviation are those of what is left.
struct Normal {
  static constexpr std::string_view name = "normal";
  Duration mean, sd;
  friend auto operator<=>(Normal const&, Normal const&) = default;
};
/// Exactly two of the four.
struct Lognormal {
  static constexpr std::string_view name = "lognormal";
  std::optional<Duration> median, p90, mean, sd;
  friend auto operator<=>(Lognormal const&, Lognormal const&) = default;
};
/// By mean and standard deviation.
struct Gamma {
  static constexpr std::string_view name = "gamma";
  Duration mean, sd;
  friend auto operator<=>(Gamma const&, Gamma const&) = default;
};
/// The sum of so many exponential phases of equal mean.
struct Erlang {
  static constexpr std::string_view name = "erlang";
  Duration mean;
  std::int64_t phases = 1;
  friend auto operator<=>(Erlang const&, Erlang const&) = default;
};
/// By its median and the value that nine in ten stay below.
struct Weibull {
  static constexpr std::string_view name = "weibull";
  Duration median, p90;
  friend auto operator<=>(Weibull const&, Weibull const&) = default;
};
/// Piecewise linear cumulative distribution: shares at or below each length of time; first share may be a mass at 0;
/// the last share is 1.
struct Bands {
  static constexpr std::string_view name = "bands";
  std::vector<std::pair<Duration, double>> cumulative;
  friend auto operator<=>(Bands const&, Bands const&) = default;
};

using Shape =
    std::variant<Constant, Exponential, Uniform, Triangular, Normal, Lognormal, Gamma, Erlang, Weibull, Bands>;
static_assert(std::three_way_comparable<Shape>, "a shape has no order: it lacks <=>");

/// The names of the shapes, in the order of the alternatives of `Shape`.
inline constexpr auto shape_names = []<class... Each>(std::variant<Each...> const*) {
  return std::array<std::string_view, sizeof...(Each)>{Each::name...};
}(static_cast<Shape const*>(nullptr));

/// A random length of time: a shape, and a constant added to it.
struct Distribution {
  Shape shape = Constant{};
  Duration plus;
  friend auto operator<=>(Distribution const&, Distribution const&) = default;
};

/// What is wrong with the parameters ("" if nothing), in one clause without the field's name.
[[nodiscard]] std::string problem_of(Distribution const& d);
[[nodiscard]] double mean_seconds(Distribution const& d);
/// The least value it can take, in seconds.
[[nodiscard]] double least_seconds(Distribution const& d);
/// Inverse of the cumulative distribution, in seconds; 0 < u < 1.
[[nodiscard]] double quantile_seconds(Distribution const& d, double u);

namespace quantile_cells {
inline constexpr int most_bits = 6;   ///< 2^6 cells in the lower half of the distribution, 2^5 in the next quarter,
inline constexpr int least_bits = 4;  ///< then 2^4 in each octave
inline constexpr int octaves = 32;    ///< down to a share above of 2^-32; the rest is 2^4 cells too

/// The cells of the words that have a given number of leading zeros.
struct Octave {
  std::uint16_t first = 0;  ///< the first cell
  std::uint8_t drop = 0;    ///< leading bits of the word to drop
  std::uint8_t shift = 0;   ///< 64 - bits
  std::uint8_t bits = 0;    ///< log2 of the number of cells
};

constexpr std::array<Octave, 64> make_layout() {
  std::array<Octave, 64> layout{};
  int first = 0;
  for (int zeros = 0; zeros < 64; ++zeros) {
    int const bits = most_bits - zeros > least_bits ? most_bits - zeros : least_bits;
    int const drop = zeros < octaves ? zeros + 1 : octaves;
    layout[static_cast<unsigned>(zeros)] = {static_cast<std::uint16_t>(first), static_cast<std::uint8_t>(drop),
                                            static_cast<std::uint8_t>(64 - bits), static_cast<std::uint8_t>(bits)};
    if (zeros < octaves) first += 1 << bits;
  }
  return layout;
}
inline constexpr std::array<Octave, 64> layout = make_layout();
}  // namespace quantile_cells

/// The word in the middle of the i-th of 2^bits equal pieces of all words.
[[nodiscard]] constexpr std::uint64_t middle_word(std::uint64_t i, int bits) {
  return (i << 1 | 1) << (63 - bits);
}

/// Inverse-CDF sampler in fixed point: a uniform 64-bit word in, whole ticks out; the same bits on every machine.
/// The share above a value is cut into octaves [1/2, 1), [1/4, 1/2) ..., and each octave into equal cells, so that the
/// tail stays fine. In a cell the value is a straight line that has the cell's exact mean and stays between the
/// quantiles at its ends; so before rounding to the nearest tick the mean is that of the distribution, to the fraction
/// of a tick that a cell has room for (2^-11 for most values near 2^20). Values stay below 2^31.
class QuantileTable {
 public:
  QuantileTable() = default;
  /// Requires problem_of(d) to be "" and seconds_per_tick > 0.
  QuantileTable(Distribution const& d, double seconds_per_tick);

  /// A larger word never gives a smaller value.
  [[nodiscard]] Tick sample(std::uint64_t word) const {
    if (cells_.empty()) return constant_;
    std::uint64_t const above = ~word;
    auto const& octave = quantile_cells::layout[static_cast<unsigned>(std::countl_zero(above | 1))];
    std::uint64_t const within = above << octave.drop;
    std::uint64_t const cell = cells_[octave.first + (within >> octave.shift)];
    std::uint64_t const fallen = ((cell >> fall_at) * (within << octave.bits >> 32)) >> (32 - coarsest);
    return static_cast<Tick>(((cell >> (top_at - coarsest) & most_top << coarsest) - fallen) >> (cell & 63));
  }
  /// Whether every word gives the same value.
  [[nodiscard]] bool is_constant() const { return cells_.empty(); }
  /// That value, in ticks; 0 where it is none.
  [[nodiscard]] Tick constant_value() const { return constant_; }
  /// The mean of what `sample` gives, in ticks: of words spread evenly over each cell.
  [[nodiscard]] double mean() const;
  friend bool operator==(QuantileTable const&, QuantileTable const&) = default;

 private:
  // A cell in one word, for tables are large and read in no order: 5 more than the bits of what follows that are a
  // fraction of a tick, as many as there is room for (fewer than 5: in units of 2 to 32 ticks); the value at the cell's
  // upper end plus half a tick; how far it falls across the cell.
  static constexpr int top_at = 6, fall_at = 37, coarsest = 5;
  static constexpr std::uint64_t most_shift = 31, most_top = (std::uint64_t{1} << 31) - 1,
                                 most_fall = (std::uint64_t{1} << 27) - 1;
  [[nodiscard]] static std::uint64_t cell_of(double top, double bottom);

  Tick constant_ = 0;
  std::vector<std::uint64_t> cells_;  ///< empty for a constant
};

}  // namespace cwtsim
