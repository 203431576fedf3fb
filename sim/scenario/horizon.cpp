#include "cwtsim/scenario/horizon.hpp"

#include <cmath>

#include "cwtsim/scenario/limits.hpp"

namespace cwtsim::scenario {

Measured measured_seconds(Horizon const& horizon) {
  double const warm = period_end_seconds(horizon.starts, horizon.warm_up);
  double const days = std::floor(warm / seconds_per_day), rest = warm - days * seconds_per_day;
  double const minutes = std::floor(rest / 60);
  DateTime const from{horizon.starts.date + static_cast<std::int32_t>(days), {static_cast<std::int32_t>(minutes)}};
  return {warm, days * seconds_per_day + (rest - minutes * 60) + period_end_seconds(from, horizon.run_for)};
}

bool can_count(Horizon const& horizon, Duration resolution) {
  return measured_seconds(horizon).end / resolution.seconds < most_ticks;
}

}  // namespace cwtsim::scenario
