#include "cwtsim/report/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "shown.hpp"

namespace cwtsim::report {
namespace {

using namespace experiment;

template <class R>
AllShown<R> arm() {
  return {{{"arm", "", "scenario with its interventions"}, [](auto& e, auto&) { return e.arm; }}};
}

/// Arm, what is counted, and which of its patients.
template <class R, class Named>
AllShown<R> key(std::string const& what, std::string const& meaning, std::vector<Named> Estimates::*names,
                std::vector<Stratum> Estimates::*strata) {
  auto const of = [strata](Estimates const& e, R const& row) -> Stratum const& { return (e.*strata)[row.stratum]; };
  return arm<R>() +
         AllShown<R>{{{what, "", meaning}, [=](auto& e, auto& row) { return (e.*names)[of(e, row).standard].name; }},
                     {{"dimension", "", "how the patients are divided"},
                      [=](auto& e, auto& row) { return of(e, row).dimension; }},
                     {{"value", "", "which of them"}, [=](auto& e, auto& row) { return of(e, row).value; }}};
}
template <class R>
AllShown<R> key() {
  return key<R, StandardName>("standard", "clock", &Estimates::standards, &Estimates::strata);
}

bool is_year(Estimates const& e, Attainment const& a) {
  return a.span == Span::year || (a.span == Span::all && e.all_is_a_year);
}

Table standards(Estimates const& e) {
  auto columns = declared<Attainment>();
  columns.resize(columns.size() - 2);  // the range is one of years
  return table_of(
      "standards", "How often each standard is met", e,
      key<Attainment>() +
          AllShown<Attainment>{{{"month", "", "of the stop, or all"}, [](auto&, auto& a) { return a.when; }}} + columns,
      those_of(e.attainments, [](auto& a) { return a.span != Span::year && (a.span != Span::month || a.attainment); }));
}

Table years(Estimates const& e) {
  return table_of(
      "years", "How often each standard is met in a year, and what a single year may show", e,
      key<Attainment>() +
          AllShown<Attainment>{{{"year", "", "twelve whole months"}, [](auto&, auto& a) { return a.when; }}} +
          declared<Attainment>(),
      those_of(e.attainments, [&e](auto& a) { return is_year(e, a); }));
}

Table waits(Estimates const& e) {
  struct Day {
    std::size_t stratum;
    std::uint64_t days, halves;
  };
  return table_of<Day>(
      "waits", "Days from the start to the stop of each clock; 1501 stands for all beyond 1500", e,
      key<Day>() + AllShown<Day>{{{"days", "days", "whole days"}, [](auto&, auto& d) { return cell_of(d.days); }},
                                 {{"patients", "patients", "counted a replication, on average"},
                                  [](auto& of, auto& d) {
                                    return static_cast<double>(d.halves) / (2 * static_cast<double>(of.completed));
                                  }}},
      [&e](auto const& use) {
        for (auto const& w : e.waits)
          for (std::size_t d = 0; d < w.halves.size(); ++d)
            if (w.halves[d] != 0) use({w.stratum, d, w.halves[d]});
      });
}

Table waiting_list(Estimates const& e) {
  struct Running {
    std::size_t stratum;
    std::string month;
    std::uint64_t over;
    std::optional<Estimate> patients;
  };
  return table_of<Running>(
      "waiting_list", "Clocks still running at the end of each month", e,
      key<Running>() +
          AllShown<Running>{{{"month", "", "at its end"}, [](auto&, auto& r) { return r.month; }},
                            {{"over_days", "days", "clocks that have run for longer; 0 is all of them"},
                             [](auto&, auto& r) { return cell_of(r.over); }},
                            {{"patients", "patients", "mean of the replications"},
                             [](auto&, auto& r) { return cell_of(r.patients); }}} +
          interval_of<Running>(&Running::patients, "ci", "patients", "patients"),
      [&e](auto const& use) {
        for (auto const& o : e.open) {
          auto const& long_waits = e.standards[e.strata[o.stratum].standard].long_waits;
          use({o.stratum, o.month, 0, o.open});
          for (std::size_t k = 0; k < o.beyond.size(); ++k)
            use({o.stratum, o.month, static_cast<std::uint64_t>(long_waits[k]), o.beyond[k]});
        }
      });
}

Table resources(Estimates const& e) {
  return table_of("resources", "What each resource offered and what was used of it, a week", e,
                  arm<ResourceUse>() + declared<ResourceUse>(), all_of(e.resources));
}

Table steps(Estimates const& e) {
  return table_of("steps", "Where the days go", e, arm<StepUse>() + declared<StepUse>(), all_of(e.steps));
}

Table replications(Estimates const& e) {
  return table_of("replications", "The replications one by one; those that hit a limit are in no other table", e,
                  arm<ReplicationSummary>() + declared<ReplicationSummary>(), all_of(e.replications));
}

Table staff(Estimates const& e) {
  return table_of("staff", "People of each role: whole-time equivalents, and people wanted by sessions, a week", e,
                  arm<StaffUse>() + declared<StaffUse>(), all_of(e.staff));
}

Table measures(Estimates const& e) {
  return table_of(
      "measures", "What was recorded of patients beside their clocks", e,
      key<Measured>("measure", "which", &Estimates::measures, &Estimates::measure_strata) + declared<Measured>(),
      those_of(e.measured, [](auto& m) { return m.span != Span::month || m.mean; }));
}

Table rules(Estimates const& e) {
  auto const main = [](RuleUse const& r) { return r.moved_from ? r.moved_from : r.share_in_force; };
  return table_of(
      "rules", "What each rule did, a replication", e,
      arm<RuleUse>() + declared<RuleUse>() + interval_of<RuleUse>(main, "ci", "as it", "share_in_force or moved_from"),
      all_of(e.rules));
}

Table gaps(Estimates const& e) {
  auto const kind = [](auto&, GapBetween const& g) { return std::string(g.of_measure ? "measure" : "standard"); };
  auto const name = [](auto& of, GapBetween const& g) {
    return g.of_measure ? of.measures[g.of].name : of.standards[g.of].name;
  };
  return table_of("gaps", "How far apart groups are over the measured time", e,
                  arm<GapBetween>() +
                      AllShown<GapBetween>{{{"kind", "", "standard or measure"}, kind},
                                           {{"name", "", "of the standard or measure"}, name}} +
                      declared<GapBetween>(),
                  all_of(e.gaps));
}

Table ledgers(Estimates const& e) {
  return table_of(
      "ledgers", "What was spent and earned in the measured time", e,
      arm<LedgerPounds>() +
          AllShown<LedgerPounds>{
              {{"ledger", "", "which"}, [](auto& of, auto& p) { return of.ledgers[p.ledger].name; }},
              {{"kind", "", "cash, capacity or income"}, [](auto& of, auto& p) { return of.ledgers[p.ledger].kind; }}} +
          declared<LedgerPounds>(),
      all_of(e.pounds));
}

/// The columns provider and tumour of a comparison, "all" where it does not apply. Other ways of dividing patients
/// stand there with their names ("route: screening"), so that nobody takes them for a trust or a tumour group.
std::pair<std::string, std::string> place_of(Comparison const& c) {
  std::pair<std::string, std::string> place{"all", "all"};
  auto const put = [&place](std::string const& dimension, std::string const& value) {
    if (dimension == "all") return;
    bool const is_place = dimension == "provider" || dimension == "group";
    // The two words of the published statistics: suspected type for the 28 days, tumour group for the others.
    bool const plain = dimension == "provider" || dimension == "tumour" || dimension == "suspected";
    (is_place ? place.first : place.second) = plain ? value : dimension + ": " + value;
  };
  auto const plus = c.dimension.find('+');
  if (plus == std::string::npos) {
    put(c.dimension, c.value);
  } else {
    auto const second = c.value.find('+');
    put(c.dimension.substr(0, plus), c.value.substr(0, second));
    put(c.dimension.substr(plus + 1), c.value.substr(second + 1));
  }
  return place;
}

/// A table of comparisons: of what was observed and what was simulated.
Table comparisons(std::string name, std::string caption, std::string const& unit, Estimates const& e,
                  std::optional<double> Comparison::*observed, std::optional<Estimate> Comparison::*simulated) {
  using C = Comparison;
  return table_of<C>(
      std::move(name), std::move(caption), e,
      AllShown<C>{{{"provider", "", "trust, or \"group: \" and its name, or all"},
                   [](auto&, auto& c) { return place_of(c).first; }},
                  {{"tumour", "", "tumour group or suspected type, or another attribute with its name, or all"},
                   [](auto&, auto& c) { return place_of(c).second; }},
                  {{"standard", "", "clock"}, [](auto&, auto& c) { return c.standard; }},
                  {{"observed", unit, "published"}, [=](auto&, auto& c) { return cell_of(c.*observed); }},
                  {{"simulated", unit, "in the same months where they were measured, else over all measured time"},
                   [=](auto&, auto& c) { return cell_of(c.*simulated); }}} +
          interval_of<C>(simulated, "ci", unit, "simulated") +
          AllShown<C>{
              {{"difference", unit, "simulated less observed"},
               [=](auto&, auto& c) { return c.*simulated ? Cell((c.*simulated)->value - *(c.*observed)) : Cell(); }}},
      those_of(e.comparisons, [=](auto& c) { return (c.*observed).has_value(); }));
}

Table validation(Estimates const& e) {
  return comparisons("validation", "Observed beside simulated: how often the standards are met", "share", e,
                     &Comparison::observed_attainment, &Comparison::attainment);
}

Table volumes(Estimates const& e) {
  return comparisons("volumes", "Observed beside simulated: patients counted", "patients", e,
                     &Comparison::observed_patients, &Comparison::patients);
}

bool always(Estimates const&) {
  return true;
}
template <class R>
auto where_any(std::vector<R> Estimates::*list) {
  return [list](Estimates const& e) { return !(e.*list).empty(); };
}

}  // namespace

std::vector<Output> const& outputs() {
  constexpr bool in_run_json = true, not_in_it = false;
  static std::vector<Output> const all{
      {standards, in_run_json, "", always},
      {years, in_run_json, "", always},
      {waits, not_in_it, "", always},
      {waiting_list, not_in_it, "", always},
      {resources, not_in_it, "", always},
      {steps, not_in_it, "", always},
      {replications, not_in_it, "", always},
      {staff, not_in_it, "there is staff", where_any(&Estimates::staff)},
      {measures, in_run_json, "there are measures", where_any(&Estimates::measures)},
      {rules, not_in_it, "there are rules", where_any(&Estimates::rules)},
      {gaps, in_run_json, "there are gaps", where_any(&Estimates::gaps)},
      {ledgers, in_run_json, "there are ledgers", where_any(&Estimates::ledgers)},
      {validation, in_run_json, "something was observed", where_any(&Estimates::comparisons)},
      {volumes, in_run_json, "something was observed", where_any(&Estimates::comparisons)},
  };
  return all;
}

std::vector<Table> all_tables(Estimates const& e) {
  std::vector<Table> tables;
  for (auto const& output : outputs())
    if (output.is_there(e)) {
      tables.push_back(output.table(e));
      tables.back().in_run_json = output.in_run_json;
    }
  return tables;
}

Table table_named(std::string_view name, Estimates const& e) {
  for (auto const& output : outputs())
    if (auto table = output.table(e); table.name == name) return table;
  throw std::out_of_range("there is no table " + std::string(name));
}

std::string table_reference() {
  std::string out =
      "# Tables of a run\n\n"
      "Written by `cwtsim help tables` from the declaration of the columns; do not edit it by hand.\n\n"
      "`cwtsim run SCENARIO --out DIR` writes each as a CSV file. An empty cell is an estimate that cannot be had "
      "from\n"
      "the replications. Shares are of 1.\n";
  Estimates const none;
  for (auto const& output : outputs()) {
    auto const table = output.table(none);
    out += fmt::format("\n## {}.csv\n\n{}.{}{}\n\n| column | unit | meaning |\n|---|---|---|\n", table.name,
                       table.caption, output.when.empty() ? "" : fmt::format(" Written where {}.", output.when),
                       output.in_run_json ? " Also in `run.json`." : "");
    for (auto const& column : table.columns)
      out += fmt::format("| `{}` | {} | {} |\n", column.name, column.unit, column.meaning);
  }
  return out;
}

}  // namespace cwtsim::report
