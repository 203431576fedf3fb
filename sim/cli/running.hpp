#pragma once
// What commands share that run replications and write a folder.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "commands.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/files/files.hpp"
#include "cwtsim/files/owner.hpp"
#include "cwtsim/study/run_folder.hpp"

namespace cwtsim::cli {

/// The folder of --out, if no other run has it; else what is in the way has been said, and this is the exit code of it.
[[nodiscard]] std::variant<files::OwnedFolder, ExitCode> own(std::string const& path);
inline constexpr std::string_view or_start_afresh = "; choose another folder, or start afresh with --force";
/// Why a folder is not taken, and what to do.
void complain_of(study::Refusal const& refusal);
void tell_damaged(std::vector<study::DamagedPart> const& damaged);
/// Says what went wrong with files.
[[nodiscard]] ExitCode said_of(std::vector<files::FileProblem> const& problems);
/// Of a run for which so many threads are asked for (0: any number), where a scheduler allots fewer.
void tell_threads(int asked);
[[nodiscard]] ExitCode code_of(experiment::Experiment const& e);

}  // namespace cwtsim::cli
