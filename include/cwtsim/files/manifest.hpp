#pragma once
// What run.json says: what was run, how, and what came out.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cwtsim/files/table.hpp"

namespace cwtsim::files {

/// Everything needed to run it again, and what it said.
struct Manifest {
  std::string composed_json;  ///< the scenario as it was run, levers and all
  std::string arm;
  std::uint64_t seed = 0;
  std::uint64_t first_replication = 0;
  std::uint64_t completed = 0;   ///< replications
  std::uint64_t limited = 0;     ///< replications that hit a limit
  std::uint64_t deadlocked = 0;  ///< replications that froze
  std::string ended;             ///< all_done, precise, not_precise, many_limits, interrupted, out_of_time, not_saved
  std::optional<double> precision_points;  ///< the sequential rule's
  std::string version, compiler;
  int threads = 0;
  double seconds = 0;
  std::uint64_t events = 0;
  double events_per_second = 0;
  std::vector<Table> estimates;
};

}  // namespace cwtsim::files
