#include <fmt/format.h>

#include <algorithm>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/report/text.hpp"
#include "cwtsim/study/run_folder.hpp"

namespace cwtsim::cli {
namespace {

using study::Refusal;

constexpr std::string_view or_start_afresh = "; choose another folder, or start afresh with --force";

std::string_view advice_of(Refusal::Why why) {
  switch (why) {
    case Refusal::Why::another_run:
      return or_start_afresh;
    case Refusal::Why::not_empty:
      return "; choose another folder, or replace what it holds with --force";
    case Refusal::Why::unusable:
      return "";
  }
  return "";
}

/// Whether the folder may be written to; what is wrong with it or its parts has been said.
bool is_taken(study::Taken const& taken) {
  for (auto const& part : taken.damaged)
    complain(fmt::format("cwtsim: {} is damaged ({}); its replications are run again\n", part.path, part.what));
  if (taken.refusal) complain(fmt::format("cwtsim: --out: {}{}\n", taken.refusal->what, advice_of(taken.refusal->why)));
  return !taken.refusal;
}

/// Nothing, if what was found in the folder does not fit; that has been said.
std::optional<study::FinishedRun> run_arm(study::Arm const& arm, experiment::RunRequest& request,
                                          RunOptions const& options) {
  ProgressLine line(options.quiet);
  auto const found = request.done.replications();
  line.found(found);
  request.progress = [&line](experiment::SoFar progress) { line.show(progress); };
  request.stop = &stop_flag();
  auto result = study::run(arm, request);
  if (auto const* const unfitting = std::get_if<experiment::Unfitting>(&result)) {
    complain(fmt::format("cwtsim: --out: {}: {}{}\n", options.out, unfitting->what(), or_start_afresh));
    return std::nullopt;
  }
  auto& finished = std::get<study::FinishedRun>(result);
  auto& e = finished.experiment;
  if (e.ended == experiment::Ended::interrupted && stop_reason() == StopReason::out_of_time)
    e.ended = experiment::Ended::out_of_time;
  line.finish();
  if (options.quiet) return std::move(finished);
  if (found > 0) complain(fmt::format("{} replications were found in {}\n", found, options.out));
  complain(fmt::format("{} replications, {} events in {:.1f} s: {:.2f} million events a second on {} thread{}\n",
                       e.simulated, finished.events, finished.seconds,
                       static_cast<double>(finished.events) / std::max(finished.seconds, 1e-9) / 1e6, finished.threads,
                       finished.threads == 1 ? "" : "s"));
  return std::move(finished);
}

/// Says what went wrong, or that there was nothing to do.
ExitCode outcome_of(study::Saved const& saved, RunOptions const& options) {
  if (saved.before && !options.quiet) complain(fmt::format("{} holds this run already, finished\n", options.out));
  auto outcome = ExitCode::done;
  for (auto const& problem : saved.problems) {
    complain(fmt::format("cwtsim: {}\n", problem.what));
    outcome = problem.no_space() ? ExitCode::no_space : ExitCode::our_fault;
  }
  return outcome;
}

ExitCode code_of(experiment::Experiment const& e) {
  switch (e.ended) {
    case experiment::Ended::interrupted:
      return stop_reason() == StopReason::terminated ? ExitCode::terminated : ExitCode::interrupted;
    case experiment::Ended::out_of_time:
      return ExitCode::limits_hit;
    case experiment::Ended::not_saved:
      return ExitCode::our_fault;
    case experiment::Ended::all_done:
    case experiment::Ended::precise:
    case experiment::Ended::not_precise:
    case experiment::Ended::many_limits:
      break;
  }
  return e.tally.limited.empty() ? ExitCode::done : ExitCode::limits_hit;
}

}  // namespace

ExitCode run(RunOptions const& options) {
  listen_to_signals(options.time_limit);
  auto const arm = load_arm(options.arm);
  if (!arm) return ExitCode::bad_input;
  auto request = study::request_of(*arm, options.wishes);
  if (!request) {
    complain("cwtsim: --precision: the scenario has no standards whose attainment could be made precise\n");
    return ExitCode::bad_input;
  }
  std::optional<study::RunFolder> folder;
  if (!options.out.empty()) {
    folder.emplace(options.out, owner_of(*arm, request->seed),
                   std::chrono::duration<double>(options.save_every.seconds));
    auto const start = options.force ? study::Start::afresh : study::Start::go_on;
    if (!is_taken(folder->take(start, arm->layout, *request))) return ExitCode::bad_input;
  }
  auto const finished = run_arm(*arm, *request, options);
  if (!finished) return ExitCode::bad_input;
  request->done = {};
  auto const& e = finished->experiment;
  auto const estimates = study::estimate(*arm, e);
  // Files first: a reader who closes the pipe must not cost them.
  auto const saved = folder ? outcome_of(folder->save(*arm, *finished, estimates), options) : ExitCode::done;
  auto const said = say(report::text_report(estimates, colour_of_stdout()));
  if (folder && study::is_cut_short(e.ended) && saved == ExitCode::done && !options.quiet)
    complain(fmt::format("{} replications are kept in {}; the same command goes on from there\n", e.replications(),
                         options.out));
  if (saved != ExitCode::done) return saved;
  return said == ExitCode::done ? code_of(e) : said;
}

}  // namespace cwtsim::cli
