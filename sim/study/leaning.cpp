#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "cwtsim/study/summary.hpp"

namespace cwtsim::study {
namespace {

using experiment::Leaning;
using scenario::Mark;
using Kind = Leaning::Kind;

bool unfounded(scenario::Evidence const& evidence) {
  return evidence.mark == Mark::assumed || evidence.mark == Mark::none;
}

/// The leanings of one kind (and standard), as they are found.
struct Group {
  Kind kind = Kind::time;
  std::string standard{};
  std::vector<Leaning> found{};

  void add(std::string const& name, std::string const& provider, double weight, scenario::Evidence const& evidence) {
    if (weight > 0) found.push_back({kind, standard, name, provider, weight, evidence.mark == Mark::none});
  }
  void move_to(std::vector<Leaning>& all) {
    std::stable_sort(found.begin(), found.end(),
                     [](Leaning const& a, Leaning const& b) { return a.weight > b.weight; });
    std::move(found.begin(), found.end(), std::back_inserter(all));
  }
};

scenario::Step const* step_of(scenario::Scenario const& s, model::StepName const& name) {
  auto const* const pathway = s.pathways.find(name.pathway);
  return pathway == nullptr ? nullptr : pathway->steps.find(name.step);
}

Group times(Arm const& arm, engine::Walk const& walk, std::size_t standard) {
  Group group{Kind::time, arm.model.names.standards[standard]};
  auto const& days = walk.days_in[standard];
  double total = 0;
  for (double d : days) total += d;
  for (std::size_t i = 0; i < days.size(); ++i) {
    auto const* const step = step_of(arm.scenario, arm.model.names.step_names[i]);
    if (step != nullptr && unfounded(step->evidence))
      group.add(arm.model.names.steps[i], "", days[i] / total, step->evidence);
  }
  return group;
}

Group ways(Arm const& arm, engine::Walk const& walk) {
  Group group{Kind::way};
  for (std::size_t i = 0; i < walk.apart.size(); ++i) {
    auto const* const step = step_of(arm.scenario, arm.model.names.step_names[i]);
    if (step != nullptr && unfounded(step->evidence))
      group.add(arm.model.names.steps[i], "", walk.apart[i], step->evidence);
  }
  return group;
}

Group capacities(Arm const& arm, std::vector<Load> const& loads) {
  Group group{Kind::capacity};
  for (auto const& load : loads) {
    auto const* const written = arm.scenario.providers.find(load.provider);
    auto const* const evidence = written == nullptr ? nullptr : written->resources.find(load.resource);
    if (!load.with.empty() || evidence == nullptr || !evidence->at.empty() || !unfounded(evidence->evidence)) continue;
    if (std::isfinite(load.share)) group.add(load.resource, load.provider, load.share, evidence->evidence);
  }
  return group;
}

bool is_drawn(scenario::Attribute const& attribute) {
  auto const uncertain = [](auto const& row) { return row.value.size() > 1; };
  return std::any_of(attribute.shares.rows.begin(), attribute.shares.rows.end(), uncertain);
}

Group attributes(scenario::Scenario const& s) {
  std::vector<std::string> cuts;
  for (auto const& [name, standard] : s.standards) cuts.insert(cuts.end(), standard.by.begin(), standard.by.end());
  Group group{Kind::attribute};
  for (auto const& [name, attribute] : s.attributes) {
    if (!unfounded(attribute.evidence) || !is_drawn(attribute)) continue;
    std::size_t cut_by_it = 0;
    for (auto const& cut : cuts) cut_by_it += ('+' + cut + '+').find('+' + name + '+') != std::string::npos ? 1 : 0;
    group.add(name, "", static_cast<double>(cut_by_it), attribute.evidence);
  }
  return group;
}

}  // namespace

std::vector<Leaning> leanings_of(Arm const& arm, engine::Walk const& walk, std::vector<Load> const& loads) {
  std::vector<Leaning> all;
  for (std::size_t i = 0; i < arm.model.standards.size(); ++i) times(arm, walk, i).move_to(all);
  ways(arm, walk).move_to(all);
  capacities(arm, loads).move_to(all);
  attributes(arm.scenario).move_to(all);
  return all;
}

}  // namespace cwtsim::study
