#pragma once
// How estimates become the cells of tables.

#include <functional>
#include <optional>
#include <utility>

#include "cwtsim/core/statistics.hpp"
#include "cwtsim/report/table.hpp"

namespace cwtsim::report {

/// Rows made by a function of the estimates.
template <class Make>
Rows rows_by(Make make) {
  return Rows(std::function<void(RowSink const&)>(std::move(make)));
}

inline Cell cell(std::optional<double> const& value) {
  return value ? Cell(*value) : Cell();
}
inline Cell value_of(std::optional<Estimate> const& e) {
  return e ? Cell(e->value) : Cell();
}
inline Cell low_of(std::optional<Estimate> const& e) {
  return e ? cell(e->low) : Cell();
}
inline Cell high_of(std::optional<Estimate> const& e) {
  return e ? cell(e->high) : Cell();
}

}  // namespace cwtsim::report
