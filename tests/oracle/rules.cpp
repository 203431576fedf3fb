// Rules that look at the waiting lists.

#include <algorithm>
#include <cmath>
#include <limits>

#include "second_engine.hpp"

namespace cwtsim::oracle {

using scenario::Rule;
using scenario::RuleKind;

void SecondEngine::schedule_rules() {
  for (auto const& [name, rule] : scenario_->rules) {
    if (!days_written(rule.on)[place_in_week(date_of(today()))]) continue;
    std::int64_t const monday = today() - static_cast<std::int64_t>(place_in_week(date_of(today())));
    std::int64_t const first_monday = -static_cast<std::int64_t>(place_in_week(first_day_));
    if ((monday - first_monday) / 7 % rule.every_weeks != 0) continue;
    std::int64_t const at = today() * day_ + ticks(rule.at);
    if (at >= now_) schedule(at, Turn::referring, [this, which = name] { act(which); });
  }
}

/// The lists of a rule's resource, provider by provider.
std::vector<Resource*> SecondEngine::lists_of(Rule const& rule) {
  std::vector<std::string> among = rule.among;
  if (among.empty())
    for (auto const& r : resources_)
      if (r.name == rule.resource) among.push_back(r.provider);
  std::vector<Resource*> lists;
  for (auto const& provider : among)
    for (auto& r : resources_)
      if (r.provider == provider && r.name == rule.resource) lists.push_back(&r);
  return lists;
}

/// So many patients over the slots a week of the timetable, in ticks.
double SecondEngine::expected_wait(Resource const& r, double waiting) const {
  auto const& what = what_is(r);
  double slots = 0;
  for (auto const& [name, o] : what.openings) {
    auto const days = days_written(o.on);
    auto const a_week = std::count(days.begin(), days.end(), true);
    slots += static_cast<double>(o.amount.value_or(0) * a_week) / static_cast<double>(o.every_weeks);
  }
  if (what.per_week) slots = *what.per_week;
  return slots > 0 ? waiting / slots * 7 * static_cast<double>(day_) : std::numeric_limits<double>::infinity();
}

void SecondEngine::act(std::string const& name) {
  Rule const& rule = *scenario_->rules.find(name);
  for (auto const* r : lists_of(rule))
    if (measuring_) add("looked " + name + "@" + r->provider);
  if (rule.kind == RuleKind::move)
    move_patients(name, rule);
  else
    change_capacity(name, rule);
}

Person& SecondEngine::last_to_join(Resource& r) {
  auto const later = [](Person const* a, Person const* b) {
    if (a->called != b->called) return a->called;  // whoever's notice is not over has joined after the others
    if (!a->called) return a->order < b->order;
    return std::tuple(a->joined, a->order) < std::tuple(b->joined, b->order);
  };
  auto const later_by_class = [&](Person const* a, Person const* b) {
    if (a->called && b->called)
      return std::tuple(a->joined, a->urgency, a->order) < std::tuple(b->joined, b->urgency, b->order);
    return later(a, b);
  };
  if (what_is(r).order == scenario::Order::priority)
    return **std::max_element(r.waiting.begin(), r.waiting.end(), later_by_class);
  return **std::max_element(r.waiting.begin(), r.waiting.end(), later);
}

// The last of the longest list goes to the shortest, as long as that gains something; those on their way are counted
// where they go to.
void SecondEngine::move_patients(std::string const& name, Rule const& rule) {
  auto const lists = lists_of(rule);
  std::map<Resource*, double> waiting;
  for (auto* r : lists) waiting[r] = static_cast<double>(r->waiting.size());
  for (std::int64_t moved = 0; moved < *rule.at_most; ++moved) {
    Resource *longest = nullptr, *shortest = nullptr;
    for (auto* r : lists) {
      double const wait = expected_wait(*r, waiting[r]);
      if (!r->waiting.empty() && (!longest || wait > expected_wait(*longest, waiting[longest]))) longest = r;
      if (std::isfinite(wait) && (!shortest || wait < expected_wait(*shortest, waiting[shortest]))) shortest = r;
    }
    if (!longest || !shortest) break;
    double const most = expected_wait(*longest, waiting[longest]);
    if (most - expected_wait(*shortest, waiting[shortest]) <= static_cast<double>(ticks(*rule.when_gap))) break;
    if (expected_wait(*shortest, waiting[shortest] + 1) >= most) break;
    Person& p = last_to_join(*longest);
    use("moved by a rule");
    if (std::isinf(most)) use("moved from where there are no slots");
    longest->waiting.remove(&p);
    cancel(p);
    note(p, "moved", p.step);
    end_account(p);
    p.provider = shortest->provider;
    begin_account(p, "travelling", p.step);
    for (auto& [standard, clock] : p.patient->clocks) clock.handed_over = today();
    p.doing = Doing::delayed;
    std::int64_t const takes =
        QuantileTable(rule.takes, seconds_)
            .sample(draw(p.key, draws_at("rule:" + name), static_cast<std::uint64_t>(now_)).first);
    p.pending = {schedule(now_ + takes, Turn::finishing, [this, &p] {
      p.pending.clear();
      p.joined = p.started = now_;
      p.stood = 0;
      note(p, "joined_again", p.step);
      join(p);
    })};
    --waiting[longest];
    ++waiting[shortest];
    if (measuring_) add("moved_from " + name + "@" + longest->provider);
    if (measuring_) add("moved_to " + name + "@" + shortest->provider);
  }
  for (auto* r : lists) work(*r);
}

void SecondEngine::change_capacity(std::string const& name, Rule const& rule) {
  for (auto* r : lists_of(rule)) {
    std::string const where = name + "@" + r->provider;
    double const wait = expected_wait(*r, static_cast<double>(r->waiting.size()));
    Surge& surge = surges_[where];
    auto const until = static_cast<double>(ticks(rule.until_waiting ? *rule.until_waiting : *rule.when_waiting));
    if (surge.holds && wait < until) {
      use("capacity ends");
      count_surge(name, r->provider);
      surge.holds = false;
    } else if (!surge.holds && wait > static_cast<double>(ticks(*rule.when_waiting))) {
      use("capacity begins");
      surge.holds = true;
      surge.from = now_ + QuantileTable(rule.takes, seconds_)
                              .sample(draw(key_, draws_at("rule:" + where), static_cast<std::uint64_t>(now_)).first);
      if (measuring_) add("begun " + where);
    }
  }
}

/// The rules whose capacity is there now.
std::vector<std::string> SecondEngine::surges_at(Resource const& r) const {
  std::vector<std::string> names;
  for (auto const& [name, rule] : scenario_->rules) {
    auto const surge = surges_.find(name + "@" + r.provider);
    if (rule.resource == r.name && surge != surges_.end() && surge->second.holds && surge->second.from <= now_)
      names.push_back(name);
  }
  return names;
}

void SecondEngine::count_surge(std::string const& name, std::string const& provider) {
  Surge const& surge = surges_[name + "@" + provider];
  if (measuring_ && surge.holds && surge.from <= now_)
    add("in_force " + name + "@" + provider, now_ - std::max(surge.from, measure_from_));
}

}  // namespace cwtsim::oracle
