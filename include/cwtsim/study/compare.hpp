#pragma once
// Many arms of one scenario in one process, with the same luck: what is wrong with any of them is known before the
// first is run.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cwtsim/experiment/compare.hpp"
#include "cwtsim/files/owner.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/study/arm.hpp"
#include "cwtsim/study/parts.hpp"
#include "cwtsim/study/run.hpp"
#include "cwtsim/study/run_folder.hpp"

namespace cwtsim::study {

/// What is wrong with one of several arms.
struct ArmProblems {
  std::size_t arm = 0;
  std::variant<Problems, TooLittleMemory, experiment::NotAlike> what;
};
/// What is known of arms before any is run.
struct LookedAt {
  experiment::ArmReplications first;  ///< what it counts
  std::vector<ArmProblems> problems;  ///< of each that cannot be run, or not be held against the first
};
/// Reads and compiles each arm, and lets it go again.
[[nodiscard]] LookedAt look_at(std::vector<ArmRequest> const& arms);

/// The folder of a comparison: DIR/parts/ has a folder for each arm, called by all that its results depend on, so that
/// the same command goes on, with more arms or fewer as well.
class ArmsFolder {
 public:
  /// Touches nothing yet. Finished blocks of replications are written so often.
  ArmsFolder(files::OwnedFolder folder, std::chrono::duration<double> save_every);

  /// Makes the folder ready to be written to, or says why not; a start afresh removes the parts.
  [[nodiscard]] std::optional<Refusal> take(Start start) const;
  /// The parts of an arm.
  [[nodiscard]] PartsFolder parts_of(Arm const& arm, std::uint64_t seed) const;
  /// Whether there are parts, and none of this arm, by which all others are judged: they are of something else.
  [[nodiscard]] bool is_of_others(Arm const& first, std::uint64_t seed) const;
  /// Writes the tables; what went wrong.
  [[nodiscard]] std::vector<files::FileProblem> save(std::vector<files::Table> const& tables) const;
  /// Its name.
  [[nodiscard]] std::string const& path() const { return folder_.path(); }

 private:
  files::OwnedFolder folder_;
  std::chrono::duration<double> save_every_;
};

/// What came of running arms.
struct FinishedArms {
  std::vector<experiment::ArmReplications> arms;          ///< those that were run to their end, in their order
  std::optional<ArmProblems> problem;                     ///< a file has changed since it was looked at
  std::optional<Refusal> refusal;                         ///< what the folder holds does not fit
  std::optional<files::FileProblem> unsaved;              ///< why a part could not be written
  std::vector<DamagedPart> damaged;                       ///< their replications were run again
  experiment::Ended ended = experiment::Ended::all_done;  ///< of the last that was begun
  double seconds = 0;                                     ///< of the wall clock
  std::uint64_t events = 0, simulated = 0, found = 0;     ///< replications run now, and found in the folder
  int threads = 0;
};
/// How arms are run.
struct RunningArms {
  RunWishes wishes;
  ArmsFolder const* folder = nullptr;  ///< none: nothing is kept
  std::function<void(experiment::SoFar)> progress{};
  std::atomic<bool> const* stop = nullptr;
};
/// Runs arm after arm on all threads; seed and number of replications are those of the first. The first is called
/// "base", the others "a1", "a2" and so on, all with the names of their levers.
[[nodiscard]] FinishedArms run_arms(std::vector<ArmRequest> const& arms, RunningArms const& how);

}  // namespace cwtsim::study
