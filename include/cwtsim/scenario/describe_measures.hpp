#pragma once
// The declaration of measures: what is recorded of patients beside their clocks.

#include "cwtsim/scenario/doc.hpp"

namespace cwtsim::scenario {

template <class V>
void describe(V& v, Hazard& h) {
  v.about("hazard", "A chance of survival S becomes S^(ratio^(days beyond / per)) after a delay.");
  v.field("since", h.since,
          Doc{.text = "milestone: the delay runs from the first of the patient; whoever has none had no delay",
              .example = "\"decided_to_treat\"",
              .required = true});
  v.days("beyond", h.beyond_days, Doc{.text = "so long does no harm", .example = "\"31 days\"", .max = 1500});
  v.days("per", h.per_days,
         Doc{.text = "the ratio holds for each so long", .example = "\"28 days\"", .min = 1, .max = 1500});
  v.field("ratio", h.ratio,
          Doc{.text = "hazard ratio, for each `per` of delay",
              .example = "1.08",
              .required = true,
              .min = 0.01,
              .max = 100});
}

template <class V>
void describe(V& v, Gap& g) {
  v.about("gap", "How far apart groups are: one level less another, or the greatest less the least.");
  v.field("by", g.by,
          Doc{.text = "one of the strata that are reported", .example = "\"deprivation\"", .required = true});
  v.field("from", g.from, Doc{.text = "the level that is taken off", .example = "\"most\""});
  v.field("to", g.to, Doc{.text = "the level that it is taken off from", .example = "\"least\""});
  v.field("at_least", g.at_least,
          Doc{.text = "instead of `from` and `to`: greatest less least of the levels with so many patients counted",
              .example = "50",
              .min = 1,
              .max = 1e9});
}

template <class V>
void describe(V& v, Measure& m) {
  v.about(
      "measure",
      "Something recorded of a patient whenever a milestone is reached: a value, days since a milestone, how often a "
      "milestone was reached, "
      "or a count.");
  v.field("label", m.label, Doc{.text = "its name in reports", .example = "\"Diagnosed at stage 1 or 2\""});
  v.field("on", m.on,
          Doc{.text = "milestones; it is recorded whenever one of them is reached",
              .example = "\"diagnosed\"",
              .required = true});
  v.field("for", m.only_when,
          Doc{.text = "attributes and the levels it is recorded for, judged at that moment",
              .example = "{\"cancer\": \"yes\"}"});
  v.field("value", m.value,
          Doc{.text = "what is recorded; without `value`, `days_since` and `number_of` patients are counted",
              .example = "{\"by\": [\"stage\"], \"1\": 1, \"2\": 1, \"otherwise\": 0}",
              .min = 0,
              .max = most_value});
  v.field(
      "days_since", m.days_since,
      Doc{.text = "or whole days from the patient's first milestone of that name; not recorded where there was none",
          .example = "\"referred\""});
  v.field("number_of", m.number_of,
          Doc{.text = "or how often the patient has reached the milestone of that name by then, this moment included",
              .example = "\"visited\""});
  v.field(
      "unit", m.unit,
      Doc{.text = "of the value, for reports; \"share\": between 0 and 1, shown in per cent", .example = "\"share\""});
  v.field("hazard", m.hazard, Doc{.text = "with `value`, a chance of survival: what a delay makes of it"});
  v.field("by", m.by,
          Doc{.text = "strata to report: \"provider\", \"group\", attributes, or pairs of them",
              .example = "[\"provider\", \"deprivation\"]"});
  v.targets("target", m.targets,
            Doc{.text = "mean that should be reached, or dates and means from then on",
                .example = "{\"2028-04-01\": 0.75}",
                .min = 0,
                .max = most_value});
  v.field("target_is", m.target_is, Doc{.text = "on which side of the target is good", .example = "\"at_most\""});
  v.field("gaps", m.gaps, Doc{.text = "differences between the means of groups, by name"});
  v.field("ledger", m.ledger, Doc{.text = "the values are pounds, and go into this ledger too", .example = "\"cash\""});
  v.evidence(m.evidence);
}

}  // namespace cwtsim::scenario
