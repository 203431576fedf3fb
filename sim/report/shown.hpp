#pragma once
// Tables whose columns say what stands in their cells.

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cwtsim/core/fields.hpp"
#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/files/table.hpp"

namespace cwtsim::report {

using files::Cell, files::Column, files::Row, files::Rows, files::RowSink, files::Table;

inline Cell cell_of(std::string const& text) {
  return text;
}
inline Cell cell_of(double value) {
  return value;
}
inline Cell cell_of(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}
inline Cell cell_of(std::optional<std::uint64_t> const& count) {
  return count ? cell_of(*count) : Cell();
}
inline Cell cell_of(std::optional<double> const& value) {
  return value ? Cell(*value) : Cell();
}
inline Cell cell_of(std::optional<Estimate> const& e) {
  return e ? Cell(e->value) : Cell();
}

/// The columns of a table with a row for each R of what is told, and what stands in them.
template <class R, class E = experiment::Estimates>
struct Shown {
  static constexpr std::string_view by_skewness = "the intervals of the row, by their skewness";
  using Of = Cell (*)(E const&, R const&);
  std::vector<Column> heads;
  std::vector<Of> cells;

  void add(std::string_view name, std::string_view unit, std::string_view meaning, Of cell) {
    heads.push_back({std::string(name), std::string(unit), std::string(meaning)});
    cells.push_back(cell);
  }
  /// The two ends of the interval of what `of` takes from a row.
  template <class Taken>
  void add_interval(std::string const& names, std::string_view unit, std::string const& what, Taken) {
    add(names + "_low", unit, "95 % interval of " + what + ", lower end", [](E const&, R const& row) {
      std::optional<Estimate> const e = Taken{}(row);
      return e ? cell_of(e->low) : Cell();
    });
    add(names + "_high", unit, "95 % interval of " + what + ", upper end", [](E const&, R const& row) {
      std::optional<Estimate> const e = Taken{}(row);
      return e ? cell_of(e->high) : Cell();
    });
  }
  /// How many replications should stand behind what the row tells, by what `most` says of it; 0: there are enough.
  template <class Most>
  void add_advice(std::string_view whose, Most) {
    add("replications_advised", "replications",
        fmt::format("that should stand behind {}; empty where there are enough", whose), [](E const& e, R const& row) {
          std::uint64_t const most = Most{}(e, row);
          return most > 0 ? cell_of(most) : Cell();
        });
  }
  /// Of the intervals of what each of the functions takes from a row.
  template <class... Taken>
  void add_advised(Taken...) {
    add_advice(by_skewness, [](auto const&, R const& row) {
      auto const of = [](std::optional<Estimate> const& e) { return e ? e->advised : 0; };
      return std::max({std::uint64_t{0}, of(Taken{}(row))...});
    });
  }
  /// What the rows declare, and of those of their intervals how many replications they need.
  void add_declared_and_advised() {
    add_declared();
    add_advice(by_skewness, [](auto const&, R const& row) {
      std::uint64_t most = 0;
      for_each_field<R>(
          [&most](auto column, auto const& value) {
            if constexpr (column().interval != nullptr) most = std::max(most, value ? value->advised : 0);
          },
          row);
      return most;
    });
  }
  /// What the rows declare.
  void add_declared() {
    for_each_field<R>([this](auto column) {
      auto const of = [](R const& row) -> auto const& {
        return row.*decltype(column){}().member;
      };
      if constexpr (*column().name != '\0') {
        add(column().name, column().unit, column().meaning,
            [](E const&, R const& row) { return cell_of(decltype(of){}(row)); });
        if constexpr (column().interval != nullptr) add_interval(column().interval, column().unit, column().name, of);
      }
    });
  }
};

/// Calls its argument with each row.
template <class R>
using Each = std::function<void(std::function<void(R const&)> const&)>;

/// Every item of a list for which `if_so` holds.
template <class R, class IfSo>
Each<R> those_of(std::vector<R> const& list, IfSo if_so) {
  return [&list, if_so](auto const& use) {
    for (auto const& row : list)
      if (if_so(row)) use(row);
  };
}
template <class R>
Each<R> all_of(std::vector<R> const& list) {
  return those_of(list, [](R const&) { return true; });
}

template <class R, class E>
Table table_of(char const* name, char const* caption, E const& e, Shown<R, E> shown, Each<R> each) {
  Table table{name, caption, std::move(shown.heads), {}};
  table.rows = Rows([&e, columns = std::move(shown.cells), each = std::move(each)](RowSink const& put) {
    Row cells(columns.size());
    each([&](R const& row) {
      for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = columns[i](e, row);
      put(cells);
    });
  });
  return table;
}

/// A table and its columns, as Markdown; `when` it is written, in words, may be empty.
inline std::string described(Table const& table, std::string_view when = {}) {
  auto out = fmt::format("\n## {}.csv\n\n{}.{}\n\n| column | unit | meaning |\n|---|---|---|\n", table.name,
                         table.caption, when.empty() ? "" : fmt::format(" Written where {}.", when));
  for (auto const& column : table.columns)
    out += fmt::format("| `{}` | {} | {} |\n", column.name, column.unit, column.meaning);
  return out;
}

}  // namespace cwtsim::report
