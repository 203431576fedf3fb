#include "cwtsim/study/summary.hpp"

#include <algorithm>
#include <cmath>

namespace cwtsim::study {
namespace {

// with 20,000 a list of a rare kind at 87 % was called one that grows without limit
constexpr std::uint32_t walkers = 400'000;

std::vector<Load> loads_of(model::Model const& model, engine::Walk const& walk) {
  std::vector<Load> loads;
  for (std::size_t i = 0; i < walk.wanted.size(); ++i) {
    auto const& resource = model.eras.front().resources[i];
    double const wanted = walk.wanted[i], offered = walk.offered[i];
    loads.push_back({model.names.resource_names[resource.name], model.names.providers[resource.provider],
                     std::string(record_of(resource.kind).unit), wanted, offered,
                     wanted <= 0    ? 0
                     : offered <= 0 ? HUGE_VAL
                                    : wanted / offered});
  }
  std::stable_sort(loads.begin(), loads.end(), [](Load const& a, Load const& b) { return a.share > b.share; });
  return loads;
}

}  // namespace

Summary summarise(Arm const& arm) {
  auto const& model = arm.model;
  auto const walk = engine::walk(model, walkers, static_cast<std::uint64_t>(arm.scenario.experiment.seed));
  auto const day = [&model](Tick t) { return model.first_day + static_cast<std::int32_t>(t / model.ticks_per_day); };
  Summary summary;
  summary.first_measured = day(model.measure_from);
  summary.last_measured = day(model.end - 1);
  summary.pathways = scenario::summarise_pathways(arm.scenario);
  for (std::size_t i = 0; i < model.standards.size(); ++i)
    summary.times.push_back({model.names.standards[i], walk.median_days[i], model.standards[i].limit});
  summary.loads = loads_of(model, walk);
  summary.evidence = count_evidence(arm.scenario);
  summary.leanings = leanings_of(arm, walk);
  return summary;
}

}  // namespace cwtsim::study
