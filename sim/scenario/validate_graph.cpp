#include <algorithm>

#include "moments.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

// Pathways that streams, the initial waiting list or other pathways in use lead to.
std::vector<bool> pathways_in_use(Scenario const& scenario) {
  std::vector<bool> used(scenario.pathways.size(), false);
  std::vector<std::size_t> open;
  auto const use = [&](std::string const& name) {
    auto const p = scenario.pathways.index_of(name);
    if (!p || used[*p]) return;
    used[*p] = true;
    open.push_back(*p);
  };
  for (auto const& [name, stream] : scenario.demand) use(stream.pathway);
  while (!open.empty()) {
    auto const& pathway = scenario.pathways.items[open.back()].second;
    open.pop_back();
    for (auto const& [name, step] : pathway.steps)
      if (record_of(step.kind).continues) use(step.pathway);
  }
  return used;
}

std::string step_pointer(Scenario const& scenario, std::size_t p, std::size_t s) {
  auto const& [name, pathway] = scenario.pathways.items[p];
  return under("/pathways", name, "steps", pathway.steps.items[s].first);
}

void check_pathway(Sheet& sheet, PathwayGraph const& graph, std::size_t p) {
  auto const& steps = sheet.scenario.pathways.items[p].second.steps;
  std::vector<std::string> endless;
  std::size_t first_endless = 0;
  for (std::size_t s = 0; s < steps.size(); ++s) {
    auto const& name = steps.items[s].first;
    if (!graph.reachable(p, s)) {
      sheet.add(step_pointer(sheet.scenario, p, s), "no step leads to \"" + name + "\", so nobody would ever reach it",
                "name it in the \"then\" of a step, or remove it");
      continue;
    }
    if (graph.can_end(p, s)) continue;
    if (endless.empty()) first_endless = s;
    endless.push_back(name);
  }
  if (!endless.empty())
    sheet.add(step_pointer(sheet.scenario, p, first_endless),
              "from " + list_of(endless) + " no way leads to an end, so patients would stay for ever",
              "add a way to a step of kind \"end\"");
}

void check_loops(Sheet& sheet, PathwayGraph const& graph) {
  for (auto const& loop : graph.loops_without_time()) {
    std::vector<std::string> names;
    bool const in_one =
        std::all_of(loop.begin(), loop.end(), [&](auto const& at_step) { return at_step.pathway == loop[0].pathway; });
    for (auto const& at_step : loop) {
      auto const& [pathway_name, pathway] = sheet.scenario.pathways.items[at_step.pathway];
      auto const& name = pathway.steps.items[at_step.step].first;
      names.push_back(in_one ? name : pathway_name + "/" + name);
    }
    names.push_back(names.front());
    sheet.add(
        step_pointer(sheet.scenario, loop[0].pathway, loop[0].step),
        "this loop can take no time, so patients could go round it for ever at one moment: " + joined_by(names, " -> "),
        "give one of these steps a length of time of at least half a tick");
  }
}

// Can `step` come to the join along steps of its branch?
bool joins(Pathway const& pathway, std::string const& first, std::string const& join) {
  std::vector<std::string> line{first};
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == join) return true;
    auto const* step = pathway.steps.find(line[i]);
    if (!step) continue;
    auto const come_to = [&](std::string const& name) {
      if (!name.empty() && std::find(line.begin(), line.end(), name) == line.end()) line.push_back(name);
    };
    for (auto const& row : step->then.rows)
      for (auto const& [name, share] : row.value) come_to(name);
    for (auto const& [name, chance] : step->starts) come_to(name);
    for (auto const& [reason, leaves] : step->gives_up) come_to(leaves.then);
    come_to(step->when_full);
    if (step->did_not_attend) come_to(step->did_not_attend->then);
  }
  return false;
}

void check_parallel(Sheet& sheet, PathwayGraph const& graph, std::size_t p, std::size_t s) {
  auto const& pathway = sheet.scenario.pathways.items[p].second;
  auto const& step = pathway.steps.items[s].second;
  if (!pathway.steps.find(step.joins_at) || step.joins_at == pathway.steps.items[s].first) return;
  auto const at = step_pointer(sheet.scenario, p, s);
  for (auto const& [first, chance] : step.starts)
    if (first != step.joins_at && !joins(pathway, first, step.joins_at))
      sheet.add(under(at, "starts", first),
                "this branch never comes to \"" + step.joins_at + "\", where the branches join", "lead it there");
  for (auto const inner : graph.between(p, s)) {
    auto const& [name, within] = pathway.steps.items[inner];
    if (record_of(within.kind).continues)
      sheet.add(step_pointer(sheet.scenario, p, inner),
                "a branch cannot continue with another pathway: it must come to \"" + step.joins_at + "\"",
                "continue after the join");
    if (inner == s)
      sheet.add(under(at, "starts"),
                "a branch leads back to \"" + name + "\" before the join, so branches would start branches",
                "lead it to \"" + step.joins_at + "\"");
  }
}

}  // namespace

void check_graph(Sheet& sheet, PathwayGraph const& graph) {
  auto const& pathways = sheet.scenario.pathways;
  auto const used = pathways_in_use(sheet.scenario);
  bool const all_sound = std::find(sheet.unsound.begin(), sheet.unsound.end(), true) == sheet.unsound.end();
  bool const streams_known =
      std::all_of(sheet.scenario.demand.begin(), sheet.scenario.demand.end(),
                  [&](auto const& stream) { return pathways.find(stream.second.pathway) != nullptr; });
  for (std::size_t p = 0; p < pathways.size(); ++p) {
    if (!used[p] && all_sound && streams_known && !sheet.scenario.demand.empty())
      sheet.add(under("/pathways", pathways.items[p].first),
                "no stream and no other pathway leads to it, so nobody would ever be on it",
                "name it in the \"pathway\" of a stream, or remove it");
    if (sheet.unsound[p]) continue;
    auto const& steps = pathways.items[p].second.steps;
    for (std::size_t s = 0; s < steps.size(); ++s)
      if (record_of(steps.items[s].second.kind).branches) check_parallel(sheet, graph, p, s);
    if (all_sound) check_pathway(sheet, graph, p);
  }
  if (all_sound) check_loops(sheet, graph);
}

}  // namespace cwtsim::scenario
