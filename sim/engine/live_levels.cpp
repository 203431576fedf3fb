#include "live_levels.hpp"

#include <algorithm>

namespace cwtsim::engine {

using model::Index16;
using model::none16;

Attributes attributes_of(model::Lookup const& lookup) {
  Attributes attributes;
  if (lookup.given() && !lookup.direct())
    for (auto const attribute : lookup.attribute)
      if (attribute != model::Lookup::no_attribute) attributes.set(attribute);
  return attributes;
}

Attributes attributes_of(model::Era const& era, model::Range factors) {
  Attributes attributes;
  for (std::uint32_t i = 0; i < factors.count; ++i) attributes |= attributes_of(era.factors[factors.first + i]);
  return attributes;
}

Attributes attributes_of_odds(model::Era const& era, model::Range odds) {
  Attributes attributes;
  for (std::uint32_t i = 0; i < odds.count; ++i) attributes |= attributes_of(era, era.odds[odds.first + i].factors);
  return attributes;
}

std::vector<std::uint32_t> outcomes_of(model::Model const& model, model::Era const& era, model::Lookup const& choice) {
  if (!choice.given()) return {};
  std::vector<std::uint32_t> cells{choice.base};
  if (!choice.direct()) {
    auto const spread = [&cells](std::uint32_t stride, std::size_t size) {
      if (stride == 0) return;
      std::size_t const there = cells.size();
      for (std::uint32_t level = 1; level < size; ++level)
        for (std::size_t i = 0; i < there; ++i) cells.push_back(cells[i] + level * stride);
    };
    spread(choice.provider_stride, model.providers());
    spread(choice.stream_stride, model.names.streams.size());
    for (std::size_t a = 0; a < choice.stride.size() && choice.attribute[a] != model::Lookup::no_attribute; ++a)
      spread(choice.stride[a], model.names.levels[choice.attribute[a]].size());
    for (std::uint32_t& cell : cells) cell = era.cells[cell];
    std::ranges::sort(cells);
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  }
  std::vector<std::uint32_t> outcomes;
  for (std::uint32_t const cell : cells) {
    model::Choice const c = era.choice(cell);
    for (std::uint32_t i = 0; i < c.count(); ++i) outcomes.push_back(c.outcome(i));
  }
  std::ranges::sort(outcomes);
  outcomes.erase(std::unique(outcomes.begin(), outcomes.end()), outcomes.end());
  return outcomes;
}

namespace {

bool needs_servers(model::Era const& era, model::Step const& s) {
  for (std::uint32_t n = 0; n < s.needs.count; ++n)
    for (model::Resource const& r : era.resources)
      if (r.name == era.needs[s.needs.first + n].name && r.kind == model::ResourceKind::servers) return true;
  return false;
}

Attributes read_at(model::Era const& era, model::Step const& s) {
  auto read = attributes_of(s.then) | attributes_of_odds(era, s.odds) | attributes_of(s.repeats) |
              attributes_of(s.dna_share) | attributes_of(era, s.dna_odds);
  if (record_of(s.kind).moves) read |= attributes_of(s.to());
  bool const given_up = s.may_be_given_up && record_of(s.kind).given_up == GivingUp::since_start;
  if (given_up || needs_servers(era, s)) read |= attributes_of(s.takes) | attributes_of(era, s.times);
  for (std::uint32_t i = 0; given_up && i < s.gives_up.count; ++i) {
    auto const& g = era.gives_up[s.gives_up.first + i];
    read |= attributes_of(g.after) | attributes_of(era, g.times);
  }
  for (std::uint32_t i = 0; i < s.branches.count; ++i)
    read |= attributes_of(era.branches[s.branches.first + i].probability);
  for (std::uint32_t i = 0; i < s.sets.count; ++i) read |= attributes_of(era.sets[s.sets.first + i].choice);
  return read;
}

/// Where a step leads: before it is over (what it sets is not set then), and after.
struct Ways {
  std::vector<std::uint32_t> early, after;
};

Ways ways_of(model::Model const& model, model::Era const& era, model::Step const& s) {
  Ways ways;
  auto const add = [](std::vector<std::uint32_t>& to, Index16 step) {
    if (step != none16) to.push_back(step);
  };
  add(ways.early, s.dna_then);
  for (std::uint32_t i = 0; i < s.gives_up.count; ++i) add(ways.early, era.gives_up[s.gives_up.first + i].then);
  for (std::uint32_t i = 0; i < s.branches.count; ++i) add(ways.early, era.branches[s.branches.first + i].step);
  add(ways.early, s.joins_at);
  add(ways.early, s.continues_at);
  ways.after = outcomes_of(model, era, s.then);
  return ways;
}

}  // namespace

std::vector<Attributes> live_attributes(model::Model const& model, model::Era const& era) {
  std::vector<Attributes> live, set(era.steps.size());
  std::vector<Ways> ways;
  for (std::size_t i = 0; i < era.steps.size(); ++i) {
    model::Step const& s = era.steps[i];
    live.push_back(read_at(era, s));
    ways.push_back(ways_of(model, era, s));
    for (std::uint32_t k = 0; k < s.sets.count; ++k) set[i].set(era.sets[s.sets.first + k].attribute);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = era.steps.size(); i-- > 0;) {
      auto const before = live[i];
      for (auto const step : ways[i].early) live[i] |= live[step];
      for (auto const step : ways[i].after) live[i] |= live[step] & ~set[i];
      changed = changed || live[i] != before;
    }
  }
  return live;
}

std::vector<std::vector<std::uint32_t>> next_steps(model::Model const& model, model::Era const& era) {
  std::vector<std::vector<std::uint32_t>> next;
  for (auto const& step : era.steps) {
    auto ways = ways_of(model, era, step);
    ways.after.insert(ways.after.end(), ways.early.begin(), ways.early.end());
    next.push_back(std::move(ways.after));
  }
  return next;
}

}  // namespace cwtsim::engine
