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

/// Which rows of a table can hold; what its dimensions mean is looked up once, and of rows in turn that begin alike the
/// beginning is.
class RowTest {
 public:
  RowTest(Scenario const& scenario, std::vector<std::string> const& by, Possible const& possible);
  /// `siblings` are the keys of all rows of the table.
  [[nodiscard]] bool can_hold(std::vector<std::string> const& keys,
                              std::vector<std::vector<std::string> const*> const& siblings);

 private:
  struct Dimension {
    std::string const* only = nullptr;  ///< the one provider or stream that it can be
    std::vector<std::string> const* names = nullptr;
    std::vector<bool> const* possible = nullptr;  ///< of the names; neither these nor `only`: anything can be
    std::string const* last = nullptr;            ///< the key asked of last, and the answer
    bool last_possible = false;
    [[nodiscard]] bool can_be(std::string const& key);
    [[nodiscard]] bool can_be_none_of(std::vector<std::string const*> const& named) const;
  };
  static Dimension dimension(Scenario const& scenario, std::string const& name, Possible const& possible);
  friend bool condition_possible(Scenario const&, Condition const&, Possible const&);

  std::vector<Dimension> dimensions_;
};

/// The rows of a table that can hold.
template <class T>
[[nodiscard]] std::vector<typename Table<T>::Row const*> possible_rows(Scenario const& scenario, Table<T> const& table,
                                                                       Possible const& possible) {
  std::vector<std::vector<std::string> const*> siblings;
  siblings.reserve(table.rows.size());
  for (auto const& row : table.rows) siblings.push_back(&row.keys);
  RowTest test(scenario, table.by, possible);
  std::vector<typename Table<T>::Row const*> held;
  for (auto const& row : table.rows)
    if (test.can_hold(row.keys, siblings)) held.push_back(&row);
  return held;
}

/// Can a patient satisfy the condition?
[[nodiscard]] bool condition_possible(Scenario const& scenario, Condition const& condition, Possible const& possible);

}  // namespace cwtsim::scenario
