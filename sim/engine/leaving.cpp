#include "state.hpp"

namespace cwtsim::engine {

using model::Index16;

// A patient ends with all its branches. All of them leave their lists before anything is given back: else what one
// branch held could go to another one.
void Workspace::State::leave(Row root) {
  ++result_.finished;
  note(Happening::left, rows_[root], model::none16);
  if (rows_[root].doing == Doing::nothing && rows_[root].first_child == no_row) {
    free_row(root);
    return;
  }
  withdraw(root);
  stop_branch(root);
}

void Workspace::State::withdraw(Row r) {
  for (Row c = rows_[r].first_child; c != no_row; c = rows_[c].sibling) withdraw(c);
  Patient& p = rows_[r];
  switch (p.doing) {
    case Doing::pending:
    case Doing::queued:
      unqueue(waited_for(p), r);
      break;
    case Doing::set_aside:
      --resources_[waited_for(p)].waiting;
      break;
    case Doing::blocked:
      unlink(resources_[waited_for(p.next_step, p.provider)].blocked, r);
      return;
    case Doing::nothing:
    case Doing::expected:
    case Doing::delayed:
    case Doing::in_service:
    case Doing::paused:
    case Doing::branched:
    case Doing::withdrawn:
      return;
  }
  check_off_list(p);
  p.doing = Doing::withdrawn;
  ++p.epoch;
}

// Ends a patient, or a branch, with all its branches, and gives back what they held.
void Workspace::State::stop_branch(Row r) {
  while (rows_[r].first_child != no_row) {
    Row const c = rows_[r].first_child;
    rows_[r].first_child = rows_[c].sibling;
    stop_branch(c);
  }
  Patient const p = rows_[r];
  if (p.doing == Doing::in_service || p.doing == Doing::paused) {
    Index16 const lead = waited_for(p);
    if (p.doing == Doing::paused)
      unlink(resources_[lead].paused, r);
    else if (resources_[lead].at_closing != model::AtClosing::finish)
      unlink(resources_[lead].serving, r);
  }
  free_row(r);
  if (p.doing == Doing::in_service || (p.doing == Doing::blocked && p.holding)) release(p.step, p.provider, p.started);
  if (p.doing == Doing::paused)
    release_all(steps_[p.step], p.provider, p.started, 1);  // the first has been given back at closing
  if (p.doing == Doing::withdrawn) dispatch(waited_for(p));
  if (p.doing == Doing::blocked) admit_blocked(waited_for(p.next_step, p.provider));
}

// After how long a patient gives up, and where to, if nothing comes before.
Tick Workspace::State::first_to_give_up(Row r, model::Step const& s) {
  Patient& p = rows_[r];
  Tick earliest = never;
  for (std::uint32_t i = 0; i < s.gives_up.count; ++i) {
    model::GivesUp const& g = phase_->gives_up[s.gives_up.first + i];
    Tick after = sample(*phase_, g.after, who(p), p.key, g.place, visit_of(p, s));
    if (g.times.count > 0) after = scaled(*phase_, after, g.times, who(p));
    if (after >= earliest) continue;
    earliest = after;
    p.next_step = g.then;
  }
  return earliest;
}

void Workspace::State::schedule_giving_up(Row r, model::Step const& s) {
  Tick const earliest = first_to_give_up(r, s);
  if (earliest < never - now_)
    events_.push(now_ + earliest, Phase::finishing, static_cast<std::uint8_t>(EventKind::gives_up), rows_[r].epoch, r);
}

// True if a delay is left before it is over: then that is all that is due.
bool Workspace::State::leaves_delay(Row r, model::Step const& s, Tick until) {
  Tick const earliest = first_to_give_up(r, s);
  if (earliest >= until - now_) return false;
  events_.push(now_ + earliest, Phase::finishing, static_cast<std::uint8_t>(EventKind::gives_up), rows_[r].epoch, r);
  return true;
}

void Workspace::State::gives_up(Row r) {
  Patient& p = rows_[r];
  Index16 const resource = waited_for(p);
  Index16 const to = p.next_step;
  bool const waited = p.doing == Doing::pending || p.doing == Doing::queued;
  // else a delay, or the last appointment missed
  bool const from_delay = steps_[p.step].kind == model::StepKind::delay;
  if (waited) unqueue(resource, r);
  if (waited || from_delay) {
    note(Happening::gave_up, p, p.step);
    if (measuring_) {
      StepTotals& totals = totals_of(p.step, p.provider);
      ++totals.gave_up;
      if (from_delay) totals.service_ticks += now_ - p.started;
    }
  }
  ++p.epoch;
  p.doing = Doing::nothing;
  move(r, to);
  if (waited) dispatch(resource);
}

}  // namespace cwtsim::engine
