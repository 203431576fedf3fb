#pragma once
// Days on which something is held.

#include <cstdint>

namespace cwtsim::model {

/// Some weekdays, of all weeks or of every so many.
struct Days {
  std::uint8_t weekdays = 0;  ///< bit a weekday, Monday lowest
  bool closed_on_holidays = false;
  std::uint32_t every_weeks = 1;  ///< counted from the Monday of the first week
};

}  // namespace cwtsim::model
