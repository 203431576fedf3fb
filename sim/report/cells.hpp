#pragma once
// Cells of tables from what is estimated.

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "cwtsim/core/statistics.hpp"
#include "cwtsim/files/table.hpp"

namespace cwtsim::report {

using files::Cell;
using files::Column;
using files::Row;
using files::Rows;
using files::RowSink;

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
inline Cell count(std::uint64_t n) {
  return static_cast<std::int64_t>(n);
}

}  // namespace cwtsim::report
