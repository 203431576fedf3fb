#pragma once
// The parts of estimate(), one a file.

#include <optional>
#include <string>
#include <vector>

#include "cwtsim/experiment/estimates.hpp"

namespace cwtsim::experiment {

/// Where the calendar months and whole years lie in the measured time.
struct MeasuredTime {
  Date first, last;  ///< inclusive
  double days = 0;
  struct Year {
    std::string name;               ///< "2026/27" from April, "Jan-Dec 2026", "Oct 2026-Sep 2027"
    std::uint32_t first_month = 0;  ///< twelve from here
  };
  std::vector<Year> years;    ///< one after another, from the first whole month on
  std::string all_as_a_year;  ///< "12 months from 15 Oct 2026": of a year's days without a year; else empty
};
[[nodiscard]] MeasuredTime measured_time(model::Model const& model);

/// Everything that is counted as one: all measured months, each, the whole years, and the months of the figures.
[[nodiscard]] std::vector<Months> spans_of(model::Model const& model, std::vector<ObservedFigure> const& observed);
/// The months of a figure, where all of it was measured; else nothing.
struct MonthRange {
  std::uint32_t first = 0, count = 0;
};
[[nodiscard]] std::optional<MonthRange> measured_months(model::Model const& model, ObservedFigure const& figure);
/// Of a month, a year or a figure the one in force in its last month; of all the time the one that its years and the
/// months of none have in common. Nothing where there is none, or where these differ.
[[nodiscard]] std::optional<double> target_of(std::vector<double> const& targets, std::vector<Months> const& spans,
                                              Months const& months);

[[nodiscard]] std::vector<Stratum> strata_of(model::Model const& model);
/// Of measures; Stratum::standard is the measure.
[[nodiscard]] std::vector<Stratum> measure_strata_of(model::Model const& model);
[[nodiscard]] std::vector<Layout::MeasureStratum> measured_layout(model::Model const& model,
                                                                  std::vector<Months> const& spans);
void add_measured(Tally& tally, Layout const& layout, engine::ReplicationResult const& r);
void add_gaps(Tally& tally, Layout const& layout, engine::ReplicationResult const& r);
void add_quantiles(Tally& tally, Layout const& layout, engine::ReplicationResult const& r);
/// The day that is told of a quantile, with its interval in whole days.
[[nodiscard]] Estimate quantile_estimate(QuantileSums const& sums, int days);
void add_pence(Tally& tally, Layout const& layout, engine::ReplicationResult const& r);
void add_gaps(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_ledgers(Estimates& into, model::Model const& model, Experiment const& experiment,
                 std::vector<Outlay> const& outlays);
[[nodiscard]] std::vector<LedgerName> ledgers_of(model::Model const& model);
/// Of interventions, by ledger and period: [ledger * periods + period].
[[nodiscard]] std::vector<double> outlay_pounds(model::Model const& model, Layout const& layout,
                                                std::vector<Outlay> const& outlays);
void add_measures(Estimates& into, model::Model const& model, Experiment const& experiment);
/// Days of a span that were measured.
[[nodiscard]] double days_of(model::Model const& model, Months const& months);
/// Years of a span, of 365 days; of one that is a year 1.
[[nodiscard]] double years_in(model::Model const& model, Months const& months);
/// The smallest whole number of patients, of those not met, that would have to be met for a share of at least `target`.
[[nodiscard]] std::uint64_t more_to_meet(double target, double patients, double met);
void add_attainments(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_waits(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_open_clocks(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_resources(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_staff(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_rules(Estimates& into, model::Model const& model, Experiment const& experiment);
/// Which lists grew all through; after the resources.
void add_growth(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_steps(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_days(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_clock_days(Estimates& into, model::Model const& model, Experiment const& experiment);
/// Resources, steps and people month by month; after all of them.
void add_months(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_comparisons(Estimates& into, model::Model const& model, Experiment const& experiment,
                     std::vector<ObservedFigure> const& observed);

}  // namespace cwtsim::experiment
