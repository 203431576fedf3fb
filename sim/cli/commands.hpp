#pragma once
// The commands of the program, one a file, and what they share.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cwtsim/io/read.hpp"
#include "cwtsim/study/arm.hpp"
#include "cwtsim/study/run.hpp"

namespace cwtsim::cli {

enum class ExitCode : std::uint8_t {
  done = 0,
  our_fault = 1,
  bad_input = 2,
  limits_hit = 3,
  folder_in_use = 16,  ///< by another run that is under way
  no_space = 28,       ///< disk, quota or greatest size of a file used up
  terminated = 75,     ///< by a scheduler; repeating the command goes on
  interrupted = 130
};

struct CheckOptions {
  io::ReadRequest scenario;
  bool everything = false;
};

/// How replications are run and saved, whichever they are.
struct HowToRun {
  std::string out;                     ///< empty: nothing is written
  std::optional<Duration> time_limit;  ///< of the program, wall clock
  Duration save_every{1};
  bool force = false;
  bool quiet = false;
  std::vector<std::string> command_line;
};

struct RunOptions {
  study::ArmRequest arm;
  study::RunWishes wishes;
  HowToRun how;
  std::optional<experiment::ArmSummary> summary;  ///< in the place of what follows from the request
  std::string verify;                             ///< a folder whose files should be those of this run; empty: none
};

struct RerunOptions {
  std::string folder;
  int threads = 0;
  bool verify = false;
  HowToRun how;
};

struct CompareOptions {
  std::vector<study::ArmRequest> arms;  ///< the first is what the others are held against
  std::string standard;                 ///< by which arms are put in order; empty: the one with the longest limit
  study::RunWishes wishes;
  HowToRun how;
};

struct GraphOptions {
  io::ReadRequest scenario;
  std::string pathway;  ///< empty: all of them
};

enum class Topic : std::uint8_t { fields, levers, tables, distributions };

[[nodiscard]] ExitCode check(CheckOptions const& options);
[[nodiscard]] ExitCode run(RunOptions const& options);
[[nodiscard]] ExitCode rerun(RerunOptions const& options);
[[nodiscard]] ExitCode compare(CompareOptions const& options);
[[nodiscard]] ExitCode graph(GraphOptions const& options);
[[nodiscard]] ExitCode help(Topic topic);
[[nodiscard]] ExitCode schema();

/// A sound scenario, or an arm of one, or nothing: then all that is wrong has been said on stderr.
[[nodiscard]] std::optional<io::ReadResult> load(io::ReadRequest const& request);
[[nodiscard]] std::optional<study::Arm> load_arm(study::ArmRequest const& request);

/// Whole program: arguments without its name; the exit code.
[[nodiscard]] ExitCode run_program(std::vector<std::string> arguments);

}  // namespace cwtsim::cli
