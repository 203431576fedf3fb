#pragma once
// The second half of the declaration: pathways, standards, observed figures and the scenario itself.

#include "cwtsim/scenario/describe.hpp"

namespace cwtsim::scenario {

template <class V>
void describe(V& v, DidNotAttend& d) {
  v.about("did-not-attend", "Patients who do not come: the slot is used up and they are booked again.");
  v.field("share", d.share,
          Doc{.text = "share of appointments", .example = "0.05", .required = true, .min = 0, .max = 1});
  v.field("odds", d.odds,
          Doc{.text = "factors by name: the odds of missing, share / (1 - share), are multiplied by their product",
              .example = "{\"reminders\": 0.7}",
              .min = 0,
              .max = largest_factor});
  v.field("rebook", d.rebook, Doc{.text = "time until the patient joins the list again", .example = "\"3 days\""});
  v.field("up_to", d.up_to,
          Doc{.text = "so many times, then `then`; absent: without limit", .example = "2", .min = 1, .max = 1000});
  v.field("then", d.then, Doc{.text = "the step after the last one", .example = "\"discharged\""});
  v.field("adjusts", d.adjusts,
          Doc{.text = "name of a clock adjustment: the clock restarts on the day of rebooking",
              .example = "\"first_dna\""});
}

template <class V>
void describe(V& v, GivesUp& g) {
  v.about("giving up", "Leaves the queue of a step after a wait, or a delay before it is over, for another step.");
  v.field("after", g.after,
          Doc{.text = "the wait, or the time since the start of the delay",
              .example = "{\"exponential\": {\"mean\": \"300 days\"}}",
              .required = true});
  v.field("times", g.times,
          Doc{.text = "factors by name: the wait is multiplied by their product",
              .example = "{\"awareness\": 0.9}",
              .min = 0,
              .max = largest_factor});
  v.field("then", g.then, Doc{.text = "the step it leads to", .example = "\"withdrawn\"", .required = true});
}

template <class V>
// NOLINTNEXTLINE(readability-function-size): a list, a line a field
void describe(V& v, Step& s) {
  v.about("step", "One thing that happens to a patient.");
  v.kind("kind", s.kind, Doc{.text = "what it is", .example = "\"appointment\"", .required = true});
  v.field("label", s.label, Doc{.text = "its name in reports", .example = "\"CT scan\""});
  v.field("takes", s.takes,
          Doc{.text = "how long it takes", .example = "\"30 min\"", .kinds = steps(&StepRecord::takes_time)});
  v.field("times", s.times,
          Doc{.text = "factors by name: the length of time drawn for `takes` is multiplied by their product",
              .example = "{\"deprivation\": {\"by\": [\"deprivation\"], \"most\": 1.3, \"otherwise\": 1}}",
              .min = 0,
              .max = largest_factor,
              .kinds = steps(&StepRecord::takes_time)});
  v.either(
      "counts", s.working_days, "days", "working days",
      Doc{.text = "which days count", .example = "\"working days\"", .kinds = steps(&StepRecord::in_working_days)});
  v.needs("needs", s.needs,
          Doc{.text = "the resource it waits for, or resources and how many; the first of kind sessions (else the "
                      "first) is waited for",
              .example = "{\"theatre\": 1, \"surgeon\": 1}",
              .min = 1,
              .max = 1000,
              .kinds = steps(&StepRecord::waits_on_list)});
  v.field("then", s.then,
          Doc{.text = "the next step, or next steps and their shares",
              .example = "{\"mdt\": 0.3, \"discharged\": 0.7}",
              .min = 0,
              .max = 1,
              .kinds = steps(&StepRecord::leads_on)});
  v.field(
      "odds", s.odds,
      Doc{.text = "factors by next step and by name: its share in `then` is multiplied by the product of its factors, "
                  "then all shares are scaled to sum to 1",
          .example = "{\"refer\": {\"campaign\": 1.2}}",
          .min = 0,
          .max = largest_factor,
          .kinds = steps(&StepRecord::leads_on)});
  v.field("repeats", s.repeats,
          Doc{.text = "how many times in all, or numbers with shares",
              .example = "{\"5\": 0.6, \"15\": 0.4}",
              .min = 0,
              .max = 1,
              .kinds = steps(&StepRecord::may_repeat),
              .whole_keys = true});
  v.field("every", s.every,
          Doc{.text = "with `repeats`: from the start of one to joining the list for the next",
              .example = "\"21 days\"",
              .kinds = steps(&StepRecord::may_repeat)});
  v.field("did_not_attend", s.did_not_attend,
          Doc{.text = "patients who do not come", .kinds = steps(&StepRecord::may_be_missed)});
  v.field("gives_up", s.gives_up,
          Doc{.text = "ways of leaving the queue after a wait, or a delay before it is over, by name",
              .kinds = steps(&StepRecord::may_be_given_up)});
  v.field("when_full", s.when_full,
          Doc{.text = "step for those whom a full waiting room turns away",
              .example = "\"elsewhere\"",
              .kinds = steps(&StepRecord::waits_on_list)});
  v.field("priority", s.priority,
          Doc{.text = "class in priority order, 0 first",
              .example = "1",
              .min = 0,
              .max = 15,
              .kinds = steps(&StepRecord::waits_on_list)});
  v.field("on_joining", s.on_joining,
          Doc{.text = "milestones reached when the patient arrives at the step", .example = "\"decided_to_treat\""});
  v.field("on_start", s.on_start, Doc{.text = "milestones reached when it starts", .example = "\"treated\""});
  v.field("on_finish", s.on_finish, Doc{.text = "milestones reached when it is finished", .example = "\"informed\""});
  v.field(
      "finds", s.finds,
      Doc{.text = "attributes that progress: when the step is finished, before all else, they take the level reached",
          .example = "[\"stage\"]",
          .kinds = steps(&StepRecord::leads_on)});
  v.field("sets", s.sets,
          Doc{.text = "attributes set when it is finished, before the next step is chosen",
              .example = "{\"cancer\": \"yes\"}",
              .min = 0,
              .max = 1});
  v.field("pauses", s.pauses,
          Doc{.text = "name of a clock adjustment: the days that the step takes do not count",
              .example = "\"patient_choice\"",
              .kinds = steps(&StepRecord::may_pause_clocks)});
  v.field("costs", s.costs,
          Doc{.text = "pounds by ledger for each start",
              .example = "{\"cash\": 120}",
              .min = 0,
              .max = most_cost,
              .kinds = steps(&StepRecord::leads_on)});
  v.field("together", s.together,
          Doc{.text = "how many go on together, as soon as so many are there",
              .example = "8",
              .required = true,
              .min = 1,
              .max = 10'000,
              .kinds = steps(&StepRecord::gathers)});
  v.field("wait_at_most", s.wait_at_most,
          Doc{.text = "how long the first of them waits at most: then those who are there go on; absent: until there "
                      "are enough",
              .example = "\"14 days\"",
              .kinds = steps(&StepRecord::gathers)});
  v.field("starts", s.starts,
          Doc{.text = "first step of each branch, with its probability",
              .example = "{\"ct\": 1, \"biopsy\": 0.8}",
              .required = true,
              .min = 0,
              .max = 1,
              .kinds = steps(&StepRecord::branches)});
  v.field("joins_at", s.joins_at,
          Doc{.text = "the step at which the branches join",
              .example = "\"mdt\"",
              .required = true,
              .kinds = steps(&StepRecord::branches)});
  v.field("to", s.to,
          Doc{.text = "the provider, or providers and shares",
              .example = "\"tertiary_centre\"",
              .required = true,
              .min = 0,
              .max = 1,
              .kinds = steps(&StepRecord::moves)});
  v.field("pathway", s.pathway,
          Doc{.text = "the pathway it continues with",
              .example = "\"treatment\"",
              .required = true,
              .kinds = steps(&StepRecord::continues)});
  v.evidence(s.evidence);
}

template <class V>
void describe(V& v, Pathway& p) {
  v.about("pathway", "A graph of steps for one suspected condition.");
  v.field("summary", p.summary, Doc{.text = "what it is, for the reader", .example = "\"Suspected lung cancer\""});
  v.field("start", p.start, Doc{.text = "its first step", .example = "\"triage\"", .required = true});
  v.field("steps", p.steps, Doc{.text = "its steps by name", .required = true});
}

template <class V>
void describe(V& v, Standard& s) {
  v.about("standard", "A clock, and the share that must stop in time.");
  v.field("label", s.label, Doc{.text = "its name in reports", .example = "\"28-day faster diagnosis\""});
  v.field(
      "starts", s.starts,
      Doc{.text = "milestones; the first that comes starts the clock", .example = "[\"referred\"]", .required = true});
  v.field("stops", s.stops,
          Doc{.text = "milestones; the first that comes stops it", .example = "[\"informed\"]", .required = true});
  v.field("excluded_by", s.excluded_by,
          Doc{.text = "milestones that end the clock without being counted", .example = "[\"died\"]"});
  v.field(
      "breach_if_late", s.breach_if_late,
      Doc{.text = "milestones that end it: counted, as a breach, only beyond the limit", .example = "[\"withdrawn\"]"});
  v.field("for", s.only_when,
          Doc{.text = "attributes and the levels it holds for, judged when the clock starts",
              .example = "{\"cancer\": \"yes\"}"});
  v.days("limit", s.limit_days,
         Doc{.text = "longest wait that meets it", .example = "\"28 days\"", .required = true, .max = 1500});
  v.targets("target", s.targets,
            Doc{.text = "share that should meet it, or dates and shares from then on",
                .example = "{\"2026-04-01\": 0.8}",
                .min = 0,
                .max = 1});
  v.field(
      "credited_to", s.credited_to,
      Doc{.text = "the provider whose patient it is: where the clock started, stopped, or shared by the handover rule",
          .example = "\"at_stop\""});
  v.nested("sharing", Doc{.text = "the handover rule of a shared patient"}, [&](auto& w) {
    w.about("sharing", "The handover rule of a shared patient.");
    w.days("handover_by", s.handover_by_days,
           Doc{.text = "handed over by this day", .example = "\"38 days\"", .max = 1500});
    w.days("treat_within", s.treat_within_days,
           Doc{.text = "treated within so many days of the handover", .example = "\"24 days\"", .max = 1500});
  });
  v.field("adjustments", s.adjustments,
          Doc{.text = "names of the clock adjustments that it allows", .example = "[\"first_dna\"]"});
  v.field("by", s.by,
          Doc{.text = "strata to report: \"provider\", \"group\", attributes, or pairs of them",
              .example = "[\"provider\", \"provider+tumour\"]"});
  v.days("long_waits", s.long_waits,
         Doc{.text = "open clocks beyond these days are counted in the waiting list",
             .example = "[\"62 days\", \"104 days\"]",
             .max = 1500});
  v.field("gaps", s.gaps, Doc{.text = "differences between the attainments of groups, by name"});
  v.evidence(s.evidence);
}

template <class V>
void describe(V& v, Observed& o) {
  constexpr char const* strata = "by stratum (\"all\", \"provider\", \"tumour\", \"provider+tumour\") and level";
  v.about("observed figures", "Published figures to hold the simulation against.");
  v.field("from", o.from,
          Doc{.text = "first day: of a month, or of the measured time", .example = "\"2024-04-01\"", .required = true});
  v.field("until", o.until,
          Doc{.text = "last day: of a month, or of the measured time", .example = "\"2025-03-31\"", .required = true});
  v.strata("attainment", o.attainment, Doc{.text = strata, .example = "{\"all\": 0.8}", .min = 0, .max = 1});
  v.strata("patients", o.patients, Doc{.text = strata, .example = "{\"all\": 1200}", .min = 0});
  v.evidence(o.evidence);
}

template <class V>
void describe(V& v, Scenario& s) {
  v.about("scenario", "Who is referred, what happens to them, and what there is to do it with.");
  v.handled_elsewhere("schema", "1",
                      Doc{.text = "version of the language; required in every file", .example = "1", .required = true});
  v.field("name", s.name, Doc{.text = "its name in reports", .example = "\"One clinic\"", .required = true});
  v.field("summary", s.summary, Doc{.text = "what it is, for the reader", .example = "\"A small clinic\""});
  v.handled_elsewhere(
      "extends", "file",
      Doc{.text = "a scenario file this one starts from; objects are merged, distributions and other values replaced, null removes",
          .example = "\"west-london.json\""});
  v.handled_elsewhere("include", "files",
                      Doc{.text = "files merged in this order, before this one", .example = "[\"parts/lung.json\"]"});
  v.field("horizon", s.horizon, Doc{.text = "which stretch of time is simulated", .required = true});
  v.field("limits", s.limits, Doc{.text = "bounds for an overloaded scenario"});
  v.field("experiment", s.experiment, Doc{.text = "how often it is run when the command line does not say"});
  v.field("attributes", s.attributes, Doc{.text = "what differs between patients, by name"});
  v.field("profiles", s.profiles, Doc{.text = "how arrivals vary over the year, week and day, by name"});
  v.field("demand", s.demand, Doc{.text = "where referrals come from, by name"});
  v.field("waiting", s.waiting, Doc{.text = "patients in the system at the start, by name"});
  v.handled_elsewhere("resources", "resources",
                      Doc{.text = "templates: a provider's resource of the same name starts from it"});
  v.field("providers", s.providers, Doc{.text = "trusts and other sites, by name", .required = true});
  v.field("pathways", s.pathways, Doc{.text = "graphs of steps, by name", .required = true});
  v.field("standards", s.standards, Doc{.text = "the clocks, by name"});
  v.field("measures", s.measures, Doc{.text = "what else is recorded of patients, by name"});
  v.field("rules", s.rules, Doc{.text = "what is done when lists grow long, by name"});
  v.field("ledgers", s.ledgers, Doc{.text = "accounts to which costs are added up, by name"});
  v.handled_elsewhere("with", "lever sets",
                      Doc{.text = "lever files written out, pulled in this order before those of the command line"});
  v.field("observed", s.observed, Doc{.text = "published figures, by standard"});
}

}  // namespace cwtsim::scenario
