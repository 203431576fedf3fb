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

/// Writes the tables and run.json, the last; what went wrong.
std::vector<files::FileProblem> save_tables(std::string const& out, files::Manifest manifest,
                                            experiment::Estimates const& estimates) {
  std::vector<files::FileProblem> problems;
  auto const write = [&](std::string const& name, auto const& fill) {
    files::NewFile file((std::filesystem::path(out) / name).string());
    fill([&file](std::string_view text) { file.append(text); });
    if (auto const problem = file.finish()) problems.push_back(*problem);
  };
  for (auto& table : report::all_tables(estimates)) {
    write(table.name + ".csv", [&table](files::TextSink const& to) { files::write_csv(table, to); });
    if (table.in_run_json) manifest.estimates.push_back(std::move(table));
  }
  if (problems.empty()) write("run.json", [&manifest](files::TextSink const& to) { io::write_manifest(manifest, to); });
  return problems;
}

}  // namespace

RunFolder::RunFolder(std::string path, experiment::PartOwner owner, std::chrono::duration<double> save_every)
    : path_(std::move(path)), parts_(path_, std::move(owner), save_every) {}

Taken RunFolder::take(Start start, experiment::Layout const& layout, experiment::RunRequest& request) {
  files::remove_left_over(path_);
  bool const goes_on = parts_.any() && start == Start::go_on;
  if (!parts_.any()) parts_.clear();
  PartsFolder::Found found;
  if (goes_on) found = parts_.find(layout);
  if (found.refusal) return {Refusal{Refusal::Why::another_run, *found.refusal}, {}};
  Taken taken{std::nullopt, std::move(found.damaged)};
  auto const existing = goes_on || start == Start::afresh ? files::Existing::replace : files::Existing::refuse;
  if (auto const problem = files::prepare_folder(path_, existing)) {
    bool const not_empty = problem->error == EEXIST;
    taken.refusal = {not_empty ? Refusal::Why::not_empty : Refusal::Why::unusable, problem->what};
    return taken;
  }
  if (start == Start::afresh) parts_.clear();
  whole_ = found.whole;
  request.done = std::move(found.done);
  request.save = [this](experiment::Tally const& block) { return parts_.save(block); };
  return taken;
}

Saved RunFolder::save(Arm const& arm, FinishedRun const& finished, experiment::Estimates const& estimates) {
  auto const& e = finished.experiment;
  if (whole_ && e.simulated == 0 && is_complete(estimates)) return {{}, true};
  bool const cut_short = is_cut_short(e.ended);
  // Parts first, so that a folder with tables is always one that the same request can go on with.
  bool const kept = cut_short ? parts_.flush() : parts_.save_whole(e.tally);
  if (!kept) return {{*parts_.problem()}, false};
  auto problems = save_tables(path_, manifest_of(arm, finished), estimates);
  if (problems.empty() && !cut_short) parts_.tidy();
  return {std::move(problems), false};
}

bool RunFolder::is_complete(experiment::Estimates const& estimates) const {
  std::filesystem::path const folder(path_);
  auto const tables = report::all_tables(estimates);
  return std::filesystem::exists(folder / "run.json") &&
         std::all_of(tables.begin(), tables.end(), [&folder](files::Table const& table) {
           return std::filesystem::exists(folder / (table.name + ".csv"));
         });
}

}  // namespace cwtsim::study
