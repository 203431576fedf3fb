#include <cmath>

#include "estimate_parts.hpp"
#include "tell.hpp"

namespace cwtsim::experiment {
namespace {

/// As reached as the doubles can tell.
bool meets(std::uint64_t sum, std::uint64_t counted, double target, bool at_most) {
  if (std::isnan(target)) return false;
  double const wanted = target * static_cast<double>(counted), got = static_cast<double>(sum);
  double const slack = 1e-9 * static_cast<double>(counted);
  return at_most ? got <= wanted + slack : got >= wanted - slack;
}

}  // namespace

double days_of(model::Model const& model, Months const& months) {
  double days = 0;
  for (std::uint32_t d = 0; d < model.days; ++d) {
    auto const month = model.month_of_day[d];
    if (month == model::none16 || month < months.first || month >= months.first + months.count) continue;
    Tick const from = std::max(d * model.ticks_per_day, model.measure_from);
    Tick const until = std::min((d + 1) * model.ticks_per_day, model.end);
    days += static_cast<double>(until - from) / model.ticks_per_day;
  }
  return days;
}

double years_in(model::Model const& model, Months const& months) {
  constexpr double days_of_a_year = 365;
  return months.year ? 1 : days_of(model, months) / days_of_a_year;
}

std::vector<Layout::MeasureStratum> measured_layout(model::Model const& model, std::vector<Months> const& spans) {
  std::vector<Layout::MeasureStratum> strata(model.measure_strata);
  for (auto const& stratum : measure_strata_of(model)) {
    auto const& measure = model.measures[stratum.standard];
    auto& out = strata[stratum.index];
    out.scale = measure.scale;
    out.at_most = measure.target_at_most;
    for (auto const& span : spans)
      out.targets.push_back(target_of(measure.targets, spans, span).value_or(std::nan("")));
  }
  return strata;
}

void add_measured(Tally& tally, Layout const& layout, engine::ReplicationResult const& r) {
  for (std::uint32_t i = 0; i < layout.measured.size(); ++i) {
    auto const& stratum = layout.measured[i];
    for (std::size_t s = 0; s < layout.spans.size(); ++s) {
      auto const& months = layout.spans[s];
      std::uint64_t sum = 0, counted = 0;
      for (std::uint32_t m = months.first; m < months.first + months.count; ++m) {
        std::size_t const c = m * layout.measured.size() + i;
        sum += r.recorded_sums[c];
        counted += r.recorded[c] * stratum.scale;
      }
      if (counted == 0) continue;
      Attained& a = tally.measured[layout.cell(i, s)];
      a.sums.add(sum, counted);
      ++a.counting;
      if (meets(sum, counted, stratum.targets[s], stratum.at_most)) ++a.meeting;
    }
  }
}

void add_measures(Estimates& into, model::Model const& model, Experiment const& experiment) {
  if (model.measures.empty()) return;
  for (std::size_t m = 0; m < model.measures.size(); ++m) {
    auto const& measure = model.measures[m];
    into.measures.push_back({model.names.measures[m], model.names.measure_labels[m], model.names.measure_units[m],
                             measure.is_share, measure.what == model::Recorded::count, measure.target_at_most});
  }
  into.measure_strata = measure_strata_of(model);
  auto const layout = experiment.layout.spans.empty() ? Layout(model, {}) : experiment.layout;
  auto const& spans = layout.spans;
  auto const n = static_cast<std::uint64_t>(experiment.tally.completed.size());
  std::vector<double> years;  // in each span
  years.reserve(spans.size());
  for (auto const& span : spans) years.push_back(years_in(model, span));
  static Attained const nobody;
  for (std::size_t s = 0; s < into.measure_strata.size(); ++s) {
    auto const& stratum = into.measure_strata[s];
    auto const& measure = model.measures[stratum.standard];
    auto const scale = static_cast<double>(measure.scale);
    for (std::size_t i = 0; i < spans.size(); ++i) {
      if (spans[i].span == Span::figure) continue;
      auto const& own = n > 0 ? experiment.tally.measured[layout.cell(stratum.index, i)] : nobody;
      Measured out;
      out.stratum = s;
      out.span = spans[i].span;
      out.when = spans[i].when;
      out.target = target_of(measure.targets, spans, spans[i]);
      out.patients = n > 0 ? static_cast<double>(own.sums.counted) / scale / static_cast<double>(n) : 0;
      out.mean = measure.is_share ? pooled_ratio(own.sums, n) : ratio_of_sums(own.sums, n);
      out.total = times(mean_estimate({own.sums.met, own.sums.met_met, own.sums.met_met_met}, n), 1 / scale / years[i]);
      if (out.target) out.probability_met = proportion(own.meeting, own.counting);
      into.measured.push_back(std::move(out));
    }
  }
}

}  // namespace cwtsim::experiment
