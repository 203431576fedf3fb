#include "running.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <utility>

#include "console.hpp"
#include "cwtsim/experiment/allotted.hpp"

namespace cwtsim::cli {

namespace {

std::string_view advice_of(study::Refusal::Why why) {
  switch (why) {
    case study::Refusal::Why::another_run:
      return or_start_afresh;
    case study::Refusal::Why::not_empty:
      return "; choose another folder, or replace what it holds with --force";
    case study::Refusal::Why::unusable:
      return "";
  }
  return "";
}

}  // namespace

void complain_of(study::Refusal const& refusal) {
  complain(fmt::format("cwtsim: --out: {}{}\n", refusal.what, advice_of(refusal.why)));
}

void tell_damaged(std::vector<study::DamagedPart> const& damaged) {
  for (auto const& part : damaged)
    complain(fmt::format("cwtsim: {} is damaged ({}); its replications are run again\n", part.path, part.what));
}

std::variant<files::OwnedFolder, ExitCode> own(std::string const& path) {
  auto owned = files::own_folder(path);
  if (auto const* const problem = std::get_if<files::FileProblem>(&owned)) {
    complain(fmt::format("cwtsim: --out: {}\n", problem->what));
    return ExitCode::bad_input;
  }
  if (auto const* const use = std::get_if<files::InUse>(&owned)) {
    complain(fmt::format("cwtsim: --out: {} belongs to another run ({}) until that ends; choose another folder\n", path,
                         use->by ? words_of(*use->by) : "one that has just begun"));
    return ExitCode::folder_in_use;
  }
  auto& folder = std::get<files::OwnedFolder>(owned);
  if (auto const& dead = folder.heir_of())
    complain(fmt::format("The run that had {} ({}) is no more: this one goes on with it\n", path, words_of(*dead)));
  return std::move(folder);
}

ExitCode said_of(std::vector<files::FileProblem> const& problems) {
  auto outcome = ExitCode::done;
  for (auto const& problem : problems) {
    complain(fmt::format("cwtsim: {}\n", problem.what));
    outcome = problem.no_space()       ? ExitCode::no_space
              : problem.error == EBUSY ? ExitCode::folder_in_use
                                       : ExitCode::our_fault;
  }
  return outcome;
}

void tell_threads(int asked) {
  auto const there = experiment::allotted();
  if (there.by.empty() || threads_within(there, asked) == asked) return;
  complain(fmt::format("{} thread{}{}: of the machine's {} processors no more are allotted ({})\n", there.threads,
                       there.threads == 1 ? "" : "s", asked > 0 ? fmt::format(" and not {}", asked) : "", there.machine,
                       there.by));
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

}  // namespace cwtsim::cli
