#include <algorithm>

#include "state.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::none16;
using model::ResourceKind;

bool Workspace::State::has_capacity(Index16 index) const {
  ResourceState const& state = resources_[index];
  switch (state.kind) {
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
bool Workspace::State::can_start(Patient const& p, model::Step const& step, Index16 lead) const {
  if (!step.many_needs && resources_[lead].kind == ResourceKind::servers)
    return resources_[lead].free >= step.lead_count;
  for (std::uint32_t n = 0; n < step.needs.count; ++n) {
    model::Need const& need = phase_->needs[step.needs.first + n];
    Index16 const index = n == 0 ? lead : resource_of(p.provider, need);
    if (!has_capacity(index)) return false;
    ResourceState const& state = resources_[index];
    bool const enough = state.kind == ResourceKind::servers ? state.free >= need.count : state.slots_left >= need.count;
    if (!enough) return false;
  }
  return true;
}

// Room for one more, in the waiting room or at once in service.
bool Workspace::State::room_for_next(Patient const& p, Index16 step) const {
  Index16 const index = waited_for(step, p.provider);
  model::Resource const& resource = rules_[index];
  std::uint32_t const waiting = resources_[index].waiting;
  if (resource.waiting_room == model::none32 || waiting < resource.waiting_room) return true;
  return waiting == 0 && resource.notice == 0 && can_start(p, steps_[step], index);
}

// Room for one who comes now: those held before it go first.
bool Workspace::State::has_room(Patient const& p, Index16 step) const {
  return room_for_next(p, step) && resources_[waited_for(step, p.provider)].blocked.head == no_row;
}

void Workspace::State::block(Row r, Index16 next, bool holding) {
  Patient& p = rows_[r];
  p.next_step = next;
  p.holding = holding;
  p.doing = Doing::blocked;
  ++p.epoch;
  push_back(resources_[waited_for(next, p.provider)].blocked, r);
}

void Workspace::State::join(Row r, model::Step const& step) {
  Patient& p = rows_[r];
  Index16 const index = waited_for(p);
  ResourceState& state = resources_[index];
  ++p.epoch;
  if (state.waiting == 0 && state.notice == 0 && state.paused.head == no_row && can_start(p, step, index)) {
    start(r, index);
    return;
  }
  p.queue_class = 0;
  if (state.order == model::Order::priority && step.priority.given())
    p.queue_class = static_cast<std::uint8_t>(std::min<std::uint32_t>(look_up(*phase_, step.priority, who(p)), 15));
  if (state.order == model::Order::breach_date) p.started = static_cast<Tick>(due_day(p, rules_[index]) + due_offset);
  state.longest = std::max(state.longest, ++state.waiting);
  if (step.may_be_given_up) schedule_giving_up(r, step);
  if (state.notice > 0) {
    p.doing = Doing::pending;
    push_back(state.pending, r);
    if (state.kind == ResourceKind::sessions) wake_for_notice(index);
    return;
  }
  enqueue(index, r);
  if (has_capacity(index)) dispatch(index);
}

void Workspace::State::seize(Patient const& p, model::Step const& step) {
  for (std::uint32_t n = 0; n < step.needs.count; ++n) {
    model::Need const& need = phase_->needs[step.needs.first + n];
    Index16 const index = resource_of(p.provider, need);
    if (resources_[index].kind == ResourceKind::servers)
      resources_[index].free -= need.count;
    else
      take_slots(index, need.count);
  }
}

// Of sessions that are open at one time, the slots of the one that closes first are used first.
void Workspace::State::take_slots(Index16 index, std::uint32_t slots) {
  ResourceState& state = resources_[index];
  state.slots_left -= slots;
  if (!state.overlapping) return;
  model::Span const openings = rules_[index].openings;
  while (slots > 0) {
    OpenSession* first = nullptr;
    for (std::uint32_t i = 2 * openings.first; i < 2 * (openings.first + openings.count); ++i) {
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
  std::uint64_t const place = step.place ^ dna_place;
  if (step.dna_odds.count == 0
          ? !happens(*phase_, step.dna_share, who(p), p.key, place, visit_of(p, step))
          : !happens_by_odds(*phase_, step.dna_share, step.dna_odds, who(p), p.key, place, visit_of(p, step)))
    return false;
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
  Tick const rebook = step.dna_rebook.given() ? sample(*phase_, step.dna_rebook, who(p), p.key,
                                                       step.place ^ rebook_place, visit_of(p, step))
                                              : 0;
  events_.push(now_ + rebook, Phase::finishing, static_cast<std::uint8_t>(EventKind::joins_again), p.epoch, r);
  return true;
}

// Starts the step of a patient who is on no list any more and whose needs are all there.
void Workspace::State::start(Row r, Index16 index) {
  Patient& p = rows_[r];
  model::Step const& s = steps_[p.step];
  ResourceState& state = resources_[index];
  ++p.epoch;
  if (s.may_be_missed && miss(r, s, index)) {
    admit_blocked(index);
    return;
  }
  if (measuring_) {
    StepTotals& totals = totals_of(p.step, p.provider);
    ++totals.starts;
    totals.wait_ticks += now_ - p.joined;
  }
  if (s.many_needs)
    seize(p, s);
  else if (state.kind == ResourceKind::servers)
    state.free -= s.lead_count;
  else
    take_slots(index, s.lead_count);
  p.started = now_;
  note(Happening::started, p, p.step);
  if (s.marks_started && p.repeat == 0) mark(r, s.started, static_cast<std::int32_t>(today()));
  p.joined = s.takes_time ? now_ + length_of(p, s) : now_;
  p.doing = Doing::in_service;
  if (state.at_closing != model::AtClosing::finish) push_back(state.serving, r);
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
    if (state.waiting == 0 || state.paused.head != no_row) continue;
    if (state.shared_needs) {
      dispatch_shared(index);
    } else {
      while (has_capacity(index)) {
        Row const r = first_waiting(index);
        if (r == no_row || !can_start(rows_[r], steps_[rows_[r].step], index)) break;
        take_out(index, r);
        start(r, index);
      }
    }
  } while (state.dispatch_again);
  state.dispatching = false;
  if (state.blocked.head != no_row) admit_blocked(index);
}

// Some who wait here need another resource too: whoever finds enough of this one but not of that is passed over and
// keeps the place. The list stops at the first who finds too little of this one, be it because others have started; it
// is looked through again from its head when something has become free meanwhile.
void Workspace::State::dispatch_shared(Index16 index) {
  std::size_t const base = set_aside_.size();
  std::int64_t most = 1;  // of this resource, wanted by somebody passed over
  while (has_capacity(index) && amount_left(index) >= most) {
    Row const r = first_waiting(index);
    if (r == no_row) break;
    model::Step const& step = steps_[rows_[r].step];
    if (amount_left(index) < step.lead_count) break;
    Due const due = take_out(index, r);
    if (can_start(rows_[r], step, index)) {
      start(r, index);
      if (resources_[index].dispatch_again) break;
      continue;
    }
    ++resources_[index].waiting;
    rows_[r].doing = Doing::set_aside;
    set_aside_.push_back(due);
    most_set_aside_ = std::max(most_set_aside_, set_aside_.size());
    most = std::max<std::int64_t>(most, step.lead_count);
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
    auto const need = phase_->needs[steps_[p.step].needs.first].count;
    if (state.free < need) return;
    unlink(state.paused, r);
    state.free -= need;
    count_busy(steps_[p.step], p.provider, p.started, 1);
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
    ResourceState& state = resources_[resource_of(provider, need)];
    if (state.kind != ResourceKind::servers) continue;
    state.busy_ticks += std::uint64_t{now_ - std::max(started, model_.measure_from)} * need.count;
  }
}

// Gives back what a finished step held, and offers it to those who wait.
void Workspace::State::release(Index16 step, Index16 provider, Tick started) {
  model::Step const& s = steps_[step];
  if (s.many_needs) {
    release_all(s, provider, started, 0);
    return;
  }
  Index16 const index = waited_for(step, provider);
  if (resources_[index].kind != ResourceKind::servers) return;
  give_back(index, s.lead_count, started);
  offer(index);
}

// All its needs from one on are given back before any is offered.
void Workspace::State::release_all(model::Step const& s, Index16 provider, Tick started, std::uint32_t from) {
  auto const each_server = [&](auto const& act) {
    for (std::uint32_t n = from; n < s.needs.count; ++n) {
      model::Need const& need = phase_->needs[s.needs.first + n];
      Index16 const index = resource_of(provider, need);
      if (resources_[index].kind == ResourceKind::servers) act(index, need.count);
    }
  };
  each_server([&](Index16 index, std::uint32_t count) { give_back(index, count, started); });
  each_server([&](Index16 index, std::uint32_t) { offer(index); });
}

void Workspace::State::give_back(Index16 index, std::uint32_t count, Tick started) {
  ResourceState& state = resources_[index];
  state.free += count;
  if (measuring_) state.busy_ticks += std::uint64_t{now_ - std::max(started, model_.measure_from)} * count;
}

// Capacity has appeared at a resource: its own list moves, and the lists of steps that need it as well.
void Workspace::State::offer(Index16 index) {
  ResourceState const& state = resources_[index];
  if (state.waiting > 0 || state.paused.head != no_row || state.blocked.head != no_row) dispatch(index);
  if (!state.has_dependents) return;
  model::Resource const& resource = rules_[index];
  for (std::uint32_t d = 0; d < resource.dependents.count; ++d)
    dispatch(model_.dependents[resource.dependents.first + d]);
}

void Workspace::State::admit_blocked(Index16 index) {
  ResourceState& state = resources_[index];
  while (state.blocked.head != no_row) {
    Row const r = state.blocked.head;
    Patient& p = rows_[r];
    if (!room_for_next(p, p.next_step)) return;
    unlink(state.blocked, r);
    bool const holding = p.holding;
    Index16 const step = p.step, provider = p.provider;
    Tick const started = p.started;
    p.doing = Doing::nothing;
    p.holding = false;
    admitted_ = steps_[p.next_step].limited ? r : no_row;
    move(r, p.next_step);
    if (holding) release(step, provider, started);
  }
}

}  // namespace cwtsim::engine
