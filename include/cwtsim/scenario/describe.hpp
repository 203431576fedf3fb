#pragma once
// The one declaration of every field of a scenario file: reading, defaults, unknown-key suggestions, the JSON Schema
// and the field reference all come from here. A visitor V has: about, kind, field, days, either, rate, exactly_one,
// openings, needs, targets, strata, nested, evidence, stands_alone and handled_elsewhere.

#include "cwtsim/scenario/doc.hpp"

namespace cwtsim::scenario {

// Frame --------------------------------------------------------------------------------------------------------------

template <class V>
void describe(V& v, Horizon& h) {
  v.about("horizon", "Which stretch of time is simulated.");
  v.field("starts", h.starts,
          Doc{.text = "first moment of simulated time", .example = "\"2026-04-01\"", .required = true});
  v.field("warm_up", h.warm_up, Doc{.text = "left out of every measure", .example = "\"26 weeks\""});
  v.field("run_for", h.run_for,
          Doc{.text = "measured time after the warm-up", .example = "\"1 year\"", .required = true});
  v.field("resolution", h.resolution,
          Doc{.text = "length of a tick: 0.1 s to 60 min, a whole fraction of an hour", .example = "\"1 min\""});
  v.field("bank_holidays", h.bank_holidays, Doc{.text = "which bank holidays are kept", .example = "\"england\""});
}

template <class V>
void describe(V& v, Limits& l) {
  v.about("limits", "Bounds that turn a hopelessly overloaded scenario into a reported outcome.");
  v.field("max_in_system", l.max_in_system,
          Doc{.text = "patients and their parallel branches at one time", .example = "2000000", .min = 1, .max = 1e8});
  v.field("max_events", l.max_events,
          Doc{.text = "events of one replication", .example = "20000000000", .min = 1, .max = 1e15});
}

template <class V>
void describe(V& v, Experiment& e) {
  v.about("experiment", "How often it is run when the command line does not say.");
  v.field("replications", e.replications, Doc{.text = "independent runs", .example = "20", .min = 1, .max = 1e6});
  v.field("seed", e.seed, Doc{.text = "seed of the random draws", .example = "1", .min = 0, .max = 9e15});
}

template <class V>
void describe(V& v, Progress& p) {
  v.about("progress", "A level that turns into another one after a time, unseen until a step finds it.");
  v.field("after", p.after,
          Doc{.text = "how long a patient stays at this level",
              .example = "{\"exponential\": {\"mean\": \"400 days\"}}",
              .required = true});
  v.field("to", p.to, Doc{.text = "the level that follows", .example = "\"late\"", .required = true});
}

template <class V>
void describe(V& v, Attribute& a) {
  v.about("attribute", "Something that differs between patients, with its levels.");
  v.field("levels", a.levels, Doc{.text = "its levels", .example = "[\"yes\", \"no\"]", .required = true});
  v.field(
      "shares", a.shares,
      Doc{.text = "how it is drawn at referral; a stream may say otherwise", .example = "{\"yes\": 0.1, \"no\": 0.9}"});
  v.field(
      "odds", a.odds,
      Doc{.text = "factors by level and by name: a level's share is multiplied by the product of its factors, then all "
                  "are scaled to sum to 1",
          .example = "{\"late\": {\"deprivation\": 1.2}}",
          .min = 0,
          .max = largest_factor});
  v.field("progresses", a.progresses,
          Doc{.text = "by level: it turns into another one after a time from arrival, which tables see once a step "
                      "`finds` it"});
  v.field("summary", a.summary, Doc{.text = "what it is, for the reader", .example = "\"Tumour group\""});
  v.evidence(a.evidence);
}

template <class V>
void describe(V& v, Profile& p) {
  v.about("profile", "Relative rates of arrival; each list is scaled so that its mean is 1.");
  v.field("months", p.months,
          Doc{.text = "rate of each month",
              .example = "{\"jan\": 1.1, ...}",
              .min = 0,
              .keys = "jan feb mar apr may jun jul aug sep oct nov dec"});
  v.field("weekdays", p.weekdays,
          Doc{.text = "rate of each day of the week",
              .example = "{\"mon\": 1.2, ...}",
              .min = 0,
              .keys = "mon tue wed thu fri sat sun"});
  v.field("hours", p.hours,
          Doc{.text = "rate of each hour of the day",
              .example = "{\"00\": 0.2, ...}",
              .min = 0,
              .keys = "00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23"});
  v.field("holidays", p.holidays,
          Doc{.text = "factor on bank holidays, on top of the weekday's", .example = "0.1", .min = 0});
  v.evidence(p.evidence);
}

// Demand -------------------------------------------------------------------------------------------------------------

template <class V>
void describe(V& v, Timetable& t) {
  v.about("timetable", "A fixed timetable of arrivals.");
  v.field("on", t.on, Doc{.text = "days of the week: \"daily\", \"mon-fri\", \"mon,thu\"", .example = "\"mon-fri\""});
  v.field("at", t.at, Doc{.text = "times of day", .example = "[\"09:00\", \"14:00\"]", .required = true});
  v.field("patients", t.patients, Doc{.text = "patients at each time", .example = "1", .min = 1, .max = 1e6});
}

template <class V>
void describe(V& v, Stream& s) {
  constexpr char const* either_way = "patients; a number with `provider`, or an object by provider";
  v.about("stream", "Where referrals come from, and how many.");
  v.field("summary", s.summary, Doc{.text = "what it is, for the reader", .example = "\"Urgent referrals by GPs\""});
  v.field("pathway", s.pathway, Doc{.text = "the pathway its patients enter", .example = "\"lung\"", .required = true});
  v.field("provider", s.provider,
          Doc{.text = "where they are referred to, if it is one place", .example = "\"hospital\""});
  v.rate("per_year", s.volume, s.unit, VolumeUnit::year, s.provider,
         Doc{.text = either_way, .example = "1200", .min = 0});
  v.rate("per_month", s.volume, s.unit, VolumeUnit::month, s.provider,
         Doc{.text = either_way, .example = "100", .min = 0});
  v.rate("per_week", s.volume, s.unit, VolumeUnit::week, s.provider,
         Doc{.text = either_way, .example = "42", .min = 0});
  v.rate("per_day", s.volume, s.unit, VolumeUnit::day, s.provider, Doc{.text = either_way, .example = "6", .min = 0});
  v.rate("per_hour", s.volume, s.unit, VolumeUnit::hour, s.provider,
         Doc{.text = either_way, .example = "1.5", .min = 0});
  v.field("timetable", s.timetable, Doc{.text = "fixed arrivals instead of a volume; needs `provider`"});
  v.exactly_one("per_year per_month per_week per_day per_hour timetable", "it says how many patients come");
  v.field("volumes_from", s.volumes_from,
          Doc{.text = "the 12 months from here have these volumes; default: the first measured day",
              .example = "\"2024-04-01\""});
  v.field("growth_per_year", s.growth_per_year,
          Doc{.text = "0.04 is 4 % a year, compound", .example = "0.04", .min = -0.9, .max = 10});
  v.field("profile", s.profile,
          Doc{.text = "the profile of its arrivals; absent: an even rate", .example = "\"weekdays\""});
  v.field("batch", s.batch,
          Doc{.text = "patients in one arrival: they come together, and are no more; may depend on the provider",
              .example = "2",
              .min = 1,
              .max = 1e6});
  v.field("batch_sizes", s.batch_sizes,
          Doc{.text = "or sizes with shares",
              .example = "{\"1\": 0.5, \"3\": 0.5}",
              .min = 0,
              .max = 1,
              .whole_keys = true});
  v.field("attributes", s.attributes,
          Doc{.text = "attributes of its patients: a level, or shares",
              .example = "{\"tumour\": \"lung\"}",
              .min = 0,
              .max = 1});
  v.field("milestones", s.milestones,
          Doc{.text = "milestones reached at the moment of arrival", .example = "[\"referred\"]"});
  v.evidence(s.evidence);
}

template <class V>
void describe(V& v, WaitingRow& r) {
  constexpr char const* of_list = "absent: as in its list";
  v.about("row of a waiting list", "One of those who wait at the start, or several of whom the same is known.");
  v.field("patients", r.patients, Doc{.text = "how many", .example = "3", .min = 0, .max = 1e8});
  v.field("referred", r.referred, Doc{.text = "day of arrival, for the clocks", .example = "\"2026-02-17\""});
  v.field("waited", r.waited, Doc{.text = "or the time since then; whole days count", .example = "\"43 days\""});
  v.exactly_one("referred waited", "it says how long they have waited");
  v.field("listed", r.listed,
          Doc{.text = "day on which they joined the list of their step", .example = "\"2026-03-02\""});
  v.field("on_list", r.on_list, Doc{.text = "or the time since then; whole days count", .example = "\"30 days\""});
  v.field("missed", r.missed, Doc{.text = of_list, .example = "1", .min = 0, .max = 1000});
  v.field("like", r.like, Doc{.text = of_list, .example = "\"gp_urgent\""});
  v.field("provider", r.provider, Doc{.text = of_list, .example = "\"hospital\""});
  v.field("pathway", r.pathway, Doc{.text = of_list, .example = "\"lung\""});
  v.field("step", r.step, Doc{.text = of_list, .example = "\"ct\""});
  v.field(
      "attributes", r.attributes,
      Doc{.text = "levels that are known; others are drawn as for the stream", .example = "{\"tumour\": \"lung\"}"});
}

template <class V>
void describe(V& v, Column& c) {
  v.about("column", "A column of a CSV file; where nothing else is said of it its name is enough.");
  v.field("column", c.name,
          Doc{.text = "its name in the first line of the file", .example = "\"Tumour site\"", .required = true});
  v.field("spelled", c.spelled,
          Doc{.text = "what its cells stand for, where they are spelled in another way than here",
              .example = "{\"LUNG\": \"lung\", \"Lung ca.\": \"lung\"}"});
}

template <class V>
void describe(V& v, Columns& c) {
  v.about("file of a waiting list", "Which of its columns say what; others are left alone, and told.");
  v.field(
      "referred", c.referred,
      Doc{.text = "day of arrival: 2026-03-01, 01/03/2026 (the day first), 01-MAR-2026; a time of day is left alone",
          .example = "\"Referral received\""});
  v.field("waited", c.waited, Doc{.text = "or the days since then", .example = "\"Days waiting\""});
  v.field("listed", c.listed, Doc{.text = "day of joining the list of their step", .example = "\"Added to list\""});
  v.field("on_list", c.on_list, Doc{.text = "or the days since then", .example = "\"Days on list\""});
  v.field("missed", c.missed, Doc{.text = "appointments of the step missed", .example = "\"DNAs\""});
  v.field("patients", c.patients, Doc{.text = "how many; absent: a row is a patient", .example = "\"Count\""});
  v.field("like", c.like, Doc{.text = "their stream", .example = "\"Source of referral\""});
  v.field("provider", c.provider, Doc{.text = "their provider", .example = "{\"column\": \"Site\", ...}"});
  v.field("pathway", c.pathway, Doc{.text = "their pathway", .example = "\"Pathway\""});
  v.field("step", c.step, Doc{.text = "the step they wait for", .example = "{\"column\": \"Next event\", ...}"});
  v.field("attributes", c.attributes,
          Doc{.text = "by attribute; an empty cell is drawn as for the stream",
              .example = "{\"tumour\": \"Tumour site\"}"});
}

template <class V>
void describe(V& v, Waiting& w) {
  v.about("waiting list at the start", "Patients already in the system at the start, with the days they have waited.");
  v.field("like", w.like,
          Doc{.text = "the stream whose attributes and milestones they share", .example = "\"gp_urgent\""});
  v.field("provider", w.provider, Doc{.text = "where they wait", .example = "\"hospital\""});
  v.field("pathway", w.pathway,
          Doc{.text = "the pathway they are in; absent: where the stream begins", .example = "\"lung\""});
  v.field("milestones", w.milestones,
          Doc{.text = "milestones reached so many days ago; absent: those of the stream", .example = "[\"referred\"]"});
  v.field("step", w.step, Doc{.text = "the step they wait for", .example = "\"ct\""});
  v.field("patients", w.patients,
          Doc{.text = "how many; with rows absent: as they say, else rows have their parts of it",
              .example = "120",
              .min = 0,
              .max = 1e8,
              .nearest = true});
  v.field("waited", w.waited,
          Doc{.text = "time since arrival, for the clocks",
              .example = "{\"uniform\": {\"from\": \"0 days\", \"to\": \"40 days\"}}"});
  v.field("on_list", w.on_list,
          Doc{.text = "how much of it on the list of their step, for giving up, promotion, notice and the wait of the "
                      "step; absent: all of it",
              .example = "\"20 days\""});
  v.field("missed", w.missed,
          Doc{.text = "appointments of the step missed before", .example = "1", .min = 0, .max = 1000});
  v.field("rows", w.rows, Doc{.text = "or one by one, or in groups", .example = "[{\"referred\": \"2026-02-17\"}]"});
  v.field(
      "file", w.file,
      Doc{.text = "or a CSV file with a row a patient, in the folder of this file or below", .example = "\"ptl.csv\""});
  v.exactly_one("waited rows file", "it says how long they have waited");
  v.field("columns", w.columns, Doc{.text = "with `file`: what its columns are called"});
  v.evidence(w.evidence);
}

// Providers ----------------------------------------------------------------------------------------------------------

template <class V>
void describe(V& v, Opening& o, ResourceKind kind) {
  bool const meets = kind == ResourceKind::meeting, servers = kind == ResourceKind::servers;
  v.about(meets     ? "meeting time"
          : servers ? "opening hours"
                    : "session",
          meets     ? "When a meeting takes place, and how many cases it takes."
          : servers ? "When servers are open, and how many."
                    : "When a session is held, and how many slots it has.");
  v.field("on", o.on, Doc{.text = "days of the week: \"daily\", \"mon-fri\", \"tue,thu\"", .example = "\"mon-fri\""});
  if (meets) {
    v.field("at", o.opens, Doc{.text = "time of day", .example = "\"14:00\"", .required = true});
  } else {
    v.field("opens", o.opens, Doc{.text = "time of opening", .example = "\"09:00\""});
    v.field("closes", o.closes,
            Doc{.text = "time of closing; at or before `opens`: on the next day", .example = "\"17:00\""});
  }
  v.field("every_weeks", o.every_weeks,
          Doc{.text = "2 is every second week, counted from the first week", .example = "2", .min = 1, .max = 520});
  auto const amount = record_of(kind).amount;
  if (meets)
    v.field(amount, o.amount, Doc{.text = "cases it takes; absent: all", .example = "25", .min = 0, .max = 1e6});
  else if (servers)
    v.field(amount, o.amount, Doc{.text = "servers open", .example = "3", .required = true, .min = 0, .max = 1e6});
  else
    v.field(
        amount, o.amount,
        Doc{.text = "slots of a session; absent where the resource has `per_week`",
            .example = "8",
            .min = 0,
            .max = 1e6,
            .mend =
                "A number a week that is not whole is written \"per_week\" at the resource, in place of \"slots\""});
}

template <class V>
// NOLINTNEXTLINE(readability-function-size): a list, a line a field
void describe(V& v, Resource& r) {
  v.about("resource", "What a step waits for.");
  v.field("at", r.at,
          Doc{.text = "it is the resource of that name at this other provider; then nothing else is said",
              .example = "\"hub\""});
  if (v.stands_alone("at", !r.at.empty())) return;
  v.kind("kind", r.kind, Doc{.text = "what it is", .example = "\"sessions\"", .required = true});
  v.field("label", r.label, Doc{.text = "its name in reports", .example = "\"CT scanner\""});
  v.field("order", r.order, Doc{.text = "who is taken next", .example = "\"arrival\""});
  v.field("promote_after", r.promote_after,
          Doc{.text = "in priority order: a class up for each such wait", .example = "\"14 days\""});
  v.field(
      "no_clock_due", r.no_clock_due,
      Doc{.text = "in breach-date order: due date of a patient on no clock, from joining", .example = "\"126 days\""});
  v.field("waiting_room", r.waiting_room,
          Doc{.text = "how many may wait; absent: without limit", .example = "12", .min = 0, .max = 1e7});
  v.field("when_full", r.when_full,
          Doc{.text = "what happens to those who find the waiting room full", .example = "\"turn_away\""});
  v.openings(r.openings, ResourceKind::sessions, Doc{.text = "its sessions by name"});
  v.field("per_week", r.per_week,
          Doc{.text = "slots a week, spread over the sessions; instead of `slots`",
              .example = "42.5",
              .min = 0,
              .max = 1e7,
              .kinds = only(ResourceKind::sessions)});
  v.field("notice", r.notice,
          Doc{.text = "a slot may be given only so long after joining",
              .example = "\"2 days\"",
              .kinds = only(ResourceKind::sessions)});
  v.field("other_work", r.other_work,
          Doc{.text = "share of the slots used by other work, drawn afresh each session",
              .example = "0.4",
              .min = 0,
              .max = 1,
              .kinds = only(ResourceKind::sessions)});
  v.field("staff", r.staff,
          Doc{.text = "people a session needs from its opening to its closing, by role",
              .example = "{\"radiographer\": 2}",
              .min = 1,
              .max = 1e4,
              .kinds = only(ResourceKind::sessions)});
  v.field("servers", r.servers,
          Doc{.text = "servers that are always open; instead of `hours`",
              .example = "4",
              .min = 0,
              .max = 1e6,
              .kinds = only(ResourceKind::servers)});
  v.openings(r.openings, ResourceKind::servers, Doc{.text = "its opening hours by name"});
  v.field("at_closing", r.at_closing,
          Doc{.text = "what happens to work in hand when a shift ends",
              .example = "\"finish\"",
              .kinds = only(ResourceKind::servers)});
  v.openings(r.openings, ResourceKind::meeting, Doc{.text = "its meeting times by name"});
  v.field(
      "cut_off", r.cut_off,
      Doc{.text = "papers must be in so long before", .example = "\"1 day\"", .kinds = only(ResourceKind::meeting)});
  v.field("holidays", r.holidays, Doc{.text = "whether it is open on bank holidays", .example = "\"closed\""});
  v.field("costs", r.costs,
          Doc{.text = "pounds by ledger for each session or meeting held, or for each server hour open",
              .example = "{\"cash\": 450}",
              .min = 0,
              .max = most_cost});
  v.evidence(r.evidence);
}

template <class V>
void describe(V& v, Provider& p) {
  v.about("provider", "A trust, community diagnostic centre, hub or independent site.");
  v.field("label", p.label, Doc{.text = "its name in reports", .example = "\"Hospital of St Elsewhere\""});
  v.field("group", p.group,
          Doc{.text = "integrated care board or other grouping, a dimension of the tables", .example = "\"north\""});
  v.field("resources", p.resources,
          Doc{.text = "its resources by name; one named as in the top-level `resources` starts from that"});
  v.field("staff", p.staff, Doc{.text = "its staff by role"});
}

}  // namespace cwtsim::scenario

#include "cwtsim/scenario/describe_distributions.hpp"
#include "cwtsim/scenario/describe_measures.hpp"
#include "cwtsim/scenario/describe_money.hpp"
#include "cwtsim/scenario/describe_pathways.hpp"
#include "cwtsim/scenario/describe_rules.hpp"
#include "cwtsim/scenario/describe_staff.hpp"
