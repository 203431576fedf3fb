#pragma once
// A table with declared columns, and its text as CSV.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cwtsim::report {

/// Nothing (an estimate that cannot be had), text, a number, or a count.
using Cell = std::variant<std::monostate, std::string, double, std::int64_t>;

struct Column {
  std::string name;
  std::string meaning;  ///< with the unit
};

struct Table {
  std::string name;  ///< of its file, without ".csv"
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  ///< as wide as the columns
};

/// RFC 4180 with line feeds: a header, then the rows. Text that a spreadsheet would take for a formula gets a leading
/// apostrophe; control characters are dropped.
[[nodiscard]] std::string to_csv(Table const& table);
/// A number as in the tables: at most six significant digits, a point, no exponent below 10^15; "" if not finite.
[[nodiscard]] std::string format_number(double value);
/// Text without control characters, so that a name cannot steer a terminal or break a line.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace cwtsim::report
