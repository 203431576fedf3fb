#include "possible.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cwtsim::scenario {
namespace {

std::optional<std::size_t> level_of(Attribute const& attribute, std::string const& level) {
  auto const found = std::find(attribute.levels.begin(), attribute.levels.end(), level);
  if (found == attribute.levels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - attribute.levels.begin());
}

void allow(Scenario const& scenario, std::size_t attribute, ShareTable const& table, Possible& possible) {
  for (auto const& row : table.rows)
    for (auto const& [level, share] : row.value)
      if (share > 0)
        if (auto const i = level_of(scenario.attributes.items[attribute].second, level))
          possible.levels[attribute][*i] = true;
}

// The pathways that patients of a stream may come to, whoever they are.
std::set<std::string> pathways_of(Scenario const& scenario, std::size_t stream) {
  auto const& [name, demand] = scenario.demand.items[stream];
  std::vector<std::string> open{demand.pathway};
  for (auto const& [list, waiting] : scenario.waiting)
    if (waiting.like == name) open.push_back(pathway_of(waiting, scenario));
  std::set<std::string> found;
  while (!open.empty()) {
    auto const pathway = std::move(open.back());
    open.pop_back();
    auto const* const steps = scenario.pathways.find(pathway);
    if (steps == nullptr || !found.insert(pathway).second) continue;
    for (auto const& [step_name, step] : steps->steps)
      if (record_of(step.kind).continues) open.push_back(step.pathway);
  }
  return found;
}

bool same_start(std::vector<std::string> const& a, std::vector<std::string> const& b, std::size_t length) {
  return a.size() > length && b.size() > length &&
         std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(length), b.begin());
}

bool otherwise_possible(Scenario const& scenario, std::string const& dimension, std::vector<std::string> const& named,
                        Possible const& possible) {
  auto const is_named = [&](std::string const& name) {
    return std::find(named.begin(), named.end(), name) != named.end();
  };
  if (dimension == "provider") return !possible.provider || !is_named(*possible.provider);
  if (dimension == "stream") return !possible.stream || !is_named(*possible.stream);
  auto const attribute = scenario.attributes.index_of(dimension);
  if (!attribute) return true;
  auto const& levels = scenario.attributes.items[*attribute].second.levels;
  for (std::size_t i = 0; i < levels.size(); ++i)
    if (possible.levels[*attribute][i] && !is_named(levels[i])) return true;
  return false;
}

bool key_possible(Scenario const& scenario, std::string const& dimension, std::string const& key,
                  Possible const& possible) {
  if (dimension == "provider") return !possible.provider || *possible.provider == key;
  if (dimension == "stream") return !possible.stream || *possible.stream == key;
  auto const attribute = scenario.attributes.index_of(dimension);
  if (!attribute) return true;
  auto const level = level_of(scenario.attributes.items[*attribute].second, key);
  return level && possible.levels[*attribute][*level];
}

// What the levels that are possible may turn into.
void progress(Scenario const& scenario, std::size_t attribute, Possible& possible) {
  auto const& [name, what] = scenario.attributes.items[attribute];
  for (std::size_t round = 0; round < what.progresses.size(); ++round)
    for (auto const& [level, next] : what.progresses) {
      auto const from = level_of(what, level), to = level_of(what, next.to);
      if (from && to && possible.levels[attribute][*from]) possible.levels[attribute][*to] = true;
    }
}

}  // namespace

Possible possible_patients(std::vector<Scenario const*> const& versions, std::size_t stream) {
  Possible possible;
  possible.stream = &versions[0]->demand.items[stream].first;
  for (auto const& [name, attribute] : versions[0]->attributes)
    possible.levels.emplace_back(attribute.levels.size(), false);
  for (auto const* scenario : versions) {
    auto const reached = pathways_of(*scenario, stream);
    for (std::size_t a = 0; a < scenario->attributes.size(); ++a) {
      auto const& [name, attribute] = scenario->attributes.items[a];
      auto const* set = scenario->demand.items[stream].second.attributes.find(name);
      allow(*scenario, a, set ? *set : attribute.shares, possible);
      for (auto const& pathway : reached)
        for (auto const& [step_name, step] : scenario->pathways.find(pathway)->steps)
          if (auto const* sets = step.sets.find(name)) allow(*scenario, a, *sets, possible);
      progress(*scenario, a, possible);
    }
  }
  return possible;
}

bool row_possible(Scenario const& scenario, std::vector<std::string> const& by, std::vector<std::string> const& keys,
                  std::vector<std::vector<std::string> const*> const& siblings, Possible const& possible) {
  for (std::size_t depth = 0; depth < keys.size() && depth < by.size(); ++depth) {
    if (keys[depth] != otherwise) {
      if (!key_possible(scenario, by[depth], keys[depth], possible)) return false;
      continue;
    }
    std::vector<std::string> named;
    for (auto const* other : siblings)
      if (same_start(*other, keys, depth)) named.push_back((*other)[depth]);
    if (!otherwise_possible(scenario, by[depth], named, possible)) return false;
  }
  return true;
}

bool condition_possible(Scenario const& scenario, Condition const& condition, Possible const& possible) {
  return std::all_of(condition.levels.begin(), condition.levels.end(), [&](auto const& term) {
    return std::any_of(term.second.begin(), term.second.end(),
                       [&](std::string const& level) { return key_possible(scenario, term.first, level, possible); });
  });
}

}  // namespace cwtsim::scenario
