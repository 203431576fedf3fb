#pragma once
// What builds with CWTSIM_CHECKS keep beside a replication, to hold it against: see checks.cpp.

#include <cstdint>
#include <vector>

#include "cwtsim/core/time.hpp"

namespace cwtsim::engine {

/// Counts of the same things as the engine's, arrived at in another way: from what happens to the patients.
struct Ledger {
  /// A step at a provider.
  struct AtStep {
    std::uint64_t waiting = 0;
    Tick since = 0;              ///< when `waiting` changed last
    std::uint64_t area = 0;      ///< of `waiting` over time, up to `since`
    std::uint64_t waits = 0;     ///< of those who no longer wait, however that came about
    std::uint64_t starts = 0;    ///< measured
    std::uint64_t measured = 0;  ///< waits of these
    // filled from the rows by a full check
    std::uint64_t rows = 0, ages = 0;
  };
  struct AtResource {
    std::int64_t in_use = 0;
    std::uint32_t capacity = 0;
    Tick since = 0;                    ///< when one of the two changed last
    std::uint64_t busy = 0, open = 0;  ///< areas over measured time
    std::uint64_t starts = 0, measured = 0;
    std::uint64_t held = 0;  ///< by the rows
  };
  std::vector<AtStep> steps;  ///< [step * providers + provider]
  std::vector<AtResource> resources;
  std::vector<std::uint8_t> listed;  ///< [row] stands in a list
  std::uint64_t referred = 0;
  std::uint64_t left = 0;
  std::uint64_t full_check_at = 0;  ///< events
  Tick last = 0;
};

}  // namespace cwtsim::engine
