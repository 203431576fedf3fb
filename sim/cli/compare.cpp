#include "cwtsim/report/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/study/compare.hpp"
#include "running.hpp"

namespace cwtsim::cli {
namespace {

/// What is wrong with an arm, under the name of its files.
void complain_of_arm(study::ArmProblems const& one, std::vector<study::ArmRequest> const& arms) {
  auto const& request = arms[one.arm].scenario;
  std::string title = request.path;
  for (auto const& file : request.with) title += (&file == &request.with.front() ? " with " : " + ") + file;
  if (auto const* const problems = std::get_if<Problems>(&one.what))
    complain(io::format_problems(*problems, title));
  else if (auto const* const unlike = std::get_if<experiment::NotAlike>(&one.what))
    complain(fmt::format("cwtsim: --with: {} cannot be held against the first arm: {}\n",
                         request.with.empty() ? request.path : request.with.front(), files::printable(unlike->what)));
  else
    complain(fmt::format("cwtsim: --max-memory: {}: the tables of a replication alone need {} MB; give at least that\n",
                         title, std::get<study::TooLittleMemory>(one.what).bytes_needed / 1'000'000 + 1));
}

/// The standard by which arms are put in order: the one that is asked for, or the one with the longest limit; nothing,
/// if there is none of that name: that has been said.
std::optional<std::size_t> standard_of(std::vector<experiment::StandardName> const& standards,
                                       std::string const& asked) {
  if (asked.empty())
    return static_cast<std::size_t>(std::ranges::max_element(standards, {}, &experiment::StandardName::limit_days) -
                                    standards.begin());
  auto const found = std::ranges::find(standards, asked, &experiment::StandardName::name);
  if (found != standards.end()) return static_cast<std::size_t>(found - standards.begin());
  std::string names;
  for (auto const& s : standards) names += (names.empty() ? "" : ", ") + files::printable(s.name);
  complain(fmt::format("cwtsim: --standard: there is no standard \"{}\"; there is {}\n", files::printable(asked),
                       names.empty() ? "none" : names));
  return std::nullopt;
}

/// Why arms were not run to their end, which has been said; nothing: they were.
std::optional<ExitCode> cut_short(study::FinishedArms const& finished, CompareOptions const& options) {
  if (finished.problem) {
    complain_of_arm(*finished.problem, options.arms);
    return ExitCode::bad_input;
  }
  if (finished.refusal) {
    complain_of(*finished.refusal);
    return ExitCode::bad_input;
  }
  if (finished.unsaved) return said_of({*finished.unsaved});
  if (!study::is_cut_short(finished.ended)) return std::nullopt;
  complain(fmt::format("cwtsim: stopped after {} of {} arms; {}\n", finished.arms.size(), options.arms.size(),
                       options.how.out.empty() ? "nothing is kept of a comparison without --out"
                                               : "what finished is kept in " + options.how.out +
                                                     ", and the same command goes on from there"));
  if (stop_reason() == StopReason::out_of_time) return ExitCode::limits_hit;
  return stop_reason() == StopReason::terminated ? ExitCode::terminated : ExitCode::interrupted;
}

/// The folder of --out, ready to be written to; nothing, if there is none. What is in the way has been said.
std::variant<std::optional<study::ArmsFolder>, ExitCode> folder_of(HowToRun const& how) {
  std::optional<study::ArmsFolder> folder;
  if (how.out.empty()) return folder;
  auto taken = own(how.out);
  if (auto const* const code = std::get_if<ExitCode>(&taken)) return *code;
  folder.emplace(std::get<files::OwnedFolder>(std::move(taken)), std::chrono::duration<double>(how.save_every.seconds));
  return folder;
}

}  // namespace

ExitCode compare(CompareOptions const& options) {
  listen_to_signals(options.how.time_limit);
  auto taken = folder_of(options.how);
  if (auto const* const code = std::get_if<ExitCode>(&taken)) return *code;
  auto& folder = std::get<std::optional<study::ArmsFolder>>(taken);
  auto const looked = study::look_at(options.arms);
  for (auto const& one : looked.problems) {
    if (&one != &looked.problems.front()) complain("\n");
    complain_of_arm(one, options.arms);
  }
  if (!looked.problems.empty()) return ExitCode::bad_input;
  auto const standard = standard_of(looked.first.standards, options.standard);
  if (!standard) return ExitCode::bad_input;
  if (folder) {
    if (auto const refusal = folder->take(options.how.force ? study::Start::afresh : study::Start::go_on)) {
      complain_of(*refusal);
      return ExitCode::bad_input;
    }
  }
  if (!options.how.quiet) tell_threads(options.wishes.threads);
  stop_by_flag();
  ProgressLine line(options.how.quiet);
  auto finished =
      study::run_arms(options.arms, {options.wishes, folder ? &*folder : nullptr,
                                     [&line](experiment::SoFar so_far) { line.show(so_far); }, &stop_flag()});
  line.finish();
  tell_damaged(finished.damaged);
  if (auto const code = cut_short(finished, options)) return *code;
  if (!options.how.quiet && finished.found > 0)
    complain(fmt::format("{} replications were found in {}\n", finished.found, options.how.out));
  if (!options.how.quiet)
    complain(fmt::format("{} replications, {} events in {:.1f} s on {} thread{}\n", finished.simulated, finished.events,
                         finished.seconds, finished.threads, finished.threads == 1 ? "" : "s"));
  auto compared = experiment::compare(std::move(finished.arms));
  if (auto const* const unlike = std::get_if<experiment::NotAlike>(&compared)) {  // a file has changed meanwhile
    complain_of_arm({unlike->arm, *unlike}, options.arms);
    return ExitCode::bad_input;
  }
  auto const& differences = std::get<experiment::Differences>(compared);
  auto const saved = folder ? said_of(folder->save(report::compare_tables(differences))) : ExitCode::done;
  auto const said = say(report::compare_text(differences, *standard, colour_of_stdout()));
  if (saved != ExitCode::done) return saved;
  if (said != ExitCode::done) return said;
  return std::ranges::any_of(differences.limited, [](std::uint64_t n) { return n > 0; }) ? ExitCode::limits_hit
                                                                                         : ExitCode::done;
}

}  // namespace cwtsim::cli
