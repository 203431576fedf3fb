// Quantiles of waits. A wait of so many whole days ended between that many days and the day before, anywhere with the
// same chance: so a quantile is a fraction of a day, and the whole day that is told is the next one up.

#include <cmath>

#include "estimate_parts.hpp"
#include "tell.hpp"

namespace cwtsim::experiment {
namespace {

constexpr std::uint64_t thousand = 1000;

/// Of one stratum, by whole days.
struct Cells {
  std::uint32_t const* first;
  std::size_t strata;
  [[nodiscard]] std::uint32_t operator[](std::size_t days) const { return first[days * strata]; }
};

/// In thousandths of a day and a day more.
std::uint64_t quantile_of(Cells const& cells, std::uint64_t total, double q) {
  // in thousandths of what is counted: whole numbers throughout
  auto const share = static_cast<std::uint64_t>(std::llround(q * static_cast<double>(thousand)));
  Wide const wanted = Wide{total} * share;
  std::uint64_t before = 0;
  for (std::uint64_t d = 0;; ++d) {
    Wide const here = Wide{before + cells[d]} * thousand;
    if (here >= wanted) return d * thousand + static_cast<std::uint64_t>((wanted - Wide{before} * thousand) / cells[d]);
    before += cells[d];
  }
}

}  // namespace

void add_quantiles(Tally& tally, Layout const& layout, engine::ReplicationResult const& r) {
  for (std::size_t s = 0; s < layout.strata; ++s) {
    Cells const cells{r.days.data() + s, layout.strata};
    std::uint64_t total = 0;
    for (std::size_t d = 0; d < model::day_cells; ++d) total += cells[d];
    if (total == 0) continue;
    for (std::size_t k = 0; k < told_quantiles.size(); ++k)
      tally.quantiles[s * told_quantiles.size() + k].add(quantile_of(cells, total, told_quantiles[k]));
  }
}

Estimate quantile_estimate(QuantileSums const& sums, int days) {
  Estimate e{static_cast<double>(days), {}, {}};
  auto const mean = divided(mean_estimate(sums.thousandths, sums.times), static_cast<double>(thousand));
  if (!mean || !mean->low) return e;
  // The whole days of the ends; the day that all replications together show is between them.
  auto const day_of = [](double more) { return std::max(0.0, std::ceil(more - 1)); };
  e.low = std::min(day_of(*mean->low), e.value);
  e.high = std::max(day_of(*mean->high), e.value);
  e.advised = mean->advised;
  return e;
}

}  // namespace cwtsim::experiment
