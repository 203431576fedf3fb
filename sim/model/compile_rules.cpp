#include <algorithm>
#include <bit>
#include <cmath>

#include "builder.hpp"

namespace cwtsim::model {

namespace {

double slots_a_week(scenario::Resource const& r) {
  if (r.per_week) return *r.per_week;
  double slots = 0;
  for (auto const& [name, o] : r.openings)
    slots +=
        static_cast<double>(o.amount.value_or(0) * std::popcount(day_bits(o.on))) / static_cast<double>(o.every_weeks);
  return slots;
}

std::vector<std::string> providers_of(scenario::Scenario const& s, scenario::Rule const& rule) {
  std::vector<std::string> providers = rule.among;
  if (!providers.empty()) return providers;
  for (auto const& [name, provider] : s.providers)
    if (auto const* resource = provider.resources.find(rule.resource); resource && resource->at.empty())
      providers.push_back(name);
  return providers;
}

}  // namespace

void compile_rules(scenario::Scenario const& s, Index const& index, Model const& model, Pools& pools, Era& era) {
  auto const ticks = [&](Duration d) { return std::round(d.seconds / model.seconds_per_tick); };
  for (auto const& [name, rule] : s.rules) {
    Rule out;
    out.kind = rule.kind;
    out.days = {day_bits(rule.on), false, static_cast<std::uint32_t>(rule.every_weeks)};
    out.at = static_cast<Tick>(ticks(Duration{rule.at.minutes * 60.0}));
    scenario::DistributionTable takes;
    takes.rows.push_back({{}, rule.takes});
    out.takes = pools.times(takes).base;
    if (rule.when_gap) out.when = ticks(*rule.when_gap);
    if (rule.when_waiting) out.when = ticks(*rule.when_waiting);
    out.until = rule.until_waiting ? ticks(*rule.until_waiting) : out.when;
    out.at_most = static_cast<std::uint32_t>(rule.at_most.value_or(0));
    out.scale = rule.scale.value_or(1);
    out.draws_at = draws_at("rule:" + name);
    out.sites.first = static_cast<std::uint32_t>(era.rule_sites.size());
    for (auto const& provider : providers_of(s, rule)) {
      auto const at = std::ranges::find(index.resources, std::pair(provider, rule.resource)) - index.resources.begin();
      RuleSite site;
      site.rule = static_cast<Index16>(era.rules.size());
      site.provider = index.provider(provider);
      site.resource = static_cast<Index16>(at);
      site.slots_per_week = slots_a_week(*s.providers.find(provider)->resources.find(rule.resource));
      site.draws_at = draws_at("rule:" + name + "@" + provider);
      era.rule_sites.push_back(site);
    }
    out.sites.count = static_cast<std::uint32_t>(era.rule_sites.size()) - out.sites.first;
    era.rules.push_back(out);
  }
  for (std::size_t r = 0; r < era.resources.size() && !era.rules.empty(); ++r) {
    Range& scaled_by = era.resources[r].scaled_by;
    scaled_by.first = static_cast<std::uint32_t>(era.scalings.size());
    for (std::uint32_t p = 0; p < era.rule_sites.size(); ++p)
      if (era.rule_sites[p].resource == r && era.rules[era.rule_sites[p].rule].kind == RuleKind::capacity)
        era.scalings.push_back(p);
    scaled_by.count = static_cast<std::uint32_t>(era.scalings.size()) - scaled_by.first;
  }
}

}  // namespace cwtsim::model
