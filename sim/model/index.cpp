#include <algorithm>

#include "builder.hpp"

namespace cwtsim::model {

namespace {
void add_once(std::vector<std::string>& list, std::string const& name) {
  if (!name.empty() && std::ranges::find(list, name) == list.end()) list.push_back(name);
}
void add_all(std::vector<std::string>& list, std::vector<std::string> const& names) {
  for (auto const& n : names) add_once(list, n);
}
}  // namespace

Index::Index(scenario::Scenario const& s) {
  names.scenario = s.name;
  for (auto const& [name, provider] : s.providers) {
    names.providers.push_back(name);
    names.provider_labels.push_back(provider.label.empty() ? name : provider.label);
    std::string const group = provider.group.empty() ? "none" : provider.group;
    add_once(names.groups, group);
    group_of_provider.push_back(at(names.groups, group));
    for (auto const& [resource, what] : provider.resources) {
      add_once(names.resource_names, resource);
      if (what.at.empty()) resources.emplace_back(name, resource);
    }
    for (auto const& [role, what] : provider.staff) {
      names.staff.push_back(name + "/" + role);
      roles.emplace_back(name, role);
    }
  }
  for (auto const& [name, rule] : s.rules) names.rules.push_back(name);
  for (auto const& [name, attribute] : s.attributes) {
    names.attributes.push_back(name);
    names.levels.push_back(attribute.levels);
  }
  for (auto const& [name, stream] : s.demand) names.streams.push_back(name);
  for (auto const& [name, pathway] : s.pathways)  // those that steps pause with come first
    for (auto const& [step_name, step] : pathway.steps) add_once(names.adjustments, step.pauses);
  pausing = static_cast<std::uint32_t>(names.adjustments.size());
  for (auto const& [name, pathway] : s.pathways) {
    names.pathways.push_back(name);
    for (auto const& [step_name, step] : pathway.steps) {
      names.steps.push_back(name + "/" + step_name);
      names.step_names.push_back({name, step_name});
      if (step.did_not_attend) add_once(names.adjustments, step.did_not_attend->adjusts);
    }
  }
  for (auto const& [name, standard] : s.standards) {
    names.standards.push_back(name);
    names.standard_labels.push_back(standard.label.empty() ? name : standard.label);
    for (auto const* milestones : {&standard.starts, &standard.stops, &standard.excluded_by, &standard.breach_if_late})
      add_all(names.milestones, *milestones);
    add_all(names.adjustments, standard.adjustments);
  }
  for (auto const& [name, measure] : s.measures) {
    names.measures.push_back(name);
    names.measure_labels.push_back(measure.label.empty() ? name : measure.label);
    names.measure_units.push_back(measure.unit);
    add_all(names.milestones, measure.on);
    add_once(names.milestones, measure.days_since);
    add_once(names.milestones, measure.number_of);
    if (measure.hazard) add_once(names.milestones, measure.hazard->since);
  }
}

std::uint64_t Index::milestones(std::vector<std::string> const& list) const {
  std::uint64_t bits = 0;
  for (auto const& name : list)
    if (auto const milestone = at(names.milestones, name); milestone != none16) bits |= 1ULL << milestone;
  return bits;
}

Axis Index::axis(std::string_view by) const {
  if (by == "provider") return {Dimension::provider, 0, level_of_provider, 1};
  if (by == "group") return {Dimension::group, 0, level_of_group, 1};
  if (by == "stream") return {Dimension::stream, 0, level_of_stream, 1};
  std::uint8_t const a = attribute(by);
  return {Dimension::attribute, a, static_cast<std::uint16_t>(levels_of_attributes + a), 1};
}

std::uint32_t Index::size_of(Axis const& axis) const {
  switch (axis.dimension) {
    case Dimension::provider:
      return static_cast<std::uint32_t>(names.providers.size());
    case Dimension::group:
      return static_cast<std::uint32_t>(names.groups.size());
    case Dimension::stream:
      return static_cast<std::uint32_t>(names.streams.size());
    case Dimension::attribute:
      return static_cast<std::uint32_t>(names.levels[axis.attribute].size());
  }
  return 0;
}

std::string const& Index::level_name(Axis const& axis, std::uint32_t level) const {
  switch (axis.dimension) {
    case Dimension::provider:
      return names.providers[level];
    case Dimension::group:
      return names.groups[level];
    case Dimension::stream:
      return names.streams[level];
    case Dimension::attribute:
      break;
  }
  return names.levels[axis.attribute][level];
}

}  // namespace cwtsim::model
