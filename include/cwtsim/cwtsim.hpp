#pragma once
// The face of cwtsim for other programs and languages: read a scenario, check it, compile it, run it, and read what it
// says. Handles hide what they hold, never change, are cheap to copy and may be used by several threads at once. What
// is wrong with a scenario is data (problems). All else that fails throws: std::invalid_argument for what cannot be
// asked, another std::exception where the machine refuses. Shares are of 1, texts UTF-8. Nothing is printed or written.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cwtsim::face {

using Scenario = std::shared_ptr<struct ScenarioData const>;  ///< as read, sound or not
using Model = std::shared_ptr<struct ModelData const>;        ///< a sound scenario, compiled
using Results = std::shared_ptr<struct ResultsData const>;    ///< what the replications of a model came to

/// A change of a scenario.
struct Lever {
  std::string pointer, value;  ///< "/horizon/run_for", "2 years": JSON or a plain text; * in a pointer is any key
  std::string op = "set";      ///< set, scale or add
};
/// What to read, and what to change of it.
struct ReadRequest {
  std::string path;                   ///< of a scenario file
  std::optional<std::string> text{};  ///< read in its place; the path is then its name, and where it extends from
  std::vector<std::string> with{};    ///< paths of lever files, applied in this order, and after them ...
  std::vector<Lever> levers{};
};
/// Something that is wrong with a scenario, and where.
struct Problem {
  std::string pointer, file;     ///< JSON pointer into the composed scenario; a file or a lever. Either may be empty
  int line = 0, column = 0;      ///< from 1; 0: not known
  std::string what, suggestion;  ///< the suggestion may be empty
};
/// What ends a replication with what was reached.
struct Limits {
  std::optional<std::uint64_t> max_events, max_memory;  ///< of one replication; bytes. Absent: as the scenario says
};
/// Which replications to run, and how.
struct RunRequest {
  std::optional<std::uint64_t> replications;  ///< this, or
  std::optional<double> precision_points;     ///< as many as it takes; neither: as many as the scenario says
  std::uint64_t first_replication = 0;
  std::optional<std::uint64_t> seed{};  ///< absent: the scenario's
  int threads = 0;                      ///< 0: as many as are allotted; no result depends on it
  std::function<void(std::uint64_t done, std::uint64_t expected)> progress{};  ///< from any thread, one call at a time
  std::atomic<bool> const* stop = nullptr;  ///< once true, the run ends within a simulated day with what is finished
};
/// What came of a run.
struct Ending {
  std::string ended;  ///< all_done, precise, not_precise, many_limits, interrupted
  std::uint64_t seed = 0, first_replication = 0, completed = 0, limited = 0, events = 0;
  std::uint64_t deadlocked = 0;  ///< of the limited, which hit a limit or froze; none of them is in any other figure
};
/// How often a standard was met, in a stratum over a span of time.
struct Attainment {
  std::string standard, dimension, value, when;  ///< dimension and value may be all; when: all, a month or a year
  std::optional<double> target, attainment, ci_low, ci_high;  ///< absent: there is none
  double patients = 0;                                        ///< a replication
  double patients_a_year = 0, breaches_a_year = 0;            ///< likewise
  std::optional<std::uint64_t> more_to_meet_target;           ///< a year: so many breaches fewer; absent: no one target
  std::optional<double> probability_met, met_low, met_high;   ///< of the target, by the replications, with its interval
  std::optional<std::uint64_t> replications_advised;          ///< behind ci_low and ci_high; absent: there are enough
};
/// A column of a table.
struct Column {
  std::string name, unit, meaning;  ///< the unit may be empty
};
using Cell = std::variant<std::monostate, std::string, double, std::int64_t>;  ///< monostate: cannot be had
/// A table; rows() and csv() say what is in it.
struct Table {
  std::string name, caption;
  std::vector<Column> columns;
  std::shared_ptr<struct TableData const> data;
};

/// The number that `cwtsim --version` says.
[[nodiscard]] std::string version();
/// Reads, composes and checks a scenario. What is wrong with it, or with a lever, is among its problems.
[[nodiscard]] Scenario read(ReadRequest const& request);
/// All that is wrong, at once; nothing: the scenario is sound.
[[nodiscard]] std::vector<Problem> problems(Scenario const& scenario);
/// What is to be told of a sound scenario though nothing is wrong: old words that were read all the same.
[[nodiscard]] std::vector<Problem> told(Scenario const& scenario);
/// The scenario as it is run, as JSON: everything it extends, and its levers.
[[nodiscard]] std::string composed(Scenario const& scenario);
/// The model of a sound scenario; `arm` is its name in tables. Throws std::invalid_argument if it has problems, or if
/// max_memory is less than a replication needs before its first patient.
[[nodiscard]] Model compile(Scenario const& scenario, Limits const& limits = {}, std::string const& arm = "base");
/// What `cwtsim check` tells, as tables: pathways, times, loads, evidence, leanings. Seconds for the largest scenarios.
[[nodiscard]] std::vector<Table> check(Model const& model);
/// Runs replications. Throws std::invalid_argument for a request that contradicts itself or the scenario, and whatever
/// `progress` throws.
[[nodiscard]] Results run(Model const& model, RunRequest const& request = {});
/// Why there are no more replications, and how many there are.
[[nodiscard]] Ending ending(Results const& results);
/// How often each standard was met, by stratum and span of time, with 95 % intervals.
[[nodiscard]] std::vector<Attainment> attainments(Results const& results);
/// All tables that `cwtsim run --out DIR` writes.
[[nodiscard]] std::vector<Table> tables(Results const& results);
/// The rows, each as wide as the columns; made anew at each call.
[[nodiscard]] std::vector<std::vector<Cell>> rows(Table const& table);
/// The table as the bytes of NAME.csv.
[[nodiscard]] std::string csv(Table const& table);
/// The report that `cwtsim run` prints, without colour.
[[nodiscard]] std::string report(Results const& results);

}  // namespace cwtsim::face
