#pragma once
// What patients ask for in a month, wherever it is.

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "cwtsim/engine/visits.hpp"
#include "offers.hpp"

namespace cwtsim::study {

/// What is asked for in a span of time: starts and hours by step and provider ([step * providers + provider]), and the
/// variance of what is asked of each resource.
struct Asked {
  std::vector<double> starts, hours, variance;
};

/// The visits of one patient of each source, in each era; those that cannot be worked out are walked.
class Patients {
 public:
  Patients(model::Model const& m, std::uint32_t walkers, std::uint64_t seed)
      : m_(m), walkers_(walkers), seed_(seed), first_like_(m.eras.size()), known_(m.eras.size()) {}

  /// By those who are referred in the month, as if all they come to were at once; where lists let through only so much,
  /// from fewer walks.
  [[nodiscard]] Asked in(Month const& month, engine::Passes const& passes);

 private:
  using BySource = std::vector<engine::Visits>;

  /// The first era in which each of them has the same visits.
  [[nodiscard]] std::size_t first_like(std::size_t e);
  /// Of each source, by era; those of eras alike together.
  [[nodiscard]] std::map<std::size_t, std::vector<double>> arrivals(Month const& month);
  [[nodiscard]] BySource solve(model::Era const& era, engine::Passes const& passes) const;
  [[nodiscard]] BySource const& of_era(std::size_t e);

  model::Model const& m_;
  std::uint32_t walkers_;
  std::uint64_t seed_;
  std::vector<std::optional<std::size_t>> first_like_;  ///< by era
  std::vector<BySource> known_;                         ///< by era; empty: not yet
};

}  // namespace cwtsim::study
