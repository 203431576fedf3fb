#include "cwtsim/experiment/estimates.hpp"

#include <utility>

#include "estimate_parts.hpp"
#include "tell.hpp"

namespace cwtsim::experiment {
namespace {

constexpr double days_per_week = 7;
constexpr double hours_per_day = 24;

/// The days measured before the first whole year and after the last.
std::string in_no_year(model::Model const& model, MeasuredTime const& time) {
  if (time.years.empty()) return {};
  auto const& months = model.names.months;
  auto const first_of = [&](std::size_t month) { return *parse_date(months[month] + "-01"); };
  std::string text;
  auto const add = [&text](Date from, Date to) {
    if (from > to) return;
    text += (text.empty() ? "" : " and ") + format_date(from) + " to " + format_date(to);
  };
  add(time.first, first_of(time.years.front().first_month) + -1);
  if (auto const end = time.years.back().first_month + std::size_t{12}; end < months.size())
    add(first_of(end), time.last);
  return text;
}

ResourceUse use_of(Folded<engine::ResourceTotals> const& sums, bool is_servers, Telling const& telling,
                   double ticks_per_day) {
  ResourceUse use;
  tell(use, sums, telling);
  double const weeks = telling.weeks * static_cast<double>(telling.replications);
  auto const weekly = [weeks](std::uint64_t count) { return static_cast<double>(count) / weeks; };
  double const hours = hours_per_day / ticks_per_day;
  use.offered_per_week = is_servers ? weekly(sums.total.open_ticks) * hours : weekly(sums.total.offered);
  use.used_per_week = is_servers ? weekly(sums.total.busy_ticks) * hours : weekly(sums.total.used);
  use.held_days_per_week = weekly(sums.total.held_ticks) / ticks_per_day;
  use.overrun_per_week = weekly(sums.total.overrun_ticks) * hours;
  use.unused_per_week = is_servers
                            ? weekly(sums.total.open_ticks + sums.total.overrun_ticks - sums.total.busy_ticks) * hours
                            : use.offered_per_week - use.used_per_week;
  use.utilisation =
      ratio_of_sums(is_servers ? sums.ratio("use_of_time") : sums.ratio("use_of_slots"), telling.replications);
  use.mean_wait_days = divided(ratio_of_sums(sums.ratio("waits"), telling.replications), ticks_per_day);
  return use;
}

/// Names of the resources, "north/ward; north/itu".
std::string frozen_in(model::Model const& model, Replication const& r) {
  std::string names;
  for (std::size_t i = 0; i < r.frozen.size(); ++i) {
    auto const& resource = model.eras.front().resources[i];
    if (r.frozen[i] == 0) continue;
    names += (names.empty() ? "" : "; ") + model.names.providers[resource.provider] + "/" +
             model.names.resource_names[resource.name];
  }
  return names;
}

void add_summary(Estimates& into, model::Model const& model, Replication const& r) {
  ReplicationSummary summary;
  copy_like_named(r, summary);
  summary.outcome = word_of(r.outcome);
  summary.days = static_cast<double>(r.stopped_at - model.start) / model.ticks_per_day;
  summary.ended = model.first_day + static_cast<std::int32_t>(r.stopped_at / model.ticks_per_day);
  summary.frozen = frozen_in(model, r);
  into.replications.push_back(std::move(summary));
}

void add_summaries(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const& hit = experiment.tally.limited;
  auto limited = hit.begin();
  for (auto const& r : experiment.tally.completed) {
    for (; limited != hit.end() && limited->replication < r.replication; ++limited) add_summary(into, model, *limited);
    add_summary(into, model, r);
    into.measured_referrals += static_cast<double>(r.measured_referrals);
    into.counts.emplace_back(r.replication, r.counts);
  }
  for (; limited != hit.end(); ++limited) add_summary(into, model, *limited);
  if (into.completed > 0) into.measured_referrals /= static_cast<double>(into.completed);
}

void add_names(Estimates& into, model::Model const& model, Tally const& tally) {
  auto const& names = model.names;
  into.scenario = names.scenario;
  for (std::size_t i = 0; i < names.providers.size() && i < names.provider_labels.size(); ++i)
    if (!names.provider_labels[i].empty())
      into.provider_labels.emplace_back(names.providers[i], names.provider_labels[i]);
  for (std::size_t s = 0; s < model.standards.size(); ++s) {
    auto const& label = s < names.standard_labels.size() ? names.standard_labels[s] : std::string();
    into.standards.push_back(
        {names.standards[s], label.empty() ? names.standards[s] : label, model.standards[s].limit,
         model.standards[s].long_waits,
         into.completed > 0 ? static_cast<double>(tally.second_starts[s]) / static_cast<double>(into.completed) : 0});
  }
  into.strata = strata_of(model);
}

}  // namespace

void add_resources(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const n = static_cast<std::uint64_t>(experiment.tally.completed.size());
  if (n == 0) return;
  Telling const telling{.replications = n, .weeks = into.measured_days / days_per_week};
  auto const& resources = model.eras.front().resources;
  for (std::size_t i = 0; i < resources.size(); ++i) {
    bool const is_servers = resources[i].kind == model::ResourceKind::servers;
    auto use = use_of(experiment.tally.resources[i], is_servers, telling, model.ticks_per_day);
    use.provider = model.names.providers[resources[i].provider];
    use.name = model.names.resource_names[resources[i].name];
    use.kind = word_of(resources[i].kind);
    use.unit = record_of(resources[i].kind).unit;
    into.resources.push_back(std::move(use));
  }
}

void each_count(Estimates const& e, std::function<void(ReplicationCount const&)> const& use) {
  for (auto const& [replication, packed] : e.counts) {
    auto const numbers = packed.numbers();
    for (std::size_t s = 0; s < e.strata.size(); ++s)
      for (std::size_t p = 0; p < e.periods.size(); ++p) {
        auto const at = (e.strata[s].index * e.periods.size() + p) * 2;
        if (at + 1 < numbers.size() && numbers[at + 1] > 0)
          use({replication, s, e.periods[p], numbers[at], numbers[at + 1]});
      }
  }
}

Estimates estimate(model::Model const& model, Experiment const& experiment, std::string arm,
                   std::vector<ObservedFigure> const& observed, std::vector<Outlay> const& outlays) {
  auto const time = measured_time(model);
  Estimates e;
  e.arm = std::move(arm);
  e.seed = experiment.seed;
  e.first_replication = experiment.first_replication;
  e.completed = experiment.tally.completed.size();
  e.limited = experiment.tally.limited.size();
  e.deadlocked = experiment.tally.deadlocked();
  e.events = experiment.tally.events;
  e.precision_points = experiment.precision_points;
  e.ended = experiment.ended;
  e.first_measured = time.first;
  e.last_measured = time.last;
  e.warm_up_days = static_cast<double>(model.measure_from - model.start) / model.ticks_per_day;
  e.measured_days = time.days;
  for (auto const& year : time.years) e.years.push_back(year.name);
  e.in_no_year = in_no_year(model, time);
  e.all_as_a_year = time.all_as_a_year;
  e.periods = experiment.layout.periods;
  add_names(e, model, experiment.tally);
  add_summaries(e, model, experiment);
  add_attainments(e, model, experiment);
  add_measures(e, model, experiment);
  add_gaps(e, model, experiment);
  add_ledgers(e, model, experiment, outlays);
  add_waits(e, model, experiment);
  add_open_clocks(e, model, experiment);
  add_resources(e, model, experiment);
  add_growth(e, model, experiment);
  add_staff(e, model, experiment);
  add_rules(e, model, experiment);
  add_steps(e, model, experiment);
  add_days(e, model, experiment);
  add_clock_days(e, model, experiment);
  add_months(e, model, experiment);
  add_comparisons(e, model, experiment, observed);
  return e;
}

}  // namespace cwtsim::experiment
