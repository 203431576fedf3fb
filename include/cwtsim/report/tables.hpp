#pragma once
// The tables of a run, one a CSV file. Their rows are made from the estimates when they are wanted, so the estimates
// must live as long.

#include <vector>

#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/files/table.hpp"

namespace cwtsim::report {

using files::Table;

[[nodiscard]] Table standards_table(experiment::Estimates const& estimates);     ///< months and the whole time
[[nodiscard]] Table years_table(experiment::Estimates const& estimates);         ///< whole years, and what one may show
[[nodiscard]] Table waits_table(experiment::Estimates const& estimates);         ///< whole-day histograms
[[nodiscard]] Table waiting_list_table(experiment::Estimates const& estimates);  ///< open clocks at month ends
[[nodiscard]] Table resources_table(experiment::Estimates const& estimates);
[[nodiscard]] Table steps_table(experiment::Estimates const& estimates);  ///< where the days go
[[nodiscard]] Table staff_table(experiment::Estimates const& estimates);
[[nodiscard]] Table rules_table(experiment::Estimates const& estimates);
[[nodiscard]] Table replications_table(experiment::Estimates const& estimates);
[[nodiscard]] Table validation_table(experiment::Estimates const& estimates);  ///< attainments, observed and simulated
[[nodiscard]] Table volumes_table(experiment::Estimates const& estimates);     ///< patients, observed and simulated
[[nodiscard]] Table measures_table(experiment::Estimates const& estimates);    ///< all, months and years
[[nodiscard]] Table gaps_table(experiment::Estimates const& estimates);
[[nodiscard]] Table ledgers_table(experiment::Estimates const& estimates);  ///< all, months and years
/// All of the above; staff, rules, measures, gaps and ledgers only where there are any, the two of comparisons only
/// where something was observed.
[[nodiscard]] std::vector<Table> all_tables(experiment::Estimates const& estimates);

}  // namespace cwtsim::report
