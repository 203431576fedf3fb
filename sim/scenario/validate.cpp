#include "cwtsim/scenario/validate.hpp"

#include <algorithm>

#include "sheet.hpp"

namespace cwtsim::scenario {
void check_same_shape(Scenario const& base, Scenario const& changed, Problems& problems);

namespace {

Problems checked(Scenario const& scenario, std::vector<Scenario const*> versions) {
  Problems problems;
  Sheet sheet(scenario, problems);
  sheet.versions = std::move(versions);
  check_horizon(sheet);
  check_attributes(sheet);
  check_demand(sheet);
  check_waiting(sheet);
  check_providers(sheet);
  check_pathways(sheet);
  check_standards(sheet);
  check_observed(sheet);
  check_uses(sheet);
  PathwayGraph const graph(scenario);
  check_graph(sheet, graph);
  check_places(sheet);
  check_clocks(sheet, graph);
  return problems;
}

bool told(Problems const& problems, Problem const& problem) {
  return std::any_of(problems.list().begin(), problems.list().end(), [&](Problem const& other) {
    return other.pointer == problem.pointer && other.what == problem.what;
  });
}

}  // namespace

Problems validate(Scenario const& scenario) { return checked(scenario, {&scenario}); }

Problems validate(DatedScenario const& scenario) {
  std::vector<Scenario const*> versions{&scenario.base};
  for (auto const& [date, changed] : scenario.changes) versions.push_back(&changed);
  Problems problems = checked(scenario.base, versions);
  for (std::size_t i = 0; i < scenario.changes.size(); ++i) {
    auto const& [date, changed] = scenario.changes[i];
    auto const from = "from " + format_date(date) + ": ";
    if (i > 0 && date <= scenario.changes[i - 1].first)
      problems.add("", from + "the dates of dated levers must rise");
    Problems found;
    check_same_shape(scenario.base, changed, found);
    // the names of another structure would only be told again one by one
    if (found.empty()) found = checked(changed, versions);
    for (auto problem : found.list()) {
      if (told(problems, problem)) continue;
      problem.what = from + problem.what;
      problems.add(std::move(problem));
    }
  }
  return problems;
}

}  // namespace cwtsim::scenario
