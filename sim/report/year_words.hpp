#pragma once
// What several years are in words: told one by one where they are not alike.

#include <optional>
#include <string>
#include <vector>

#include "cwtsim/experiment/estimates.hpp"

namespace cwtsim::report {

/// A share or a mean in a year, and whether its target was met.
struct YearFigure {
  std::string when;
  std::optional<Estimate> value;
  std::optional<double> target;
  std::optional<Estimate> probability_met;
};

/// Of fewer replications nobody can tell whether years are alike.
inline constexpr std::uint64_t least_to_pool = 5;

/// True where years may be told as one: their target (or that there is none) is one and the same, and no two of their
/// 95 % intervals are apart; of fewer replications than `least_to_pool` never. One year may.
[[nodiscard]] bool are_alike(std::vector<YearFigure> const& years, std::uint64_t replications);

/// "met in every replication until 2025/26 (95% interval 83.2 to 100.0%), missed in every one from 2026/27 on (...)";
/// years next to one another that are alike are told together. Empty where no year has a target.
[[nodiscard]] std::string met_in_words(std::vector<YearFigure> const& years);

/// A target, and the last span of time (a year, a month) in which it holds.
struct TargetUntil {
  std::optional<double> target;
  std::string when;
};
/// "70% until 2024/25, 75% until 2025/26, 80% then"; of one that never changes "77%", of none empty.
[[nodiscard]] std::string targets_in_words(std::vector<TargetUntil> const& runs);

}  // namespace cwtsim::report
