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
    for (auto const& place : places_of(waiting, scenario))
      if (place.like == name) open.push_back(place.pathway);
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
      for (auto const& [list, waiting] : scenario->waiting)
        for (auto const& row : waiting.rows)
          if (auto const* known = row.attributes.find(name))
            if (auto const i = level_of(attribute, *known)) possible.levels[a][*i] = true;
      progress(*scenario, a, possible);
    }
  }
  return possible;
}

RowTest::RowTest(Scenario const& scenario, std::vector<std::string> const& by, Possible const& possible) {
  dimensions_.reserve(by.size());
  for (auto const& name : by) dimensions_.push_back(dimension(scenario, name, possible));
}

RowTest::Dimension RowTest::dimension(Scenario const& scenario, std::string const& name, Possible const& possible) {
  Dimension d;
  if (name == "provider") {
    d.only = possible.provider;
  } else if (name == "stream") {
    d.only = possible.stream;
  } else if (auto const attribute = scenario.attributes.index_of(name)) {
    d.names = &scenario.attributes.items[*attribute].second.levels;
    d.possible = &possible.levels[*attribute];
  }
  return d;
}

bool RowTest::Dimension::can_be(std::string const& key) {
  if (last != nullptr && *last == key) return last_possible;
  last = &key;
  if (only != nullptr) return last_possible = *only == key;
  if (names == nullptr) return last_possible = true;
  auto const found = std::find(names->begin(), names->end(), key);
  return last_possible = found != names->end() && (*possible)[static_cast<std::size_t>(found - names->begin())];
}

bool RowTest::Dimension::can_be_none_of(std::vector<std::string const*> const& named) const {
  auto const is_named = [&](std::string const& name) {
    return std::any_of(named.begin(), named.end(), [&](auto const* other) { return *other == name; });
  };
  if (only != nullptr) return !is_named(*only);
  if (names == nullptr) return true;
  for (std::size_t i = 0; i < names->size(); ++i)
    if ((*possible)[i] && !is_named((*names)[i])) return true;
  return false;
}

bool RowTest::can_hold(std::vector<std::string> const& keys,
                       std::vector<std::vector<std::string> const*> const& siblings) {
  for (std::size_t depth = 0; depth < keys.size() && depth < dimensions_.size(); ++depth) {
    if (keys[depth] != otherwise) {
      if (!dimensions_[depth].can_be(keys[depth])) return false;
      continue;
    }
    std::vector<std::string const*> named;
    for (auto const* other : siblings)
      if (same_start(*other, keys, depth)) named.push_back(&(*other)[depth]);
    if (!dimensions_[depth].can_be_none_of(named)) return false;
  }
  return true;
}

bool condition_possible(Scenario const& scenario, Condition const& condition, Possible const& possible) {
  return std::all_of(condition.levels.begin(), condition.levels.end(), [&](auto const& term) {
    auto dimension = RowTest::dimension(scenario, term.first, possible);
    return std::any_of(term.second.begin(), term.second.end(),
                       [&](std::string const& level) { return dimension.can_be(level); });
  });
}

}  // namespace cwtsim::scenario
