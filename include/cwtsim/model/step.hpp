#pragma once
// A compiled step of a pathway, and what belongs to it.

#include <cstddef>
#include <cstdint>

#include "cwtsim/core/kinds.hpp"
#include "cwtsim/model/range.hpp"
#include "cwtsim/model/tables.hpp"

namespace cwtsim::model {

using cwtsim::StepKind;

/// A resource that a step needs, and how much of it.
struct Need {
  Index16 name = 0;  ///< resource name index; Model::resource_at gives the resource of a provider
  Index16 count = 1;
  friend bool operator==(Need const&, Need const&) = default;
};

/// Factors of the share of one outcome: Era::factors, each a number in Era::probabilities.
struct Odds {
  std::uint32_t outcome = 0;
  Range factors;
  friend bool operator==(Odds const&, Odds const&) = default;
};

/// Leaving a queue or a delay for another step.
struct GivesUp {
  Lookup after;  ///< quantile table
  Index16 then = none16;
  std::uint64_t draws_at = 0;
  Range times;  ///< in Era::factors
  friend bool operator==(GivesUp const&, GivesUp const&) = default;
};

/// An attribute that is drawn: at the referral, or at the end of a step.
struct AttributeSet {
  std::uint8_t attribute = 0;
  std::uint64_t draws_at = 0;
  Lookup choice;  ///< Choice over levels
  Range odds;     ///< in Era::odds; only of those drawn at referral
  friend bool operator==(AttributeSet const&, AttributeSet const&) = default;
};

/// A branch of a parallel step.
struct Branch {
  Index16 step = none16;
  std::uint64_t draws_at = 0;
  Lookup probability;  ///< Era::probabilities
  friend bool operator==(Branch const&, Branch const&) = default;
};

/// Milestones, and the standards whose clocks they may touch: bit s is standard s, the highest bit all from the 64th
/// on.
struct Milestones {
  std::uint64_t bits = 0;  ///< bit a milestone
  std::uint64_t standards = 0;
  std::uint64_t measures = 0;  ///< likewise those that record something
  /// Whether any clock or measure goes by them.
  [[nodiscard]] bool matter() const { return (standards | measures) != 0; }
  friend bool operator==(Milestones const&, Milestones const&) = default;
};

/// What is asked of every step comes first, in one cache line; what only some steps have is told there by a flag.
struct alignas(64) Step {
  StepKind kind = StepKind::end;
  bool in_cycle = false;
  bool working_days = false;
  bool limited = false;        ///< somewhere the list it waits on has a limit
  bool many_needs = false;     ///< more than one
  bool frees = false;          ///< somewhere it needs servers, who are free again at its end
  bool takes_time = false;     ///< has `takes` that is not always nothing
  bool more_at_end = false;    ///< its end sets, pauses, milestones or transfers
  bool many_times = false;     ///< has `repeats`
  bool may_be_missed = false;  ///< has `dna_share`
  bool may_be_given_up = false;
  bool joining_matters = false, starting_matters = false;  ///< to clocks or measures
  bool has_odds = false, has_times = false;
  bool waits = false;      ///< on the list of a resource
  Index16 next = none16;   ///< where there is one route only
  Index16 lead_count = 0;  ///< of what it waits for, its first need
  Index16 joins_at = none16;
  Index16 continues_at = none16;
  std::uint64_t draws_at = 0;
  Lookup takes;  ///< quantile table

  Lookup then;  ///< Choice over steps
  Range needs, sets, gives_up, branches;
  Range odds;             ///< in Era::odds, of `then`
  Range finds;            ///< in Era::finds
  Range times, dna_odds;  ///< in Era::factors
  Milestones joined, started, finished;
  Index16 dna_then = none16;
  Index16 when_full = none16;
  std::uint16_t dna_up_to = none16;
  std::int8_t dna_adjusts = -1;   ///< adjustment index
  std::int8_t pauses = -1;        ///< adjustment index
  Lookup own;                     ///< what its kind alone has: to() or wait_at_most()
  Lookup repeats;                 ///< Choice whose targets are counts
  Lookup every;                   ///< quantile table
  Lookup dna_share;               ///< probability
  Lookup dna_rebook;              ///< quantile table
  Lookup priority;                ///< class
  std::uint32_t together = 0;     ///< gather: so many go on at once
  bool branches_may_end = false;  ///< parallel: some way leads to an end before the join

  /// transfer: Choice over providers.
  [[nodiscard]] Lookup const& to() const { return own; }
  /// gather: quantile table.
  [[nodiscard]] Lookup const& wait_at_most() const { return own; }
  friend bool operator==(Step const&, Step const&) = default;
};
static_assert(offsetof(Step, then) == 64);
// An odd number of cache lines: an even one lays all steps in the same few places of the cache.
static_assert(sizeof(Step) / 64 % 2 == 1);

}  // namespace cwtsim::model
