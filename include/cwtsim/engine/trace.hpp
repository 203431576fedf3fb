#pragma once
// What happened to every patient of one replication, moment by moment: for tests and logs. Asking for it changes no
// result.

#include <cstdint>
#include <vector>

#include "cwtsim/core/time.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

enum class Happening : std::uint8_t {
  referred,      ///< the patient arrives; no step yet
  joined,        ///< enters a step (for the first time of its repeats)
  joined_again,  ///< the next of its repeats, or after a missed appointment
  started,       ///< a delay or transfer: as it joins
  missed,        ///< did not attend
  interrupted,   ///< by a closing
  resumed,
  finished,     ///< each of its repeats
  gave_up,      ///< left the list
  turned_away,  ///< the list was full; the step is the one that was not entered
  left,         ///< the patient ends
  moved         ///< by a rule: off the list, to that of another provider
};

/// Branches of a patient have the patient's key.
struct Moment {
  std::uint64_t patient = 0;  ///< its key
  Tick at = 0;
  model::Index16 step = model::none16;
  model::Index16 provider = 0;
  Happening what = Happening::referred;
  friend bool operator==(Moment const&, Moment const&) = default;
};

using Trace = std::vector<Moment>;

}  // namespace cwtsim::engine
