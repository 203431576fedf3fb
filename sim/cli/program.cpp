#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <map>
#include <new>
#include <string_view>
#include <system_error>
#include <utility>

#include "arguments.hpp"
#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/study/version.hpp"
#include "manual.hpp"

namespace cwtsim::cli {
namespace {

/// A scenario and the levers on it, as text.
struct ScenarioArguments {
  std::string path;
  std::vector<std::string> with, set, scale;

  void declare(CLI::App& command) {
    command.add_option("SCENARIO", path, "scenario file; - reads standard input")->required();
    command.add_option("--with", with, "file of levers (an intervention); may be given again")
        ->type_name("FILE")
        ->allow_extra_args(false);
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

/// How replications are run and saved.
struct HowArguments {
  std::string threads, time_limit, save_every;
  HowToRun how;

  void declare(CLI::App& command) {
    command
        .add_option("--threads", threads,
                    "0, and without it: all of the machine's; no more than a scheduler allots in any case")
        ->type_name("T");
    command
        .add_option("--out", how.out,
                    "folder for run.json, scenario.json, the tables and the parts from which the same command goes on "
                    "if it is cut short")
        ->type_name("DIR");
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
std::string name_argument(std::string const& text) {
  constexpr std::size_t most = 40;
  if (text.empty() || text.size() > most || files::printable(text) != text)
    throw BadArgument(fmt::format("--name: '{}' is no name of 1 to {} letters, such as \"second scanner\"",
                                  files::printable(text), most));
  return text;
}

/// The options on which results depend, as they were written, each cut where it is long.
std::string options_text(CLI::App const& command) {
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
    command.add_option("--first-replication", first, "number of the first one (0)")->type_name("K");
    command.add_option("--seed", seed, "without it, what the scenario says")->type_name("S");
    command
        .add_option("--max-events", max_events,
                    "end a replication at so many events; without it, what the scenario says")
        ->type_name("N");
    command
        .add_option(
            "--max-memory", max_memory,
            "end a replication that would need more memory, such as \"500 MB\"; one is under way on each thread")
        ->type_name("SIZE");
    how.declare(command);
  }

  [[nodiscard]] RunOptions read(CLI::App const& command) {
    constexpr std::uint64_t most_replications = 1'000'000;
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    options.arm.scenario = scenario.request(command);
    options.arm.options = options_text(command);
    if (command.count("--name") > 0) options.arm.name = name_argument(name);
    if (command.count("--replications") > 0 && command.count("--precision") > 0)
      throw BadArgument("--replications and --precision: only one of them can decide how many");
    if (command.count("--replications") > 0)
      options.wishes.replications = count_argument("--replications", replications, 1, most_replications);
    if (command.count("--precision") > 0)
      options.wishes.precision_points = points_argument("--precision", precision, 50);
    if (command.count("--first-replication") > 0)
      options.wishes.first_replication = count_argument("--first-replication", first, 0, most / 2);
    if (command.count("--seed") > 0) options.wishes.seed = count_argument("--seed", seed, 0, most);
    if (command.count("--max-events") > 0)
      options.arm.limits.max_events = count_argument("--max-events", max_events, 1, most);
    if (command.count("--max-memory") > 0) options.arm.limits.max_memory = size_argument("--max-memory", max_memory);
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
    how.declare(command);
  }

  [[nodiscard]] RerunOptions read(CLI::App const& command) {
    options.threads = how.read(command);
    options.how = how.how;
    return options;
  }
};

constexpr std::array<std::pair<char const*, Topic>, 4> topics = {{{"fields", Topic::fields},
                                                                  {"levers", Topic::levers},
                                                                  {"tables", Topic::tables},
                                                                  {"distributions", Topic::distributions}}};
constexpr std::array<std::pair<char const*, Shell>, 3> shells = {
    {{"bash", Shell::bash}, {"zsh", Shell::zsh}, {"fish", Shell::fish}}};
/// Whether the system gave no thread or no memory: libraries say that in its words alone.
bool is_want(std::exception const& error) {
  std::string_view const said = error.what();
  return said.find(std::generic_category().message(EAGAIN)) != said.npos ||
         said.find(std::generic_category().message(ENOMEM)) != said.npos;
}

/// Beside the topics: what is made of the arguments' own descriptions.
constexpr char const *manual_topic = "man", *completion_topic = "completion";

std::vector<ExitMeaning> exit_meanings() {
  return {{0, "done"},
          {1, "our fault"},
          {2, "bad input or usage"},
          {3, "some replications froze or hit a limit, or the run hit one"},
          {16, "the folder of --out belongs to another run that is under way"},
          {28, "no space left to write"},
          {75, "stopped by SIGTERM or SIGUSR1: what finished is saved, the same command goes on from there"},
          {130, "interrupted by SIGINT, likewise"}};
}

std::string exit_codes() {
  std::string out = "Exit codes:\n";
  for (auto const& [code, meaning] : exit_meanings()) out += fmt::format("  {:<5}{}\n", code, meaning);
  return out;
}

template <typename Words>
std::vector<std::string> names_of(Words const& words) {
  std::vector<std::string> names;
  names.reserve(words.size());
  for (auto const& entry : words) names.emplace_back(entry.first);
  return names;
}

std::vector<std::string> topic_names() {
  auto names = names_of(topics);
  names.insert(names.end(), {manual_topic, completion_topic});
  return names;
}

/// The value of a word of a closed set. Throws BadArgument that names all that there are.
template <typename Words>
auto chosen(std::string const& of, Words const& words, std::string const& text, std::vector<std::string> const& names) {
  for (auto const& [word, value] : words)
    if (text == word) return value;
  throw BadArgument(fmt::format("{}: '{}' is not one of {}", of, files::printable(text), fmt::join(names, ", ")));
}

/// The options and commands as they were declared, for the manual page and the completions.
Usage usage_of(CLI::App const& app) {
  Usage usage{app.get_name(), app.get_description(), {}, {}};
  for (auto const* option : app.get_options()) {
    UsageOption o;
    o.by_place = option->get_positional();
    if (o.by_place) {
      o.names = {option->get_name()};
    } else {
      for (auto const& name : option->get_snames()) o.names.push_back("-" + name);
      for (auto const& name : option->get_lnames()) o.names.push_back("--" + name);
      if (option->get_items_expected_max() > 0) o.value = option->get_type_name();
    }
    o.meaning = option->get_description();
    o.required = option->get_required();
    o.may_repeat = option->get_items_expected_max() > 1;
    if (o.names.front() == "TOPIC") o.choices = topic_names();
    if (o.names.front() == "SHELL") o.choices = names_of(shells);
    usage.options.push_back(std::move(o));
  }
  for (auto const* command : app.get_subcommands({})) usage.commands.push_back(usage_of(*command));
  return usage;
}

/// The commands and their arguments; lives while they are parsed.
struct Program {
  CLI::App app{"cwtsim simulates NHS cancer pathways and says how often the waiting-time standards are met.", "cwtsim"};
  CLI::App *check = nullptr, *run = nullptr, *rerun = nullptr, *graph = nullptr, *help = nullptr, *schema = nullptr;
  ScenarioArguments check_scenario, graph_scenario;
  CheckOptions check_options;
  GraphOptions graph_options;
  RunArguments run_arguments;
  RerunArguments rerun_arguments;
  std::vector<std::string> given;
  std::string topic, shell;

  Program() {
    app.set_version_flag("--version", std::string("cwtsim ") + study::version);
    app.require_subcommand(0, 1);
    app.footer(exit_codes());
    check = app.add_subcommand("check", "problems of a scenario, or a one-page summary with offered load");
    check_scenario.declare(*check);
    check->add_flag("--all", check_options.everything, "every step and every resource of a large scenario too");
    run = app.add_subcommand("run", "runs a scenario and reports how often its standards are met");
    run_arguments.declare(*run);
    rerun = app.add_subcommand("rerun", "repeats a run from its folder, to the byte");
    rerun_arguments.declare(*rerun);
    graph = app.add_subcommand("graph", "a pathway as text for Graphviz");
    graph_scenario.declare(*graph);
    graph->add_option("PATHWAY", graph_options.pathway, "which; without it, all of them");
    help = app.add_subcommand("help", "what may be written, the manual page, or completion for a shell");
    help->add_option("TOPIC", topic, "fields, levers, tables, distributions, man or completion");
    help->add_option("SHELL", shell, "of completion: bash, zsh or fish");
    schema = app.add_subcommand("schema", "the JSON Schema of scenario files, for editors");
  }

  ExitCode carry_out() {
    if (*check) {
      check_options.scenario = check_scenario.request(*check);
      return cli::check(check_options);
    }
    run_arguments.how.how.command_line = rerun_arguments.how.how.command_line = given;
    if (*run) return cli::run(run_arguments.read(*run));
    if (*rerun) return cli::rerun(rerun_arguments.read(*rerun));
    if (*graph) {
      graph_options.scenario = graph_scenario.request(*graph);
      return cli::graph(graph_options);
    }
    if (*help && !topic.empty()) return tell();
    if (*schema) return cli::schema();
    if (*help) return say(Program().app.help());  // this one would tell of `help` alone
    complain(app.help());
    return ExitCode::bad_input;
  }

 private:
  [[nodiscard]] ExitCode tell() const {
    if (topic == completion_topic)
      return say(completion(usage_of(app), chosen("help completion", shells, shell, names_of(shells))));
    if (!shell.empty()) throw BadArgument(fmt::format("help {}: that is for no shell", files::printable(topic)));
    if (topic == manual_topic) return say(manual_page(usage_of(app), exit_meanings(), study::version));
    return cli::help(chosen("help", topics, topic, topic_names()));
  }
};

ExitCode usage_error(std::string const& message) {
  complain(fmt::format("cwtsim: {}\nTry: cwtsim --help\n", files::printable(message)));
  return ExitCode::bad_input;
}

}  // namespace

ExitCode run_program(std::vector<std::string> arguments) {
  try {
    if (!has_room_to_begin()) throw std::bad_alloc();
    Program program;
    try {
      program.given = arguments;
      program.app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // it wants them backwards
      return program.carry_out();
    } catch (CLI::CallForHelp const&) {
      auto const& chosen = program.app.get_subcommands();
      return say(chosen.empty() ? program.app.help() : chosen.front()->help("cwtsim"));
    } catch (CLI::CallForVersion const&) {
      return say(std::string("cwtsim ") + study::version + "\n");
    } catch (CLI::ParseError const& error) {
      return usage_error(error.what());
    } catch (BadArgument const& error) {
      return usage_error(error.what());
    }
  } catch (std::bad_alloc const&) {
    complain(out_of_memory);
  } catch (std::overflow_error const& error) {
    complain(fmt::format("cwtsim: {}\n", error.what()));
    return ExitCode::limits_hit;
  } catch (std::exception const& error) {
    if (is_want(error))
      complain_of_want(error);
    else
      complain(fmt::format("cwtsim: this is our fault: {}\n", error.what()));
  }
  return ExitCode::our_fault;
}

}  // namespace cwtsim::cli
