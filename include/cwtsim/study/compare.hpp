#pragma once
// Many arms of one scenario in one process, with the same luck: what is wrong with any of them is known before the
// first is run.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "cwtsim/experiment/compare.hpp"
#include "cwtsim/study/arm.hpp"
#include "cwtsim/study/run.hpp"

namespace cwtsim::study {

/// What is wrong with one of several arms.
struct ArmProblems {
  std::size_t arm = 0;
  std::variant<Problems, TooLittleMemory> what;
};
/// Of each arm that cannot be run; nothing is run. Arms are read and compiled, and let go again.
[[nodiscard]] std::vector<ArmProblems> problems_of(std::vector<ArmRequest> const& arms);

/// What came of running arms.
struct FinishedArms {
  std::vector<experiment::ArmReplications> arms;          ///< those that were run to their end, in their order
  std::optional<ArmProblems> problem;                     ///< a file has changed since it was looked at
  experiment::Ended ended = experiment::Ended::all_done;  ///< of the last that was begun
  double seconds = 0;                                     ///< of the wall clock
  std::uint64_t events = 0, replications = 0;
  int threads = 0;
};
/// Runs arm after arm on all threads; seed and number of replications are those of the first. The first is called
/// "base", the others "a1", "a2" and so on, all with the names of their levers.
[[nodiscard]] FinishedArms run_arms(std::vector<ArmRequest> const& arms, RunWishes const& wishes,
                                    std::function<void(experiment::SoFar)> const& progress,
                                    std::atomic<bool> const* stop);

}  // namespace cwtsim::study
