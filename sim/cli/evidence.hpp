#pragma once
// How well the figures of a scenario are founded.

#include <array>
#include <cstddef>

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::cli {

/// How many objects carry each mark, by scenario::Mark; `none` are those without one.
struct EvidenceCounts {
  std::array<std::size_t, count_of<scenario::Mark>> by_mark{};
};
[[nodiscard]] EvidenceCounts count_evidence(scenario::Scenario const& scenario);

}  // namespace cwtsim::cli
