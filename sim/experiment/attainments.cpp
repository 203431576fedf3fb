#include <algorithm>
#include <cmath>

#include "estimate_parts.hpp"

namespace cwtsim::experiment {
namespace {

constexpr double halves = 2;  // counts are in halves of a patient

double mean_patients(std::vector<Ratio> const& ratios) {
  if (ratios.empty()) return 0;
  double sum = 0;
  for (auto const& r : ratios) sum += r.counted;
  return sum / halves / static_cast<double>(ratios.size());
}

std::optional<double> share_met(std::vector<Ratio> const& ratios, std::optional<double> target) {
  if (!target) return std::nullopt;
  std::size_t counted = 0, met = 0;
  for (auto const& r : ratios)
    if (r.counted > 0) {
      ++counted;
      if (meets(r, *target)) ++met;
    }
  if (counted == 0) return std::nullopt;
  return static_cast<double>(met) / static_cast<double>(counted);
}

/// The range of single years: 2.5 and 97.5 % of the attainments, from two on.
struct Range {
  std::optional<double> low, high;
};
Range range_of(std::vector<Ratio> const& ratios) {
  std::vector<double> own;
  for (auto const& r : ratios)
    if (r.counted > 0) own.push_back(r.met / r.counted);
  if (own.size() < 2) return {};
  return {sample_quantile(own, 0.025), sample_quantile(own, 0.975)};
}

std::optional<double> target_in(model::Standard const& standard, std::uint32_t month) {
  if (month >= standard.targets.size() || std::isnan(standard.targets[month])) return std::nullopt;
  return standard.targets[month];
}

struct Months {
  Span span = Span::all;
  std::string when;
  std::uint32_t first = 0, count = 0;
  bool year_long = false;
};

Attainment attainment_in(Months const& months, std::size_t stratum, model::Standard const& standard,
                         std::vector<Ratio> const& ratios) {
  Attainment a;
  a.stratum = stratum;
  a.span = months.span;
  a.when = months.when;
  a.target = target_in(standard, months.first + months.count - 1);
  a.patients = mean_patients(ratios);
  a.attainment = pooled_ratio(ratios);
  a.probability_met = share_met(ratios, a.target);
  if (months.year_long) {
    auto const range = range_of(ratios);
    a.range_low = range.low;
    a.range_high = range.high;
  }
  return a;
}

std::vector<Months> spans_of(model::Model const& model, MeasuredTime const& time, bool all_is_a_year) {
  std::vector<Months> spans{{Span::all, "all", 0, model.months, all_is_a_year}};
  for (std::uint32_t m = 0; m < model.months; ++m) spans.push_back({Span::month, model.names.months[m], m, 1, false});
  for (auto const& year : time.years) spans.push_back({Span::year, year.name, year.first_month, 12, true});
  return spans;
}

}  // namespace

void add_attainments(Estimates& into, model::Model const& model, Experiment const& experiment,
                     MeasuredTime const& time) {
  auto const spans = spans_of(model, time, into.all_is_a_year);
  for (std::size_t s = 0; s < into.strata.size(); ++s) {
    auto const& stratum = into.strata[s];
    auto const& standard = model.standards[stratum.standard];
    AnyYear any;
    any.stratum = s;
    std::vector<Ratio> years;
    double met = 0, counted = 0;
    for (auto const& months : spans) {
      auto const ratios = ratios_of(experiment.completed, model.cell(stratum.index, months.first), months.count);
      into.attainments.push_back(attainment_in(months, s, standard, ratios));
      if (!months.year_long) continue;
      years.insert(years.end(), ratios.begin(), ratios.end());
      // Each year against its own target.
      auto const& own = into.attainments.back();
      auto const with = std::count_if(ratios.begin(), ratios.end(), [](Ratio const& r) { return r.counted > 0; });
      if (own.probability_met) {
        met += *own.probability_met * static_cast<double>(with);
        counted += static_cast<double>(with);
      }
    }
    any.years = years.size();
    any.patients = mean_patients(years);
    if (counted > 0) any.probability_met = met / counted;
    auto const range = range_of(years);
    any.range_low = range.low;
    any.range_high = range.high;
    into.any_year.push_back(any);
  }
}

void add_waits(Estimates& into, Experiment const& experiment) {
  for (std::size_t s = 0; s < into.strata.size(); ++s) {
    Waits waits;
    waits.stratum = s;
    auto const first = std::size_t{into.strata[s].index} * model::day_cells;
    waits.halves.assign(model::day_cells, 0);
    DayHistogram histogram;
    double days = 0, counted = 0;
    for (std::size_t d = 0; d < model::day_cells && first + d < experiment.days.size(); ++d) {
      auto const n = experiment.days[first + d];
      waits.halves[d] = n;
      histogram.cells[d] = n;
      days += static_cast<double>(n) * static_cast<double>(d);
      counted += static_cast<double>(n);
    }
    waits.median = histogram.quantile(0.5);
    waits.p90 = histogram.quantile(0.9);
    waits.mean = counted > 0 ? days / counted : 0;
    into.waits.push_back(std::move(waits));
  }
}

void add_open_clocks(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const n = experiment.completed.size();
  if (n == 0) return;
  for (std::size_t s = 0; s < into.strata.size(); ++s)
    for (std::uint32_t m = 0; m < model.months; ++m) {
      auto const cell = model.cell(into.strata[s].index, m);
      OpenClocks row{s, model.names.months[m], mean_of(experiment.open[cell], n), {}};
      for (std::size_t k = 0; k < into.standards[into.strata[s].standard].long_waits.size() && k < 2; ++k)
        row.beyond.push_back(mean_of(experiment.open_long[cell * 2 + k], n));
      into.open.push_back(std::move(row));
    }
}

void add_comparisons(Estimates& into, model::Model const& model, Experiment const& experiment,
                     std::vector<ObservedFigure> const& observed) {
  auto const time = measured_time(model);
  for (auto const& figure : observed) {
    auto const found = std::find_if(into.strata.begin(), into.strata.end(), [&](Stratum const& s) {
      return into.standards[s.standard].name == figure.standard && s.dimension == figure.dimension &&
             s.value == figure.value;
    });
    if (found == into.strata.end()) continue;
    Comparison c{figure.standard, figure.dimension, figure.value, false, figure.attainment, figure.patients, {}, {}};
    c.same_months = time.first <= figure.from && figure.until <= time.last;
    std::uint32_t first = 0, count = model.months;
    if (c.same_months) {
      auto const& names = model.names.months;
      auto const at = [&](Date d) { return std::find(names.begin(), names.end(), format_month(d)) - names.begin(); };
      first = static_cast<std::uint32_t>(at(figure.from));
      count = static_cast<std::uint32_t>(at(figure.until)) - first + 1;
    }
    auto const ratios = ratios_of(experiment.completed, model.cell(found->index, first), count);
    c.attainment = pooled_ratio(ratios);
    double const scale = c.same_months ? 1 : (figure.until - figure.from + 1) / time.days;
    std::vector<double> patients;
    for (auto const& r : ratios) patients.push_back(r.counted / halves * scale);
    c.patients = mean_estimate(patients);
    into.comparisons.push_back(std::move(c));
  }
}

}  // namespace cwtsim::experiment
