#include "cwtsim/scenario/validate.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cwtsim/scenario/limits.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
void check_same_shape(Scenario const& base, Scenario const& changed, Problems& problems);

namespace {

// Tables and distributions are compiled anew for each date.
void check_tables(Sheet const& sheet) {
  auto const dates = sheet.versions.size();
  if (sheet.cells * static_cast<double>(dates) > most_cells_in_all)
    sheet.add("",
              fmt::format("all tables together have {:.0f} values{}; at most {:.0f} are allowed", sheet.cells,
                          dates > 1 ? fmt::format(", at each of {} dates", dates) : "", most_cells_in_all),
              "let them depend on fewer attributes");
  if (sheet.distributions * dates > most_distributions)
    sheet.add("", fmt::format("{} distributions{}; at most {} are allowed", sheet.distributions,
                              dates > 1 ? fmt::format(", at each of {} dates", dates) : "", most_distributions));
}

/// What there is to say of a scenario; of its graph nothing where that of another date, as it is, has been checked.
Problems checked(Scenario const& scenario, std::vector<Scenario const*> versions, OfAllDates& of_all_dates,
                 bool graph_is_known = false) {
  Problems problems;
  Sheet sheet(scenario, problems);
  sheet.of_all_dates = &of_all_dates;
  sheet.versions = std::move(versions);
  check_horizon(sheet);
  check_attributes(sheet);
  check_demand(sheet);
  check_waiting(sheet);
  check_providers(sheet);
  check_pathways(sheet);
  check_influences(sheet);
  check_progress(sheet);
  check_standards(sheet);
  check_measures(sheet);
  check_ledgers(sheet);
  check_observed(sheet);
  check_rules(sheet);
  check_uses(sheet);
  PathwayGraph const graph(scenario);
  if (!graph_is_known) {
    check_graph(sheet, graph);
    check_traps(sheet, graph);
  }
  check_places(sheet);
  if (!graph_is_known) check_clocks(sheet, graph);
  check_branches(sheet);
  check_tables(sheet);
  check_holds(sheet, graph);
  return problems;
}

bool told(Problems const& problems, Problem const& problem) {
  return std::any_of(problems.list().begin(), problems.list().end(), [&](Problem const& other) {
    return other.pointer == problem.pointer && other.what == problem.what;
  });
}

}  // namespace

Problems validate(Scenario const& scenario) {
  if (auto problems = too_many(scenario); !problems.empty()) return problems;
  OfAllDates of_one;
  return checked(scenario, {&scenario}, of_one);
}

Problems validate(DatedScenario const& scenario) {
  if (auto problems = too_many(scenario.base); !problems.empty()) return problems;
  // only scenarios of one shape can be looked at together
  std::vector<Scenario const*> versions{&scenario.base};
  std::vector<Problems> found(scenario.changes.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    check_same_shape(scenario.base, scenario.changes[i].second, found[i]);
    if (found[i].empty()) versions.push_back(&scenario.changes[i].second);
  }
  OfAllDates of_all_dates;
  Problems problems = checked(scenario.base, versions, of_all_dates);
  for (std::size_t i = 0; i < found.size(); ++i) {
    auto const& [date, changed] = scenario.changes[i];
    auto const from = "from " + format_date(date) + ": ";
    if (i > 0 && date <= scenario.changes[i - 1].first) problems.add("", from + "the dates of dated levers must rise");
    // the names of another shape would only be told again one by one
    auto const& before = i == 0 ? scenario.base : scenario.changes[i - 1].second;
    if (found[i].empty()) found[i] = checked(changed, versions, of_all_dates, same_but_for_capacity(before, changed));
    for (auto problem : found[i].list()) {
      if (told(problems, problem)) continue;
      problem.what = from + problem.what;
      problems.add(std::move(problem));
    }
  }
  return problems;
}

}  // namespace cwtsim::scenario
