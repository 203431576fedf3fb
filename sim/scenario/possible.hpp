#pragma once
// What the patients of a stream can be, and which rows of a table can hold for them.

#include <string>
#include <vector>

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {

/// The levels that each attribute can have, in file order, for the patients of a stream; where they are, if known.
struct Possible {
  std::vector<std::vector<bool>> levels;
  std::string const* stream = nullptr;
  std::string const* provider = nullptr;  ///< nullptr: anywhere
};

/// What patients of a stream can be at any date, from the shares above 0 and from what steps may set. The versions of
/// the scenario have one shape.
[[nodiscard]] Possible possible_patients(std::vector<Scenario const*> const& versions, std::size_t stream);

/// Can the row with `keys` hold? `siblings` are the keys of all rows of the table.
[[nodiscard]] bool row_possible(Scenario const& scenario, std::vector<std::string> const& by,
                                std::vector<std::string> const& keys,
                                std::vector<std::vector<std::string> const*> const& siblings, Possible const& possible);

/// The rows of a table that can hold.
template <class T>
[[nodiscard]] std::vector<typename Table<T>::Row const*> possible_rows(Scenario const& scenario, Table<T> const& table,
                                                                       Possible const& possible) {
  std::vector<std::vector<std::string> const*> siblings;
  for (auto const& row : table.rows) siblings.push_back(&row.keys);
  std::vector<typename Table<T>::Row const*> held;
  for (auto const& row : table.rows)
    if (row_possible(scenario, table.by, row.keys, siblings, possible)) held.push_back(&row);
  return held;
}

/// Can a patient satisfy the condition?
[[nodiscard]] bool condition_possible(Scenario const& scenario, Condition const& condition, Possible const& possible);

}  // namespace cwtsim::scenario
