// Who leaves: at an end, with all branches, or a list or delay for another step.

#include "flow.hpp"

namespace cwtsim::engine {

using model::Index16;

// All branches leave their lists before anything is given back: else what one held could go to another one.
void Flow::leave(Row root) {
  counting.finish();
  if (counting.follows(patients[root])) [[unlikely]]
    counting.forget(root);
  log.note(Happening::left, patients[root], model::none16);
  if (patients[root].doing == Doing::nothing) {
    checks.see_gone(root, false);
    patients.remove(root);
    return;
  }
  withdraw(root);
  stop_branch(root);
}

void Flow::withdraw(Row r) {
  Patient& p = patients[r];
  counting.settle(p);
  if (p.doing == Doing::branched)
    for (Row c = p.first_child; c != no_row; c = patients[c].sibling) withdraw(c);
  switch (p.doing) {
    case Doing::pending:
    case Doing::queued:
      lists.leave(waited_for(p), r);
      break;
    case Doing::gathered:  // nothing is given back to those it waited with
      gatherings.leave(r);
      log.note_withdrawn(p);
      p.doing = Doing::nothing;
      ++p.epoch;
      return;
    case Doing::blocked:
      lists.end_hold(now.waited_for(p.next_step, p.provider), r);
      return;
    case Doing::set_aside:  // nobody ends while a list is looked through: whoever starts finishes in an event
    case Doing::nothing:
    case Doing::expected:
    case Doing::delayed:
    case Doing::in_service:
    case Doing::paused:
    case Doing::branched:
    case Doing::withdrawn:
      return;
  }
  log.note_withdrawn(p);
  p.doing = Doing::withdrawn;
  ++p.epoch;
}

// Ends a patient, or a branch, with all its branches, and gives back what they held.
void Flow::stop_branch(Row r) {
  while (patients[r].doing == Doing::branched && patients[r].first_child != no_row) {
    Row const c = patients[r].first_child;
    patients[r].first_child = patients[c].sibling;
    stop_branch(c);
  }
  Patient const p = patients[r];
  if (p.doing == Doing::paused) patients.unlink(capacity[waited_for(p)].paused, r);
  if (p.doing == Doing::in_service) capacity.end_service(waited_for(p), r);
  if (p.doing == Doing::blocked && p.holding) deadlocks.let_go(p);
  checks.see_gone(r, false);
  patients.remove(r);
  if (p.doing == Doing::in_service || (p.doing == Doing::blocked && p.holding)) release(p.step, p.provider, p.started);
  if (p.doing == Doing::paused)
    release_all(now.steps[p.step], p.provider, p.started, 1);  // the first has been given back at closing
  if (p.doing == Doing::withdrawn) dispatch(waited_for(p));
  if (p.doing == Doing::blocked) admit_held(now.waited_for(p.next_step, p.provider));
}

Tick Flow::first_to_give_up(Row r, model::Step const& s) {
  Patient& p = patients[r];
  Tick const since = now.tick - p.joined;  // before the start, else it has only just come
  Tick earliest = never;
  for (std::uint32_t i = 0; i < s.gives_up.count; ++i) {
    model::GivesUp const& g = now.era->gives_up[s.gives_up.first + i];
    Luck const its = luck(p, s).elsewhere(g.draws_at);
    Tick const after = its.rest(g.after, g.times, since);
    if (after >= earliest) continue;
    earliest = after;
    p.next_step = g.then;
  }
  return earliest;
}

void Flow::schedule_giving_up(Row r, model::Step const& s) {
  Tick const earliest = first_to_give_up(r, s);
  if (earliest < never - now.tick) schedule(now.tick + earliest, EventKind::gives_up, r);
}

void Flow::give_up(Row r) {
  Patient& p = patients[r];
  Index16 const resource = waited_for(p);
  Index16 const to = p.next_step;
  bool const waited = is_on_list(p.doing);
  bool const gathered = p.doing == Doing::gathered;
  // else a delay, or the last appointment missed
  bool const from_delay = record_of(now.steps[p.step].kind).given_up == GivingUp::since_start;
  if (waited) lists.leave(resource, r);
  if (gathered) gatherings.leave(r);
  if (waited || gathered || from_delay) {
    log.note(Happening::gave_up, p, p.step);
    if (now.measuring) ++counting.of_step(now.at(p.step, p.provider)).gave_up;
  }
  counting.settle(p);
  if (from_delay && now.steps[p.step].pauses >= 0) counting.end_pause(p.root, now.steps[p.step].pauses);
  ++p.epoch;
  p.doing = Doing::nothing;
  move(r, to);
  if (waited) dispatch(resource);
}

}  // namespace cwtsim::engine
