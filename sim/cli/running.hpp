#pragma once
// What commands share that run replications and write a folder.

#include <string>
#include <variant>
#include <vector>

#include "commands.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/files/files.hpp"
#include "cwtsim/files/owner.hpp"

namespace cwtsim::cli {

/// The folder of --out, if no other run has it; else what is in the way has been said, and this is the exit code of it.
[[nodiscard]] std::variant<files::OwnedFolder, ExitCode> own(std::string const& path);
/// Says what went wrong with files.
[[nodiscard]] ExitCode said_of(std::vector<files::FileProblem> const& problems);
/// Of a run for which so many threads are asked for (0: any number), where a scheduler allots fewer.
void tell_threads(int asked);
[[nodiscard]] ExitCode code_of(experiment::Experiment const& e);

}  // namespace cwtsim::cli
