// Who can never go on, looked for in the most obvious way: everybody who stands still is taken to be stuck, and
// whoever is found to be able to go on is taken out, again and again.

#include <algorithm>

#include "second_engine.hpp"

namespace cwtsim::oracle {

using scenario::ResourceKind;
using scenario::Step;

bool thaws(scenario::DatedScenario const& scenario, std::uint64_t seed) {
  SecondEngine engine(scenario, seed);
  engine.go_on_through_deadlocks();
  return engine.run().outcome == "thawed";
}

/// The tables of today, and of all dates that are still to come.
std::vector<scenario::Scenario const*> SecondEngine::from_now_on() const {
  std::vector<scenario::Scenario const*> tables{scenario_};
  for (auto const& [date, changed] : dated_.changes)
    if (std::int64_t{date - first_day_} * day_ > std::max(now_, start_)) tables.push_back(&changed);
  return tables;
}

/// Of servers: the most that there ever are from now on, less what those keep who are stuck.
std::int64_t SecondEngine::most_free(Resource const& r, Stuck const& stuck) {
  std::int64_t most = r.servers;
  for (auto const* tables : from_now_on()) {
    auto const& what = *tables->providers.find(r.provider)->resources.find(r.name);
    if (what.servers) most = std::max(most, *what.servers);
    for (auto const& [name, opening] : what.openings) most = std::max(most, opening.amount.value_or(0));
  }
  for (auto const* p : stuck) {
    bool const keeps = p->doing == Doing::held && p->keeps;
    if (!keeps && p->doing != Doing::interrupted) continue;
    auto const needs = needs_of(step_of(*p), p->provider);
    for (std::size_t n = keeps ? 0 : 1; n < needs.size(); ++n)
      if (needs[n].resource == &r) most -= needs[n].count;
  }
  return most;
}

bool SecondEngine::may_have(std::vector<Need> const& needs, Stuck const& stuck) {
  return std::all_of(needs.begin(), needs.end(), [&](Need const& need) {
    return what_is(*need.resource).kind != ResourceKind::servers || most_free(*need.resource, stuck) >= need.count;
  });
}

/// Another branch of its patient may come to an end.
bool SecondEngine::may_be_ended(Person const& p, Stuck const& stuck) {
  return std::any_of(people_.begin(), people_.end(), [&](Person const& other) {
    bool const goes_on = other.doing != Doing::gone && other.doing != Doing::branched && &other != &p &&
                         !(stuck.count(&other) && other.doing != Doing::waiting);
    if (other.patient != p.patient || !goes_on) return false;
    for (auto const* above = other.parent; above; above = above->parent)
      if (can_end_before_join(above->pathway, above->step)) return true;
    return false;
  });
}

/// By the names of steps alone, whatever the shares.
bool SecondEngine::can_end_before_join(std::string const& pathway, std::string const& parallel) const {
  std::vector<scenario::Scenario const*> all{&dated_.base};
  for (auto const& [date, changed] : dated_.changes) all.push_back(&changed);
  return std::any_of(all.begin(), all.end(), [&](scenario::Scenario const* tables) {
    auto const& steps = tables->pathways.find(pathway)->steps;
    auto const& start = *steps.find(parallel);
    std::set<std::string> seen{start.joins_at};
    std::vector<std::string> open;
    auto const come_to = [&](std::string const& name) {
      if (!name.empty() && seen.insert(name).second) open.push_back(name);
    };
    for (auto const& [first, chance] : start.starts) come_to(first);
    while (!open.empty()) {
      auto const& step = *steps.find(open.back());
      open.pop_back();
      if (step.kind == scenario::StepKind::end) return true;
      for (auto const& row : step.then.rows)
        for (auto const& [name, share] : row.value) come_to(name);
      for (auto const& [first, chance] : step.starts) come_to(first);
      for (auto const& [reason, gives_up] : step.gives_up) come_to(gives_up.then);
      come_to(step.when_full);
      if (step.did_not_attend) come_to(step.did_not_attend->then);
    }
    return false;
  });
}

bool SecondEngine::can_go_on(Person const& p, Stuck const& stuck) {
  if (p.parent && may_be_ended(p, stuck)) return true;
  bool const waits_outside = p.doing == Doing::held;
  Step const& s = waits_outside ? step_at(p.pathway, p.next) : step_of(p);
  auto const needs = needs_of(s, p.provider);
  Resource const& r = *needs[0].resource;
  bool const is_servers = what_is(r).kind == ResourceKind::servers;
  auto const nobody_before = [&](std::list<Person*> const& line) {
    for (auto const* other : line) {
      if (other == &p) return true;
      if (stuck.count(other)) return false;
    }
    return true;
  };
  if (p.doing == Doing::interrupted) return nobody_before(r.interrupted) && most_free(r, stuck) >= needs[0].count;
  if (p.doing == Doing::waiting) {
    if (!s.gives_up.empty()) return true;
    for (auto const& [name, rule] : scenario_->rules)
      if (rule.kind == scenario::RuleKind::move) {
        auto const lists = lists_of(rule);
        if (std::count(lists.begin(), lists.end(), &r)) return true;
      }
    if (!nobody_before(r.interrupted)) return false;
    if (what_is(r).order == scenario::Order::arrival && is_servers)
      for (auto const* other : r.waiting) {
        if (other == &p) break;
        if (stuck.count(other) && most_free(r, stuck) < needs_of(step_of(*other), other->provider)[0].count)
          return false;
      }
    return may_have(needs, stuck);
  }
  if (!nobody_before(r.held)) return false;
  std::int64_t room = 0, notice = INT64_MAX;
  for (auto const* tables : from_now_on()) {
    auto const& what = *tables->providers.find(r.provider)->resources.find(r.name);
    room = std::max(room, *what.waiting_room);
    notice = std::min(notice, ticks(what.kind == ResourceKind::meeting ? what.cut_off : what.notice));
  }
  auto const for_ever =
      std::count_if(r.waiting.begin(), r.waiting.end(), [&](Person const* other) { return stuck.count(other) > 0; });
  return for_ever < room || (for_ever == 0 && notice == 0 && may_have(needs, stuck));
}

/// The replication ends if one who was just held and keeps something (nobody: anybody who does) can never go on.
void SecondEngine::look_for_deadlock(Person const* just_held) {
  Stuck stuck;
  bool any_keeps = false;
  for (auto const& p : people_)
    if (p.doing == Doing::held || p.doing == Doing::interrupted || p.doing == Doing::waiting) {
      stuck.insert(&p);
      any_keeps = any_keeps || (p.doing == Doing::held && p.keeps);
    }
  if (!any_keeps) return;
  for (bool more = true; more;) {
    auto const before = stuck;
    for (auto const* p : before)
      if (can_go_on(*p, stuck)) stuck.erase(p);
    more = stuck.size() < before.size();
  }
  std::erase_if(stuck, [](Person const* p) { return p->doing != Doing::held || !p->keeps; });
  if (stuck.empty() || (just_held && !stuck.count(just_held))) return;
  if (going_on_) {
    if (frozen_.empty())
      for (auto const* p : stuck) frozen_.emplace_back(p, p->next);
    return;
  }
  use(just_held ? "deadlock" : "deadlock found at the beginning of a day");
  story_.outcome = "deadlocked";
  stopped_ = true;
  for (auto const* p : stuck) {
    std::set<Resource const*> here{needs_of(step_at(p->pathway, p->next), p->provider)[0].resource};
    for (auto const& need : needs_of(step_of(*p), p->provider))
      if (what_is(*need.resource).kind == ResourceKind::servers) here.insert(need.resource);
    for (auto const* r : here) add("held_for_ever " + r->full());
  }
}

}  // namespace cwtsim::oracle
