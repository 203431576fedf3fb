#pragma once
// What the numbers of a struct add up to over replications, as its fields declare. All of it whole numbers: adding and
// merging are exact in any order.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "cwtsim/core/fields.hpp"
#include "cwtsim/core/statistics.hpp"

namespace cwtsim {

/// The greatest of what it was given.
struct Greatest {
  std::uint64_t value = 0;
  /// Looks at one more.
  void add(std::uint64_t other) { value = std::max(value, other); }
  /// ... and at all that another was given.
  void merge(Greatest const& other) { add(other.value); }
  static constexpr auto fields() { return std::tuple(Field{&Greatest::value, "value", "", "of any replication"}); }
  friend bool operator==(Greatest const&, Greatest const&) = default;
};

/// The ratios of a kind of totals; none where it declares none.
template <class T>
constexpr auto ratios_of() {
  if constexpr (requires { T::ratios(); })
    return T::ratios();
  else
    return std::tuple();
}

/// A field of which more than the sum is kept, and where that stands; one of which it is not does not compile.
template <class T, Folds what>
struct Kept {
  std::uint64_t T::*member;
  std::size_t place = 0;
  /// Finds where it stands.
  // NOLINTNEXTLINE(google-explicit-constructor): any member that is kept may be named
  consteval Kept(std::uint64_t T::*m) : member(m) {
    bool found = false;
    for_each_field<T>([&](auto field) {
      if (!includes(field().folds, what)) return;
      found = found || field().member == m;
      place += found ? 0 : 1;
    });
    if (!found) throw "this is not kept of the field";
  }
  /// Of how many fields it is kept.
  [[nodiscard]] static consteval std::size_t how_many() {
    auto const count = [](auto const&... field) {
      return ((includes(field.folds, what) ? 1 : 0) + ... + std::size_t{0});
    };
    return std::apply(count, T::fields());
  }
};

/// Likewise a ratio, by its name.
template <class T>
struct KeptRatio {
  std::size_t place = 0;
  /// Finds where it stands.
  // NOLINTNEXTLINE(google-explicit-constructor): likewise
  consteval KeptRatio(char const* name) {
    bool found = false;
    auto const look = [&](auto const& ratio) {
      found = found || std::string_view(ratio.name) == name;
      place += found ? 0 : 1;
    };
    std::apply([&look](auto const&... ratio) { (look(ratio), ...); }, ratios_of<T>());
    if (!found) throw "there is no such ratio";
  }
  /// How many ratios there are.
  [[nodiscard]] static consteval std::size_t how_many() { return std::tuple_size_v<decltype(ratios_of<T>())>; }
};

/// What is kept of a kind of totals over replications: the sum of each field, and more of those that say so.
template <class T>
struct Folded {
  T total;  ///< summed
  std::array<Wide, Kept<T, Folds::squares>::how_many()> squares{};
  std::array<Cubes, Kept<T, Folds::cubes>::how_many()> cubes{};
  std::array<Greatest, Kept<T, Folds::greatest>::how_many()> greatest{};
  std::array<RatioSums, KeptRatio<T>::how_many()> ratios{};

  /// Adds a replication's.
  void add(T const& own) {
    merge_into(total, own);
    std::size_t s = 0, c = 0, g = 0, r = 0;
    for_each_field<T>(
        [&](auto field, std::uint64_t value) {
          if constexpr (includes(field().folds, Folds::squares)) squares[s++] += Wide{value} * value;
          if constexpr (includes(field().folds, Folds::cubes)) cubes[c++].add(value);
          if constexpr (includes(field().folds, Folds::greatest)) greatest[g++].add(value);
        },
        own);
    auto const add_ratio = [&](auto const& ratio) {
      ratios[r++].add(std::invoke(ratio.part, own), std::invoke(ratio.of, own));
    };
    std::apply([&add_ratio](auto const&... ratio) { (add_ratio(ratio), ...); }, ratios_of<T>());
  }
  /// The sum of the squares of a field.
  [[nodiscard]] Wide squares_of(Kept<T, Folds::squares> field) const { return squares[field.place]; }
  /// The sum of its cubes.
  [[nodiscard]] Cubes const& cubes_of(Kept<T, Folds::cubes> field) const { return cubes[field.place]; }
  /// The greatest that it was in a replication.
  [[nodiscard]] std::uint64_t greatest_of(Kept<T, Folds::greatest> field) const { return greatest[field.place].value; }
  /// Sums and products of the two counts of a ratio.
  [[nodiscard]] RatioSums const& ratio(KeptRatio<T> which) const { return ratios[which.place]; }

  /// The mean of so many replications; of a field whose squares and cubes are kept, which is named twice.
  [[nodiscard]] std::optional<Estimate> mean(Kept<T, Folds::squares> field, Kept<T, Folds::cubes> again,
                                             std::uint64_t replications) const {
    return mean_estimate({total.*field.member, squares[field.place], cubes[again.place]}, replications);
  }

  static constexpr auto fields() {
    return std::tuple(Field{&Folded::total, "total", "", "the sums"},
                      Field{&Folded::squares, "squares", "", "sums of squares"},
                      Field{&Folded::cubes, "cubes", "", "sums of cubes"},
                      Field{&Folded::greatest, "greatest", "", "of any replication"},
                      Field{&Folded::ratios, "ratios", "", "sums and products of the two counts of each"});
  }
  friend bool operator==(Folded const&, Folded const&) = default;
};

}  // namespace cwtsim
