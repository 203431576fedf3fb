#pragma once
// The rows of Estimates of what was run: the arm, its levers, its replications.

#include <cstdint>
#include <string>
#include <tuple>

#include "cwtsim/core/time.hpp"
#include "cwtsim/experiment/columns.hpp"

namespace cwtsim::experiment {

/// What an arm stands for.
struct ArmSummary {
  std::string arm, name, scenario, lever_files, options;

  template <class R = ArmSummary>
  static constexpr auto fields() {
    return std::tuple(
        Column{&R::arm, "arm", "", "as in the other tables"},
        Column{&R::name, "name", "", "given by --name, or the names of its lever files and its options"},
        Column{&R::scenario, "scenario", "", "its file"},
        Column{&R::lever_files, "lever_files", "", "each with the name that it gives itself; a semicolon between two"},
        Column{&R::options, "options", "", "of the command line, of those on which results depend"});
  }
};

/// A value that a lever changed, or a thing of its kind that it did not reach.
struct LeverValue {
  std::string intervention, lever, does, from, until, pointer, what, before, after, note;

  template <class R = LeverValue>
  static constexpr auto fields() {
    return std::tuple(Column{&R::intervention, "intervention", "", "name of the lever file, or the option"},
                      Column{&R::lever, "lever", "", "its name in the file"},
                      Column{&R::does, "does", "", "what it says"},
                      Column{&R::from, "from", "", "first day on which it holds; empty: from the start"},
                      Column{&R::until, "until", "", "first day on which it no longer holds; empty: to the end"},
                      Column{&R::pointer, "pointer", "", "of one value in the scenario"},
                      Column{&R::what, "what", "", "changed, or not reached: its * could have stood for that"},
                      Column{&R::before, "before", "", "the value; empty: there was none"},
                      Column{&R::after, "after", "", "likewise, on the first day on which the lever holds"},
                      Column{&R::note, "note", "", "rounding, people in post, other work; why it was not reached"});
  }
};

/// One replication.
struct ReplicationSummary {
  std::uint64_t replication = 0;
  std::string outcome;
  double days = 0;
  std::uint64_t events = 0, referred = 0, finished = 0, still_in = 0, measured_referrals = 0;
  std::string frozen;
  Date ended;

  template <class R = ReplicationSummary>
  static constexpr auto fields() {
    return std::tuple(
        Column{&R::replication, "replication", "", "number"},
        Column{&R::outcome, "outcome", "",
               "completed, too_many_in_system, too_many_events, too_much_memory or deadlocked"},
        Column{&R::days, "days", "days", "simulated"}, Column{&R::events, "events", "events", "simulated"},
        Column{&R::referred, "referred", "patients", "who came, warm-up and initial waiting list included"},
        Column{&R::finished, "finished", "patients", "who left"},
        Column{&R::still_in, "still_in", "patients", "at the end"},
        Column{&R::measured_referrals, "measured_referrals", "patients", "who came in the measured time"},
        Column{&R::frozen, "frozen", "",
               "of one that is deadlocked: provider and resource where patients are held who can never go on"},
        hidden(&R::ended, "the day of its end"));
  }
};

}  // namespace cwtsim::experiment
