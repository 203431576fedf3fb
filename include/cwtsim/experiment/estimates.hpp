#pragma once
// What the replications say, by name: everything that the tables and the text need, without the model.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cwtsim/core/time.hpp"
#include "cwtsim/experiment/estimate_rows.hpp"
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

/// How tables name a standard.
struct StandardName {
  std::string name, label;
  int limit_days = 0;
  std::vector<std::int32_t> long_waits;  ///< days
  double second_starts = 0;              ///< a replication: while a clock of the same patient ran, so that none began
};

/// How tables name a measure.
struct MeasureName {
  std::string name, label, unit;
  bool is_share = false, is_count = false, at_most = false;
};

/// How tables name a ledger.
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

/// A step of a provider at which patients waited in the measured time and nobody was served; a replication.
struct NeverServed {
  std::string step, provider;
  double waiting = 0, gave_up = 0;  ///< at the end; in the measured time
};

/// A lever, and what it did.
struct PulledLever {
  std::string intervention, lever, does;  ///< as of LeverValue
  std::string dates;                      ///< "from 2026-10-01"; empty: always
  std::string reach;                      ///< "1 of 3 resources; not theatre (no \"slots\")"; empty: all of them
  std::vector<std::string> notes;
  std::size_t first = 0, changed = 0;  ///< the values of this lever that it changed
  bool is_option = false;              ///< of the command line: its name says what it does
};
/// Those of an arm.
struct PulledLevers {
  std::vector<PulledLever> levers;
  std::vector<LeverValue> values;  ///< of each lever those changed, then those not reached
};

/// A number that nobody has measured, and how much leans on it.
struct Leaning {
  /// What is leaned on.
  enum class Kind : std::uint8_t {
    time,      ///< of a step; weight: its share of all days of a standard's clock
    way,       ///< on from a step; weight: patients a week who go another way than most
    capacity,  ///< of a resource; weight: wanted, of offered
    attribute  ///< weight: standards that are cut by it
  };
  Kind kind = Kind::time;
  std::string standard;  ///< of a time
  std::string name;      ///< "pathway/step", a resource or an attribute
  std::string provider;  ///< of a capacity
  double weight = 0;     ///< above 0
  bool unmarked = false;
};

/// How often a standard would be met if nobody ever waited for capacity: whatever is open has room for all who come,
/// and no list stands at the start.
struct Ceiling {
  std::string standard;
  int limit_days = 0;
  std::optional<double> share;  ///< nothing: nobody is counted, or it cannot be had within the limits
  double error = 0;             ///< its standard error, as if patients were drawn one by one
};

/// What the figures of a scenario rest on; as `check` knows it, before anything has run.
struct Foundations {
  std::vector<std::pair<std::string, std::size_t>> evidence;  ///< "assumed", and so many objects
  std::vector<Leaning> leanings;                              ///< by kind and standard, the heaviest first
  std::vector<Ceiling> ceilings;                              ///< by standard
};

/// All that the replications of an arm say.
struct Estimates {
  std::string scenario, arm;
  PulledLevers pulled;
  std::uint64_t seed = 0, first_replication = 0, completed = 0, events = 0;
  std::uint64_t limited = 0, deadlocked = 0;  ///< not completed; of these, frozen
  std::optional<double> precision_points;
  Ended ended = Ended::all_done;
  Date first_measured, last_measured;  ///< inclusive
  double warm_up_days = 0, measured_days = 0;
  double measured_referrals = 0;   ///< a replication
  std::vector<std::string> years;  ///< of twelve whole months each: "2026/27", "Jan-Dec 2026"
  std::string in_no_year;          ///< "2026-10-15 to 2026-10-31": measured, beside those; empty: nothing
  std::string all_as_a_year;       ///< where there are none and the measured time is as long as a year, its name
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
  std::vector<std::string> months;                          ///< measured, parts of months too
  std::vector<std::pair<std::string, std::string>> places;  ///< step and provider of those at which patients wait
  std::vector<ResourceInMonth> resource_months;             ///< by resource, then month
  std::vector<StepInMonth> step_months;                     ///< by place, then month
  std::vector<StaffInMonth> staff_months;                   ///< by role, then month
  std::vector<StepUse> steps;
  std::vector<AccountDays> days;
  std::vector<ClockDays> clock_days;
  std::uint64_t followed_one_in = 1;  ///< patients
  std::vector<NeverServed> never_served;
  std::vector<Comparison> comparisons;
  std::vector<ReplicationSummary> replications;          ///< in order, those that hit a limit or froze among them
  std::vector<std::string> periods;                      ///< as in Layout
  std::vector<std::pair<std::uint64_t, Packed>> counts;  ///< of completed replications: number, Replication::counts
  std::optional<Foundations> foundations;                ///< where they are to be told
  std::vector<ArmSummary> arms;                          ///< what the arm stands for, where that is known
};
/// Calls use(count) for each count above 0, in the order of replications, strata and periods.
void each_count(Estimates const& estimates, std::function<void(ReplicationCount const&)> const& use);

/// Works out everything from an experiment on `model`. Figures of strata that do not exist are left out of the
/// comparisons (validation of the scenario refuses them). The experiment must have counted the months of the figures.
[[nodiscard]] Estimates estimate(model::Model const& model, Experiment const& experiment, std::string arm,
                                 std::vector<ObservedFigure> const& observed, std::vector<Outlay> const& outlays = {});

}  // namespace cwtsim::experiment
