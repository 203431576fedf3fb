#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "cwtsim/files/table.hpp"
#include "layout.hpp"
#include "text_sections.hpp"

namespace cwtsim::report {
namespace {

using experiment::Estimates;

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

std::vector<Word> patients_words(experiment::Attainment const& a) {
  auto const more = a.more_to_meet_target;
  return {grouped(a.patients_a_year), grouped(a.breaches_a_year),
          more ? grouped(static_cast<double>(*more)) : std::string("-")};
}

constexpr std::array patients_headers = {"patients", "breaches", "more"};

/// Levels down. Of a standard whose years are not alike the first and the last stand beside one another, and patients
/// are those of the last.
Columns division(Estimates const& e, std::string const& dimension, std::size_t standard, Advice& advice) {
  bool const alike = years_are_alike(e, standard);
  std::vector<std::string> spans{alike ? std::string("all") : e.years.front()};
  if (!alike && e.years.size() > 1) spans.push_back(e.years.back());
  auto const is_told = [&](experiment::Attainment const& a) {
    return a.span == (alike ? experiment::Span::all : experiment::Span::year) && a.attainment &&
           std::find(spans.begin(), spans.end(), a.when) != spans.end();
  };
  Columns columns{{dimension}, 1, {}};
  for (auto const& span : spans) columns.headers.push_back(alike ? "%" : "% in " + printable(span));
  columns.headers.insert(columns.headers.end(), patients_headers.begin(), patients_headers.end());
  std::vector<std::string> values;
  std::map<std::pair<std::string, std::string>, experiment::Attainment const*> cells;
  for (auto const& a : e.attainments) {
    auto const& stratum = e.strata[a.stratum];
    if (stratum.standard != standard || stratum.dimension != dimension || !is_told(a)) continue;
    if (std::find(values.begin(), values.end(), stratum.value) == values.end()) values.push_back(stratum.value);
    cells.emplace(std::pair(stratum.value, a.when), &a);
  }
  for (auto const& value : values) {
    std::vector<Word> row{name_for_people(e, dimension, value)};
    std::vector<Word> patients(patients_headers.size(), "-");
    for (auto const& span : spans) {
      auto const cell = cells.find({value, span});
      row.push_back(cell == cells.end() ? Word("-") : attainment_word(*cell->second, advice));
      if (cell != cells.end() && span == spans.back()) patients = patients_words(*cell->second);
    }
    row.insert(row.end(), patients.begin(), patients.end());
    columns.rows.push_back(std::move(row));
  }
  return columns;
}

/// The name of a table of one standard.
void append_title(std::string& out, Estimates const& e, std::size_t standard, Colour colour) {
  auto const& s = e.standards[standard];
  auto title = fmt::format("{}, within {} days", printable(s.label), s.limit_days);
  out += (out.ends_with("\n\n") ? "  " : "\n  ") + painted(title, Tone::heading, colour) + '\n';
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
    std::string tables = "\n\n";
    Advice advice;
    for (std::size_t standard = 0; standard < e.standards.size(); ++standard) {
      auto const columns = division(e, dimension, standard, advice);
      if (columns.rows.empty()) continue;
      append_title(tables, e, standard, colour);
      append_columns(tables, columns, colour);
    }
    if (tables.size() == 2) continue;
    append_heading(out, fmt::format("By {}: % within the limit (95% interval)", printable(dimension)), colour);
    out += tables.substr(2);
    append_wrapped(out,
                   "Patients and breaches of a year, the later one where two are told; so many more of them in time "
                   "would meet the target. Each row is by itself: what several lack does not add up.",
                   2);
    advice.append_to(out, e.completed);
  }
}

void append_years(std::string& out, Estimates const& e, Colour colour) {
  if (e.years.size() < 2) return;
  append_heading(out, "Year by year: % within the limit (95% interval)", colour);
  Advice advice;
  std::string tables = "\n\n";
  for (std::size_t s = 0; s < e.strata.size(); ++s) {
    if (e.strata[s].dimension != "all") continue;
    Columns columns{{"year", "%", "target", "% of runs met", "range of the year"}, 1, {}};
    columns.headers.insert(columns.headers.end(), patients_headers.begin(), patients_headers.end());
    for (auto const& a : e.attainments) {
      if (a.stratum != s || a.span != experiment::Span::year || !a.attainment) continue;
      columns.rows.push_back({a.when, attainment_word(a, advice), a.target ? format_number(100 * *a.target) : "none",
                              a.probability_met ? percent(a.probability_met->value) : "-",
                              a.range_low ? percent(*a.range_low) + " to " + percent(*a.range_high) : "-"});
      auto const patients = patients_words(a);
      columns.rows.back().insert(columns.rows.back().end(), patients.begin(), patients.end());
    }
    if (columns.rows.empty()) continue;
    append_title(tables, e, e.strata[s].standard, colour);
    append_columns(tables, columns, colour);
  }
  out += tables.substr(2);
  append_wrapped(out, "Patients and breaches of a year; so many more of them in time would meet the target.", 2);
  advice.append_to(out, e.completed);
}

void append_comparisons(std::string& out, Estimates const& e, Colour colour) {
  Columns shares{{"standard", "where", "patients", "observed %", "simulated %", "points"}, 2, {}};
  Columns patients{{"standard", "patients observed", "simulated", "%"}, 1, {}};
  bool elsewhen = false;
  Advice advice;
  for (auto const& c : e.comparisons) {
    elsewhen = elsewhen || !c.same_months;
    bool const all = c.dimension == "all";
    if (c.observed_attainment && c.attainment)
      shares.rows.push_back({printable(c.standard), all ? "all" : place_for_people(e, c),
                             c.patients ? grouped(c.patients->value) : "-", percent(*c.observed_attainment),
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
  if (!shares.rows.empty()) append_wrapped(out, "Patients: simulated, over the months observed.", 2);
  if (elsewhen)
    append_wrapped(out,
                   "Where the observed months were not measured, all measured time stands beside them, patients in "
                   "proportion to the days.",
                   2);
}

}  // namespace cwtsim::report
