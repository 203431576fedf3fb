#pragma once
// The event calendar: a hierarchical wheel of 64 slots a level over keys (tick, phase). Insertion and removal cost the
// same at 10 and at a million pending events, and events of equal key leave in the order in which they came.

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
  std::uint8_t kind = 0;
  std::uint32_t epoch = 0;  ///< 24 bits
  std::uint32_t subject = 0;
};

class EventQueue {
 public:
  static constexpr int level_bits = 6;
  static constexpr int levels = 6;  // 36 bits hold a 32-bit tick and a 3-bit phase
  static constexpr std::uint32_t epoch_mask = 0xFFFFFF;

  EventQueue() { clear(); }

  /// Removes every event and sets the clock to `start`; keeps its memory, with some to spare.
  void clear(Tick start = 0) {
    if (nodes_.capacity() < nodes_.size() + nodes_.size() / 2) nodes_.reserve(2 * nodes_.size());
    nodes_.clear();
    free_ = nobody;
    size_ = 0;
    now_ = key_of(start, Phase::beginning);
    occupied_.fill(0);
    for (auto& level : slots_) level.fill(Slot{});
  }

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Schedules an event. One whose (tick, phase) has passed already happens at once, in the current phase, after those
  /// that are due in it.
  void push(Tick at, Phase phase, std::uint8_t kind, std::uint32_t epoch, std::uint32_t subject) {
    std::uint64_t const key = std::max(key_of(at, phase), now_);
    std::uint32_t n = free_;
    if (n != nobody) {
      free_ = nodes_[n].next;
    } else {
      n = static_cast<std::uint32_t>(nodes_.size());
      nodes_.emplace_back();
    }
    nodes_[n].word = (key << 28) | (static_cast<std::uint64_t>(kind) << 24) | (epoch & epoch_mask);
    nodes_[n].subject = subject;
    ++size_;
    append(n, key);
  }

  /// Removes and returns the next event; the queue must not be empty.
  Event pop() {
    --size_;
    if (occupied_[0] == 0) descend();
    auto const slot = static_cast<std::size_t>(std::countr_zero(occupied_[0]));
    Slot& s = slots_[0][slot];
    std::uint32_t const n = s.head;
    Node& node = nodes_[n];
    s.head = node.next;
    if (s.head == nobody) {
      s.tail = nobody;
      occupied_[0] &= occupied_[0] - 1;
    }
    now_ = node.word >> 28;
    Event const e{static_cast<Tick>(now_ >> 3), static_cast<std::uint8_t>((node.word >> 24) & 0xF),
                  static_cast<std::uint32_t>(node.word & epoch_mask), node.subject};
    node.next = free_;
    free_ = n;
    return e;
  }

 private:
  static constexpr std::uint32_t nobody = 0xFFFFFFFFu;
  struct Node {
    std::uint64_t word = 0;  // key 36 bits, kind 4, epoch 24
    std::uint32_t subject = 0;
    std::uint32_t next = nobody;
  };
  struct Slot {
    std::uint32_t head = nobody, tail = nobody;
  };

  static std::uint64_t key_of(Tick at, Phase phase) {
    return (static_cast<std::uint64_t>(at) << 3) | static_cast<std::uint64_t>(phase);
  }

  void append(std::uint32_t n, std::uint64_t key) {
    std::uint64_t const differs = key ^ now_;
    auto const level = static_cast<std::size_t>(differs == 0 ? 0 : (63 - std::countl_zero(differs)) / level_bits);
    auto const slot = static_cast<std::size_t>((key >> (level * level_bits)) & 63);
    nodes_[n].next = nobody;
    Slot& s = slots_[level][slot];
    if (s.tail == nobody)
      s.head = n;
    else
      nodes_[s.tail].next = n;
    s.tail = n;
    occupied_[level] |= 1ULL << slot;
  }

  // Nothing is left in the current block of 64 keys: moves the clock to the next occupied block, spreading its events
  // over the levels below. Events pushed there later come after these, so order among equals is kept.
  void descend() {
    while (occupied_[0] == 0) {
      std::size_t level = 1;
      while (occupied_[level] == 0) ++level;
      auto const slot = static_cast<std::size_t>(std::countr_zero(occupied_[level]));
      std::uint32_t n = slots_[level][slot].head;
      slots_[level][slot] = Slot{};
      occupied_[level] &= occupied_[level] - 1;
      if (nodes_[n].next == nobody) {
        now_ = nodes_[n].word >> 28;
        append(n, now_);
        return;
      }
      auto const shift = level * level_bits;
      now_ = (((now_ >> (shift + level_bits)) << level_bits) | slot) << shift;
      while (n != nobody) {
        std::uint32_t const next = nodes_[n].next;
        append(n, nodes_[n].word >> 28);
        n = next;
      }
    }
  }

  std::vector<Node> nodes_;
  std::uint32_t free_ = nobody;
  std::size_t size_ = 0;
  std::uint64_t now_ = 0;
  std::array<std::uint64_t, levels> occupied_{};
  std::array<std::array<Slot, 64>, levels> slots_{};
};

}  // namespace cwtsim::engine
