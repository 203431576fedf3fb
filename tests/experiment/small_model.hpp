#pragma once
// A model with names and cells only: enough for estimates, nothing that could run.

#include <cmath>

#include "cwtsim/experiment/estimates.hpp"

/// Two years of whole months from April 2026; the standard "fds" cut into all and two trusts.
inline cwtsim::model::Model two_year_model() {
  using namespace cwtsim;
  model::Model m;
  m.names.scenario = "Two trusts";
  m.names.providers = {"north", "south"};
  m.names.provider_labels = {"North Trust", ""};
  m.names.standards = {"fds"};
  m.names.standard_labels = {"28-day faster diagnosis"};
  m.names.resource_names = {"clinic"};
  m.names.staff = {"north/nurse"};
  m.names.rules = {"aid"};
  m.names.steps = {"lung/clinic"};
  m.first_day = to_date({2026, 4, 1});
  m.ticks_per_day = 1440;
  m.measure_from = 0;
  m.end = 731 * 1440;
  m.days = 731;
  m.months = 24;
  for (int i = 0; i < 24; ++i)
    m.names.months.push_back(format_month(to_date({2026 + (i + 3) / 12, (i + 3) % 12 + 1, 1})));
  m.strata = 3;
  model::Cut all, by_provider;
  all.name = "all";
  by_provider.name = "provider";
  by_provider.axes = 1;
  by_provider.axis[0].dimension = model::Dimension::provider;
  by_provider.levels = 2;
  by_provider.first = 1;
  m.cuts = {all, by_provider};
  model::Standard fds;
  fds.limit = 28;
  fds.cuts = {0, 2};
  fds.long_waits = {62};
  fds.targets.assign(24, 0.8);
  m.standards = {fds};
  model::Era era;
  era.resources.resize(1);
  era.steps.resize(1);
  era.staff.resize(1);
  era.rules.resize(1);
  era.rule_sites.resize(2);
  era.rule_sites[1].provider = 1;
  m.eras = {era};
  return m;
}

/// A completed replication in which each month counts `counted` halves at north, `met` of them in time, and none at
/// south.
inline cwtsim::engine::ReplicationResult replication_of(std::uint64_t number, std::uint32_t counted,
                                                        std::vector<std::uint32_t> const& met_by_month) {
  cwtsim::engine::ReplicationResult r;
  r.replication = number;
  r.counted.assign(3 * 24, 0);
  r.met.assign(3 * 24, 0);
  r.days.assign(3 * cwtsim::model::day_cells, 0);
  r.open.assign(3 * 24, 0);
  r.open_long.assign(3 * 24 * 2, 0);
  for (std::size_t m = 0; m < 24; ++m) {
    r.counted[3 * m] = r.counted[3 * m + 1] = counted;
    r.met[3 * m] = r.met[3 * m + 1] = met_by_month[m];
  }
  r.resources.resize(1);
  r.steps.resize(2);  // one step, two providers
  return r;
}

/// What these replications add up to.
inline cwtsim::experiment::Experiment experiment_of(
    cwtsim::model::Model const& model, std::vector<cwtsim::engine::ReplicationResult> const& results,
    std::vector<cwtsim::experiment::ObservedFigure> const& observed = {}) {
  cwtsim::experiment::Experiment e;
  e.layout = cwtsim::experiment::Layout(model, observed);
  for (auto const& result : results) e.tally.add(e.layout, result);
  return e;
}
