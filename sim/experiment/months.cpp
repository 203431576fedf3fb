// Resources, steps and people month by month.

#include "estimate_parts.hpp"
#include "tell.hpp"

namespace cwtsim::experiment {

namespace {

constexpr double days_per_week = 7, hours_per_day = 24, millionths = 1e6;

/// The measured days of each month, and how long a replication is in it.
struct InMonths {
  InMonths(model::Model const& model, std::uint64_t n) : replications(n) {
    for (std::uint32_t m = 0; m < model.months; ++m) days.push_back(days_of(model, {Span::month, "", m, 1, {}}));
  }
  [[nodiscard]] Telling telling(std::size_t month) const {
    return {.replications = replications, .weeks = days[month] / days_per_week};
  }
  std::uint64_t replications;
  std::vector<double> days;
};

std::optional<double> ratio(double part, double of) {
  return of > 0 ? std::optional(part / of) : std::nullopt;
}

double number(std::uint64_t count) {
  return static_cast<double>(count);
}

void add_resource(Estimates& into, model::Model const& model, Tally const& tally, InMonths const& in, std::size_t i) {
  bool const is_servers = model.eras.front().resources[i].kind == model::ResourceKind::servers;
  for (std::size_t m = 0; m < in.days.size(); ++m) {
    auto const& sums = tally.resource_months[m * into.resources.size() + i];
    auto const& t = sums.total;
    ResourceInMonth row;
    row.resource = i, row.month = m, row.days = in.days[m];
    auto const telling = in.telling(m);
    tell(row, sums, telling);
    double const hours = hours_per_day / model.ticks_per_day;
    double const weeks = telling.weeks * number(in.replications);
    row.offered_per_week = is_servers ? number(t.open_ticks) * hours / weeks : number(t.offered) / weeks;
    row.used_per_week = is_servers ? number(t.busy_ticks) * hours / weeks : number(t.used) / weeks;
    row.overrun_per_week = number(t.overrun_ticks) * hours / weeks;
    row.utilisation = ratio(row.used_per_week - row.overrun_per_week, row.offered_per_week);
    row.mean_wait_days = ratio(number(t.wait_ticks) / model.ticks_per_day, number(t.starts));
    into.resource_months.push_back(row);
  }
}

// A month in which nothing happened at a step stands there too, so that a chart has no holes; a step at which nothing
// ever did does not.
void add_place(Estimates& into, model::Model const& model, Tally const& tally, InMonths const& in, std::size_t k) {
  std::vector<StepInMonth> rows;
  bool any = false;
  for (std::size_t m = 0; m < in.days.size(); ++m) {
    auto const& sums = tally.step_months[m * into.places.size() + k];
    any = any || sums.total != engine::StepMonth{};
    StepInMonth row;
    row.place = k, row.month = m, row.days = in.days[m];
    tell(row, sums, in.telling(m));
    row.mean_wait_days = ratio(number(sums.total.wait_ticks) / model.ticks_per_day, number(sums.total.starts));
    rows.push_back(row);
  }
  if (any) into.step_months.insert(into.step_months.end(), rows.begin(), rows.end());
}

void add_role(Estimates& into, Tally const& tally, InMonths const& in, std::size_t i) {
  for (std::size_t m = 0; m < in.days.size(); ++m) {
    auto const& sums = tally.staff_months[m * into.staff.size() + i];
    if (sums.total.days == 0) continue;  // no day of it began while it was measured
    auto telling = in.telling(m);
    telling.millionths_of_days = number(sums.total.days) * millionths / number(in.replications);
    StaffInMonth row;
    row.role = i, row.month = m, row.days = in.days[m];
    tell(row, sums, telling);
    into.staff_months.push_back(row);
  }
}

}  // namespace

void add_months(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const n = static_cast<std::uint64_t>(experiment.tally.completed.size());
  if (n == 0) return;
  InMonths const in(model, n);
  into.months = model.names.months;
  for (auto const at : model::waiting_places(model))
    into.places.emplace_back(model.names.steps[at / model.providers()], model.names.providers[at % model.providers()]);
  for (std::size_t i = 0; i < into.resources.size(); ++i) add_resource(into, model, experiment.tally, in, i);
  for (std::size_t k = 0; k < into.places.size(); ++k) add_place(into, model, experiment.tally, in, k);
  for (std::size_t i = 0; i < into.staff.size(); ++i) add_role(into, experiment.tally, in, i);
}

}  // namespace cwtsim::experiment
