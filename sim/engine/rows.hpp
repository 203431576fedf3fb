#pragma once
// What a replication keeps of each patient, resource, session and role.

#include <array>
#include <cstddef>
#include <cstdint>

#include "cwtsim/core/time.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

using Row = std::uint32_t;  ///< index of a patient (or of one branch of a patient)
inline constexpr Row no_row = 0xFFFFFFFFu;
inline constexpr std::int16_t not_running = INT16_MIN;
inline constexpr std::int32_t due_offset = 100'000;  ///< days, so that due days are above 0

enum class EventKind : std::uint8_t {
  day_begins,
  hour_begins,
  minute_begins,
  measuring_begins,
  phase_begins,
  servers_close,
  step_finished,
  joins_again,
  gives_up,
  referral,
  opening_opens,
  session_closes,
  work_stops,
  notice_is_up,
  month_ends,
  rule_acts  ///< on a list (subject from `rules_from` on), or somebody it has moved arrives
};
inline constexpr std::uint32_t rules_from = 0x80000000u;

enum class Doing : std::uint8_t {
  nothing,
  expected,
  delayed,
  pending,
  queued,
  set_aside,
  in_service,
  paused,
  blocked,
  branched,
  withdrawn  ///< taken out of its list because the patient ends
};

/// Hot state of a patient, or of one of several branches of a patient: one cache line.
struct alignas(64) Patient {
  std::uint64_t key = 0;
  Row parent = no_row;  ///< a branch's patient (or outer branch)
  Row root = no_row;
  Row next = no_row;  ///< in the list it stands in
  Row previous = no_row;
  Row first_child = no_row;
  Row sibling = no_row;
  Tick joined = 0;   ///< the list of its step; once started: when it will finish; when paused: ticks left
  Tick started = 0;  ///< the step; while it waits in order of breach date: its due day and due_offset
  std::uint32_t epoch = 0;
  model::Index16 step = 0;
  model::Index16 next_step = 0;  ///< where a blocked patient goes; where one who gives up goes
  model::Index16 provider = 0;
  std::uint16_t visits = 0;
  std::uint16_t repeat = 0;  ///< of the step, from 0
  std::uint16_t repeats = 1;
  std::uint16_t missed = 0;  ///< appointments of this step
  Doing doing = Doing::nothing;
  std::uint8_t queue_class = 0;
  std::uint8_t children = 0;  ///< branches not yet joined
  bool holding = false;       ///< a blocked patient keeps the resources of its step
};

/// One clock of one patient.
struct Clock {
  std::int16_t start = not_running;  ///< day
  std::int16_t first_adjusted = 0;   ///< days taken off before the first appointment
  std::int16_t paused = 0;           ///< days taken off later
  std::int16_t handed_over = 0;      ///< day of the last transfer; meaningful once the provider has changed
  model::Index16 provider = 0;       ///< at the start

  [[nodiscard]] bool runs() const { return start != not_running; }
  [[nodiscard]] std::int32_t waited(std::int32_t day) const { return day - start - first_adjusted - paused; }
};

static_assert(sizeof(Patient) == 64);

/// Memory of a person: its stream, its clocks, the first days and the numbers of marks, its levels.
struct alignas(64) CacheLine {
  std::array<std::byte, 64> bytes;
};
inline constexpr std::size_t clocks_at = sizeof(model::Index16);
/// Where its levels begin, in bytes.
inline std::size_t levels_at(model::Model const& model) {
  return clocks_at + sizeof(Clock) * model.standards.size() + sizeof(std::int16_t) * model.remembered.size() +
         sizeof(std::uint16_t) * model.numbered.size();
}
/// Whole cache lines, in bytes.
inline std::size_t person_size(model::Model const& model) {
  std::size_t const used = levels_at(model) + model.attributes;
  return (used + sizeof(CacheLine) - 1) / sizeof(CacheLine) * sizeof(CacheLine);
}

struct List {
  Row head = no_row, tail = no_row;
};

struct Due {
  std::uint64_t key;  ///< due day, then order of joining
  Row row;
  std::uint32_t epoch;
};

/// What most events touch comes first: one cache line. The rules of the phase are copied here for that.
struct alignas(64) ResourceState {
  std::int64_t free = 0;      ///< servers: capacity less those in use; may be below zero after a shift ends
  std::uint32_t waiting = 0;  ///< pending and queued
  std::uint32_t longest = 0;  ///< most waiting at once, in measured time
  List paused;                ///< only where a closing interrupts
  List blocked;               ///< held elsewhere until there is room
  std::uint64_t busy_ticks = 0;
  std::uint32_t queue = 0;  ///< first of its lists, or its heap
  std::uint32_t slots_left = 0;
  Tick closes = 0;  ///< of the open session
  Tick notice = 0;  ///< rule
  model::ResourceKind kind = model::ResourceKind::sessions;
  model::Order order = model::Order::arrival;
  model::AtClosing at_closing = model::AtClosing::finish;
  bool shared_needs = false;    ///< rule
  bool has_dependents = false;  ///< rule
  bool dispatching = false;     ///< its list is being worked through
  bool dispatch_again = false;  ///< something changed meanwhile
  bool overlapping = false;     ///< several sessions are open: their slots are in open_sessions_

  List pending;  ///< notice not yet up
  List serving;  ///< only where a closing interrupts
  std::uint32_t joins = 0;
  std::uint32_t capacity = 0;  ///< servers open now
  Tick opened = 0;             ///< servers: since when the capacity has been as it is
  std::uint32_t opening = 0;   ///< the session that is open
  std::uint64_t share = 0;     ///< slots owed, in units of 2^-32
  std::size_t most_due = 0;    ///< greatest length of its heap in this replication
  bool wake_due = false;       ///< an event for the end of a notice is scheduled
};
static_assert(offsetof(ResourceState, pending) == 64);

/// What the totals of resources have been given of a step's totals.
struct Credited {
  std::uint64_t starts = 0, wait_ticks = 0;
};

/// A session that is open beside another one of its resource.
struct OpenSession {
  Tick closes = 0;
  std::uint32_t left = 0;  ///< slots
};

struct StaffState {
  std::uint32_t day = 0xFFFFFFFFu;
  double left = 0;               ///< sessions
  double owed = 0;               ///< fraction carried to the next day
  double taught = 0;             ///< sessions of today that training takes
  std::uint32_t first_post = 0;  ///< where people come and go
  std::uint32_t posts = 0;
  std::uint32_t able = 0, trainees = 0;  ///< in post, today
};

/// A rule of kind capacity at a provider.
struct RuleState {
  bool holds = false;
  Tick from = 0;  ///< when the capacity is there
};

/// A post of a role whose people come and go.
struct Post {
  enum class Holder : std::uint8_t { nobody, trainee, able };
  double stays = 0;         ///< hazard that its holder still outlasts
  std::uint32_t until = 0;  ///< day on which somebody starts, or on which training is over
  std::uint32_t spell = 0;  ///< how many have left it
  Holder holder = Holder::nobody;
  bool known = false;  ///< it has been there before
};

/// People whom a session would take from a role for another one.
struct StandIn {
  model::Index16 from = 0, role = 0;
  std::uint32_t people = 0;
};

}  // namespace cwtsim::engine
