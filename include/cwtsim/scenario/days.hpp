#pragma once
// Days of the week as a planner writes them.

#include <array>
#include <optional>
#include <string_view>

namespace cwtsim::scenario {

/// The days of "daily", "mon-fri", "sat-mon" (over the weekend), "tue" or a list of those ("mon,wed-fri"); Monday
/// first. Nothing if it is not written so or names a day twice.
[[nodiscard]] std::optional<std::array<bool, 7>> parse_days(std::string_view text);

}  // namespace cwtsim::scenario
