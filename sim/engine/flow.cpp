#include "flow.hpp"

#include <algorithm>
#include <utility>

#include "progress.hpp"
#include "steps/steps.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::none16;

Flow::Flow(model::Model const& model)
    : now(model),
      patients(model),
      books(now),
      lists(now, patients),
      capacity(now, events, patients),
      gatherings(now, patients),
      counting(now, patients, books),
      deadlocks(now, patients, lists, capacity),
      checks({now, patients, lists, gatherings, capacity, counting, deadlocks}),
      log(now, checks) {}

void Flow::reset() {
  keep_slack(children, most_children);
  admitted_ = no_row;
}

void Flow::move(Row r, Index16 step) {
  while (enter(r, step)) {
  }
}

// Enters one step; true if the patient goes straight on: then r and step say who and where to.
bool Flow::enter(Row& r, Index16& step) {
  Patient& p = patients[r];
  if (p.parent != no_row && step == now.steps[patients[p.parent].step].joins_at)
    return steps::absorb_branch(*this, r, step);
  model::Step const& s = now.steps[step];
  if (s.limited) {
    switch (ask_for_room(r, step)) {
      case Room::found:
        break;
      case Room::held:
        return false;
      case Room::turned_away:
        return true;
    }
  } else {
    p.carried = 0;
  }
  p.step = step;
  p.repeat = 0;
  p.missed = 0;
  p.repeats = 1;
  p.joined = p.started = now.tick;
  if (s.in_cycle) ++p.visits;
  checks.see_at(r, step, p.provider);
  log.note(Happening::joined, p, step);
  if (s.many_times) p.repeats = static_cast<std::uint16_t>(luck(p, s).choose(s.repeats, Draw::repeats));
  if (s.joining_matters) counting.reach(r, s.joined, now.date());
  return steps::enter(*this, s, r, step);
}

void Flow::place(Row r, Index16 step, Tick on_list, std::uint16_t missed) {
  model::Step const& s = now.steps[step];
  if (!waits(s.kind)) return move(r, step);
  Patient& p = patients[r];
  p.step = step;
  p.missed = missed;
  p.started = now.tick;
  p.joined = now.tick - on_list;
  if (s.in_cycle) ++p.visits;
  checks.see_at(r, step, p.provider);
  log.note(Happening::joined, p, step);
  if (s.many_times) p.repeats = static_cast<std::uint16_t>(luck(p, s).choose(s.repeats, Draw::repeats));
  if (s.joining_matters)
    counting.reach(r, s.joined, now.date() - static_cast<std::int32_t>(on_list / now.model.ticks_per_day));
  steps::enter_again(*this, s, r);
}

Tick Flow::length_of(Patient const& p, model::Step const& s) const {
  Luck const its = luck(p, s);
  return s.has_times ? its.sample(s.takes, s.times) : its.sample(s.takes);
}

void Flow::join(Row r, model::Step const& step) {
  Patient& p = patients[r];
  Index16 const index = waited_for(p);
  WaitingLists::Line& line = lists[index];
  ++p.epoch;
  if (line.waiting == 0 && line.notice == 0 && capacity[index].paused.empty() && suffices(p, step, index)) {
    start(r, index);
    return;
  }
  if (step.may_be_given_up) schedule_giving_up(r, step);
  lists.join(index, r, step);
  if (line.notice == 0) {
    if (capacity.any(index)) dispatch(index);
  } else if (capacity[index].kind == model::ResourceKind::sessions) {
    call_after_notice(index);
  }
}

void Flow::start(Row r, Index16 index) {
  Patient& p = patients[r];
  model::Step const& s = now.steps[p.step];
  ++p.epoch;
  if (s.may_be_missed && steps::miss(*this, r, index)) {
    admit_held(index);
    return;
  }
  if (now.measuring) {
    std::size_t const at = now.at(p.step, p.provider);
    StepTotals& totals = counting.of_step(at);
    ++totals.starts;
    totals.wait_ticks += p.carried + (now.tick - p.joined);
    if (p.joined != now.tick) counting.charge_wait(p, at);
  }
  if (counting.follows(p)) [[unlikely]]
    counting.note_wait(p, now.at(p.step, p.provider));
  capacity.take(s, p.provider, index);
  p.started = now.tick;
  log.note(Happening::started, p, p.step);
  p.carried = 0;
  if (s.starting_matters) begin_step(r, s);
  p.finishes = s.takes_time ? now.tick + length_of(p, s) : now.tick;
  p.doing = Doing::in_service;
  capacity.serve(index, r);
  schedule(p.finishes, EventKind::step_finished, r);
  if (!lists[index].held.empty()) admit_held(index);
}

void Flow::finish(Row r) {
  Patient& p = patients[r];
  Index16 const step = p.step, provider = p.provider;
  model::Step const& s = now.steps[step];
  bool const waited = s.waits;
  Tick const started = p.started;
  if (waited) capacity.end_service(now.waited_for(step, provider), r);
  ++p.epoch;
  p.doing = Doing::nothing;
  Index16 next = none16;
  if (complete(r, next)) {
    if (waited && now.steps[next].limited && must_hold(r, next)) {
      hold(r, next, true);
      return;
    }
    move(r, next);
  }
  if (waited && s.frees) release(step, provider, started);
}

bool Flow::complete(Row r, Index16& next) {
  Patient& p = patients[r];
  model::Step const& s = now.steps[p.step];
  log.note(Happening::finished, p, p.step);
  if (now.measuring) {
    std::size_t const at = now.at(p.step, p.provider);
    StepTotals& totals = counting.of_step(at);
    ++totals.finished;
    totals.service_ticks += p.carried + (now.tick - p.started);
    counting.time_of(p, at).*own_time_of(s.kind) += now.measured_since(p.started);
  }
  if (counting.follows(p)) [[unlikely]]
    counting.note(p, now.at(p.step, p.provider), own_time_of(s.kind), p.started);
  if (p.repeat + 1 < p.repeats) {
    if (s.pauses >= 0) counting.end_pause(p.root, s.pauses);
    Tick const every = s.every.given() ? luck(p, s).sample(s.every, Draw::every) : 0;
    ++p.repeat;
    p.missed = 0;
    ++p.epoch;
    p.doing = Doing::delayed;
    p.away = Away::repeat;
    p.joined = now.tick;
    schedule(std::max(p.started + every, now.tick), EventKind::joins_again, r);
    return false;
  }
  p.repeat = 0;
  if (s.more_at_end) end_step(r, s);
  if (s.next != none16)
    next = s.next;
  else if (!s.has_odds)
    next = static_cast<Index16>(luck(p, s).choose(s.then));
  else
    next = static_cast<Index16>(luck(p, s).choose(s.then, s.odds));
  return true;
}

void Flow::begin_step(Row r, model::Step const& s) {
  Patient const& p = patients[r];
  if (p.repeat == 0) counting.reach(r, s.started, now.date());
  if (s.pauses >= 0) counting.begin_pause(p.root, s.pauses);
}

void Flow::end_step(Row r, model::Step const& s) {
  Patient& p = patients[r];
  if (s.pauses >= 0) counting.end_pause(p.root, s.pauses);
  if (s.finds.count > 0) find_levels(p.root, s.finds);
  for (std::uint32_t i = 0; i < s.sets.count; ++i) {
    model::AttributeSet const& set = now.era->sets[s.sets.first + i];
    patients.levels_of(p.root)[set.attribute] =
        static_cast<std::uint8_t>(luck(p, s).elsewhere(set.draws_at).choose(set.choice));
  }
  if (s.finished.bits) counting.reach(r, s.finished, now.date());
  steps::end(*this, r, s);
}

void Flow::find_levels(Row root, model::Range attributes) {
  std::uint8_t* const levels = patients.levels_of(root);
  for (std::uint32_t i = 0; i < attributes.count; ++i) {
    std::uint8_t const a = now.era->finds[attributes.first + i];
    levels[a] = level_reached(*now.era, a, levels[a], patients.course_of(root), now.tick);
  }
}

void Flow::join_again(Row r) {
  Patient& p = patients[r];
  model::Step const& s = now.steps[p.step];
  counting.settle(p);
  if (p.missed > 0 && s.dna_adjusts >= 0) counting.adjust_first(p.root, s.dna_adjusts);
  p.carried = 0;
  p.joined = p.started = now.tick;
  log.note(Happening::joined_again, p, p.step);
  steps::enter_again(*this, s, r);
}

void Flow::move_away(Row r, Index16 resource, Index16 provider, Tick until) {
  lists.leave(resource, r);
  Patient& p = patients[r];
  log.note(Happening::moved, p, p.step);
  counting.charge_wait(p);
  p.provider = provider;
  counting.hand_over(p.root);
  checks.see_at(r, p.step, provider);
  p.joined = now.tick;
  p.doing = Doing::delayed;
  p.away = Away::move;
  ++p.epoch;
  schedule(until, EventKind::moved_arrives, r);
}

void Flow::arrive_from_elsewhere(Row r) {
  Patient& p = patients[r];
  counting.settle(p);
  p.carried = 0;
  p.joined = p.started = now.tick;
  log.note(Happening::joined_again, p, p.step);
  join(r, now.steps[p.step]);
}

std::uint64_t Flow::count_unfinished() {
  std::uint64_t still_in = 0;
  for (Row r = 0; r < patients.size(); ++r) {
    Patient const& p = patients[r];
    if (p.doing == Doing::nothing || p.doing == Doing::expected) continue;
    counting.settle(p);
    if (p.root == r) ++still_in;
    if (is_on_list(p.doing) || p.doing == Doing::gathered)
      ++counting.of_step(now.at(p.step, p.provider)).waiting_at_end;
    if (p.doing == Doing::blocked) ++counting.of_step(now.at(p.next_step, p.provider)).waiting_at_end;
    if (p.doing == Doing::in_service || (p.doing == Doing::blocked && p.holding))
      capacity.count_busy(now.steps[p.step], p.provider, p.started);
    if (p.doing == Doing::paused) capacity.count_busy(now.steps[p.step], p.provider, p.started, 1);
  }
  return still_in;
}

}  // namespace cwtsim::engine
