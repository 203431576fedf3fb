#include <fmt/format.h>

#include <charconv>
#include <stdexcept>
#include <utility>

#include "cwtsim/cwtsim.hpp"
#include "cwtsim/experiment/allotted.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/report/text.hpp"
#include "cwtsim/study/arm.hpp"
#include "cwtsim/study/run.hpp"
#include "cwtsim/study/summary.hpp"
#include "cwtsim/study/version.hpp"

namespace cwtsim::face {

struct ScenarioData {
  std::variant<study::Sound, Problems> read;
};
struct ModelData {
  study::Arm arm;
};
struct ResultsData {
  experiment::Estimates estimates;
  Model model;
};
struct TableData {
  files::Table table;
  Results results;  ///< from which its rows are made, where it is one of results
};

namespace {

void require(bool holds, char const* what) {
  if (!holds) throw std::invalid_argument(what);
}

template <class Data>
Data const& behind(std::shared_ptr<Data const> const& handle) {
  require(handle != nullptr, "the handle is empty");
  return *handle;
}

io::Lever::Op op_of(std::string const& word) {
  for (auto const op : {io::Lever::Op::set, io::Lever::Op::scale, io::Lever::Op::add})
    if (word_of(op) == word) return op;
  throw std::invalid_argument(fmt::format("a lever sets, scales or adds; '{}' is none of set, scale and add", word));
}

/// Takes the last number from "file.json:12:7"; 0 and the text as it was if there is none.
int number_at_end(std::string& text) {
  auto const colon = text.rfind(':');
  if (colon == std::string::npos) return 0;
  int number = 0;
  auto const* const end = text.data() + text.size();
  auto const [stopped, error] = std::from_chars(text.data() + colon + 1, end, number);
  if (error != std::errc() || stopped != end) return 0;
  text.resize(colon);
  return number;
}

Problem as_problem(cwtsim::Problem const& p) {
  Problem problem{p.pointer, p.place, 0, 0, p.what, p.suggestion};
  auto file = p.place;
  int const column = number_at_end(file), line = number_at_end(file);
  if (line > 0 && column > 0) problem.file = file, problem.line = line, problem.column = column;
  return problem;
}

std::vector<Problem> as_problems(Problems const& found) {
  std::vector<Problem> list;
  list.reserve(found.size());
  for (auto const& p : found.list()) list.push_back(as_problem(p));
  return list;
}

Table as_table(files::Table table, Results results) {
  Table of_face{table.name, table.caption, {}, nullptr};
  for (auto const& column : table.columns) of_face.columns.push_back({column.name, column.unit, column.meaning});
  of_face.data = std::make_shared<TableData const>(TableData{std::move(table), std::move(results)});
  return of_face;
}

std::vector<Table> as_tables(std::vector<files::Table> tables, Results const& results) {
  std::vector<Table> of_face;
  of_face.reserve(tables.size());
  for (auto& table : tables) of_face.push_back(as_table(std::move(table), results));
  return of_face;
}

}  // namespace

std::string version() {
  return study::version;
}

Scenario read(ReadRequest const& request) {
  io::ReadRequest wanted{request.path, request.with, {}, request.text};
  if (request.text && request.path.empty()) wanted.path = "text";
  for (auto const& lever : request.levers)
    wanted.levers.push_back(io::lever_of(op_of(lever.op), lever.pointer, lever.value));
  return std::make_shared<ScenarioData const>(ScenarioData{study::read_sound(wanted)});
}

std::vector<Problem> problems(Scenario const& scenario) {
  auto const* const found = std::get_if<Problems>(&behind(scenario).read);
  return found ? as_problems(*found) : std::vector<Problem>{};
}

std::vector<Problem> told(Scenario const& scenario) {
  auto const* const sound = std::get_if<study::Sound>(&behind(scenario).read);
  return sound ? as_problems(sound->read.told) : std::vector<Problem>{};
}

std::string composed(Scenario const& scenario) {
  auto const* const sound = std::get_if<study::Sound>(&behind(scenario).read);
  require(sound != nullptr, "the scenario has problems");
  return sound->read.composed_json;
}

Model compile(Scenario const& scenario, Limits const& limits, std::string const& arm) {
  auto const* const sound = std::get_if<study::Sound>(&behind(scenario).read);
  require(sound != nullptr, "the scenario has problems");
  auto made =
      study::arm_of(*sound, {arm, arm, sound->read.files.front(), "", ""}, {limits.max_events, limits.max_memory});
  if (auto const* const missing = std::get_if<study::TooLittleMemory>(&made))
    throw std::invalid_argument(
        fmt::format("max_memory: the tables of a replication alone need {} bytes", missing->bytes_needed));
  return std::make_shared<ModelData const>(ModelData{std::get<study::Arm>(std::move(made))});
}

std::vector<Table> check(Model const& model) {
  int const threads = experiment::threads_within(experiment::allotted(), 0);
  return as_tables(study::summary_tables(study::summarise(behind(model).arm, threads)), nullptr);
}

Results run(Model const& model, RunRequest const& request) {
  auto const& arm = behind(model).arm;
  require(request.replications.value_or(1) > 0, "replications: at least 1");
  require(request.precision_points.value_or(1) > 0, "precision_points: more than 0");
  require(request.threads >= 0, "threads: not below 0");
  auto wanted = study::request_of(
      arm, {request.replications, request.precision_points, request.first_replication, request.seed, request.threads});
  require(wanted.has_value(), "precision_points: the scenario has no standards");
  if (request.progress) wanted->progress = [&request](experiment::SoFar p) { request.progress(p.done, p.expected); };
  wanted->stop = request.stop;
  auto const finished = std::get<study::FinishedRun>(study::run(arm, *wanted));
  return std::make_shared<ResultsData const>(ResultsData{study::estimate(arm, finished.experiment), model});
}

Ending ending(Results const& results) {
  auto const& e = behind(results).estimates;
  return {std::string(word_of(e.ended)), e.seed, e.first_replication, e.completed, e.limited, e.events, e.deadlocked};
}

std::vector<Attainment> attainments(Results const& results) {
  auto const& e = behind(results).estimates;
  std::vector<Attainment> list;
  for (auto const& a : e.attainments) {
    auto const& stratum = e.strata[a.stratum];
    Attainment row{e.standards[stratum.standard].name,
                   stratum.dimension,
                   stratum.value,
                   a.when,
                   a.target,
                   {},
                   {},
                   {},
                   a.patients,
                   a.patients_a_year,
                   a.breaches_a_year,
                   a.more_to_meet_target,
                   {},
                   {},
                   {},
                   {}};
    if (a.attainment)
      row.attainment = a.attainment->value, row.ci_low = a.attainment->low, row.ci_high = a.attainment->high;
    if (a.attainment && a.attainment->advised > 0) row.replications_advised = a.attainment->advised;
    if (auto const& met = a.probability_met)
      row.probability_met = met->value, row.met_low = met->low, row.met_high = met->high;
    list.push_back(std::move(row));
  }
  return list;
}

std::vector<Table> tables(Results const& results) {
  return as_tables(cwtsim::report::all_tables(behind(results).estimates), results);
}

std::vector<std::vector<Cell>> rows(Table const& table) {
  std::vector<std::vector<Cell>> all;
  behind(table.data).table.rows.each([&all](files::Row const& row) { all.push_back(row); });
  return all;
}

std::string csv(Table const& table) {
  return files::to_csv(behind(table.data).table);
}

std::string report(Results const& results) {
  auto const& [of_run, model] = behind(results);
  auto estimates = of_run;
  estimates.foundations = study::foundations_of(behind(model).arm);
  return cwtsim::report::text_report(estimates, cwtsim::report::Colour::off);
}

}  // namespace cwtsim::face
