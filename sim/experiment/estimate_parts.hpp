#pragma once
// The parts of estimate(), one a file.

#include <span>
#include <string>
#include <vector>

#include "cwtsim/experiment/estimates.hpp"

namespace cwtsim::experiment {

/// Where the calendar months and whole years lie in the measured time.
struct MeasuredTime {
  Date first, last;  ///< inclusive
  double days = 0;
  struct Year {
    std::string name;               ///< "2026/27", or "2026" from January
    std::uint32_t first_month = 0;  ///< twelve from here
  };
  std::vector<Year> years;
};
[[nodiscard]] MeasuredTime measured_time(model::Model const& model);

/// Counts of one stratum over months first .. first + count - 1, one ratio a replication.
[[nodiscard]] std::vector<Ratio> ratios_of(std::vector<Replication> const& replications, std::size_t first_cell,
                                           std::uint32_t count);
/// Mean of n values from their sums, with its t interval from two values on.
[[nodiscard]] std::optional<Estimate> mean_of(Moments const& moments, std::uint64_t n);
/// True where the counts meet a target, to within rounding.
[[nodiscard]] inline bool meets(Ratio const& r, double target) {
  return r.met >= target * r.counted - 1e-9;
}

[[nodiscard]] std::vector<Stratum> strata_of(model::Model const& model);
void add_attainments(Estimates& into, model::Model const& model, Experiment const& experiment,
                     MeasuredTime const& time);
void add_waits(Estimates& into, Experiment const& experiment);
void add_open_clocks(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_resources(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_steps(Estimates& into, model::Model const& model, Experiment const& experiment);
void add_comparisons(Estimates& into, model::Model const& model, Experiment const& experiment,
                     std::vector<ObservedFigure> const& observed);

}  // namespace cwtsim::experiment
