#pragma once
// How much a scenario may hold: what is counted in few bits, or for every pair of two things, in the model and the
// engine. docs/promises.md lists all limits, where each is held, and its tests.

#include <cstddef>

namespace cwtsim::scenario {

// Numbered in 16 bits.
inline constexpr std::size_t most_steps = 60'000, most_resources = 60'000, most_providers = 60'000,
                             most_sources = 60'000,  ///< streams, at each of their providers
    most_waiting_lists = 60'000, most_roles = 60'000, most_rules = 60'000;
// Kept for every pair.
inline constexpr std::size_t most_steps_at_providers = 4'000'000, most_resources_at_providers = 20'000'000,
                             most_accounts = 1'000'000;
inline constexpr std::size_t most_openings = 1'000;           ///< of a resource: all may be open at once
inline constexpr double most_slots = 1e6;                     ///< of a session
inline constexpr double most_posts = 2e6;                     ///< whose holders come and go, at any date
inline constexpr std::size_t most_strata_in_all = 100'000;    ///< of standards; of measures as many again
inline constexpr std::size_t most_branches = 1'000;           ///< of one patient at one time
inline constexpr std::size_t most_pauses = 255;               ///< of these so many in steps that pause its clocks
inline constexpr std::size_t most_times_of_day = 1'440;       ///< of a timetable
inline constexpr std::size_t most_long_waits = 2;             ///< of a standard
inline constexpr double most_cells_in_all = 50e6;             ///< of all tables, at all dates
inline constexpr std::size_t most_distributions = 100'000;    ///< at all dates
inline constexpr double longest_days = 60 * 366;              ///< of a scenario, and of what is set once for all
inline constexpr double most_days_waited = 10'000;            ///< before the first moment
inline constexpr double most_ticks = 2147483648.0 - 1048576;  ///< of a scenario: any length of time may come on top

}  // namespace cwtsim::scenario
