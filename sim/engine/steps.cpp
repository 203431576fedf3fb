#include <algorithm>
#include <utility>

#include "state.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::none16;
using model::StepKind;

namespace {
bool uses_resource(StepKind kind) {
  return kind == StepKind::appointment || kind == StepKind::servers || kind == StepKind::meeting;
}
}  // namespace

// A patient goes on from step to step until one takes time or waits for something.
void Workspace::State::move(Row r, Index16 step) {
  while (enter(r, step)) {
  }
}

// Enters one step; true if the patient goes straight on: then r and step say who and where to.
bool Workspace::State::enter(Row& r, Index16& step) {
  Patient& p = rows_[r];
  if (p.parent != no_row && step == steps_[rows_[p.parent].step].joins_at) return absorb_branch(r, step);
  model::Step const& s = steps_[step];
  if (s.limited) {
    switch (ask_for_room(r, step)) {
      case Room::found:
        break;
      case Room::held:
        return false;
      case Room::turned_away:
        return true;
    }
  }
  p.step = step;
  p.repeat = 0;
  p.missed = 0;
  p.repeats = 1;
  p.joined = p.started = now_;
  if (s.in_cycle) ++p.visits;
  note(Happening::joined, p, step);
  if (s.many_times)
    p.repeats =
        static_cast<std::uint16_t>(choose(*phase_, s.repeats, who(p), p.key, s.place ^ repeats_place, visit_of(p, s)));
  if (s.marks_joined) mark(r, s.joined, static_cast<std::int32_t>(today()));
  switch (s.kind) {
    case StepKind::appointment:
    case StepKind::servers:
    case StepKind::meeting:
      join(r, s);
      return false;
    case StepKind::delay:
    case StepKind::transfer: {
      note(Happening::started, p, step);
      if (s.marks_started) mark(r, s.started, static_cast<std::int32_t>(today()));
      if (measuring_) ++totals_of(step, p.provider).starts;
      Tick const until = end_of(p, s);
      if (until > now_) {
        start_delay(r, s, until);
        return false;
      }
      return complete(r, step);
    }
    case StepKind::parallel:
      return branch(r, step);
    case StepKind::continues:
      step = s.continues_at;
      return true;
    case StepKind::end:
      leave(p.root);
      return false;
  }
  return false;
}

// A list may be full: then the patient is held, or `step` becomes where those turned away go.
Workspace::State::Room Workspace::State::ask_for_room(Row r, Index16& step) {
  bool const admitted = std::exchange(admitted_, no_row) == r;
  Patient const& p = rows_[r];
  Index16 const index = waited_for(step, p.provider);
  if (rules_[index].waiting_room == model::none32 || admitted || has_room(p, step)) return Room::found;
  if (rules_[index].when_full == model::WhenFull::hold) {
    block(r, step, false);
    return Room::held;
  }
  if (measuring_) ++result_.resources[index].turned_away;
  note(Happening::turned_away, p, step);
  step = steps_[step].when_full;
  return Room::turned_away;
}

Tick Workspace::State::length_of(Patient const& p, model::Step const& s) const {
  Tick const drawn = sample(*phase_, s.takes, who(p), p.key, s.place, visit_of(p, s));
  return s.has_times ? scaled(*phase_, drawn, s.times, who(p)) : drawn;
}

Tick Workspace::State::end_of(Patient const& p, model::Step const& s) {
  if (!s.takes_time) return s.working_days ? after_working(0) : now_;
  Tick const takes = length_of(p, s);
  return s.working_days ? after_working(takes) : now_ + takes;
}

void Workspace::State::start_delay(Row r, model::Step const& s, Tick until) {
  Patient& p = rows_[r];
  p.doing = Doing::delayed;
  ++p.epoch;
  if (s.may_be_given_up && leaves_delay(r, s, until)) return;
  events_.push(until, Phase::finishing, static_cast<std::uint8_t>(EventKind::step_finished), p.epoch, r);
}

Tick Workspace::State::after_working(Tick duration) const {
  std::uint32_t const day = today();
  std::uint32_t const index = model_.working_index[day];
  bool const working = index < model_.working_days.size() && model_.working_days[index] == day;
  std::uint64_t const total = std::uint64_t{working ? now_ % model_.ticks_per_day : 0} + duration;
  std::uint64_t const at = index + total / model_.ticks_per_day;
  if (at >= model_.working_days.size()) return model_.end;
  Tick const then = model_.working_days[at] * model_.ticks_per_day + static_cast<Tick>(total % model_.ticks_per_day);
  return duration == 0 && !working ? now_ : then;
}

// What happens when a step is finished, up to choosing the next; false if it is to be repeated.
bool Workspace::State::complete(Row r, Index16& next) {
  Patient& p = rows_[r];
  model::Step const& s = steps_[p.step];
  note(Happening::finished, p, p.step);
  if (measuring_) totals_of(p.step, p.provider).service_ticks += now_ - p.started;
  if (p.repeat + 1 < p.repeats) {
    Tick const every =
        s.every.given() ? sample(*phase_, s.every, who(p), p.key, s.place ^ every_place, visit_of(p, s)) : 0;
    ++p.repeat;
    p.missed = 0;
    ++p.epoch;
    p.doing = Doing::delayed;
    events_.push(std::max(p.started + every, now_), Phase::finishing, static_cast<std::uint8_t>(EventKind::joins_again),
                 p.epoch, r);
    return false;
  }
  p.repeat = 0;
  if (s.more_at_end) end_step(r, s);
  if (s.next != none16)
    next = s.next;
  else if (!s.has_odds)
    next = static_cast<Index16>(choose(*phase_, s.then, who(p), p.key, s.place, visit_of(p, s)));
  else
    next = static_cast<Index16>(choose_by_odds(*phase_, s.then, s.odds, who(p), p.key, s.place, visit_of(p, s)));
  return true;
}

void Workspace::State::end_step(Row r, model::Step const& s) {
  Patient& p = rows_[r];
  std::uint64_t const visit = visit_of(p, s);
  if (s.finds.count > 0) find_levels(p.root, s.finds);
  for (std::uint32_t i = 0; i < s.sets.count; ++i) {
    model::AttributeSet const& set = phase_->sets[s.sets.first + i];
    levels_of(p.root)[set.attribute] =
        static_cast<std::uint8_t>(choose(*phase_, set.choice, who(p), p.key, set.place, visit));
  }
  if (s.pauses >= 0) {
    // p.joined has become the time of finishing where a resource was waited for; days of waiting are the provider's
    pause_clocks(p.root, s.pauses,
                 static_cast<std::int32_t>(today()) - static_cast<std::int32_t>(p.started / model_.ticks_per_day));
  }
  if (s.finished.marks) mark(r, s.finished, static_cast<std::int32_t>(today()));
  if (s.kind == StepKind::transfer) {
    auto const to = static_cast<Index16>(choose(*phase_, s.to, who(p), p.key, s.place ^ to_place, visit));
    if (to != p.provider) {
      p.provider = to;
      hand_over(p.root);
    }
  }
}

void Workspace::State::find_levels(Row root, model::Span attributes) {
  std::uint8_t* const levels = levels_of(root);
  for (std::uint32_t i = 0; i < attributes.count; ++i) {
    std::uint8_t const a = phase_->finds[attributes.first + i];
    levels[a] = level_reached(*phase_, a, levels[a], course_of(root), now_);
  }
}

void Workspace::State::finish(Row r) {
  Patient& p = rows_[r];
  Index16 const step = p.step, provider = p.provider;
  model::Step const& s = steps_[step];
  bool const held = uses_resource(s.kind);
  Tick const started = p.started;
  if (held) {
    Index16 const lead = waited_for(step, provider);
    if (resources_[lead].at_closing != model::AtClosing::finish) unlink(resources_[lead].serving, r);
  }
  ++p.epoch;
  p.doing = Doing::nothing;
  Index16 next = none16;
  if (complete(r, next)) {
    if (held && steps_[next].limited && must_hold(r, next)) {
      block(r, next, true);
      return;
    }
    move(r, next);
  }
  if (held && s.frees) release(step, provider, started);
}

// One who holds something keeps it where the next list is full and those for whom there is no room are held.
bool Workspace::State::must_hold(Row r, Index16 next) const {
  Row const parent = rows_[r].parent;
  if (parent != no_row && next == steps_[rows_[parent].step].joins_at) return false;
  return !has_room(rows_[r], next) && rules_[waited_for(next, rows_[r].provider)].when_full == model::WhenFull::hold;
}

// A branch has reached the step where the branches join: it disappears, and the last one brings the patient in.
bool Workspace::State::absorb_branch(Row& r, Index16& step) {
  Row const parent = rows_[r].parent;
  Patient& q = rows_[parent];
  if (q.first_child == r) {
    q.first_child = rows_[r].sibling;
  } else {
    Row c = q.first_child;
    while (rows_[c].sibling != r) c = rows_[c].sibling;
    rows_[c].sibling = rows_[r].sibling;
  }
  q.visits = std::max(q.visits, rows_[r].visits);  // else the next round would draw what this one has drawn
  free_row(r);
  if (--q.children > 0) return false;
  q.doing = Doing::nothing;
  ++q.epoch;
  step = steps_[q.step].joins_at;
  r = parent;
  return true;
}

bool Workspace::State::branch(Row r, Index16& step) {
  model::Step const& s = steps_[step];
  std::uint64_t const visit = visit_of(rows_[r], s);
  std::size_t const base = children_.size();
  for (std::uint32_t i = 0; i < s.branches.count; ++i) {
    model::Branch const& b = phase_->branches[s.branches.first + i];
    if (!happens(*phase_, b.probability, who(rows_[r]), rows_[r].key, b.place, visit)) continue;
    Row const c = new_row();
    ++in_system_;
    Patient& child = rows_[c];
    Patient& p = rows_[r];
    child.key = p.key;
    child.parent = r;
    child.root = p.root;
    child.provider = p.provider;
    child.visits = p.visits;
    child.next_step = b.step;
    child.sibling = p.first_child;
    p.first_child = c;
    ++p.children;
    children_.push_back(c);
    most_children_ = std::max(most_children_, children_.size());
  }
  if (children_.size() == base) {
    step = s.joins_at;
    return true;
  }
  rows_[r].doing = Doing::branched;
  std::uint32_t const epoch = ++rows_[r].epoch;
  // A branch that ends the patient ends its siblings with it: they must not be started afterwards.
  for (std::size_t i = base; i < children_.size() && rows_[r].epoch == epoch; ++i) {
    Row const c = children_[i];
    move(c, rows_[c].next_step);
  }
  children_.resize(base);
  return false;
}

void Workspace::State::joins_again(Row r) {
  Patient& p = rows_[r];
  model::Step const& s = steps_[p.step];
  if (p.missed > 0 && s.dna_adjusts >= 0) adjust_first(p.root, s.dna_adjusts);
  p.joined = p.started = now_;
  note(Happening::joined_again, p, p.step);
  if (uses_resource(s.kind)) {
    join(r, s);
    return;
  }
  note(Happening::started, p, p.step);
  start_delay(r, s, end_of(p, s));
}

}  // namespace cwtsim::engine
