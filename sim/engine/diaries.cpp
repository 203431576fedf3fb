#include "diaries.hpp"

#include <utility>

#ifdef CWTSIM_CHECKS
#include <fmt/format.h>

#include <stdexcept>
#endif

namespace cwtsim::engine {

namespace {

constexpr unsigned account_bits = 4;
static_assert(clock_accounts <= 1U << account_bits);

constexpr std::uint32_t what_of(bool of_branches, model::Index16 step, std::size_t account) {
  return ((std::uint32_t{step} << account_bits | static_cast<std::uint32_t>(account)) << 1U) | (of_branches ? 1U : 0U);
}

}  // namespace

Diaries::Diaries(Now const& now, Patients& patients)
    : now_(now),
      patients_(patients),
      steps_(now.model.eras.front().steps.size()),
      not_followed_(now.model.standards.empty() ? UINT64_MAX : now.model.followed - 1) {
  clocks_.resize(2 * now.model.standards.size());
  clock_ticks_.resize(clock_cell({.standard = now.model.standards.size()}, steps_));
}

void Diaries::reset(ReplicationResult& spare) {
  if (!spare.clocks.empty()) clocks_.swap(spare.clocks);
  if (!spare.clock_ticks.empty()) clock_ticks_.swap(spare.clock_ticks);
  std::ranges::fill(clocks_, ClockTotals{});
  std::ranges::fill(clock_ticks_, 0);
  if (!followed_.empty()) followed_.reserve(patients_.room());
  followed_.clear();
  std::size_t const least = clocks_.empty() ? 0 : 256;
  keep_slack(entries_, std::max(2 * entries_.size(), least), 2);  // their number varies more than that of rows
  free_ = nothing;
}

void Diaries::close(ReplicationResult& result) {
  clocks_.swap(result.clocks);
  clock_ticks_.swap(result.clock_ticks);
}

void Diaries::put(Row root, std::uint32_t what, std::uint64_t value) {
  std::uint32_t i = free_;
  if (i == nothing) {
    i = static_cast<std::uint32_t>(entries_.size());
    entries_.emplace_back();
  } else {
    free_ = entries_[i].below;
  }
  Followed& f = followed(root);
  entries_[i] = {value, what, f.top};
  f.top = i;
}

// Between two marks there is one entry for each account of each step, so that a diary is short however long it is kept.
void Diaries::write(Row root, bool of_branches, model::Index16 step, std::size_t account, std::uint64_t ticks) {
  if (ticks == 0) return;
  std::uint32_t const what = what_of(of_branches, step, account);
  for (std::uint32_t i = followed_[root].top; i != nothing && (entries_[i].what & is_mark) == 0; i = entries_[i].below)
    if (entries_[i].what == what) {
      entries_[i].value += ticks;
      return;
    }
  put(root, what, ticks);
}

void Diaries::begin(Row root, std::uint32_t standard, std::uint32_t days_ago) {
  ++followed(root).running;
  put(root, is_mark | standard, std::uint64_t{days_ago} << 32U | now_.tick);
}

void Diaries::restart(Row root, std::uint32_t standard) {
  put(root, is_mark | standard, now_.tick);
}

void Diaries::pauses_change(Row root, std::uint32_t before) {
  put(root, is_mark | of_pauses, before);
}

std::uint32_t Diaries::pauses(Row root) {
  std::uint32_t bits = 0;
  for (std::uint32_t a = 0; a < now_.model.pausing; ++a)
    if (patients_.pauses_of(root)[a] > 0) bits |= 1U << a;
  return bits;
}

void Diaries::count(Row root, std::uint32_t standard, bool breached, std::int32_t days) {
  ClockTotals& totals = clocks_[standard * 2 + (breached ? 1 : 0)];
  ++totals.patients;
  totals.days += static_cast<std::uint32_t>(std::max(days, 0));
  std::uint32_t const pausing = now_.model.standards[standard].pauses;
  bool is_paused = (pauses(root) & pausing) != 0;
  [[maybe_unused]] std::uint64_t written = 0;
  for (std::uint32_t i = followed(root).top; i != nothing; i = entries_[i].below) {
    auto const [value, what, below] = entries_[i];
    if (what == (is_mark | standard)) {
      totals.days_before += value >> 32U;
#ifdef CWTSIM_CHECKS
      if (written != now_.tick - static_cast<Tick>(value))
        throw std::logic_error(
            fmt::format("invariant broken at tick {}: a clock of {} has run since tick {}, {} ticks of it are in the "
                        "patient's diary",
                        now_.tick, now_.model.names.standards[standard], static_cast<Tick>(value), written));
#endif
      return;
    }
    if (what == (is_mark | of_pauses)) is_paused = (value & pausing) != 0;
    if ((what & is_mark) != 0) continue;
    bool const of_branches = (what & 1U) != 0;
    std::uint32_t const of_step = what >> 1U;
    std::size_t const account = is_paused ? account_paused : of_step & ((1U << account_bits) - 1);
    clock_ticks_[clock_cell({standard, breached, of_branches, of_step >> account_bits}, steps_) + account] += value;
    if (!of_branches) written += value;
  }
}

void Diaries::end(Row root) {
  Followed& f = followed(root);
  if (--f.running == 0) forget(root);
}

void Diaries::forget(Row root) {
  if (root >= followed_.size()) return;
  Followed& f = followed_[root];
  f.running = 0;
  while (f.top != nothing) {
    std::uint32_t const i = std::exchange(f.top, entries_[f.top].below);
    entries_[i].below = std::exchange(free_, i);
  }
}

}  // namespace cwtsim::engine
