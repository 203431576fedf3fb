// The engine on textbook models read from their JSON scenarios, beside a minimal loop written by hand for each, in one
// run: what generality costs. Aim: pathway8 at 0.4 of the hand-written loop's events per second or better.

#include <benchmark/benchmark.h>

#include <ctime>
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

void count_events(benchmark::State& state, double events) {
  state.counters["events/s"] = benchmark::Counter(events, benchmark::Counter::kIsRate);
  state.counters["ns/event"] =
      benchmark::Counter(events / 1e9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// Seconds of this process's processor time: another process on the machine shall not decide the ratio.
template <class Run>
double seconds(Run const& run) {
  std::clock_t const from = std::clock();
  run();
  return static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
}

// Events are arrivals and the ends of services; days and hours beginning are the engine's own, under one in a hundred. With
// a loop by hand, the two take turns, so that the ratio of their events per second is of one moment.
template <class ByHand>
void engine_run(benchmark::State& state, std::string const& name, ByHand const& by_hand) {
  auto const model = load(name);
  engine::Workspace workspace(model);
  std::uint64_t replication = 0;
  double events = 0, engine_time = 0, hand_events = 0, hand_time = 0;
  for (auto _ : state) {
    std::uint64_t now = 0;
    double const took = seconds([&] { now = workspace.run(1, replication).events; });
    state.SetIterationTime(took);
    events += static_cast<double>(now);
    engine_time += took;
    hand_time += seconds([&] { hand_events += static_cast<double>(by_hand(++replication)); });
  }
  count_events(state, events);
  if (hand_events > 0) state.counters["ratio"] = (events / engine_time) / (hand_events / hand_time);
}

void by_hand_run(benchmark::State& state, std::uint64_t (*run)(std::uint64_t)) {
  std::uint64_t seed = 1;
  double events = 0;
  for (auto _ : state) events += static_cast<double>(run(seed++));
  count_events(state, events);
}

std::uint64_t pathway8_loop(std::uint64_t seed) {
  std::vector<by_hand::Station> const stations{{4, 204},  {5, 255},  {6, 306},   {7, 1190},
                                               {8, 1360}, {9, 1530}, {10, 1700}, {6, 1020}};
  return by_hand::series(stations, 60, 154ULL * 86400, 2, 0.7, seed).events;
}

std::uint64_t mm1_loop(std::uint64_t seed) {
  return by_hand::series({{1, 600}}, 600 / 0.9, 107ULL * 864000, 0, 1, seed).events;
}

void pathway8_by_hand(benchmark::State& state) {
  by_hand_run(state, pathway8_loop);
}
void mm1_by_hand(benchmark::State& state) {
  by_hand_run(state, mm1_loop);
}
void pathway8_engine(benchmark::State& state) {
  engine_run(state, "pathway8", pathway8_loop);
}
void mm1_engine(benchmark::State& state) {
  engine_run(state, "mm1", mm1_loop);
}
void west_london_engine(benchmark::State& state) {
  engine_run(state, "west-london", [](std::uint64_t) { return std::uint64_t{0}; });
}

BENCHMARK(pathway8_by_hand)->Unit(benchmark::kMillisecond);
BENCHMARK(pathway8_engine)->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK(mm1_by_hand)->Unit(benchmark::kMillisecond);
BENCHMARK(mm1_engine)->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK(west_london_engine)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(3);

}  // namespace
