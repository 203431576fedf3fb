#pragma once
// The folder of one arm's run: its parts while it runs, then its tables and run.json.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/study/parts.hpp"
#include "cwtsim/study/run.hpp"

namespace cwtsim::study {

/// What becomes of what a folder holds.
enum class Start : std::uint8_t { go_on, afresh };

/// Why a folder is not taken, and what is wrong, with a path.
struct Refusal {
  /// What kind of reason it is.
  enum class Why : std::uint8_t {
    another_run,  ///< it holds parts of something else, or parts that overlap
    not_empty,    ///< it holds something, and no parts
    unusable      ///< it cannot be made or written to
  };
  Why why = Why::unusable;
  std::string what;
};

/// Makes a folder ready to be written to; why it cannot be, or nothing.
[[nodiscard]] std::optional<Refusal> prepared(std::string const& path, files::Existing existing);
/// Writes tables into a folder as CSV; what went wrong.
[[nodiscard]] std::vector<files::FileProblem> write_tables(std::string const& folder,
                                                           std::vector<files::Table> const& tables);

/// Whether a folder may be written to, and what is to be told of it.
struct Taken {
  std::optional<Refusal> refusal;  ///< none: it may
  std::vector<DamagedPart> damaged;
};

/// Whether the files of a run are there.
struct Saved {
  std::vector<files::FileProblem> problems;  ///< what went wrong; none: they are
  bool before = false;                       ///< they were there already, and nothing was written
};

/// One run: take, then run the request, then save.
class RunFolder {
 public:
  /// Touches nothing yet. Finished blocks of replications are written so often.
  RunFolder(files::OwnedFolder folder, experiment::PartOwner owner, std::chrono::duration<double> save_every);
  RunFolder(RunFolder const&) = delete;
  RunFolder& operator=(RunFolder const&) = delete;

  /// Makes the folder ready to be written to; a start afresh removes the parts. The request then knows what the folder
  /// holds, and saves its blocks there: the folder must live as long.
  [[nodiscard]] Taken take(Start start, experiment::Layout const& layout, experiment::RunRequest& request);
  /// Writes the parts, the tables, scenario.json and, last, run.json, and removes the parts that a finished run needs
  /// no more.
  [[nodiscard]] Saved save(Arm const& arm, FinishedRun const& finished, experiment::Estimates const& estimates,
                           Circumstances const& circumstances);

 private:
  [[nodiscard]] bool is_complete(Arm const& arm, experiment::Estimates const& estimates) const;

  files::OwnedFolder folder_;
  std::string path_;
  PartsFolder parts_;
  bool whole_ = false;  ///< what was found is all in the one part of a finished run
};

}  // namespace cwtsim::study
