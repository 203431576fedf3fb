// The event calendar under the hold model (take the next event, schedule another) with a hospital's increments: 60 %
// of 5 to 240 minutes, 40 % exponential with a mean of 21 days. Aim: 25 ns with 10,000 to 100,000 pending; flat in
// size.

#include <benchmark/benchmark.h>

#include <queue>
#include <tuple>
#include <vector>

#include "by_hand.hpp"
#include "cwtsim/engine/event_queue.hpp"

namespace {

using namespace cwtsim;

std::vector<std::uint32_t> increments() {
  by_hand::Random random(7);
  by_hand::Exponential const exponential;
  std::vector<std::uint32_t> out(1 << 16);
  for (auto& x : out)
    x = random.unit() < 0.6 ? 5 + static_cast<std::uint32_t>(random.unit() * 235)
                            : static_cast<std::uint32_t>(exponential(random) * 21 * 1440);
  return out;
}

void wheel(benchmark::State& state) {
  auto const step = increments();
  engine::EventQueue<std::uint8_t> queue;
  std::uint32_t k = 0;
  auto const push = [&](Tick at, std::uint32_t subject) {
    queue.push(at + step[k++ & 0xFFFF], engine::Phase::finishing, 0, 0, subject);
  };
  auto const fill = [&] {
    queue.clear();
    for (std::uint32_t i = 0; i < state.range(0); ++i) push(0, i);
    for (std::int64_t i = 0; i < 3 * state.range(0); ++i) {
      auto const e = queue.pop();
      push(e.at, e.subject);
    }
  };
  fill();
  for (auto _ : state) {
    auto const e = queue.pop();
    push(e.at, e.subject);
    if (e.at > 4'000'000'000u) {  // few pending events use up the 32 bits of the clock soon
      state.PauseTiming();
      fill();
      state.ResumeTiming();
    }
  }
}

// The obvious queue that the wheel is held against: same order, (time, sequence).
void binary_heap(benchmark::State& state) {
  auto const step = increments();
  using Entry = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  std::uint32_t k = 0, sequence = 0;
  for (std::uint32_t i = 0; i < state.range(0); ++i) queue.emplace(step[k++ & 0xFFFF], sequence++, i);
  for (auto _ : state) {
    auto const [at, order, subject] = queue.top();
    queue.pop();
    queue.emplace(at + step[k++ & 0xFFFF], sequence++, subject);
  }
}

BENCHMARK(wheel)->Arg(10)->Arg(1000)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);
BENCHMARK(binary_heap)->Arg(10)->Arg(1000)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

}  // namespace
