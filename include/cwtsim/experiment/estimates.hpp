#pragma once
// What the replications say, by name: everything that the tables and the text need, without the model.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cwtsim/core/statistics.hpp"
#include "cwtsim/core/time.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::experiment {

/// One level of one cut of one standard (or measure): "fds", "provider", "imperial".
struct Stratum {
  std::size_t standard = 0;  ///< in Estimates::standards
  std::string dimension;     ///< "all", "provider", "tumour", "provider+tumour"
  std::string value;         ///< "all", "imperial", "imperial+lung"
  std::uint32_t index = 0;   ///< the model's stratum
};

struct StandardName {
  std::string name, label;
  int limit_days = 0;
  std::vector<std::int32_t> long_waits;  ///< days
};

/// How often a standard was met in a stratum over a span of time.
struct Attainment {
  std::size_t stratum = 0;  ///< in Estimates::strata
  Span span = Span::all;
  std::string when;
  std::optional<double> target;           ///< in force in the last month of the span
  double patients = 0;                    ///< a replication, on average
  std::optional<Estimate> attainment;     ///< pooled ratio; nothing if nobody was counted
  std::optional<double> probability_met;  ///< share of the replications (that counted anyone) that met the target
  std::optional<double> range_low,
      range_high;  ///< 2.5 and 97.5 % of the replications' own attainments; spans of a year
};

struct MeasureName {
  std::string name, label, unit;
  bool is_share = false, is_count = false, at_most = false;
};

/// What was recorded of a measure in a stratum over a span of time.
struct Measured {
  std::size_t stratum = 0;  ///< in Estimates::measure_strata
  Span span = Span::all;
  std::string when;
  std::optional<double> target;   ///< in force in the last month of the span
  double patients = 0;            ///< values recorded a replication, on average
  std::optional<Estimate> mean;   ///< of the values, pooled; nothing if there are none
  std::optional<Estimate> total;  ///< of the values, a year (where the span is none, in proportion to its days)
  std::optional<double> probability_met;
};

/// How far apart groups are over the measured time: the mean of the replications.
struct GapBetween {
  bool of_measure = false;
  std::size_t of = 0;              ///< in Estimates::standards or measures
  std::string name, by, from, to;  ///< greatest less least: from "least" to "greatest"
  std::uint64_t replications = 0;  ///< in which both groups were counted
  std::optional<Estimate> value;   ///< share, or in the unit of the measure
};

struct LedgerName {
  std::string name, label, kind;  ///< kind: cash, capacity, income
};

/// What an intervention costs beside what the model spends, day by day.
struct Outlay {
  std::string ledger, intervention, name, fund;  ///< fund may be empty
  double once = 0;                               ///< pounds on the day `from`; or
  double per_year = 0;                           ///< from `from` up to the day before `until`
  std::optional<Date> from, until;               ///< absent: from the first day measured, to the last
  std::vector<std::pair<Date, double>> taper;    ///< ascending; the share of `per_year` from a day on
};

/// Pounds of a ledger over a span of time, a replication.
struct LedgerPounds {
  std::size_t ledger = 0;
  std::string dimension;  ///< all, provider, step, resource, staff, measure, intervention, fund
  std::string value;
  Span span = Span::all;
  std::string when;
  std::optional<Estimate> pounds;  ///< of interventions the same in every replication
};

/// A stratum over a year of the measured time, whichever: the pool of all its whole years.
struct AnyYear {
  std::size_t stratum = 0;
  std::uint64_t years = 0;  ///< replications times whole years; 0: not estimable
  double patients = 0;      ///< a year
  std::optional<double> probability_met, range_low, range_high;
};

/// Days from start to stop of those counted, over all measured months and replications.
struct Waits {
  std::size_t stratum = 0;
  int median = -1, p90 = -1;  ///< days; -1 if nobody was counted
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

struct ResourceUse {
  std::string provider, name, kind;                  ///< kind: sessions, servers, meeting
  std::string unit;                                  ///< slots, server hours, cases
  double held_per_week = 0, cancelled_per_week = 0;  ///< sessions or meetings
  double offered_per_week = 0, other_work_per_week = 0, used_per_week = 0, unused_per_week = 0;
  double did_not_attend_per_week = 0, turned_away_per_week = 0;
  std::optional<Estimate> utilisation;     ///< used and other work, of offered
  std::optional<Estimate> mean_wait_days;  ///< of those who started
  std::optional<Estimate> waiting_at_end;
  double longest_list = 0;
};

/// People of a role at a provider: whole-time equivalents, and people times sessions a week.
struct StaffUse {
  std::string provider, role;
  double posts = 0;                 ///< mean over the days
  std::optional<Estimate> in_post;  ///< mean over the days, those in training included
  double in_training = 0;           ///< likewise
  double wanted_per_week = 0, manned_per_week = 0, stood_in_per_week = 0, lent_per_week = 0;
  std::optional<Estimate> lacking_per_week;
};

/// What a rule did at a provider, a replication.
struct RuleUse {
  std::string rule, kind, resource, provider;  ///< kind: move, capacity
  double looked = 0;
  double begun = 0;
  std::optional<Estimate> share_in_force;  ///< of the measured time
  double sessions = 0, slots = 0;
  std::optional<Estimate> moved_from;  ///< patients
  double moved_to = 0;
};

struct StepUse {
  std::string step, provider;  ///< "pathway/step"
  double visits = 0;           ///< a replication
  double mean_wait_days = 0, mean_service_days = 0;
  double gave_up = 0;           ///< a replication
  double share_of_waiting = 0;  ///< of all days spent waiting anywhere
  double share_of_days = 0;     ///< of all days, waiting or not
};

/// Observed beside simulated; over the observed months where these were measured, else over all measured time (patients
/// then in proportion to the days).
struct Comparison {
  std::string standard, dimension, value;
  bool same_months = false;
  std::optional<double> observed_attainment, observed_patients;
  std::optional<Estimate> attainment, patients;
};

struct ReplicationSummary {
  std::uint64_t replication = 0;
  std::string outcome;  ///< completed, too_many_in_system, too_many_events, too_much_memory
  double days = 0;      ///< simulated
  std::uint64_t events = 0, referred = 0, finished = 0, still_in = 0, measured_referrals = 0;
};

struct Estimates {
  std::string scenario, arm;
  std::uint64_t seed = 0, first_replication = 0, completed = 0, limited = 0, events = 0;
  std::optional<double> precision_points;
  Ended ended = Ended::all_done;
  Date first_measured, last_measured;  ///< inclusive
  double warm_up_days = 0, measured_days = 0;
  double measured_referrals = 0;   ///< a replication
  std::vector<std::string> years;  ///< whole years measured
  bool all_is_a_year = false;      ///< the measured time is one year, though not of calendar months
  std::vector<std::pair<std::string, std::string>> provider_labels;  ///< name and label, where there is one
  std::vector<StandardName> standards;
  std::vector<Stratum> strata;
  std::vector<Attainment> attainments;  ///< by stratum: all, months, years
  std::vector<AnyYear> any_year;        ///< by stratum
  std::vector<MeasureName> measures;
  std::vector<Stratum> measure_strata;  ///< Stratum::standard: in measures
  std::vector<Measured> measured;       ///< by stratum: all, months, years
  std::vector<GapBetween> gaps;
  std::vector<LedgerName> ledgers;
  std::vector<LedgerPounds> pounds;  ///< all and years; of "all" the months too
  std::vector<Waits> waits;          ///< by stratum
  std::vector<OpenClocks> open;      ///< by stratum, month
  std::vector<ResourceUse> resources;
  std::vector<StaffUse> staff;
  std::vector<RuleUse> rules;
  std::vector<StepUse> steps;
  std::vector<Comparison> comparisons;
  std::vector<ReplicationSummary> replications;  ///< in order, those that hit a limit among them
};

/// Works out everything from an experiment on `model`. Figures of strata that do not exist are left out of the
/// comparisons (validation of the scenario refuses them). The experiment must have counted the months of the figures.
[[nodiscard]] Estimates estimate(model::Model const& model, Experiment const& experiment, std::string arm,
                                 std::vector<ObservedFigure> const& observed, std::vector<Outlay> const& outlays = {});

}  // namespace cwtsim::experiment
