#include "cwtsim/study/run.hpp"

#include <chrono>

#include "cwtsim/experiment/allotted.hpp"
#include "cwtsim/files/digest.hpp"
#include "cwtsim/files/files.hpp"
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
  request.threads = experiment::threads_within(experiment::allotted(), wishes.threads);
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
  switch (ended) {
    case experiment::Ended::interrupted:
    case experiment::Ended::out_of_time:
    case experiment::Ended::not_saved:
      return true;
    case experiment::Ended::all_done:
    case experiment::Ended::precise:
    case experiment::Ended::not_precise:
    case experiment::Ended::many_limits:
      break;
  }
  return false;
}

experiment::Estimates estimate(Arm const& arm, experiment::Experiment const& experiment) {
  auto estimates = experiment::estimate(arm.model, experiment, arm.summary.arm, arm.observed, arm.outlays);
  estimates.arms = {arm.summary};
  estimates.pulled = arm.pulled;
  return estimates;
}

std::string scenario_text(Arm const& arm) {
  return arm.composed_json + '\n';
}

files::Manifest manifest_of(Arm const& arm, FinishedRun const& finished, Circumstances const& circumstances) {
  auto const& e = finished.experiment;
  files::Manifest m;
  m.version = version;
  m.sources = sources();
  m.commit = commit();
  m.compiler = compiler();
  m.flags = flags();
  m.host = files::host_name();
  m.started = files::utc_text(circumstances.started);
  m.finished = files::utc_text(std::chrono::system_clock::now());
  m.exit_status = circumstances.exit_status;
  m.command_line = circumstances.command_line;
  m.scenario = arm.model.names.scenario;
  m.scenario_sha256 = files::sha256(scenario_text(arm));
  m.arm = arm.summary.arm;
  m.name = arm.summary.name;
  m.scenario_file = arm.summary.scenario;
  m.lever_files = arm.summary.lever_files;
  m.options = arm.summary.options;
  m.seed = e.seed;
  m.first_replication = e.first_replication;
  m.completed = e.tally.completed.size();
  m.deadlocked = e.tally.deadlocked();
  m.limited = e.tally.limited.size() - m.deadlocked;
  m.ended = std::string(word_of(e.ended));
  m.interrupted = is_cut_short(e.ended);
  m.precision_points = e.precision_points;
  m.max_events = arm.limits.max_events;
  m.max_memory = arm.limits.max_memory;
  m.threads = finished.threads;
  m.seconds = finished.seconds;
  m.events = e.tally.events;
  m.events_per_second = static_cast<double>(finished.events) / finished.seconds;
  m.files = arm.files;
  return m;
}

}  // namespace cwtsim::study
