#include "precision.hpp"

#include <algorithm>
#include <cmath>

namespace cwtsim::experiment {

bool PrecisionRule::satisfied_by(Replication const& replication) {
  ++completed_;
  for (std::size_t s = 0; s < sums_.size(); ++s)
    sums_[s].add(replication.precise.at(2 * s), replication.precise.at(2 * s + 1));
  if (completed_ < first_check) return false;
  widest_ = widest();
  held_ = widest_ <= points_ ? held_ + 1 : 0;
  return held_ > look_ahead;
}

std::uint64_t PrecisionRule::expected() const {
  std::uint64_t const least = first_check + look_ahead;
  if (completed_ < first_check) return least;
  if (held_ > 0) return completed_ + (look_ahead + 1 - held_);
  double const more = static_cast<double>(completed_) * std::pow(widest_ / points_, 2);
  auto const n = static_cast<std::uint64_t>(std::min(more, static_cast<double>(most_replications)));
  return std::min(std::max(n, completed_) + look_ahead, most_replications);
}

// Widest half width in points. Where all or none met the standard (or nobody was counted) every replication agreed, so
// there is nothing to wait for.
double PrecisionRule::widest() const {
  double widest = 0;
  for (auto const& sums : sums_)
    if (auto const estimate = pooled_ratio(sums, completed_); estimate && estimate->half_width())
      widest = std::max(widest, 100 * *estimate->half_width());
  return widest;
}

}  // namespace cwtsim::experiment
