// Full waiting rooms: who is turned away, who is held where it is, and who is let in.

#include <utility>

#include "flow.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::WhenFull;

Flow::Room Flow::ask_for_room(Row r, Index16& step) {
  bool const admitted = std::exchange(admitted_, no_row) == r;
  Patient& p = patients[r];
  if (!admitted) p.carried = 0;
  Index16 const index = now.waited_for(step, p.provider);
  if (now.resource_rules[index].waiting_room == model::none32 || admitted || has_room(p, step)) return Room::found;
  if (now.resource_rules[index].when_full == WhenFull::hold) {
    hold(r, step, false);
    return Room::held;
  }
  if (now.measuring) ++capacity.totals(index).turned_away;
  log.note(Happening::turned_away, p, step);
  step = now.steps[step].when_full;
  return Room::turned_away;
}

// Room for one more, in the waiting room or at once in service.
bool Flow::room_for_next(Patient const& p, Index16 step) const {
  Index16 const index = now.waited_for(step, p.provider);
  model::Resource const& resource = now.resource_rules[index];
  std::uint32_t const waiting = lists[index].waiting;
  if (resource.waiting_room == model::none32 || waiting < resource.waiting_room) return true;
  return waiting == 0 && resource.notice == 0 && suffices(p, now.steps[step], index);
}

// Room for one who comes now: those held before it go first.
bool Flow::has_room(Patient const& p, Index16 step) const {
  return room_for_next(p, step) && lists[now.waited_for(step, p.provider)].held.empty();
}

bool Flow::must_hold(Row r, Index16 next) const {
  Row const parent = patients[r].parent;
  if (parent != no_row && next == now.steps[patients[parent].step].joins_at) return false;
  Patient const& p = patients[r];
  return !has_room(p, next) && now.resource_rules[now.waited_for(next, p.provider)].when_full == WhenFull::hold;
}

void Flow::hold(Row r, Index16 next, bool holding) {
  Patient& p = patients[r];
  if (holding && now.measuring) {
    StepTotals& totals = counting.of_step(now.at(p.step, p.provider));
    ++totals.kept;
    totals.kept_ticks += p.carried + (now.tick - p.started);
  }
  if (!holding) checks.see_at(r, next, p.provider);
  p.joined = now.tick;
  p.next_step = next;
  p.holding = holding;
  p.doing = Doing::blocked;
  ++p.epoch;
  Index16 const index = now.waited_for(next, p.provider);
  lists.hold(index, r);
  if (!holding) return;
  deadlocks.keep(p);
  if (deadlocks.caught(index)) now.outcome = Outcome::deadlocked;
}

void Flow::admit_held(Index16 index) {
  RowList const& held = lists[index].held;
  while (!held.empty()) {
    Row const r = held.head;
    Patient& p = patients[r];
    if (!room_for_next(p, p.next_step)) return;
    lists.end_hold(index, r);
    bool const holding = p.holding;
    Index16 const step = p.step, provider = p.provider;
    Tick const started = p.started;
    counting.settle(p);
    if (holding) deadlocks.let_go(p);
    if (holding && now.measuring) {
      StepTotals& totals = counting.of_step(now.at(step, provider));
      ++totals.let_go;
      totals.let_go_ticks += p.carried + (now.tick - started);
    }
    p.carried = holding ? 0 : now.tick - p.joined;
    p.doing = Doing::nothing;
    admitted_ = now.steps[p.next_step].limited ? r : no_row;
    move(r, p.next_step);
    if (holding) release(step, provider, started);
  }
}

}  // namespace cwtsim::engine
