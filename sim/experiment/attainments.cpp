#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "estimate_parts.hpp"
#include "tell.hpp"

namespace cwtsim::experiment {
namespace {

constexpr double halves = 2;       // counts are in halves of a patient
constexpr double rounding = 1e-9;  // as for whether a replication meets a target

double mean_of_halves(std::uint64_t sum, std::uint64_t n) {
  return n == 0 ? 0 : static_cast<double>(sum) / halves / static_cast<double>(n);
}

Attainment attainment_in(Months const& months, double years, std::optional<double> target, Attained const& own,
                         std::uint64_t replications) {
  Attainment a;
  a.span = months.span;
  a.when = months.when;
  a.target = target;
  a.patients = mean_of_halves(own.sums.counted, replications);
  a.attainment = pooled_ratio(own.sums, replications);
  if (years > 0) {
    a.patients_a_year = a.patients / years;
    a.breaches_a_year = mean_of_halves(own.sums.counted - own.sums.met, replications) / years;
  }
  if (target) a.probability_met = proportion(own.meeting, own.counting);
  if (target && a.attainment)
    a.more_to_meet_target = more_to_meet(*target, a.patients_a_year, a.patients_a_year - a.breaches_a_year);
  return a;
}

}  // namespace

std::uint64_t more_to_meet(double target, double patients, double met) {
  return static_cast<std::uint64_t>(std::max(0.0, std::ceil(target * patients - met - rounding)));
}

void add_attainments(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const layout = experiment.layout.spans.empty() ? Layout(model, {}) : experiment.layout;
  auto const& tally = experiment.tally;
  auto const n = static_cast<std::uint64_t>(tally.completed.size());
  static Attained const nobody;
  static Spread const none;
  std::vector<double> years_of_span;
  years_of_span.reserve(layout.spans.size());
  for (auto const& span : layout.spans) years_of_span.push_back(years_in(model, span));
  for (std::size_t s = 0; s < into.strata.size(); ++s) {
    auto const& stratum = into.strata[s];
    AnyYear any;
    any.stratum = s;
    std::vector<Counted> years;
    std::uint64_t patients = 0;
    for (std::size_t i = 0; i < layout.spans.size(); ++i) {
      auto const& months = layout.spans[i];
      if (months.span == Span::figure) continue;
      auto const cell = layout.cell(stratum.index, i);
      auto const& own = n > 0 ? tally.attained[cell] : nobody;
      auto const target = target_of(model.standards[stratum.standard].targets, layout.spans, months);
      auto a = attainment_in(months, years_of_span[i], target, own, n);
      a.stratum = s;
      if (months.year) {
        auto const& spread = n > 0 ? tally.years[std::size_t{stratum.index} * layout.years + *months.year] : none;
        std::vector<Counted> shares;
        spread.append_to(shares);
        auto const range = range_of_next(shares, n, a.patients);
        a.range_low = range.low;
        a.range_high = range.high;
        years.insert(years.end(), shares.begin(), shares.end());
        any.years += n;
        patients += own.sums.counted;
      }
      into.attainments.push_back(std::move(a));
    }
    any.patients = mean_of_halves(patients, any.years);
    auto const range = range_of_next(years, n, any.patients);
    any.range_low = range.low;
    any.range_high = range.high;
    into.any_year.push_back(any);
  }
}

void add_waits(Estimates& into, model::Model const& model, Experiment const& experiment) {
  std::size_t const cells = experiment.tally.days.empty() ? 0 : model::day_cells;
  for (std::size_t s = 0; s < into.strata.size(); ++s) {
    Waits waits;
    waits.stratum = s;
    waits.halves.assign(model::day_cells, 0);
    DayHistogram histogram;
    double days = 0, counted = 0;
    for (std::size_t d = 0; d < cells; ++d) {
      auto const n = experiment.tally.days[model.day_cell(into.strata[s].index, d)];
      waits.halves[d] = n;
      histogram.cells[d] = n;
      days += static_cast<double>(n) * static_cast<double>(d);
      counted += static_cast<double>(n);
    }
    for (std::size_t k = 0; counted > 0 && k < told_quantiles.size(); ++k)
      (k == 0 ? waits.median : waits.p90) =
          quantile_estimate(experiment.tally.quantiles[into.strata[s].index * told_quantiles.size() + k],
                            histogram.quantile(told_quantiles[k]));
    waits.mean = counted > 0 ? days / counted : 0;
    into.waits.push_back(std::move(waits));
  }
}

void add_open_clocks(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const n = experiment.tally.completed.size();
  if (n == 0) return;
  for (std::size_t s = 0; s < into.strata.size(); ++s)
    for (std::uint32_t m = 0; m < model.months; ++m) {
      auto const cell = model.cell(into.strata[s].index, m);
      OpenClocks row{s, model.names.months[m], mean_estimate(experiment.tally.open[cell], n), {}};
      for (std::size_t k = 0; k < into.standards[into.strata[s].standard].long_waits.size() && k < 2; ++k)
        row.beyond.push_back(mean_estimate(experiment.tally.open_long[cell * 2 + k], n));
      into.open.push_back(std::move(row));
    }
}

namespace {

std::string from_to(std::string const& first, std::string const& last) {
  return first == last ? first : first + " to " + last;
}

}  // namespace

void add_comparisons(Estimates& into, model::Model const& model, Experiment const& experiment,
                     std::vector<ObservedFigure> const& observed) {
  auto const time = measured_time(model);
  auto const n = static_cast<std::uint64_t>(experiment.tally.completed.size());
  for (auto const& figure : observed) {
    auto const found = std::find_if(into.strata.begin(), into.strata.end(), [&](Stratum const& s) {
      return into.standards[s.standard].name == figure.standard && s.dimension == figure.dimension &&
             s.value == figure.value;
    });
    if (found == into.strata.end()) continue;
    Comparison c{figure.standard, figure.dimension, figure.value, false, figure.attainment, figure.patients, {}, {}};
    auto const months = measured_months(model, figure);
    c.same_months = months.has_value();
    MonthRange const counted = months.value_or(MonthRange{0, model.months});
    auto const& names = model.names.months;
    c.observed_months = from_to(format_month(figure.from), format_month(figure.until));
    c.simulated_months = from_to(names[counted.first], names[counted.first + counted.count - 1]);
    auto const& spans = experiment.layout.spans;
    auto const span = std::find_if(spans.begin(), spans.end(), [&counted](Months const& s) {
      return s.first == counted.first && s.count == counted.count;
    });
    if (span == spans.end()) throw std::logic_error("the experiment did not count the months of an observed figure");
    if (n > 0) {
      auto const cell = experiment.layout.cell(found->index, static_cast<std::size_t>(span - spans.begin()));
      auto const& sums = experiment.tally.attained[cell].sums;
      c.attainment = pooled_ratio(sums, n);
      double const scale = c.same_months ? 1 : (figure.until - figure.from + 1) / time.days;
      c.patients = times(mean_estimate({sums.counted, sums.counted_counted, sums.counted_cubed}, n), scale / halves);
    }
    into.comparisons.push_back(std::move(c));
  }
}

}  // namespace cwtsim::experiment
