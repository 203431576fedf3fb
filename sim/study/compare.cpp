#include "cwtsim/study/compare.hpp"

#include <fmt/format.h>

#include <chrono>
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

FinishedArms run_arms(std::vector<ArmRequest> const& arms, RunWishes const& wishes,
                      std::function<void(experiment::SoFar)> const& progress, std::atomic<bool> const* stop) {
  auto const started = std::chrono::steady_clock::now();
  FinishedArms finished;
  RunWishes same = wishes;
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
    request.stop = stop;
    if (progress)
      request.progress = [&, each = *request.replications](experiment::SoFar so_far) {
        progress({each * i + so_far.done, each * arms.size()});
      };
    auto e = experiment::run(arm.model, request);
    finished.threads = request.threads;
    finished.ended = e.ended;
    finished.events += e.tally.events;
    finished.replications += e.simulated;
    if (!is_cut_short(e.ended))
      finished.arms.push_back(experiment::replications_of(arm.model, std::move(e), arm.summary, arm.outlays));
  }
  finished.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return finished;
}

}  // namespace cwtsim::study
