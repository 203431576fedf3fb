#pragma once
// What is recorded of patients beside their clocks, as the user wrote it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cwtsim/scenario/values.hpp"

namespace cwtsim::scenario {

inline constexpr double most_value = 1e6;  ///< that a measure may record

/// A chance of survival S becomes S^(ratio^(days beyond / per)) after a delay.
struct Hazard {
  std::string since;             ///< milestone: the days are counted from the first of the patient
  std::int64_t beyond_days = 0;  ///< JSON "beyond": so many days do no harm
  std::int64_t per_days = 28;    ///< JSON "per"
  NumberTable ratio;             ///< of the hazard, for each `per` of delay
  friend bool operator==(Hazard const&, Hazard const&) = default;
};

/// How far apart the groups of a stratum are: `to` less `from`, or the greatest less the least.
struct Gap {
  std::string by;                        ///< one of the strata reported
  std::string from, to;                  ///< levels; or
  std::optional<std::int64_t> at_least;  ///< of the levels with so many patients counted in the measured time
  friend bool operator==(Gap const&, Gap const&) = default;
};

enum class TargetIs : std::uint8_t { at_least, at_most };

/// Something recorded of a patient whenever a milestone is reached.
struct Measure {
  std::string label;
  std::vector<std::string> on;  ///< milestones
  Condition only_when;          ///< JSON "for": judged at the milestone
  NumberTable value;            ///< a number that depends on the patient; or
  std::string days_since;       ///< whole days from the first such milestone of the patient; or
  std::string number_of;        ///< how often the patient has reached this milestone by then; or none of them: a count
  std::string unit;             ///< "share": the values lie between 0 and 1
  std::optional<Hazard> hazard;
  std::vector<std::string> by;  ///< strata, as of a standard
  Named<double> targets;        ///< date -> mean
  TargetIs target_is = TargetIs::at_least;
  std::string ledger;  ///< the values are pounds, and go into it too
  Named<Gap> gaps;
  Evidence evidence;
  friend bool operator==(Measure const&, Measure const&) = default;
};

}  // namespace cwtsim::scenario
