#include <algorithm>

#include "state.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::none16;
using model::ResourceKind;

bool Workspace::State::has_capacity(Index16 index) const {
  ResourceState const& state = resources_[index];
  switch (phase_->resources[index].kind) {
    case ResourceKind::servers:
      return state.free > 0;
    case ResourceKind::sessions:
      return state.slots_left > 0 && now_ < state.closes;
    case ResourceKind::meeting:
      return state.slots_left > 0;
  }
  return false;
}

// Everything the step needs is there at this moment.
bool Workspace::State::can_start(Patient const& p, model::Step const& step) const {
  if (step.needs.count == 1) {
    model::Need const& need = phase_->needs[step.needs.first];
    Index16 const index = resource_of(p.provider, need);
    if (phase_->resources[index].kind == ResourceKind::servers) return resources_[index].free >= need.count;
  }
  for (std::uint32_t n = 0; n < step.needs.count; ++n) {
    model::Need const& need = phase_->needs[step.needs.first + n];
    Index16 const index = resource_of(p.provider, need);
    if (!has_capacity(index)) return false;
    ResourceState const& state = resources_[index];
    bool const enough = phase_->resources[index].kind == ResourceKind::servers ? state.free >= need.count
                                                                               : state.slots_left >= need.count;
    if (!enough) return false;
  }
  return true;
}

// Room for one more, in the waiting room or at once in service.
bool Workspace::State::room_for_next(Patient const& p, model::Step const& step) const {
  Index16 const index = waited_for(p, step);
  model::Resource const& resource = phase_->resources[index];
  std::uint32_t const waiting = resources_[index].waiting;
  if (resource.waiting_room == model::none32 || waiting < resource.waiting_room) return true;
  return waiting == 0 && resource.notice == 0 && can_start(p, step);
}

// Room for one who comes now: those held before it go first.
bool Workspace::State::has_room(Patient const& p, model::Step const& step) const {
  return room_for_next(p, step) && resources_[waited_for(p, step)].blocked.head == no_row;
}

void Workspace::State::block(Row r, Index16 next, bool holding) {
  Patient& p = rows_[r];
  p.next_step = next;
  p.holding = holding;
  p.doing = Doing::blocked;
  ++p.epoch;
  push_back(resources_[waited_for(p, phase_->steps[next])].blocked, r);
}

void Workspace::State::join(Row r, model::Step const& step) {
  Patient& p = rows_[r];
  Index16 const index = waited_for(p, step);
  model::Resource const& resource = phase_->resources[index];
  ResourceState& state = resources_[index];
  ++p.epoch;
  if (state.waiting == 0 && resource.kind == ResourceKind::servers && !state.dispatching &&
      state.paused.head == no_row && can_start(p, step)) {
    start(r, index);
    return;
  }
  bool const classed = resource.order == model::Order::priority && step.priority.given();
  p.queue_class =
      static_cast<std::uint8_t>(classed ? std::min<std::uint32_t>(look_up(*phase_, step.priority, who(p)), 15) : 0);
  ++state.waiting;
  result_.resources[index].longest_list = std::max<std::uint64_t>(result_.resources[index].longest_list, state.waiting);
  if (step.gives_up.count > 0) schedule_giving_up(r, step);
  if (resource.notice > 0) {
    p.doing = Doing::pending;
    push_back(state.pending, r);
    if (resource.kind == ResourceKind::sessions) wake_for_notice(index);
    return;
  }
  enqueue(index, r);
  if (has_capacity(index)) dispatch(index);
}

void Workspace::State::seize(Patient const& p, model::Step const& step) {
  for (std::uint32_t n = 0; n < step.needs.count; ++n) {
    model::Need const& need = phase_->needs[step.needs.first + n];
    Index16 const index = resource_of(p.provider, need);
    if (phase_->resources[index].kind == ResourceKind::servers)
      resources_[index].free -= need.count;
    else
      take_slots(index, need.count);
    if (measuring_) result_.resources[index].used += need.count;
  }
}

// Of sessions that are open at one time, the slots of the one that closes first are used first.
void Workspace::State::take_slots(Index16 index, std::uint32_t slots) {
  ResourceState& state = resources_[index];
  state.slots_left -= slots;
  if (!state.overlapping) return;
  model::Span const openings = phase_->resources[index].openings;
  while (slots > 0) {
    OpenSession* first = nullptr;
    for (std::uint32_t i = openings.first; i < openings.first + openings.count; ++i) {
      OpenSession& s = open_sessions_[i];
      if (s.left > 0 && (first == nullptr || s.closes < first->closes)) first = &s;
    }
    std::uint32_t const taken = std::min(slots, first->left);
    first->left -= taken;
    slots -= taken;
  }
}

// The patient does not come: the slot of the resource waited for is used up, the rest stays free. False: comes.
bool Workspace::State::miss(Row r, model::Step const& step, Index16 index) {
  Patient& p = rows_[r];
  if (!happens(*phase_, step.dna_share, who(p), p.key, step.place ^ dna_place, visit_of(p, step))) return false;
  note(Happening::missed, p, p.step);
  std::uint16_t const slots = phase_->needs[step.needs.first].count;
  take_slots(index, slots);
  if (measuring_) {
    result_.resources[index].used += slots;
    result_.resources[index].did_not_attend += slots;
  }
  ++p.missed;
  p.doing = Doing::delayed;
  if (step.dna_then != none16 && p.missed >= step.dna_up_to) {
    p.next_step = step.dna_then;
    events_.push(now_, Phase::finishing, static_cast<std::uint8_t>(EventKind::gives_up), p.epoch, r);
    return true;
  }
  Tick const rebook = sample(*phase_, step.dna_rebook, who(p), p.key, step.place ^ rebook_place, visit_of(p, step));
  events_.push(now_ + rebook, Phase::finishing, static_cast<std::uint8_t>(EventKind::joins_again), p.epoch, r);
  return true;
}

// Starts the step of a patient who is on no list any more and whose needs are all there.
void Workspace::State::start(Row r, Index16 index) {
  Patient& p = rows_[r];
  model::Step const& s = phase_->steps[p.step];
  model::Resource const& resource = phase_->resources[index];
  ResourceState& state = resources_[index];
  ++p.epoch;
  if (s.dna_share.given() && miss(r, s, index)) {
    admit_blocked(index);
    return;
  }
  Tick const waited = now_ - p.joined;
  if (measuring_) {
    StepTotals& step = result_.steps[static_cast<std::size_t>(p.step) * model_.providers() + p.provider];
    ++step.starts;
    step.wait_ticks += waited;
    ++result_.resources[index].starts;
    result_.resources[index].wait_ticks += waited;
  }
  if (s.needs.count == 1 && resource.kind == ResourceKind::servers) {
    std::uint16_t const count = phase_->needs[s.needs.first].count;
    state.free -= count;
    if (measuring_) result_.resources[index].used += count;
  } else {
    seize(p, s);
  }
  p.started = now_;
  note(Happening::started, p, p.step);
  if (p.repeat == 0 && s.marks_start) mark(r, s.marks_start, static_cast<std::int32_t>(today()));
  Tick const takes = s.takes.given() ? sample(*phase_, s.takes, who(p), p.key, s.place, visit_of(p, s)) : 0;
  p.joined = now_ + takes;
  p.doing = Doing::in_service;
  if (resource.at_closing != model::AtClosing::finish) push_back(state.serving, r);
  events_.push(p.joined, Phase::finishing, static_cast<std::uint8_t>(EventKind::step_finished), p.epoch, r);
  if (state.blocked.head != no_row) admit_blocked(index);
}

// Works through the list of a resource as far as its capacity goes.
void Workspace::State::dispatch(Index16 index) {
  ResourceState& state = resources_[index];
  if (state.waiting == 0 && state.paused.head == no_row && state.blocked.head == no_row) return;
  if (state.dispatching) {
    state.dispatch_again = true;
    return;
  }
  state.dispatching = true;
  do {
    state.dispatch_again = false;
    if (state.paused.head != no_row) resume_paused(index);
    if (state.waiting == 0) continue;
    if (phase_->resources[index].shared_needs) {
      dispatch_shared(index);
    } else {
      while (has_capacity(index)) {
        Row const r = first_waiting(index);
        if (r == no_row || !can_start(rows_[r], phase_->steps[rows_[r].step])) break;
        take_out(index, r);
        start(r, index);
      }
    }
  } while (state.dispatch_again);
  state.dispatching = false;
  if (state.blocked.head != no_row) admit_blocked(index);
}

// Some who wait here need another resource too: whoever cannot start yet is passed over and keeps the place.
void Workspace::State::dispatch_shared(Index16 index) {
  std::size_t const base = set_aside_.size();
  while (has_capacity(index)) {
    Row const r = first_waiting(index);
    if (r == no_row) break;
    Due const due = take_out(index, r);
    if (can_start(rows_[r], phase_->steps[rows_[r].step])) {
      start(r, index);
      continue;
    }
    ++resources_[index].waiting;
    rows_[r].doing = Doing::set_aside;
    set_aside_.push_back(due);
    most_set_aside_ = std::max(most_set_aside_, set_aside_.size());
  }
  for (std::size_t i = set_aside_.size(); i > base; --i) {
    Due const& due = set_aside_[i - 1];
    if (rows_[due.row].doing == Doing::set_aside && rows_[due.row].epoch == due.epoch) put_back(index, due);
  }
  set_aside_.resize(base);
}

// Those interrupted by a closing go on before anyone else starts.
void Workspace::State::resume_paused(Index16 index) {
  ResourceState& state = resources_[index];
  while (state.paused.head != no_row) {
    Row const r = state.paused.head;
    Patient& p = rows_[r];
    auto const need = phase_->needs[phase_->steps[p.step].needs.first].count;
    if (state.free < need) return;
    unlink(state.paused, r);
    state.free -= need;
    count_busy(phase_->steps[p.step], p.provider, p.started, 1);
    p.doing = Doing::in_service;
    p.started = now_;
    p.joined += now_;
    note(Happening::resumed, p, p.step);
    ++p.epoch;
    push_back(state.serving, r);
    events_.push(p.joined, Phase::finishing, static_cast<std::uint8_t>(EventKind::step_finished), p.epoch, r);
  }
}

// The time in use until now of what a step holds (its needs from one on).
void Workspace::State::count_busy(model::Step const& s, Index16 provider, Tick started, std::uint32_t from) {
  if (!measuring_) return;
  for (std::uint32_t n = from; n < s.needs.count; ++n) {
    model::Need const& need = phase_->needs[s.needs.first + n];
    Index16 const index = resource_of(provider, need);
    if (phase_->resources[index].kind == ResourceKind::servers)
      result_.resources[index].busy_ticks +=
          static_cast<std::uint64_t>(now_ - std::max(started, model_.measure_from)) * need.count;
  }
}

// Gives back what a finished step held (its needs from one on), and offers it to those who wait.
void Workspace::State::release(Index16 step, Index16 provider, Tick started, std::uint32_t from) {
  model::Step const& s = phase_->steps[step];
  for (std::uint32_t n = from; n < s.needs.count; ++n) {
    model::Need const& need = phase_->needs[s.needs.first + n];
    Index16 const index = resource_of(provider, need);
    if (phase_->resources[index].kind != ResourceKind::servers) continue;
    resources_[index].free += need.count;
    if (measuring_)
      result_.resources[index].busy_ticks +=
          static_cast<std::uint64_t>(now_ - std::max(started, model_.measure_from)) * need.count;
  }
  for (std::uint32_t n = from; n < s.needs.count; ++n) {
    Index16 const index = resource_of(provider, phase_->needs[s.needs.first + n]);
    if (phase_->resources[index].kind == ResourceKind::servers) offer(index);
  }
}

// Capacity has appeared at a resource: its own list moves, and the lists of steps that need it as well.
void Workspace::State::offer(Index16 index) {
  dispatch(index);
  model::Resource const& resource = phase_->resources[index];
  for (std::uint32_t d = 0; d < resource.dependents.count; ++d)
    dispatch(model_.dependents[resource.dependents.first + d]);
}

void Workspace::State::admit_blocked(Index16 index) {
  ResourceState& state = resources_[index];
  while (state.blocked.head != no_row) {
    Row const r = state.blocked.head;
    Patient& p = rows_[r];
    if (!room_for_next(p, phase_->steps[p.next_step])) return;
    unlink(state.blocked, r);
    bool const holding = p.holding;
    Index16 const step = p.step, provider = p.provider;
    Tick const started = p.started;
    p.doing = Doing::nothing;
    p.holding = false;
    admitted_ = r;
    move(r, p.next_step);
    if (holding) release(step, provider, started);
  }
}

}  // namespace cwtsim::engine
