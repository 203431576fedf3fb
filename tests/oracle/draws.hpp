#pragma once
// Looking things up in a scenario by name, and the random draws of docs/model.md. Slow and plain on purpose: nothing of
// the compiler or of the engine is used here.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cwtsim/core/draw.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::oracle {

/// What the rows of a table may depend on, by name ("provider", "stream", attributes) -> level.
using Facts = std::map<std::string, std::string>;

/// Where something is drawn, for one visit.
struct Draw {
  std::uint64_t key = 0;
  std::uint64_t draws_at = 0;
  std::uint64_t visit = 0;
  [[nodiscard]] Words words() const { return cwtsim::draw(key, draws_at, visit); }
  [[nodiscard]] Draw at(std::uint64_t other) const { return {key, other, visit}; }
};

/// Do patients wait on the list of a resource there?
inline bool waits_for_resources(scenario::Step const& step) {
  using scenario::StepKind;
  return step.kind == StepKind::appointment || step.kind == StepKind::servers || step.kind == StepKind::meeting;
}
/// On a list, or for each other?
inline bool is_waited_at(scenario::Step const& step) {
  return waits_for_resources(step) || step.kind == scenario::StepKind::gather;
}

/// Letters in the highest bytes: what is drawn at a step apart from its length of time and what comes next has its
/// number changed by these.
constexpr std::uint64_t letters(std::string_view word) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8; ++i) bits = bits << 8 | (i < word.size() ? static_cast<unsigned char>(word[i]) : 0);
  return bits;
}

/// The value of a table for these facts: at each depth the rows that name the level, else those for the rest.
template <class T>
T const& value_of(scenario::Table<T> const& table, Facts const& facts) {
  std::vector<typename scenario::Table<T>::Row const*> rows;
  for (auto const& row : table.rows) rows.push_back(&row);
  for (std::size_t depth = 0; depth < table.by.size(); ++depth) {
    if (rows.size() == 1 && rows[0]->keys.size() == depth) break;
    std::vector<typename scenario::Table<T>::Row const*> named, rest;
    for (auto const* row : rows) {
      if (row->keys.at(depth) == facts.at(table.by[depth])) named.push_back(row);
      if (row->keys.at(depth) == scenario::otherwise) rest.push_back(row);
    }
    rows = named.empty() ? rest : named;
  }
  return rows.at(0)->value;
}

/// One of the names with a share above 0, by the second word; certain where there is one.
inline std::string choose(scenario::Shares const& shares, Draw const& where) {
  double total = 0, below = 0;
  std::vector<std::string> names;
  for (auto const& [name, share] : shares) total += share;
  for (auto const& [name, share] : shares)
    if (share > 0) names.push_back(name);
  if (names.size() == 1) return names[0];
  auto const word = static_cast<double>(where.words().second) * 0x1.0p-64;
  for (auto const& [name, share] : shares) {
    if (share <= 0) continue;
    below += share / total;
    if (word < below) return name;
  }
  return names.back();
}

/// The product of factors for these facts.
inline double product_of(scenario::Factors const& factors, Facts const& facts) {
  double product = 1;
  for (auto const& [name, factor] : factors) product *= value_of(factor, facts);
  return product;
}

/// Shares of which some are multiplied by factors; as they are written if nothing would be left.
inline scenario::Shares by_odds(scenario::Shares const& shares, scenario::Odds const& odds, Facts const& facts) {
  scenario::Shares changed = shares;
  double sum = 0;
  for (auto& [name, share] : changed) {
    if (auto const* factors = odds.find(name)) share *= product_of(*factors, facts);
    sum += share;
  }
  return sum > 0 ? changed : shares;
}

/// True with a probability, by the first word.
inline bool happens(double probability, Draw const& where) {
  return probability > 0 && (probability >= 1 || to_unit(where.words().first) < probability);
}

}  // namespace cwtsim::oracle
