// What patients wait for: lists, servers, sessions, meetings and staff.

#include <algorithm>
#include <cmath>
#include <optional>

#include "cwtsim/scenario/days.hpp"
#include "second_engine.hpp"

namespace cwtsim::oracle {

using scenario::AtClosing;
using scenario::Order;
using scenario::ResourceKind;
using scenario::Step;

scenario::Resource const& SecondEngine::what_is(Resource const& r) const {
  return *scenario_->providers.find(r.provider)->resources.find(r.name);
}

/// What a step needs at a provider; first what it waits for, which is the first of kind sessions, else the first.
std::vector<SecondEngine::Need> SecondEngine::needs_of(Step const& step, std::string const& provider) {
  std::vector<Need> needs;
  for (auto const& [name, count] : step.needs) {
    auto const* here = scenario_->providers.find(provider)->resources.find(name);
    if (!here) return {};
    std::string const& owner = here->at.empty() ? provider : here->at;
    for (auto& r : resources_)
      if (r.provider == owner && r.name == name) needs.push_back({&r, count});
  }
  auto const lead = std::find_if(needs.begin(), needs.end(),
                                 [&](Need const& n) { return what_is(*n.resource).kind == ResourceKind::sessions; });
  if (lead != needs.end()) std::rotate(needs.begin(), lead, lead + 1);
  return needs;
}

std::int64_t SecondEngine::slots_left(Resource const& r) const {
  std::int64_t left = 0;
  for (auto const& s : r.sessions)
    if (s.closes > now_) left += s.slots;
  return left;
}

bool SecondEngine::enough(Need const& need) const {
  switch (what_is(*need.resource).kind) {
    case ResourceKind::servers:
      return need.resource->servers - need.resource->in_use >= need.count;
    case ResourceKind::sessions:
      return slots_left(*need.resource) >= need.count;
    case ResourceKind::meeting:
      return need.resource->cases >= need.count;
  }
  return false;
}

bool SecondEngine::can_start(Person const& p, std::string const& step) {
  auto const needs = needs_of(step_at(p.pathway, step), p.provider);
  return std::all_of(needs.begin(), needs.end(), [&](Need const& n) { return enough(n); });
}

std::int64_t SecondEngine::notice_of(Resource const& r) const {
  auto const& what = what_is(r);
  return ticks(what.kind == ResourceKind::meeting ? what.cut_off : what.notice);
}

/// Room for one more, in the waiting room or at once in service.
bool SecondEngine::has_room(Person const& p, std::string const& step) {
  Resource const& r = *needs_of(step_at(p.pathway, step), p.provider)[0].resource;
  auto const& room = what_is(r).waiting_room;
  if (!room || static_cast<std::int64_t>(r.waiting.size()) < *room) return true;
  return r.waiting.empty() && notice_of(r) == 0 && can_start(p, step);
}

void SecondEngine::hold(Person& p, std::string const& next, bool keeps) {
  use(keeps ? "held with resources" : "held");
  p.next = next;
  p.keeps = keeps;
  begin_account(p, keeps ? "held" : "outside", keeps ? p.step : next);
  if (keeps && measuring_) {
    add("kept " + p.pathway + "/" + p.step + "@" + p.provider);
    add("kept_ticks " + p.pathway + "/" + p.step + "@" + p.provider, p.served + now_ - p.started);
  }
  p.doing = Doing::held;
  needs_of(step_at(p.pathway, next), p.provider)[0].resource->held.push_back(&p);
  if (keeps) look_for_deadlock(&p);
}

void SecondEngine::admit_held(Resource& r) {
  while (!r.held.empty() && has_room(*r.held.front(), r.held.front()->next)) {
    Person& p = *r.held.front();
    r.held.pop_front();
    auto const needs = p.keeps ? needs_of(step_of(p), p.provider) : std::vector<Need>{};
    if (p.keeps && measuring_) {
      add("let_go " + p.pathway + "/" + p.step + "@" + p.provider);
      add("let_go_ticks " + p.pathway + "/" + p.step + "@" + p.provider, p.served + now_ - p.started);
    }
    p.stood = p.keeps ? 0 : now_ - p.account_since;
    p.doing = Doing::nothing;
    go(&p, p.next, true);
    give_back_needs(needs);
  }
}

void SecondEngine::join(Person& p) {
  Step const& s = step_of(p);
  Resource& r = *needs_of(s, p.provider)[0].resource;
  auto const& what = what_is(r);
  p.doing = Doing::waiting;
  begin_account(p, "list", p.step);
  p.order = joins_++;
  p.urgency = 0;
  if (what.order == Order::priority && s.priority.given()) p.urgency = std::llround(value_of(s.priority, facts(p)));
  if (what.order == Order::breach_date) p.urgency = breach_day(p, r);
  r.waiting.push_back(&p);
  if (auto const first = first_to_give_up(p))
    p.pending = {
        schedule(now_ + first->first, Turn::finishing, [this, &p, then = first->second] { give_up(p, then, true); })};
  p.called = notice_of(r) == 0;
  if (p.called && r.waiting.size() == 1 && r.interrupted.empty() && can_start(p, p.step)) return start(p, r);
  if (p.called) return work(r);
  if (what.kind == ResourceKind::sessions) schedule_call(r);
}

// Those whose notice is over may be given a slot.
void SecondEngine::call(Resource& r) {
  for (auto* p : r.waiting) p->called = p->called || p->joined + notice_of(r) <= now_;
}

// While a session is open with a slot to spare, the next patient whose notice ends in it is called when it does.
void SecondEngine::schedule_call(Resource& r) {
  if (r.call_is_due || slots_left(r) == 0) return;
  std::int64_t closes = 0;
  for (auto const& s : r.sessions) closes = std::max(closes, s.closes);
  for (auto* p : r.waiting) {
    if (p->called) continue;
    std::int64_t const at = p->joined + notice_of(r);
    if (at >= closes) return;
    r.call_is_due = true;
    schedule(at, Turn::opening, [this, &r] {
      use("called when the notice ends");
      r.call_is_due = false;
      call(r);
      work(r);
      schedule_call(r);
    });
    return;
  }
}

void SecondEngine::take(Need const& need) {
  Resource& r = *need.resource;
  switch (what_is(r).kind) {
    case ResourceKind::servers:
      count_time(r);
      r.in_use += need.count;
      break;
    case ResourceKind::sessions:
      for (std::int64_t n = 0; n < need.count; ++n) {  // the session that closes first
        Session* first = nullptr;
        for (auto& s : r.sessions)
          if (s.closes > now_ && s.slots > 0 && (!first || s.closes < first->closes)) first = &s;
        --first->slots;
      }
      break;
    case ResourceKind::meeting:
      r.cases -= need.count;
      break;
  }
  if (need.count > 1) use("several of a resource");
  if (measuring_) add("used " + r.full(), need.count);
}

// The slot is used up and the rest stays free; false: the patient comes.
bool SecondEngine::misses(Person& p, Need const& lead) {
  auto const& missed = step_of(p).did_not_attend;
  Draw const where = draw_at(p, "step");
  if (!missed || p.missed == 65'535) return false;
  double share = value_of(missed->share, facts(p));
  if (!missed->odds.empty() && share > 0 && share < 1) {
    double const odds = share / (1 - share) * product_of(missed->odds, facts(p));
    share = odds / (1 + odds);
    use("odds of not attending");
  }
  if (!happens(share, where.at(where.draws_at ^ letters("dna")))) return false;
  note(p, "missed", p.step);
  use("did not attend");
  take(lead);
  if (measuring_) add("did_not_attend " + lead.resource->full(), lead.count);
  ++p.missed;
  begin_account(p, "rebooking", p.step);
  p.doing = Doing::delayed;
  if (missed->up_to && static_cast<std::int64_t>(p.missed) >= *missed->up_to) {
    use("did not attend too often");
    p.pending = {schedule(now_, Turn::finishing, [this, &p, then = missed->then] { give_up(p, then, false); })};
    return true;
  }
  Draw const again = draw_at(p, "step");
  std::int64_t const rebook = length(missed->rebook, p, again.at(again.draws_at ^ letters("reb")));
  p.pending = {schedule(now_ + rebook, Turn::finishing, [this, &p] { join_again(p); })};
  return true;
}

void SecondEngine::start(Person& p, Resource& r) {
  Step const& s = step_of(p);
  auto const needs = needs_of(s, p.provider);
  r.waiting.remove(&p);
  cancel(p);
  if (misses(p, needs[0])) return admit_held(r);
  if (measuring_) {
    std::string const step = p.pathway + "/" + p.step + "@" + p.provider;
    add("starts " + step);
    add("wait_ticks " + step, p.stood + now_ - p.joined);
    add("starts " + r.full());
    add("wait_ticks " + r.full(), p.stood + now_ - p.joined);
  }
  begin_account(p, "service", p.step);
  p.served = 0;
  pay(s.costs, p.provider, "step=" + p.pathway + "/" + p.step);
  for (auto const& need : needs) take(need);
  if (needs.size() > 1) use("several resources at once");
  p.started = now_;
  p.doing = Doing::in_service;
  note(p, "started", p.step);
  if (p.repeat == 0) reach(p, s.on_start, today());
  begin_pause(p);
  p.finishes = now_ + length(s.takes, p, draw_at(p, "step"), s.times);
  r.serving.push_back(&p);
  p.pending = {schedule(p.finishes, Turn::finishing, [this, &p] { finish(p); })};
  admit_held(r);
}

// All is free at once; then it is offered, to its own list first and then to those of steps that need it too.
void SecondEngine::give_back_needs(std::vector<Need> const& needs) {
  for (auto const& need : needs)
    if (what_is(*need.resource).kind == ResourceKind::servers) {
      count_time(*need.resource);
      need.resource->in_use -= need.count;
    }
  for (auto const& need : needs)
    if (what_is(*need.resource).kind == ResourceKind::servers) offer(*need.resource);
}

void SecondEngine::offer(Resource& r) {
  work(r);
  std::vector<Resource*> others;
  for (auto const& [pathway, what] : dated_.base.pathways)
    for (auto const& [name, step] : what.steps)
      for (auto const& [provider, of] : dated_.base.providers) {
        if (step.needs.size() < 2) continue;
        auto const needs = needs_of(step, provider);
        for (std::size_t n = 1; n < needs.size() && needs.size() == step.needs.size(); ++n)
          if (needs[n].resource == &r && !std::count(others.begin(), others.end(), needs[0].resource))
            others.push_back(needs[0].resource);
      }
  for (auto* other : others) work(*other);
}

// Works through a list as far as it goes.
void SecondEngine::work(Resource& r) {
  if (r.working) return;
  r.working = true;
  while (start_one(r)) {
  }
  r.working = false;
  admit_held(r);
}

bool SecondEngine::start_one(Resource& r) {
  if (!r.interrupted.empty()) {  // they go on before anyone else starts
    Person& p = *r.interrupted.front();
    auto const lead = needs_of(step_of(p), p.provider)[0];
    if (!enough(lead)) return false;
    r.interrupted.pop_front();
    count_time(r);
    r.in_use += lead.count;
    use("resumed");
    p.doing = Doing::in_service;
    p.started = now_;
    begin_account(p, "service", p.step);
    p.finishes = now_ + p.left;
    note(p, "resumed", p.step);
    r.serving.push_back(&p);
    p.pending = {schedule(p.finishes, Turn::finishing, [this, &p] { finish(p); })};
    return true;
  }
  auto const& what = what_is(r);
  std::vector<Person*> order;
  for (auto* p : r.waiting)
    if (p->called) order.push_back(p);
  auto const now_class = [&](Person const& p) {
    std::int64_t const up = what.promote_after ? (now_ - p.joined) / ticks(*what.promote_after) : 0;
    if (up > 0 && p.urgency > 0) use("promoted");
    return std::max<std::int64_t>(p.urgency - up, 0);
  };
  std::stable_sort(order.begin(), order.end(), [&](Person const* a, Person const* b) {
    if (what.order == Order::priority)
      return std::tuple(now_class(*a), a->joined, a->urgency) < std::tuple(now_class(*b), b->joined, b->urgency);
    return what.order == Order::breach_date && a->urgency < b->urgency;
  });
  for (auto* p : order) {
    if (!enough(needs_of(step_of(*p), p->provider)[0])) return false;
    if (can_start(*p, p->step)) {
      if (p != r.waiting.front())
        use(what.order == Order::arrival    ? "passed over"
            : what.order == Order::priority ? "order of priority"
                                            : "order of breach date");
      start(*p, r);
      return true;
    }
  }
  return false;
}

}  // namespace cwtsim::oracle
