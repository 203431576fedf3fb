#pragma once
// How patients go through the steps: it alone ties rows, lists, capacity and counts together.

#include <vector>

#include "capacity.hpp"
#include "counting.hpp"
#include "deadlocks.hpp"
#include "events.hpp"
#include "gatherings.hpp"
#include "log.hpp"
#include "luck.hpp"
#include "now.hpp"
#include "patients.hpp"
#include "waiting_lists.hpp"

namespace cwtsim::engine {

class Flow {
 public:
  explicit Flow(model::Model const& model);
  void reset();

  // What happens to a patient (flow.cpp).
  /// Goes on from step to step until one takes time or waits for something.
  void move(Row r, model::Index16 step);
  /// Comes to its step as one who has been on the list there for a while before the start, and missed appointments of
  /// it: it has its place, whatever room there is. Where nothing is waited for the step begins now.
  void place(Row r, model::Index16 step, Tick on_list, std::uint16_t missed);
  [[gnu::always_inline]] inline void finish(Row r);
  /// The next of its repeats, or after a missed appointment.
  void join_again(Row r);
  /// Joins the list of its step, or starts at once.
  [[gnu::always_inline]] inline void join(Row r, model::Step const& step);
  /// Starts the step of one who is on no list any more and whose needs are all there.
  void start(Row r, model::Index16 resource);
  /// Does what belongs to the start of a step where that matters to clocks or measures.
  void begin_step(Row r, model::Step const& step);
  /// Does what belongs to the end of a step; false if it is to be repeated, else `next` is what comes next.
  [[gnu::always_inline]] inline bool complete(Row r, model::Index16& next);
  /// Counts the work in hand at the end; returns the patients who are still there.
  std::uint64_t count_unfinished();
  /// A rule takes the patient off a list to another provider, where it joins the list after a while.
  void move_away(Row r, model::Index16 resource, model::Index16 provider, Tick until);
  void arrive_from_elsewhere(Row r);

  // How lists move (dispatch.cpp).
  /// Works through the list of a resource as far as its capacity goes.
  void dispatch(model::Index16 resource);
  /// Capacity has appeared at a resource: its own list moves, and the lists of steps that need it as well.
  [[gnu::always_inline]] inline void offer(model::Index16 resource);
  /// Gives back what a finished step held, and offers it to those who wait.
  [[gnu::always_inline]] inline void release(model::Index16 step, model::Index16 provider, Tick started);
  /// All its needs from one on are given back before any is offered.
  void release_all(model::Step const& step, model::Index16 provider, Tick started, std::uint32_t from);
  /// While a session is open with a slot to spare, the next patient whose notice ends in it is called when it does.
  void call_after_notice(model::Index16 resource);
  /// That moment has come.
  void end_notice(model::Index16 resource);
  /// Interrupts the work for which there is no server any more; if some are left, the latest to start.
  void stop_work(model::Index16 resource);

  // Who finds no room (holding.cpp).
  enum class Room : std::uint8_t { found, held, turned_away };
  /// A list may be full: then the patient is held, or `step` becomes where those turned away go.
  Room ask_for_room(Row r, model::Index16& step);
  /// One who holds something keeps it where the next list is full and those for whom there is no room are held.
  [[nodiscard]] bool must_hold(Row r, model::Index16 next) const;
  void hold(Row r, model::Index16 next, bool holding);
  /// Those held go on as far as there is room.
  void admit_held(model::Index16 resource);

  // Who leaves (leaving.cpp).
  /// Leaves for good, with all its branches.
  void leave(Row root);
  /// Leaves its step for another one, having had enough.
  void give_up(Row r);
  void schedule_giving_up(Row r, model::Step const& step);
  /// Within what time from now a patient gives up, and where to (in its row), if nothing comes before; `never` if it
  /// does not.
  [[nodiscard]] Tick first_to_give_up(Row r, model::Step const& step);

  [[nodiscard, gnu::always_inline]] inline Luck luck(Patient const& p, model::Step const& step) const {
    return {*now.era, patients.who(p), p.key, step.draws_at, visit_of(p, step)};
  }
  [[nodiscard]] std::uint64_t visit_of(Patient const& p, model::Step const& step) const {
    return (static_cast<std::uint64_t>(step.in_cycle ? p.visits : 0) << 32) | (std::uint64_t{p.repeat} << 16) |
           p.missed;
  }
  /// How long a step that takes time lasts.
  [[nodiscard, gnu::always_inline]] inline Tick length_of(Patient const& p, model::Step const& step) const;
  [[nodiscard]] model::Index16 waited_for(Patient const& p) const { return now.waited_for(p.step, p.provider); }
  [[gnu::always_inline]] inline void schedule(Tick at, EventKind kind, Row r) {
    events.push(at, Phase::finishing, kind, patients[r].epoch, r);
  }

  Now now;
  Events events;
  Patients patients;
  Books books;
  WaitingLists lists;
  Capacity capacity;
  Gatherings gatherings;
  Counting counting;
  Deadlocks deadlocks;
  Checks checks;
  Log log;
  std::vector<Row> children;  ///< branches that are being started
  std::size_t most_children = 0;

 private:
  friend struct Tampering;
  friend class Checks;
  [[gnu::always_inline]] inline bool enter(Row& r, model::Index16& step);
  void end_step(Row r, model::Step const& step);
  void find_levels(Row root, model::Range attributes);
  [[nodiscard, gnu::always_inline]] inline bool suffices(Patient const& p, model::Step const& step,
                                                         model::Index16 lead) const {
    return capacity.suffices(step, p.provider, lead);
  }
  void dispatch_shared(model::Index16 resource);
  void resume_paused(model::Index16 resource);
  [[nodiscard]] bool room_for_next(Patient const& p, model::Index16 step) const;
  [[nodiscard]] bool has_room(Patient const& p, model::Index16 step) const;
  void withdraw(Row r);
  void stop_branch(Row r);

  Row admitted_ = no_row;  ///< one for whom a place in the waiting room has been found
};

}  // namespace cwtsim::engine
