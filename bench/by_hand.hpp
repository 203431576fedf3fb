#pragma once
// The least that a program written for one model alone must do: a lower bound to hold the engine against. No calendars,
// no statistics beyond one sum, one generator, one heap.

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace cwtsim::by_hand {

/// xoshiro256++ (Blackman and Vigna), seeded by SplitMix64.
class Random {
 public:
  explicit Random(std::uint64_t seed) {
    for (auto& s : s_) {
      seed += 0x9e3779b97f4a7c15ULL;
      std::uint64_t z = seed;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
      s = z ^ (z >> 31);
    }
  }
  std::uint64_t next() {
    auto const rotate = [](std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); };
    std::uint64_t const result = rotate(s_[0] + s_[3], 23) + s_[0];
    std::uint64_t const t = s_[1] << 17;
    s_[2] ^= s_[0];
    s_[3] ^= s_[1];
    s_[1] ^= s_[2];
    s_[0] ^= s_[3];
    s_[2] ^= t;
    s_[3] = rotate(s_[3], 45);
    return result;
  }
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  std::array<std::uint64_t, 4> s_{};
};

/// Exponential variates of mean 1 by the ziggurat of Marsaglia and Tsang (2000), 256 layers.
class Exponential {
 public:
  Exponential() {
    double const volume = 3.949659822581572e-3, tail = 7.69711747013104972;
    x_[0] = volume / std::exp(-tail);
    x_[1] = tail;
    for (std::size_t i = 2; i < 256; ++i) x_[i] = -std::log(volume / x_[i - 1] + std::exp(-x_[i - 1]));
    x_[256] = 0;
    for (std::size_t i = 0; i < 257; ++i) f_[i] = std::exp(-x_[i]);
  }
  double operator()(Random& random) const {
    double base = 0;
    for (;;) {
      std::uint64_t const bits = random.next();
      auto const layer = static_cast<std::size_t>(bits & 255);
      double const x = static_cast<double>(bits >> 11) * 0x1.0p-53 * x_[layer];
      if (x < x_[layer + 1]) return base + x;
      if (layer == 0) {
        base += x_[1];
        continue;
      }
      if (f_[layer] + random.unit() * (f_[layer + 1] - f_[layer]) < std::exp(-x)) return base + x;
    }
  }

 private:
  std::array<double, 257> x_{}, f_{};
};

/// A 4-ary heap of (time, payload) packed in 64 bits: time 44 bits, payload 20.
class Heap {
 public:
  [[nodiscard]] bool empty() const { return a_.empty(); }
  void push(std::uint64_t time, std::uint32_t payload) {
    std::uint64_t const v = time << 20 | payload;
    std::size_t i = a_.size();
    a_.push_back(v);
    while (i > 0) {
      std::size_t const up = (i - 1) / 4;
      if (a_[up] <= v) break;
      a_[i] = a_[up];
      i = up;
    }
    a_[i] = v;
  }
  std::pair<std::uint64_t, std::uint32_t> pop() {
    std::uint64_t const top = a_[0], v = a_.back();
    a_.pop_back();
    std::size_t const n = a_.size();
    std::size_t i = 0;
    while (n > 0) {
      std::size_t const first = 4 * i + 1;
      if (first >= n) break;
      std::size_t least = first;
      std::uint64_t value = a_[first];
      std::size_t const last = first + 4 < n ? first + 4 : n;
      for (std::size_t c = first + 1; c < last; ++c) {
        bool const smaller = a_[c] < value;
        least = smaller ? c : least;
        value = smaller ? a_[c] : value;
      }
      if (value >= v) break;
      a_[i] = value;
      i = least;
    }
    if (n > 0) a_[i] = v;
    return {top >> 20, static_cast<std::uint32_t>(top & 0xFFFFF)};
  }

 private:
  std::vector<std::uint64_t> a_;
};

struct Station {
  int servers;
  double mean_ticks;
};

struct Outcome {
  std::uint64_t events = 0, patients = 0, starts = 0, wait_ticks = 0;  // waits are of those who started
};

/// Stations in series; patients leave after station `leave_after` with probability `leave`.
inline Outcome series(std::vector<Station> const& stations, double arrival_mean_ticks, std::uint64_t end,
                      std::size_t leave_after, double leave, std::uint64_t seed) {
  struct Patient {
    std::uint64_t joined;
    std::uint32_t next;
    std::uint32_t station;
  };
  constexpr std::uint32_t none = 0xFFFFF;
  struct Queue {
    int free;
    std::uint32_t head, tail;
  };
  Random random(seed);
  static Exponential const exponential;
  Heap heap;
  std::vector<Patient> pool;
  std::vector<std::uint32_t> spare;
  std::vector<Queue> queues;
  for (auto const& s : stations) queues.push_back({s.servers, none, none});
  Outcome out;
  auto const draw = [&](double mean) { return static_cast<std::uint64_t>(exponential(random) * mean + 0.5); };
  auto const begin = [&](std::uint32_t p, std::uint64_t now) {
    ++out.starts;
    out.wait_ticks += now - pool[p].joined;
    heap.push(now + draw(stations[pool[p].station].mean_ticks), p);
  };
  auto const join = [&](std::uint32_t p, std::uint32_t station, std::uint64_t now) {
    pool[p].joined = now;
    pool[p].station = station;
    Queue& q = queues[station];
    if (q.free > 0) {
      --q.free;
      begin(p, now);
      return;
    }
    pool[p].next = none;
    if (q.head == none)
      q.head = p;
    else
      pool[q.tail].next = p;
    q.tail = p;
  };
  heap.push(draw(arrival_mean_ticks), none);
  while (!heap.empty()) {
    auto const [now, p] = heap.pop();
    if (now >= end) break;
    ++out.events;
    if (p == none) {
      heap.push(now + draw(arrival_mean_ticks), none);
      std::uint32_t fresh;
      if (spare.empty()) {
        fresh = static_cast<std::uint32_t>(pool.size());
        pool.push_back({});
      } else {
        fresh = spare.back();
        spare.pop_back();
      }
      ++out.patients;
      join(fresh, 0, now);
      continue;
    }
    std::uint32_t const station = pool[p].station;
    Queue& q = queues[station];
    if (q.head != none) {
      std::uint32_t const first = q.head;
      q.head = pool[first].next;
      begin(first, now);
    } else {
      ++q.free;
    }
    bool const leaves = station + 1 == stations.size() || (station == leave_after && random.unit() < leave);
    if (leaves)
      spare.push_back(p);
    else
      join(p, station + 1, now);
  }
  return out;
}

}  // namespace cwtsim::by_hand
