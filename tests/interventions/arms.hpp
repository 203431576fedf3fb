#pragma once
// West London cut short, with and without a file of levers, replication by replication: what a table says of each.

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "csv.hpp"
#include "cwtsim/core/statistics.hpp"
#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/study/arm.hpp"
#include "theory/trial.hpp"

namespace arms {

using namespace cwtsim;
namespace fs = std::filesystem;

inline fs::path const top = CWTSIM_SOURCE_DIR;
inline fs::path const folder = top / "scenarios/interventions";
/// Enough for a paired difference to stand out against Student's t with three degrees of freedom.
constexpr std::uint64_t replications = 4;

/// A cut of West London: after every roll-out has come to its end, so that all of a file is in force.
struct Scene {
  std::string name;
  std::vector<std::string> sets;
  std::string scenario = "west-london";
};

/// Cancers come about 90 days before they are referred, from their first symptom; a scene that is about what happens
/// after the referral leaves those days out, so that a short run has all its cancers.
inline std::string const from_referral =
    R"(/pathways/before_referral/steps/first_symptom/then={"by_type": 0.999999, "patient_interval": 0.000001})";

inline std::vector<Scene> const scenes = {
    {"symptom", {"/horizon/starts=2026-04-06", "/horizon/warm_up=26 weeks", "/horizon/run_for=13 weeks"}},
    {"doorstep", {"/horizon/starts=2026-08-03", "/horizon/warm_up=10 weeks", "/horizon/run_for=6 weeks"}},
    {"groups",
     {"/horizon/starts=2026-08-03", "/horizon/warm_up=8 weeks", "/horizon/run_for=26 weeks"},
     "west-london-groups"},
    {"decades",
     {"/horizon/starts=2060-01-05", "/horizon/warm_up=2 weeks", "/horizon/run_for=26 weeks",
      "/demand/*/growth_per_year=0", from_referral},
     "west-london-groups"},
    {"campaign", {"/horizon/starts=2026-06-01", "/horizon/warm_up=17 weeks", "/horizon/run_for=12 weeks"}},
    {"beyond",
     {"/horizon/starts=2026-04-06", "/horizon/warm_up=20 weeks", "/horizon/run_for=8 weeks"},
     "west-london-and-beyond"},
    // review and survey soon after treatment, so that a short run has them
    {"survey",
     {"/horizon/starts=2026-04-06", "/horizon/warm_up=18 weeks", "/horizon/run_for=8 weeks",
      "/pathways/living_beyond/steps/first_months/takes=7 days",
      "/pathways/living_beyond/steps/until_the_survey/takes=7 days"},
     "west-london-and-beyond"},
    {"visits",
     {"/horizon/starts=2026-10-05", "/horizon/warm_up=16 weeks", "/horizon/run_for=6 weeks", from_referral},
     "west-london-visits"},
    {"tests", {"/horizon/starts=2026-10-05", "/horizon/warm_up=6 weeks", "/horizon/run_for=8 weeks", from_referral}},
    {"capacity", {"/horizon/starts=2026-10-05", "/horizon/warm_up=6 weeks", "/horizon/run_for=8 weeks", from_referral}},
    {"treatment",
     {"/horizon/starts=2026-10-05", "/horizon/warm_up=22 weeks", "/horizon/run_for=10 weeks", from_referral}},
    {"demand", {"/horizon/starts=2026-08-17", "/horizon/warm_up=6 weeks", "/horizon/run_for=8 weeks", from_referral}},
    {"people", {"/horizon/starts=2026-08-03", "/horizon/warm_up=10 weeks", "/horizon/run_for=8 weeks", from_referral}},
    {"later", {"/horizon/starts=2027-08-02", "/horizon/warm_up=6 weeks", "/horizon/run_for=8 weeks", from_referral}},
    {"spring", {"/horizon/starts=2026-02-16", "/horizon/warm_up=10 weeks", "/horizon/run_for=8 weeks", from_referral}},
    {"pandemic",
     {"/horizon/starts=2019-12-01", "/horizon/warm_up=4 months", "/horizon/run_for=3 months", from_referral}},
    {"staff",
     {"/horizon/starts=2026-10-05", "/horizon/warm_up=6 weeks", "/horizon/run_for=8 weeks", from_referral},
     "west-london-with-staff"},
    // what is the same whoever comes: nobody does
    {"posts",
     {"/horizon/starts=2025-10-01", "/horizon/warm_up=6 months", "/horizon/run_for=3 years", "/demand/*/per_year/*=0",
      "/waiting/*/patients=0"},
     "west-london-with-staff"},
    {"training",
     {"/horizon/starts=2025-07-01", "/horizon/warm_up=6 months", "/horizon/run_for=6 months", "/demand/*/per_year/*=0",
      "/waiting/*/patients=0"},
     "west-london-with-staff"},
    {"money",
     {"/horizon/starts=2021-04-01", "/horizon/warm_up=0 days", "/horizon/run_for=8 years", "/demand/*/per_year/*=0",
      "/waiting/*/patients=0"}},
};

/// Estimates of each replication by itself; the model lives as long.
struct Arm {
  model::Model model;
  std::vector<experiment::Estimates> alone;
};

inline Arm arm_of(std::string const& scene, std::vector<std::string> const& with, std::uint64_t n = replications,
                  std::vector<std::string> const& sets = {}) {
  std::vector<std::string> all;
  std::string scenario;
  for (auto const& s : scenes)
    if (s.name == scene) all = s.sets, scenario = s.scenario;
  REQUIRE_FALSE(all.empty());
  all.insert(all.end(), sets.begin(), sets.end());
  std::vector<io::Intervention> said;
  Arm arm{trial::model_of((top / "scenarios" / (scenario + ".json")).string(), all, with, &said), {}};
  auto const outlays = study::outlays_of(said);
  for (std::uint64_t r = 0; r < n; ++r) {
    experiment::RunRequest request;
    request.seed = 20;
    request.first_replication = r;
    request.replications = 1;
    request.threads = 1;
    arm.alone.push_back(experiment::estimate(arm.model, experiment::run(arm.model, request), "", {}, outlays));
    REQUIRE(arm.alone.back().completed == 1);
  }
  return arm;
}

inline files::Table table_of(experiment::Estimates const& estimates, std::string const& name) {
  for (auto& table : report::all_tables(estimates))
    if (table.name == name) return table;
  FAIL("there is no table " << name);
  return {};
}

inline std::size_t column_of(files::Table const& table, std::string const& name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].name == name) return i;
  FAIL("the table " << table.name << " has no column " << name);
  return 0;
}

inline std::string text_of(files::Cell const& cell) {
  if (auto const* text = std::get_if<std::string>(&cell)) return *text;
  if (auto const* count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
  return {};
}

inline std::optional<double> number_of(files::Cell const& cell) {
  if (auto const* number = std::get_if<double>(&cell)) return *number;
  if (auto const* count = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*count);
  return std::nullopt;
}

/// Which number of a table: "standard=fds dimension=all" and a column. Of several rows the sum; with "column/weight"
/// the mean, weighted by another column.
struct Figure {
  std::string table, where, column;
};

/// The figure in one replication; nothing where no row has it.
inline std::optional<double> value_of(experiment::Estimates const& estimates, Figure const& figure) {
  auto const table = table_of(estimates, figure.table);
  std::vector<std::pair<std::size_t, std::string>> wanted;
  std::istringstream words(figure.where);
  for (std::string word; words >> word;) {
    auto const equals = word.find('=');
    wanted.emplace_back(column_of(table, word.substr(0, equals)), word.substr(equals + 1));
  }
  auto const slash = figure.column.find('/');
  auto const column = column_of(table, figure.column.substr(0, slash));
  auto const weight = slash == std::string::npos ? column : column_of(table, figure.column.substr(slash + 1));
  double sum = 0, weights = 0;
  bool found = false;
  table.rows.each([&](files::Row const& row) {
    for (auto const& [at, text] : wanted)
      if (text_of(row[at]) != text) return;
    auto const value = number_of(row[column]);
    if (!value) return;
    found = true;
    auto const by = weight == column ? 1 : number_of(row[weight]).value_or(0);
    sum += *value * by;
    weights += by;
  });
  if (!found) return std::nullopt;
  return weight == column ? sum : sum / weights;
}

/// How a figure differs between two arms: by replication, in points (100 times a share), percent of what it is without
/// the levers, or as it is.
struct Difference {
  double mean = 0, error = 0, without = 0, with = 0;
  bool exactly_same = true;
  [[nodiscard]] bool significant() const {
    return std::abs(mean) > t_975(static_cast<std::int64_t>(replications) - 1) * error;
  }
};

inline Difference difference(Arm const& without, Arm const& with, Figure const& figure, std::string const& unit) {
  std::vector<double> differences;
  Difference out;
  auto const n = static_cast<double>(without.alone.size());
  for (std::size_t r = 0; r < without.alone.size(); ++r) {
    // a step or stream that only the levers bring is visited by nobody without them
    double const a = value_of(without.alone[r], figure).value_or(0), b = value_of(with.alone[r], figure).value_or(0);
    out.exactly_same = out.exactly_same && a == b;
    out.without += a / n;
    out.with += b / n;
    differences.push_back(b - a);
  }
  double const factor = unit == "points" ? 100 : unit == "percent" && out.without != 0 ? 100 / out.without : 1;
  for (auto& d : differences) d *= factor;
  auto const paired = trial::mean_of(differences);
  out.mean = paired.value;
  out.error = paired.error;
  return out;
}

/// Every table of a model's replications together, as they would be written.
inline std::string bytes_of(model::Model const& model, std::uint64_t n) {
  experiment::RunRequest request;
  request.seed = 20;
  request.replications = n;
  request.threads = 2;
  auto const estimates = experiment::estimate(model, experiment::run(model, request), "", {});
  std::string all;
  for (auto const& table : report::all_tables(estimates)) all += table.name + "\n" + files::to_csv(table);
  return all;
}

}  // namespace arms
