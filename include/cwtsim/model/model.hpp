#pragma once
// The compiled scenario: small integers in flat arrays, immutable, shared by all threads. Nothing here is looked up by
// name while the simulation runs; names are kept for the tables alone.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cwtsim/core/choices.hpp"
#include "cwtsim/core/distribution.hpp"
#include "cwtsim/core/kinds.hpp"
#include "cwtsim/core/time.hpp"
#include "cwtsim/model/days.hpp"
#include "cwtsim/model/measures.hpp"
#include "cwtsim/model/money.hpp"
#include "cwtsim/model/people.hpp"
#include "cwtsim/model/range.hpp"
#include "cwtsim/model/step.hpp"
#include "cwtsim/model/tables.hpp"

namespace cwtsim::model {

using cwtsim::AtClosing, cwtsim::CreditedTo, cwtsim::Order, cwtsim::ResourceKind, cwtsim::RuleKind, cwtsim::WhenFull;

inline constexpr std::uint32_t day_cells = 1502;  ///< whole days 0..1500, and beyond
/// Of those who wait at the start: a clock counts from them to the end of a run of 60 years in 16 bits.
inline constexpr Tick most_days_waited = 10'000;
inline constexpr double most_slots = 1e6;  ///< of a session, whatever rules make of it

/// The lists of resources are counted at the beginning and end of the measured time and so often between.
inline constexpr std::size_t list_counts = 9;

/// Where a stratum takes a level from.
enum class Dimension : std::uint8_t { attribute, provider, group, stream };

/// One of the things by which counts are cut up.
struct Axis {
  Dimension dimension = Dimension::attribute;
  std::uint8_t attribute = 0;  ///< for Dimension::attribute
  std::uint16_t at = 0;        ///< where its level stands among all levels of a patient
  std::uint32_t stride = 1;
};

/// All levels of a patient side by side: 0, for an axis that is not there, provider, group, stream, then each
/// attribute's.
constexpr std::uint16_t level_of_provider = 1, level_of_group = 2, level_of_stream = 3, levels_of_attributes = 4;

/// A level that turns into another one, unseen; the same ones in every era.
struct Progress {
  std::uint8_t attribute = 0, level = 0, to = 0;
  std::uint64_t draws_at = 0;
  Lookup after;  ///< quantile table
  friend bool operator==(Progress const&, Progress const&) = default;
};

/// When a resource exists, and how much of it.
struct Opening {
  Index16 resource = 0;
  Days days;
  Tick opens = 0;                 ///< ticks after midnight
  Tick length = 0;                ///< ticks open; 0 for a meeting
  std::uint32_t amount = 0;       ///< slots, servers or cases; none32: all cases
  std::uint64_t exact_slots = 0;  ///< per_week resources: slots in units of 2^-32; 0 otherwise
};

/// What steps wait for, at one provider.
struct Resource {
  ResourceKind kind = ResourceKind::sessions;
  Order order = Order::arrival;
  AtClosing at_closing = AtClosing::finish;
  WhenFull when_full = WhenFull::turn_away;
  bool always_open = false;
  bool shared_needs = false;  ///< some step waits here and needs another resource too
  Index16 provider = 0;
  Index16 name = 0;
  std::uint32_t servers = 0;        ///< always_open
  std::uint32_t closed = none32;    ///< in Era::closed_days: its days; none32: it opens every day
  Tick notice = 0;                  ///< or the cut-off of a meeting
  Tick promote_after = 0;           ///< 0: never
  std::int32_t no_clock_due = 126;  ///< days
  std::uint32_t waiting_room = none32;
  double other_work = 0;
  std::uint64_t draws_at = 0;
  Range openings, staff;
  Range scaled_by;   ///< in Era::scalings: sites of rules that change its slots
  Range dependents;  ///< in Model::dependents: resources whose queue may move when this one frees
};

/// One stream at one provider.
struct Source {
  Index16 stream = 0;
  Index16 provider = 0;
  Index16 step = 0;
  std::uint64_t draws_at = 0;
  Milestones milestones;
  Range attributes;                ///< in Era::source_attributes: those that are drawn
  std::uint32_t levels = 0;        ///< in Era::source_levels: of all attributes, as far as nothing is drawn
  bool progresses = false;         ///< some patient comes with a level that turns into another one
  double per_day = 0;              ///< mean arrivals (of batches) a day before profile and growth
  std::uint32_t growth = 0;        ///< row of Era::growth
  std::uint32_t profile = none32;  ///< row of Era::profiles
  std::uint32_t pieces = 1;        ///< of a day: 1, 24 or 1440; the rate is constant within a piece
  Lookup batch;                    ///< Choice whose targets are sizes; not given: 1
  double mean_batch = 1;           ///< patients in an arrival
  Range timetable;                 ///< in Model::timetable
};

/// Arrivals at a set time.
struct TimetableEntry {
  Days days;
  Tick at = 0;
  std::uint32_t patients = 1;
};

/// Relative rates of arrival; the mean of each list is 1.
struct Profile {
  std::array<double, 12> month{};
  std::array<double, 8> day{};  ///< Monday .. Sunday, bank holiday as the factor on top
  std::array<double, 24> hour{};
  bool has_hours = false;
};

/// Patients already there at the start: a list, or a row of one.
struct Waiting {
  std::uint32_t source = 0;
  Index16 provider = 0;
  Index16 step = 0;
  Milestones milestones;
  std::uint32_t first = 0;  ///< number of the first of them in the list
  std::uint32_t patients = 0;
  std::uint16_t missed = 0;  ///< appointments of the step
  std::uint64_t draws_at = 0;
  Lookup waited;   ///< quantile table in days
  Lookup on_list;  ///< likewise, of these; not given: all of them
  Range levels;    ///< in Model::waiting_levels: those that are not drawn
};

/// A level that is known of a patient.
struct KnownLevel {
  std::uint8_t attribute = 0, level = 0;
};

/// How the counts of a standard or a measure are cut up: one or two axes.
struct Cut {
  std::string name;  ///< "all", "provider", "tumour", "provider+tumour"
  std::uint8_t axes = 0;
  std::array<Axis, 2> axis{};  ///< one that is not there adds nothing
  std::uint32_t levels = 1;
  std::uint32_t first = 0;  ///< stratum index of level 0, across all standards (or all measures) and cuts
};

/// An attribute and the levels of it that satisfy.
struct ConditionTerm {
  std::uint8_t attribute = 0;
  std::array<std::uint64_t, 4> levels{};  ///< bit set
};

/// A clock, and the share that must stop in time.
struct Standard {
  std::uint64_t starts = 0, stops = 0, excluded = 0, late = 0;  ///< milestone bits
  std::uint32_t adjustments = 0, pauses = 0;  ///< adjustment bits; those of them that steps pause with
  std::int32_t limit = 0;
  CreditedTo credited_to = CreditedTo::at_stop;
  std::int32_t handover_by = 38, treat_within = 24;
  Range condition;
  Range cuts;
  std::vector<std::int32_t> long_waits;
  std::vector<double> targets;  ///< by measured month; NaN: none
};

/// Everything that a dated lever may change.
struct Era {
  Tick from = 0;
  std::vector<QuantileTable> quantiles;
  std::vector<double> probabilities;
  std::vector<std::int64_t> amounts;   ///< values of measures, in parts of one
  std::vector<std::uint64_t> choices;  ///< see Choice; a lookup gives the index of its first word
  std::vector<std::uint32_t> cells;    ///< of lookups
  std::vector<Step> steps;
  std::vector<Index16> leads;  ///< [step * providers + provider]: the resource that is waited for; none16 if none
  std::vector<Need> needs;
  std::vector<GivesUp> gives_up;
  std::vector<Odds> odds;
  std::vector<Lookup> factors;
  std::vector<Progress> progress;
  std::vector<std::uint8_t> finds;  ///< attributes
  std::vector<AttributeSet> sets;   ///< of steps
  std::vector<Branch> branches;
  std::vector<Resource> resources;
  std::vector<Opening> openings;
  std::vector<std::uint32_t>
      closed_days;  ///< for each timetable, by day of the run and two more: closed days before it
  std::vector<StaffNeed> staff_needs;
  std::vector<Staff> staff;
  std::vector<Index16> stand_ins;  ///< roles
  std::vector<Rule> rules;
  std::vector<RuleSite> rule_sites;
  std::vector<std::uint32_t> scalings;  ///< rule sites
  std::vector<Source> sources;
  std::vector<AttributeSet> source_attributes;
  std::vector<std::uint8_t> source_levels;
  std::vector<TimetableEntry> timetable;
  std::vector<Profile> profiles;
  std::vector<std::vector<double>> growth;  ///< factor by day of the run
  std::vector<Lookup> measure_values;       ///< amounts
  std::vector<Lookup> measure_ratios;       ///< of hazards: probabilities
  std::vector<Cost> costs;

  /// The choice whose first word has this index.
  [[nodiscard]] Choice choice(std::uint32_t at) const { return Choice(choices.data() + at); }
};

/// A step as the scenario has it.
struct StepName {
  std::string pathway, step;
  friend bool operator==(StepName const&, StepName const&) = default;
};

/// Names for the tables.
struct Names {
  std::string scenario;
  std::vector<std::string> providers, provider_labels, groups, milestones, adjustments, streams, pathways,
      resource_names;
  std::vector<std::string> attributes;
  std::vector<std::vector<std::string>> levels;  ///< by attribute
  std::vector<std::string> steps;                ///< "pathway/step", as tables have it
  std::vector<StepName> step_names;              ///< the same, kept apart: either may hold a slash
  std::vector<std::string> standards, standard_labels;
  std::vector<std::string> measures, measure_labels, measure_units;
  std::vector<std::string> ledgers, ledger_labels, ledger_kinds;
  std::vector<std::string> months;  ///< "2026-04", measured ones
  std::vector<std::string> staff;   ///< "provider/role"
  std::vector<std::string> rules;
};

/// A scenario as it runs.
struct Model {
  Names names;
  double seconds_per_tick = 60;
  Tick ticks_per_day = 1440;
  Date first_day;
  Tick start = 0;         ///< first moment
  Tick measure_from = 0;  ///< end of the warm-up
  Tick end = 0;
  std::uint32_t days = 0;                    ///< calendar days touched by [0, end)
  std::uint32_t months = 0;                  ///< measured calendar months, parts included
  std::vector<Index16> month_of_day;         ///< none16 before the measured time
  std::vector<std::uint8_t> weekday_of_day;  ///< 0 Monday
  std::vector<std::uint8_t> holiday;         ///< by day
  bool holiday_before = false;               ///< on the day before the first
  std::vector<std::uint8_t> calendar_month;  ///< by day, 0..11
  std::vector<std::uint32_t> week_of_day;
  std::vector<std::uint32_t> working_index;  ///< working days before day d
  std::vector<std::uint32_t> working_days;   ///< the days, ascending; beyond the end too
  std::uint32_t max_in_system = 0;
  std::uint64_t max_events = 0;
  std::vector<Index16> resource_at;  ///< [provider * resource_names + name]
  /// What a name of a resource stands for at a provider; none16: it has none.
  [[nodiscard]] Index16 resource_of(std::size_t provider, Index16 name) const {
    return resource_at[provider * names.resource_names.size() + name];
  }
  std::vector<Index16> dependents;
  std::vector<Index16> group_of_provider;
  std::vector<Standard> standards;
  std::vector<Cut> cuts;
  std::vector<ConditionTerm> conditions;
  std::uint32_t strata = 0;  ///< of all standards and cuts
  std::vector<Measure> measures;
  std::uint32_t measure_strata = 0;
  std::vector<Gap> gaps;
  std::vector<Account> accounts;         ///< of the ledgers
  std::vector<std::uint8_t> remembered;  ///< milestones (their bits) of which each patient's first day is kept
  std::vector<std::uint8_t> numbered;    ///< likewise those of which is kept how often each patient has made them
  std::uint32_t attributes = 0;
  std::uint32_t pausing = 0;   ///< of the adjustments so many, the first ones, are those that steps pause with
  std::uint32_t followed = 1;  ///< of so many patients one is followed: where the days of its clocks go; a power of two
  std::vector<Waiting> waiting;
  std::vector<KnownLevel> waiting_levels;
  std::vector<Era> eras;  ///< at least one; ascending

  /// How many there are.
  [[nodiscard]] std::uint32_t providers() const { return static_cast<std::uint32_t>(names.providers.size()); }
  /// Cell of a stratum in a measured month. All of one month lie together, for they are counted in together; likewise
  /// the next two.
  [[nodiscard]] std::size_t cell(std::uint32_t stratum, std::uint32_t month) const {
    return static_cast<std::size_t>(month) * strata + stratum;
  }
  /// Likewise of the strata of measures.
  [[nodiscard]] std::size_t measure_cell(std::uint32_t stratum, std::uint32_t month) const {
    return static_cast<std::size_t>(month) * measure_strata + stratum;
  }
  /// Likewise of the accounts of ledgers.
  [[nodiscard]] std::size_t account_cell(std::uint32_t account, std::uint32_t month) const {
    return month * accounts.size() + account;
  }
  /// Cell of a stratum and whole days of waiting. All of one wait lie together, for the same reason.
  [[nodiscard]] std::size_t day_cell(std::uint32_t stratum, std::size_t waited) const {
    return waited * strata + stratum;
  }
};

}  // namespace cwtsim::model
