// Keyed draws and what is made of them. For scale: one West London patient makes some thirty draws.

#include <benchmark/benchmark.h>

#include "cwtsim/core/distribution.hpp"
#include "cwtsim/core/draw.hpp"

namespace {

using namespace cwtsim;

void keyed_draw(benchmark::State& state) {
  std::uint64_t k = 1;
  for (auto _ : state) benchmark::DoNotOptimize(draw(42, 7, k++));
}

void lognormal_sample(benchmark::State& state) {
  QuantileTable const table({Lognormal{Duration{5 * 86400.0}, Duration{30 * 86400.0}, {}, {}}, {}}, 60);
  std::uint64_t k = 1;
  for (auto _ : state) benchmark::DoNotOptimize(table.sample(draw(42, 7, k++).first));
}

void poisson_number(benchmark::State& state) {
  double const mean = static_cast<double>(state.range(0)) / 10;
  std::uint64_t k = 1;
  for (auto _ : state) benchmark::DoNotOptimize(poisson(mean, draw(42, 7, k++).first));
}

void lognormal_table(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(QuantileTable({Lognormal{Duration{5 * 86400.0}, Duration{30 * 86400.0}, {}, {}}, {}}, 60));
}

BENCHMARK(keyed_draw);
BENCHMARK(lognormal_sample);
BENCHMARK(poisson_number)->Arg(5)->Arg(100)->Arg(600);
BENCHMARK(lognormal_table);

}  // namespace
