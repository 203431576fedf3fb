#pragma once
// How many processors a run may use: those of the machine, or what a scheduler leaves it of them.

#include <functional>
#include <optional>
#include <string>

namespace cwtsim::experiment {

/// What there is, and what of it is left to the process.
struct Allotted {
  int machine = 1;      ///< processors that are there
  int threads = 1;      ///< so many of them may be used, 1 or more
  std::string by = {};  ///< what allots fewer, as its own words say it: "SLURM_CPUS_PER_TASK=2"; empty: nothing does
};

/// What is asked for the answer.
struct Surroundings {
  int machine = 1;   ///< processors that are there
  int bound_to = 1;  ///< of which the process may run on so many
  /// Of the environment; nothing if it is not set.
  std::function<std::optional<std::string>(std::string const& name)> variable;
  /// The text of a file of the system; nothing if it cannot be read.
  std::function<std::optional<std::string>(std::string const& path)> file;
};

/// The least of the processors that the process is bound to, the tasks' share of Slurm (`SLURM_CPUS_PER_TASK`; where
/// that is not set `SLURM_CPUS_ON_NODE`), the slots of Grid Engine (`NSLOTS`), and the quota of its control group and
/// of those above it, version 1 or 2, a part of a processor counted as one. What is not a whole number above 0 allots
/// nothing.
[[nodiscard]] Allotted allotted(Surroundings const& surroundings);
/// Of this process.
[[nodiscard]] Allotted allotted();
/// The threads of a run for which so many are asked for (0: as many as are allotted): no more than a scheduler allots.
/// A machine that allots nothing runs as many as are asked for.
[[nodiscard]] int threads_within(Allotted const& allotted, int asked);

}  // namespace cwtsim::experiment
