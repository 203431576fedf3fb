#pragma once
// What is recorded of patients beside their clocks, compiled.

#include <cstdint>
#include <vector>

#include "cwtsim/model/span.hpp"

namespace cwtsim::model {

enum class Recorded : std::uint8_t { value, days, count };

struct Measure {
  std::uint64_t on = 0;  ///< mark bits
  Recorded what = Recorded::count;
  bool is_share = false;       ///< its values lie between 0 and 1
  bool has_hazard = false;     ///< a delay lowers its value
  bool target_at_most = false;
  std::uint8_t since = 0;      ///< days, hazard: place in Model::remembered
  std::int32_t beyond = 0, per = 1;  ///< hazard: days
  std::uint64_t scale = 1;     ///< values are whole numbers of so many parts of one
  Span condition;
  Span cuts;                   ///< their strata are numbered on their own, over all measures
  std::vector<double> targets; ///< by measured month; NaN: none
};

/// Marks::measures: bit m is measure m; the last but one all from there on; the last that the first day of some mark is
/// to be remembered.
inline constexpr std::uint32_t other_measures = 62, remembers = 63;

}  // namespace cwtsim::model
