#include <algorithm>

#include "cwtsim/core/statistics.hpp"

namespace cwtsim {

void DayHistogram::add(int days, std::uint64_t n) {
  cells[static_cast<std::size_t>(std::clamp(days, 0, last + 1))] += n;
}

void DayHistogram::merge(DayHistogram const& other) {
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i] += other.cells[i];
}

std::uint64_t DayHistogram::total() const {
  std::uint64_t sum = 0;
  for (auto const n : cells) sum += n;
  return sum;
}

int DayHistogram::quantile(double q) const {
  // a hair less than q, so that 0.1 of 30 is three patients and not the next one up
  double const wanted = std::max(q * static_cast<double>(total()) * (1 - 1e-12), 0.5);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    sum += cells[i];
    if (static_cast<double>(sum) >= wanted) return static_cast<int>(i);
  }
  return -1;
}

double DayHistogram::share_within(int days) const {
  auto const all = total();
  if (all == 0 || days < 0) return 0;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(std::min(days, last + 1)); ++i) sum += cells[i];
  return static_cast<double>(sum) / static_cast<double>(all);
}

}  // namespace cwtsim
