#pragma once
// The folder of one arm's run: its parts while it runs, then its tables and run.json.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/files/manifest.hpp"
#include "cwtsim/study/parts.hpp"

namespace cwtsim::study {

/// What becomes of what a folder holds.
enum class Start : std::uint8_t { go_on, afresh };

/// Why a folder is not taken, and what is wrong, with a path.
struct Refusal {
  enum class Why : std::uint8_t {
    another_run,  ///< it holds parts of something else
    not_empty,    ///< it holds something, and no parts
    unusable      ///< it cannot be made or written to
  };
  Why why = Why::unusable;
  std::string what;
};

/// What a folder holds of a run.
struct Taken {
  std::optional<Refusal> refusal;  ///< none: the folder may be written to
  experiment::Tally done;          ///< replications that need not be run again
  bool whole = false;              ///< it is all in the one part of a finished run
  std::vector<DamagedPart> damaged;
};

class RunFolder {
 public:
  /// Touches nothing yet. Finished blocks are written so often.
  RunFolder(std::string path, experiment::PartOwner owner, std::chrono::duration<double> save_every);

  /// Finds what is there and makes the folder ready to be written to; a start afresh removes the parts.
  [[nodiscard]] Taken take(Start start, experiment::Layout const& layout);
  /// Keeps a finished block of replications; false if it could not be written, and then no more are to be run.
  [[nodiscard]] bool keep(experiment::Tally const& block);
  /// Writes the parts, the tables and, last, run.json, and removes the parts that a finished run needs no more. What
  /// went wrong: nothing, if the list is empty.
  [[nodiscard]] std::vector<files::FileProblem> save(experiment::Experiment const& experiment, files::Manifest manifest,
                                                     experiment::Estimates const& estimates);
  /// True if every file of a finished run is there.
  [[nodiscard]] bool is_complete(experiment::Estimates const& estimates) const;
  [[nodiscard]] std::string const& path() const { return path_; }

 private:
  std::string path_;
  PartsFolder parts_;
};

}  // namespace cwtsim::study
