#pragma once
// What is counted of patients: arrivals, visits of steps, clocks, measures.

#include <array>
#include <vector>

#include "books.hpp"
#include "capacity.hpp"
#include "diaries.hpp"
#include "now.hpp"
#include "patients.hpp"
#include "strata.hpp"

namespace cwtsim::engine {

namespace of_kinds {
inline constexpr auto own_times = [] {
  std::array<std::uint64_t StepTotals::*, count_of<model::StepKind>> times{};
  for (auto const& record : step_records)
    times[static_cast<std::size_t>(record.kind)] = record.waits_on_list() ? &StepTotals::service
                                                   : record.moves         ? &StepTotals::travelling
                                                                          : &StepTotals::delay;
  return times;
}();
}  // namespace of_kinds

/// The account of the time that a step itself takes.
[[nodiscard]] constexpr std::uint64_t StepTotals::*own_time_of(model::StepKind kind) {
  return of_kinds::own_times[static_cast<std::size_t>(kind)];
}

class Counting {
 public:
  Counting(Now const& now, Patients& patients, Books& books);
  /// Takes the arrays back from a result that is no longer wanted.
  void reset(ReplicationResult& spare);
  /// Hands everything over.
  void close(ReplicationResult& result);

  // Arrivals and departures.
  void refer_waiting() { ++referred_; }
  void refer(std::size_t source) {
    ++referred_;
    if (!now_.measuring) return;
    ++measured_referrals_;
    ++arrivals_[source];
  }
  void finish() { ++finished_; }
  [[nodiscard]] std::uint64_t referred() const { return referred_; }
  [[nodiscard]] std::uint64_t finished() const { return finished_; }

  // Steps.
  [[nodiscard]] StepTotals& of_step(std::size_t step_at_provider) { return steps_[step_at_provider]; }
  [[nodiscard]] std::vector<StepTotals> const& steps() const { return steps_; }
  [[nodiscard]] std::vector<StepTotals> const& branch_steps() const { return branch_steps_; }
  /// The measured time since a moment belongs to an account of the step of a patient.
  [[gnu::always_inline]] inline void charge(Patient const& p, std::uint64_t StepTotals::*account, Tick since) {
    charge(p, now_.at(p.step, p.provider), account, since);
  }
  /// Likewise its time on a list, from joining until now: notice, closed days, waiting.
  void charge_wait(Patient const& p) {
    if (p.joined == now_.tick) return;
    std::size_t const at = now_.at(p.step, p.provider);
    if (now_.measuring) charge_wait(p, at);
    if (follows(p)) [[unlikely]]
      note_wait(p, at);
  }
  [[gnu::always_inline]] inline void charge_wait(Patient const& p, std::size_t at) {
    model::Resource const& resource = now_.resource_rules[now_.leads[at]];
    if (resource.notice == 0 && resource.closed == model::none32)
      time_of(p, at).waiting += now_.measured_since(p.joined);
    else
      charge_divided(resource, p.joined, time_of(p, at));
  }
  /// Likewise what it does in this moment, whatever that is.
  void settle(Patient const& p);
  /// Likewise the branches that wait for others, until now.
  void charge_joining(Patient const& parent);
  /// Of a step at a provider the accounts of one who is there: of patients, or of branches.
  [[nodiscard]] StepTotals& time_of(Patient const& p, std::size_t step_at_provider) {
    return (p.parent == no_row ? steps_ : branch_steps_)[step_at_provider];
  }
  /// Starts, waits and how long those who are held keep servers are counted by step and provider; what resources were
  /// used for in this era follows from them.
  void credit(Capacity& capacity);

  // Where the days of clocks go, of those followed (accounts.cpp).
  [[nodiscard]] bool follows(Patient const& p) const { return diaries_.follows(p); }
  /// The time of one who is followed since a moment goes into its diary, or that on a list.
  void note(Patient const& p, std::size_t step_at_provider, std::uint64_t StepTotals::*account, Tick since);
  void note_wait(Patient const& p, std::size_t step_at_provider);
  [[nodiscard]] bool keeps_diary(Row root) const { return diaries_.is_open(root); }
  /// One who is followed leaves.
  void forget(Row root) { diaries_.forget(root); }

  // Clocks and measures.
  /// Milestones made by a patient on a day, which may lie before the first one.
  void reach(Row r, model::Milestones const& milestones, std::int32_t day);
  /// The clocks restart today: a missed first appointment has been rebooked.
  void adjust_first(Row root, std::int8_t adjustment);
  /// A step that pauses the clocks begins, or is over: the days on which any such step is under way are taken off once.
  void begin_pause(Row root, std::int8_t adjustment);
  void end_pause(Row root, std::int8_t adjustment);
  /// The patient is another provider's from today on.
  void hand_over(Row root);
  /// Counts every clock that runs.
  void end_month(std::uint32_t month);

 private:
  friend struct Tampering;
  [[gnu::always_inline]] inline void charge(Patient const& p, std::size_t at, std::uint64_t StepTotals::*account,
                                            Tick since) {
    if (now_.measuring) time_of(p, at).*account += now_.measured_since(since);
    if (follows(p)) [[unlikely]]
      note(p, at, account, since);
  }
  /// What the last of a wait goes on, until now.
  struct Wait {
    std::uint64_t notice = 0, closed = 0, waiting = 0;
  };
  [[nodiscard]] Wait divide(model::Resource const& resource, Tick joined, Tick length) const;
  void charge_divided(model::Resource const& resource, Tick joined, StepTotals& time) const;
  /// What one does who is on no list, and since when; nothing if that takes no time.
  struct Spent {
    std::size_t at = 0;
    std::uint64_t StepTotals::*account = nullptr;
    Tick since = 0;
  };
  [[nodiscard]] Spent spent(Patient const& p) const;
  void write_joining(Patient const& parent);
  /// The diary of a patient is written until this moment, and those of its branches.
  void write_up(Row r);
  /// What pauses the clocks of a patient is about to change.
  void note_pauses(Row root);
  void begin_diary(std::uint32_t standard, Row root, std::int32_t day);
  void close_diary(std::uint32_t standard, Row root, bool met, std::int32_t waited);
  void reach_in_clock(std::uint32_t standard, Row r, std::uint64_t milestones, std::int32_t day);
  void start_clock(std::uint32_t standard, Row r, std::int32_t day);
  void move_pauses(Row root, std::int8_t adjustment, std::int32_t days);
  void end_clock(std::uint32_t standard, Row r, std::uint64_t milestones, std::int32_t day);
  void stop_clock(std::uint32_t standard, Row r, std::int32_t day);
  void count(std::uint32_t standard, Who const& who, std::uint32_t halves, bool met, std::int32_t waited,
             std::uint32_t month);
  void count_open(model::Standard const& standard, Strata const& strata, std::int32_t waited, std::uint32_t month);
  void measure(Row r, model::Milestones const& milestones, std::int32_t day);
  void remember(Row root, std::uint64_t milestones, std::int32_t day);
  void record(std::uint32_t measure, Row r, std::int32_t day);

  /// What the totals of resources have been given of a step's totals.
  struct Credited {
    std::uint64_t starts = 0, wait_ticks = 0, held = 0;
  };

  Now const& now_;
  Patients& patients_;
  Books& books_;
  Diaries diaries_;
  std::uint32_t const standards_;
  std::uint64_t referred_ = 0, finished_ = 0, measured_referrals_ = 0;
  // As many as cells of 32 bits have room for, should all fall into one; clocks are counted in halves.
  static constexpr std::uint32_t most_stops = UINT32_MAX / 2, most_records = UINT32_MAX;
  std::uint32_t stops_ = 0, records_ = 0;
  std::vector<std::uint64_t> arrivals_, second_starts_;
  std::vector<StepTotals> steps_, branch_steps_;
  std::vector<Credited> credited_;  ///< [step * providers + provider]
  // As in the result.
  std::vector<std::uint32_t> counted_, met_, days_, open_, open_long_, recorded_;
  std::vector<std::uint64_t> recorded_sums_;
};

}  // namespace cwtsim::engine
