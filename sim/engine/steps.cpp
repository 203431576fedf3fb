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
  bool const admitted = std::exchange(admitted_, no_row) == r;
  if (rows_[r].parent != no_row && step == phase_->steps[rows_[rows_[r].parent].step].joins_at)
    return absorb_branch(r, step);
  model::Step const& s = phase_->steps[step];
  Patient& p = rows_[r];
  if (s.limited) {
    Index16 const index = resource_of(p.provider, phase_->needs[s.needs.first]);
    if (phase_->resources[index].waiting_room != model::none32 && !admitted && !has_room(p, s)) {
      if (phase_->resources[index].when_full == model::WhenFull::hold) {
        block(r, step, false);
        return false;
      }
      if (measuring_) ++result_.resources[index].turned_away;
      note(Happening::turned_away, p, step);
      step = s.when_full;
      return true;
    }
  }
  p.step = step;
  p.repeat = 0;
  p.missed = 0;
  p.joined = p.started = now_;
  if (s.in_cycle) ++p.visits;
  note(Happening::joined, p, step);
  p.repeats = s.repeats.given() ? static_cast<std::uint16_t>(choose(*phase_, s.repeats, who(p), p.key,
                                                                    s.place ^ repeats_place, visit_of(p, s)))
                                : std::uint16_t{1};
  if (s.marks_joined) mark(r, s.marks_joined, static_cast<std::int32_t>(today()));
  switch (s.kind) {
    case StepKind::appointment:
    case StepKind::servers:
    case StepKind::meeting:
      join(r, s);
      return false;
    case StepKind::delay:
    case StepKind::transfer: {
      note(Happening::started, p, step);
      if (s.marks_start) mark(r, s.marks_start, static_cast<std::int32_t>(today()));
      if (measuring_) ++result_.steps[static_cast<std::size_t>(step) * model_.providers() + p.provider].starts;
      Tick const takes = s.takes.given() ? sample(*phase_, s.takes, who(p), p.key, s.place, visit_of(p, s)) : 0;
      Tick const until = s.working_days ? after_working(takes) : now_ + takes;
      if (until > now_) {
        start_delay(r, until);
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

void Workspace::State::start_delay(Row r, Tick until) {
  Patient& p = rows_[r];
  p.doing = Doing::delayed;
  ++p.epoch;
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
  model::Step const& s = phase_->steps[p.step];
  note(Happening::finished, p, p.step);
  if (measuring_)
    result_.steps[static_cast<std::size_t>(p.step) * model_.providers() + p.provider].service_ticks += now_ - p.started;
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
  std::uint64_t const visit = visit_of(p, s);
  for (std::uint32_t i = 0; i < s.sets.count; ++i) {
    model::AttributeSet const& set = phase_->sets[s.sets.first + i];
    levels_[static_cast<std::size_t>(p.root) * model_.attributes + set.attribute] =
        static_cast<std::uint8_t>(choose(*phase_, set.choice, who(p), p.key, set.place, visit));
  }
  if (s.pauses >= 0) {
    // p.joined has become the time of finishing where a resource was waited for; days of waiting are the provider's
    pause_clocks(p.root, s.pauses,
                 static_cast<std::int32_t>(today()) - static_cast<std::int32_t>(p.started / model_.ticks_per_day));
  }
  if (s.marks_finish) mark(r, s.marks_finish, static_cast<std::int32_t>(today()));
  if (s.kind == StepKind::transfer) {
    auto const to = static_cast<Index16>(choose(*phase_, s.to, who(p), p.key, s.place ^ to_place, visit));
    if (to != p.provider) {
      p.provider = to;
      hand_over(p.root);
    }
  }
  next = static_cast<Index16>(choose(*phase_, s.then, who(p), p.key, s.place, visit));
  return true;
}

void Workspace::State::finish(Row r) {
  Patient& p = rows_[r];
  model::Step const& s = phase_->steps[p.step];
  bool const held = uses_resource(s.kind);
  Index16 const step = p.step, provider = p.provider;
  Tick const started = p.started;
  if (held) {
    Index16 const lead = waited_for(p, s);
    if (phase_->resources[lead].at_closing != model::AtClosing::finish) unlink(resources_[lead].serving, r);
  }
  ++p.epoch;
  p.doing = Doing::nothing;
  Index16 next = none16;
  if (complete(r, next)) {
    Row const parent = rows_[r].parent;
    bool const joins = parent != no_row && next == phase_->steps[rows_[parent].step].joins_at;
    if (held && !joins) {
      model::Step const& to = phase_->steps[next];
      if (to.limited && !has_room(rows_[r], to) &&
          phase_->resources[waited_for(rows_[r], to)].when_full == model::WhenFull::hold) {
        block(r, next, true);
        return;
      }
    }
    move(r, next);
  }
  if (held) release(step, provider, started);
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
  free_row(r);
  if (--q.children > 0) return false;
  q.doing = Doing::nothing;
  ++q.epoch;
  step = phase_->steps[q.step].joins_at;
  r = parent;
  return true;
}

bool Workspace::State::branch(Row r, Index16& step) {
  model::Step const& s = phase_->steps[step];
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
  model::Step const& s = phase_->steps[p.step];
  if (p.missed > 0 && s.dna_adjusts >= 0) adjust_first(p.root, s.dna_adjusts);
  p.joined = p.started = now_;
  note(Happening::joined_again, p, p.step);
  if (uses_resource(s.kind)) {
    join(r, s);
    return;
  }
  note(Happening::started, p, p.step);
  Tick const takes = s.takes.given() ? sample(*phase_, s.takes, who(p), p.key, s.place, visit_of(p, s)) : 0;
  start_delay(r, s.working_days ? after_working(takes) : now_ + takes);
}

}  // namespace cwtsim::engine
