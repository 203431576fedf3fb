#pragma once
// The event calendar: a hierarchical wheel of 64 ticks a level. Insertion and removal cost the same at 10 and at a
// million pending events, and events of the same tick and phase leave in the order in which they came.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "cwtsim/core/time.hpp"

namespace cwtsim::engine {

/// What comes first among events of the same tick.
enum class Phase : std::uint8_t { beginning, closing, finishing, referring, opening, meeting, auditing };

/// An event: what happens (kind), to whom (subject), and the subject's epoch when it was scheduled.
struct Event {
  Tick at = 0;
  std::uint8_t kind = 0;    ///< 4 bits
  std::uint32_t epoch = 0;  ///< 24 bits
  std::uint32_t subject = 0;
};

class EventQueue {
 public:
  static constexpr std::uint32_t epoch_mask = 0xFFFFFF;

  EventQueue() { clear(); }

  /// Removes every event and sets the clock to `start`; memory is kept.
  void clear(Tick start = 0) {
    nodes_.clear();
    free_ = nobody;
    size_ = 0;
    now_ = start;
    phase_ = 0;
    ticks_ = 0;
    phases_.fill(0);
    occupied_.fill(0);
    for (auto& tick : near_) tick.fill(Slot{});
    for (auto& level : far_) level.fill(Slot{});
  }

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Schedules an event. One whose (tick, phase) has passed already happens at once, in the current phase, after those
  /// that are due in it.
  void push(Tick at, Phase phase, std::uint8_t kind, std::uint32_t epoch, std::uint32_t subject) {
    auto order = static_cast<std::uint32_t>(phase);
    if (at <= now_) {
      order = at < now_ || order < phase_ ? phase_ : order;
      at = now_;
    }
    std::uint32_t n = free_;
    if (n != nobody) {
      free_ = nodes_[n].next;
    } else {
      n = static_cast<std::uint32_t>(nodes_.size());
      nodes_.emplace_back();
    }
    nodes_[n].at = at;
    nodes_[n].subject = subject;
    nodes_[n].mark = (order << 28) | (static_cast<std::uint32_t>(kind) << 24) | (epoch & epoch_mask);
    ++size_;
    place(n, at, order);
  }

  /// Removes and returns the next event; the queue must not be empty.
  Event pop() {
    --size_;
    if (ticks_ == 0) descend();
    auto const tick = static_cast<std::size_t>(std::countr_zero(ticks_));
    auto const order = static_cast<std::size_t>(std::countr_zero(phases_[tick]));
    Slot& s = near_[tick][order];
    std::uint32_t const n = s.head;
    Node& node = nodes_[n];
    s.head = node.next;
    if (s.head == nobody) {
      s.tail = nobody;
      phases_[tick] = static_cast<std::uint8_t>(phases_[tick] & (phases_[tick] - 1));
      if (phases_[tick] == 0) ticks_ &= ticks_ - 1;
    }
    now_ = node.at;
    phase_ = static_cast<std::uint32_t>(order);
    Event const e{now_, static_cast<std::uint8_t>((node.mark >> 24) & 0xF), node.mark & epoch_mask, node.subject};
    node.next = free_;
    free_ = n;
    return e;
  }

 private:
  static constexpr std::uint32_t nobody = 0xFFFFFFFFu;
  static constexpr std::size_t far_levels = 5;  // of 6 bits each, above the 6 bits of the near ticks: 36 bits
  struct Node {
    Tick at = 0;
    std::uint32_t subject = 0;
    std::uint32_t mark = 0;  // phase 4 bits, kind 4, epoch 24
    std::uint32_t next = nobody;
  };
  struct Slot {
    std::uint32_t head = nobody, tail = nobody;
  };

  void append(Slot& s, std::uint32_t n) {
    nodes_[n].next = nobody;
    if (s.tail == nobody)
      s.head = n;
    else
      nodes_[s.tail].next = n;
    s.tail = n;
  }

  // Ticks of the current block of 64 have a list for each phase; later blocks are lists of their own, coarser with
  // distance.
  void place(std::uint32_t n, Tick at, std::uint32_t order) {
    std::uint32_t const differs = at ^ now_;
    if (differs < 64) {
      std::size_t const tick = at & 63;
      append(near_[tick][order], n);
      phases_[tick] = static_cast<std::uint8_t>(phases_[tick] | 1u << order);
      ticks_ |= 1ULL << tick;
      return;
    }
    auto const level = static_cast<std::size_t>(31 - std::countl_zero(differs)) / 6;
    auto const slot = static_cast<std::size_t>((at >> (level * 6)) & 63);
    append(far_[level - 1][slot], n);
    occupied_[level - 1] |= 1ULL << slot;
  }

  // Nothing is left in the current block: moves the clock to the next occupied one, spreading its events over the
  // levels below. Events pushed there later come after these, so order among equals is kept.
  void descend() {
    while (ticks_ == 0) {
      std::size_t level = 1;
      while (occupied_[level - 1] == 0) ++level;
      auto const slot = static_cast<std::size_t>(std::countr_zero(occupied_[level - 1]));
      std::uint32_t n = far_[level - 1][slot].head;
      far_[level - 1][slot] = Slot{};
      occupied_[level - 1] &= occupied_[level - 1] - 1;
      phase_ = 0;
      if (nodes_[n].next == nobody) {
        now_ = nodes_[n].at;
        place(n, now_, nodes_[n].mark >> 28);
        return;
      }
      auto const shift = level * 6;
      auto const above = static_cast<std::uint64_t>(now_) >> (shift + 6) << 6;
      now_ = static_cast<Tick>((above | slot) << shift);
      while (n != nobody) {
        std::uint32_t const next = nodes_[n].next;
        place(n, nodes_[n].at, nodes_[n].mark >> 28);
        n = next;
      }
    }
  }

  std::vector<Node> nodes_;
  std::uint32_t free_ = nobody;
  std::size_t size_ = 0;
  Tick now_ = 0;
  std::uint32_t phase_ = 0;
  std::uint64_t ticks_ = 0;                // occupied ticks of the current block
  std::array<std::uint8_t, 64> phases_{};  // occupied phases of each
  std::array<std::uint64_t, far_levels> occupied_{};
  std::array<std::array<Slot, 8>, 64> near_{};
  std::array<std::array<Slot, 64>, far_levels> far_{};
};

}  // namespace cwtsim::engine
