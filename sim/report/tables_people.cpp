#include "cells.hpp"
#include "cwtsim/report/tables.hpp"

namespace cwtsim::report {

using experiment::Estimates;

Table staff_table(Estimates const& e) {
  return {
      "staff",
      "People of each role: whole-time equivalents, and people wanted by sessions, a week",
      {{"arm", "scenario with its interventions"},
       {"provider", "where"},
       {"role", "which"},
       {"posts", "whole-time equivalents, vacancies included"},
       {"in_post", "whole-time equivalents, mean of the days, those in training included"},
       {"ci_low", "95 % interval, lower end"},
       {"ci_high", "95 % interval, upper end"},
       {"in_training", "whole-time equivalents, mean of the days"},
       {"wanted", "people times sessions a week"},
       {"manned", "of these, by people of the role and provider"},
       {"stood_in", "of these, by people of other roles or providers"},
       {"lacking", "people missing at sessions that were cancelled, a week"},
       {"lacking_ci_low", "95 % interval, lower end"},
       {"lacking_ci_high", "95 % interval, upper end"},
       {"lent", "people of the role at sessions of other roles or providers, a week"}},
      rows_by([&e](RowSink const& put) {
        for (auto const& s : e.staff)
          put({e.arm, s.provider, s.role, s.posts, value_of(s.in_post), low_of(s.in_post), high_of(s.in_post),
               s.in_training, s.wanted_per_week, s.manned_per_week, s.stood_in_per_week, value_of(s.lacking_per_week),
               low_of(s.lacking_per_week), high_of(s.lacking_per_week), s.lent_per_week});
      })};
}

}  // namespace cwtsim::report
