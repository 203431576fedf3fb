#pragma once
// The fields of staff: a part of the one declaration in describe.hpp.

#include "cwtsim/scenario/doc.hpp"

namespace cwtsim::scenario {

template <class V>
void describe(V& v, Trainer& t) {
  v.about("trainer", "Who trains those who are new.");
  v.field("role", t.role,
          Doc{.text = "a staff role of the same provider", .example = "\"consultant\"", .required = true});
  v.field("sessions_per_week", t.sessions_per_week,
          Doc{.text = "of theirs that each trainee takes", .example = "1", .required = true, .min = 0, .max = 21});
}

template <class V>
void describe(V& v, Staff& s) {
  v.about("staff role", "People that sessions need.");
  v.field("whole_time_equivalents", s.whole_time_equivalents,
          Doc{.text = "posts, in whole-time equivalents", .example = "6.5", .required = true, .min = 0, .max = 1e6});
  v.field("sessions_per_week", s.sessions_per_week,
          Doc{.text = "of one whole-time equivalent", .example = "10", .min = 0, .max = 21});
  v.field("leave", s.leave, Doc{.text = "share of working days", .example = "0.14", .min = 0, .max = 1});
  v.field("sickness", s.sickness, Doc{.text = "share of the rest", .example = "0.05", .min = 0, .max = 1});
  v.field("vacancy", s.vacancy, Doc{.text = "share of the posts", .example = "0.1", .min = 0, .max = 1});
  v.field("costs", s.costs,
          Doc{.text = "pounds by ledger a year for each whole-time equivalent in post",
              .example = "{\"cash\": 62000}",
              .min = 0,
              .max = most_cost});
  v.field("leavers_per_year", s.leavers_per_year,
          Doc{.text = "share of those in post who leave in a year", .example = "0.12", .min = 0, .max = 12});
  v.field("recruited_after", s.recruited_after,
          Doc{.text = "from leaving until somebody new starts, in whole days", .example = "\"90 days\""});
  v.field(
      "trained_after", s.trained_after,
      Doc{.text = "from starting until they man sessions, in whole days; absent: at once", .example = "\"26 weeks\""});
  v.field("trainer", s.trainer, Doc{.text = "whose sessions their training takes"});
  v.field("new_posts", s.new_posts,
          Doc{.text = "how posts begin that a dated lever adds: filled, or vacant and then recruited",
              .example = "\"recruited\""});
  v.field("stands_in_for", s.stands_in_for,
          Doc{.text = "roles of the same provider: a session that lacks one of them takes these people instead",
              .example = "[\"radiologist\"]"});
  v.field(
      "covers", s.covers,
      Doc{.text = "providers whose sessions they man when these lack the role", .example = "[\"north\", \"south\"]"});
  v.evidence(s.evidence);
}

}  // namespace cwtsim::scenario
