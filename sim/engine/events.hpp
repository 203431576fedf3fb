#pragma once
// What may happen by itself, and the calendar of it.

#include <cstdint>

#include "cwtsim/engine/event_queue.hpp"

namespace cwtsim::engine {

enum class EventKind : std::uint8_t {
  day_begins,
  hour_begins,
  minute_begins,
  measuring_begins,
  era_begins,
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
  group_leaves,  ///< the subject is a step at a provider, its epoch the group's
  rule_acts,     ///< the subject is a rule
  moved_arrives  ///< somebody whom a rule has moved
};

using Events = EventQueue<EventKind>;

}  // namespace cwtsim::engine
