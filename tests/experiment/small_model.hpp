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
  for (std::uint32_t d = 0; d < m.days; ++d) {
    auto const ymd = to_ymd(m.first_day + static_cast<std::int32_t>(d));
    m.month_of_day.push_back(static_cast<model::Index16>((ymd.year - 2026) * 12 + ymd.month - 4));
  }
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

/// The same with something of all that is counted: a resource of servers, a measure, gaps and a ledger.
inline cwtsim::model::Model counting_everything() {
  using namespace cwtsim;
  auto m = two_year_model();
  m.eras[0].resources.resize(2);
  m.eras[0].resources[1].kind = model::ResourceKind::servers;
  m.eras[0].resources[1].provider = 1;
  m.eras[0].sources.resize(3);
  m.eras[0].steps[0].kind = StepKind::servers;
  m.eras[0].leads = {0, 1};
  auto const all = m.cuts[0], by_provider = m.cuts[1];
  m.cuts.push_back(all);
  m.cuts.push_back(by_provider);
  model::Measure wait;
  wait.what = model::Recorded::days;
  wait.cuts = {2, 2};
  wait.targets.assign(24, 0.5);
  m.measures = {wait};
  m.measure_strata = 3;
  m.names.measures = m.names.measure_labels = {"wait"};
  m.names.measure_units = {"days"};
  model::Gap between, widest;
  between.name = "south less north";
  between.by = widest.by = "provider";
  between.from = "north";
  between.to = "south";
  between.lower = 1;
  between.upper = 2;
  widest.name = "widest";
  widest.of_measure = widest.is_spread = true;
  widest.first = 1;
  widest.levels = 2;
  m.gaps = {between, widest};
  m.names.ledgers = m.names.ledger_labels = m.names.ledger_kinds = {"cash"};
  m.accounts = {{0, model::AccountOf::all, 0}, {0, model::AccountOf::step, 0}};
  return m;
}

/// A completed replication in which each month counts `counted` halves at north, `met` of them in time, and none at
/// south.
inline cwtsim::engine::ReplicationResult replication_of(std::uint64_t number, std::uint32_t counted,
                                                        std::vector<std::uint32_t> const& met_by_month) {
  cwtsim::engine::ReplicationResult r;
  r.size_by(two_year_model());
  r.replication = number;
  for (std::size_t m = 0; m < 24; ++m) {
    r.counted[3 * m] = r.counted[3 * m + 1] = counted;
    r.met[3 * m] = r.met[3 * m + 1] = met_by_month[m];
  }
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
