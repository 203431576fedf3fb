#include "builder.hpp"

namespace cwtsim::model {

Range compile_factors(scenario::Factors const& factors, Pools& pools, Era& era) {
  Range const span{static_cast<std::uint32_t>(era.factors.size()), static_cast<std::uint32_t>(factors.size())};
  for (auto const& [name, table] : factors) era.factors.push_back(pools.probabilities(table));
  return span;
}

Range compile_odds(scenario::Odds const& odds, std::function<std::uint32_t(std::string const&)> const& target,
                   Pools& pools, Era& era) {
  Range const span{static_cast<std::uint32_t>(era.odds.size()), static_cast<std::uint32_t>(odds.size())};
  for (auto const& [outcome, factors] : odds)
    era.odds.push_back({target(outcome), compile_factors(factors, pools, era)});
  return span;
}

void compile_progress(scenario::Scenario const& s, Index const& index, Pools& pools, Era& era) {
  for (auto const& [name, attribute] : s.attributes) {
    std::uint8_t const a = index.attribute(name);
    for (auto const& [level, progress] : attribute.progresses)
      era.progress.push_back({a, static_cast<std::uint8_t>(index.level(a, level)),
                              static_cast<std::uint8_t>(index.level(a, progress.to)),
                              draws_at("progresses:" + name + "/" + level), pools.times(progress.after)});
  }
}

}  // namespace cwtsim::model
