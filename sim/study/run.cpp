#include "cwtsim/study/run.hpp"

#include <chrono>

#include "cwtsim/study/version.hpp"

namespace cwtsim::study {

std::optional<experiment::RunRequest> request_of(Arm const& arm, RunWishes const& wishes) {
  if (wishes.precision_points && arm.scenario.standards.empty()) return std::nullopt;
  auto const& of_scenario = arm.scenario.experiment;
  experiment::RunRequest request;
  request.seed = wishes.seed.value_or(static_cast<std::uint64_t>(of_scenario.seed));
  request.first_replication = wishes.first_replication;
  request.precision_points = wishes.precision_points;
  request.replications = wishes.replications;
  if (!request.replications && !request.precision_points)
    request.replications = static_cast<std::uint64_t>(of_scenario.replications);
  request.threads = wishes.threads > 0 ? wishes.threads : experiment::available_threads();
  request.observed = arm.observed;
  request.memory_bounds_patients = arm.memory_bounds_patients;
  return request;
}

std::variant<FinishedRun, experiment::Unfitting> run(Arm const& arm, experiment::RunRequest const& request) {
  auto const started = std::chrono::steady_clock::now();
  FinishedRun finished;
  finished.threads = request.threads;
  try {
    finished.experiment = experiment::run(arm.model, request);
  } catch (experiment::Unfitting const& unfitting) {
    return unfitting;
  }
  finished.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  finished.events = finished.experiment.tally.events - request.done.events;
  return finished;
}

bool is_cut_short(experiment::Ended ended) {
  return ended == experiment::Ended::interrupted || ended == experiment::Ended::out_of_time ||
         ended == experiment::Ended::not_saved;
}

experiment::Estimates estimate(Arm const& arm, experiment::Experiment const& experiment) {
  auto estimates = experiment::estimate(arm.model, experiment, arm.name, arm.observed, arm.outlays);
  estimates.pulled = arm.pulled;
  return estimates;
}

files::Manifest manifest_of(Arm const& arm, FinishedRun const& finished) {
  auto const& e = finished.experiment;
  files::Manifest m;
  m.composed_json = arm.composed_json;
  m.arm = arm.name;
  m.seed = e.seed;
  m.first_replication = e.first_replication;
  m.completed = e.tally.completed.size();
  m.limited = e.tally.limited.size();
  m.ended = std::string(word_of(e.ended));
  m.precision_points = e.precision_points;
  m.version = version;
  m.compiler = compiler();
  m.threads = finished.threads;
  m.seconds = finished.seconds;
  m.events = e.tally.events;
  m.events_per_second = static_cast<double>(finished.events) / finished.seconds;
  return m;
}

}  // namespace cwtsim::study
