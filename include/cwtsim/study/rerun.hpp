#pragma once
// A run, once more, from its own folder.

#include <string>
#include <variant>
#include <vector>

#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/study/arm.hpp"
#include "cwtsim/study/run.hpp"

namespace cwtsim::study {

/// What run.json and scenario.json of a folder say was run.
struct Rerun {
  ArmRequest arm;
  experiment::ArmSummary summary;  ///< of the arm that was run, for the one that is made anew
  RunWishes wishes;
  bool was_cut_short = false;  ///< then as many replications are wanted as had finished
  std::string made_by;         ///< "0.1.0 (sources 123456789abc)", where that is not this program; else empty
};

/// What to run again, or why that cannot be said. Nothing else of the folder is looked at.
[[nodiscard]] std::variant<Rerun, std::string> rerun_of(std::string const& folder);
/// The tables (and scenario.json) of a folder whose bytes are not those of this run, by their file names; among them
/// those that are not there.
[[nodiscard]] std::vector<std::string> differing_files(std::string const& folder, Arm const& arm,
                                                       experiment::Estimates const& estimates);

}  // namespace cwtsim::study
