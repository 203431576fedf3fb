// Steps that some patients can come to and never leave, though others can.

#include <algorithm>
#include <set>

#include "moments.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

using Moments = PathwayGraph::Moments;

/// Patients of a stream, or those of them who are of one level of an attribute.
struct Group {
  Possible possible;
  std::string name;
};

// Nothing changes the attribute of a patient.
bool stays(std::vector<Scenario const*> const& versions, std::string const& attribute) {
  return std::all_of(versions.begin(), versions.end(), [&](Scenario const* scenario) {
    auto const* what = scenario->attributes.find(attribute);
    return what && what->progresses.empty() &&
           std::all_of(scenario->pathways.begin(), scenario->pathways.end(), [&](auto const& pathway) {
             auto const& steps = pathway.second.steps;
             return std::none_of(steps.begin(), steps.end(),
                                 [&](auto const& step) { return step.second.sets.find(attribute) != nullptr; });
           });
  });
}

bool depends_on(std::vector<std::string> const& by, std::string const& attribute) {
  return std::find(by.begin(), by.end(), attribute) != by.end();
}

// Whether a level of the attribute could shut a way on: by a row of its own, or a factor of 0.
bool may_shut(Step const& step, std::string const& attribute) {
  if (depends_on(step.then.by, attribute)) return true;
  for (auto const& [outcome, factors] : step.odds)
    for (auto const& [name, factor] : factors)
      if (depends_on(factor.by, attribute) &&
          std::any_of(factor.rows.begin(), factor.rows.end(), [](auto const& row) { return row.value <= 0; }))
        return true;
  return false;
}

bool may_shut(std::vector<Scenario const*> const& versions, std::string const& attribute) {
  return std::any_of(versions.begin(), versions.end(), [&](Scenario const* scenario) {
    return std::any_of(scenario->pathways.begin(), scenario->pathways.end(), [&](auto const& pathway) {
      auto const& steps = pathway.second.steps;
      return std::any_of(steps.begin(), steps.end(),
                         [&](auto const& step) { return may_shut(step.second, attribute); });
    });
  });
}

std::vector<Group> groups_of(Sheet const& sheet, std::size_t stream) {
  auto const& scenario = sheet.scenario;
  auto const& name = scenario.demand.items[stream].first;
  auto all = possible_patients(sheet.versions, stream);
  if (scenario.providers.size() == 1) all.provider = &scenario.providers.items[0].first;
  std::vector<Group> groups{{all, "of \"" + name + "\""}};
  for (std::size_t a = 0; a < scenario.attributes.size(); ++a) {
    auto const& [attribute, what] = scenario.attributes.items[a];
    if (!stays(sheet.versions, attribute) || !may_shut(sheet.versions, attribute)) continue;
    for (std::size_t level = 0; level < what.levels.size(); ++level) {
      if (!all.levels[a][level]) continue;
      auto some = all;
      some.levels[a].assign(what.levels.size(), false);
      some.levels[a][level] = true;
      groups.push_back({some, "of \"" + name + "\" with " + attribute + " \"" + what.levels[level] + "\""});
    }
  }
  return groups;
}

// Where the patients of a stream begin: in its pathway, or on the waiting list at the first moment.
std::vector<std::size_t> beginnings(Scenario const& scenario, Moments const& graph, std::size_t stream) {
  std::vector<std::size_t> found{graph.arrival(stream)};
  for (auto const& [name, waiting] : scenario.waiting)
    for (auto const& place : places_of(waiting, scenario)) {
      if (place.like != scenario.demand.items[stream].first) continue;
      auto const p = scenario.pathways.index_of(place.pathway);
      auto const s = p ? scenario.pathways.items[*p].second.steps.index_of(place.step) : std::nullopt;
      if (s) found.push_back(Moments::moment(graph.step_at(*p, *s), When::joined));
    }
  return found;
}

// Moments from which an end can be reached; from a parallel step its join, whatever its branches do.
std::vector<bool> ending(Moments const& graph, std::vector<bool> const& open) {
  std::vector<bool> ends(graph.size(), false);
  for (std::size_t s = 0; s < graph.all_steps.size(); ++s)
    if (record_of(graph.step(s).kind).ends) ends[Moments::moment(s, When::joined)] = true;
  for (bool more = true; more;) {
    more = false;
    for (std::size_t a = graph.arrows.size(); a-- > 0;) {
      auto const& arrow = graph.arrows[a];
      if (!open[a] || ends[arrow.from] || !ends[arrow.to]) continue;
      ends[arrow.from] = more = true;
    }
  }
  return ends;
}

/// Steps that these patients come to and never leave, by their moments of joining.
std::vector<std::size_t> traps(Scenario const& scenario, Moments const& graph, std::size_t stream,
                               Possible const& patients) {
  auto const open = graph.left_open(patients);
  auto const reached = reached_from(graph, beginnings(scenario, graph, stream), [&](Arrow const& arrow) {
    return open[static_cast<std::size_t>(&arrow - graph.arrows.data())];
  });
  auto const ends = ending(graph, open);
  std::vector<std::size_t> found;
  for (std::size_t s = 0; s < graph.all_steps.size(); ++s) {
    auto const joined = Moments::moment(s, When::joined);
    // what holds for everybody has been told
    if (reached[joined] && !ends[joined] && graph.ending[s]) found.push_back(s);
  }
  // only those that lead to no end because of themselves: each is on a way back to itself
  std::vector<std::size_t> closed;
  for (auto const s : found) {
    auto const after = reached_from(graph, {Moments::moment(s, When::finished)}, [&](Arrow const& arrow) {
      return open[static_cast<std::size_t>(&arrow - graph.arrows.data())];
    });
    if (after[Moments::moment(s, When::joined)]) closed.push_back(s);
  }
  return closed.empty() ? found : closed;
}

}  // namespace

void check_traps(Sheet& sheet, PathwayGraph const& pathways) {
  auto const& scenario = sheet.scenario;
  if (std::find(sheet.unsound.begin(), sheet.unsound.end(), true) != sheet.unsound.end()) return;
  // what only a dated lever shuts may be opened by another one
  if (sheet.versions.empty() || sheet.versions.back() != &scenario) return;
  auto const& graph = pathways.moments();
  std::set<std::size_t> told;
  for (std::size_t k = 0; k < scenario.demand.size(); ++k)
    for (auto const& group : groups_of(sheet, k)) {
      auto found = traps(scenario, graph, k, group.possible);
      std::erase_if(found, [&](std::size_t s) { return told.contains(s); });
      if (found.empty()) continue;
      told.insert(found.begin(), found.end());
      std::vector<std::string> names;
      names.reserve(found.size());
      for (auto const s : found) names.push_back(graph.step_name(s));
      auto const& [pathway, steps] = scenario.pathways.items[graph.all_steps[found[0]].pathway];
      sheet.add(under("/pathways", pathway, "steps", names[0]),
                "patients " + group.name + " would stay for ever in " + list_of(names) +
                    ": what leads on from there has no share, or a factor of 0, for them",
                "give them a way to a step of kind \"end\"");
    }
}

}  // namespace cwtsim::scenario
