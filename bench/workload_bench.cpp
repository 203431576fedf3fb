// The engine on textbook models read from their JSON scenarios, beside a minimal loop written by hand for each, in one
// run: what generality costs. Aim: pathway8 at 0.4 of the hand-written loop's events per second or better.

#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string>

#include "by_hand.hpp"
#include "cwtsim/engine/replication.hpp"
#include "cwtsim/io/read.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/scenario/validate.hpp"

namespace {

using namespace cwtsim;

model::Model load(std::string const& name) {
  auto read = io::read_scenario({std::string(CWTSIM_SOURCE_DIR) + "/scenarios/" + name + ".json", {}, {}});
  if (read.problems.empty()) read.problems = scenario::validate(read.scenario);
  if (!read.problems.empty()) throw std::runtime_error(io::format_problems(read.problems, name));
  return model::compile(read.scenario);
}

// Model events: an arrival, or the end of a service; days and hours beginning are the engine's own.
void engine_run(benchmark::State& state, std::string const& name) {
  auto const model = load(name);
  engine::Workspace workspace(model);
  std::uint64_t replication = 0;
  double events = 0;
  for (auto _ : state) {
    auto const& result = workspace.run(1, replication++);
    events += static_cast<double>(result.events);
    benchmark::DoNotOptimize(result.finished);
  }
  state.counters["events/s"] = benchmark::Counter(events, benchmark::Counter::kIsRate);
  state.counters["ns/event"] =
      benchmark::Counter(events / 1e9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

template <class Run>
void by_hand_run(benchmark::State& state, Run const& run) {
  std::uint64_t seed = 1;
  double events = 0;
  for (auto _ : state) {
    auto const out = run(seed++);
    events += static_cast<double>(out.events);
    benchmark::DoNotOptimize(out.wait_ticks);
  }
  state.counters["events/s"] = benchmark::Counter(events, benchmark::Counter::kIsRate);
  state.counters["ns/event"] =
      benchmark::Counter(events / 1e9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void pathway8_engine(benchmark::State& state) {
  engine_run(state, "pathway8");
}
void mm1_engine(benchmark::State& state) {
  engine_run(state, "mm1");
}
void west_london_engine(benchmark::State& state) {
  engine_run(state, "west-london");
}

void pathway8_by_hand(benchmark::State& state) {
  std::vector<by_hand::Station> const stations{{4, 204},  {5, 255},  {6, 306},   {7, 1190},
                                               {8, 1360}, {9, 1530}, {10, 1700}, {6, 1020}};
  by_hand_run(state, [&](std::uint64_t seed) { return by_hand::series(stations, 60, 154ULL * 86400, 2, 0.7, seed); });
}

void mm1_by_hand(benchmark::State& state) {
  std::vector<by_hand::Station> const stations{{1, 600}};
  by_hand_run(state,
              [&](std::uint64_t seed) { return by_hand::series(stations, 600 / 0.9, 107ULL * 864000, 0, 1, seed); });
}

BENCHMARK(pathway8_by_hand)->Unit(benchmark::kMillisecond);
BENCHMARK(pathway8_engine)->Unit(benchmark::kMillisecond);
BENCHMARK(mm1_by_hand)->Unit(benchmark::kMillisecond);
BENCHMARK(mm1_engine)->Unit(benchmark::kMillisecond);
BENCHMARK(west_london_engine)->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace
