#include "precision.hpp"

#include <algorithm>
#include <cmath>

namespace cwtsim::experiment {

bool PrecisionRule::satisfied_by(Replication const& replication) {
  ++completed_;
  for (std::size_t s = 0; s < sums_.size(); ++s)
    sums_[s].add(replication.precise.at(2 * s), replication.precise.at(2 * s + 1));
  if (completed_ < first_check) return false;
  look();
  held_ = widest_ <= points_ && completed_ >= advised_ ? held_ + 1 : 0;
  return held_ > look_ahead;
}

std::uint64_t PrecisionRule::expected() const {
  std::uint64_t const least = first_check + look_ahead;
  if (completed_ < first_check) return least;
  if (held_ > 0) return completed_ + (look_ahead + 1 - held_);
  double const more =
      std::max(static_cast<double>(completed_) * std::pow(widest_ / points_, 2), static_cast<double>(advised_));
  auto const n = static_cast<std::uint64_t>(std::min(more, static_cast<double>(most_replications)));
  return std::min(std::max(n, completed_) + look_ahead, most_replications);
}

// How far the widest interval reaches, in points. Where all or none met the standard (or nobody was counted) every
// replication agreed, so there is nothing to wait for. Half widths that are looked at again and again end the run when
// they happen to be small: so each is taken as if one more replication were as far off as all of them are (Chow and
// Robbins, On the asymptotic theory of fixed-width sequential confidence intervals, 1965).
void PrecisionRule::look() {
  widest_ = 0;
  advised_ = 0;
  double const slack = std::sqrt(1 + 1 / static_cast<double>(completed_));
  for (auto const& sums : sums_) {
    auto const estimate = pooled_ratio(sums, completed_);
    if (!estimate || !estimate->low) continue;
    double const reach = std::max(estimate->value - *estimate->low, *estimate->high - estimate->value);
    widest_ = std::max(widest_, 100 * reach * slack);
    advised_ = std::max(advised_, estimate->advised);
  }
}

}  // namespace cwtsim::experiment
