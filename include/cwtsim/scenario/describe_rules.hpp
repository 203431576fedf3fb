#pragma once
// The fields of rules: a part of the one declaration in describe.hpp.

#include "cwtsim/scenario/doc.hpp"

namespace cwtsim::scenario {

template <class V>
void describe(V& v, Rule& r) {
  v.about("rule", "What is done when waiting lists are as it says, at set moments.");
  v.kind("kind", r.kind,
         Doc{.text = "move: patients go to a shorter list; capacity: sessions have more slots for a time",
             .example = "\"move\"",
             .required = true});
  v.field("resource", r.resource, Doc{.text = "whose lists are looked at", .example = "\"ct\"", .required = true});
  v.field("among", r.among,
          Doc{.text = "providers it holds for; absent: all that have the resource of their own",
              .example = "[\"north\", \"south\"]"});
  v.field("on", r.on, Doc{.text = "days of the week on which the lists are looked at", .example = "\"mon\""});
  v.field("at", r.at, Doc{.text = "time of day", .example = "\"08:00\""});
  v.field("every_weeks", r.every_weeks,
          Doc{.text = "2 is every second week, counted from the first week", .example = "2", .min = 1, .max = 520});
  v.field("takes", r.takes,
          Doc{.text = "until those who are moved join the list there, or until the capacity is there",
              .example = "\"3 days\""});
  v.field("when_gap", r.when_gap,
          Doc{.text = "while the longest expected wait exceeds the shortest by more than this",
              .example = "\"14 days\"",
              .required = true,
              .kinds = only(RuleKind::move)});
  v.field("at_most", r.at_most,
          Doc{.text = "patients moved at one time",
              .example = "10",
              .required = true,
              .min = 0,
              .max = 1e6,
              .kinds = only(RuleKind::move)});
  v.field("when_waiting", r.when_waiting,
          Doc{.text = "begins where the expected wait is longer",
              .example = "\"28 days\"",
              .required = true,
              .kinds = only(RuleKind::capacity)});
  v.field("until_waiting", r.until_waiting,
          Doc{.text = "ends where it is shorter; absent: as `when_waiting`",
              .example = "\"14 days\"",
              .kinds = only(RuleKind::capacity)});
  v.field("scale", r.scale,
          Doc{.text = "factor on the slots of each session while it holds",
              .example = "1.25",
              .required = true,
              .min = 0,
              .max = 100,
              .kinds = only(RuleKind::capacity)});
  v.evidence(r.evidence);
}

}  // namespace cwtsim::scenario
