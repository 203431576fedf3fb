#pragma once
// The commands of the program, one a file, and what they share.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cwtsim/io/read.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::cli {

inline constexpr char const* version = "0.1.0";  ///< as in the project's CMakeLists.txt (a test compares them)

enum class ExitCode : std::uint8_t {
  done = 0,
  our_fault = 1,
  bad_input = 2,
  limits_hit = 3,
  no_space = 28,    ///< disk, quota or greatest size of a file used up
  terminated = 75,  ///< by a scheduler; repeating the command goes on
  interrupted = 130
};

/// A checksum of the sources on which results depend: parts of other sources are not taken for one's own.
[[nodiscard]] std::string sources();
/// The compiler that made the program, with its version.
[[nodiscard]] std::string compiler();

struct CheckOptions {
  io::ReadRequest scenario;
  bool everything = false;
};

struct RunOptions {
  io::ReadRequest scenario;
  std::string arm = "base";
  std::optional<std::uint64_t> replications;  ///< neither this nor a precision: as the scenario says
  std::optional<double> precision_points;
  std::uint64_t first_replication = 0;
  std::optional<std::uint64_t> seed;  ///< absent: the scenario's
  int threads = 0;
  std::string out;
  std::optional<Duration> time_limit;       ///< of the program, wall clock
  std::optional<std::uint64_t> max_events;  ///< of a replication; absent: the scenario's
  std::optional<std::uint64_t> max_memory;  ///< bytes, of a replication
  Duration save_every{1};
  bool force = false;
  bool quiet = false;
};

struct GraphOptions {
  io::ReadRequest scenario;
  std::string pathway;  ///< empty: all of them
};

enum class Topic : std::uint8_t { fields, levers, tables, distributions };

[[nodiscard]] ExitCode check(CheckOptions const& options);
[[nodiscard]] ExitCode run(RunOptions const& options);
[[nodiscard]] ExitCode graph(GraphOptions const& options);
[[nodiscard]] ExitCode help(Topic topic);
[[nodiscard]] ExitCode schema();

/// A sound scenario, or nothing: then all that is wrong has been said on stderr.
[[nodiscard]] std::optional<io::ReadResult> load(io::ReadRequest const& request);

/// Whole program: arguments without its name; the exit code.
[[nodiscard]] ExitCode run_program(std::vector<std::string> arguments);

}  // namespace cwtsim::cli
