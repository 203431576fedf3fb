#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cerrno>
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
#include "run_arguments.hpp"

namespace cwtsim::cli {
namespace {

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
  CLI::App *check = nullptr, *run = nullptr, *rerun = nullptr, *compare = nullptr, *graph = nullptr, *help = nullptr,
           *schema = nullptr;
  ScenarioArguments check_scenario, graph_scenario;
  CheckOptions check_options;
  GraphOptions graph_options;
  RunArguments run_arguments;
  RerunArguments rerun_arguments;
  CompareArguments compare_arguments;
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
    compare =
        app.add_subcommand("compare", "holds arms with lever files against the scenario without, same luck for all");
    compare_arguments.declare(*compare);
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
    if (*compare) return cli::compare(compare_arguments.read(*compare));
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
