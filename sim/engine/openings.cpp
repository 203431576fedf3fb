#include "openings.hpp"

#include <algorithm>

#include "cwtsim/core/draw.hpp"
#include "cwtsim/model/timetable.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::ResourceKind;

void Openings::begin() {
  for (std::uint32_t i = 0; i < parts_.capacity.size(); ++i) {
    model::Resource const& r = parts_.now.resource_rules[i];
    if (r.always_open) open_servers(static_cast<Index16>(i), r.servers, 0);
  }
}

void Openings::schedule() {
  Now const& now = parts_.now;
  model::Model const& model = now.model;
  for (std::uint32_t i = 0; i < now.era->openings.size(); ++i) {
    model::Opening const& o = now.era->openings[i];
    if (!held(model, o.days, now.day)) continue;
    Tick const opens = now.day * model.ticks_per_day + o.opens;
    auto const kind = now.resource_rules[o.resource].kind;
    if (opens < now.tick) {
      if (kind == ResourceKind::servers && opens + o.length > now.tick)
        open_servers(o.resource, o.amount, opens + o.length - now.tick);
      continue;
    }
    auto const phase = kind == ResourceKind::meeting ? Phase::meeting : Phase::opening;
    parts_.events.push(opens, phase, EventKind::opening_opens, 0, i);
  }
}

void Openings::begin_shifts_of_the_day_before() {
  Now const& now = parts_.now;
  model::Model const& model = now.model;
  for (model::Opening const& o : now.era->openings) {
    if (now.resource_rules[o.resource].kind != ResourceKind::servers || !held_the_day_before(model, o.days)) continue;
    Tick const closes = o.opens + o.length;  // since the midnight before the first day
    if (closes > model.ticks_per_day + now.tick)
      open_servers(o.resource, o.amount, closes - model.ticks_per_day - now.tick);
  }
}

void Openings::open(std::uint32_t index) {
  model::Opening const& o = parts_.now.era->openings[index];
  switch (parts_.now.resource_rules[o.resource].kind) {
    case ResourceKind::servers:
      open_servers(o.resource, o.amount, o.length);
      break;
    case ResourceKind::sessions:
    case ResourceKind::meeting:
      open_session(o.resource, index);
      break;
  }
}

// Length 0: until something else is said.
void Openings::open_servers(Index16 index, std::uint32_t amount, Tick length) {
  Tick const until = length > 0 ? parts_.now.tick + length : never;
  parts_.capacity.open_servers(index, amount, until);
  if (length > 0) parts_.events.push(until, Phase::closing, EventKind::servers_close, 0, index);
  parts_.flow.offer(index);
}

void Openings::close_servers(Index16 index) {
  if (!parts_.capacity.close_servers(index)) return;
  // Work is interrupted after what finishes or opens in this very tick: servers may go on in the next opening.
  if (!parts_.capacity[index].serving.empty())
    parts_.events.push(parts_.now.tick, Phase::opening, EventKind::work_stops, 0, index);
}

// As the timetable says, or as rules have changed them; fractions are carried to the next session.
std::uint32_t Openings::slots_of(Index16 index, model::Opening const& o) {
  std::uint64_t parts = o.exact_slots;
  bool const scaled = parts_.rules.scale(parts_.now.resource_rules[index], o, parts);
  return scaled || parts > 0 ? parts_.capacity.whole_slots(index, parts) : o.amount;
}

void Openings::open_session(Index16 index, std::uint32_t opening) {
  Now const& now = parts_.now;
  model::Resource const& resource = now.resource_rules[index];
  ResourceTotals& totals = parts_.capacity.totals(index);
  model::Opening const& hours = now.era->openings[opening];
  std::uint32_t slots = slots_of(index, hours);
  if (!parts_.staff.man(resource, now.tick + hours.length)) {
    if (now.measuring) ++totals.cancelled;
    return;
  }
  bool const takes_all = slots == model::none32;
  if (takes_all) slots = 1U << 30;
  std::uint32_t const others =
      resource.other_work > 0 ? binomial(slots, resource.other_work, draw(now.key, resource.draws_at, now.tick).first)
                              : 0;
  if (now.measuring) {
    ++totals.sessions;
    if (!takes_all) totals.offered += slots - others;
    totals.other_work += others;
    parts_.rules.count_session(resource, slots);
  }
  Capacity& capacity = parts_.capacity;
  capacity.add_slots(index, opening, slots - others);
  parts_.flow.lists.release_notices(index);
  parts_.flow.offer(index);
  if (resource.kind != ResourceKind::meeting) {
    parts_.flow.call_after_notice(index);
    return;
  }
  if (takes_all && now.measuring) totals.offered += slots - capacity[index].slots_left;
  capacity[index].slots_left = 0;
}

void Openings::take_era() {
  Now const& now = parts_.now;
  Capacity& capacity = parts_.capacity;
  Flow& flow = parts_.flow;
  for (std::uint32_t i = 0; i < capacity.size(); ++i) close_session(static_cast<Index16>(i));
  for (std::uint32_t n = 0; n < capacity.size(); ++n) {
    auto const i = static_cast<Index16>(n);
    model::Resource const& r = now.resource_rules[i];
    if (r.always_open && r.servers != capacity[i].servers) open_servers(i, r.servers, 0);
    // the notice may have become shorter
    flow.lists.release_notices(i);
    if (r.kind == ResourceKind::sessions && capacity.any(i)) {
      flow.offer(i);
      flow.lists[i].notice_event_due = false;
      flow.call_after_notice(i);
    }
    flow.admit_held(i);  // the waiting room may have grown
  }
}

}  // namespace cwtsim::engine
