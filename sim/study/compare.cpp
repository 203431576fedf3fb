#include "cwtsim/study/compare.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include "cwtsim/experiment/allotted.hpp"

namespace cwtsim::study {

LookedAt look_at(std::vector<ArmRequest> const& arms) {
  LookedAt looked;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    auto made = make_arm(arms[i]);
    if (auto* const problems = std::get_if<Problems>(&made)) looked.problems.push_back({i, std::move(*problems)});
    if (auto const* const missing = std::get_if<TooLittleMemory>(&made)) looked.problems.push_back({i, *missing});
    if (!std::holds_alternative<Arm>(made)) {
      if (i == 0) break;
      continue;
    }
    auto const& arm = std::get<Arm>(made);
    experiment::Experiment nothing_run;
    nothing_run.layout = arm.layout;
    auto own = experiment::replications_of(arm.model, std::move(nothing_run), arm.summary, {});
    if (i == 0)
      looked.first = std::move(own);
    else if (auto what = experiment::unlike(looked.first, own); !what.empty())
      looked.problems.push_back({i, experiment::NotAlike{i, std::move(what)}});
  }
  return looked;
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

std::optional<Refusal> ArmsFolder::take(Start start) const {
  files::remove_left_over(path());
  auto const parts = parts_in(path());
  std::error_code error;
  if (start == Start::afresh) std::filesystem::remove_all(parts, error);
  bool const goes_on = holds_anything(parts);
  auto const existing = goes_on || start == Start::afresh ? files::Existing::replace : files::Existing::refuse;
  return prepared(path(), existing);
}

PartsFolder ArmsFolder::parts_of(Arm const& arm, std::uint64_t seed) const {
  return {folder_, owner_of(arm, seed), save_every_, name_of(arm, seed)};
}

bool ArmsFolder::is_of_others(Arm const& first, std::uint64_t seed) const {
  return holds_anything(parts_in(path())) && !holds_anything(parts_in(path()) / name_of(first, seed));
}

std::vector<files::FileProblem> ArmsFolder::save(std::vector<files::Table> const& tables) const {
  if (auto const lost = folder_.lost()) return {*lost};
  return write_tables(path(), tables);
}

namespace {

/// What is needed of an arm when its replications are there.
struct Begun {
  experiment::ArmSummary summary;
  std::vector<experiment::Outlay> outlays;
  std::shared_ptr<model::Model const> model;
  std::optional<PartsFolder> parts;
  bool whole = false;  ///< what was found is all in the one part of a finished run
  std::uint64_t events_found = 0;
};

/// Makes arms as they are wanted, and keeps what comes of them; both may happen at the same time.
class ArmsInOrder {
 public:
  ArmsInOrder(std::vector<ArmRequest> const& arms, RunningArms const& how)
      : arms_(arms), how_(how), same_(how.wishes) {}

  std::optional<experiment::ArmRun> next() {
    if (ended_ || next_ == arms_.size()) return std::nullopt;
    ended_ = true;  // unless all goes well
    auto const number = next_++;
    auto made = make_arm(arms_[number]);
    if (auto* const problems = std::get_if<Problems>(&made)) finished.problem = {number, std::move(*problems)};
    if (auto const* const missing = std::get_if<TooLittleMemory>(&made)) finished.problem = {number, *missing};
    if (finished.problem) return std::nullopt;
    auto& arm = std::get<Arm>(made);
    arm.summary.arm = number == 0 ? "base" : fmt::format("a{}", number);
    auto request = *request_of(arm, same_);
    same_.seed = request.seed;
    same_.replications = request.replications;
    Begun begun{arm.summary, arm.outlays, {}, {}, false, 0};
    if (how_.folder != nullptr && !find_parts(arm, begun, request)) return std::nullopt;
    if (how_.progress)
      request.progress = [this, number, each = *request.replications](experiment::SoFar so_far) {
        how_.progress({each * number + so_far.done, each * arms_.size()});
      };
    begun.model = std::make_shared<model::Model const>(std::move(arm.model));
    std::scoped_lock const lock(gate_);
    auto& kept = begun_.emplace_back(std::make_unique<Begun>(std::move(begun)));
    if (kept->parts)
      request.save = [own = kept.get()](experiment::Tally const& block) { return own->parts->save(block); };
    ended_ = false;
    return experiment::ArmRun{kept->model, std::move(request)};
  }

  bool done(experiment::Experiment e) {
    auto const own = take(finished.arms.size());
    finished.ended = e.ended;
    finished.events += e.tally.events - own->events_found;
    finished.simulated += e.simulated;
    if (own->parts && !keep(*own, e)) finished.ended = experiment::Ended::not_saved;
    if (is_cut_short(finished.ended)) return false;
    if (own->parts) own->parts->tidy();
    finished.arms.push_back(experiment::replications_of(*own->model, std::move(e), own->summary, own->outlays));
    return true;
  }

  /// The arm that was begun last cannot be gone on with.
  void does_not_fit(std::string const& what) {
    finished.refusal = {Refusal::Why::another_run, fmt::format("{}: {}", begun_.back()->summary.name, what)};
  }

  FinishedArms finished;

 private:
  /// What the folder holds of the arm, into the request; false if it cannot be gone on with, which has been noted.
  bool find_parts(Arm const& arm, Begun& begun, experiment::RunRequest& request) {
    auto const& folder = *how_.folder;
    if (next_ == 1 && folder.is_of_others(arm, request.seed)) {
      finished.refusal = {Refusal::Why::another_run,
                          fmt::format("{} holds parts, and none of the first arm", folder.path())};
      return false;
    }
    begun.parts.emplace(folder.parts_of(arm, request.seed));
    auto found = begun.parts->find(arm.layout);
    finished.damaged.insert(finished.damaged.end(), found.damaged.begin(), found.damaged.end());
    if (found.refusal) {
      finished.refusal = {Refusal::Why::another_run, *found.refusal};
      return false;
    }
    begun.whole = found.whole;
    begun.events_found = found.done.events;
    finished.found += found.done.replications();
    request.done = std::move(found.done);
    return true;
  }

  bool keep(Begun& own, experiment::Experiment const& e) {
    bool const kept =
        is_cut_short(e.ended) ? own.parts->flush() : (own.whole && e.simulated == 0) || own.parts->save_whole(e.tally);
    if (!kept) finished.unsaved = own.parts->problem();
    return kept;
  }

  std::unique_ptr<Begun> take(std::size_t number) {
    std::scoped_lock const lock(gate_);
    return std::move(begun_[number]);
  }

  std::vector<ArmRequest> const& arms_;
  RunningArms const& how_;
  RunWishes same_;  ///< seed and number of the first
  std::size_t next_ = 0;
  bool ended_ = false;
  std::mutex gate_;
  std::vector<std::unique_ptr<Begun>> begun_;  ///< by arm; taken out when it is finished
};

}  // namespace

FinishedArms run_arms(std::vector<ArmRequest> const& arms, RunningArms const& how) {
  auto const started = std::chrono::steady_clock::now();
  ArmsInOrder in_order(arms, how);
  int const threads = experiment::threads_within(experiment::allotted(), how.wishes.threads);
  try {
    experiment::run_arms(
        threads, how.stop, [&in_order] { return in_order.next(); },
        [&in_order](experiment::Experiment e) { return in_order.done(std::move(e)); });
  } catch (experiment::Unfitting const& unfitting) {
    in_order.does_not_fit(unfitting.what());
  }
  auto finished = std::move(in_order.finished);
  bool const all = finished.arms.size() == arms.size();
  if (!all && !finished.problem && !finished.refusal && !is_cut_short(finished.ended))
    finished.ended = experiment::Ended::interrupted;  // between two arms
  finished.threads = threads;
  finished.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return finished;
}

}  // namespace cwtsim::study
