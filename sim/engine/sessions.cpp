#include <algorithm>
#include <cmath>

#include "state.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::ResourceKind;

// The openings of a day. An opening that began before the first moment is kept for servers, who are then at work.
void Workspace::State::schedule_openings(std::uint32_t day) {
  for (std::uint32_t i = 0; i < phase_->openings.size(); ++i) {
    model::Opening const& o = phase_->openings[i];
    if (!(o.weekdays >> model_.weekday_of_day[day] & 1)) continue;
    if (o.closed_on_holidays && model_.holiday[day]) continue;
    if (o.every_weeks > 1 && model_.week_of_day[day] % o.every_weeks != 0) continue;
    Tick const opens = day * model_.ticks_per_day + o.opens;
    bool const servers = rules_[o.resource].kind == ResourceKind::servers;
    if (opens < now_) {
      if (servers && opens + o.length > now_) open_servers(o.resource, o.amount, opens + o.length - now_);
      continue;
    }
    auto const phase = rules_[o.resource].kind == ResourceKind::meeting ? Phase::meeting : Phase::opening;
    events_.push(opens, phase, static_cast<std::uint8_t>(EventKind::opening_opens), 0, i);
  }
}

// Shifts of servers that began on the day before the first one and last into it.
void Workspace::State::open_shifts_before(std::uint32_t day) {
  std::uint32_t const weekday = (model_.weekday_of_day[day] + 6u) % 7;
  for (model::Opening const& o : phase_->openings) {
    if (rules_[o.resource].kind != ResourceKind::servers || !(o.weekdays >> weekday & 1)) continue;
    if (o.closed_on_holidays && model_.holiday_before) continue;
    if (o.every_weeks > 1 && (weekday == 6 || model_.week_of_day[day] % o.every_weeks != 0)) continue;
    Tick const closes = o.opens + o.length;  // since the midnight before the first day
    if (closes > model_.ticks_per_day + now_) open_servers(o.resource, o.amount, closes - model_.ticks_per_day - now_);
  }
}

void Workspace::State::open(std::uint32_t index, std::uint32_t day) {
  model::Opening const& o = phase_->openings[index];
  switch (rules_[o.resource].kind) {
    case ResourceKind::servers:
      open_servers(o.resource, o.amount, o.length);
      break;
    case ResourceKind::sessions:
    case ResourceKind::meeting:
      open_session(o.resource, index, day);
      break;
  }
}

void Workspace::State::count_open_time(Index16 index, Tick until) {
  ResourceState& state = resources_[index];
  if (measuring_)
    result_.resources[index].open_ticks +=
        static_cast<std::uint64_t>(until - std::max(state.opened, model_.measure_from)) * state.capacity;
  state.opened = until;
}

// From now on so many servers are at work; length 0: until something else is said.
void Workspace::State::open_servers(Index16 index, std::uint32_t amount, Tick length) {
  ResourceState& state = resources_[index];
  count_open_time(index, now_);
  state.free += static_cast<std::int64_t>(amount) - state.capacity;
  state.capacity = amount;
  if (measuring_) ++result_.resources[index].sessions;
  state.closes = length > 0 ? now_ + length : never;
  if (length > 0)
    events_.push(now_ + length, Phase::closing, static_cast<std::uint8_t>(EventKind::servers_close), 0, index);
  offer(index);
}

void Workspace::State::close_servers(Index16 index) {
  ResourceState& state = resources_[index];
  if (state.closes != now_) return;  // another shift has taken its place
  count_open_time(index, now_);
  state.free -= state.capacity;
  state.capacity = 0;
  model::AtClosing const rule = rules_[index].at_closing;
  // Work is interrupted after what finishes or opens in this very tick: servers may go on in the next opening.
  if (rule != model::AtClosing::finish && state.serving.head != no_row)
    events_.push(now_, Phase::opening, static_cast<std::uint8_t>(EventKind::work_stops), 0, index);
}

// Interrupts the work for which there is no server any more; if some are left, the latest to start.
void Workspace::State::stop_work(Index16 index) {
  ResourceState& state = resources_[index];
  model::AtClosing const rule = rules_[index].at_closing;
  while (state.free < 0 && state.serving.head != no_row) {
    Row const r = state.capacity == 0 ? state.serving.head : state.serving.tail;
    Patient& p = rows_[r];
    unlink(state.serving, r);
    model::Step const& step = steps_[p.step];
    state.free += phase_->needs[step.needs.first].count;
    count_busy(step, p.provider, p.started);
    if (measuring_) totals_of(p.step, p.provider).service_ticks += now_ - p.started;
    p.joined -= rule == model::AtClosing::pause ? now_ : p.started;  // ticks still to do
    p.started = now_;                                                // what else it holds it goes on holding
    p.doing = Doing::paused;
    note(Happening::interrupted, p, p.step);
    ++p.epoch;
    push_back(state.paused, r);
  }
  offer(index);  // one who stopped may have had more than was missing
}

void Workspace::State::open_session(Index16 index, std::uint32_t opening, std::uint32_t day) {
  model::Opening const& o = phase_->openings[opening];
  model::Resource const& resource = rules_[index];
  ResourceState& state = resources_[index];
  ResourceTotals& totals = result_.resources[index];
  std::uint32_t slots = o.amount;
  if (o.share_fixed > 0) {
    state.share += o.share_fixed;
    slots = static_cast<std::uint32_t>(state.share >> 32);
    state.share &= 0xFFFFFFFFULL;
  }
  if (!staffed(resource, day)) {
    if (measuring_) ++totals.cancelled;
    return;
  }
  bool const takes_all = slots == model::none32;
  if (takes_all) slots = 1U << 30;
  std::uint32_t const others =
      resource.other_work > 0 ? binomial(slots, resource.other_work, draw(key_, resource.place, now_).first) : 0;
  if (measuring_) {
    ++totals.sessions;
    if (!takes_all) totals.offered += slots;
    totals.other_work += others;
  }
  add_slots(index, opening, slots - others);
  release_notices(index);
  offer(index);
  if (resource.kind != ResourceKind::meeting) {
    wake_for_notice(index);
    return;
  }
  if (takes_all && measuring_) totals.offered += slots - state.slots_left;
  state.slots_left = 0;
}

// The slots of a session that opens; those of a session that is still open stay beside them until it closes.
void Workspace::State::add_slots(Index16 index, std::uint32_t opening, std::uint32_t slots) {
  ResourceState& state = resources_[index];
  model::Resource const& resource = rules_[index];
  bool const meeting = resource.kind == ResourceKind::meeting;
  Tick const closes = meeting ? never : now_ + phase_->openings[opening].length;
  if (meeting || state.slots_left == 0 || now_ >= state.closes) {
    state.overlapping = false;
    state.slots_left = slots;
    state.closes = closes;
    state.opening = opening;
    return;
  }
  auto const keep = [&](std::uint32_t i, Tick until, std::uint32_t left) {
    // a session whose hours a dated lever has changed can be held again before it closes
    bool const again = open_sessions_[2 * i].closes > now_ && open_sessions_[2 * i].left > 0;
    open_sessions_[2 * i + (again ? 1 : 0)] = {until, left};
    events_.push(until, Phase::closing, static_cast<std::uint8_t>(EventKind::session_closes), 0, index);
  };
  if (!state.overlapping) {
    for (std::uint32_t i = 0; i < 2 * resource.openings.count; ++i)
      open_sessions_[2 * resource.openings.first + i] = {};
    keep(state.opening, state.closes, state.slots_left);
    state.overlapping = true;
  }
  keep(opening, closes, slots);
  state.slots_left += slots;
  state.closes = std::max(state.closes, closes);
}

void Workspace::State::close_session(Index16 index) {
  ResourceState& state = resources_[index];
  if (!state.overlapping) return;
  model::Span const openings = rules_[index].openings;
  for (std::uint32_t i = 2 * openings.first; i < 2 * (openings.first + openings.count); ++i) {
    if (open_sessions_[i].closes > now_) continue;
    state.slots_left -= open_sessions_[i].left;
    open_sessions_[i].left = 0;
  }
}

// While a session is open with a slot to spare, the next patient whose notice ends in it is called when it does.
void Workspace::State::wake_for_notice(Index16 index) {
  ResourceState& state = resources_[index];
  if (state.wake_due || state.slots_left == 0 || state.pending.head == no_row || now_ >= state.closes) return;
  Tick const at = rows_[state.pending.head].joined + state.notice;
  if (at >= state.closes) return;
  state.wake_due = true;
  events_.push(at, Phase::opening, static_cast<std::uint8_t>(EventKind::notice_is_up), 0, index);
}

}  // namespace cwtsim::engine
