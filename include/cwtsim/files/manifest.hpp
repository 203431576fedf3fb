#pragma once
// What run.json says: what was run, how, and how it ended.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cwtsim::files {

/// A file that was read.
struct FileRead {
  std::string path;
  std::uint64_t bytes = 0;
  std::string sha256;  ///< in hexadecimal digits
};

/// With scenario.json beside it, everything that is needed to run it again.
struct Manifest {
  std::string version, sources, commit, compiler, flags;  ///< of the program; sources: a checksum of them
  std::string host, started, finished;                    ///< times of the calendar, UTC
  int exit_status = 0;                                    ///< of the run, whatever became of its report
  std::vector<std::string> command_line;
  std::string scenario;                                        ///< its name
  std::string scenario_sha256;                                 ///< of scenario.json
  std::string arm, name, scenario_file, lever_files, options;  ///< as in arms.csv
  std::uint64_t seed = 0;
  std::uint64_t first_replication = 0;
  std::uint64_t completed = 0;   ///< replications
  std::uint64_t limited = 0;     ///< replications that hit a limit
  std::uint64_t deadlocked = 0;  ///< replications that froze
  std::string ended;             ///< all_done, precise, not_precise, many_limits, interrupted, out_of_time, not_saved
  bool interrupted = false;      ///< there are fewer replications than were asked for
  std::optional<double> precision_points;               ///< the sequential rule's
  std::optional<std::uint64_t> max_events, max_memory;  ///< given beside the scenario; bytes
  int threads = 0;
  double seconds = 0;
  std::uint64_t events = 0;
  double events_per_second = 0;
  std::vector<FileRead> files;
};

}  // namespace cwtsim::files
