#pragma once
// A table with declared columns, and its text as CSV.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cwtsim::files {

/// Nothing (an estimate that cannot be had), text, a number, or a count.
using Cell = std::variant<std::monostate, std::string, double, std::int64_t>;

/// A column, with what stands in it.
struct Column {
  std::string name;
  std::string unit;
  std::string meaning;
};

using Row = std::vector<Cell>;
using RowSink = std::function<void(Row const&)>;
using TextSink = std::function<void(std::string_view)>;

/// The rows of a table: given, or made one at a time whenever they are wanted, so that a long table is never in memory.
class Rows {
 public:
  Rows() = default;
  /// Rows that are given.
  Rows(std::initializer_list<Row> rows);
  /// Rows that are made whenever they are asked for.
  explicit Rows(std::function<void(RowSink const&)> make) : make_(std::move(make)) {}
  /// Calls `use` with each row, in order.
  void each(RowSink const& use) const {
    if (make_) make_(use);
  }

 private:
  std::function<void(RowSink const&)> make_;
};

/// A table, before it is written.
struct Table {
  std::string name;  ///< of its file, without ".csv"
  std::string caption;
  std::vector<Column> columns;
  Rows rows;  ///< as wide as the columns
};

/// RFC 4180 with line feeds: a header, then the rows. Text that a spreadsheet would take for a formula gets a leading
/// apostrophe; control characters are dropped.
void write_csv(Table const& table, TextSink const& to);
/// What write_csv writes, in one piece.
[[nodiscard]] std::string to_csv(Table const& table);
/// A number as in the tables: at most six significant digits, a point, no exponent below 10^15; "" if not finite.
[[nodiscard]] std::string format_number(double value);
/// Text without control characters, so that a name cannot steer a terminal or break a line.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace cwtsim::files
