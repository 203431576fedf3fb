#pragma once
// Rows of estimates from what the replications add up to, as their columns say.

#include <cstdint>
#include <optional>
#include <type_traits>

#include "cwtsim/core/folded.hpp"
#include "cwtsim/experiment/columns.hpp"

namespace cwtsim::experiment {

[[nodiscard]] inline std::optional<Estimate> times(std::optional<Estimate> e, double factor) {
  if (!e) return e;
  e->value *= factor;
  if (e->low) *e->low *= factor;
  if (e->high) *e->high *= factor;
  return e;
}

[[nodiscard]] inline std::optional<Estimate> divided(std::optional<Estimate> e, double by) {
  if (!e || by <= 0) return std::nullopt;
  e->value /= by;
  if (e->low) *e->low /= by;
  if (e->high) *e->high /= by;
  return e;
}

/// So many replications, and how long one of them is (0: cannot be told).
struct Telling {
  std::uint64_t replications = 0;
  double weeks = 0, ticks = 0, millionths_of_days = 0;
  [[nodiscard]] double length(Per per) const {
    switch (per) {
      case Per::replication:
        return 1;
      case Per::week:
        return weeks;
      case Per::measured_time:
        return ticks;
      case Per::day:
        return millionths_of_days;
    }
    return 0;
  }
};

/// Fills the columns of the row that tell of a total.
template <class R, class T>
void tell(R& row, Folded<T> const& sums, Telling const& telling) {
  for_each_field<R>(
      [&](auto column, auto& value) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(column().how)>, Told<T>>) {
          double const length = telling.length(column().how.per);
          double const all = length * static_cast<double>(telling.replications);
          if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, double>)
            value = all > 0 ? static_cast<double>(sums.total.*column().how.total) / all : 0;
          else
            value = divided(sums.mean(column().how.total, column().how.total, telling.replications), length);
        }
      },
      row);
}

}  // namespace cwtsim::experiment
