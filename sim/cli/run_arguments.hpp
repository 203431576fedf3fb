#pragma once
// The arguments of the commands that run replications: declared, and read.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "arguments.hpp"
#include "commands.hpp"
#include "cwtsim/files/table.hpp"

namespace cwtsim::cli {

/// A scenario and the levers on it, as text.
struct ScenarioArguments {
  std::string path;
  std::vector<std::string> with, set, scale;

  void declare(CLI::App& command) {
    declare_path(command);
    command.add_option("--with", with, "file of levers (an intervention); may be given again")
        ->type_name("FILE")
        ->allow_extra_args(false);
    declare_levers(command);
  }
  void declare_path(CLI::App& command) {
    command.add_option("SCENARIO", path, "scenario file; - reads standard input")->required();
  }
  void declare_levers(CLI::App& command) {
    command.add_option("--set", set, "sets what a JSON pointer leads to (* for any key)")
        ->type_name("PTR=VALUE")
        ->allow_extra_args(false);
    command.add_option("--scale", scale, "multiplies it")->type_name("PTR=FACTOR")->allow_extra_args(false);
  }

  /// Levers in the order in which they were written.
  [[nodiscard]] io::ReadRequest request(CLI::App const& command) const {
    io::ReadRequest r;
    r.path = path;
    r.with = with;
    std::size_t sets = 0, scales = 0;
    for (auto const* option : command.parse_order()) {
      if (option->get_name() == "--set") add(r, io::Lever::Op::set, "--set", set[sets++]);
      if (option->get_name() == "--scale") add(r, io::Lever::Op::scale, "--scale", scale[scales++]);
    }
    return r;
  }

 private:
  static void add(io::ReadRequest& r, io::Lever::Op op, char const* option, std::string const& text) {
    auto lever = io::parse_lever(op, text);
    if (!lever)
      throw BadArgument(fmt::format("{}: '{}' is not a JSON pointer, =, and a value, such as /horizon/run_for=2 years",
                                    option, files::printable(text)));
    r.levers.push_back(std::move(*lever));
  }
};

inline constexpr char const* folder_of_run =
    "folder for run.json, scenario.json, the tables and the parts from which the same command goes on if it is cut "
    "short";

/// How replications are run and saved.
struct HowArguments {
  std::string threads, time_limit, save_every;
  HowToRun how;

  void declare(CLI::App& command, char const* of_folder) {
    command
        .add_option("--threads", threads,
                    "0, and without it: all of the machine's; no more than a scheduler allots in any case")
        ->type_name("T");
    command.add_option("--out", how.out, of_folder)->type_name("DIR");
    command.add_flag("--force", how.force, "start afresh in a folder that is not empty, whatever it holds");
    command.add_option("--time-limit", time_limit, "stop and save after so long, such as \"2 hours\"")
        ->type_name("TIME");
    command.add_option("--save-every", save_every, "write finished blocks of replications so often (1 s)")
        ->type_name("TIME");
    command.add_flag("--quiet", how.quiet, "no progress");
  }

  /// The threads; `how` is filled in.
  [[nodiscard]] int read(CLI::App const& command) {
    constexpr std::uint64_t most_threads = 1024;
    if (command.count("--time-limit") > 0) how.time_limit = duration_argument("--time-limit", time_limit);
    if (command.count("--save-every") > 0) how.save_every = duration_argument("--save-every", save_every);
    if (command.count("--out") > 0 && how.out.empty()) throw BadArgument("--out: a folder needs a name");
    return command.count("--threads") > 0 ? static_cast<int>(count_argument("--threads", threads, 0, most_threads)) : 0;
  }
};

/// What an arm is called, in every row of the tables.
inline std::string name_argument(std::string const& text) {
  constexpr std::size_t most = 40;
  if (text.empty() || text.size() > most || files::printable(text) != text)
    throw BadArgument(fmt::format("--name: '{}' is no name of 1 to {} letters, such as \"second scanner\"",
                                  files::printable(text), most));
  return text;
}

/// The options on which results depend, as they were written, each cut where it is long.
inline std::string options_text(CLI::App const& command) {
  constexpr std::array<std::string_view, 8> kept{
      "--set",  "--scale",      "--replications", "--precision", "--first-replication",
      "--seed", "--max-events", "--max-memory"};
  constexpr std::size_t most = 100;
  std::map<std::string, std::size_t> seen;
  std::string text;
  for (auto const* option : command.parse_order()) {
    auto const name = option->get_name();
    if (std::find(kept.begin(), kept.end(), name) == kept.end()) continue;
    auto const value = option->results().at(seen[name]++);
    text += fmt::format("{}{} {}{}", text.empty() ? "" : "; ", name.substr(2), value.substr(0, most),
                        value.size() > most ? "..." : "");
  }
  return text;
}

inline constexpr std::uint64_t most_replications = 1'000'000;

/// Which replications, and when one of them ends.
inline void declare_numbers(CLI::App& command, std::string& first, std::string& seed, std::string& max_events,
                            std::string& max_memory) {
  command.add_option("--first-replication", first, "number of the first one (0)")->type_name("K");
  command.add_option("--seed", seed, "without it, what the scenario says")->type_name("S");
  command
      .add_option("--max-events", max_events, "end a replication at so many events; without it, what the scenario says")
      ->type_name("N");
  command
      .add_option("--max-memory", max_memory,
                  "end a replication that would need more memory, such as \"500 MB\"; one is under way on each thread")
      ->type_name("SIZE");
}
inline void read_numbers(CLI::App const& command, study::RunWishes& wishes, std::string const& first,
                         std::string const& seed) {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  if (command.count("--first-replication") > 0)
    wishes.first_replication = count_argument("--first-replication", first, 0, most / 2);
  if (command.count("--seed") > 0) wishes.seed = count_argument("--seed", seed, 0, most);
}
inline void read_limits(CLI::App const& command, study::Limits& limits, std::string const& max_events,
                        std::string const& max_memory) {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  if (command.count("--max-events") > 0) limits.max_events = count_argument("--max-events", max_events, 1, most);
  if (command.count("--max-memory") > 0) limits.max_memory = size_argument("--max-memory", max_memory);
}

struct RunArguments {
  ScenarioArguments scenario;
  HowArguments how;
  std::string name, replications, precision, first, seed, max_events, max_memory;
  RunOptions options;

  void declare(CLI::App& command) {
    scenario.declare(command);
    command
        .add_option("--name", name, "what tables and report call it; without it, base, or a1 where there are levers")
        ->type_name("NAME");
    command.add_option("--replications", replications, "how many; without it, what the scenario says")->type_name("N");
    command
        .add_option("--precision", precision,
                    "or as many as it takes until every standard's 95 % interval reaches no further than so many "
                    "points and is vouched for")
        ->type_name("PP");
    declare_numbers(command, first, seed, max_events, max_memory);
    how.declare(command, folder_of_run);
  }

  [[nodiscard]] RunOptions read(CLI::App const& command) {
    options.arm.scenario = scenario.request(command);
    options.arm.options = options_text(command);
    if (command.count("--name") > 0) options.arm.name = name_argument(name);
    if (command.count("--replications") > 0 && command.count("--precision") > 0)
      throw BadArgument("--replications and --precision: only one of them can decide how many");
    if (command.count("--replications") > 0)
      options.wishes.replications = count_argument("--replications", replications, 1, most_replications);
    if (command.count("--precision") > 0)
      options.wishes.precision_points = points_argument("--precision", precision, 50);
    read_numbers(command, options.wishes, first, seed);
    read_limits(command, options.arm.limits, max_events, max_memory);
    options.wishes.threads = how.read(command);
    options.how = how.how;
    return options;
  }
};

/// The files of one arm, "a.json+b.json": all of them; a file that has such a name is itself.
inline std::vector<std::string> files_of_arm(std::string const& text) {
  std::error_code none;
  if (std::filesystem::exists(text, none)) return {text};
  std::vector<std::string> files;
  for (std::size_t from = 0; from <= text.size();) {
    auto const end = std::min(text.find('+', from), text.size());
    if (end == from) throw BadArgument(fmt::format("--with: '{}' names no file between two +", files::printable(text)));
    files.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return files;
}

struct CompareArguments {
  ScenarioArguments scenario;
  HowArguments how;
  std::vector<std::string> with;
  std::string standard, replications, first, seed, max_events, max_memory;

  void declare(CLI::App& command) {
    scenario.declare_path(command);
    command
        .add_option("--with", with,
                    "the arms: files of levers, one an arm, or several joined by + for one that has them all")
        ->type_name("FILE")
        ->required();
    scenario.declare_levers(command);
    command
        .add_option("--standard", standard,
                    "by which the arms are put in order; without it, the one with the longest limit")
        ->type_name("NAME");
    command.add_option("--replications", replications, "of each arm; without it, what the scenario says")
        ->type_name("N");
    declare_numbers(command, first, seed, max_events, max_memory);
    how.declare(command,
                "folder for the tables, and for the parts from which the same command goes on if it is cut short, with "
                "more arms or fewer too");
  }

  [[nodiscard]] CompareOptions read(CLI::App const& command) {
    CompareOptions options;
    study::ArmRequest arm;
    arm.scenario = scenario.request(command);
    if (arm.scenario.path == "-") throw BadArgument("compare: what is read from standard input cannot be read again");
    arm.options = options_text(command);
    arm.shares_levers = true;
    read_limits(command, arm.limits, max_events, max_memory);
    options.arms.push_back(arm);
    for (auto const& text : with) {
      arm.scenario.with = files_of_arm(text);
      for (auto const& other : options.arms)
        if (other.scenario.with == arm.scenario.with)
          throw BadArgument(
              fmt::format("--with: {} is given twice; two arms would be the same", files::printable(text)));
      options.arms.push_back(arm);
    }
    options.standard = standard;
    if (command.count("--replications") > 0)
      options.wishes.replications = count_argument("--replications", replications, 1, most_replications);
    read_numbers(command, options.wishes, first, seed);
    options.wishes.threads = how.read(command);
    options.how = how.how;
    return options;
  }
};

struct RerunArguments {
  RerunOptions options;
  HowArguments how;

  void declare(CLI::App& command) {
    command.add_option("DIR", options.folder, "the folder of a run that has ended")->required();
    command.add_flag("--verify", options.verify, "say whether the tables in DIR are what this gives, to the byte");
    how.declare(command, folder_of_run);
  }

  [[nodiscard]] RerunOptions read(CLI::App const& command) {
    options.threads = how.read(command);
    options.how = how.how;
    return options;
  }
};

}  // namespace cwtsim::cli
