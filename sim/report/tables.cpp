#include "cwtsim/report/tables.hpp"

#include <utility>

#include "cells.hpp"

namespace cwtsim::report {
namespace {

using experiment::Estimates;

/// arm, standard, dimension, value.
Row key_of(Estimates const& e, std::size_t stratum) {
  auto const& s = e.strata[stratum];
  return {e.arm, e.standards[s.standard].name, s.dimension, s.value};
}

std::vector<Column> with_key(std::vector<Column> const& columns) {
  std::vector<Column> all{{"arm", "scenario with its interventions"},
                          {"standard", "clock"},
                          {"dimension", "how the patients are divided"},
                          {"value", "which of them"}};
  all.insert(all.end(), columns.begin(), columns.end());
  return all;
}

/// The columns provider and tumour of a comparison, "all" where it does not apply. Other ways of dividing patients
/// stand there with their names ("route: screening"), so that nobody takes them for a trust or a tumour group.
std::pair<std::string, std::string> place_of(experiment::Comparison const& c) {
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

std::vector<Column> comparison_columns(std::string const& unit) {
  return {{"provider", "trust, or \"group: \" and its name, or all"},
          {"tumour", "tumour group or suspected type, or another attribute with its name, or all"},
          {"standard", "clock"},
          {"observed", "published, " + unit},
          {"simulated", "simulated, " + unit},
          {"ci_low", "95 % interval of the simulated, lower end"},
          {"ci_high", "95 % interval of the simulated, upper end"},
          {"difference", "simulated less observed, " + unit}};
}

Row comparison_row(experiment::Comparison const& c, double observed, std::optional<Estimate> const& e) {
  auto const place = place_of(c);
  return {place.first, place.second, c.standard, observed,
          value_of(e), low_of(e),    high_of(e), e ? Cell(e->value - observed) : Cell()};
}

}  // namespace

Table standards_table(Estimates const& e) {
  return {"standards", "How often each standard is met",
          with_key({{"month", "month of the stop, or all"},
                    {"target", "share, in force in that month (for all: in the last month)"},
                    {"patients", "counted a replication, on average"},
                    {"attainment", "share that met the standard, pooled over replications"},
                    {"ci_low", "95 % interval, lower end"},
                    {"ci_high", "95 % interval, upper end"},
                    {"probability_met", "share of the replications that met the target"}}),
          rows_by([&e](RowSink const& put) {
            for (auto const& a : e.attainments) {
              if (a.span == experiment::Span::year || (a.span == experiment::Span::month && !a.attainment)) continue;
              auto row = key_of(e, a.stratum);
              row.insert(row.end(), {a.when, cell(a.target), a.patients, value_of(a.attainment), low_of(a.attainment),
                                     high_of(a.attainment), cell(a.probability_met)});
              put(row);
            }
          })};
}

Table years_table(Estimates const& e) {
  return {"years", "How often each standard is met in a year, and what a single year may show",
          with_key({{"year", "twelve whole months"},
                    {"target", "share, in force in the last month"},
                    {"patients", "counted a replication, on average"},
                    {"attainment", "share that met the standard, pooled over replications"},
                    {"ci_low", "95 % interval, lower end"},
                    {"ci_high", "95 % interval, upper end"},
                    {"probability_met", "share of the replications whose year met the target"},
                    {"year_low", "2.5 % of the replications show less in that year"},
                    {"year_high", "2.5 % of the replications show more in that year"}}),
          rows_by([&e](RowSink const& put) {
            for (auto const& a : e.attainments) {
              bool const is_year =
                  a.span == experiment::Span::year || (a.span == experiment::Span::all && e.all_is_a_year);
              if (!is_year) continue;
              auto row = key_of(e, a.stratum);
              row.insert(row.end(),
                         {a.when, cell(a.target), a.patients, value_of(a.attainment), low_of(a.attainment),
                          high_of(a.attainment), cell(a.probability_met), cell(a.range_low), cell(a.range_high)});
              put(row);
            }
          })};
}

Table waits_table(Estimates const& e) {
  return {"waits", "Days from the start to the stop of each clock; 1501 stands for all beyond 1500",
          with_key({{"days", "whole days"}, {"patients", "counted a replication, on average"}}),
          rows_by([&e](RowSink const& put) {
            double const halves = 2 * static_cast<double>(e.completed);
            for (auto const& waits : e.waits)
              for (std::size_t d = 0; d < waits.halves.size(); ++d) {
                if (waits.halves[d] == 0) continue;
                auto row = key_of(e, waits.stratum);
                row.insert(row.end(), {count(d), static_cast<double>(waits.halves[d]) / halves});
                put(row);
              }
          })};
}

Table waiting_list_table(Estimates const& e) {
  return {"waiting_list", "Clocks still running at the end of each month",
          with_key({{"month", "at its end"},
                    {"over_days", "clocks that have run for longer; 0 is all of them"},
                    {"patients", "mean of the replications"},
                    {"ci_low", "95 % interval, lower end"},
                    {"ci_high", "95 % interval, upper end"}}),
          rows_by([&e](RowSink const& put) {
            for (auto const& o : e.open) {
              auto const add = [&](std::int64_t over, std::optional<Estimate> const& estimate) {
                auto row = key_of(e, o.stratum);
                row.insert(row.end(), {o.month, over, value_of(estimate), low_of(estimate), high_of(estimate)});
                put(row);
              };
              auto const& long_waits = e.standards[e.strata[o.stratum].standard].long_waits;
              add(0, o.open);
              for (std::size_t k = 0; k < o.beyond.size(); ++k) add(long_waits[k], o.beyond[k]);
            }
          })};
}

Table resources_table(Estimates const& e) {
  return {"resources",
          "What each resource offered and what was used of it, a week",
          {{"arm", "scenario with its interventions"},
           {"provider", "where"},
           {"resource", "which"},
           {"kind", "sessions, servers or meeting"},
           {"unit", "of the offered and used: slots, server hours or cases"},
           {"held", "sessions or meetings a week"},
           {"cancelled", "sessions a week without their staff"},
           {"offered", "units a week"},
           {"other_work", "units a week used by other work"},
           {"used", "units a week, did-not-attends included"},
           {"unused", "units a week"},
           {"did_not_attend", "a week"},
           {"turned_away", "a week"},
           {"utilisation", "used and other work, of the offered"},
           {"mean_wait_days", "from joining the list to starting"},
           {"wait_ci_low", "95 % interval, lower end"},
           {"wait_ci_high", "95 % interval, upper end"},
           {"waiting_at_end", "patients, mean of the replications"},
           {"longest_list", "patients, mean of the replications"}},
          rows_by([&e](RowSink const& put) {
            for (auto const& r : e.resources)
              put({e.arm, r.provider, r.name, r.kind, r.unit, r.held_per_week, r.cancelled_per_week, r.offered_per_week,
                   r.other_work_per_week, r.used_per_week, r.unused_per_week, r.did_not_attend_per_week,
                   r.turned_away_per_week, value_of(r.utilisation), value_of(r.mean_wait_days),
                   low_of(r.mean_wait_days), high_of(r.mean_wait_days), value_of(r.waiting_at_end), r.longest_list});
          })};
}

Table steps_table(Estimates const& e) {
  return {"steps",
          "Where the days go",
          {{"arm", "scenario with its interventions"},
           {"step", "pathway and step"},
           {"provider", "where"},
           {"visits", "a replication, on average"},
           {"mean_wait_days", "from joining to starting"},
           {"mean_service_days", "from starting to finishing"},
           {"gave_up", "a replication, on average"},
           {"share_of_waiting", "of all days spent waiting"},
           {"share_of_days", "of all days, waiting or not"}},
          rows_by([&e](RowSink const& put) {
            for (auto const& s : e.steps)
              put({e.arm, s.step, s.provider, s.visits, s.mean_wait_days, s.mean_service_days, s.gave_up,
                   s.share_of_waiting, s.share_of_days});
          })};
}

Table replications_table(Estimates const& e) {
  return {"replications",
          "The replications one by one; those that hit a limit are in no other table",
          {{"arm", "scenario with its interventions"},
           {"replication", "number"},
           {"outcome", "completed, too_many_in_system, too_many_events or too_much_memory"},
           {"days", "simulated"},
           {"events", "simulated"},
           {"referred", "patients who came, warm-up and initial waiting list included"},
           {"finished", "patients"},
           {"still_in", "patients at the end"},
           {"measured_referrals", "patients who came in the measured time"}},
          rows_by([&e](RowSink const& put) {
            for (auto const& r : e.replications)
              put({e.arm, count(r.replication), r.outcome, r.days, count(r.events), count(r.referred),
                   count(r.finished), count(r.still_in), count(r.measured_referrals)});
          })};
}

Table validation_table(Estimates const& e) {
  return {"validation", "Observed beside simulated: how often the standards are met", comparison_columns("share"),
          rows_by([&e](RowSink const& put) {
            for (auto const& c : e.comparisons)
              if (c.observed_attainment) put(comparison_row(c, *c.observed_attainment, c.attainment));
          })};
}

Table volumes_table(Estimates const& e) {
  return {"volumes", "Observed beside simulated: patients counted", comparison_columns("patients"),
          rows_by([&e](RowSink const& put) {
            for (auto const& c : e.comparisons)
              if (c.observed_patients) put(comparison_row(c, *c.observed_patients, c.patients));
          })};
}

std::vector<Table> all_tables(Estimates const& e) {
  std::vector<Table> tables{standards_table(e), years_table(e), waits_table(e),       waiting_list_table(e),
                            resources_table(e), steps_table(e), replications_table(e)};
  if (!e.staff.empty()) tables.push_back(staff_table(e));
  if (!e.measures.empty()) tables.push_back(measures_table(e));
  if (!e.rules.empty()) tables.push_back(rules_table(e));
  if (!e.gaps.empty()) tables.push_back(gaps_table(e));
  if (!e.ledgers.empty()) tables.push_back(ledgers_table(e));
  if (!e.comparisons.empty()) {
    tables.push_back(validation_table(e));
    tables.push_back(volumes_table(e));
  }
  return tables;
}

}  // namespace cwtsim::report
