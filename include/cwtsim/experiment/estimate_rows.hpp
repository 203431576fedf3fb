#pragma once
// The rows of Estimates. Those that tables show as they are declare their columns here, once.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "cwtsim/core/statistics.hpp"
#include "cwtsim/engine/result.hpp"
#include "cwtsim/experiment/columns.hpp"
#include "cwtsim/experiment/day_rows.hpp"
#include "cwtsim/experiment/month_rows.hpp"
#include "cwtsim/experiment/run_rows.hpp"
#include "cwtsim/experiment/tally.hpp"

namespace cwtsim::experiment {

/// How often a standard was met in a stratum over a span of time.
struct Attainment {
  std::size_t stratum = 0;
  Span span = Span::all;
  std::string when;
  std::optional<double> target;
  double patients = 0;
  std::optional<Estimate> attainment, probability_met;
  double patients_a_year = 0, breaches_a_year = 0;
  std::optional<std::uint64_t> more_to_meet_target;
  std::optional<double> range_low, range_high;

  template <class R = Attainment>
  static constexpr auto fields() {
    return std::tuple(
        hidden(&R::stratum, "in Estimates::strata"), hidden(&R::span, "of time"), hidden(&R::when, "its name"),
        Column{
            &R::target, "target", "share",
            "in force in the last month of the time; of all: empty where its years, or months of none, differ in it"},
        Column{&R::patients, "patients", "patients", "counted a replication, on average"},
        Column{&R::attainment, "attainment", "share", "that met the standard, pooled over replications", otherwise,
               "ci"},
        Column{&R::probability_met, "probability_met", "share",
               "of the replications (that counted anyone) that met the target; empty where there is no one target",
               otherwise, "probability_met"},
        Column{&R::patients_a_year, "patients_a_year", "patients a year",
               "counted; where the time is no year, in proportion to its days"},
        Column{&R::breaches_a_year, "breaches_a_year", "patients a year", "of those, beyond the limit"},
        Column{&R::more_to_meet_target, "more_to_meet_target", "patients a year",
               "of those breaches, the fewest that would have to be in time for the target"},
        Column{&R::range_low, "year_low", "share", "one such year in 40 may show less"},
        Column{&R::range_high, "year_high", "share", "one such year in 40 may show more"});
  }
};

/// What was recorded of a measure in a stratum over a span of time.
struct Measured {
  std::size_t stratum = 0;
  Span span = Span::all;
  std::string when;
  double patients = 0;
  std::optional<Estimate> mean, total;
  std::optional<double> target;
  std::optional<Estimate> probability_met;

  template <class R = Measured>
  static constexpr auto fields() {
    return std::tuple(
        hidden(&R::stratum, "in Estimates::measure_strata"), hidden(&R::span, "of time"),
        Column{&R::when, "month", "", "of the mark, or twelve whole months, or all"},
        Column{&R::patients, "patients", "values", "recorded a replication, on average"},
        Column{&R::mean, "mean", "as the measure", "of the values, pooled over replications; of a count 1", otherwise,
               "ci"},
        Column{&R::total, "total", "as the measure, a year",
               "of the values (where the time is none, in proportion to its days)", otherwise, "total_ci"},
        Column{
            &R::target, "target", "as the measure",
            "of the mean, in force in the last month; of all: empty where its years, or months of none, differ in it"},
        Column{&R::probability_met, "probability_met", "share", "of the replications whose mean met the target",
               otherwise, "probability_met"});
  }
};

/// How far apart groups are over the measured time: the mean of the replications; of the greatest less the least what
/// is left when chance is taken off.
struct GapBetween {
  bool of_measure = false;
  std::size_t of = 0;
  std::string name, by, from, to;
  std::uint64_t replications = 0;
  std::optional<Estimate> value;
  std::optional<double> shown, by_chance;

  template <class R = GapBetween>
  static constexpr auto fields() {
    return std::tuple(
        hidden(&R::of_measure, "or of a standard"), hidden(&R::of, "in Estimates::standards or measures"),
        Column{&R::name, "gap", "", "which"}, Column{&R::by, "by", "", "how the patients are divided"},
        Column{&R::from, "from", "", "the group that is taken off; least: the one with the least mean"},
        Column{&R::to, "to", "", "the group that it is taken off from; greatest: the one with the greatest mean"},
        hidden(&R::replications, "in which both groups were counted"),
        Column{&R::value, "value", "share, or as the measure",
               "difference, mean of the replications; of the greatest less the least free of chance", otherwise, "ci"},
        Column{&R::shown, "shown", "share, or as the measure",
               "the greatest less the least as a replication shows it, on average, with what chance adds"},
        Column{&R::by_chance, "by_chance", "share, or as the measure",
               "what a replication would show, on average, if the groups were alike"});
  }
};

/// Pounds of a ledger over a span of time, a replication; of interventions the same in every replication.
struct LedgerPounds {
  std::size_t ledger = 0;
  std::string dimension, value;
  Span span = Span::all;
  std::string when;
  std::optional<Estimate> pounds;

  template <class R = LedgerPounds>
  static constexpr auto fields() {
    return std::tuple(
        hidden(&R::ledger, "in Estimates::ledgers"),
        Column{&R::dimension, "dimension", "", "all, provider, step, resource, staff, measure, intervention or fund"},
        Column{&R::value, "value", "",
               "which of them; each is part of all, and all but interventions of their provider"},
        hidden(&R::span, "of time"), Column{&R::when, "month", "", "or twelve whole months, or all"},
        Column{&R::pounds, "pounds", "pounds", "in that time, mean of the replications", otherwise, "ci"});
  }
};

/// A stratum over a year of the measured time, whichever: the pool of all its whole years.
struct AnyYear {
  std::size_t stratum = 0;
  std::uint64_t years = 0;  ///< replications times years; 0: not estimable
  double patients = 0;      ///< a year
  std::optional<double> range_low, range_high;
};

/// Days from start to stop of those counted, over all measured months and replications.
struct Waits {
  std::size_t stratum = 0;
  std::optional<Estimate> median, p90;  ///< whole days; nothing if nobody was counted
  double mean = 0;
  std::vector<std::uint64_t> halves;  ///< by whole days; the last cell is all beyond
};

/// Open clocks at the end of a month.
struct OpenClocks {
  std::size_t stratum = 0;
  std::string month;
  std::optional<Estimate> open;
  std::vector<std::optional<Estimate>> beyond;  ///< by StandardName::long_waits
};

/// What a resource offered and what was used of it.
struct ResourceUse {
  std::string provider, name, kind, unit;
  double held_per_week = 0, cancelled_per_week = 0, offered_per_week = 0, other_work_per_week = 0;
  double used_per_week = 0, unused_per_week = 0, did_not_attend_per_week = 0, turned_away_per_week = 0;
  double held_days_per_week = 0, overrun_per_week = 0;
  std::optional<Estimate> utilisation, mean_wait_days, waiting_at_end;
  double longest_list = 0;
  std::optional<double> waiting_at_start;
  std::string grew_all_through;

  template <class R = ResourceUse>
  static constexpr auto fields() {
    using T = engine::ResourceTotals;
    return std::tuple(
        Column{&R::provider, "provider", "", "where"}, Column{&R::name, "resource", "", "which"},
        Column{&R::kind, "kind", "", "sessions, servers or meeting"},
        Column{&R::unit, "unit", "", "of the offered and used: slots, server hours or cases"},
        Column{&R::held_per_week, "held", "sessions a week", "or meetings", Told{&T::sessions, Per::week}},
        Column{&R::cancelled_per_week, "cancelled", "sessions a week", "without their staff",
               Told{&T::cancelled, Per::week}},
        Column{&R::offered_per_week, "offered", "units a week",
               "of sessions held (not on days closed, nor cancelled), what other work leaves"},
        Column{&R::other_work_per_week, "other_work", "units a week", "taken by other work, beside what is offered",
               Told{&T::other_work, Per::week}},
        Column{&R::used_per_week, "used", "units a week", "did-not-attends included"},
        Column{&R::overrun_per_week, "overrun", "server hours a week",
               "of the used: while more were in use than open, as work went on after closing"},
        Column{&R::unused_per_week, "unused", "units a week", "of the offered"},
        Column{&R::did_not_attend_per_week, "did_not_attend", "patients a week", "who did not come to their slot",
               Told{&T::did_not_attend, Per::week}},
        Column{&R::turned_away_per_week, "turned_away", "patients a week", "for whom there was no room to wait",
               Told{&T::turned_away, Per::week}},
        Column{&R::held_days_per_week, "held_days", "patient-days a week",
               "on which those who are held, the next place being full, keep some of it"},
        Column{&R::utilisation, "utilisation", "share", "used (without overrun), of the offered", otherwise,
               "utilisation_ci"},
        Column{&R::mean_wait_days, "mean_wait_days", "days",
               "of those who started, from joining; outside a full list too", otherwise, "wait_ci"},
        Column{&R::waiting_at_end, "waiting_at_end", "patients", "on the list or outside it, mean of the replications",
               Told{&T::waiting_at_end, Per::replication}, "waiting_at_end_ci"},
        Column{&R::longest_list, "longest_list", "patients", "on the list or outside it, mean of the replications",
               Told{&T::longest_list, Per::replication}},
        Column{&R::waiting_at_start, "waiting_at_start", "patients",
               "likewise, when the measured time begins; of eight days or more"},
        Column{
            &R::grew_all_through, "grew_all_through", "",
            "yes: the list was longer after each quarter of that time, far beyond its noise and as fast to the end"});
  }
};

/// People of a role at a provider.
struct StaffUse {
  std::string provider, role;
  double posts = 0;
  std::optional<Estimate> in_post;
  double in_training = 0, wanted_per_week = 0, manned_per_week = 0, stood_in_per_week = 0;
  std::optional<Estimate> lacking_per_week;
  double absent_per_week = 0, used_up_per_week = 0, elsewhere_per_week = 0, lent_per_week = 0;

  template <class R = StaffUse>
  static constexpr auto fields() {
    using T = engine::StaffTotals;
    return std::tuple(Column{&R::provider, "provider", "", "where"}, Column{&R::role, "role", "", "which"},
                      Column{&R::posts, "posts", "whole-time equivalents", "mean of the days, vacancies included",
                             Told{&T::posts, Per::day}},
                      Column{&R::in_post, "in_post", "whole-time equivalents",
                             "mean of the days, those in training included", Told{&T::in_post, Per::day}, "ci"},
                      Column{&R::in_training, "in_training", "whole-time equivalents", "mean of the days",
                             Told{&T::in_training, Per::day}},
                      Column{&R::wanted_per_week, "wanted", "people times sessions a week", "when they open",
                             Told{&T::wanted, Per::week}},
                      Column{&R::manned_per_week, "manned", "people times sessions a week",
                             "of these, by people of the role and provider", Told{&T::manned, Per::week}},
                      Column{&R::stood_in_per_week, "stood_in", "people times sessions a week",
                             "of these, by people of other roles or providers", Told{&T::stood_in, Per::week}},
                      Column{&R::lacking_per_week, "lacking", "people a week",
                             "missing at sessions that were cancelled", Told{&T::lacking, Per::week}, "lacking_ci"},
                      Column{&R::absent_per_week, "absent", "people a week",
                             "of these: vacant, on leave, sick or in training", Told{&T::absent, Per::week}},
                      Column{&R::used_up_per_week, "used_up", "people a week",
                             "of these: at work, with no session of their week left", Told{&T::used_up, Per::week}},
                      Column{&R::elsewhere_per_week, "elsewhere", "people a week",
                             "of these: in another session at that hour", Told{&T::elsewhere, Per::week}},
                      Column{&R::lent_per_week, "lent", "people times sessions a week",
                             "of the role, at sessions of other roles or providers", Told{&T::lent, Per::week}});
  }
};

/// What a rule did at a provider.
struct RuleUse {
  std::string rule, kind, resource, provider;
  double looked = 0, begun = 0;
  std::optional<Estimate> share_in_force;
  double sessions = 0, slots = 0;
  std::optional<Estimate> moved_from;
  double moved_to = 0;

  template <class R = RuleUse>
  static constexpr auto fields() {
    using T = engine::RuleTotals;
    return std::tuple(Column{&R::rule, "rule", "", "which"}, Column{&R::kind, "kind", "", "move or capacity"},
                      Column{&R::resource, "resource", "", "whose lists it looks at"},
                      Column{&R::provider, "provider", "", "where"},
                      Column{&R::looked, "looked", "times a replication", "it looked at the lists",
                             Told{&T::looked, Per::replication}},
                      Column{&R::begun, "begun", "times a replication", "capacity: it was decided on",
                             Told{&T::begun, Per::replication}},
                      Column{&R::share_in_force, "share_in_force", "share", "capacity: of the measured time",
                             Told{&T::in_force, Per::measured_time}},
                      Column{&R::sessions, "sessions", "sessions a replication", "capacity: held in that time",
                             Told{&T::sessions, Per::replication}},
                      Column{&R::slots, "slots", "slots a replication", "capacity: of these sessions",
                             Told{&T::slots, Per::replication}},
                      Column{&R::moved_from, "moved_from", "patients a replication", "move: from here",
                             Told{&T::moved_from, Per::replication}},
                      Column{&R::moved_to, "moved_to", "patients a replication", "move: to here",
                             Told{&T::moved_to, Per::replication}});
  }
};

/// The visits of a step ("pathway/step") at a provider, and its share of all days: those of patients but for the time
/// while branches are under way, and those of the branches.
struct StepUse {
  std::string step, provider;
  double visits = 0, finished = 0;
  std::optional<double> mean_wait_days, mean_service_days, mean_stay_days;
  double gave_up = 0;
  std::optional<double> share_of_waiting, share_of_days;
  double waiting_at_end = 0;

  template <class R = StepUse>
  static constexpr auto fields() {
    using T = engine::StepTotals;
    return std::tuple(
        Column{&R::step, "step", "", "pathway and step"}, Column{&R::provider, "provider", "", "where"},
        Column{&R::visits, "visits", "times a replication", "the step started", Told{&T::starts, Per::replication}},
        Column{&R::finished, "finished", "times a replication", "it was finished",
               Told{&T::finished, Per::replication}},
        Column{&R::mean_wait_days, "mean_wait_days", "days",
               "of those who started, from joining; outside a full list too"},
        Column{&R::mean_service_days, "mean_service_days", "days",
               "of those who finished, from starting; interruptions left out"},
        Column{&R::mean_stay_days, "mean_stay_days", "days",
               "of those who went on, from starting; with the days held because the next place was full"},
        Column{&R::gave_up, "gave_up", "times a replication", "a patient gave up waiting",
               Told{&T::gave_up, Per::replication}},
        Column{&R::share_of_waiting, "share_of_waiting", "share", "of all days on lists or outside them, anywhere"},
        Column{&R::share_of_days, "share_of_days", "share",
               "of all days; of those with branches under way, the days of the branches"},
        Column{&R::waiting_at_end, "waiting_at_end", "patients",
               "on the list or outside it, or until a group is together; mean of the replications",
               Told{&T::waiting_at_end, Per::replication}});
  }
};

/// How often a standard was met in one replication, in a stratum, over a whole year or the rest.
struct ReplicationCount {
  std::uint64_t replication = 0;
  std::size_t stratum = 0;
  std::string year;
  std::uint64_t met = 0, counted = 0;

  template <class R = ReplicationCount>
  static constexpr auto fields() {
    return std::tuple(
        hidden(&R::replication, "its number"), hidden(&R::stratum, "in Estimates::strata"),
        Column{
            &R::year, "year", "",
            "twelve whole months; rest: the months of none; all, where there is no whole year: each month is in one"},
        Column{&R::met, "met", "halves of patients", "of those counted, who met the standard"},
        Column{&R::counted, "counted", "halves of patients",
               "whose clock stopped; whoever two providers share is a half at each; no row: 0"});
  }
};

/// Observed beside simulated; over the observed months where these were measured, else over all measured time (patients
/// then in proportion to the days).
struct Comparison {
  std::string standard, dimension, value;
  bool same_months = false;
  std::optional<double> observed_attainment, observed_patients;
  std::optional<Estimate> attainment, patients;
  std::string observed_months{}, simulated_months{};  ///< "2026-10", "2026-04 to 2027-03"
};

}  // namespace cwtsim::experiment
