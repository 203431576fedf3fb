#pragma once
// The row of a patient, and what is kept beside it.

#include <array>
#include <cstddef>
#include <cstdint>

#include "cwtsim/core/time.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

using Row = std::uint32_t;  ///< index of a patient (or of one branch of a patient)
inline constexpr Row no_row = 0xFFFFFFFFu;
inline constexpr std::int16_t not_running = INT16_MIN;

enum class Doing : std::uint8_t {
  nothing,
  expected,
  delayed,
  pending,
  queued,
  set_aside,
  gathered,  ///< waits for others
  in_service,
  paused,
  blocked,
  branched,
  withdrawn  ///< taken out of its list because the patient ends
};

/// On a list, or looked at on it.
[[nodiscard]] constexpr bool is_on_list(Doing doing) {
  return doing == Doing::pending || doing == Doing::queued || doing == Doing::set_aside;
}

/// What one who is delayed waits out.
enum class Away : std::uint8_t {
  step,       ///< the time of the step itself
  repeat,     ///< until its next repeat
  rebooking,  ///< until its next appointment
  move        ///< on its way to where a rule has moved it
};

/// Hot state of a patient, or of one of several branches of a patient: one cache line. Where two names share a place,
/// what the patient is doing says which of them is meant.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): one name of each place is initialised
struct alignas(64) Patient {
  std::uint64_t key = 0;
  Row parent = no_row;  ///< a branch's patient (or outer branch)
  Row root = no_row;
  Row next = no_row;  ///< in the list it stands in
  Row previous = no_row;
  union {
    Tick carried = 0;  ///< on a list: waited outside before; in service: served before an interruption
    Row first_child;   ///< branched
  };
  Row sibling = no_row;
  union {
    Tick joined = 0;  ///< since when it waits (perhaps from before the start), is away, is held or has branches
    Tick finishes;    ///< in service: when
    Tick left;        ///< paused: ticks of service still to do
  };
  union {
    Tick started = 0;  ///< the step (or went on with it)
    Tick due;          ///< waiting in order of breach date: see WaitingLists
    Tick joining;      ///< branched: since when so many branches wait for the others
  };
  std::uint32_t epoch = 0;
  union {
    std::uint32_t visits = 0;  ///< of steps that can be come to again
    model::Index16 source;     ///< expected: where it comes from
  };
  model::Index16 step = 0;
  model::Index16 next_step = 0;  ///< where one goes who is held, gives up or starts a branch
  model::Index16 provider = 0;
  std::uint16_t repeat = 0;  ///< of the step, from 0
  std::uint16_t repeats = 1;
  union {
    std::uint16_t missed = 0;  ///< appointments of this step
    std::uint16_t absorbed;    ///< branched: branches that wait for the others
  };
  std::uint16_t children = 0;  ///< branches not yet joined
  Doing doing = Doing::nothing;
  union {
    std::uint8_t queue_class = 0;  ///< on a list
    bool holding;                  ///< blocked: it keeps the resources of its step
    Away away;                     ///< delayed
  };
};
static_assert(sizeof(Patient) == 64);

/// One clock of one patient.
struct Clock {
  std::int16_t start = not_running;  ///< day
  std::int16_t first_adjusted = 0;   ///< days taken off before the first appointment
  std::int16_t paused = 0;           ///< days taken off later; while it is paused, less the day since when it is
  std::int16_t handed_over = 0;      ///< days waited at the last transfer; meaningful once the provider has changed
  model::Index16 provider = 0;       ///< at the start

  [[nodiscard]] bool runs() const { return start != not_running; }
  /// Days taken off by pauses until a day.
  [[nodiscard]] std::int32_t paused_until(std::int32_t day, bool is_paused) const {
    return is_paused ? paused + day : paused;
  }
  [[nodiscard]] std::int32_t waited(std::int32_t day, bool is_paused) const {
    return day - start - first_adjusted - paused_until(day, is_paused);
  }
};

/// Memory of a person: its stream, its clocks, the first days and the numbers of milestones, its levels, its pauses.
struct alignas(64) CacheLine {
  std::array<std::byte, 64> bytes;
};
inline constexpr std::size_t clocks_at = sizeof(model::Index16);
/// Where its levels begin, in bytes.
inline std::size_t levels_at(model::Model const& model) {
  return clocks_at + sizeof(Clock) * model.standards.size() + sizeof(std::int16_t) * model.remembered.size() +
         sizeof(std::uint16_t) * model.numbered.size();
}
/// Where the numbers of its pauses begin that are under way, by adjustment.
inline std::size_t pauses_at(model::Model const& model) {
  return levels_at(model) + model.attributes;
}
/// Whole cache lines, in bytes.
inline std::size_t person_size(model::Model const& model) {
  std::size_t const used = pauses_at(model) + model.pausing;
  return (used + sizeof(CacheLine) - 1) / sizeof(CacheLine) * sizeof(CacheLine);
}

/// A list of rows, linked both ways through them.
struct RowList {
  Row head = no_row, tail = no_row;
  [[nodiscard]] bool empty() const { return head == no_row; }
};

}  // namespace cwtsim::engine
