#pragma once
// Names that a reader takes for one and the program for two.

#include <string>
#include <string_view>
#include <vector>

#include "cwtsim/core/problem.hpp"

namespace cwtsim::scenario {

/// A name where it is written.
struct WrittenName {
  std::string text;
  std::string pointer;
  std::string place = {};  ///< "file.json:12:7"; empty: it is found later
};

/// True if the two are different and look alike: but for capital letters, blanks at an end, what stands between words,
/// letters of another alphabet or with an accent, or 0 for O and 1 for I and l.
[[nodiscard]] bool look_alike(std::string_view a, std::string_view b);
/// What of that tells them apart, in words: "capital letters and a blank at an end".
[[nodiscard]] std::string difference_of(std::string_view a, std::string_view b);
/// Of names that look alike, tells each that is written less often (or later) than another, once, where it is written
/// first. `thing` is what they name, in the plural ("milestones"); `effect`, if there is one, what follows from it.
void tell_alike(Problems& told, std::string_view thing, std::vector<WrittenName> const& names,
                std::string_view effect = {});

}  // namespace cwtsim::scenario
