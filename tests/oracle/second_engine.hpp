#pragma once
// A second engine, written from docs/model.md to be obvious rather than fast: names, maps and lists searched from one
// end to the other. What it shares with the program stands in docs/promises.md.

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "calendar.hpp"
#include "cwtsim/core/distribution.hpp"
#include "cwtsim/core/time.hpp"
#include "cwtsim/scenario/scenario.hpp"
#include "draws.hpp"

namespace cwtsim::oracle {

/// One thing that happened to one patient.
struct Happened {
  std::uint64_t patient = 0;
  std::int64_t at = 0;
  std::string step;  ///< "pathway/step", or "" for arriving and leaving
  std::string provider;
  std::string what;
  friend auto operator<=>(Happened const&, Happened const&) = default;
};

/// Names of what is counted, and numbers.
using Totals = std::map<std::string, std::int64_t>;
struct Story {
  std::vector<Happened> moments;  ///< in the order in which they happened
  Totals totals;
  std::string outcome = "completed";
  std::int64_t stopped_at = 0;
  std::map<std::string, int> used;  ///< how often each mechanism of the language has worked
};

/// The first replication; of so many patients one is followed: it is counted where the days of its clocks go.
[[nodiscard]] Story tell(scenario::DatedScenario const& scenario, std::uint64_t seed, std::uint64_t followed);
/// Whether somebody of its first deadlock goes on all the same, if it is not ended there.
[[nodiscard]] bool thaws(scenario::DatedScenario const& scenario, std::uint64_t seed);

// ---- how it is told -------------------------------------------------------------------------------------------------

/// What comes first among events of one tick.
enum class Turn { beginning, closing, finishing, referring, opening, meeting, auditing };
using EventId = std::tuple<std::int64_t, Turn, std::uint64_t>;  ///< tick, turn, order of scheduling

struct Clock {
  std::int64_t start = 0;        ///< day
  std::int64_t restarted = 0;    ///< days until the last rebooking
  std::int64_t handed_over = 0;  ///< day
  std::string provider;          ///< at the start
  std::int64_t since = 0;        ///< tick, or the first of the run
  std::int64_t days_before = 0;  ///< of the run
};

/// What some of a patient's time, or of a branch's, went on.
struct Spell {
  std::int64_t from = 0, until = 0;
  std::string account, step;
  bool of_branch = false;
};

/// A step that pauses clocks, gone through by a patient.
struct Pause {
  std::string adjustment;
  std::int64_t from = 0;              ///< day
  std::optional<std::int64_t> until;  ///< day; nothing: it goes on
  std::int64_t from_tick = 0, until_tick = INT64_MAX;
};

enum class Doing { nothing, delayed, waiting, gathering, in_service, interrupted, held, branched, gone };

struct Resource;

/// A patient, or one branch of a patient.
struct Person {
  std::uint64_t key = 0;
  Person* parent = nullptr;
  Person* patient = nullptr;      ///< itself, if it is no branch
  std::vector<Person*> branches;  ///< in the order in which they are written
  std::string stream;             ///< of patients
  Facts levels;                   ///< of patients
  /// Of patients: by attribute that progresses, the levels to come and when they are reached.
  std::map<std::string, std::vector<std::pair<std::int64_t, std::string>>> course;
  std::map<std::string, Clock> clocks;             ///< of patients, by standard
  std::vector<Pause> pauses;                       ///< of patients
  std::map<std::string, std::int64_t> first_days;  ///< of patients: of each milestone that was reached
  std::map<std::string, std::int64_t> numbers;     ///< of patients: how often each milestone was reached
  std::string pathway, step, provider;
  Doing doing = Doing::nothing;
  bool has_come = false;
  std::int64_t joined = 0, started = 0;
  std::int64_t on_list = 0;         ///< ticks, before the start, on the list to which it comes
  std::uint64_t missed_before = 0;  ///< appointments of its step, before the start
  std::uint64_t visits = 0, repeat = 0, repeats = 1, missed = 0;
  // waiting
  std::uint64_t order = 0;       ///< of joining
  std::int64_t urgency = 0;      ///< class, or breach day
  bool called = false;           ///< the notice is over
  std::vector<EventId> pending;  ///< what is still to happen to it: giving up, finishing
  // in service and interrupted
  std::int64_t finishes = 0, left = 0;
  // held
  std::string next;
  bool keeps = false;  ///< the resources of the step just finished
  // what its time goes on
  std::string account, account_at;  ///< at "pathway/step@provider"; nothing: it is not there
  std::int64_t account_since = 0;
  std::int64_t told_until = 0, joining_told_until = 0;  ///< in the history
  std::vector<Spell> history;                           ///< of patients
  std::vector<std::int64_t> joining;                    ///< since when its branches wait for others
  std::int64_t stood = 0;                               ///< ticks outside a full list, before it joined
  std::int64_t served = 0;                              ///< ticks in service before it was interrupted
};

struct Session {
  std::int64_t closes = 0, slots = 0;
};

struct Resource {
  std::string provider, name;
  std::int64_t servers = 0, in_use = 0, cases = 0;
  std::vector<Session> sessions;  ///< open ones
  std::list<Person*> waiting, serving, interrupted, held;
  std::uint64_t owed = 1ULL << 31;  ///< slots a week: what is carried over, in 2^-32 slots; half a slot at first
  bool working = false;
  bool call_is_due = false;
  EventId closing{};               ///< of the shift
  std::int64_t counted_until = 0;  ///< busy and open time
  std::int64_t unpaid = 0;         ///< server ticks open
  [[nodiscard]] std::string full() const { return provider + "/" + name; }
};

using RoleName = std::pair<std::string, std::string>;  ///< provider and role

/// A post and who is in it.
struct Post {
  bool vacant = true;
  std::uint64_t spell = 0;  ///< how many have left it
  double patience = 0;      ///< its holder leaves when this is used up
  double used_up = 0;
  std::int64_t starts = 0;   ///< day on which somebody starts, where it is vacant
  std::int64_t trained = 0;  ///< day from which its holder mans sessions
};

struct Role {
  std::int64_t day = -1;
  double left = 0, owed = 0;
  std::int64_t at_work = 0;         ///< on that day
  std::vector<std::int64_t> until;  ///< when each session closes that one of them mans: one entry a person
  double training = 0;              ///< sessions of today that training takes
  std::int64_t unpaid = 0;          ///< millionths of a whole-time equivalent in post, times days
  std::vector<Post> posts;
  std::map<std::uint64_t, std::uint64_t> gone;  ///< spells of posts that were taken away
};

/// Those who wait for each other at a step of a provider.
struct Group {
  std::vector<Person*> there;
  std::optional<EventId> end;  ///< when they go on, however few
};

/// A rule of kind capacity at a provider.
struct Surge {
  bool holds = false;
  std::int64_t from = 0;
};

class SecondEngine {
 public:
  SecondEngine(scenario::DatedScenario const& scenario, std::uint64_t seed, std::uint64_t followed = 1);
  Story run();
  void go_on_through_deadlocks() { going_on_ = true; }

 private:
  // second_engine.cpp: time, and what happens when
  EventId schedule(std::int64_t at, Turn turn, std::function<void()> what);
  void cancel(Person& p);
  void begin_day();
  void change_scenario(scenario::Scenario const& now);
  void read_graph();
  void count_lists();
  void begin_piece(std::int64_t pieces);
  [[nodiscard]] Date date_of(std::int64_t day) const { return first_day_ + static_cast<std::int32_t>(day); }
  [[nodiscard]] std::int64_t today() const { return now_ / day_; }
  [[nodiscard]] bool holiday(std::int64_t day) const;
  [[nodiscard]] std::int64_t ticks(Duration d) const;
  [[nodiscard]] std::int64_t ticks(TimeOfDay t) const { return ticks(Duration{t.minutes * 60.0}); }
  void add(std::string const& what, std::int64_t n = 1);
  void note(Person const& p, std::string const& what, std::string const& step);
  void use(std::string const& mechanism) { ++story_.used[mechanism]; }

  // demand.cpp: who comes
  /// Some of those who are there at the start.
  struct Row {
    std::int64_t patients;
    std::string like, provider, pathway, step;
    Distribution waited;
    std::optional<Distribution> on_list;
    std::int64_t missed;
    Named<std::string> attributes;
  };
  [[nodiscard]] std::vector<Row> rows_of(scenario::Waiting const& list) const;
  void place_waiting();
  void generate(std::int64_t pieces);
  void follow_timetables();
  void expect(std::string const& stream, std::string const& provider, std::uint64_t serial, std::int64_t from,
              std::int64_t within);
  void arrive(Person& p);
  void describe(Person& p, Named<std::string> const& known = {});
  void foresee(Person& p, std::int64_t since);
  Person& new_person();
  void too_many();
  [[nodiscard]] double growth(scenario::Stream const& stream, std::int64_t day) const;
  [[nodiscard]] double even_rate(scenario::Scenario const& s, scenario::Stream const& stream,
                                 std::string const& provider, double volume) const;
  [[nodiscard]] std::int64_t pieces_of(scenario::Scenario const& s, scenario::Stream const& stream,
                                       std::string const& provider, double volume) const;
  [[nodiscard]] bool some_stream_comes_in(std::int64_t pieces) const;

  // steps.cpp: what they do
  [[nodiscard]] scenario::Step const& step_of(Person const& p) const { return step_at(p.pathway, p.step); }
  [[nodiscard]] scenario::Step const& step_at(std::string const& pathway, std::string const& step) const;
  [[nodiscard]] Facts facts(Person const& p) const;
  [[nodiscard]] Draw draw_at(Person const& p, std::string const& kind, std::string const& rest = "") const;
  [[nodiscard]] std::int64_t length(scenario::DistributionTable const& table, Person const& p, Draw const& where,
                                    scenario::Factors const& times = {});
  [[nodiscard]] std::pair<QuantileTable const&, double> table_of(scenario::DistributionTable const& table,
                                                                 Person const& p, scenario::Factors const& times);
  [[nodiscard]] std::int64_t rest(scenario::DistributionTable const& table, Person const& p, Draw const& where,
                                  scenario::Factors const& times = {});
  void go(Person* p, std::string next, bool has_a_place = false);
  bool enter(Person*& p, std::string& next, bool has_a_place);
  bool branch(Person& p, std::string& next);
  [[nodiscard]] bool complete(Person& p, std::string& next);
  void finish(Person& p);
  void join_again(Person& p);
  void give_up(Person& p, std::string const& then, bool from_list);
  [[nodiscard]] std::optional<std::pair<std::int64_t, std::string>> first_to_give_up(Person const& p);
  void spend(Person& p, std::int64_t until);
  void leave(Person& patient);
  void leave_lists(Person& p);
  void give_back(Person& p);
  [[nodiscard]] std::int64_t after_working_days(std::int64_t length);

  // gatherings.cpp: whom they wait for
  [[nodiscard]] static std::string group_of(Person const& p);
  void gather(Person& p);
  void go_on_together(std::string const& group);
  void give_up_gathering(Person& p, std::string const& then);
  void leave_group(Person& p);
  void end_group(std::string const& group);
  void regroup();

  // resources.cpp: what they wait for
  struct Need {
    Resource* resource;
    std::int64_t count;
  };
  [[nodiscard]] scenario::Resource const& what_is(Resource const& r) const;
  [[nodiscard]] std::vector<Need> needs_of(scenario::Step const& step, std::string const& provider);
  [[nodiscard]] bool enough(Need const& need) const;
  [[nodiscard]] bool can_start(Person const& p, std::string const& step);
  [[nodiscard]] bool has_room(Person const& p, std::string const& step);
  [[nodiscard]] std::int64_t slots_left(Resource const& r) const;
  [[nodiscard]] std::int64_t notice_of(Resource const& r) const;
  void hold(Person& p, std::string const& next, bool keeps);
  void admit_held(Resource& r);
  void join(Person& p);
  void start(Person& p, Resource& r);
  bool misses(Person& p, Need const& lead);
  void take(Need const& need);
  void give_back_needs(std::vector<Need> const& needs);
  void offer(Resource& r);
  void work(Resource& r);
  bool start_one(Resource& r);
  void call(Resource& r);
  void schedule_call(Resource& r);
  void count_time(Resource& r);
  void open_servers(Resource& r, std::int64_t servers, std::int64_t length);
  void interrupt(Resource& r);
  void schedule_openings(std::int64_t day);
  void open_session(Resource& r, scenario::Opening const& opening);

  // deadlocks.cpp: who can never go on
  using Stuck = std::set<Person const*>;
  void look_for_deadlock(Person const* just_held);
  [[nodiscard]] std::vector<scenario::Scenario const*> from_now_on() const;
  [[nodiscard]] std::int64_t most_free(Resource const& r, Stuck const& stuck);
  [[nodiscard]] bool may_have(std::vector<Need> const& needs, Stuck const& stuck);
  [[nodiscard]] bool may_be_ended(Person const& p, Stuck const& stuck);
  [[nodiscard]] bool can_end_before_join(std::string const& pathway, std::string const& parallel) const;
  [[nodiscard]] bool can_go_on(Person const& p, Stuck const& stuck);

  // staff.cpp: who mans the sessions
  [[nodiscard]] scenario::Staff const& staff_of(RoleName const& role) const;
  [[nodiscard]] std::uint64_t posts_of(RoleName const& role) const;
  [[nodiscard]] std::set<std::size_t> days_needed(std::string const& provider, std::string const& role) const;
  [[nodiscard]] std::set<std::size_t> days_of_work(RoleName const& role) const;
  [[nodiscard]] std::vector<RoleName> others_for(RoleName const& role) const;
  [[nodiscard]] std::int64_t whole_days(std::optional<Distribution> const& length, RoleName const& role,
                                        std::string const& what, std::uint64_t visit) const;
  void begin_day_of_staff();
  void begin_day_of_posts(RoleName const& name, Role& role);
  void vacate(RoleName const& name, Post& post, std::uint64_t number);
  void start_work(RoleName const& name, Post& post, std::uint64_t number, bool trained);
  [[nodiscard]] double sessions_left(RoleName const& role);
  [[nodiscard]] std::int64_t elsewhere(RoleName const& role) const;
  [[nodiscard]] bool find_staff(Resource const& r, std::int64_t closes);
  void tell_why(RoleName const& role, std::int64_t wanted, std::int64_t missing);

  // rules.cpp: what is done when lists are long
  void schedule_rules();
  void act(std::string const& name);
  void move_patients(std::string const& name, scenario::Rule const& rule);
  void change_capacity(std::string const& name, scenario::Rule const& rule);
  [[nodiscard]] std::vector<Resource*> lists_of(scenario::Rule const& rule);
  [[nodiscard]] double expected_wait(Resource const& r, double waiting) const;
  [[nodiscard]] Person& last_to_join(Resource& r);
  [[nodiscard]] std::vector<std::string> surges_at(Resource const& r) const;
  void count_surge(std::string const& name, std::string const& provider);

  // accounts.cpp: where their time goes
  void begin_account(Person& p, std::string const& account, std::string const& step);
  void end_account(Person& p);
  [[nodiscard]] std::vector<Spell> spells(Person& p, std::int64_t from);
  void tell_account(Person& p);
  void tell_joining(Person& p);
  void tell_all(Person& p);
  void count_clock(std::string const& standard, Person const& patient, bool met, std::int64_t waited);
  void count_joining(Person& p);
  [[nodiscard]] bool is_open_on(scenario::Resource const& what, std::int64_t day) const;
  [[nodiscard]] bool held_on(scenario::Resource const& what, scenario::Opening const& opening, std::int64_t day) const;

  // clocks.cpp: how long they waited
  void reach(Person& p, std::vector<std::string> const& milestones, std::int64_t day);
  void end_clock(std::string const& name, Person& p, std::vector<std::string> const& milestones, std::int64_t day);
  void stop(std::string const& name, Person const& p, std::int64_t day);
  void count(std::string const& name, Person const& p, std::string const& provider, std::int64_t halves,
             std::int64_t waited, std::int64_t day);
  [[nodiscard]] std::vector<std::string> strata(std::vector<std::string> const& all_by, Person const& p,
                                                std::string const& provider) const;
  void restart_clocks(Person& patient, std::string const& adjustment);
  void begin_pause(Person& p);
  void end_pause(Person& p);
  [[nodiscard]] std::int64_t days_paused(std::string const& standard, Person const& p, std::int64_t day) const;
  [[nodiscard]] std::int64_t waited_until(std::int64_t day, std::string const& standard, Person const& p) const;
  [[nodiscard]] std::int64_t breach_day(Person const& p, Resource const& r) const;
  void count_open_clocks();
  [[nodiscard]] static bool holds(scenario::Condition const& condition, Facts const& levels);

  // ledgers.cpp: what it costs
  void spend(std::string const& ledger, std::string const& provider, std::string const& on, std::string const& month,
             std::int64_t pence);
  void pay(scenario::Costs const& costs, std::string const& provider, std::string const& on);
  void settle();

  // measures.cpp: what else is recorded of them
  void record(Person& p, std::vector<std::string> const& milestones, std::int64_t day);
  [[nodiscard]] std::optional<std::int64_t> value_at(scenario::Measure const& measure, Person const& p,
                                                     std::int64_t day);

  scenario::DatedScenario const& dated_;
  scenario::Scenario const* scenario_;  ///< as it is today
  std::set<std::string> in_cycle_;      ///< "pathway/step"
  std::map<Distribution const*, QuantileTable> tables_;
  std::uint64_t const followed_, key_;  ///< of so many patients one; of the replication
  Date first_day_;
  double seconds_ = 60;   ///< of a tick
  std::int64_t day_ = 0;  ///< ticks of a day
  std::int64_t start_ = 0, measure_from_ = 0, end_ = 0;
  std::int64_t now_ = 0;
  Turn turn_ = Turn::beginning;
  bool measuring_ = false, stopped_ = false, going_on_ = false;  ///< the last: through deadlocks
  std::vector<std::pair<Person const*, std::string>> frozen_;    ///< in the first one, and what they were held for
  std::map<EventId, std::function<void()>> calendar_;
  std::uint64_t scheduled_ = 0, joins_ = 0;
  std::int64_t in_system_ = 0;
  std::int64_t settled_ = 0;   ///< until when open servers and people in post have been paid for
  std::int64_t expected_ = 0;  ///< drawn for a later moment of the day (hour, minute)
  std::deque<Person> people_;
  std::deque<Resource> resources_;
  std::map<RoleName, Role> roles_;
  std::map<std::string, Group> groups_;  ///< by "pathway/step@provider"
  std::map<std::string, Surge> surges_;  ///< by "rule@provider"
  std::set<std::string> lists_counted_;
  Story story_;
};

}  // namespace cwtsim::oracle
