#pragma once
// What the time of patients on their clocks went on, known only when a clock stops: those who are followed carry a
// diary while any clock of theirs runs. It is a pile of entries, the latest on top: so much time at a step on an
// account, that a clock began, that what pauses clocks changed.

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "cwtsim/engine/result.hpp"
#include "now.hpp"
#include "patients.hpp"

namespace cwtsim::engine {

class Diaries {
 public:
  Diaries(Now const& now, Patients& patients);
  /// What a row takes, in memory; of diaries as many entries as are seldom more.
  [[nodiscard]] static std::uint64_t bytes_a_patient(model::Model const& model) {
    constexpr std::uint64_t entries = 24;
    return model.standards.empty() ? 0 : sizeof(Followed) + entries * sizeof(Entry) / model.followed;
  }
  /// Takes the arrays back from a result that is no longer wanted.
  void reset(ReplicationResult& spare);
  /// Hands everything over.
  void close(ReplicationResult& result);

  /// Whether a patient, or one whose branch this is, is one of those followed: by its key, which nothing else of it
  /// depends on.
  [[nodiscard]] bool follows(Patient const& p) const { return (p.key & not_followed_) == 0; }
  /// Whether some clock runs of one who is followed.
  [[nodiscard]] bool is_open(Row root) const { return root < followed_.size() && followed_[root].running > 0; }

  // Of a row, whose time has been written down until some moment.
  /// Of what began at a moment, how much of its last is to be written; with what is written now it is until now.
  [[nodiscard]] Tick unwritten(Row r, Tick since) {
    return std::min(now_.tick - since, now_.tick - std::exchange(followed(r).written, now_.tick));
  }
  /// Likewise; it is written elsewhere.
  [[nodiscard]] Tick still_unwritten(Row r, Tick since) {
    return std::min(now_.tick - since, now_.tick - followed(r).written);
  }
  /// What a row has done until now is in no diary.
  void leave_out(Row r) { followed(r).written = now_.tick; }

  /// So much time of a patient whose diary is open, or of its branches, went on something.
  void write(Row root, bool of_branches, model::Index16 step, std::size_t account, std::uint64_t ticks);
  /// A clock begins; so many days ago.
  void begin(Row root, std::uint32_t standard, std::uint32_t days_ago);
  /// It does again, now: what was is forgotten.
  void restart(Row root, std::uint32_t standard);
  /// What pauses clocks changes; what it was, as adjustment bits.
  void pauses_change(Row root, std::uint32_t before);
  /// Adjustment bits of what pauses the clocks of a patient now.
  [[nodiscard]] std::uint32_t pauses(Row root);
  /// A clock stops in the measured time, after so many days.
  void count(Row root, std::uint32_t standard, bool breached, std::int32_t days);
  /// A clock no longer runs.
  void end(Row root);
  /// The patient leaves.
  void forget(Row root);

 private:
  friend struct Tampering;
  static constexpr std::uint32_t nothing = UINT32_MAX;
  /// Of a row; of roots their diary.
  struct Followed {
    Tick written = 0;
    std::uint32_t top = nothing, running = 0;
  };
  /// Time at a step on an account, or a mark: that a clock begins (days ago and the moment), or what paused clocks.
  struct Entry {
    std::uint64_t value = 0;
    std::uint32_t what = 0, below = nothing;
  };
  static constexpr std::uint32_t is_mark = 1U << 31, of_pauses = 1U << 30;

  [[nodiscard, gnu::always_inline]] inline Followed& followed(Row r) {
    if (r >= followed_.size()) [[unlikely]]
      make_room();
    return followed_[r];
  }
  [[gnu::noinline]] void make_room() { followed_.resize(patients_.room(), Followed{now_.model.start}); }
  void put(Row root, std::uint32_t what, std::uint64_t value);

  Now const& now_;
  Patients& patients_;
  std::size_t const steps_;
  std::uint64_t not_followed_;  ///< bits of a key
  std::vector<Followed> followed_;
  std::vector<Entry> entries_;
  std::uint32_t free_ = nothing;
  // As in the result.
  std::vector<ClockTotals> clocks_;
  std::vector<std::uint64_t> clock_ticks_;
};

}  // namespace cwtsim::engine
