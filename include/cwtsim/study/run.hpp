#pragma once
// The replications of an arm, and what they say. Two runs share nothing but threads, so an experiment of many arms may
// run them one after another on all threads, or at once on one each. (Of runs that overlap oneTBB lets none have more
// threads than the least that one asks for; results are the same.)

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/files/manifest.hpp"
#include "cwtsim/study/arm.hpp"

namespace cwtsim::study {

/// Which replications are wanted; what is absent is as the scenario says.
struct RunWishes {
  std::optional<std::uint64_t> replications;  ///< at most one of this and the next
  std::optional<double> precision_points;     ///< as in experiment::RunRequest
  std::uint64_t first_replication = 0;
  std::optional<std::uint64_t> seed;
  int threads = 0;  ///< 0: as many as are allotted
};

/// The request that runs the arm as wished, without progress, stop flag or folder. Nothing, if a precision is wanted of
/// an arm that has no standards.
[[nodiscard]] std::optional<experiment::RunRequest> request_of(Arm const& arm, RunWishes const& wishes);

/// What came of a run.
struct FinishedRun {
  experiment::Experiment experiment;
  double seconds = 0;        ///< of the wall clock
  std::uint64_t events = 0;  ///< simulated now, without those of replications done before
  int threads = 0;
};

/// Runs the request, unless the replications done before do not fit it. Throws what a replication throws.
[[nodiscard]] std::variant<FinishedRun, experiment::Unfitting> run(Arm const& arm,
                                                                   experiment::RunRequest const& request);
/// True if there are fewer replications than were asked for, and the same request would go on.
[[nodiscard]] bool is_cut_short(experiment::Ended ended);

/// What its replications say.
[[nodiscard]] experiment::Estimates estimate(Arm const& arm, experiment::Experiment const& experiment);
/// How a run was asked for, and what it came to.
struct Circumstances {
  std::vector<std::string> command_line{};
  std::chrono::system_clock::time_point started = std::chrono::system_clock::now();
  int exit_status = 0;
};
/// scenario.json: what was composed, which reads as the same scenario.
[[nodiscard]] std::string scenario_text(Arm const& arm);
/// What run.json says of a run that finishes now.
[[nodiscard]] files::Manifest manifest_of(Arm const& arm, FinishedRun const& finished,
                                          Circumstances const& circumstances);

}  // namespace cwtsim::study
