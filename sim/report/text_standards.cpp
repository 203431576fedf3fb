#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "cwtsim/files/table.hpp"
#include "layout.hpp"
#include "text_sections.hpp"

namespace cwtsim::report {
namespace {

using experiment::Estimates;

constexpr std::size_t standards_abreast = 3;

/// Single dimensions other than "all", in the order of the strata.
std::vector<std::string> dimensions_of(Estimates const& e) {
  std::vector<std::string> dimensions;
  for (auto const& s : e.strata) {
    bool const single = s.dimension != "all" && s.dimension.find('+') == std::string::npos;
    if (single && std::find(dimensions.begin(), dimensions.end(), s.dimension) == dimensions.end())
      dimensions.push_back(s.dimension);
  }
  return dimensions;
}

Word attainment_word(experiment::Attainment const& a, Advice& advice) {
  if (!a.attainment) return "-";
  auto const text = percent_interval(*a.attainment) + advice.mark(a.attainment);
  if (!a.target) return text;
  return {text, a.attainment->value >= *a.target ? Tone::good : Tone::bad};
}

/// One table: levels down, up to three standards across.
Columns division(Estimates const& e, std::string const& dimension, std::vector<std::size_t> const& standards,
                 Advice& advice) {
  Columns columns;
  columns.headers.push_back(dimension);
  for (auto const s : standards) {
    auto const& standard = e.standards[s];
    constexpr std::size_t widest_header = 21;
    auto const label = printable(standard.label);
    columns.headers.push_back(width_of(label) <= widest_header ? label
                                                               : shortened(printable(standard.name), widest_header));
  }
  std::vector<std::string> values;
  std::map<std::pair<std::size_t, std::string>, Word> cells;
  for (auto const& a : e.attainments) {
    auto const& stratum = e.strata[a.stratum];
    if (a.span != experiment::Span::all || stratum.dimension != dimension || !a.attainment) continue;
    if (std::find(standards.begin(), standards.end(), stratum.standard) == standards.end()) continue;
    if (std::find(values.begin(), values.end(), stratum.value) == values.end()) values.push_back(stratum.value);
    cells.emplace(std::pair(stratum.standard, stratum.value), attainment_word(a, advice));
  }
  for (auto const& value : values) {
    std::vector<Word> row{name_for_people(e, dimension, value)};
    for (auto const s : standards) {
      auto const cell = cells.find({s, value});
      row.push_back(cell == cells.end() ? Word("-") : cell->second);
    }
    columns.rows.push_back(std::move(row));
  }
  return columns;
}

/// "+0.3", "-1.0", never "-0.0".
std::string difference(double value) {
  return std::abs(value) < 0.05 ? "0.0" : fmt::format("{:+.1f}", value);
}

/// "Imperial ...", "route: screening".
std::string place_for_people(Estimates const& e, experiment::Comparison const& c) {
  auto const name = name_for_people(e, c.dimension, c.value);
  return c.dimension == "provider" ? name : printable(c.dimension) + ": " + name;
}

}  // namespace

std::string name_for_people(Estimates const& e, std::string const& dimension, std::string const& value) {
  if (dimension == "provider")
    for (auto const& [name, label] : e.provider_labels)
      if (name == value) return printable(label);
  return printable(value);
}

void append_divisions(std::string& out, Estimates const& e, Colour colour) {
  for (auto const& dimension : dimensions_of(e)) {
    std::vector<std::size_t> standards;
    for (auto const& s : e.strata)
      if (s.dimension == dimension && (standards.empty() || standards.back() != s.standard))
        standards.push_back(s.standard);
    std::string tables;
    Advice advice;
    for (std::size_t first = 0; first < standards.size(); first += standards_abreast) {
      auto const last = std::min(first + standards_abreast, standards.size());
      std::vector<std::size_t> const some(standards.begin() + static_cast<std::ptrdiff_t>(first),
                                          standards.begin() + static_cast<std::ptrdiff_t>(last));
      auto const columns = division(e, dimension, some, advice);
      if (columns.rows.empty()) continue;
      if (!tables.empty()) tables += '\n';
      append_columns(tables, columns, colour);
    }
    if (tables.empty()) continue;
    append_heading(out, fmt::format("By {}: % within the limit (95% interval)", printable(dimension)), colour);
    out += tables;
    advice.append_to(out, e.completed);
  }
}

void append_years(std::string& out, Estimates const& e, Colour colour) {
  if (e.years.size() < 2) return;
  append_heading(out, "Year by year: % within the limit (95% interval)", colour);
  Advice advice;
  Columns columns{{"standard", "year", "attainment", "target", "% of runs met", "range of the year"}, 2, {}};
  for (auto const& a : e.attainments) {
    auto const& stratum = e.strata[a.stratum];
    if (a.span != experiment::Span::year || stratum.dimension != "all" || !a.attainment) continue;
    columns.rows.push_back({printable(e.standards[stratum.standard].name), a.when, attainment_word(a, advice),
                            a.target ? format_number(100 * *a.target) : "none",
                            a.probability_met ? percent_interval(*a.probability_met) : "-",
                            a.range_low ? percent(*a.range_low) + " to " + percent(*a.range_high) : "-"});
  }
  append_columns(out, columns, colour);
  advice.append_to(out, e.completed);
}

void append_comparisons(std::string& out, Estimates const& e, Colour colour) {
  Columns shares{{"standard", "where", "observed %", "simulated %", "points"}, 2, {}};
  Columns patients{{"standard", "patients observed", "simulated", "%"}, 1, {}};
  bool elsewhen = false;
  Advice advice;
  for (auto const& c : e.comparisons) {
    elsewhen = elsewhen || !c.same_months;
    bool const all = c.dimension == "all";
    if (c.observed_attainment && c.attainment)
      shares.rows.push_back({printable(c.standard), all ? "all" : place_for_people(e, c),
                             percent(*c.observed_attainment),
                             percent_interval(*c.attainment) + advice.mark(c.attainment),
                             difference(100 * (c.attainment->value - *c.observed_attainment))});
    if (all && c.observed_patients && c.patients && *c.observed_patients > 0)
      patients.rows.push_back({printable(c.standard), grouped(*c.observed_patients), grouped(c.patients->value),
                               difference(100 * (c.patients->value / *c.observed_patients - 1))});
  }
  if (shares.rows.empty() && patients.rows.empty()) return;
  append_heading(out, "Observed beside simulated", colour);
  if (!shares.rows.empty()) append_columns(out, shares, colour);
  if (!shares.rows.empty() && !patients.rows.empty()) out += '\n';
  if (!patients.rows.empty()) append_columns(out, patients, colour);
  advice.append_to(out, e.completed);
  if (elsewhen)
    append_wrapped(out,
                   "Where the observed months were not measured, all measured time stands beside them, patients in "
                   "proportion to the days.",
                   2);
}

}  // namespace cwtsim::report
