#pragma once
// Replications of counting_everything() in which no two counts are the same.

#include "own_values.hpp"
#include "small_model.hpp"

/// A replication in which every count has a value of its own.
inline cwtsim::engine::ReplicationResult varied(std::uint64_t number) {
  cwtsim::engine::ReplicationResult r;
  r.size_by(counting_everything());
  own::fill(r, 20'000 * (number + 1));
  r.replication = number;
  return r;
}

inline cwtsim::engine::ReplicationResult limited(std::uint64_t number) {
  auto r = varied(number);
  r.outcome = cwtsim::engine::Outcome::too_many_events;
  return r;
}

/// Replications first .. end - 1, every seventh of which hit a limit.
inline cwtsim::experiment::Tally tally_of(cwtsim::experiment::Layout const& layout, std::uint64_t first,
                                          std::uint64_t end) {
  cwtsim::experiment::Tally t;
  for (auto r = first; r < end; ++r) t.add(layout, r % 7 == 3 ? limited(r) : varied(r));
  return t;
}
