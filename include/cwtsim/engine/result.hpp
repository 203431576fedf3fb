#pragma once
// What one replication counted, over the measured time only unless said otherwise.

#include <cstdint>
#include <vector>

#include "cwtsim/core/time.hpp"

namespace cwtsim::engine {

/// A limit on memory is one on patients; `abandoned` was told to stop and says nothing.
enum class Outcome : std::uint8_t { completed, too_many_in_system, too_many_events, too_much_memory, abandoned };

struct StepTotals {
  std::uint64_t starts = 0;         ///< times the step started (delays: were entered)
  std::uint64_t wait_ticks = 0;     ///< from joining to starting, of those
  std::uint64_t service_ticks = 0;  ///< from starting to finishing, of those finished
  std::uint64_t gave_up = 0;
  friend bool operator==(StepTotals const&, StepTotals const&) = default;
};

struct ResourceTotals {
  std::uint64_t sessions = 0;    ///< held (or meetings held)
  std::uint64_t cancelled = 0;   ///< sessions without their staff
  std::uint64_t offered = 0;     ///< slots or cases, after cancellations, other work included
  std::uint64_t other_work = 0;  ///< slots used by other work
  std::uint64_t used = 0;        ///< slots, cases or starts, did-not-attends included
  std::uint64_t did_not_attend = 0;
  std::uint64_t turned_away = 0;
  std::uint64_t busy_ticks = 0;  ///< server ticks in use
  std::uint64_t open_ticks = 0;  ///< server ticks offered
  std::uint64_t wait_ticks = 0;  ///< of those who started
  std::uint64_t starts = 0;
  std::uint64_t waiting_at_end = 0;  ///< at the end of the replication
  std::uint64_t longest_list = 0;
  friend bool operator==(ResourceTotals const&, ResourceTotals const&) = default;
};

/// Days are those that begin in measured time; people are in millionths of a whole-time equivalent, sessions in people
/// times sessions.
struct StaffTotals {
  std::uint64_t days = 0;
  std::uint64_t posts = 0;    ///< times days
  std::uint64_t in_post = 0;  ///< likewise, those in training included
  std::uint64_t in_training = 0;
  std::uint64_t wanted = 0;    ///< by sessions when they open
  std::uint64_t manned = 0;    ///< of these, by people of the role and provider
  std::uint64_t stood_in = 0;  ///< by others
  std::uint64_t lacking = 0;   ///< people missing at sessions that were cancelled
  std::uint64_t lent = 0;      ///< people of the role at sessions of other roles and providers
  friend bool operator==(StaffTotals const&, StaffTotals const&) = default;
};

/// What a rule did at a provider.
struct RuleTotals {
  std::uint64_t looked = 0;                    ///< times the lists were looked at
  std::uint64_t begun = 0;                     ///< capacity: times it was decided on
  std::uint64_t in_force = 0;                  ///< capacity: ticks
  std::uint64_t sessions = 0;                  ///< capacity: held in that time
  std::uint64_t slots = 0;                     ///< of these
  std::uint64_t moved_from = 0, moved_to = 0;  ///< patients
  friend bool operator==(RuleTotals const&, RuleTotals const&) = default;
};

/// Counts of standards are in halves of a patient (shared patients count a half at each provider).
struct ReplicationResult {
  std::uint64_t replication = 0;
  Outcome outcome = Outcome::completed;
  Tick stopped_at = 0;         ///< the end, or the moment a limit was hit
  std::uint64_t events = 0;    ///< whole run
  std::uint64_t referred = 0;  ///< whole run: patients who arrived, those already waiting at the start included
  std::uint64_t finished = 0;  ///< whole run
  std::uint64_t still_in = 0;  ///< at the end: referred = finished + still_in
  std::uint64_t measured_referrals = 0;
  std::vector<std::uint32_t> counted;    ///< [month * strata + stratum] halves
  std::vector<std::uint32_t> met;        ///< likewise
  std::vector<std::uint32_t> days;       ///< [stratum * day_cells + days] halves, all measured months
  std::vector<std::uint32_t> open;       ///< [month * strata + stratum] open clocks at the end of the month, patients
  std::vector<std::uint32_t> open_long;  ///< [(month * strata + stratum) * 2 + k] beyond the k-th long wait
  std::vector<std::uint32_t> recorded;   ///< [month * measure strata + stratum] values recorded
  std::vector<std::uint64_t> pence;      ///< [month * accounts + account] of the ledgers
  std::vector<std::uint64_t> recorded_sums;  ///< likewise: their sum, in Measure::scale parts of one
  std::vector<std::uint64_t> arrivals;       ///< [source] in measured time
  std::vector<StepTotals> steps;             ///< [step * providers + provider]
  std::vector<ResourceTotals> resources;
  std::vector<StaffTotals> staff;  ///< by role of a provider
  std::vector<RuleTotals> rules;   ///< by rule and provider
};

}  // namespace cwtsim::engine
