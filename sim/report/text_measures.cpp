#include <fmt/format.h>

#include "cwtsim/report/table.hpp"
#include "layout.hpp"
#include "text_sections.hpp"

namespace cwtsim::report {
namespace {

using experiment::Estimates;

std::string interval_of(Estimate const& e) {
  if (!e.low) return a_few(e.value);
  return fmt::format("{} ({} to {})", a_few(e.value), a_few(*e.low), a_few(*e.high));
}

Word mean_word(experiment::MeasureName const& measure, experiment::Measured const& m) {
  if (measure.is_count) return m.total ? Word(interval_of(*m.total) + " a year") : Word("-");
  if (!m.mean) return "-";
  auto const text = measure.is_share ? percent_interval(*m.mean) + " %" : interval_of(*m.mean) + (measure.unit.empty() ? "" : " ") + printable(measure.unit);
  if (!m.target) return text;
  bool const met = measure.at_most ? m.mean->value <= *m.target : m.mean->value >= *m.target;
  return {text, met ? Tone::good : Tone::bad};
}

std::string target_of(experiment::MeasureName const& measure, experiment::Measured const& m) {
  if (!m.target) return "none";
  auto const number = measure.is_share ? format_number(100 * *m.target) + " %" : a_few(*m.target);
  return (measure.at_most ? "at most " : "") + number;
}

}  // namespace

void append_measures(std::string& out, Estimates const& e, Colour colour) {
  if (e.measures.empty()) return;
  append_heading(out, "Measures: mean of those recorded (95% interval)", colour);
  Columns columns{{"measure", "recorded", "mean, or number", "target", "% of runs met"}, 1, {}};
  for (auto const& m : e.measured) {
    auto const& stratum = e.measure_strata[m.stratum];
    if (m.span != experiment::Span::all || stratum.dimension != "all") continue;
    auto const& measure = e.measures[stratum.standard];
    columns.rows.push_back({printable(measure.label), grouped(m.patients), mean_word(measure, m), target_of(measure, m),
                            m.probability_met ? percent(*m.probability_met) : "-"});
  }
  append_columns(out, columns, colour);
}

}  // namespace cwtsim::report
