#pragma once
// The parts of a run in its folder: written as blocks of replications finish, found again when the command is repeated.

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cwtsim/experiment/part.hpp"
#include "cwtsim/files/files.hpp"
#include "cwtsim/files/owner.hpp"

namespace cwtsim::study {

/// A part that is not what was written; its replications are run again.
struct DamagedPart {
  std::string path, what;
};

/// DIR/parts/. A part is named by its replications ("000000-000005.part"); when a run is finished one holds it all. The
/// first that is written takes DIR/run.json away: it is there only while the folder is what it says.
class PartsFolder {
 public:
  /// The parts in the folder `out`, which must live as long; they belong to this owner, and are written once in so
  /// long. Those of one of several arms lie in a folder of their own, DIR/parts/UNDER.
  PartsFolder(files::OwnedFolder const& out, experiment::PartOwner owner, std::chrono::duration<double> save_every,
              std::string const& under = {});

  /// True if there is anything that looks like a part.
  [[nodiscard]] bool any() const;
  /// What lies in the folder.
  struct Found {
    experiment::Tally done;
    std::optional<std::string> refusal;  ///< a part belongs to something else, or two hold the same replications
    std::vector<DamagedPart> damaged;    ///< those that cannot be used
    bool whole = false;                  ///< it is all in the one part of a finished run
  };
  /// Reads what is there.
  [[nodiscard]] Found find(experiment::Layout const& layout);
  /// Removes all parts, and an empty folder.
  void clear();

  /// Keeps a block, and writes it and those before it if it is time; false if they could not be written.
  bool save(experiment::Tally const& block);
  /// Writes what is still kept.
  bool flush();
  /// Writes everything as the one part of a finished run.
  bool save_whole(experiment::Tally const& all);
  /// Removes the parts that the whole makes needless.
  void tidy();
  /// Why a part could not be written.
  [[nodiscard]] std::optional<files::FileProblem> const& problem() const { return problem_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    std::string name, bytes;
  };
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] std::string path_of(std::string const& name) const;
  bool write(std::string const& name, std::string const& bytes);

  files::OwnedFolder const& out_;
  std::string folder_;
  experiment::PartOwner owner_;
  std::chrono::duration<double> save_every_;
  Clock::time_point saved_ = Clock::now();
  std::vector<Waiting> waiting_;
  bool writing_ = false;
  std::optional<files::FileProblem> problem_;
};

}  // namespace cwtsim::study
