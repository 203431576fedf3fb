#pragma once
// What numbers add up to over replications, with their squares and cubes: whole numbers, so that adding and merging are
// exact in any order. A sum of squares or cubes fits wherever the sum does, since it is never above the sum's own.

#include <cstdint>
#include <tuple>

#include "cwtsim/core/fields.hpp"

namespace cwtsim {

/// 128 bits, for sums of squares.
__extension__ using Wide = unsigned __int128;

/// 192 bits, for sums of cubes. What is below nothing wraps round there and back.
struct Cubes {
  std::uint64_t low = 0, middle = 0, high = 0;

  static constexpr Cubes of(Wide value) {
    return {static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64), 0};
  }
  /// So many times.
  [[nodiscard]] constexpr Cubes times(std::uint64_t factor) const {
    Wide const a = Wide{low} * factor;
    Wide const b = Wide{middle} * factor + (a >> 64);
    return {static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b),
            high * factor + static_cast<std::uint64_t>(b >> 64)};
  }
  /// Adds another sum.
  constexpr void merge(Cubes const& other) {
    Wide const a = Wide{low} + other.low;
    Wide const b = Wide{middle} + other.middle + (a >> 64);
    low = static_cast<std::uint64_t>(a);
    middle = static_cast<std::uint64_t>(b);
    high += other.high + static_cast<std::uint64_t>(b >> 64);
  }
  /// Takes it off.
  constexpr void take(Cubes const& other) {
    merge({~other.low, ~other.middle, ~other.high});
    merge({1, 0, 0});
  }
  /// Adds the product of three numbers.
  constexpr void add(std::uint64_t a, std::uint64_t b, std::uint64_t c) { merge(of(Wide{a} * b).times(c)); }
  /// Adds the cube of a value.
  constexpr void add(std::uint64_t value) { add(value, value, value); }
  /// What it stands for, read as a number that may be below nothing.
  [[nodiscard]] double signed_value() const;

  static constexpr auto fields() {
    return std::tuple(Field{&Cubes::low, "low", "", "the lowest 64 bits"},
                      Field{&Cubes::middle, "middle", "", "those above"},
                      Field{&Cubes::high, "high", "", "the highest"});
  }
  friend bool operator==(Cubes const&, Cubes const&) = default;
};

/// A whole number of each replication: its sum, and those of its squares and cubes.
struct ValueSums {
  std::uint64_t sum = 0;
  Wide squares = 0;
  Cubes cubes;
  /// Adds that of a replication.
  void add(std::uint64_t value) {
    sum += value;
    squares += Wide{value} * value;
    cubes.add(value);
  }
  static constexpr auto fields() {
    return std::tuple(Field{&ValueSums::sum, "sum", "", "over replications"},
                      Field{&ValueSums::squares, "squares", "", "sum of their squares"},
                      Field{&ValueSums::cubes, "cubes", "", "sum of their cubes"});
  }
  friend bool operator==(ValueSums const&, ValueSums const&) = default;
};

/// What the two counts of a ratio (how many met the standard, of how many) add up to.
struct RatioSums {
  std::uint64_t met = 0, counted = 0;
  Wide met_met = 0, met_counted = 0, counted_counted = 0;
  Cubes met_met_met, met_met_counted, met_counted_counted, counted_cubed;
  /// Adds the two counts of one replication.
  void add(std::uint64_t own_met, std::uint64_t own_counted) {
    met += own_met;
    counted += own_counted;
    Wide const mm = Wide{own_met} * own_met, cc = Wide{own_counted} * own_counted;
    met_met += mm;
    met_counted += Wide{own_met} * own_counted;
    counted_counted += cc;
    met_met_met.merge(Cubes::of(mm).times(own_met));
    met_met_counted.merge(Cubes::of(mm).times(own_counted));
    met_counted_counted.merge(Cubes::of(cc).times(own_met));
    counted_cubed.merge(Cubes::of(cc).times(own_counted));
  }
  template <class T = RatioSums>
  static constexpr auto fields() {
    return std::tuple(Field{&T::met, "met", "", "sum of the first count"},
                      Field{&T::counted, "counted", "", "sum of the second count"},
                      Field{&T::met_met, "met_met", "", "sum of the first one's squares"},
                      Field{&T::met_counted, "met_counted", "", "sum of the products"},
                      Field{&T::counted_counted, "counted_counted", "", "sum of the second one's squares"},
                      Field{&T::met_met_met, "met_met_met", "", "sum of the first one's cubes"},
                      Field{&T::met_met_counted, "met_met_counted", "", "sum of its squares times the second"},
                      Field{&T::met_counted_counted, "met_counted_counted", "", "sum of it times the second's squares"},
                      Field{&T::counted_cubed, "counted_cubed", "", "sum of the second one's cubes"});
  }
  friend bool operator==(RatioSums const&, RatioSums const&) = default;
};

}  // namespace cwtsim
