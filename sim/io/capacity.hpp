#pragma once
// One word for how much of a resource there is, however it is spelled: /providers/NAME/resources/NAME/capacity.

#include <string>
#include <vector>

#include "levers.hpp"
#include "search.hpp"

namespace cwtsim::io {

/// Whether a pointer ends in that word.
[[nodiscard]] bool is_capacity(std::vector<std::string> const& tokens);

/// On how many days a week an opening is held; 0 where that is not said rightly.
[[nodiscard]] double held_a_week(Value const& opening);

/// Why a capacity cannot be changed so, and the remedy; nothing, if it can.
struct Wrong {
  std::string what, mend = {};
};
/// Changes the capacities of the resources to which a search has led, and notes what is done: of sessions slots a week,
/// of meetings cases a week, of servers how many are open at once. What sessions offer alike is written per week where
/// it would not be whole; all else is rounded to whole numbers by the largest remainder, and the change says so.
[[nodiscard]] Wrong pull_capacity(Search const& search, PlacedLever const& lever, Pulled& pulled);

}  // namespace cwtsim::io
