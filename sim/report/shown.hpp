#pragma once
// Tables whose columns say what stands in their cells.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cwtsim/core/fields.hpp"
#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/report/table.hpp"

namespace cwtsim::report {

/// A column of a table with a row for each R, and what stands in it.
template <class R>
struct Shown {
  Column head;
  std::function<Cell(experiment::Estimates const&, R const&)> cell;
};
template <class R>
using AllShown = std::vector<Shown<R>>;

inline Cell cell_of(std::string const& text) {
  return text;
}
inline Cell cell_of(double value) {
  return value;
}
inline Cell cell_of(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}
inline Cell cell_of(std::optional<double> const& value) {
  return value ? Cell(*value) : Cell();
}
inline Cell cell_of(std::optional<Estimate> const& e) {
  return e ? Cell(e->value) : Cell();
}

/// The two ends of the interval of what `estimate` takes from a row.
template <class R, class Of>
AllShown<R> interval_of(Of estimate, std::string const& names, std::string const& unit, std::string const& what) {
  auto const end = [estimate](std::optional<double> Estimate::*which) {
    return [estimate, which](experiment::Estimates const&, R const& row) {
      std::optional<Estimate> const& e = std::invoke(estimate, row);
      return e ? cell_of((*e).*which) : Cell();
    };
  };
  return {{{names + "_low", unit, "95 % interval of " + what + ", lower end"}, end(&Estimate::low)},
          {{names + "_high", unit, "95 % interval of " + what + ", upper end"}, end(&Estimate::high)}};
}

/// The columns that the rows declare.
template <class R>
AllShown<R> declared() {
  AllShown<R> all;
  for_each_field<R>([&all](auto column) {
    constexpr auto const& is = column();
    if constexpr (*is.name != '\0') {
      all.push_back({{is.name, is.unit, is.meaning},
                     [](experiment::Estimates const&, R const& row) { return cell_of(row.*is.member); }});
      if constexpr (is.interval != nullptr)
        for (auto& end : interval_of<R>(is.member, is.interval, is.unit, is.name)) all.push_back(std::move(end));
    }
  });
  return all;
}

template <class R>
AllShown<R> operator+(AllShown<R> first, AllShown<R> const& then) {
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

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

template <class R>
Table table_of(std::string name, std::string caption, experiment::Estimates const& e, AllShown<R> const& shown,
               Each<R> each) {
  Table table{std::move(name), std::move(caption), {}, {}};
  for (auto const& column : shown) table.columns.push_back(column.head);
  table.rows = Rows([&e, shown, each = std::move(each)](RowSink const& put) {
    Row cells(shown.size());
    each([&](R const& row) {
      for (std::size_t i = 0; i < shown.size(); ++i) cells[i] = shown[i].cell(e, row);
      put(cells);
    });
  });
  return table;
}

}  // namespace cwtsim::report
