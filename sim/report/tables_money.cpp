#include "cells.hpp"
#include "cwtsim/report/tables.hpp"

namespace cwtsim::report {

using experiment::Estimates;

Table gaps_table(Estimates const& e) {
  return {"gaps",
          "How far apart groups are over the measured time",
          {{"arm", "scenario with its interventions"},
           {"kind", "standard or measure"},
           {"name", "of the standard or measure"},
           {"gap", "which"},
           {"by", "how the patients are divided"},
           {"from", "the group that is taken off; least: the one with the least mean"},
           {"to", "the group that it is taken off from; greatest: the one with the greatest mean"},
           {"value", "difference: of shares, or in the unit of the measure; mean of the replications"},
           {"ci_low", "95 % interval, lower end"},
           {"ci_high", "95 % interval, upper end"}},
          rows_by([&e](RowSink const& put) {
            for (auto const& g : e.gaps)
              put({e.arm, std::string(g.of_measure ? "measure" : "standard"),
                   g.of_measure ? e.measures[g.of].name : e.standards[g.of].name, g.name, g.by, g.from, g.to,
                   value_of(g.value), low_of(g.value), high_of(g.value)});
          })};
}

Table ledgers_table(Estimates const& e) {
  return {"ledgers",
          "What was spent and earned in the measured time",
          {{"arm", "scenario with its interventions"},
           {"ledger", "which"},
           {"kind", "cash, capacity or income"},
           {"dimension", "all, provider, step, resource, staff, measure, intervention or fund"},
           {"value", "which of them; each is part of all, and all but interventions of their provider"},
           {"month", "or twelve whole months, or all"},
           {"pounds", "in that time, mean of the replications"},
           {"ci_low", "95 % interval, lower end"},
           {"ci_high", "95 % interval, upper end"}},
          rows_by([&e](RowSink const& put) {
            for (auto const& p : e.pounds)
              put({e.arm, e.ledgers[p.ledger].name, e.ledgers[p.ledger].kind, p.dimension, p.value, p.when,
                   value_of(p.pounds), low_of(p.pounds), high_of(p.pounds)});
          })};
}

}  // namespace cwtsim::report
