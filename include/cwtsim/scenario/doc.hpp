#pragma once
// What is said of a field beside its name and type.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {

using Words = std::span<std::string_view const>;

/// The kinds (of step, of resource, of rule) that have a field; unless some are listed, all of them.
struct Kinds {
  static constexpr std::uint32_t all = ~std::uint32_t{0};
  Words words = {};             ///< of the kinds there are
  std::uint32_t members = all;  ///< bit a word

  /// The words of those that are listed; none where all have it.
  [[nodiscard]] std::vector<std::string> listed() const {
    std::vector<std::string> kinds;
    for (std::size_t i = 0; i < words.size(); ++i)
      if (members >> i & 1u) kinds.emplace_back(words[i]);
    return kinds;
  }
  /// This one has it.
  [[nodiscard]] bool have(std::string_view kind) const {
    auto const kinds = listed();
    return members == all || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  }
};
/// The kinds of step of whose records something holds.
template <class Says>
[[nodiscard]] constexpr Kinds steps(Says const& says) {
  return {words_of<StepKind>(), steps_that(says)};
}
/// One kind alone.
template <class Kind>
[[nodiscard]] constexpr Kinds only(Kind kind) {
  static_assert(count_of<Kind> < 32);
  return {words_of<Kind>(), 1u << static_cast<unsigned>(kind)};
}

/// The documentation and the limits of one field of a scenario file.
struct Doc {
  std::string_view text = {};      ///< what it means, in one line
  std::string_view example = {};   ///< a value as it stands in the file
  bool required = false;           ///< refused when absent (in every kind that has it)
  std::optional<double> min = {};  ///< least number or count allowed (inclusive)
  std::optional<double> max = {};  ///< largest number or count allowed (inclusive)
  Kinds kinds = {};                ///< the kinds of step, resource or rule that have it
  std::string_view keys = {};      ///< the keys its object must have, with blanks; empty: any names
  bool whole_keys = false;         ///< the names of its shares are whole numbers from 1
  std::string_view mend = {};      ///< what to do when its value is refused
  bool nearest = false;            ///< a count that a lever makes a fraction of is that to the nearest whole
};

/// Of `odds` and `times`: the product of as many as are allowed is a number still.
inline constexpr double largest_factor = 1000;
inline constexpr std::size_t most_factors = 32;

/// The date from which a target written as a plain number holds: the earliest that can be written.
inline constexpr std::string_view always_from = "1900-01-01";

}  // namespace cwtsim::scenario
