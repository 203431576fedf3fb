#pragma once
// What is recorded of patients beside their clocks, compiled.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "cwtsim/model/range.hpp"

namespace cwtsim::model {

enum class Recorded : std::uint8_t { value, days, number, count };

/// Something recorded of a patient at a milestone.
struct Measure {
  std::uint64_t on = 0;  ///< milestone bits
  Recorded what = Recorded::count;
  bool is_share = false;    ///< its values lie between 0 and 1
  bool has_hazard = false;  ///< a delay lowers its value
  bool target_at_most = false;
  std::uint8_t since = 0;            ///< days, hazard: place in Model::remembered; number: in Model::numbered
  std::int32_t beyond = 0, per = 1;  ///< hazard: days
  std::uint64_t scale = 1;           ///< values are whole numbers of so many parts of one
  Range condition;
  Range cuts;                   ///< their strata are numbered on their own, over all measures
  std::vector<double> targets;  ///< by measured month; NaN: none
  bool in_ledger = false;  ///< its values, pence then, go into accounts: the ledger's (those of the providers follow
                           ///< it), and its own
  std::array<std::uint32_t, 2> accounts{};
};

/// A difference between strata of one standard or measure, over the measured time.
struct Gap {
  std::string name, by, from, to;
  bool of_measure = false;
  std::uint32_t of = 0;    ///< the standard or measure
  bool is_spread = false;  ///< greatest less least of the strata first .. first + levels - 1
  std::uint32_t first = 0, levels = 0;
  std::uint32_t lower = 0, upper = 0;  ///< else: the strata of `from` and of `to`
  std::uint64_t at_least = 0;          ///< patients, for a stratum to be looked at
};

/// Milestones::measures: bit m is measure m; the last but one all from there on; the last that the first day or
/// the number of some milestone is to be remembered.
inline constexpr std::uint32_t other_measures = 62, remembers = 63;

}  // namespace cwtsim::model
