#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/io/manifest.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/report/files.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/report/text.hpp"

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
    case experiment::Ended::not_saved:
      return "not_saved";
  }
  return {};
}

/// Writes the tables and run.json; false if any could not be written, which has then been said.
bool save(RunOptions const& options, io::Manifest manifest, experiment::Estimates const& estimates) {
  bool saved = true;
  auto const write = [&](std::string const& name, std::string const& text) {
    if (auto const problem = report::write_file((std::filesystem::path(options.out) / name).string(), text)) {
      complain(fmt::format("cwtsim: {}\n", *problem));
      saved = false;
    }
  };
  report::for_each_table(estimates, [&](report::Table&& table) {
    write(table.name + ".csv", report::to_csv(table));
    if (table.name == "standards" || table.name == "years" || table.name == "validation" || table.name == "volumes")
      manifest.estimates.push_back(std::move(table));
  });
  write("run.json", io::manifest_json(manifest));
  return saved;
}

struct Finished {
  experiment::Experiment experiment;
  double seconds = 0;
  int threads = 0;
};

Finished run_model(model::Model const& model, scenario::Scenario const& scenario, RunOptions const& options) {
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
  request.stop = &stop_on_signals();
  ProgressLine line(options.quiet);
  request.progress = [&line](experiment::Progress progress) { line.show(progress); };
  auto const started = std::chrono::steady_clock::now();
  Finished finished{experiment::run(model, request), 0, request.threads};
  finished.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  line.finish();
  if (!options.quiet)
    complain(fmt::format("{} replications, {} events in {:.1f} s: {:.2f} million events a second on {} thread{}\n",
                         finished.experiment.replications(), finished.experiment.tally.events, finished.seconds,
                         static_cast<double>(finished.experiment.tally.events) / finished.seconds / 1e6, finished.threads,
                         finished.threads == 1 ? "" : "s"));
  return finished;
}

io::Manifest manifest_of(io::ReadResult const& read, RunOptions const& options, Finished const& finished) {
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
  m.threads = finished.threads;
  m.seconds = finished.seconds;
  m.events = e.tally.events;
  return m;
}

}  // namespace

ExitCode run(RunOptions const& options) {
  auto const read = load(options.scenario);
  if (!read) return ExitCode::bad_input;
  auto const& scenario = read->scenario.base;
  if (options.precision_points && scenario.standards.empty()) {
    complain("cwtsim: --precision: the scenario has no standards whose attainment could be made precise\n");
    return ExitCode::bad_input;
  }
  if (!options.out.empty())
    if (auto const problem =
            report::prepare_folder(options.out, options.force ? report::Existing::replace : report::Existing::refuse)) {
      complain(fmt::format("cwtsim: --out: {}\n", *problem));
      return ExitCode::bad_input;
    }
  auto const model = model::compile(read->scenario);
  auto const finished = run_model(model, scenario, options);
  auto const estimates = experiment::estimate(model, finished.experiment, options.arm, figures_of(scenario));
  // Files first: a reader who closes the pipe must not cost them.
  bool const saved = options.out.empty() || save(options, manifest_of(*read, options, finished), estimates);
  auto const said = say(report::text_report(estimates, colour_of_stdout()));
  if (!saved || said != ExitCode::done) return ExitCode::our_fault;
  if (finished.experiment.ended == experiment::Ended::interrupted) return ExitCode::interrupted;
  return finished.experiment.tally.limited.empty() ? ExitCode::done : ExitCode::limits_hit;
}

}  // namespace cwtsim::cli
