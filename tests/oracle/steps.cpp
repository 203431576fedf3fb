// What patients do, step by step.

#include <algorithm>
#include <cmath>

#include "second_engine.hpp"

namespace cwtsim::oracle {
using scenario::Step, scenario::StepKind;

Step const& SecondEngine::step_at(std::string const& pathway, std::string const& step) const {
  return *scenario_->pathways.find(pathway)->steps.find(step);
}

Facts SecondEngine::facts(Person const& p) const {
  Facts facts = p.patient->levels;
  facts["provider"] = p.provider;
  facts["stream"] = p.patient->stream;
  return facts;
}

/// Where something is drawn at the step of a patient; visits are told apart at steps that can be visited again.
Draw SecondEngine::draw_at(Person const& p, std::string const& kind, std::string const& rest) const {
  std::string const full = p.pathway + "/" + p.step;
  std::uint64_t const visits = in_cycle_.count(full) ? p.visits : 0;
  return {p.key, draws_at(kind + ":" + full + rest), visits << 32 | p.repeat << 16 | p.missed};
}

void SecondEngine::go(Person* p, std::string next, bool has_a_place) {
  while (enter(p, next, has_a_place)) has_a_place = false;
}

// True if the patient goes straight on: then p and next say who and where to.
bool SecondEngine::enter(Person*& p, std::string& next, bool has_a_place) {
  if (p->parent && next == step_of(*p->parent).joins_at) {
    std::erase(p->parent->branches, p);
    p->parent->visits = std::max(p->parent->visits, p->visits);
    p->doing = Doing::gone;
    end_account(*p);
    --in_system_;
    use("branches join");
    p = p->parent;
    p->joining.push_back(now_);
    if (!p->branches.empty()) return false;
    p->doing = Doing::nothing;
    return true;
  }
  Step const& s = step_at(p->pathway, next);
  if (waits_for_resources(s) && !has_a_place &&
      !(has_room(*p, next) && needs_of(s, p->provider)[0].resource->held.empty())) {
    Resource& r = *needs_of(s, p->provider)[0].resource;
    if (what_is(r).when_full == scenario::WhenFull::hold) {
      hold(*p, next, false);
      return false;
    }
    use("turned away");
    if (measuring_) add("turned_away " + r.full());
    note(*p, "turned_away", next);
    next = s.when_full;
    return true;
  }
  end_account(*p);
  p->step = next;
  if (!has_a_place) p->stood = 0;
  p->served = 0;
  p->repeat = 0;
  p->missed = std::exchange(p->missed_before, 0);
  p->started = now_;
  p->joined = now_ - std::exchange(p->on_list, 0);
  bool const again = in_cycle_.count(p->pathway + "/" + next) > 0;
  if (again) use(++p->visits > 1 ? "visited again" : "step of a loop");
  note(*p, "joined", p->step);
  p->repeats = 1;
  if (s.repeats.given()) {
    Draw const where = draw_at(*p, "step");
    p->repeats = std::stoull(choose(value_of(s.repeats, facts(*p)), where.at(where.draws_at ^ letters("rep"))));
  }
  reach(*p, s.on_joining, today() - (now_ - p->joined) / day_);
  switch (s.kind) {
    case StepKind::appointment:
    case StepKind::servers:
    case StepKind::meeting:
      join(*p);
      return false;
    case StepKind::delay:
    case StepKind::transfer: {
      note(*p, "started", p->step);
      reach(*p, s.on_start, today());
      begin_pause(*p);
      pay(s.costs, p->provider, "step=" + p->pathway + "/" + p->step);
      if (measuring_) add("starts " + p->pathway + "/" + p->step + "@" + p->provider);
      std::int64_t const takes = length(s.takes, *p, draw_at(*p, "step"), s.times);
      std::int64_t const until = s.working_days ? after_working_days(takes) : now_ + takes;
      if (s.working_days) use("delay in working days");
      begin_account(*p, s.kind == StepKind::transfer ? "travelling" : "delay", p->step);
      if (until == now_) return complete(*p, next);
      spend(*p, until);
      return false;
    }
    case StepKind::gather:
      gather(*p);
      return false;
    case StepKind::parallel:
      return branch(*p, next);
    case StepKind::continues:
      use("continues");
      p->pathway = s.pathway;
      next = scenario_->pathways.find(s.pathway)->start;
      return true;
    case StepKind::end:
      leave(*p->patient);
      return false;
  }
  return false;
}

// On a day off it is as if it were this time on the working day before.
std::int64_t SecondEngine::after_working_days(std::int64_t rest) {
  if (rest == 0) return now_;
  auto const works = [&](std::int64_t day) { return place_in_week(date_of(day)) < 5 && !holiday(day); };
  if (!works(today())) use("working days from a day off");
  std::int64_t day = today(), time = now_ % day_;
  while (!works(day)) --day;
  for (rest += time; rest >= day_; rest -= day_) do
      ++day;
    while (!works(day));
  if (day >= today()) return day * day_ + rest;
  while (!works(day) || day < today()) ++day;  // not before now
  return day * day_;
}

// All branches are made before the first one starts, so that they can only join when all have come.
bool SecondEngine::branch(Person& p, std::string& next) {
  Step const& s = step_of(p);
  std::vector<std::pair<Person*, std::string>> starting;
  for (auto const& [first, chance] : s.starts) {
    if (!happens(value_of(chance, facts(p)), draw_at(p, "branch", "/" + first))) {
      use("branch not taken");
      continue;
    }
    Person& b = new_person();
    b.key = p.key;
    b.parent = &p;
    b.patient = p.patient;
    b.pathway = p.pathway;
    b.step = p.step;
    b.provider = p.provider;
    b.visits = p.visits;
    b.has_come = true;
    ++in_system_;
    p.branches.push_back(&b);
    starting.emplace_back(&b, first);
  }
  if (starting.empty()) {
    use("no branch taken");
    next = s.joins_at;
    return true;
  }
  if (p.parent) use("nested branches");
  p.doing = Doing::branched;
  begin_account(p, "branched", p.step);
  for (auto const& [b, first] : starting)
    if (b->doing != Doing::gone) go(b, first);  // gone: an earlier branch has ended the patient
  return false;
}

// What happens when a step is finished, up to choosing the next one; false if it is to be repeated.
bool SecondEngine::complete(Person& p, std::string& next) {
  Step const& s = step_of(p);
  note(p, "finished", p.step);
  end_account(p);
  end_pause(p);
  if (measuring_) add("finished " + p.pathway + "/" + p.step + "@" + p.provider);
  if (measuring_) add("service_ticks " + p.pathway + "/" + p.step + "@" + p.provider, p.served + now_ - p.started);
  Draw const where = draw_at(p, "step");
  if (p.repeat + 1 < p.repeats) {
    std::int64_t const every = length(s.every, p, where.at(where.draws_at ^ letters("eve")));
    ++p.repeat;
    p.missed = 0;
    p.doing = Doing::delayed;
    begin_account(p, "between", p.step);
    use("repeated");
    p.pending = {schedule(std::max(p.started + every, now_), Turn::finishing, [this, &p] { join_again(p); })};
    return false;
  }
  p.repeat = 0;
  Draw const last = draw_at(p, "step");
  for (auto const& attribute : s.finds)
    for (auto const& [at, level] : p.patient->course[attribute])
      if (at <= now_) {
        if (p.patient->levels[attribute] != level) use("found a level reached unseen");
        p.patient->levels[attribute] = level;
      }
  for (auto const& [attribute, shares] : s.sets) {
    use("attribute set by a step");
    p.patient->levels[attribute] = choose(value_of(shares, facts(p)), draw_at(p, "sets", "/" + attribute));
  }
  reach(p, s.on_finish, today());
  if (s.kind == StepKind::transfer) {
    auto const to = choose(value_of(s.to, facts(p)), last.at(last.draws_at ^ letters("to")));
    if (to != p.provider) {
      use(p.parent ? "transfer of a branch" : "transfer");
      p.provider = to;
      for (auto& [name, clock] : p.patient->clocks) clock.handed_over = today();
    }
  }
  for (auto const& by : s.then.by) use("next step by " + (by == "provider" || by == "stream" ? by : "attribute"));
  if (!s.odds.empty()) use("odds of a next step");
  next = choose(by_odds(value_of(s.then, facts(p)), s.odds, facts(p)), last);
  return true;
}

// A patient goes on first; then what the step held is given back.
void SecondEngine::finish(Person& p) {
  p.pending.clear();
  Step const& s = step_of(p);
  auto const needs = needs_of(s, p.provider);
  if (!needs.empty()) needs[0].resource->serving.remove(&p);
  p.doing = Doing::nothing;
  std::string next;
  if (complete(p, next)) {
    bool const joins = p.parent && next == step_of(*p.parent).joins_at;
    Step const& to = step_at(p.pathway, next);
    if (!needs.empty() && !joins && waits_for_resources(to)) {
      Resource& r = *needs_of(to, p.provider)[0].resource;
      bool const full = !has_room(p, next) || !r.held.empty();
      if (full && what_is(r).when_full == scenario::WhenFull::hold) {
        hold(p, next, true);
        return;
      }
    }
    go(&p, next);
  }
  give_back_needs(needs);
}

void SecondEngine::join_again(Person& p) {
  p.pending.clear();
  tell_all(*p.patient);
  Step const& s = step_of(p);
  if (p.missed > 0 && !s.did_not_attend->adjusts.empty()) restart_clocks(*p.patient, s.did_not_attend->adjusts);
  p.joined = p.started = now_;
  p.stood = p.served = 0;
  note(p, "joined_again", p.step);
  if (waits_for_resources(s)) return join(p);
  if (s.kind == StepKind::gather) return gather(p);
  note(p, "started", p.step);
  begin_account(p, s.kind == StepKind::transfer ? "travelling" : "delay", p.step);
  begin_pause(p);
  std::int64_t const takes = length(s.takes, p, draw_at(p, "step"), s.times);
  spend(p, s.working_days ? after_working_days(takes) : now_ + takes);
}

// A delay or transfer lasts until some moment, if the patient does not give it up before.
void SecondEngine::spend(Person& p, std::int64_t until) {
  Step const& s = step_of(p);
  p.doing = Doing::delayed;
  std::int64_t ends = until;
  std::string to;
  for (auto const& [reason, gives_up] : s.gives_up) {
    std::int64_t const at = now_ + length(gives_up.after, p, draw_at(p, "gives_up", "/" + reason), gives_up.times);
    if (at >= ends) continue;
    ends = at;
    to = gives_up.then;
  }
  if (to.empty()) {
    p.pending = {schedule(until, Turn::finishing, [this, &p] { finish(p); })};
    return;
  }
  p.pending = {schedule(ends, Turn::finishing, [this, &p, to] {
    use("gave up a delay");
    end_pause(p);
    p.pending.clear();
    p.doing = Doing::nothing;
    note(p, "gave_up", p.step);
    if (measuring_) add("gave_up " + p.pathway + "/" + p.step + "@" + p.provider);
    go(&p, to);
  })};
}

// After how long from now, and for which step; nothing if there is no reason to.
std::optional<std::pair<std::int64_t, std::string>> SecondEngine::first_to_give_up(Person const& p) {
  std::optional<std::pair<std::int64_t, std::string>> first;
  for (auto const& [reason, gives_up] : step_of(p).gives_up) {
    std::int64_t const after = rest(gives_up.after, p, draw_at(p, "gives_up", "/" + reason), gives_up.times);
    if (!first || after < first->first) first = {after, gives_up.then};
  }
  return first;
}

void SecondEngine::give_up(Person& p, std::string const& then, bool from_list) {
  p.pending.clear();
  p.doing = Doing::nothing;
  Resource& r = *needs_of(step_of(p), p.provider)[0].resource;
  if (from_list) {
    use("gave up");
    r.waiting.remove(&p);
    note(p, "gave_up", p.step);
    if (measuring_) add("gave_up " + p.pathway + "/" + p.step + "@" + p.provider);
  }
  go(&p, then);
  if (from_list) work(r);
}

// A patient ends with all branches: all leave their lists before anything is given back.
void SecondEngine::leave(Person& patient) {
  ++story_.totals["finished"];
  if (!patient.branches.empty()) use("a branch ends the patient");
  note(patient, "left", "");
  leave_lists(patient);
  give_back(patient);
}

void SecondEngine::leave_lists(Person& p) {
  for (auto* b : p.branches) leave_lists(*b);
  end_account(p);
  cancel(p);
  if (p.doing == Doing::gathering) leave_group(p);
  if (p.doing == Doing::waiting) needs_of(step_of(p), p.provider)[0].resource->waiting.remove(&p);
  if (p.doing == Doing::held) needs_of(step_at(p.pathway, p.next), p.provider)[0].resource->held.remove(&p);
}

// The branch that is written last gives back first, the patient itself at the end.
void SecondEngine::give_back(Person& p) {
  while (!p.branches.empty()) {
    Person& last = *p.branches.back();
    p.branches.pop_back();
    give_back(last);
  }
  Doing const was = p.doing;
  p.doing = Doing::gone;
  --in_system_;
  auto needs = needs_of(step_of(p), p.provider);
  if (was == Doing::in_service || was == Doing::interrupted) {
    needs[0].resource->serving.remove(&p);
    needs[0].resource->interrupted.remove(&p);
  }
  if (was == Doing::interrupted) needs.erase(needs.begin());  // that one has been given back already
  if (was == Doing::in_service || was == Doing::interrupted || (was == Doing::held && p.keeps)) give_back_needs(needs);
  if (was == Doing::waiting) work(*needs[0].resource);
  if (was == Doing::held) admit_held(*needs_of(step_at(p.pathway, p.next), p.provider)[0].resource);
}

}  // namespace cwtsim::oracle
