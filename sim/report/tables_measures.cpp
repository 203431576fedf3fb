#include "cells.hpp"
#include "cwtsim/report/tables.hpp"

namespace cwtsim::report {

using experiment::Estimates;

Table measures_table(Estimates const& e) {
  return {"measures",
          "What was recorded of patients beside their clocks",
          {{"arm", "scenario with its interventions"},
           {"measure", "which"},
           {"dimension", "how the patients are divided"},
           {"value", "which of them"},
           {"month", "of the milestone, or twelve whole months, or all"},
           {"patients", "values recorded a replication, on average"},
           {"mean", "of the values, pooled over replications; of a count 1"},
           {"ci_low", "95 % interval of the mean, lower end"},
           {"ci_high", "95 % interval of the mean, upper end"},
           {"total", "of the values, a year (where the time is none, in proportion to its days)"},
           {"total_ci_low", "95 % interval of the total, lower end"},
           {"total_ci_high", "95 % interval of the total, upper end"},
           {"target", "of the mean, in force in that month (else in the last month)"},
           {"probability_met", "share of the replications whose mean met the target"}},
          rows_by([&e](RowSink const& put) {
            for (auto const& m : e.measured) {
              if (m.span == experiment::Span::month && !m.mean) continue;
              auto const& s = e.measure_strata[m.stratum];
              put({e.arm, e.measures[s.standard].name, s.dimension, s.value, m.when, m.patients, value_of(m.mean),
                   low_of(m.mean), high_of(m.mean), value_of(m.total), low_of(m.total), high_of(m.total),
                   cell(m.target), cell(m.probability_met)});
            }
          })};
}

}  // namespace cwtsim::report
