#pragma once
// All that changes during a replication. One value, no globals.

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "cwtsim/engine/choose.hpp"
#include "cwtsim/engine/event_queue.hpp"
#include "cwtsim/engine/replication.hpp"
#include "cwtsim/model/model.hpp"
#include "influences.hpp"
#include "progress.hpp"
#include "rows.hpp"
#ifdef CWTSIM_CHECKS
#include "checks.hpp"
#endif

namespace cwtsim::engine {

class Workspace::State {
 public:
  explicit State(model::Model const& model);
  ReplicationResult const& run(std::uint64_t seed, std::uint64_t replication, Trace* trace,
                               std::atomic<bool> const* stop);

 private:
  // replication.cpp
  void reset(std::uint64_t seed, std::uint64_t replication);
  void loop();
  [[gnu::always_inline]] inline void handle(Event const& e);
  void take_phase(std::uint32_t index);
  void begin_day();
  void begin_phase();
  void begin_measuring();
  void close_books();
  void credit_resources();
  void note(Happening what, Patient const& p, model::Index16 step) {
    if (trace_ != nullptr) [[unlikely]]
      trace_->push_back({p.key, now_, step, p.provider, what});
    check_moment(what, p, step);
  }
  [[nodiscard]] std::uint32_t today() const { return today_; }
  [[nodiscard]] Who who(Patient const& p) const {
    std::byte const* const person = person_of(p.root);
    model::Index16 stream;
    std::memcpy(&stream, person, sizeof stream);
    return {reinterpret_cast<std::uint8_t const*>(person + levels_at_), p.provider, stream};
  }
  // What is asked of a patient less often than its row: stream, clocks and levels, side by side.
  [[nodiscard]] std::byte* person_of(Row root) {
    return reinterpret_cast<std::byte*>(persons_.data()) + root * person_size_;
  }
  [[nodiscard]] std::byte const* person_of(Row root) const {
    return reinterpret_cast<std::byte const*>(persons_.data()) + root * person_size_;
  }
  // Patients come up in no order that the machine could guess: each is asked for before its turn.
  void ask_for(Row r) const {
    if (r >= rows_.size()) return;
    __builtin_prefetch(&rows_[r]);
    __builtin_prefetch(person_of(r));
  }
  // When each level that it comes to is left.
  [[nodiscard]] Tick* course_of(Row root) { return courses_.data() + root * course_size_; }
  [[nodiscard]] std::uint8_t* levels_of(Row root) {
    return reinterpret_cast<std::uint8_t*>(person_of(root) + levels_at_);
  }

  // arrivals.cpp
  Row new_row();
  void foresee(Row r, std::int64_t since);
  [[gnu::always_inline]] inline void free_row(Row r);
  void place_waiting_patients();
  void generate(std::uint32_t source, std::uint32_t pieces, std::uint32_t piece);
  void expect(std::uint32_t source, std::uint64_t serial, Tick at, Tick within);
  void follow_timetables();
  void stop_for_too_many();
  // Those drawn and not yet there take memory, though no place: where they are more than any machine was meant for, the
  // replication ends before they come.
  [[nodiscard]] std::uint32_t most_expected() const { return std::max(model_.max_in_system, 2'000'000U); }
  void refer(Row r);
  void describe_patient(Row r, model::Source const& source);

  // steps.cpp
  void move(Row r, model::Index16 step);
  [[gnu::always_inline]] inline bool enter(Row& r, model::Index16& step);
  [[gnu::always_inline]] inline void start_delay(Row r, model::Step const& step, Tick until);
  enum class Room : std::uint8_t { found, held, turned_away };
  Room ask_for_room(Row r, model::Index16& step);
  [[nodiscard]] bool must_hold(Row r, model::Index16 next) const;
  [[nodiscard, gnu::always_inline]] inline Tick length_of(Patient const& p, model::Step const& step) const;
  [[nodiscard, gnu::always_inline]] inline Tick end_of(Patient const& p, model::Step const& step);
  void end_step(Row r, model::Step const& step);
  void find_levels(Row root, model::Span attributes);
  [[gnu::always_inline]] inline bool complete(Row r, model::Index16& next);
  [[gnu::always_inline]] inline void finish(Row r);
  bool absorb_branch(Row& r, model::Index16& step);
  bool branch(Row r, model::Index16& step);
  void joins_again(Row r);
  [[nodiscard]] Tick after_working(Tick duration) const;
  [[nodiscard]] std::uint64_t visit_of(Patient const& p, model::Step const& step) const {
    return (static_cast<std::uint64_t>(step.in_cycle ? p.visits : 0) << 32) | (std::uint64_t{p.repeat} << 16) |
           p.missed;
  }

  // leaving.cpp
  void leave(Row root);
  void withdraw(Row r);
  void stop_branch(Row r);
  void gives_up(Row r);
  [[nodiscard]] Tick first_to_give_up(Row r, model::Step const& step);
  void schedule_giving_up(Row r, model::Step const& step);
  [[nodiscard]] bool leaves_delay(Row r, model::Step const& step, Tick until);

  // waiting.cpp: the lists
  [[gnu::always_inline]] inline void push_back(List& list, Row r);
  void push_front(List& list, Row r);
  [[gnu::always_inline]] inline void unlink(List& list, Row r);
  [[gnu::always_inline]] inline void enqueue(model::Index16 resource, Row r);
  [[gnu::always_inline]] inline void unqueue(model::Index16 resource, Row r);
  [[nodiscard, gnu::always_inline]] inline Row first_waiting(model::Index16 resource);
  [[gnu::always_inline]] inline Due take_out(model::Index16 resource, Row r);
  void put_back(model::Index16 resource, Due const& due);
  void release_notices(model::Index16 resource);
  [[nodiscard]] std::int32_t due_day(Patient const& p, model::Resource const& resource) const;

  // resources.cpp
  [[nodiscard]] model::Index16 resource_of(model::Index16 provider, model::Need const& need) const {
    return model_.resource_at[static_cast<std::size_t>(provider) * resource_names_ + need.name];
  }
  [[nodiscard]] model::Index16 waited_for(model::Index16 step, model::Index16 provider) const {
    return leads_[static_cast<std::size_t>(step) * providers_ + provider];
  }
  [[nodiscard]] model::Index16 waited_for(Patient const& p) const { return waited_for(p.step, p.provider); }
  [[nodiscard]] bool has_room(Patient const& p, model::Index16 step) const;
  [[nodiscard]] bool room_for_next(Patient const& p, model::Index16 step) const;
  [[nodiscard]] StepTotals& totals_of(model::Index16 step, model::Index16 provider) {
    return result_.steps[static_cast<std::size_t>(step) * providers_ + provider];
  }
  void block(Row r, model::Index16 next, bool holding);
  [[gnu::always_inline]] inline void join(Row r, model::Step const& step);
  [[nodiscard, gnu::always_inline]] inline bool can_start(Patient const& p, model::Step const& step,
                                                          model::Index16 lead) const;
  [[nodiscard]] std::int64_t amount_left(model::Index16 resource) const {
    return rules_[resource].kind == model::ResourceKind::servers ? resources_[resource].free
                                                                 : resources_[resource].slots_left;
  }
  void start(Row r, model::Index16 resource);
  void dispatch(model::Index16 resource);
  void dispatch_shared(model::Index16 resource);
  void resume_paused(model::Index16 resource);
  void count_busy(model::Step const& s, model::Index16 provider, Tick started, std::uint32_t from = 0);
  [[gnu::always_inline]] inline void release(model::Index16 step, model::Index16 provider, Tick started);
  void release_all(model::Step const& step, model::Index16 provider, Tick started, std::uint32_t from);
  [[gnu::always_inline]] inline void give_back(model::Index16 resource, std::uint32_t count, Tick started);
  [[gnu::always_inline]] inline void offer(model::Index16 resource);
  void admit_blocked(model::Index16 resource);
  bool miss(Row r, model::Step const& step, model::Index16 resource);
  void seize(Patient const& p, model::Step const& step);
  void take_slots(model::Index16 resource, std::uint32_t slots);
  [[nodiscard, gnu::always_inline]] inline bool has_capacity(model::Index16 resource) const;

  // sessions.cpp
  void schedule_openings(std::uint32_t day);
  void open(std::uint32_t opening, std::uint32_t day);
  void open_servers(model::Index16 resource, std::uint32_t amount, Tick length);
  void close_servers(model::Index16 resource);
  void stop_work(model::Index16 resource);
  void close_session(model::Index16 resource);
  void add_slots(model::Index16 resource, std::uint32_t opening, std::uint32_t slots);
  void open_shifts_before(std::uint32_t day);
  void open_session(model::Index16 resource, std::uint32_t opening, std::uint32_t day);

  // staff.cpp
  void lay_out_staff();
  void reset_staff();
  void begin_day_of_staff(std::uint32_t day);
  void change_posts(std::size_t role, std::uint32_t day, bool first);
  void change_post(model::Staff const& role, std::uint32_t number, Post& post, std::uint32_t day);
  void vacate(model::Staff const& role, std::uint32_t number, Post& post, std::uint32_t day);
  void fill(model::Staff const& role, std::uint32_t number, Post& post, std::uint32_t day, bool trained);
  void settle_day(model::Index16 role, std::uint32_t day);
  [[nodiscard]] bool staffed(model::Resource const& resource, std::uint32_t day);
  [[nodiscard]] bool find_stand_ins(model::Resource const& resource, std::uint32_t day);
  void wake_for_notice(model::Index16 resource);
  void count_open_time(model::Index16 resource, Tick until);

  // rules.cpp
  void schedule_rules(std::uint32_t day);
  void act(std::uint32_t rule);
  void move_patients(model::Rule const& rule);
  void change_capacity(model::Rule const& rule);
  [[nodiscard]] double expected_wait(std::uint32_t place, std::uint64_t waiting) const;
  [[nodiscard]] Row last_to_join(model::Index16 resource) const;
  void move_away(model::Rule const& rule, model::RulePlace const& from, model::RulePlace const& to, Row r);
  void arrive_from_elsewhere(Row r);
  [[nodiscard]] bool in_force(std::uint32_t place) const;
  [[nodiscard]] std::uint32_t slots_of(model::Index16 resource, model::Opening const& opening);
  void count_scaled(model::Resource const& resource, std::uint32_t slots);
  void count_in_force(std::uint32_t place);

  // clocks.cpp
  // A patient's strata, for many cuts: its levels are laid side by side once.
  class Strata {
   public:
    Strata(model::Model const& model, Who const& who) {
      at_[0] = 0;
      at_[model::level_of_provider] = who.provider;
      at_[model::level_of_group] = model.group_of_provider[who.provider];
      at_[model::level_of_stream] = who.stream;
      std::copy_n(who.levels, model.attributes, at_.begin() + model::levels_of_attributes);
    }
    [[nodiscard]] std::uint32_t of(model::Cut const& cut) const {
      return cut.first + cut.axis[0].stride * at_[cut.axis[0].at] + cut.axis[1].stride * at_[cut.axis[1].at];
    }

   private:
    std::array<std::uint32_t, model::levels_of_attributes + 256> at_;
  };
  void mark(Row r, model::Marks const& marks, std::int32_t day);
  void mark_clock(std::uint32_t standard, Row r, std::uint64_t marks, std::int32_t day);
  void start_clock(std::uint32_t standard, Row r, std::int32_t day);
  void stop_clock(std::uint32_t standard, Row r, std::int32_t day);
  void count(std::uint32_t standard, Who const& who, std::uint32_t halves, bool met, std::int32_t waited,
             std::uint32_t month);
  void adjust_first(Row root, std::int8_t adjustment);
  void pause_clocks(Row root, std::int8_t adjustment, std::int32_t days);
  void hand_over(Row root);
  void end_month(std::uint32_t month);
  void count_open(model::Standard const& standard, Strata const& strata, std::int32_t waited, std::uint32_t month);
  [[nodiscard]] bool holds(model::Span condition, std::uint8_t const* levels) const {
    for (std::uint32_t i = 0; i < condition.count; ++i) {
      model::ConditionTerm const& term = model_.conditions[condition.first + i];
      std::uint8_t const level = levels[term.attribute];
      if (!(term.levels[level >> 6] >> (level & 63) & 1)) return false;
    }
    return true;
  }
  [[nodiscard]] Clock* clocks_of(Row root) { return reinterpret_cast<Clock*>(person_of(root) + clocks_at); }
  [[nodiscard]] Clock const* clocks_of(Row root) const {
    return reinterpret_cast<Clock const*>(person_of(root) + clocks_at);
  }

  // measures.cpp
  void measure(Row r, model::Marks const& marks, std::int32_t day);
  void remember(Row root, std::uint64_t marks, std::int32_t day);
  void record(std::uint32_t measure, Row r, std::int32_t day);
  // Of each mark in Model::remembered; not_running until it is made.
  [[nodiscard]] std::int16_t* first_days_of(Row root) {
    return reinterpret_cast<std::int16_t*>(person_of(root) + clocks_at + sizeof(Clock) * standards_);
  }
  // Of each mark in Model::numbered, how often it was made.
  [[nodiscard]] std::uint16_t* numbers_of(Row root) {
    return reinterpret_cast<std::uint16_t*>(first_days_of(root) + model_.remembered.size());
  }

  // money.cpp
  void begin_books();
  void book();
  void post(std::array<std::uint32_t, 3> const& accounts, std::uint32_t month, std::uint64_t pence);

  // checks.cpp: what must hold at every moment. In a release build nothing at all.
#ifdef CWTSIM_CHECKS
  friend struct Tampering;
  void check_reset();
  void check_moment(Happening what, Patient const& p, model::Index16 step);
  void check_off_list(Patient const& p);
  void check_after(Event const& e);
  void check_end();
  void check_start(Patient const& p, model::Step const& step) const;
  void check_capacity(std::size_t resource);
  void check_state();
  void check_row(Row r);
  void check_lists(std::size_t resource);
  std::uint32_t check_list(List const& list, Doing doing, std::size_t resource);
  void check_listed(Row r, Doing doing, std::size_t resource);
  void check_steps();
  [[noreturn]] void broken(std::string const& what) const;
  Ledger ledger_;
  void (*tamper_)(State&) = nullptr;  ///< tests spoil something here, after every event
#else
  void check_reset() {}
  void check_moment(Happening, Patient const&, model::Index16) {}
  void check_off_list(Patient const&) {}
  void check_after(Event const&) {}
  void check_end() {}
#endif

  model::Model const& model_;
  model::Phase const* phase_ = nullptr;
  std::uint32_t phase_index_ = 0;
  model::Step const* steps_ = nullptr;      ///< of the phase
  model::Resource const* rules_ = nullptr;  ///< likewise: what is fixed of each resource
  model::Index16 const* leads_ = nullptr;   ///< likewise
  std::uint32_t resource_names_ = 0;
  std::uint32_t providers_ = 0;
  std::uint64_t key_ = 0;  ///< of the replication
  Tick now_ = 0;
  std::uint32_t today_ = 0;
  Tick tomorrow_ = 0;  ///< when the next day begins
  std::uint32_t standards_ = 0;
  bool measuring_ = false;
  bool stopped_ = false;
  Trace* trace_ = nullptr;
  std::atomic<bool> const* stop_ = nullptr;
  std::uint32_t in_system_ = 0;  ///< rows in use
  std::uint64_t expected_ = 0;   ///< patients drawn who have not arrived yet
  EventQueue events_;
  std::vector<Patient> rows_;
  Row free_rows_ = no_row;
  std::vector<CacheLine> persons_;  ///< [row * lines of a person], of roots
  std::size_t person_size_ = 0;     ///< bytes, whole cache lines
  std::size_t levels_at_ = 0;       ///< bytes from the start of a person
  std::vector<Tick> courses_;  ///< [row * course_size_ + i]: when the level of Phase::progress[i] is left; of roots
  std::size_t course_size_ = 0;
  std::vector<ResourceState> resources_;
  std::vector<List> lists_;
  std::vector<std::vector<Due>> heaps_;
  std::vector<StaffState> staff_;
  std::vector<Post> posts_;  ///< of roles whose people come and go
  std::vector<StandIn> standing_in_;
  std::vector<RuleState> rule_states_;       ///< by rule and provider
  std::vector<std::uint64_t> list_lengths_;  ///< of the places of a rule that acts
  std::vector<OpenSession> open_sessions_;   ///< [2 * opening], two of each
  std::vector<Due> set_aside_;
  std::vector<Row> children_;
  std::vector<std::pair<std::int32_t, std::uint32_t>> ages_;  ///< days since arrival, below 0, and row
  Row admitted_ = no_row;           ///< one for whom a place in the waiting room has been found
  std::vector<Credited> credited_;  ///< [step * providers + provider]
  // what the ledgers have been told of
  std::vector<std::uint64_t> booked_starts_, booked_sessions_, booked_open_, booked_staff_;  ///< as in the totals
  model::Index16 booking_month_ = model::none16;
  std::size_t most_set_aside_ = 0;
  std::size_t most_children_ = 0;
  ReplicationResult result_;
};

}  // namespace cwtsim::engine
