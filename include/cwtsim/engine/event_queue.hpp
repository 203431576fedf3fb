#pragma once
// The event calendar: a hierarchical wheel of 64 ticks a level. Insertion and removal cost the same at 10 and at a
// million pending events, and events of the same tick and phase leave in the order in which they came.

#include <array>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "cwtsim/core/time.hpp"

namespace cwtsim::engine {

/// What comes first among events of the same tick.
enum class Phase : std::uint8_t { beginning, closing, finishing, referring, opening, meeting, auditing };

/// An event: what happens (kind), to whom (subject), and the subject's epoch when it was scheduled.
template <class Kind>
struct Event {
  Tick at = 0;
  Kind kind{};              ///< 5 bits
  std::uint32_t epoch = 0;  ///< 24 bits
  std::uint32_t subject = 0;
};

/// Events to come, of some kinds (an enumeration of at most 32), in the order of their ticks, then phases, then of
/// being scheduled: a wheel of 64 slots a level.
template <class Kind>
class EventQueue {
 public:
  static constexpr std::uint32_t epoch_mask = 0xFFFFFF;
  static constexpr std::uint32_t nobody = 0xFFFFFFFFu;

  EventQueue() { clear(); }

  /// Removes every event and sets the clock to `start`; memory is kept.
  void clear(Tick start = 0) {
    nodes_.clear();
    blocks_.clear();
    free_node_ = free_block_ = nobody;
    size_ = 0;
    now_ = start;
    phase_ = 0;
    ticks_ = 0;
    phases_.fill(0);
    occupied_.fill(0);
    for (auto& tick : near_) tick.fill(List{});
    for (auto& level : far_) level.fill(Run{});
  }

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Schedules an event. One whose (tick, phase) has passed already happens at once, in the current phase, after those
  /// that are due in it.
  [[gnu::always_inline]] inline void push(Tick at, Phase phase, Kind kind, std::uint32_t epoch, std::uint32_t subject) {
    auto order = static_cast<std::uint32_t>(phase);
    if (at <= now_) {
      order = at < now_ || order < phase_ ? phase_ : order;
      at = now_;
    }
    ++size_;
    insert({at, subject, (order << 29) | (static_cast<std::uint32_t>(kind) << 24) | (epoch & epoch_mask)});
  }

  /// Removes and returns the next event; the queue must not be empty. The subjects of events that move into the current
  /// block of ticks are named to `soon`.
  template <class Soon>
  Event<Kind> pop(Soon const& soon) {
    --size_;
    if (ticks_ == 0) descend(soon);
    auto const tick = static_cast<std::size_t>(std::countr_zero(ticks_));
    auto const order = static_cast<std::size_t>(std::countr_zero(phases_[tick]));
    List& list = near_[tick][order];
    std::uint32_t const n = list.head;
    Node& node = nodes_[n];
    list.head = node.next;
    if (list.head == nobody) {
      phases_[tick] = static_cast<std::uint8_t>(phases_[tick] & (phases_[tick] - 1));
      if (phases_[tick] == 0) ticks_ &= ticks_ - 1;
    }
    now_ = node.entry.at;
    phase_ = static_cast<std::uint32_t>(order);
    std::uint32_t const label = node.entry.label;
    node.next = free_node_;
    free_node_ = n;
    return {now_, static_cast<Kind>((label >> 24) & 0x1F), label & epoch_mask, node.entry.subject};
  }
  /// Likewise, naming no subjects.
  Event<Kind> pop() {
    return pop([](std::uint32_t) {});
  }

  /// The subject of the event after the last one taken out, if it lies in the same block of ticks: a hint of what will
  /// be needed next, not a promise.
  [[nodiscard]] std::uint32_t upcoming() const {
    if (ticks_ == 0) return nobody;
    auto const tick = static_cast<std::size_t>(std::countr_zero(ticks_));
    return nodes_[near_[tick][static_cast<std::size_t>(std::countr_zero(phases_[tick]))].head].entry.subject;
  }

 private:
  static constexpr std::size_t far_levels = 5;  // of 6 bits each, above the 6 bits of the near ticks: 36 bits
  struct Entry {
    Tick at = 0;
    std::uint32_t subject = 0;
    std::uint32_t label = 0;  // phase 3 bits, kind 5, epoch 24
  };
  struct Node {
    Entry entry;
    std::uint32_t next = nobody;
  };
  struct List {
    std::uint32_t head = nobody, tail = nobody;  // the tail means nothing where there is no head
  };
  // Events far off are kept in runs of blocks, to be read in the order of memory when their time comes.
  static constexpr std::uint32_t block_size = 10;
  struct alignas(64) Block {
    std::array<Entry, block_size> entries{};
    std::uint32_t next = nobody;
  };
  struct Run {
    std::uint32_t head = nobody, tail = nobody;  // blocks; they mean nothing in a run that is not occupied
    std::uint32_t used = block_size;             // entries of the last block; all others are full
  };

  // Ticks of the current block of 64 have a list for each phase; later blocks are lists of their own, coarser with
  // distance.
  [[gnu::always_inline]] inline void insert(Entry const& entry) {
    std::uint32_t const differs = entry.at ^ now_;
    if (differs < 64) {
      append_near(entry);
      return;
    }
    auto const level = static_cast<std::size_t>(31 - std::countl_zero(differs)) / 6;
    auto const slot = static_cast<std::size_t>((entry.at >> (level * 6)) & 63);
    Run& run = far_[level - 1][slot];
    if (run.used == block_size) lengthen(run, occupied_[level - 1] >> slot & 1);
    blocks_[run.tail].entries[run.used++] = entry;
    occupied_[level - 1] |= 1ULL << slot;
  }

  void append_near(Entry const& entry) {
    std::size_t const tick = entry.at & 63;
    std::uint32_t const order = entry.label >> 29;
    std::uint32_t n = free_node_;
    if (n != nobody) {
      free_node_ = nodes_[n].next;
      nodes_[n] = {entry, nobody};
    } else {
      n = static_cast<std::uint32_t>(nodes_.size());
      nodes_.push_back({entry, nobody});
    }
    List& list = near_[tick][order];
    if (list.head == nobody)
      list.head = n;
    else
      nodes_[list.tail].next = n;
    list.tail = n;
    phases_[tick] = static_cast<std::uint8_t>(phases_[tick] | 1u << order);
    ticks_ |= 1ULL << tick;
  }

  // Gives a run one block more, its first if it is not occupied.
  void lengthen(Run& run, bool occupied) {
    std::uint32_t b = free_block_;
    if (b != nobody) {
      free_block_ = blocks_[b].next;
      blocks_[b].next = nobody;
    } else {
      b = static_cast<std::uint32_t>(blocks_.size());
      blocks_.emplace_back();
    }
    if (occupied)
      blocks_[run.tail].next = b;
    else
      run.head = b;
    run.tail = b;
    run.used = 0;
  }

  // Nothing is left in the current block: moves the clock to the next occupied one, spreading its events over the
  // levels below. Events pushed there later come after these, so order among equals is kept.
  template <class Soon>
  void descend(Soon const& soon) {
    while (ticks_ == 0) {
      std::size_t level = 1;
      while (occupied_[level - 1] == 0) ++level;
      auto const slot = static_cast<std::size_t>(std::countr_zero(occupied_[level - 1]));
      Run const run = std::exchange(far_[level - 1][slot], Run{});
      occupied_[level - 1] &= occupied_[level - 1] - 1;
      phase_ = 0;
      if (run.head == run.tail && run.used == 1) {
        Entry const entry = blocks_[run.head].entries[0];
        free_up(run.head);
        now_ = entry.at;
        append_near(entry);
        return;
      }
      auto const shift = level * 6;
      auto const above = static_cast<std::uint64_t>(now_) >> (shift + 6) << 6;
      now_ = static_cast<Tick>((above | slot) << shift);
      for (std::uint32_t b = run.head; b != nobody;) {
        std::uint32_t const next = blocks_[b].next, used = b == run.tail ? run.used : block_size;
        if (next != nobody) __builtin_prefetch(&blocks_[next]);
        for (std::uint32_t i = 0; i < used; ++i) {
          Entry const entry = blocks_[b].entries[i];
          if (level == 1) {
            soon(entry.subject);
            append_near(entry);
          } else {
            insert(entry);
          }
        }
        free_up(b);
        b = next;
      }
    }
  }

  void free_up(std::uint32_t block) {
    blocks_[block].next = free_block_;
    free_block_ = block;
  }

  std::vector<Node> nodes_;
  std::vector<Block> blocks_;
  std::uint32_t free_node_ = nobody, free_block_ = nobody;
  std::size_t size_ = 0;
  Tick now_ = 0;
  std::uint32_t phase_ = 0;
  std::uint64_t ticks_ = 0;                // occupied ticks of the current block
  std::array<std::uint8_t, 64> phases_{};  // occupied phases of each
  std::array<std::uint64_t, far_levels> occupied_{};
  std::array<std::array<List, 8>, 64> near_{};
  std::array<std::array<Run, 64>, far_levels> far_{};
};

}  // namespace cwtsim::engine
