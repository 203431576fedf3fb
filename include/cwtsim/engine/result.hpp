#pragma once
// What one replication counted, over the measured time only unless said otherwise.

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "cwtsim/core/fields.hpp"
#include "cwtsim/core/time.hpp"
#include "cwtsim/model/model.hpp"
#include "cwtsim/model/places.hpp"

namespace cwtsim::engine {

/// How a replication ended. A limit on memory is one on patients; `deadlocked`: somebody who is held can never go on;
/// `abandoned` was told to stop and says nothing.
enum class Outcome : std::uint8_t {
  completed,
  too_many_in_system,
  too_many_events,
  too_much_memory,
  deadlocked,
  abandoned
};

/// What is counted of a step at a provider, in the measured time: its visits, and where the time of those who are there
/// goes. Every moment of everybody belongs to one account; a patient whose branches are under way is at the step that
/// started them. Of branches only the time stands in a list of its own. A visit that is finished and held by the next
/// place is `kept`, and `let_go` when it goes. What every visit counts comes first, in one cache line.
struct alignas(64) StepTotals {
  std::uint64_t starts = 0, wait_ticks = 0, finished = 0, service_ticks = 0;
  std::uint64_t waiting = 0, closed = 0, service = 0, delay = 0;
  std::uint64_t notice = 0, outside = 0, interrupted = 0, held = 0, between = 0, rebooking = 0;
  std::uint64_t travelling = 0, gathering = 0, branched = 0, joining = 0;
  std::uint64_t gave_up = 0, kept = 0, kept_ticks = 0, let_go = 0, let_go_ticks = 0, waiting_at_end = 0;

  /// Where time goes.
  template <class T = StepTotals>
  static constexpr auto accounts() {
    return std::tuple(Field{&T::waiting, "waiting", "ticks", "waiting on a list, on days on which it opens"},
                      Field{&T::closed, "closed", "ticks", "waiting on a list, on days on which it does not open"},
                      Field{&T::service, "service", "ticks", "in service"},
                      Field{&T::delay, "delay", "ticks", "in delays, which need nothing"},
                      Field{&T::notice, "notice", "ticks", "waiting on a list, the notice not yet over"},
                      Field{&T::outside, "outside", "ticks", "waiting outside a full list"},
                      Field{&T::interrupted, "interrupted", "ticks", "in service, interrupted by a closing"},
                      Field{&T::held, "held", "ticks", "held after it, the next place being full"},
                      Field{&T::between, "between", "ticks", "between repeats"},
                      Field{&T::rebooking, "rebooking", "ticks", "from a missed appointment to the list again"},
                      Field{&T::travelling, "travelling", "ticks", "on the way to another provider"},
                      Field{&T::gathering, "gathering", "ticks", "waiting for a group to be together"},
                      Field{&T::branched, "branched", "ticks", "while parallel branches are under way"},
                      Field{&T::joining, "joining", "ticks", "of branches: waiting where they join"});
  }
  template <class T = StepTotals>
  static constexpr auto fields() {
    auto const visits =
        std::tuple(Field{&T::starts, "starts", "times", "the step started (delays: were entered)"},
                   Field{&T::wait_ticks, "wait_ticks", "ticks", "waited by those who started, outside a full list too"},
                   Field{&T::finished, "finished", "times", "the step was finished"},
                   Field{&T::service_ticks, "service_ticks", "ticks", "that those took, interruptions left out"});
    auto const seldom =
        std::tuple(Field{&T::gave_up, "gave_up", "times", "patients gave up waiting"},
                   Field{&T::kept, "kept", "times", "a visit was finished and its stay was not"},
                   Field{&T::kept_ticks, "kept_ticks", "ticks", "that those had taken so far"},
                   Field{&T::let_go, "let_go", "times", "such a stay ended"},
                   Field{&T::let_go_ticks, "let_go_ticks", "ticks", "that those took, from starting to going"},
                   Field{&T::waiting_at_end, "waiting_at_end", "patients", "who wait for it at the end, or branches"});
    return std::tuple_cat(visits, accounts(), seldom);
  }
  /// Of all accounts of those who are there; branches that wait where they join are not.
  [[nodiscard]] std::uint64_t time() const {
    auto const sum = [this](auto const&... account) { return ((this->*account.member) + ... + std::uint64_t{0}); };
    return std::apply(sum, accounts()) - joining;
  }
  friend bool operator==(StepTotals const&, StepTotals const&) = default;
};

/// The accounts of StepTotals, and one more: the time of any of them on which a clock is paused.
inline constexpr std::size_t account_paused = std::tuple_size_v<decltype(StepTotals::accounts())>;
inline constexpr std::size_t clock_accounts = account_paused + 1;

/// What is counted of those patients who are followed, of whom a clock stops, and who meet a standard or breach it.
struct ClockTotals {
  std::uint64_t patients = 0, days = 0, days_before = 0;

  template <class T = ClockTotals>
  static constexpr auto fields() {
    return std::tuple(Field{&T::patients, "patients", "patients", "followed, each time that a clock of theirs stops"},
                      Field{&T::days, "days", "days", "from date to date, as the standard counts them"},
                      Field{&T::days_before, "days_before", "days", "of those, before the first moment of the run"});
  }
  friend bool operator==(ClockTotals const&, ClockTotals const&) = default;
};
/// Whose time on a clock that has stopped, and where.
struct ClockPlace {
  std::size_t standard = 0;
  bool breached = false, of_branches = false;
  std::size_t step = 0;
};
/// Where the accounts of it begin in ReplicationResult::clock_ticks, of so many steps.
[[nodiscard]] constexpr std::size_t clock_cell(ClockPlace const& of, std::size_t steps) {
  std::size_t const list = (of.standard * 2 + (of.breached ? 1 : 0)) * 2 + (of.of_branches ? 1 : 0);
  return (list * steps + of.step) * clock_accounts;
}

/// What is counted of a resource of a provider, in the measured time.
struct ResourceTotals {
  std::uint64_t sessions = 0, cancelled = 0, offered = 0, other_work = 0, used = 0, did_not_attend = 0;
  std::uint64_t turned_away = 0, held_ticks = 0, busy_ticks = 0, open_ticks = 0, overrun_ticks = 0, wait_ticks = 0,
                starts = 0;
  std::uint64_t waiting_at_end = 0, longest_list = 0;

  template <class T = ResourceTotals>
  static constexpr auto fields() {
    return std::tuple(
        Field{&T::sessions, "sessions", "sessions", "held (or meetings held)"},
        Field{&T::cancelled, "cancelled", "sessions", "without their staff"},
        Field{&T::offered, "offered", "slots or cases", "of what is held, what other work leaves"},
        Field{&T::other_work, "other_work", "slots", "used by other work"},
        Field{&T::used, "used", "slots, cases or starts", "did-not-attends included"},
        Field{&T::did_not_attend, "did_not_attend", "patients", "who did not come to their slot"},
        Field{&T::turned_away, "turned_away", "patients", "for whom there was no room to wait"},
        Field{&T::held_ticks, "held_ticks", "ticks", "that patients who are held kept some of it"},
        Field{&T::busy_ticks, "busy_ticks", "server ticks", "in use"},
        Field{&T::open_ticks, "open_ticks", "server ticks", "offered"},
        Field{&T::overrun_ticks, "overrun_ticks", "server ticks", "of those in use: while more were in use than open"},
        Field{&T::wait_ticks, "wait_ticks", "ticks", "waited by those who started"},
        Field{&T::starts, "starts", "patients", "who started"},
        Field{&T::waiting_at_end, "waiting_at_end", "patients", "on the list or outside it at the end",
              Folds::for_interval},
        Field{&T::longest_list, "longest_list", "patients", "on the list or outside it, at one time"});
  }
  template <class T = ResourceTotals>
  static constexpr auto ratios() {
    return std::tuple(Ratio{"use_of_time", [](T const& own) { return own.busy_ticks - own.overrun_ticks; },
                            &T::open_ticks, "of servers, while they are open"},
                      Ratio{"use_of_slots", &T::used, &T::offered, "elsewhere"},
                      Ratio{"waits", &T::wait_ticks, &T::starts, "ticks of a patient who started"});
  }
  friend bool operator==(ResourceTotals const&, ResourceTotals const&) = default;
};

/// Days are those that begin in measured time; people are in millionths of a whole-time equivalent, sessions in people
/// times sessions.
struct StaffTotals {
  std::uint64_t days = 0, posts = 0, in_post = 0, in_training = 0;
  std::uint64_t wanted = 0, manned = 0, stood_in = 0, lacking = 0, absent = 0, used_up = 0, elsewhere = 0, lent = 0;

  template <class T = StaffTotals>
  static constexpr auto fields() {
    return std::tuple(
        Field{&T::days, "days", "days", "that began"},
        Field{&T::posts, "posts", "millionths times days", "vacancies included"},
        Field{&T::in_post, "in_post", "millionths times days", "those in training included", Folds::for_interval},
        Field{&T::in_training, "in_training", "millionths times days", "of those in post"},
        Field{&T::wanted, "wanted", "people times sessions", "when they open"},
        Field{&T::manned, "manned", "people times sessions", "of these, by people of the role and provider"},
        Field{&T::stood_in, "stood_in", "people times sessions", "of these, by others"},
        Field{&T::lacking, "lacking", "people", "missing at sessions that were cancelled", Folds::for_interval},
        Field{&T::absent, "absent", "people", "of these: so many of the role are not at work that day"},
        Field{&T::used_up, "used_up", "people", "likewise: they have no session left"},
        Field{&T::elsewhere, "elsewhere", "people", "likewise: they man another session at that hour"},
        Field{&T::lent, "lent", "people times sessions", "of the role, at sessions of other roles and providers"});
  }
  friend bool operator==(StaffTotals const&, StaffTotals const&) = default;
};

/// What is counted of a resource in a month. What servers do is in the month in which they did it.
struct ResourceMonth {
  std::uint64_t sessions = 0, cancelled = 0, offered = 0, used = 0, busy_ticks = 0, open_ticks = 0, overrun_ticks = 0;
  std::uint64_t wait_ticks = 0, starts = 0, waiting_at_end = 0;
  static constexpr auto level = &ResourceMonth::waiting_at_end;  ///< the one that months do not add up to

  template <class T = ResourceMonth>
  static constexpr auto fields() {
    return std::tuple(
        Field{&T::sessions, "sessions", "sessions", "held (or meetings held)"},
        Field{&T::cancelled, "cancelled", "sessions", "without their staff"},
        Field{&T::offered, "offered", "slots or cases", "of what is held, what other work leaves"},
        Field{&T::used, "used", "slots, cases or starts", "did-not-attends included"},
        Field{&T::busy_ticks, "busy_ticks", "server ticks", "in use"},
        Field{&T::open_ticks, "open_ticks", "server ticks", "offered"},
        Field{&T::overrun_ticks, "overrun_ticks", "server ticks", "of those in use: while more were in use than open"},
        Field{&T::wait_ticks, "wait_ticks", "ticks", "waited by those who started"},
        Field{&T::starts, "starts", "patients", "who started"},
        Field{&T::waiting_at_end, "waiting_at_end", "patients", "on the list or outside it at the end"});
  }
  friend bool operator==(ResourceMonth const&, ResourceMonth const&) = default;
};

/// What is counted in a month of a step of a provider at which patients wait.
struct StepMonth {
  std::uint64_t starts = 0, finished = 0, wait_ticks = 0, gave_up = 0, waiting_at_end = 0;
  static constexpr auto level = &StepMonth::waiting_at_end;  ///< likewise

  template <class T = StepMonth>
  static constexpr auto fields() {
    return std::tuple(Field{&T::starts, "starts", "times", "the step started"},
                      Field{&T::finished, "finished", "times", "the step was finished"},
                      Field{&T::wait_ticks, "wait_ticks", "ticks", "waited by those who started"},
                      Field{&T::gave_up, "gave_up", "times", "patients gave up waiting"},
                      Field{&T::waiting_at_end, "waiting_at_end", "patients", "who wait for it at the end"});
  }
  friend bool operator==(StepMonth const&, StepMonth const&) = default;
};

/// What is counted of a role in a month, as in StaffTotals.
struct StaffMonth {
  std::uint64_t days = 0, posts = 0, in_post = 0, wanted = 0, manned = 0, stood_in = 0, lacking = 0;

  template <class T = StaffMonth>
  static constexpr auto fields() {
    return std::tuple(Field{&T::days, "days", "days", "that began"},
                      Field{&T::posts, "posts", "millionths times days", "vacancies included"},
                      Field{&T::in_post, "in_post", "millionths times days", "those in training included"},
                      Field{&T::wanted, "wanted", "people times sessions", "when they open"},
                      Field{&T::manned, "manned", "people times sessions", "of these, by people of the role"},
                      Field{&T::stood_in, "stood_in", "people times sessions", "of these, by others"},
                      Field{&T::lacking, "lacking", "people", "missing at sessions that were cancelled"});
  }
  friend bool operator==(StaffMonth const&, StaffMonth const&) = default;
};

/// What a rule did at a provider.
struct RuleTotals {
  std::uint64_t looked = 0, begun = 0, in_force = 0, sessions = 0, slots = 0, moved_from = 0, moved_to = 0;

  template <class T = RuleTotals>
  static constexpr auto fields() {
    return std::tuple(Field{&T::looked, "looked", "times", "the lists were looked at"},
                      Field{&T::begun, "begun", "times", "capacity: it was decided on"},
                      Field{&T::in_force, "in_force", "ticks", "capacity", Folds::for_interval},
                      Field{&T::sessions, "sessions", "sessions", "capacity: held in that time"},
                      Field{&T::slots, "slots", "slots", "of these sessions"},
                      Field{&T::moved_from, "moved_from", "patients", "move: from here", Folds::for_interval},
                      Field{&T::moved_to, "moved_to", "patients", "move: to here"});
  }
  friend bool operator==(RuleTotals const&, RuleTotals const&) = default;
};

/// Counts of standards are in halves of a patient (shared patients count a half at each provider).
struct ReplicationResult {
  std::uint64_t replication = 0;
  Outcome outcome = Outcome::completed;
  Tick stopped_at = 0;
  std::uint64_t events = 0, referred = 0, finished = 0, still_in = 0, measured_referrals = 0;
  std::vector<std::uint32_t> counted, met, days, open, open_long, recorded, held_for_ever, lists;
  std::vector<std::uint64_t> pence, recorded_sums, arrivals, second_starts, clock_ticks;
  std::vector<ClockTotals> clocks;
  std::vector<StepTotals> steps, branch_steps;
  std::vector<ResourceTotals> resources;
  std::vector<StaffTotals> staff;
  std::vector<RuleTotals> rules;
  std::vector<ResourceMonth> resource_months;
  std::vector<StepMonth> step_months;
  std::vector<StaffMonth> staff_months;

  template <class T = ReplicationResult>
  static constexpr auto fields() {
    using M = model::Model const&;
    auto const strata_by_month = [](M m) { return std::size_t{m.strata} * m.months; };
    auto const measures_by_month = [](M m) { return std::size_t{m.measure_strata} * m.months; };
    return std::tuple(
        Field{&T::replication, "replication", "", "its number"}, Field{&T::outcome, "outcome", "", "how it ended"},
        Field{&T::stopped_at, "stopped_at", "tick", "the end, or the moment a limit was hit or it froze"},
        Field{&T::events, "events", "events", "whole run"},
        Field{&T::referred, "referred", "patients", "whole run: who came, those waiting at the start included"},
        Field{&T::finished, "finished", "patients", "whole run"},
        Field{&T::still_in, "still_in", "patients", "at the end: referred = finished + still_in"},
        Field{&T::measured_referrals, "measured_referrals", "patients", "who came in the measured time"},
        ListField{&T::counted, "counted", "halves", "[month * strata + stratum]", strata_by_month},
        ListField{&T::met, "met", "halves", "likewise, within the limit", strata_by_month},
        ListField{&T::days, "days", "halves", "[days * strata + stratum] all measured months",
                  [](M m) { return std::size_t{m.strata} * model::day_cells; }},
        ListField{&T::open, "open", "patients", "[month * strata + stratum] clocks open at its end", strata_by_month},
        ListField{&T::open_long, "open_long", "patients", "[(month * strata + stratum) * 2 + k] beyond the k-th limit",
                  [](M m) { return std::size_t{m.strata} * m.months * 2; }},
        ListField{&T::recorded, "recorded", "values", "[month * measure strata + stratum]", measures_by_month},
        ListField{&T::held_for_ever, "held_for_ever", "patients",
                  "[resource] of one that is deadlocked: who wait for it or keep it, and can never go on",
                  [](M m) { return m.eras.front().resources.size(); }},
        ListField{&T::lists, "lists", "patients", "[count * resources + resource] on the list or outside it",
                  [](M m) { return model::list_counts * m.eras.front().resources.size(); }},
        ListField{&T::pence, "pence", "pence", "[month * accounts + account] of the ledgers",
                  [](M m) { return m.accounts.size() * m.months; }},
        ListField{&T::recorded_sums, "recorded_sums", "Measure::scale parts of one",
                  "[month * measure strata + stratum] sum of the values", measures_by_month},
        ListField{&T::arrivals, "arrivals", "patients", "[source] in measured time",
                  [](M m) { return m.eras.front().sources.size(); }},
        ListField{&T::second_starts, "second_starts", "times",
                  "[standard] a clock should have started while the patient's ran, and none did",
                  [](M m) { return m.standards.size(); }},
        ListField{&T::clock_ticks, "clock_ticks", "ticks", "by clock_cell: of those followed, where the time went",
                  [](M m) { return clock_cell({.standard = m.standards.size()}, m.eras.front().steps.size()); }},
        ListField{&T::clocks, "clocks", "", "[standard * 2 + breached]", [](M m) { return 2 * m.standards.size(); }},
        ListField{&T::steps, "steps", "", "[step * providers + provider]",
                  [](M m) { return m.eras.front().steps.size() * m.providers(); }},
        ListField{&T::branch_steps, "branch_steps", "", "[step * providers + provider] time of branches alone",
                  [](M m) { return m.eras.front().steps.size() * m.providers(); }},
        ListField{&T::resources, "resources", "", "[resource]", [](M m) { return m.eras.front().resources.size(); }},
        ListField{&T::staff, "staff", "", "[role of a provider]", [](M m) { return m.eras.front().staff.size(); }},
        ListField{&T::rules, "rules", "", "[rule at a provider]", [](M m) { return m.eras.front().rule_sites.size(); }},
        ListField{&T::resource_months, "resource_months", "", "[month * resources + resource]",
                  [](M m) { return m.eras.front().resources.size() * m.months; }},
        ListField{&T::step_months, "step_months", "", "[month * places + place] of model::waiting_places",
                  [](M m) { return model::waiting_places(m).size() * m.months; }},
        ListField{&T::staff_months, "staff_months", "", "[month * roles + role of a provider]",
                  [](M m) { return m.eras.front().staff.size() * m.months; }});
  }
  /// Makes room for all that a replication of the model counts.
  void size_by(model::Model const& model);
  friend bool operator==(ReplicationResult const&, ReplicationResult const&) = default;
};

}  // namespace cwtsim::engine
