#pragma once
// What the user wrote, with names and units. Filled by io, checked by validate, read by the compiler.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cwtsim/core/choices.hpp"
#include "cwtsim/core/distribution.hpp"
#include "cwtsim/core/kinds.hpp"
#include "cwtsim/core/named.hpp"
#include "cwtsim/core/time.hpp"
#include "cwtsim/scenario/measures.hpp"
#include "cwtsim/scenario/money.hpp"
#include "cwtsim/scenario/values.hpp"

namespace cwtsim::scenario {

using cwtsim::AtClosing, cwtsim::CreditedTo, cwtsim::Order, cwtsim::ResourceKind, cwtsim::RuleKind, cwtsim::StepKind,
    cwtsim::WhenFull;

enum class BankHolidays : std::uint8_t { none, england };

/// The time that is simulated.
struct Horizon {
  DateTime starts;          ///< first moment of simulated time
  Period warm_up;           ///< left out of every measure
  Period run_for;           ///< measured time after the warm-up
  Duration resolution{60};  ///< length of a tick: 0.1 s to 60 min, divides an hour
  BankHolidays bank_holidays = BankHolidays::none;
  friend bool operator==(Horizon const&, Horizon const&) = default;
};

/// Where a replication ends that grows without limit.
struct Limits {
  std::int64_t max_in_system = 2'000'000;    ///< patients (and their parallel branches) at one time
  std::int64_t max_events = 20'000'000'000;  ///< a replication
  friend bool operator==(Limits const&, Limits const&) = default;
};

/// A level that turns into another one after a time, unseen until a step finds it.
struct Progress {
  DistributionTable after;
  std::string to;
  friend bool operator==(Progress const&, Progress const&) = default;
};

/// What a patient is told apart by: its levels, and how they are drawn.
struct Attribute {
  std::vector<std::string> levels;
  ShareTable shares;  ///< how it is drawn at referral; a stream may say otherwise; absent: streams or steps must set it
  std::string summary;
  Evidence evidence;
  Odds odds{};                   ///< level -> factors of its share, wherever that is given
  Named<Progress> progresses{};  ///< level -> the next one
  friend bool operator==(Attribute const&, Attribute const&) = default;
};

/// Relative rates of arrival; each list is scaled so that its mean is 1.
struct Profile {
  Named<double> months;            ///< jan..dec
  Named<double> weekdays;          ///< mon..sun
  Named<double> hours;             ///< "00".."23"
  std::optional<double> holidays;  ///< factor on bank holidays, on top of the weekday's
  Evidence evidence;
  friend bool operator==(Profile const&, Profile const&) = default;
};

enum class VolumeUnit : std::uint8_t { year, month, week, day, hour };

/// A fixed timetable of arrivals.
struct Timetable {
  std::string on = "daily";  ///< days: "daily", "mon-fri", "mon,thu"
  std::vector<TimeOfDay> at;
  std::int64_t patients = 1;  ///< at each time
  friend bool operator==(Timetable const&, Timetable const&) = default;
};

/// Where referrals come from.
struct Stream {
  std::string summary;
  std::string pathway;
  Named<double> volume;  ///< by provider: JSON per_year | per_month | per_week | per_day | per_hour: a number with
                         ///< `provider`, or an object by provider
  VolumeUnit unit = VolumeUnit::year;
  std::optional<Date> volumes_from;  ///< the 12 months from here have these volumes; default: the first measured day
  double growth_per_year = 0;        ///< 0.04 is 4 % a year, compound, from the middle of those 12 months
  std::string profile;
  std::optional<Timetable> timetable;  ///< instead of a volume; needs `provider`
  std::string provider;
  Table<std::int64_t> batch;            ///< patients in one arrival (a number; may depend on "provider"); absent: 1
  Shares batch_sizes;                   ///< or sizes with shares: {"1": 0.5, "3": 0.5}
  Named<ShareTable> attributes;         ///< attribute -> level or shares
  std::vector<std::string> milestones;  ///< reached at the moment of arrival
  Evidence evidence;
  friend bool operator==(Stream const&, Stream const&) = default;
};

/// Some patients of a waiting list at the start who have the same said of them; what is empty is as in their list.
struct WaitingRow {
  std::int64_t patients = 1;
  std::string like, provider, pathway, step;
  std::optional<Date> referred;        ///< day of arrival; or
  std::optional<Duration> waited;      ///< time since then
  std::optional<Date> listed;          ///< day of joining the list that they are on; or
  std::optional<Duration> on_list;     ///< time since then
  std::optional<std::int64_t> missed;  ///< appointments
  Named<std::string> attributes;       ///< levels
  friend bool operator==(WaitingRow const&, WaitingRow const&) = default;
};

/// A column of a file, and what its cells stand for where they are spelled in another way than here.
struct Column {
  std::string name;  ///< as in the first line of the file; empty: there is none
  Named<std::string> spelled;
  friend bool operator==(Column const&, Column const&) = default;
};

/// What the columns of a file with a waiting list are called.
struct Columns {
  Column referred, waited, listed, on_list, missed, patients, like, provider, pathway, step;
  Named<Column> attributes;
  friend bool operator==(Columns const&, Columns const&) = default;
};

/// Patients already in the system at the start, placed at a step with days waited since their milestones.
struct Waiting {
  std::string like;  ///< the stream whose attributes they share, and its milestones and pathway unless these are given
  std::string pathway;
  std::optional<std::vector<std::string>> milestones;  ///< reached so many days ago
  std::string provider;
  std::string step;
  std::optional<std::int64_t> patients;  ///< of rows, absent: as many as they say
  std::optional<Distribution> waited;    ///< since arrival
  std::optional<Distribution> on_list;   ///< of that, on the list that they are on; absent: all
  std::int64_t missed = 0;               ///< appointments of the step missed before the start
  std::vector<WaitingRow> rows;          ///< instead of `waited`
  std::string file;                      ///< or the rows of a file; none are left once it has been read
  Columns columns;
  Evidence evidence;
  friend bool operator==(Waiting const&, Waiting const&) = default;
};

enum class OnHolidays : std::uint8_t { closed, open };

/// When a resource exists: days, times and how much of it.
struct Opening {
  std::string on = "daily";            ///< "daily", "mon-fri", "sat,sun", "tue"
  TimeOfDay opens;                     ///< meetings: the instant (JSON `at`)
  TimeOfDay closes{1440};              ///< at or before `opens`: on the next day
  std::int64_t every_weeks = 1;        ///< counted from the Monday of the first week of the scenario
  std::optional<std::int64_t> amount;  ///< JSON slots | servers | cases; sessions may use per_week instead
  friend bool operator==(Opening const&, Opening const&) = default;
};

/// What steps wait for, at one provider.
struct Resource {
  ResourceKind kind = ResourceKind::sessions;
  std::string label;
  std::string at;  ///< it is the resource of that name at this other provider; then nothing else may be said
  Order order = Order::arrival;
  std::optional<Duration> promote_after;         ///< priority order: a class up for each such wait
  Duration no_clock_due{126 * seconds_per_day};  ///< breach-date order: due date of a patient on no clock
  std::optional<std::int64_t> waiting_room;
  WhenFull when_full = WhenFull::turn_away;
  // sessions
  Duration notice;                 ///< a slot may be given only so long after joining
  std::optional<double> per_week;  ///< slots a week, spread evenly over the sessions; instead of slots
  NumberTable other_work;          ///< share of the slots used by other work, drawn afresh each session (0..1)
  Named<std::int64_t> staff;       ///< role -> people a session needs
  // servers
  std::optional<std::int64_t> servers;  ///< always open; instead of hours
  AtClosing at_closing = AtClosing::finish;
  // meetings
  Duration cut_off;  ///< papers must be in so long before
  OnHolidays holidays = OnHolidays::closed;
  Named<Opening> openings;  ///< JSON sessions | hours | meets
  Costs costs;              ///< of a session or meeting held, or of a server hour open
  Evidence evidence;
  friend bool operator==(Resource const&, Resource const&) = default;
};

/// Who trains those who are new: people of a role at the same provider.
struct Trainer {
  std::string role;
  double sessions_per_week = 0;  ///< of theirs that each trainee takes
  friend bool operator==(Trainer const&, Trainer const&) = default;
};

enum class NewPosts : std::uint8_t { filled, recruited };

/// A role at a provider.
struct Staff {
  double whole_time_equivalents = 0;
  double sessions_per_week = 10;                ///< of one whole-time equivalent
  double leave = 0;                             ///< share of working days
  double sickness = 0;                          ///< share of the rest
  double vacancy = 0;                           ///< share of the posts
  Costs costs;                                  ///< a year, of a whole-time equivalent in post
  double leavers_per_year = 0;                  ///< share of those in post
  std::optional<Distribution> recruited_after;  ///< from leaving until somebody new starts, in whole days
  std::optional<Distribution> trained_after;    ///< from starting until they man sessions, in whole days
  std::optional<Trainer> trainer;
  NewPosts new_posts = NewPosts::filled;   ///< how posts begin that a dated lever adds
  std::vector<std::string> stands_in_for;  ///< roles of the same provider
  std::vector<std::string> covers;         ///< providers whose sessions they man when these lack people
  Evidence evidence;
  friend bool operator==(Staff const&, Staff const&) = default;
};

/// A trust, diagnostic centre, hub or independent site.
struct Provider {
  std::string label;
  std::string group;  ///< integrated care board or other grouping; a dimension of the tables ("group")
  Named<Resource> resources;
  Named<Staff> staff;
  friend bool operator==(Provider const&, Provider const&) = default;
};

/// Those who do not come, and what becomes of them.
struct DidNotAttend {
  NumberTable share;
  DistributionTable rebook;           ///< until the patient joins the list again
  std::optional<std::int64_t> up_to;  ///< so many times, then `then`; absent: without limit
  std::string then;                   ///< step after the last one
  std::string adjusts;                ///< name of a clock adjustment: the clock restarts at the day of rebooking
  Factors odds{};                     ///< of `share`: the odds, share / (1 - share), are multiplied
  friend bool operator==(DidNotAttend const&, DidNotAttend const&) = default;
};

/// Leaves the queue of a step after a wait, or a delay before it is over, for another step.
struct GivesUp {
  DistributionTable after;
  std::string then;
  Factors times{};  ///< of `after`
  friend bool operator==(GivesUp const&, GivesUp const&) = default;
};

/// One thing that happens to a patient.
struct Step {
  StepKind kind = StepKind::delay;
  std::string label;
  DistributionTable takes;  ///< delay, appointment, servers, transfer
  Factors times;            ///< of `takes`
  bool working_days =
      false;  ///< JSON "counts": "working days": a delay during which weekends and holidays do not count
  Named<std::int64_t> needs;  ///< resource -> how many; the first of kind sessions (else the first) is waited for
  ShareTable then;            ///< next steps
  Odds odds;                  ///< next step -> factors of its share in `then`
  Table<Shares> repeats;      ///< how many times in all: shares over whole numbers ("15" or {"5": 0.6, "15": 0.4})
  DistributionTable every;    ///< from the start of one to joining the list for the next
  std::optional<DidNotAttend> did_not_attend;
  Named<GivesUp> gives_up;
  std::string when_full;                ///< step for those whom a full waiting room turns away
  NumberTable priority;                 ///< class in priority order, 0 first .. 15
  std::vector<std::string> on_joining;  ///< milestones reached when the patient arrives at the step
  std::vector<std::string> on_start;    ///< ... when it starts
  std::vector<std::string> on_finish;   ///< ... when it is finished
  std::vector<std::string> finds;       ///< attributes that progress: their levels at the finish hold from then on
  Named<ShareTable> sets;               ///< attributes set when the step is finished, before the next one is chosen
  std::string pauses;                   ///< name of a clock adjustment: the days that the step takes do not count
  Costs costs;                          ///< of each start
  // gather
  std::optional<std::int64_t> together;  ///< so many go on at once
  DistributionTable wait_at_most;        ///< the first of them; then those who are there go on
  // parallel
  Named<NumberTable> starts;  ///< first step of each branch -> probability
  std::string joins_at;       ///< the step at which the branches join
  // transfer
  ShareTable to;  ///< provider
  // continues
  std::string pathway;
  Evidence evidence;
  friend bool operator==(Step const&, Step const&) = default;
};

/// A graph of steps.
struct Pathway {
  std::string summary;
  std::string start;
  Named<Step> steps;
  friend bool operator==(Pathway const&, Pathway const&) = default;
};

/// A clock and the share that must stop in time.
struct Standard {
  std::string label;
  std::vector<std::string> starts;          ///< milestones; the first that comes starts the clock
  std::vector<std::string> stops;           ///< milestones; the first that comes stops it
  std::vector<std::string> excluded_by;     ///< milestones that end the clock without being counted
  std::vector<std::string> breach_if_late;  ///< milestones that end it: counted, as a breach, only beyond the limit
  Condition only_when;                      ///< JSON "for": attributes, judged when the clock starts
  std::int64_t limit_days = 0;              ///< JSON "limit": "28 days"
  Named<double> targets;                    ///< date -> share; a single number holds for all time
  CreditedTo credited_to = CreditedTo::at_stop;
  std::int64_t handover_by_days = 38;  ///< JSON "sharing": {"handover_by": "38 days", "treat_within": "24 days"}
  std::int64_t treat_within_days = 24;
  std::vector<std::string> adjustments;  ///< names used by did_not_attend.adjusts and step.pauses
  std::vector<std::string> by;  ///< strata to report: "provider", "group", attributes, or pairs "provider+tumour"
  std::vector<std::int64_t> long_waits;  ///< open clocks beyond these days are counted in the waiting list
  Named<Gap> gaps;                       ///< between the attainments of strata
  Evidence evidence;
  friend bool operator==(Standard const&, Standard const&) = default;
};

/// Published figures to hold the simulation against.
struct Observed {
  Date from, until;                 ///< inclusive
  Named<Named<double>> attainment;  ///< stratum ("all", "provider", "tumour", "provider+tumour") -> level -> share
  Named<Named<double>> patients;    ///< likewise: patients counted
  Evidence evidence;
  friend bool operator==(Observed const&, Observed const&) = default;
};

/// What is done when waiting lists are as it says, at set moments.
struct Rule {
  RuleKind kind = RuleKind::move;
  std::string resource;
  std::vector<std::string> among;  ///< providers; empty: all that have the resource of their own
  std::string on = "daily";
  TimeOfDay at;
  std::int64_t every_weeks = 1;
  Distribution takes;  ///< until those who are moved join the list there; until the capacity is there
  // move
  std::optional<Duration> when_gap;     ///< between the longest and the shortest expected wait
  std::optional<std::int64_t> at_most;  ///< patients a time
  // capacity
  std::optional<Duration> when_waiting;   ///< begins where the expected wait is above it
  std::optional<Duration> until_waiting;  ///< ends where it is below it
  std::optional<double> scale;            ///< factor on the slots of each session
  Evidence evidence;
  friend bool operator==(Rule const&, Rule const&) = default;
};

/// How many replications, where the command does not say.
struct Experiment {
  std::int64_t replications = 20;
  std::int64_t seed = 1;
  friend bool operator==(Experiment const&, Experiment const&) = default;
};

/// All that a scenario file says.
struct Scenario {
  std::string name;
  std::string summary;
  Horizon horizon;
  Limits limits;
  Experiment experiment;
  Named<Attribute> attributes;
  Named<Profile> profiles;
  Named<Stream> demand;
  Named<Waiting> waiting;
  Named<Provider> providers;
  Named<Pathway> pathways;
  Named<Standard> standards;
  Named<Measure> measures;
  Named<Rule> rules;
  Named<Ledger> ledgers;
  Named<Observed> observed;  ///< keyed by standard
  friend bool operator==(Scenario const&, Scenario const&) = default;
};

/// Where some of those on a waiting list at the start stand. Their pathway is their own or their stream's; empty if
/// there is no such stream.
struct WaitingPlace {
  std::string like, pathway, provider, step;
  friend auto operator<=>(WaitingPlace const&, WaitingPlace const&) = default;
};
[[nodiscard]] WaitingPlace place_of(Waiting const& list, Scenario const& scenario, WaitingRow const* row = nullptr);
/// Each place once: of the list, or of its rows.
[[nodiscard]] std::vector<WaitingPlace> places_of(Waiting const& list, Scenario const& scenario);

/// Patients of a waiting list at the start of whom the same is said.
struct WaitingGroup : WaitingPlace {
  std::int64_t patients = 0, missed = 0;
  Distribution waited;  ///< whole days
  std::optional<Distribution> on_list;
  Named<std::string> const* attributes = nullptr;  ///< levels
};
/// A list as one group, or its rows in their order. Where the list says how many there are in all, rows have their part
/// of them: up to each row as many as in proportion, rounded down.
[[nodiscard]] std::vector<WaitingGroup> groups_of(Waiting const& list, Scenario const& scenario);

/// A scenario, and how it differs from each of the listed dates on (dated levers): the same names throughout.
struct DatedScenario {
  Scenario base;
  std::vector<std::pair<Date, Scenario>> changes;  ///< ascending dates
};

}  // namespace cwtsim::scenario
