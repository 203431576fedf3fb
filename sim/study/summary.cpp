#include "cwtsim/study/summary.hpp"

namespace cwtsim::study {
namespace {

// with 20,000 what is asked of a list of a rare kind is off by several points
constexpr std::uint32_t walkers = 400'000;

}  // namespace

Summary summarise(Arm const& arm) {
  auto const& model = arm.model;
  auto const seed = static_cast<std::uint64_t>(arm.scenario.experiment.seed);
  auto const walk = engine::walk(model, walkers, seed);
  auto const day = [&model](Tick t) { return model.first_day + static_cast<std::int32_t>(t / model.ticks_per_day); };
  Summary summary;
  summary.first_measured = day(model.measure_from);
  summary.last_measured = day(model.end - 1);
  summary.pathways = scenario::summarise_pathways(arm.scenario);
  for (std::size_t i = 0; i < model.standards.size(); ++i)
    summary.times.push_back({model.names.standards[i], walk.median_days[i], model.standards[i].limit});
  summary.loads = loads_of(model, walkers, seed);
  summary.evidence = count_evidence(arm.scenario);
  summary.leanings = leanings_of(arm, walk, summary.loads);
  return summary;
}

}  // namespace cwtsim::study
