#include "cwtsim/study/run_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "cwtsim/files/table.hpp"
#include "cwtsim/io/manifest.hpp"
#include "cwtsim/report/tables.hpp"

namespace cwtsim::study {
namespace {

/// Writes the tables, scenario.json and run.json, in this order; what went wrong.
std::vector<files::FileProblem> save_files(std::string const& out, Arm const& arm, files::Manifest const& manifest,
                                           experiment::Estimates const& estimates) {
  auto problems = write_tables(out, report::all_tables(estimates));
  auto const write = [&](std::string const& name, std::string const& text) {
    if (auto const problem = files::write_file((std::filesystem::path(out) / name).string(), text))
      problems.push_back(*problem);
  };
  write("scenario.json", scenario_text(arm));
  if (problems.empty()) write("run.json", io::manifest_text(manifest));
  return problems;
}

}  // namespace

std::optional<Refusal> prepared(std::string const& path, files::Existing existing) {
  auto const problem = files::prepare_folder(path, existing);
  if (!problem) return std::nullopt;
  return Refusal{problem->error == EEXIST ? Refusal::Why::not_empty : Refusal::Why::unusable, problem->what};
}

std::vector<files::FileProblem> write_tables(std::string const& folder, std::vector<files::Table> const& tables) {
  std::vector<files::FileProblem> problems;
  for (auto const& table : tables) {
    files::NewFile file((std::filesystem::path(folder) / (table.name + ".csv")).string());
    files::write_csv(table, [&file](std::string_view text) { file.append(text); });
    if (auto const problem = file.finish()) problems.push_back(*problem);
  }
  return problems;
}

RunFolder::RunFolder(files::OwnedFolder folder, experiment::PartOwner owner, std::chrono::duration<double> save_every)
    : folder_(std::move(folder)), path_(folder_.path()), parts_(folder_, std::move(owner), save_every) {}

Taken RunFolder::take(Start start, experiment::Layout const& layout, experiment::RunRequest& request) {
  files::remove_left_over(path_);
  bool const goes_on = parts_.any() && start == Start::go_on;
  if (!parts_.any()) parts_.clear();
  PartsFolder::Found found;
  if (goes_on) found = parts_.find(layout);
  if (found.refusal) return {Refusal{Refusal::Why::another_run, *found.refusal}, {}};
  Taken taken{std::nullopt, std::move(found.damaged)};
  auto const existing = goes_on || start == Start::afresh ? files::Existing::replace : files::Existing::refuse;
  taken.refusal = prepared(path_, existing);
  if (taken.refusal) return taken;
  if (start == Start::afresh) parts_.clear();
  whole_ = found.whole;
  request.done = std::move(found.done);
  request.save = [this](experiment::Tally const& block) { return parts_.save(block); };
  return taken;
}

Saved RunFolder::save(Arm const& arm, FinishedRun const& finished, experiment::Estimates const& estimates,
                      Circumstances const& circumstances) {
  auto const& e = finished.experiment;
  if (whole_ && e.simulated == 0 && is_complete(arm, estimates)) return {{}, true};
  bool const cut_short = is_cut_short(e.ended);
  // Parts first, so that a folder with tables is always one that the same request can go on with.
  bool const kept = cut_short ? parts_.flush() : parts_.save_whole(e.tally);
  if (!kept) return {{*parts_.problem()}, false};
  if (auto const lost = folder_.lost()) return {{*lost}, false};
  auto problems = save_files(path_, arm, manifest_of(arm, finished, circumstances), estimates);
  if (problems.empty() && !cut_short) parts_.tidy();
  return {std::move(problems), false};
}

/// What the replications say is in the part; what the arm is called, and all else of it, may be another.
bool RunFolder::is_complete(Arm const& arm, experiment::Estimates const& estimates) const {
  std::filesystem::path const folder(path_);
  auto const tables = report::all_tables(estimates);
  auto const is = [&folder](std::string const& name, std::string const& text) {
    return files::read_file((folder / name).string()) == text;
  };
  return std::filesystem::exists(folder / "run.json") && is("scenario.json", scenario_text(arm)) &&
         is("arms.csv", files::to_csv(report::table_named("arms", estimates))) &&
         std::all_of(tables.begin(), tables.end(), [&folder](files::Table const& table) {
           return std::filesystem::exists(folder / (table.name + ".csv"));
         });
}

}  // namespace cwtsim::study
