#pragma once
// Days of the week as a planner writes them.

#include <array>
#include <optional>
#include <string_view>

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {

/// The days of "daily", "mon-fri", "sat-mon" (over the weekend), "tue" or a list of those ("mon,wed-fri"); Monday
/// first. Nothing if it is not written so or names a day twice.
[[nodiscard]] std::optional<std::array<bool, 7>> parse_days(std::string_view text);

/// How many openings of a resource there are a week, one that is held every other week counted as half of one.
[[nodiscard]] double openings_a_week(Resource const& resource);

}  // namespace cwtsim::scenario
