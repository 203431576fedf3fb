#include "cwtsim/study/summary.hpp"

namespace cwtsim::study {
namespace {

void add(EvidenceCounts& counts, scenario::Evidence const& evidence) {
  ++counts.by_mark[static_cast<std::size_t>(evidence.mark)];
}

template <class T>
void add_all(EvidenceCounts& counts, Named<T> const& named) {
  for (auto const& [name, item] : named) add(counts, item.evidence);
}

}  // namespace

EvidenceCounts count_evidence(scenario::Scenario const& scenario) {
  EvidenceCounts counts;
  add_all(counts, scenario.attributes);
  add_all(counts, scenario.profiles);
  add_all(counts, scenario.demand);
  add_all(counts, scenario.waiting);
  for (auto const& [name, provider] : scenario.providers) {
    for (auto const& [resource_name, resource] : provider.resources)
      if (resource.at.empty()) add(counts, resource.evidence);
    add_all(counts, provider.staff);
  }
  for (auto const& [name, pathway] : scenario.pathways)
    for (auto const& [step_name, step] : pathway.steps)
      if (record_of(step.kind).has_figures) add(counts, step.evidence);
  add_all(counts, scenario.standards);
  add_all(counts, scenario.rules);
  add_all(counts, scenario.observed);
  return counts;
}

}  // namespace cwtsim::study
