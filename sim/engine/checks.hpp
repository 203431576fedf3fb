#pragma once
// What must hold at every moment of a replication; what does not is a defect of the engine and throws. Only in builds
// with CWTSIM_CHECKS: the cheap part after every event, all of it at the end of a day (as long as that costs no more
// than the events did), of a month and of the replication. In a release nothing at all.

#include <cstdint>
#include <string>
#include <vector>

#include "capacity.hpp"
#include "counting.hpp"
#include "cwtsim/engine/trace.hpp"
#include "deadlocks.hpp"
#include "events.hpp"
#include "gatherings.hpp"
#include "now.hpp"
#include "patients.hpp"
#include "waiting_lists.hpp"

namespace cwtsim::engine {

/// What the checks look at.
struct Checked {
  Now const& now;
  Patients const& patients;
  WaitingLists const& lists;
  Gatherings const& gatherings;
  Capacity const& capacity;
  Counting const& counting;
  Deadlocks const& deadlocks;
};

#ifdef CWTSIM_CHECKS

class Checks {
 public:
  explicit Checks(Checked const& parts) : parts_(parts) {}
  void reset(std::uint64_t replication);
  /// A moment of one patient: the lists of the steps are counted from these alone.
  void see(Happening what, Patient const& p, model::Index16 step);
  void see_off_list(Patient const& p);
  /// Where somebody is from now on, by step and provider.
  void see_at(Row r, model::Index16 step, model::Index16 provider);
  /// A branch has come to where it waits for the others, or it has ended; its patient's parallel step, or not.
  void see_gone(Row r, bool waits_for_others);
  /// A session that opens has taken people of a role, of whom so many are at work.
  void see_manned(model::Index16 role, std::uint32_t people, std::uint32_t at_work, Tick closes);
  void see_after(Event<EventKind> const& e, std::uint64_t events);
  /// The end, before the totals are handed over.
  void see_end(std::uint64_t events, std::uint64_t still_in);

 private:
  friend struct Tampering;
  // Counts of the same things as the engine's, arrived at in another way: from what happens to the patients.
  /// A step at a provider.
  struct AtStep {
    std::uint64_t waiting = 0;
    Tick since = 0;              ///< when `waiting` changed last
    std::uint64_t area = 0;      ///< of `waiting` over time, up to `since`
    std::uint64_t waits = 0;     ///< of those who no longer wait, however that came about
    std::uint64_t starts = 0;    ///< measured
    std::uint64_t measured = 0;  ///< waits of these
    // filled from the rows by a full check
    std::uint64_t rows = 0, ages = 0;
  };
  struct AtResource {
    std::int64_t in_use = 0;
    std::uint32_t servers = 0;
    Tick since = 0;                                 ///< when one of the two changed last
    std::uint64_t busy = 0, open = 0, overrun = 0;  ///< areas over measured time
    std::uint64_t starts = 0, measured = 0;
    std::uint64_t held = 0, kept = 0;  ///< by the rows; of that, by those who are held
  };
  /// Where a row is, and the branches of it that wait for others.
  struct Here {
    std::size_t at = 0;
    Tick since = 0, joining_since = 0;
    std::uint64_t joining = 0;
    bool there = false, is_branch = false;
  };
  /// Areas under the numbers of those who are there, over measured time.
  struct Present {
    std::uint64_t patients = 0, branches = 0, joining = 0;
  };
  /// People of a role in a session that is open.
  struct Manned {
    Tick closes = 0;
    model::Index16 role = 0;
    std::uint32_t people = 0;
  };
  struct Recount {
    std::vector<Here> here;        ///< [row]
    std::vector<Present> present;  ///< [step * providers + provider]
    std::vector<AtStep> steps;     ///< [step * providers + provider]
    std::vector<AtResource> resources;
    std::vector<Manned> manned;
    std::vector<std::uint8_t> listed;  ///< [row] stands in a list
    std::uint64_t referred = 0;
    std::uint64_t left = 0;
    std::uint64_t full_check_at = 0;  ///< events
    Tick last = 0;
  };

  void check_start(Patient const& p, model::Step const& step) const;
  void check_capacity(std::size_t resource);
  void check_state();
  void check_row(Row r);
  void check_branches(Row r) const;
  void check_lists(model::Index16 resource);
  std::uint32_t check_list(RowList const& list, Doing doing, model::Index16 resource);
  void check_groups();
  void check_listed(Row r, Doing doing, model::Index16 resource);
  void check_steps();
  void see_time(Row r);
  void check_accounts();
  [[noreturn]] void broken(std::string const& what) const;
  [[nodiscard]] std::string name_of(std::size_t resource) const;
  [[nodiscard]] model::Index16 waited_for(Patient const& p) const { return parts_.now.waited_for(p.step, p.provider); }

  Checked const parts_;
  Recount recount_;
  std::uint64_t events_ = 0, replication_ = 0;
  void (*tamper_)() = nullptr;  ///< tests spoil something here, after every event
};

#else

class Checks {
 public:
  explicit Checks(Checked const&) {}
  void reset(std::uint64_t) {}
  void see(Happening, Patient const&, model::Index16) {}
  void see_off_list(Patient const&) {}
  void see_at(Row, model::Index16, model::Index16) {}
  void see_gone(Row, bool) {}
  void see_manned(model::Index16, std::uint32_t, std::uint32_t, Tick) {}
  void see_after(Event<EventKind> const&, std::uint64_t) {}
  void see_end(std::uint64_t, std::uint64_t) {}
};

#endif

}  // namespace cwtsim::engine
