#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <utility>
#include <variant>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/report/text.hpp"
#include "cwtsim/study/rerun.hpp"
#include "cwtsim/study/run_folder.hpp"
#include "cwtsim/study/summary.hpp"
#include "running.hpp"

namespace cwtsim::cli {
namespace {

/// Whether the folder may be written to; what is wrong with it or its parts has been said.
bool is_taken(study::Taken const& taken) {
  tell_damaged(taken.damaged);
  if (taken.refusal) complain_of(*taken.refusal);
  return !taken.refusal;
}

/// Nothing, if what was found in the folder does not fit; that has been said.
std::optional<study::FinishedRun> run_arm(study::Arm const& arm, experiment::RunRequest& request,
                                          HowToRun const& options) {
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
ExitCode outcome_of(study::Saved const& saved, HowToRun const& options) {
  if (saved.before && !options.quiet) complain(fmt::format("{} holds this run already, finished\n", options.out));
  return said_of(saved.problems);
}

/// Whether the files of a folder are those of this run; what differs has been said.
ExitCode verified(study::Arm const& arm, experiment::Estimates const& estimates, RunOptions const& options) {
  auto const differing = study::differing_files(options.verify, arm, estimates);
  for (auto const& name : differing)
    complain(fmt::format("cwtsim: {}/{} is not what this run gives\n", options.verify, name));
  if (differing.empty() && !options.how.quiet)
    complain(fmt::format("{} holds what this run gives, to the byte\n", options.verify));
  return differing.empty() ? ExitCode::done : ExitCode::bad_input;
}

/// What became of a run and its files, the first that is no success.
ExitCode first_of(std::initializer_list<ExitCode> codes) {
  for (auto const code : codes)
    if (code != ExitCode::done) return code;
  return ExitCode::done;
}

ExitCode run_and_save(study::Arm const& arm, experiment::RunRequest& request, study::RunFolder* folder,
                      RunOptions const& options, study::Circumstances circumstances) {
  stop_by_flag();
  auto const finished = run_arm(arm, request, options.how);
  if (!finished) return ExitCode::bad_input;
  request.done = {};
  auto const& e = finished->experiment;
  auto estimates = study::estimate(arm, e);
  bool const cut_short = study::is_cut_short(e.ended);
  circumstances.exit_status = static_cast<int>(code_of(e));
  // Files first: a reader who closes the pipe must not cost them.
  auto const saved = folder != nullptr ? outcome_of(folder->save(arm, *finished, estimates, circumstances), options.how)
                                       : ExitCode::done;
  // Whoever stops a run is not to wait for what nobody has to know now.
  if (!cut_short) estimates.foundations = study::foundations_of(arm, finished->threads, &stop_flag());
  auto const said = say(report::text_report(estimates, colour_of_stdout()));
  if (folder != nullptr && cut_short && saved == ExitCode::done && !options.how.quiet)
    complain(fmt::format("{} replications are kept in {}; the same command goes on from there\n", e.replications(),
                         options.how.out));
  auto const as_before = options.verify.empty() || cut_short ? ExitCode::done : verified(arm, estimates, options);
  return first_of({saved, said, as_before, code_of(e)});
}

}  // namespace

ExitCode run(RunOptions const& options) {
  study::Circumstances const circumstances{options.how.command_line};
  listen_to_signals(options.how.time_limit);
  // Before anything is read: of two that are started together one is to be refused, however short they are.
  std::optional<files::OwnedFolder> owned;
  if (!options.how.out.empty()) {
    auto taken = own(options.how.out);
    if (auto const* const code = std::get_if<ExitCode>(&taken)) return *code;
    owned.emplace(std::get<files::OwnedFolder>(std::move(taken)));
  }
  auto arm = load_arm(options.arm);
  if (!arm) return ExitCode::bad_input;
  if (options.summary) arm->summary = *options.summary;
  if (!options.how.quiet) tell_threads(options.wishes.threads);
  auto request = study::request_of(*arm, options.wishes);
  if (!request) {
    complain("cwtsim: --precision: the scenario has no standards whose attainment could be made precise\n");
    return ExitCode::bad_input;
  }
  if (!owned) return run_and_save(*arm, *request, nullptr, options, circumstances);
  study::RunFolder folder(std::move(*owned), owner_of(*arm, request->seed),
                          std::chrono::duration<double>(options.how.save_every.seconds));
  auto const start = options.how.force ? study::Start::afresh : study::Start::go_on;
  if (!is_taken(folder.take(start, arm->layout, *request))) return ExitCode::bad_input;
  return run_and_save(*arm, *request, &folder, options, circumstances);
}

}  // namespace cwtsim::cli
