#pragma once
// A small scenario with a known answer, run or checked by the program as a user would, and what its tables say.

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "cli/program.hpp"
#include "csv.hpp"

namespace cases {

/// The path of tests/cases/NAME.
inline std::string path_of(std::string const& name) {
  return CWTSIM_SOURCE_DIR "/tests/cases/" + name;
}

/// What `cwtsim check NAME.json ARGUMENTS` says.
inline Finished checked(std::string const& name, std::vector<std::string> arguments = {}) {
  arguments.insert(arguments.begin(), {"check", path_of(name + ".json")});
  return run_program(arguments);
}

/// `cwtsim run NAME.json ARGUMENTS`, with its folder of tables.
class Ran {
 public:
  explicit Ran(std::string const& name, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"run", path_of(name + ".json"), "--out", folder_ / "out", "--force"});
    said = run_program(arguments);
  }
  [[nodiscard]] std::string file(std::string const& name) const { return folder_ / ("out/" + name); }

  /// The rows of a table in which the columns named hold these cells.
  [[nodiscard]] std::vector<csv::Row> rows(std::string const& table, csv::Row const& where = {}) const {
    auto all = csv::read(file(table + ".csv"));
    all.erase(std::remove_if(all.begin(), all.end(),
                             [&](csv::Row const& row) {
                               return std::any_of(where.begin(), where.end(),
                                                  [&](auto const& cell) { return row.at(cell.first) != cell.second; });
                             }),
              all.end());
    return all;
  }
  /// A cell of the one row in which the columns named hold these cells.
  [[nodiscard]] std::string cell(std::string const& table, csv::Row const& where, std::string const& column) const {
    auto const found = rows(table, where);
    INFO(table << ".csv: " << found.size() << " rows");
    REQUIRE(found.size() == 1);
    return found.front().at(column);
  }
  [[nodiscard]] double number(std::string const& table, csv::Row const& where, std::string const& column) const {
    auto const text = cell(table, where, column);
    INFO(table << ".csv " << column << ": \"" << text << "\"");
    REQUIRE(!text.empty());
    return std::stod(text);
  }
  /// The sum of a column over such rows.
  [[nodiscard]] double sum(std::string const& table, csv::Row const& where, std::string const& column) const {
    double total = 0;
    for (auto const& row : rows(table, where)) total += std::stod(row.at(column));
    return total;
  }

  Finished said;

 private:
  Folder folder_;
};

}  // namespace cases
