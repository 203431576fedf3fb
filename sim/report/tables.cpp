#include "cwtsim/report/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "shown.hpp"
#include "tables_observed.hpp"

namespace cwtsim::report {
namespace {

using namespace experiment;

template <class R>
Shown<R> arm() {
  Shown<R> shown;
  shown.add("arm", "", "which; arms.csv says what it stands for", [](auto& e, auto&) { return cell_of(e.arm); });
  return shown;
}

/// Arm, clock, and which of its patients; with whatever comes between.
template <class R>
Shown<R> of_clock(Shown<R> shown = arm<R>()) {
  shown.add("standard", "", "clock",
            [](auto& e, auto& row) { return cell_of(e.standards[e.strata[row.stratum].standard].name); });
  shown.add("dimension", "", "how the patients are divided",
            [](auto& e, auto& row) { return cell_of(e.strata[row.stratum].dimension); });
  shown.add("value", "", "which of them", [](auto& e, auto& row) { return cell_of(e.strata[row.stratum].value); });
  return shown;
}

Table clocks(Estimates const& e) {
  auto shown = arm<StandardName>();
  shown.add("standard", "", "clock", [](auto&, auto& s) { return cell_of(s.name); });
  shown.add("label", "", "as the report calls it", [](auto&, auto& s) { return cell_of(s.label); });
  shown.add("limit", "days", "a longer wait is a breach",
            [](auto&, auto& s) { return cell_of(static_cast<std::uint64_t>(s.limit_days)); });
  shown.add("second_starts", "times a replication",
            "a start came while the clock of the same patient ran, so that it began none; in the measured time",
            [](auto& of, auto& s) { return of.completed > 0 ? cell_of(s.second_starts) : Cell(); });
  return table_of("clocks", "The clocks, and starts that began none", e, shown, all_of(e.standards));
}

bool is_year(Estimates const& e, Attainment const& a) {
  return a.span == Span::year || (a.span == Span::all && !e.all_as_a_year.empty());
}

Table standards(Estimates const& e) {
  auto shown = of_clock<Attainment>();
  shown.add("month", "", "of the stop, or all: all the measured time, parts of years too, the warm-up not",
            [](auto&, auto& a) { return cell_of(a.when); });
  shown.add_declared();
  shown.heads.resize(shown.heads.size() - 2);  // the range is one of years
  shown.cells.resize(shown.heads.size());
  shown.add_advised([](auto& a) -> auto& { return a.attainment; });
  return table_of("standards", "How often each standard is met", e, shown, those_of(e.attainments, [](auto& a) {
                    return a.span != Span::year && (a.span != Span::month || a.attainment);
                  }));
}

Table years(Estimates const& e) {
  auto shown = of_clock<Attainment>();
  shown.add(
      "year", "",
      "twelve whole months, counted from the first whole month measured: 2026/27 is April to March, others are "
      "named by their months; or, where there is none, all of a measured time as long as a year, by its first day; "
      "the warm-up and what is measured beside whole years are in none",
      [](auto& of, auto& a) { return cell_of(a.span == Span::year ? a.when : of.all_as_a_year); });
  shown.add_declared();
  shown.add_advice("the interval and the range of the year", [](auto& of, auto& a) {
    std::uint64_t const most = a.attainment ? a.attainment->advised : 0;
    return a.range_low && of.completed < least_for_order ? std::max(most, least_for_order) : most;
  });
  return table_of("years", "How often each standard is met in a year, and what a single year may show", e, shown,
                  those_of(e.attainments, [&e](auto& a) { return is_year(e, a); }));
}

Table waits(Estimates const& e) {
  struct Day {
    std::size_t stratum;
    std::uint64_t days, halves;
  };
  auto shown = of_clock<Day>();
  shown.add("days", "days", "whole days", [](auto&, auto& day) { return cell_of(day.days); });
  shown.add("patients", "patients", "counted a replication, on average", [](auto& of, auto& day) {
    return cell_of(static_cast<double>(day.halves) / (2 * static_cast<double>(of.completed)));
  });
  return table_of<Day>("waits", "Days from the start to the stop of each clock; 1501 stands for all beyond 1500", e,
                       shown, [&e](auto const& use) {
                         for (auto const& w : e.waits)
                           for (std::size_t d = 0; d < w.halves.size(); ++d)
                             if (w.halves[d] != 0) use({w.stratum, d, w.halves[d]});
                       });
}

Table quantiles(Estimates const& e) {
  struct Quantile {
    std::size_t stratum = 0;
    double share = 0;
    std::optional<Estimate> days{};
  };
  auto shown = of_clock<Quantile>();
  shown.add("share", "share", "of the patients who wait so long or less",
            [](auto&, auto& q) { return cell_of(q.share); });
  shown.add("days", "days", "whole days, of all replications together; 1501 stands for all beyond 1500",
            [](auto&, auto& q) { return cell_of(q.days); });
  shown.add_interval(
      "ci", "days", "days", [](auto& q) -> auto& { return q.days; });
  shown.add_advised([](auto& q) -> auto& { return q.days; });
  return table_of<Quantile>("quantiles", "How long half of the patients wait, and nine in ten", e, shown,
                            [&e](auto const& use) {
                              for (auto const& w : e.waits) {
                                if (!w.median || !w.p90) continue;
                                use({w.stratum, told_quantiles[0], w.median});
                                use({w.stratum, told_quantiles[1], w.p90});
                              }
                            });
}

Table waiting_list(Estimates const& e) {
  struct Running {
    std::size_t stratum;
    std::string month;
    std::uint64_t over;
    std::optional<Estimate> patients;
  };
  auto shown = of_clock<Running>();
  shown.add("month", "", "at its end", [](auto&, auto& row) { return cell_of(row.month); });
  shown.add("over_days", "days", "clocks that have run for longer; 0 is all of them",
            [](auto&, auto& row) { return cell_of(row.over); });
  shown.add("patients", "patients", "mean of the replications", [](auto&, auto& row) { return cell_of(row.patients); });
  shown.add_interval(
      "ci", "patients", "patients", [](auto& row) -> auto& { return row.patients; });
  shown.add_advised([](auto& row) -> auto& { return row.patients; });
  return table_of<Running>("waiting_list", "Clocks still running at the end of each month", e, shown,
                           [&e](auto const& use) {
                             for (auto const& o : e.open) {
                               auto const& limits = e.standards[e.strata[o.stratum].standard].long_waits;
                               use({o.stratum, o.month, 0, o.open});
                               for (std::size_t k = 0; k < o.beyond.size(); ++k)
                                 use({o.stratum, o.month, static_cast<std::uint64_t>(limits[k]), o.beyond[k]});
                             }
                           });
}

/// A table that shows what its rows declare, and nothing else.
template <class R>
Table as_declared(char const* name, char const* caption, Estimates const& e, std::vector<R> const& rows) {
  auto shown = arm<R>();
  shown.add_declared();
  return table_of(name, caption, e, shown, all_of(rows));
}

/// ... and how many replications its intervals need.
template <class R>
Table with_advice(char const* name, char const* caption, Estimates const& e, std::vector<R> const& rows) {
  auto shown = arm<R>();
  shown.add_declared_and_advised();
  return table_of(name, caption, e, shown, all_of(rows));
}

Table resources(Estimates const& e) {
  return with_advice("resources", "What each resource offered and what was used of it, a week", e, e.resources);
}

Table steps(Estimates const& e) {
  return as_declared("steps", "The visits of each step, how long they take, and what share of all days they are", e,
                     e.steps);
}

Table days(Estimates const& e) {
  return as_declared("days", "Where the days go: every moment of every patient in the measured time, by account", e,
                     e.days);
}

Table clock_days(Estimates const& e) {
  auto shown = arm<ClockDays>();
  shown.add("standard", "", "clock", [](auto& of, auto& row) { return cell_of(of.standards[row.standard].name); });
  shown.add_declared();
  shown.add("one_in", "patients", "of so many one is followed, by chance, so that one counts for so many",
            [](auto& of, auto&) { return cell_of(of.followed_one_in); });
  return table_of("clock_days",
                  "Where the days of each clock go, from its start to its stop, of all and of those who breach", e,
                  shown, all_of(e.clock_days));
}

Table levers(Estimates const& e) {
  return as_declared("levers", "What each lever changed, from what to what, and what of its kind it did not reach", e,
                     e.pulled.values);
}

Table replications(Estimates const& e) {
  return as_declared("replications",
                     "The replications one by one; those that hit a limit or froze are in no other table", e,
                     e.replications);
}

Table replications_long(Estimates const& e) {
  auto first = arm<ReplicationCount>();
  first.add("replication", "", "number", [](auto&, auto& count) { return cell_of(count.replication); });
  auto shown = of_clock(std::move(first));
  shown.add_declared();
  return table_of<ReplicationCount>("replications_long",
                                    "How often each standard is met in each replication, for statistics of one's own",
                                    e, shown, [&e](auto const& use) { each_count(e, use); });
}

Table arms(Estimates const& e) {
  Shown<ArmSummary> shown;
  shown.add_declared();
  return table_of("arms", "What the arm of the other tables stands for", e, shown, all_of(e.arms));
}

Table staff(Estimates const& e) {
  return with_advice("staff", "People of each role: whole-time equivalents, and people wanted by sessions, a week", e,
                     e.staff);
}

template <class R>
Table of_months(char const* name, char const* caption, Estimates const& e, Shown<R> shown, std::vector<R> const& rows) {
  shown.add("month", "", "measured; its days say how much of it",
            [](auto& of, auto& row) { return cell_of(of.months[row.month]); });
  shown.add_declared();
  return table_of(name, caption, e, shown, all_of(rows));
}

Table resources_monthly(Estimates const& e) {
  auto shown = arm<ResourceInMonth>();
  shown.add("provider", "", "where", [](auto& of, auto& r) { return cell_of(of.resources[r.resource].provider); });
  shown.add("resource", "", "which", [](auto& of, auto& r) { return cell_of(of.resources[r.resource].name); });
  shown.add("unit", "", "of the offered and used: slots, server hours or cases",
            [](auto& of, auto& r) { return cell_of(of.resources[r.resource].unit); });
  return of_months("resources_monthly", "What each resource offered and what was used of it, month by month, a week", e,
                   std::move(shown), e.resource_months);
}

Table steps_monthly(Estimates const& e) {
  auto shown = arm<StepInMonth>();
  shown.add("step", "", "pathway and step", [](auto& of, auto& s) { return cell_of(of.places[s.place].first); });
  shown.add("provider", "", "where", [](auto& of, auto& s) { return cell_of(of.places[s.place].second); });
  return of_months("steps_monthly", "The visits of each step at which patients wait, month by month", e,
                   std::move(shown), e.step_months);
}

Table staff_monthly(Estimates const& e) {
  auto shown = arm<StaffInMonth>();
  shown.add("provider", "", "where", [](auto& of, auto& s) { return cell_of(of.staff[s.role].provider); });
  shown.add("role", "", "which", [](auto& of, auto& s) { return cell_of(of.staff[s.role].role); });
  return of_months("staff_monthly", "People of each role, month by month", e, std::move(shown), e.staff_months);
}

Table measures(Estimates const& e) {
  auto shown = arm<Measured>();
  shown.add("measure", "", "which",
            [](auto& of, auto& m) { return cell_of(of.measures[of.measure_strata[m.stratum].standard].name); });
  shown.add("dimension", "", "how the patients are divided",
            [](auto& of, auto& m) { return cell_of(of.measure_strata[m.stratum].dimension); });
  shown.add("value", "", "which of them",
            [](auto& of, auto& m) { return cell_of(of.measure_strata[m.stratum].value); });
  shown.add_declared_and_advised();
  return table_of("measures", "What was recorded of patients beside their clocks", e, shown,
                  those_of(e.measured, [](auto& m) { return m.span != Span::month || m.mean; }));
}

Table rules(Estimates const& e) {
  auto shown = arm<RuleUse>();
  shown.add_declared();
  shown.add_interval(
      "ci", "as it", "share_in_force or moved_from",
      [](auto& r) -> auto& { return r.moved_from ? r.moved_from : r.share_in_force; });
  shown.add_advised([](auto& r) -> auto& { return r.moved_from ? r.moved_from : r.share_in_force; });
  return table_of("rules", "What each rule did, a replication", e, shown, all_of(e.rules));
}

Table gaps(Estimates const& e) {
  auto shown = arm<GapBetween>();
  shown.add("kind", "", "standard or measure",
            [](auto&, auto& g) { return cell_of(g.of_measure ? "measure" : "standard"); });
  shown.add("name", "", "of the standard or measure",
            [](auto& of, auto& g) { return cell_of(g.of_measure ? of.measures[g.of].name : of.standards[g.of].name); });
  shown.add_declared_and_advised();
  return table_of("gaps", "How far apart groups are over the measured time", e, shown, all_of(e.gaps));
}

Table ledgers(Estimates const& e) {
  auto shown = arm<LedgerPounds>();
  shown.add("ledger", "", "which", [](auto& of, auto& p) { return cell_of(of.ledgers[p.ledger].name); });
  shown.add("kind", "", "cash, capacity or income",
            [](auto& of, auto& p) { return cell_of(of.ledgers[p.ledger].kind); });
  shown.add_declared_and_advised();
  return table_of("ledgers", "What was spent and earned in the measured time", e, shown, all_of(e.pounds));
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
  static std::vector<Output> const all{
      {clocks, "there are standards", where_any(&Estimates::standards)},
      {standards, "", always},
      {years, "", always},
      {waits, "", always},
      {quantiles, "", always},
      {waiting_list, "", always},
      {resources, "", always},
      {resources_monthly, "", always},
      {steps, "", always},
      {steps_monthly, "", always},
      {days, "", always},
      {clock_days, "", always},
      {replications, "", always},
      {replications_long, "", always},
      {levers, "there are levers", [](Estimates const& e) { return !e.pulled.values.empty(); }},
      {arms, "", where_any(&Estimates::arms)},
      {staff, "there is staff", where_any(&Estimates::staff)},
      {staff_monthly, "there is staff", where_any(&Estimates::staff)},
      {measures, "there are measures", where_any(&Estimates::measures)},
      {rules, "there are rules", where_any(&Estimates::rules)},
      {gaps, "there are gaps", where_any(&Estimates::gaps)},
      {ledgers, "there are ledgers", where_any(&Estimates::ledgers)},
      {validation, "something was observed", where_any(&Estimates::comparisons)},
      {volumes, "something was observed", where_any(&Estimates::comparisons)},
  };
  return all;
}

std::vector<Table> all_tables(Estimates const& e) {
  std::vector<Table> tables;
  for (auto const& output : outputs())
    if (output.is_there(e)) tables.push_back(output.table(e));
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
  for (auto const& output : outputs()) out += described(output.table(none), output.when);
  return out;
}

}  // namespace cwtsim::report
