#pragma once
// Three replications of the model of two years, with means that can be worked out by hand.

#include <stdexcept>
#include <string>
#include <vector>

#include "small_model.hpp"

namespace cwtsim::experiment {

inline std::vector<std::uint32_t> two_years(std::uint32_t first, std::uint32_t second) {
  std::vector<std::uint32_t> met(12, first);
  met.insert(met.end(), 12, second);
  return met;
}

/// Three replications of 100 patients a month: 90 % then 70 %, 85 % then 75 %, 80 % then 80 % in time.
inline std::vector<engine::ReplicationResult> three_results() {
  std::vector<engine::ReplicationResult> results = {replication_of(0, 200, two_years(180, 140)),
                                                    replication_of(1, 200, two_years(170, 150)),
                                                    replication_of(2, 200, two_years(160, 160))};
  for (std::uint32_t r = 0; r < 3; ++r) {
    results[r].days[3 * 10] = 20;
    results[r].days[3 * 20] = 10;
    results[r].open[3 * 23] = 10 * (r + 1);
    results[r].open_long[3 * 23 * 2] = r + 1;
  }
  results[2].days[3 * 40] = 10;
  return results;
}

inline Experiment three(model::Model const& model = two_year_model()) {
  return experiment_of(model, three_results());
}

inline Attainment const& find(Estimates const& e, std::string const& dimension, std::string const& value,
                              std::string const& when) {
  for (auto const& a : e.attainments)
    if (e.strata[a.stratum].dimension == dimension && e.strata[a.stratum].value == value && a.when == when) return a;
  throw std::runtime_error("no such attainment");
}

}  // namespace cwtsim::experiment
