#pragma once
// The tables of a run, one a CSV file. Their rows are made from the estimates when they are wanted, so the estimates
// must live as long.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/files/table.hpp"

namespace cwtsim::report {

using files::Table;

/// The one list of all tables that a run may write.
struct Output {
  Table (*table)(experiment::Estimates const& estimates);
  std::string_view when;  ///< in words; empty: always
  std::function<bool(experiment::Estimates const& estimates)> is_there;
};
[[nodiscard]] std::vector<Output> const& outputs();

/// Those that are there for these estimates.
[[nodiscard]] std::vector<Table> all_tables(experiment::Estimates const& estimates);
/// The table of that name, whether it is there or not; throws std::out_of_range.
[[nodiscard]] Table table_named(std::string_view name, experiment::Estimates const& estimates);
/// Every table and column, with units and meanings, as Markdown.
[[nodiscard]] std::string table_reference();

}  // namespace cwtsim::report
