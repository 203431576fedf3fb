#pragma once
// The least that a program written for booked waits alone must do: a clock of whole minutes in 32 bits, a bucket for
// each day, a list for each minute of the day that is open, patients of 32 bytes, and nothing else.

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "by_hand.hpp"

namespace cwtsim::by_hand {

struct Booked {
  double arrivals_per_year = 20'000;
  std::uint32_t servers = 2;  ///< of each pool
  std::uint32_t days = 1826;  ///< simulated
  double booked_minutes = 21 * 1440.0;
  double service_minutes = 30;
};

/// Ten rounds of a booked wait and a service at a pool of servers; each pool is first come, first served.
class BookedWaits {
 public:
  explicit BookedWaits(Booked const& model) : model_(model), arrival_gap_(525'960.0 / model.arrivals_per_year) {
    days_.resize(model.days);
  }

  /// One run; memory is kept for the next.
  Outcome run(std::uint64_t seed) {
    random_ = Random(seed);
    out_ = {};
    for (auto& day : days_) day = {};
    blocks_.clear();
    free_block_ = none;
    patients_.assign(1, {});  // number 0 is the next arrival
    spare_.clear();
    for (auto& pool : pools_) pool = {model_.servers, none, none};
    next_arrival_ = exponential_(random_) * arrival_gap_;
    today_ = 0;
    minutes_.fill({none, none});
    occupied_.fill(0);
    schedule(0, static_cast<std::uint32_t>(next_arrival_));
    for (today_ = 0; today_ < model_.days; ++today_) {
      open_day();
      for (std::size_t word = 0; word < occupied_.size(); ++word)
        while (occupied_[word] != 0)
          serve_minute(static_cast<std::uint32_t>(64 * word) +
                       static_cast<std::uint32_t>(std::countr_zero(occupied_[word])));
    }
    return out_;
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFu, day_minutes = 1440;
  static constexpr std::uint32_t id_bits = 21;  // and 11 for the minute of the day
  static constexpr std::uint32_t rounds = 10;
  struct Patient {
    std::uint32_t next = none;  // in the list of a minute or of a pool
    std::uint32_t joined = 0;
    std::uint32_t round = 0;
    std::uint32_t serving = 0;
    std::array<std::uint32_t, 4> others{};  // what a patient of the engine has at least: two to a cache line
  };
  static_assert(sizeof(Patient) == 32);
  struct List {
    std::uint32_t head, tail;
  };
  struct Pool {
    std::uint32_t free, head, tail;
  };
  struct Block {  // a part of the list of a day to come: two cache lines
    std::array<std::uint32_t, 31> entries;
    std::uint32_t next;
  };
  static_assert(sizeof(Block) == 128);
  struct Day {
    std::uint32_t first = none, last = none, used = 31;
  };

  std::uint32_t draw(double mean) { return static_cast<std::uint32_t>(exponential_(random_) * mean + 0.5); }

  void append(std::uint32_t minute, std::uint32_t patient) {
    patients_[patient].next = none;
    List& list = minutes_[minute];
    if (list.head == none) {
      list.head = patient;
      occupied_[minute / 64] |= 1ULL << (minute % 64);
    } else {
      patients_[list.tail].next = patient;
    }
    list.tail = patient;
  }

  void schedule(std::uint32_t patient, std::uint32_t at) {
    std::uint32_t const day = at / day_minutes, minute = at % day_minutes;
    if (day == today_) return append(minute, patient);
    if (day >= model_.days) return;  // never comes
    Day& d = days_[day];
    if (d.used == 31) {
      std::uint32_t block = free_block_;
      if (block != none) {
        free_block_ = blocks_[block].next;
      } else {
        block = static_cast<std::uint32_t>(blocks_.size());
        blocks_.emplace_back();
      }
      blocks_[block].next = none;
      if (d.first == none)
        d.first = block;
      else
        blocks_[d.last].next = block;
      d.last = block;
      d.used = 0;
    }
    blocks_[d.last].entries[d.used++] = minute << id_bits | patient;
  }

  // Everything noted for today goes into the lists of its minutes, in the order in which it was noted.
  void open_day() {
    Day const d = days_[today_];
    for (std::uint32_t b = d.first; b != none;) {
      Block& block = blocks_[b];
      std::uint32_t const used = b == d.last ? d.used : 31;
      for (std::uint32_t i = 0; i < used; ++i)
        append(block.entries[i] >> id_bits, block.entries[i] & ((1u << id_bits) - 1));
      std::uint32_t const next = block.next;
      block.next = free_block_;
      free_block_ = b;
      b = next;
    }
  }

  void serve_minute(std::uint32_t minute) {
    std::uint32_t const now = today_ * day_minutes + minute;
    List& list = minutes_[minute];
    while (list.head != none) {  // more may be added meanwhile
      std::uint32_t const p = list.head;
      list.head = patients_[p].next;
      ++out_.events;
      if (p == 0)
        arrive(now);
      else if (patients_[p].serving == 0)
        join(p, now);
      else
        finish(p, now);
    }
    occupied_[minute / 64] &= ~(1ULL << (minute % 64));
  }

  void arrive(std::uint32_t now) {
    std::uint32_t fresh;
    if (spare_.empty()) {
      fresh = static_cast<std::uint32_t>(patients_.size());
      patients_.emplace_back();
    } else {
      fresh = spare_.back();
      spare_.pop_back();
    }
    patients_[fresh] = {};
    ++out_.patients;
    schedule(fresh, now + draw(model_.booked_minutes));
    next_arrival_ += exponential_(random_) * arrival_gap_;  // not rounded: the rate is exact
    schedule(0, static_cast<std::uint32_t>(next_arrival_));
  }

  void join(std::uint32_t p, std::uint32_t now) {
    Pool& pool = pools_[patients_[p].round];
    patients_[p].joined = now;
    if (pool.free > 0) {
      --pool.free;
      start(p, now);
      return;
    }
    patients_[p].next = none;
    if (pool.head == none)
      pool.head = p;
    else
      patients_[pool.tail].next = p;
    pool.tail = p;
  }

  void start(std::uint32_t p, std::uint32_t now) {
    patients_[p].serving = 1;
    ++out_.starts;
    out_.wait_ticks += now - patients_[p].joined;
    schedule(p, now + draw(model_.service_minutes));
  }

  void finish(std::uint32_t p, std::uint32_t now) {
    Pool& pool = pools_[patients_[p].round];
    if (pool.head != none) {
      std::uint32_t const first = pool.head;
      pool.head = patients_[first].next;
      start(first, now);
    } else {
      ++pool.free;
    }
    patients_[p].serving = 0;
    if (++patients_[p].round < rounds) {
      schedule(p, now + draw(model_.booked_minutes));
      return;
    }
    spare_.push_back(p);
  }

  Booked model_;
  double arrival_gap_, next_arrival_ = 0;
  Random random_{0};
  Exponential exponential_;
  Outcome out_;
  std::uint32_t today_ = 0, free_block_ = none;
  std::vector<Day> days_;
  std::vector<Block> blocks_;
  std::vector<Patient> patients_;
  std::vector<std::uint32_t> spare_;
  std::array<Pool, rounds> pools_{};
  std::array<List, day_minutes> minutes_{};
  std::array<std::uint64_t, 23> occupied_{};  // of 1,472 minutes
};

}  // namespace cwtsim::by_hand
