#include "builder.hpp"

namespace cwtsim::model {

Span compile_factors(scenario::Factors const& factors, Pools& pools, Phase& phase) {
  Span const span{static_cast<std::uint32_t>(phase.factors.size()), static_cast<std::uint32_t>(factors.size())};
  for (auto const& [name, table] : factors) phase.factors.push_back(pools.probabilities(table));
  return span;
}

Span compile_odds(scenario::Odds const& odds, std::function<std::uint32_t(std::string const&)> const& target,
                  Pools& pools, Phase& phase) {
  Span const span{static_cast<std::uint32_t>(phase.odds.size()), static_cast<std::uint32_t>(odds.size())};
  for (auto const& [outcome, factors] : odds)
    phase.odds.push_back({target(outcome), compile_factors(factors, pools, phase)});
  return span;
}

void compile_progress(scenario::Scenario const& s, Index const& index, Pools& pools, Phase& phase) {
  for (auto const& [name, attribute] : s.attributes) {
    std::uint8_t const a = index.attribute(name);
    for (auto const& [level, progress] : attribute.progresses)
      phase.progress.push_back({a, static_cast<std::uint8_t>(index.level(a, level)),
                                static_cast<std::uint8_t>(index.level(a, progress.to)),
                                place_of("progresses:" + name + "/" + level), pools.times(progress.after)});
  }
}

}  // namespace cwtsim::model
