#include "cwtsim/study/compare.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

namespace cwtsim::study {

std::vector<ArmProblems> problems_of(std::vector<ArmRequest> const& arms) {
  std::vector<ArmProblems> all;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    auto made = make_arm(arms[i]);
    if (auto* const problems = std::get_if<Problems>(&made)) all.push_back({i, std::move(*problems)});
    if (auto const* const missing = std::get_if<TooLittleMemory>(&made)) all.push_back({i, *missing});
  }
  return all;
}

ArmsFolder::ArmsFolder(files::OwnedFolder folder, std::chrono::duration<double> save_every)
    : folder_(std::move(folder)), save_every_(save_every) {}

namespace {

std::filesystem::path parts_in(std::string const& folder) {
  return std::filesystem::path(folder) / "parts";
}

bool holds_anything(std::filesystem::path const& folder) {
  std::error_code error;
  return std::filesystem::directory_iterator(folder, error) != std::filesystem::directory_iterator();
}

std::string name_of(Arm const& arm, std::uint64_t seed) {
  return fmt::format("{:016x}", owner_of(arm, seed).fingerprint);
}

}  // namespace

std::optional<Refusal> ArmsFolder::take(Start start) {
  files::remove_left_over(path());
  auto const parts = parts_in(path());
  std::error_code error;
  if (start == Start::afresh) std::filesystem::remove_all(parts, error);
  bool const goes_on = holds_anything(parts);
  auto const existing = goes_on || start == Start::afresh ? files::Existing::replace : files::Existing::refuse;
  auto const problem = files::prepare_folder(path(), existing);
  if (!problem) return std::nullopt;
  return Refusal{problem->error == EEXIST ? Refusal::Why::not_empty : Refusal::Why::unusable, problem->what};
}

PartsFolder ArmsFolder::parts_of(Arm const& arm, std::uint64_t seed) const {
  return {folder_, owner_of(arm, seed), save_every_, name_of(arm, seed)};
}

bool ArmsFolder::is_of_others(Arm const& first, std::uint64_t seed) const {
  return holds_anything(parts_in(path())) && !holds_anything(parts_in(path()) / name_of(first, seed));
}

std::vector<files::FileProblem> ArmsFolder::save(std::vector<files::Table> const& tables) const {
  std::vector<files::FileProblem> problems;
  if (auto const lost = folder_.lost()) problems.push_back(*lost);
  for (auto const& table : tables) {
    if (!problems.empty()) break;
    files::NewFile file((std::filesystem::path(path()) / (table.name + ".csv")).string());
    files::write_csv(table, [&file](std::string_view text) { file.append(text); });
    if (auto const problem = file.finish()) problems.push_back(*problem);
  }
  return problems;
}

namespace {

/// Runs one arm, from what the folder holds of it; what cannot be gone on with has been noted, and then it is nothing.
std::optional<FinishedRun> run_one(Arm const& arm, experiment::RunRequest& request, ArmsFolder const* folder,
                                   FinishedArms& finished) {
  std::optional<PartsFolder> parts;
  bool whole = false;
  if (folder != nullptr) {
    parts.emplace(folder->parts_of(arm, request.seed));
    auto found = parts->find(arm.layout);
    finished.damaged.insert(finished.damaged.end(), found.damaged.begin(), found.damaged.end());
    if (found.refusal) {
      finished.refusal = {Refusal::Why::another_run, *found.refusal};
      return std::nullopt;
    }
    whole = found.whole;
    finished.found += found.done.replications();
    request.done = std::move(found.done);
    request.save = [&parts](experiment::Tally const& block) { return parts->save(block); };
  }
  auto result = run(arm, request);
  if (auto const* const unfitting = std::get_if<experiment::Unfitting>(&result)) {
    finished.refusal = {Refusal::Why::another_run, fmt::format("{}: {}", arm.summary.name, unfitting->what())};
    return std::nullopt;
  }
  auto& own = std::get<FinishedRun>(result);
  if (parts) {
    auto const& e = own.experiment;
    bool const kept =
        is_cut_short(e.ended) ? parts->flush() : (whole && e.simulated == 0) || parts->save_whole(e.tally);
    if (!kept) {
      finished.unsaved = parts->problem();
      own.experiment.ended = experiment::Ended::not_saved;
    } else if (!is_cut_short(e.ended)) {
      parts->tidy();
    }
  }
  return std::move(own);
}

}  // namespace

FinishedArms run_arms(std::vector<ArmRequest> const& arms, RunningArms const& how) {
  auto const started = std::chrono::steady_clock::now();
  FinishedArms finished;
  RunWishes same = how.wishes;
  for (std::size_t i = 0; i < arms.size() && !is_cut_short(finished.ended); ++i) {
    auto made = make_arm(arms[i]);
    if (auto* const problems = std::get_if<Problems>(&made)) finished.problem = {i, std::move(*problems)};
    if (auto const* const missing = std::get_if<TooLittleMemory>(&made)) finished.problem = {i, *missing};
    if (finished.problem) break;
    auto& arm = std::get<Arm>(made);
    arm.summary.arm = i == 0 ? "base" : fmt::format("a{}", i);
    auto request = *request_of(arm, same);
    same.seed = request.seed;
    same.replications = request.replications;
    if (i == 0 && how.folder != nullptr && how.folder->is_of_others(arm, request.seed)) {
      finished.refusal = {Refusal::Why::another_run,
                          fmt::format("{} holds parts, and none of the first arm", how.folder->path())};
      break;
    }
    request.stop = how.stop;
    if (how.progress)
      request.progress = [&, each = *request.replications](experiment::SoFar so_far) {
        how.progress({each * i + so_far.done, each * arms.size()});
      };
    auto own = run_one(arm, request, how.folder, finished);
    if (!own) break;
    auto& e = own->experiment;
    finished.threads = request.threads;
    finished.ended = e.ended;
    finished.events += own->events;
    finished.simulated += e.simulated;
    if (!is_cut_short(e.ended))
      finished.arms.push_back(experiment::replications_of(arm.model, std::move(e), arm.summary, arm.outlays));
  }
  finished.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return finished;
}

}  // namespace cwtsim::study
