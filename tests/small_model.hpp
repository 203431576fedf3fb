#pragma once
// From the text of a scenario to what one replication counted, for tests whose times can be checked by hand.

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "catch_compat.hpp"
#include "cwtsim/engine/replication.hpp"
#include "cwtsim/io/read.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "temporary.hpp"

/// A cell of a histogram of days.
template <>
struct Catch::StringMaker<std::pair<int const, double>> {
  static std::string convert(std::pair<int const, double> const& cell) {
    return std::to_string(cell.first) + " d: " + std::to_string(cell.second);
  }
};

namespace cwtsim::small {

/// The parts of a scenario, as the members of JSON objects. By default one provider "here" with one pathway "path".
/// 1 June 2026 is a Monday, and no bank holiday is near.
struct Parts {
  std::string starts = "2026-06-01";
  std::string warm_up = "0 days";
  std::string run_for = "7 days";
  std::string resolution = "1 min";
  std::string bank_holidays = "none";
  std::string limits{}, attributes{}, profiles{}, demand{}, waiting{};
  std::string resources{}, staff{};  ///< of "here"
  std::string providers{};           ///< further ones
  std::string start = "first";       ///< of "path"
  std::string steps{};               ///< of "path"
  std::string pathways{};            ///< further ones
  std::string standards{}, measures{}, ledgers{}, rules{};
  std::string levers{};  ///< members of "levers" in a lever file
};

/// A stream of "path" at "here" with a fixed timetable: `more` holds further members.
inline std::string arrive(std::string const& name, std::string const& on, std::string const& at, int patients = 1,
                          std::string const& more = "") {
  return "\"" + name + R"(": {"pathway": "path", "provider": "here", "timetable": {"on": ")" + on + R"(", "at": [)" +
         at + R"(], "patients": )" + std::to_string(patients) + "}" + (more.empty() ? "" : ", ") + more + "}";
}

// Members that most tests need: a milestone of a stream, an end, and a delay, with further members.
inline std::string const came = R"("milestones": ["came"])";
inline std::string const home = R"("home": {"kind": "end"})";
inline std::string const then_home = ", " + home;
inline std::string delay(std::string const& name, std::string const& takes, std::string const& then,
                         std::string const& more = "") {
  return "\"" + name + R"(": {"kind": "delay", "takes": ")" + takes + R"(", "then": ")" + then + "\"" +
         (more.empty() ? "" : ", ") + more + "}, ";
}

inline std::string text_of(Parts const& p) {
  auto const object = [](std::string const& name, std::string const& members) {
    return members.empty() ? std::string() : ", \"" + name + "\": {" + members + "}";
  };
  return R"({"schema": 1, "name": "Small", "horizon": {"starts": ")" + p.starts + R"(", "warm_up": ")" + p.warm_up +
         R"(", "run_for": ")" + p.run_for + R"(", "resolution": ")" + p.resolution + R"(", "bank_holidays": ")" +
         p.bank_holidays + "\"}" + object("limits", p.limits) + object("attributes", p.attributes) +
         object("profiles", p.profiles) + object("demand", p.demand) + object("waiting", p.waiting) +
         R"(, "providers": {"here": {"resources": {)" + p.resources + "}, \"staff\": {" + p.staff + "}}" +
         (p.providers.empty() ? "" : ", ") + p.providers + R"(}, "pathways": {"path": {"start": ")" + p.start +
         R"(", "steps": {)" + p.steps + "}}" + (p.pathways.empty() ? "" : ", ") + p.pathways + "}" +
         object("standards", p.standards) + object("measures", p.measures) + object("ledgers", p.ledgers) +
         object("rules", p.rules) + "}";
}

/// Read and validated; problems fail the test.
inline scenario::DatedScenario scenario_of(Parts const& p) {
  temporary::File const file(text_of(p));
  io::ReadRequest request{file.path(), {}, {}};
  std::unique_ptr<temporary::File> levers;
  if (!p.levers.empty()) {
    levers = std::make_unique<temporary::File>(R"({"schema": 1, "name": "Levers", "levers": {)" + p.levers + "}}");
    request.with.push_back(levers->path());
  }
  auto read = io::read_scenario(request);
  auto const lines = [](Problems const& problems) {
    std::string text;
    for (auto const& problem : problems.list()) text += problem.pointer + ": " + problem.what + "\n";
    return text;
  };
  REQUIRE(lines(read.problems) == "");
  REQUIRE(lines(scenario::validate(read.scenario)) == "");
  return std::move(read.scenario);
}

inline model::Model model_of(Parts const& p) {
  return model::compile(scenario_of(p));
}

/// Patients, where a standard counts in halves.
struct Counted {
  double patients = 0, met = 0;
  friend bool operator==(Counted const&, Counted const&) = default;
};

inline std::ostream& operator<<(std::ostream& out, Counted const& c) {
  return out << c.met << " of " << c.patients;
}

inline std::size_t index_in(std::vector<std::string> const& names, std::string const& name) {
  auto const it = std::find(names.begin(), names.end(), name);
  INFO("no " << name);
  REQUIRE(it != names.end());
  return static_cast<std::size_t>(it - names.begin());
}

/// One replication, with what it counted by name.
class Run {
 public:
  explicit Run(Parts const& p, std::uint64_t seed = 1, std::uint64_t replication = 0)
      : Run(model_of(p), seed, replication) {}
  explicit Run(model::Model compiled, std::uint64_t seed = 1, std::uint64_t replication = 0)
      : model(std::make_unique<model::Model>(std::move(compiled))) {
    engine::Workspace workspace(*model);
    result = workspace.run(seed, replication);
    CHECK(result.referred == result.finished + result.still_in);
  }

  /// Totals of a step of "path", or of "pathway/step".
  [[nodiscard]] engine::StepTotals const& step(std::string const& name, std::string const& provider = "here") const {
    auto const s = index_in(model->names.steps, name.find('/') == name.npos ? "path/" + name : name);
    return result.steps[s * model->providers() + index_in(model->names.providers, provider)];
  }
  [[nodiscard]] engine::ResourceTotals const& resource(std::string const& name,
                                                       std::string const& provider = "here") const {
    auto const p = index_in(model->names.providers, provider);
    return result.resources[model->resource_at[p * model->names.resource_names.size() +
                                               index_in(model->names.resource_names, name)]];
  }
  /// The stratum of a standard: cut "all", or a cut and its level by number.
  [[nodiscard]] std::uint32_t stratum(std::string const& standard, std::string const& cut = "all",
                                      std::uint32_t level = 0) const {
    auto const& s = model->standards[index_in(model->names.standards, standard)];
    for (std::uint32_t c = s.cuts.first; c < s.cuts.first + s.cuts.count; ++c)
      if (model->cuts[c].name == cut) return model->cuts[c].first + level;
    FAIL("no cut " << cut);
    return 0;
  }
  /// In one measured month, or (-1) in all.
  [[nodiscard]] Counted counted(std::string const& standard, int month = -1, std::string const& cut = "all",
                                std::uint32_t level = 0) const {
    Counted c;
    for (std::uint32_t m = 0; m < model->months; ++m) {
      if (month >= 0 && m != static_cast<std::uint32_t>(month)) continue;
      auto const cell = model->cell(stratum(standard, cut, level), m);
      c.patients += result.counted[cell] / 2.0;
      c.met += result.met[cell] / 2.0;
    }
    return c;
  }
  /// Values of a measure: how many, and their sum; in one measured month, or (-1) in all.
  struct Recorded {
    std::uint64_t values = 0;
    double sum = 0;
    friend bool operator==(Recorded const&, Recorded const&) = default;
    friend std::ostream& operator<<(std::ostream& out, Recorded const& r) { return out << r.sum << " of " << r.values; }
  };
  [[nodiscard]] Recorded recorded(std::string const& measure, int month = -1, std::string const& cut = "all",
                                  std::uint32_t level = 0) const {
    auto const& m = model->measures[index_in(model->names.measures, measure)];
    Recorded r;
    for (std::uint32_t c = m.cuts.first; c < m.cuts.first + m.cuts.count; ++c)
      for (std::uint32_t i = 0; i < model->months && model->cuts[c].name == cut; ++i) {
        if (month >= 0 && i != static_cast<std::uint32_t>(month)) continue;
        auto const cell = model->measure_cell(model->cuts[c].first + level, i);
        r.values += result.recorded[cell];
        r.sum += static_cast<double>(result.recorded_sums[cell]) / static_cast<double>(m.scale);
      }
    return r;
  }
  [[nodiscard]] Counted counted_at(std::string const& standard, std::string const& provider) const {
    return counted(standard, -1, "provider", static_cast<std::uint32_t>(index_in(model->names.providers, provider)));
  }
  /// Patients by whole days from start to stop.
  [[nodiscard]] std::map<int, double> days(std::string const& standard, std::string const& cut = "all",
                                           std::uint32_t level = 0) const {
    std::map<int, double> days;
    auto const own = stratum(standard, cut, level);
    for (std::size_t d = 0; d < model::day_cells; ++d)
      if (auto const halves = result.days[model->day_cell(own, d)]; halves != 0)
        days[static_cast<int>(d)] = halves / 2.0;
    return days;
  }
  /// Open clocks at the end of a measured month: all, and beyond the first and the second long wait.
  [[nodiscard]] std::vector<std::uint32_t> open(std::string const& standard, std::uint32_t month) const {
    auto const cell = model->cell(stratum(standard), month);
    return {result.open[cell], result.open_long[cell * 2], result.open_long[cell * 2 + 1]};
  }

  std::unique_ptr<model::Model> model;
  engine::ReplicationResult result;
};

using Days = std::map<int, double>;

}  // namespace cwtsim::small
