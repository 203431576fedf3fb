#pragma once
// The timetable at work: sessions, shifts and meetings begin and end.

#include <vector>

#include "capacity.hpp"
#include "events.hpp"
#include "flow.hpp"
#include "now.hpp"
#include "rules.hpp"
#include "staff.hpp"

namespace cwtsim::engine {

class Openings {
 public:
  struct Parts {
    Now const& now;
    Events& events;
    Capacity& capacity;
    Staff& staff;
    Rules& rules;
    Flow& flow;
  };
  explicit Openings(Parts const& parts) : parts_(parts) {}

  /// Servers that are always there begin.
  void begin();
  /// Shifts of servers that began on the day before the first one and last into it.
  void begin_shifts_of_the_day_before();
  /// What opens today. An opening that began before the first moment is kept for servers, who are then at work.
  void schedule();
  void open(std::uint32_t opening);
  void close_session(model::Index16 resource) { parts_.capacity.end_sessions(resource); }
  void close_servers(model::Index16 resource);
  /// Other numbers hold from now on.
  void take_era();

 private:
  void open_servers(model::Index16 resource, std::uint32_t amount, Tick length);
  void open_session(model::Index16 resource, std::uint32_t opening);
  [[nodiscard]] std::uint32_t slots_of(model::Index16 resource, model::Opening const& opening);

  Parts const parts_;
};

}  // namespace cwtsim::engine
