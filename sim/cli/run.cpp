#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/cli/outlays.hpp"
#include "cwtsim/core/checksum.hpp"
#include "cwtsim/engine/replication.hpp"
#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/io/manifest.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/report/files.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/report/text.hpp"
#include "parts.hpp"

namespace cwtsim::cli {
namespace {

std::vector<experiment::ObservedFigure> figures_of(scenario::Scenario const& scenario) {
  std::vector<experiment::ObservedFigure> figures;
  auto const figure = [&figures](std::string const& standard, scenario::Observed const& observed,
                                 std::string const& dimension, std::string const& value) -> auto& {
    auto const found = std::find_if(figures.begin(), figures.end(), [&](auto const& f) {
      return f.standard == standard && f.dimension == dimension && f.value == value;
    });
    if (found != figures.end()) return *found;
    return figures.emplace_back(
        experiment::ObservedFigure{standard, dimension, value, observed.from, observed.until, {}, {}});
  };
  for (auto const& [standard, observed] : scenario.observed) {
    for (auto const& [dimension, shares] : observed.attainment)
      for (auto const& [value, share] : shares) figure(standard, observed, dimension, value).attainment = share;
    for (auto const& [dimension, counts] : observed.patients)
      for (auto const& [value, count] : counts) figure(standard, observed, dimension, value).patients = count;
  }
  return figures;
}

std::string word_of(experiment::Ended ended) {
  switch (ended) {
    case experiment::Ended::all_done:
      return "all_done";
    case experiment::Ended::precise:
      return "precise";
    case experiment::Ended::not_precise:
      return "not_precise";
    case experiment::Ended::many_limits:
      return "many_limits";
    case experiment::Ended::interrupted:
      return "interrupted";
    case experiment::Ended::out_of_time:
      return "out_of_time";
    case experiment::Ended::not_saved:
      return "not_saved";
  }
  return {};
}

bool is_cut_short(experiment::Ended ended) {
  return ended == experiment::Ended::interrupted || ended == experiment::Ended::out_of_time ||
         ended == experiment::Ended::not_saved;
}

ExitCode complain_of(report::FileProblem const& problem) {
  complain(fmt::format("cwtsim: {}\n", problem.what));
  return problem.no_space() ? ExitCode::no_space : ExitCode::our_fault;
}

/// Puts the limits of the command line in the place of the scenario's; false if a replication could not even begin.
bool limit(model::Model& model, RunOptions const& options) {
  if (options.max_events) model.max_events = *options.max_events;
  if (!options.max_memory) return true;
  auto const need = engine::memory_need(model);
  if (*options.max_memory < need.fixed + need.per_patient) {
    complain(fmt::format("cwtsim: --max-memory: the tables of a replication alone need {} MB; give at least that\n",
                         (need.fixed + need.per_patient) / 1'000'000 + 1));
    return false;
  }
  auto const patients = (*options.max_memory - need.fixed) / need.per_patient;
  model.max_in_system = static_cast<std::uint32_t>(std::min<std::uint64_t>(patients, model.max_in_system));
  return true;
}

experiment::RunRequest request_of(scenario::Scenario const& scenario, RunOptions const& options) {
  auto const& wishes = scenario.experiment;
  experiment::RunRequest request;
  request.seed = options.seed.value_or(static_cast<std::uint64_t>(wishes.seed));
  request.first_replication = options.first_replication;
  request.precision_points = options.precision_points;
  request.replications = options.replications;
  if (!request.replications && !request.precision_points)
    request.replications = static_cast<std::uint64_t>(wishes.replications);
  request.threads = options.threads > 0 ? options.threads : experiment::available_threads();
  request.observed = figures_of(scenario);
  request.stop = &stop_flag();
  return request;
}

/// Everything that a replication's results depend on, but seed and number.
experiment::PartOwner owner_of(io::ReadResult const& read, model::Model const& model, std::uint64_t seed) {
  auto const limits = fmt::format("\n{} {}", model.max_in_system, model.max_events);
  return {fmt::format("{} (sources {})", version, sources()), model.names.scenario,
          checksum(read.composed_json + limits), seed};
}

/// What the folder holds of this run, with the folder ready to be written to; or what is wrong, which has been said.
std::optional<PartsFolder::Found> take_folder(PartsFolder& parts, RunOptions const& options,
                                              experiment::Layout const& layout) {
  report::remove_left_over(options.out);
  bool const resumes = parts.any() && !options.force;
  if (!parts.any()) parts.clear();
  PartsFolder::Found found;
  if (resumes) found = parts.find(layout);
  if (found.refusal) {
    complain(fmt::format("cwtsim: --out: {}; choose another folder, or start afresh with --force\n", *found.refusal));
    return std::nullopt;
  }
  for (auto const& what : found.damaged) complain(fmt::format("cwtsim: {}\n", what));
  auto const existing = resumes || options.force ? report::Existing::replace : report::Existing::refuse;
  if (auto const problem = report::prepare_folder(options.out, existing)) {
    complain(fmt::format("cwtsim: --out: {}\n", problem->what));
    return std::nullopt;
  }
  if (options.force) parts.clear();
  return found;
}

struct Finished {
  experiment::Experiment experiment;
  double seconds = 0;
  std::uint64_t events = 0;  ///< simulated now
};

Finished run_model(model::Model const& model, experiment::RunRequest& request, RunOptions const& options) {
  ProgressLine line(options.quiet);
  auto const found = request.done.replications();
  line.found(found);
  request.progress = [&line](experiment::Progress progress) { line.show(progress); };
  auto const started = std::chrono::steady_clock::now();
  Finished finished{experiment::run(model, request), 0, 0};
  finished.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  auto& e = finished.experiment;
  finished.events = e.tally.events - request.done.events;
  if (e.ended == experiment::Ended::interrupted && stop_reason() == StopReason::out_of_time)
    e.ended = experiment::Ended::out_of_time;
  line.finish();
  if (options.quiet) return finished;
  if (found > 0) complain(fmt::format("{} replications were found in {}\n", found, options.out));
  complain(fmt::format("{} replications, {} events in {:.1f} s: {:.2f} million events a second on {} thread{}\n",
                       e.simulated, finished.events, finished.seconds,
                       static_cast<double>(finished.events) / finished.seconds / 1e6, request.threads,
                       request.threads == 1 ? "" : "s"));
  return finished;
}

io::Manifest manifest_of(io::ReadResult const& read, RunOptions const& options, Finished const& finished, int threads) {
  auto const& e = finished.experiment;
  io::Manifest m;
  m.composed_json = read.composed_json;
  m.arm = options.arm;
  m.seed = e.seed;
  m.first_replication = e.first_replication;
  m.completed = e.tally.completed.size();
  m.limited = e.tally.limited.size();
  m.ended = word_of(e.ended);
  m.precision_points = e.precision_points;
  m.version = version;
  m.compiler = compiler();
  m.threads = threads;
  m.seconds = finished.seconds;
  m.events = e.tally.events;
  m.events_per_second = static_cast<double>(finished.events) / finished.seconds;
  return m;
}

/// Writes the tables and run.json, the last; what went wrong, after saying so.
ExitCode save_tables(std::string const& out, io::Manifest manifest, experiment::Estimates const& estimates) {
  auto outcome = ExitCode::done;
  auto const write = [&](std::string const& name, auto const& fill) {
    report::NewFile file((std::filesystem::path(out) / name).string());
    fill([&file](std::string_view text) { file.append(text); });
    if (auto const problem = file.finish()) outcome = complain_of(*problem);
  };
  for (auto& table : report::all_tables(estimates)) {
    write(table.name + ".csv", [&table](report::TextSink const& to) { report::write_csv(table, to); });
    if (table.in_run_json) manifest.estimates.push_back(std::move(table));
  }
  if (outcome == ExitCode::done)
    write("run.json", [&manifest](report::TextSink const& to) { io::write_manifest(manifest, to); });
  return outcome;
}

/// True if every file of a finished run is there.
bool is_complete(std::string const& out, experiment::Estimates const& estimates) {
  std::filesystem::path const folder(out);
  auto const tables = report::all_tables(estimates);
  return std::filesystem::exists(folder / "run.json") &&
         std::all_of(tables.begin(), tables.end(), [&folder](report::Table const& table) {
           return std::filesystem::exists(folder / (table.name + ".csv"));
         });
}

/// Parts first, so that a folder with tables is always one that the same command can go on with.
ExitCode save(PartsFolder& parts, experiment::Experiment const& e, std::string const& out, io::Manifest manifest,
              experiment::Estimates const& estimates) {
  bool const cut_short = is_cut_short(e.ended);
  bool const kept = cut_short ? parts.flush() : parts.save_whole(e.tally);
  if (!kept) return complain_of(*parts.problem());
  auto const outcome = save_tables(out, std::move(manifest), estimates);
  if (outcome == ExitCode::done && !cut_short) parts.tidy();
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
  auto const read = load(options.scenario);
  if (!read) return ExitCode::bad_input;
  auto const& scenario = read->scenario.base;
  if (options.precision_points && scenario.standards.empty()) {
    complain("cwtsim: --precision: the scenario has no standards whose attainment could be made precise\n");
    return ExitCode::bad_input;
  }
  auto model = model::compile(read->scenario);
  auto const patients_of_scenario = model.max_in_system;
  if (!limit(model, options)) return ExitCode::bad_input;
  auto request = request_of(scenario, options);
  request.memory_bounds_patients = model.max_in_system < patients_of_scenario;

  std::optional<PartsFolder> parts;
  bool was_whole = false;
  if (!options.out.empty()) {
    parts.emplace(options.out, owner_of(*read, model, request.seed),
                  std::chrono::duration<double>(options.save_every.seconds));
    auto found = take_folder(*parts, options, experiment::Layout(model, request.observed));
    if (!found) return ExitCode::bad_input;
    was_whole = found->whole;
    request.done = std::move(found->done);
    request.save = [&parts](experiment::Tally const& block) { return parts->save(block); };
  }
  std::optional<Finished> finished;
  try {
    finished = run_model(model, request, options);
  } catch (experiment::Unfitting const& problem) {
    complain(fmt::format("cwtsim: --out: {}: {}; choose another folder, or start afresh with --force\n", options.out,
                         problem.what()));
    return ExitCode::bad_input;
  }
  auto const& e = finished->experiment;
  request.done = {};
  auto const estimates = experiment::estimate(model, e, options.arm, request.observed, outlays_of(read->with));
  // Files first: a reader who closes the pipe must not cost them.
  auto saved = ExitCode::done;
  if (parts && was_whole && e.simulated == 0 && is_complete(options.out, estimates))
    complain(options.quiet ? "" : fmt::format("{} holds this run already, finished\n", options.out));
  else if (parts)
    saved = save(*parts, e, options.out, manifest_of(*read, options, *finished, request.threads), estimates);
  auto const said = say(report::text_report(estimates, colour_of_stdout()));
  if (parts && is_cut_short(e.ended) && saved == ExitCode::done && !options.quiet)
    complain(fmt::format("{} replications are kept in {}; the same command goes on from there\n", e.replications(),
                         options.out));
  if (saved != ExitCode::done) return saved;
  return said == ExitCode::done ? code_of(e) : said;
}

}  // namespace cwtsim::cli
