#include <algorithm>

#include "estimate_parts.hpp"
#include "tell.hpp"

namespace cwtsim::experiment {
namespace {

constexpr std::uint64_t billion = 1'000'000'000;

/// What one replication says of a stratum over the measured time: in billionths of one, and of how many patients.
struct Level {
  std::uint64_t patients = 0;
  std::int64_t mean = 0;
};

Level level_of(engine::ReplicationResult const& r, Layout const& layout, model::Gap const& gap, std::uint32_t stratum) {
  std::uint64_t sum = 0, of = 0;
  std::uint64_t const one = gap.of_measure ? layout.measured[stratum].scale : 1, per_patient = gap.of_measure ? 1 : 2;
  auto const& counted = gap.of_measure ? r.recorded : r.counted;
  std::size_t const strata = gap.of_measure ? layout.measured.size() : layout.strata;
  for (std::size_t m = 0; m < layout.months; ++m) {
    std::size_t const c = m * strata + stratum;
    sum += gap.of_measure ? r.recorded_sums[c] : r.met[c];
    of += counted[c];
  }
  if (of == 0) return {};
  Wide const whole = Wide{of} * one;
  return {of / per_patient, static_cast<std::int64_t>((2 * Wide{sum} * billion + whole) / (2 * whole))};
}

}  // namespace

void GapSums::add(std::int64_t value) {
  auto const size = static_cast<Wide>(value < 0 ? -value : value);
  sum += value;
  squares += size * size;
  ++times;
}

void add_gaps(Tally& tally, Layout const& layout, engine::ReplicationResult const& r) {
  for (std::size_t g = 0; g < layout.gaps.size(); ++g) {
    auto const& gap = layout.gaps[g];
    if (!gap.is_spread) {
      auto const lower = level_of(r, layout, gap, gap.lower), upper = level_of(r, layout, gap, gap.upper);
      if (lower.patients > 0 && upper.patients > 0) tally.gaps[g].add(upper.mean - lower.mean);
      continue;
    }
    std::vector<std::int64_t> means;
    for (std::uint32_t s = gap.first; s < gap.first + gap.levels; ++s)
      if (auto const level = level_of(r, layout, gap, s); level.patients >= gap.at_least) means.push_back(level.mean);
    if (means.size() < 2) continue;
    auto const [least, greatest] = std::minmax_element(means.begin(), means.end());
    tally.gaps[g].add(*greatest - *least);
  }
}

void add_gaps(Estimates& into, model::Model const& model, Experiment const& experiment) {
  for (std::size_t g = 0; g < model.gaps.size(); ++g) {
    auto const& gap = model.gaps[g];
    auto const sums = experiment.tally.gaps.empty() ? GapSums{} : experiment.tally.gaps[g];
    GapBetween out{gap.of_measure, gap.of, gap.name, gap.by, gap.from, gap.to, sums.times, {}};
    if (gap.is_spread) {
      out.from = "least";
      out.to = "greatest";
    }
    out.value = divided(signed_mean_estimate(sums.sum, sums.squares, sums.times), static_cast<double>(billion));
    into.gaps.push_back(std::move(out));
  }
}

}  // namespace cwtsim::experiment
