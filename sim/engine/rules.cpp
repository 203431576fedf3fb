#include "rules.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cwtsim/model/timetable.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::RuleKind;
using model::RuleSite;

namespace {
constexpr double days_per_week = 7;
}

Rules::Rules(Now const& now, Events& events, Flow& flow)
    : now_(now),
      events_(events),
      flow_(flow),
      states_(now.model.eras.front().rule_sites.size()),
      list_lengths_(states_.size()),
      totals_(states_.size()) {}

void Rules::reset(ReplicationResult& spare) {
  if (!spare.rules.empty()) totals_.swap(spare.rules);
  std::ranges::fill(totals_, RuleTotals{});
  std::ranges::fill(states_, State{});
}

void Rules::close(ReplicationResult& result) {
  for (std::uint32_t i = 0; i < states_.size(); ++i) count_in_force(i);
  totals_.swap(result.rules);
}

void Rules::schedule() {
  model::Model const& model = now_.model;
  for (std::uint32_t i = 0; i < now_.era->rules.size(); ++i) {
    model::Rule const& rule = now_.era->rules[i];
    if (!held(model, rule.days, now_.day)) continue;
    Tick const at = now_.day * model.ticks_per_day + rule.at;
    if (at >= now_.tick) events_.push(at, Phase::referring, EventKind::rule_acts, 0, i);
  }
}

void Rules::act(std::uint32_t index) {
  model::Rule const& rule = now_.era->rules[index];
  for (std::uint32_t i = 0; i < rule.sites.count; ++i)
    if (now_.measuring) ++totals_[rule.sites.first + i].looked;
  switch (rule.kind) {
    case RuleKind::move:
      move_patients(rule);
      break;
    case RuleKind::capacity:
      change_capacity(rule);
      break;
  }
}

// So many who wait, over the slots a week of the timetable, in ticks.
double Rules::expected_wait(std::uint32_t site, std::uint64_t waiting) const {
  double const slots = now_.era->rule_sites[site].slots_per_week;
  if (!(slots > 0)) return std::numeric_limits<double>::infinity();
  return static_cast<double>(waiting) / slots * days_per_week * now_.model.ticks_per_day;
}

Tick Rules::takes(model::Rule const& rule, std::uint64_t key, std::uint64_t draws_at) const {
  QuantileTable const& table = now_.era->quantiles[rule.takes];
  return table.is_constant() ? table.constant_value() : table.sample(draw(key, draws_at, now_.tick).first);
}

// One by one from the list with the longest expected wait to that with the shortest. Those on their way count where
// they go to. Only then do the lists move.
void Rules::move_patients(model::Rule const& rule) {
  std::uint32_t const first = rule.sites.first, end = first + rule.sites.count;
  auto const& sites = now_.era->rule_sites;
  auto const waiting = [&](std::uint32_t site) { return flow_.lists[sites[site].resource].waiting; };
  for (std::uint32_t i = first; i < end; ++i) list_lengths_[i] = waiting(i);
  for (std::uint32_t moved = 0; moved < rule.at_most; ++moved) {
    std::uint32_t longest = end, shortest = end;
    double most = 0, least = std::numeric_limits<double>::infinity();
    for (std::uint32_t i = first; i < end; ++i) {
      double const wait = expected_wait(i, list_lengths_[i]);
      if (waiting(i) > 0 && (longest == end || wait > most)) {
        longest = i;
        most = wait;
      }
      if (wait < least) {
        shortest = i;
        least = wait;
      }
    }
    if (longest == end || shortest == end || !(most - least > rule.when)) break;
    if (!(expected_wait(shortest, list_lengths_[shortest] + 1) < most)) break;  // nothing would be gained
    Row const r = flow_.lists.last_to_join(sites[longest].resource);
    Tick const until = now_.tick + takes(rule, flow_.patients[r].key, rule.draws_at);
    flow_.move_away(r, sites[longest].resource, sites[shortest].provider, until);
    --list_lengths_[longest];
    ++list_lengths_[shortest];
    if (!now_.measuring) continue;
    ++totals_[longest].moved_from;
    ++totals_[shortest].moved_to;
  }
  for (std::uint32_t i = first; i < end; ++i) flow_.dispatch(sites[i].resource);
}

void Rules::change_capacity(model::Rule const& rule) {
  for (std::uint32_t i = rule.sites.first; i < rule.sites.first + rule.sites.count; ++i) {
    State& state = states_[i];
    RuleSite const& site = now_.era->rule_sites[i];
    double const wait = expected_wait(i, flow_.lists[site.resource].waiting);
    if (state.holds && wait < rule.until) {
      count_in_force(i);
      state.holds = false;
    } else if (!state.holds && wait > rule.when) {
      state.holds = true;
      state.from = now_.tick + takes(rule, now_.key, site.draws_at);
      if (now_.measuring) ++totals_[i].begun;
    }
  }
}

bool Rules::in_force(std::uint32_t site) const {
  return states_[site].holds && states_[site].from <= now_.tick;
}

// The time in force until now, of a rule that ends.
void Rules::count_in_force(std::uint32_t site) {
  if (!in_force(site) || !now_.measuring) return;
  totals_[site].in_force += now_.measured_since(states_[site].from);
}

bool Rules::scale(model::Resource const& resource, model::Opening const& o, std::uint64_t& parts) const {
  double factor = 1;
  bool scaled = false;
  for (std::uint32_t i = 0; i < resource.scaled_by.count; ++i) {
    std::uint32_t const site = now_.era->scalings[resource.scaled_by.first + i];
    if (!in_force(site)) continue;
    factor *= now_.era->rules[now_.era->rule_sites[site].rule].scale;
    scaled = true;
  }
  if (!scaled) return false;
  double const share = o.exact_slots > 0 ? static_cast<double>(o.exact_slots) : o.amount * 0x1.0p32;
  parts = static_cast<std::uint64_t>(std::llround(std::min(share * factor, model::most_slots * 0x1.0p32)));
  return true;
}

void Rules::count_session(model::Resource const& resource, std::uint32_t slots) {
  for (std::uint32_t i = 0; i < resource.scaled_by.count; ++i) {
    std::uint32_t const site = now_.era->scalings[resource.scaled_by.first + i];
    if (!in_force(site)) continue;
    ++totals_[site].sessions;
    totals_[site].slots += slots;
  }
}

}  // namespace cwtsim::engine
