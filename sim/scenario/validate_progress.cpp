// Levels that turn into others, and the steps that find them.

#include <algorithm>

#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

void check_attribute(Sheet& sheet, std::string const& name, Attribute const& attribute) {
  auto const at = under("/attributes", name, "progresses");
  for (auto const& [level, progress] : attribute.progresses) {
    auto const here = under(at, level);
    is_known(sheet, here, name, level, attribute.levels);
    is_known(sheet, under(here, "to"), name, progress.to, attribute.levels);
    if (!progress.after.given()) sheet.add(here, "it does not say after how long", "add \"after\"");
    check_table(sheet, under(here, "after"), progress.after, Depends{},
                [&](std::string const& place, Distribution const& d) { check_distribution(sheet, place, d); });
  }
  std::vector<std::string> in_ring;
  for (auto const& [level, progress] : attribute.progresses) {
    std::vector<std::string> line{level};
    auto const* next = &progress;
    while (next && next->to != level && line.size() <= attribute.progresses.size()) {
      line.push_back(next->to);
      next = attribute.progresses.find(next->to);
    }
    // one ring is told once, from the first of its levels
    if (!next || next->to != level || std::find(in_ring.begin(), in_ring.end(), level) != in_ring.end()) continue;
    in_ring.insert(in_ring.end(), line.begin(), line.end());
    line.push_back(level);
    sheet.add(under(at, level), "these levels turn into one another in a ring, so there would be no end to it: " +
                                    joined_by(line, " -> "));
  }
}

}  // namespace

void check_progress(Sheet& sheet) {
  std::set<std::string> found;
  for (auto const& [pathway_name, pathway] : sheet.scenario.pathways)
    for (auto const& [name, step] : pathway.steps) {
      auto const at = under("/pathways", pathway_name, "steps", name);
      for (std::size_t i = 0; i < step.finds.size(); ++i) {
        auto const here = item_pointer(under(at, "finds"), step.finds, i);
        if (!is_known(sheet, here, "attribute", step.finds[i], names_of(sheet.scenario.attributes))) continue;
        found.insert(step.finds[i]);
        if (sheet.scenario.attributes.find(step.finds[i])->progresses.empty())
          sheet.add(here, "\"" + step.finds[i] + "\" does not progress, so there is nothing to find",
                    "Write \"sets\", or give the attribute \"progresses\"");
      }
      for (auto const& [attribute, table] : step.sets)
        if (auto const* set = sheet.scenario.attributes.find(attribute); set && !set->progresses.empty())
          sheet.add(under(at, "sets", attribute), "\"" + attribute + "\" progresses by itself, so no step can set it",
                    "Write \"finds\"");
    }
  for (auto const& [name, attribute] : sheet.scenario.attributes) {
    check_attribute(sheet, name, attribute);
    if (!attribute.progresses.empty() && !found.contains(name))
      sheet.add(under("/attributes", name, "progresses"), "no step finds it, so nobody would ever know",
                "name it in the \"finds\" of a step, or remove it");
  }
}

}  // namespace cwtsim::scenario
