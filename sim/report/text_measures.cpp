#include <fmt/format.h>

#include <algorithm>

#include "cwtsim/files/table.hpp"
#include "layout.hpp"
#include "text_sections.hpp"
#include "year_words.hpp"

namespace cwtsim::report {
namespace {

using experiment::Estimates;

std::string interval_of(Estimate const& e) {
  if (!e.low) return a_few(e.value);
  return fmt::format("{} ({} to {})", a_few(e.value), a_few(*e.low), a_few(*e.high));
}

/// "+8.1 (+7.0 to +9.2)", in so many parts of one.
std::string difference(Estimate const& e, double parts) {
  auto const one = [parts](double value) { return fmt::format("{:+.1f}", value * parts); };
  return e.low ? fmt::format("{} ({} to {})", one(e.value), one(*e.low), one(*e.high)) : one(e.value);
}

Word mean_word(experiment::MeasureName const& measure, experiment::Measured const& m, Advice& advice) {
  if (measure.is_count) return m.total ? Word(interval_of(*m.total) + advice.mark(m.total) + " a year") : Word("-");
  if (!m.mean) return "-";
  auto const text = measure.is_share ? percent_interval(*m.mean) + advice.mark(m.mean) + " %"
                                     : interval_of(*m.mean) + advice.mark(m.mean) + (measure.unit.empty() ? "" : " ") +
                                           printable(measure.unit);
  if (!m.target) return text;
  bool const met = measure.at_most ? m.mean->value <= *m.target : m.mean->value >= *m.target;
  return {text, met ? Tone::good : Tone::bad};
}

std::string target_of(experiment::MeasureName const& measure, experiment::Measured const& m) {
  if (!m.target) return "none";
  auto const number = measure.is_share ? format_number(100 * *m.target) + " %" : a_few(*m.target);
  return (measure.at_most ? "at most " : "") + number;
}

/// Over all the time; or where its years are not alike of the first and the last of them.
std::vector<experiment::Measured const*> told_of(Estimates const& e, std::size_t stratum) {
  experiment::Measured const* all = nullptr;
  std::vector<experiment::Measured const*> years;
  std::vector<YearFigure> figures;
  for (auto const& m : e.measured) {
    if (m.stratum != stratum) continue;
    if (m.span == experiment::Span::all) all = &m;
    if (m.span != experiment::Span::year) continue;
    years.push_back(&m);
    figures.push_back(
        {m.when, e.measures[e.measure_strata[stratum].standard].is_count ? m.total : m.mean, m.target, {}});
  }
  if (all == nullptr) return {};
  if (years.size() < 2 || are_alike(figures, e.completed)) return {all};
  return {years.front(), years.back()};
}

/// The column that says over what time, where it is all of it in every row.
void leave_out_over(Columns& means, Columns& targets) {
  if (std::ranges::any_of(means.rows, [](auto const& row) { return row[1].text != "all"; })) return;
  for (auto* columns : {&means, &targets}) {
    columns->headers.erase(columns->headers.begin() + 1);
    for (auto& row : columns->rows) row.erase(row.begin() + 1);
    columns->left = 1;
  }
}

}  // namespace

void append_measures(std::string& out, Estimates const& e, Colour colour) {
  if (e.measures.empty()) return;
  append_heading(out, "Measures: mean of those recorded (95% interval)", colour);
  Advice advice;
  Columns means{{"measure", "over", "recorded", "mean, or number"}, 2, {}};
  Columns targets{{"measure with a target", "over", "target", "% of runs met"}, 2, {}};
  for (std::size_t s = 0; s < e.measure_strata.size(); ++s) {
    if (e.measure_strata[s].dimension != "all") continue;
    auto const& measure = e.measures[e.measure_strata[s].standard];
    for (auto const* m : told_of(e, s)) {
      auto const over = m->span == experiment::Span::all ? "all" : printable(m->when);
      means.rows.push_back({printable(measure.label), over, grouped(m->patients), mean_word(measure, *m, advice)});
      if (m->target)
        targets.rows.push_back({printable(measure.label), over, target_of(measure, *m),
                                m->probability_met ? percent_interval(*m->probability_met) : "-"});
    }
  }
  leave_out_over(means, targets);
  append_columns(out, means, colour);
  if (!targets.rows.empty()) {
    out += '\n';
    append_columns(out, targets, colour);
  }
  advice.append_to(out, e.completed);
}

void append_gaps(std::string& out, Estimates const& e, Colour colour) {
  if (e.gaps.empty()) return;
  append_heading(out, "Gaps between groups (95% interval)", colour);
  Advice advice;
  Columns pairs{{"gap", "of", "from", "to", "difference"}, 4, {}};
  Columns spreads{{"from least to greatest", "of", "difference", "a run shows", "by chance"}, 2, {}};
  for (auto const& g : e.gaps) {
    bool const points = !g.of_measure || e.measures[g.of].is_share;
    auto const& unit = g.of_measure ? e.measures[g.of].unit : std::string();
    double const parts = points ? 100 : 1;
    Word const name = printable(g.name);
    Word const of = printable(g.of_measure ? e.measures[g.of].name : e.standards[g.of].name);
    Word const gap = !g.value ? "-"
                              : difference(*g.value, parts) + advice.mark(g.value) +
                                    (points         ? " points"
                                     : unit.empty() ? ""
                                                    : " " + printable(unit));
    auto const plain = [parts](std::optional<double> const& value) {
      return value ? fmt::format("{:.1f}", *value * parts) : "-";
    };
    if (g.shown)
      spreads.rows.push_back({name, of, gap, plain(g.shown), plain(g.by_chance)});
    else
      pairs.rows.push_back({name, of, name_for_people(e, g.by, g.from), name_for_people(e, g.by, g.to), gap});
  }
  if (!pairs.rows.empty()) append_columns(out, pairs, colour);
  if (!pairs.rows.empty() && !spreads.rows.empty()) out += '\n';
  if (!spreads.rows.empty()) append_columns(out, spreads, colour);
  advice.append_to(out, e.completed);
  if (!spreads.rows.empty())
    append_wrapped(
        out,
        "From least to greatest: how far apart the groups truly are, with what chance adds taken off; beside "
        "it what one run shows, and what it would show if all groups were alike.",
        2);
}

void append_ledgers(std::string& out, Estimates const& e, Colour colour) {
  if (e.ledgers.empty()) return;
  append_heading(out, "Money: thousand pounds a year (95% interval)", colour);
  double const thousands_a_year = 365 / (!e.all_as_a_year.empty() ? 365 : e.measured_days) / 1000;
  Advice advice;
  Columns columns{{"ledger", "kind", "intervention", "thousand pounds"}, 3, {}};
  for (auto const& p : e.pounds) {
    if (p.span != experiment::Span::all || (p.dimension != "all" && p.dimension != "intervention")) continue;
    auto const& ledger = e.ledgers[p.ledger];
    auto pounds = *p.pounds;
    for (double* end : {&pounds.value, pounds.low ? &*pounds.low : nullptr, pounds.high ? &*pounds.high : nullptr})
      if (end != nullptr) *end *= thousands_a_year;
    columns.rows.push_back({printable(ledger.label), ledger.kind, p.dimension == "all" ? "" : printable(p.value),
                            interval_of(pounds) + advice.mark(pounds)});
  }
  append_columns(out, columns, colour);
  advice.append_to(out, e.completed);
}

}  // namespace cwtsim::report
