#include <fmt/core.h>

#include <algorithm>
#include <functional>

#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

constexpr std::size_t most_attributes = 24, most_levels = 250;

bool is_reserved(std::string const& name) {
  return name == "by" || name == otherwise;
}

void check_attribute(Sheet& sheet, std::string const& name, Attribute const& attribute) {
  auto const at = under("/attributes", name);
  if (name == "provider" || name == "stream" || name == "group" || name == "all" || is_reserved(name) ||
      name.find('+') != std::string::npos)
    sheet.add(at, "\"" + name + "\" has a meaning of its own in tables and strata, so no attribute can be called that",
              "Choose another name");
  if (attribute.levels.empty()) sheet.add(under(at, "levels"), "an attribute needs at least one level");
  if (attribute.levels.size() > most_levels)
    sheet.add(under(at, "levels"),
              fmt::format("{} levels; at most {} are allowed", attribute.levels.size(), most_levels));
  for (std::size_t i = 0; i < attribute.levels.size(); ++i) {
    auto const& level = attribute.levels[i];
    auto const here = under(at, "levels", std::to_string(i));
    if (is_reserved(level))
      sheet.add(here, "\"" + level + "\" has a meaning of its own in tables", "Choose another name");
    auto const before = attribute.levels.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(attribute.levels.begin(), before, level) != before)
      sheet.add(here, "the level \"" + level + "\" is listed twice", "list it once");
  }
  check_table(sheet, under(at, "shares"), attribute.shares, Depends{},
              [&](std::string const& here, Shares const& shares) { check_levels(sheet, here, name, shares); });
}

// The table by which a stream's patients get an attribute, and where it stands.
std::pair<ShareTable const*, std::string> table_of(std::string const& name, Attribute const& attribute,
                                                   std::pair<std::string, Stream> const* stream) {
  if (stream)
    if (auto const* set = stream->second.attributes.find(name))
      return {set, under("/demand", stream->first, "attributes", name)};
  return {&attribute.shares, under("/attributes", name, "shares")};
}

// What its level depends on, for patients of a stream.
std::vector<std::string> grounds_of(std::string const& name, Attribute const& attribute,
                                    std::pair<std::string, Stream> const* stream) {
  auto names = table_of(name, attribute, stream).first->by;
  for (auto const& [level, factors] : attribute.odds)
    for (auto const& [why, factor] : factors) names.insert(names.end(), factor.by.begin(), factor.by.end());
  return names;
}

// The attributes of a ring, from `name` back to it, or nothing.
std::vector<std::string> ring_from(Scenario const& scenario, std::string const& name,
                                   std::pair<std::string, Stream> const* stream) {
  std::vector<std::string> line;
  std::vector<bool> seen(scenario.attributes.size(), false);
  std::function<bool(std::string const&)> const visit = [&](std::string const& at) {
    auto const i = scenario.attributes.index_of(at);
    if (!i) return false;
    line.push_back(at);
    for (auto const& next : grounds_of(at, scenario.attributes.items[*i].second, stream)) {
      if (next == name) return true;
      auto const n = scenario.attributes.index_of(next);
      if (!n || seen[*n]) continue;
      seen[*n] = true;
      if (visit(next)) return true;
    }
    line.pop_back();
    return false;
  };
  if (!visit(name)) return {};
  line.push_back(name);
  return line;
}

void check_rings(Sheet& sheet, std::pair<std::string, Stream> const* stream, std::vector<bool>& told) {
  auto const& attributes = sheet.scenario.attributes;
  for (std::size_t a = 0; a < attributes.size(); ++a) {
    auto const ring = ring_from(sheet.scenario, attributes.items[a].first, stream);
    bool const known =
        std::any_of(ring.begin(), ring.end(), [&](auto const& name) { return told[*attributes.index_of(name)]; });
    if (ring.empty() || known) continue;
    for (auto const& name : ring) told[*attributes.index_of(name)] = true;
    auto const& [name, attribute] = attributes.items[a];
    auto const [table, at] = table_of(name, attribute, stream);
    bool const by_table = std::find(table->by.begin(), table->by.end(), ring[1]) != table->by.end();
    sheet.add(
        by_table ? under(at, "by") : under("/attributes", name, "odds"),
        "these attributes depend on one another in a ring, so none can be drawn first: " + joined_by(ring, " by "));
  }
}

}  // namespace

void check_attributes(Sheet& sheet) {
  auto const& attributes = sheet.scenario.attributes;
  if (attributes.size() > most_attributes)
    sheet.add("/attributes", fmt::format("{} attributes; at most {} are allowed", attributes.size(), most_attributes));
  for (auto const& [name, attribute] : attributes) check_attribute(sheet, name, attribute);
  std::vector<bool> told(attributes.size(), false);
  check_rings(sheet, nullptr, told);
  for (auto const& stream : sheet.scenario.demand)
    if (!stream.second.attributes.empty()) check_rings(sheet, &stream, told);
}

void check_uses(Sheet& sheet) {
  std::set<std::string> told;
  for (auto const& [name, pointer] : sheet.uses) {
    auto const* attribute = sheet.scenario.attributes.find(name);
    if (!attribute || attribute->shares.given() || told.contains(name)) continue;
    bool set_by_step = false;
    for (auto const& [pathway_name, pathway] : sheet.scenario.pathways)
      for (auto const& [step_name, step] : pathway.steps) set_by_step = set_by_step || step.sets.find(name);
    std::vector<std::string> without;
    for (auto const& [stream_name, stream] : sheet.scenario.demand)
      if (!stream.attributes.find(name)) without.push_back(stream_name);
    if (set_by_step || without.empty()) continue;
    told.insert(name);
    sheet.add(pointer, "patients of " + list_of(without) + " have no \"" + name + "\" to go by",
              "give the attribute \"shares\", or set it in these streams");
  }
}

}  // namespace cwtsim::scenario
