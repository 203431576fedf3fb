// Every command that a page or the help shows is run, word for word but for what stands for something (SCENARIO, DIR
// ...).

#include <map>
#include <regex>
#include <set>

#include "catch_compat.hpp"
#include "program.hpp"

namespace fs = std::filesystem;

namespace {

fs::path const top = CWTSIM_SOURCE_DIR;

struct Command {
  std::string where, text;
};

/// Without the comment or description that stands behind it, after a wide gap.
std::string without_description(std::string line) {
  line = std::regex_replace(line, std::regex("^\\s+"), "");
  auto const end = std::min(line.find(" # "), line.find("      "));
  if (end != line.npos) line.resize(end);
  return std::regex_replace(line, std::regex("\\s+$"), "");
}

bool is_command(std::string const& line) {
  return std::regex_search(line, std::regex("^\\s*(cwtsim [a-z-]|\\./run\\.sh|\\./test\\.sh)"));
}

enum class Lines { fenced, indented };  ///< where a page, and where the help shows commands

/// The lines of a text that are commands, each with the lines that continue it, and commands between `backticks`.
std::vector<Command> commands_in(std::string const& where, std::string const& text, Lines shown) {
  std::vector<Command> found;
  bool fenced = false;
  std::istringstream lines(text);
  bool open = false;  // the last line was a synopsis whose options may go on
  for (std::string line; std::getline(lines, line);) {
    if (open && std::regex_search(line, std::regex("^ {6,}\\["))) {
      found.back().text += " " + without_description(line);
      continue;
    }
    if (line.starts_with("```")) fenced = !fenced;
    open = is_command(line) && (shown == Lines::fenced ? fenced : line.starts_with("  "));
    if (open) found.push_back({where, without_description(line)});
    static std::regex const span("`([^`]+)`");
    for (std::sregex_iterator it(line.begin(), line.end(), span), end; it != end; ++it)
      if (is_command((*it)[1])) found.push_back({where, (*it)[1]});
  }
  return found;
}

std::vector<Command> documented() {
  std::vector<Command> all;
  auto const add = [&all](std::vector<Command> const& more) { all.insert(all.end(), more.begin(), more.end()); };
  std::set<fs::path> pages;
  for (auto const* folder : {".", "docs", "bench", "outputs", "scenarios", "scenarios/west-london"})
    for (auto const& entry : fs::directory_iterator(top / folder))
      if (entry.path().extension() == ".md") pages.insert(fs::path(folder) / entry.path().filename());
  for (auto const& page : pages) add(commands_in(page.lexically_normal().string(), text_of(top / page), Lines::fenced));
  for (auto const* topic : {"", "fields", "levers", "tables", "distributions"}) {
    std::vector<std::string> arguments = {"help"};
    if (*topic != '\0') arguments.emplace_back(topic);
    add(commands_in("cwtsim help " + std::string(topic), run_program(arguments).out, Lines::indented));
  }
  auto const script = text_of(top / "run.sh");
  std::smatch match;
  if (std::regex_search(script, match, std::regex("build/release/(cwtsim run [^\\n]*)")))
    all.push_back({"run.sh", match[1]});
  return all;
}

/// As a shell would take it apart; brackets of a synopsis are gone, and of alternatives between them the first stays.
std::vector<std::string> words_of(std::string text) {
  text = std::regex_replace(text, std::regex("\\[([^\\]|]*) \\| [^\\]]*\\]"), "$1");
  text = std::regex_replace(text, std::regex("\\]\\.\\.\\.|[\\[\\]]"), "");
  auto const redirected = text.find(" > ");
  if (redirected != text.npos) text.resize(redirected);
  std::vector<std::string> words;
  std::string word;
  char quote = 0;
  bool any = false;
  for (char const c : text + " ") {
    if (quote != 0 ? c == quote : c == '\'' || c == '"') {
      quote = quote != 0 ? '\0' : c;
      any = true;
    } else if (c == ' ' && quote == 0) {
      if (any) words.push_back(word);
      word.clear();
      any = false;
    } else {
      word += c;
      any = true;
    }
  }
  return words;
}

/// Each of the alternatives of a word like fields|levers; with one scenario and one folder for those that stand for
/// any.
std::vector<std::vector<std::string>> runs_of(std::vector<std::string> words, std::string const& scenario,
                                              Folder const& folder) {
  std::map<std::string, std::string> const stands_for = {{"SCENARIO", scenario},
                                                         {"LEVERS.json", folder / "levers.json"},
                                                         {"FILE", folder / "levers.json"},
                                                         {"second-scanner.json", folder / "levers.json"},
                                                         {"POINTER=VALUE", "/name=Another"},
                                                         {"POINTER=FACTOR", "/horizon/warm_up=1"},
                                                         {"PATHWAY", "clinic"},
                                                         {"DIR", folder / "out"},
                                                         {"outputs/NAME", folder / "out"},
                                                         {"outputs/west-london", folder / "out"},
                                                         {"N", "2"},
                                                         {"K", "1"},
                                                         {"S", "3"},
                                                         {"T", "2"},
                                                         {"POINTS", "2.5"},
                                                         {"TIME", "10 min"},
                                                         {"EVENTS", "9000000"},
                                                         {"SIZE", "1 GB"}};
  std::vector<std::vector<std::string>> runs = {{}};
  for (auto const& word : words) {
    auto const known = stands_for.find(word);
    if (known != stands_for.end()) {
      for (auto& run : runs) run.push_back(known->second);
      continue;
    }
    std::vector<std::vector<std::string>> more;
    std::istringstream alternatives(word);
    for (std::string one; std::getline(alternatives, one, '|');)
      for (auto run : runs) {
        run.push_back(one);
        more.push_back(run);
      }
    runs = more;
  }
  return runs;
}

/// Less of it, where it would take long: one replication of a week of West London.
/// A run again is that of a folder that holds one.
void shorten(std::vector<std::string>& run, Folder const& folder) {
  if (run.size() > 1 && run[0] == "rerun") run[1] = folder / "ran";
  if (run.size() < 2 || (run[0] != "run" && run[0] != "compare")) return;
  for (std::size_t i = 0; i + 1 < run.size(); ++i)
    if (run[i] == "--replications") run[i + 1] = "1";
  if (has(run[1], "west-london"))
    for (auto const* set : {"/horizon/warm_up=0 days", "/horizon/run_for=1 week"})
      run.insert(run.end(), {"--set", set});
  if (std::any_of(run.begin(), run.end(), [](auto const& word) { return has(word, "scenarios/interventions/"); }))
    run.insert(run.end(), {"--set", "/horizon/starts=2026-04-06"});  // all of a roll-out is in force
}

bool is_known(std::string const& command) {
  return has(run_program({command, "--help"}).out, "Usage: cwtsim " + command);
}

}  // namespace

TEST_CASE("every command in the pages and in the help works") {
  Folder const folder;
  fs::current_path(top);
  std::ofstream(folder / "levers.json")
      << R"({"schema": 1, "name": "Longer", "levers": {"longer": {"pointer": "/horizon/warm_up", "set": "2 weeks"}}})";
  REQUIRE(run_program({"run", "scenarios/tiny.json", "--replications", "1", "--out", folder / "ran"}).code == 0);
  auto const all = documented();
  std::set<std::string> done;
  for (auto const& command : all) {
    if (!done.insert(command.text).second) continue;
    INFO(command.where + ": " + command.text);
    auto words = words_of(command.text);
    auto const script = words.front();
    words.erase(words.begin());
    if (script != "cwtsim") {
      CHECK(fs::exists(top / script));
      CHECK((fs::status(top / script).permissions() & fs::perms::owner_exec) != fs::perms::none);
    }
    if (script == "./test.sh" || words.empty() || words.front() == "ARGUMENTS") continue;  // other tests are those
    Finished finished;
    for (auto const* scenario : {"scenarios/tiny.json", "scenarios/west-london.json"}) {
      bool well = true;
      for (auto run : runs_of(words, scenario, folder)) {
        shorten(run, folder);
        fs::remove_all(folder / "out");
        finished = run_program(run);
        well = well && finished.code == 0;
      }
      if (well) break;  // a lever that shows how may be on what only one of them has
    }
    if (finished.code != 0 && words.size() == 1 && is_known(words[0])) continue;  // it is only named
    INFO(finished.err);
    CHECK(finished.code == 0);
  }
  CHECK(done.size() >= 14);
}

TEST_CASE("the levers file that the first page shows can be used") {
  auto const page = text_of(top / "README.md");
  auto const from = page.find("```json\n") + 8;
  REQUIRE(from > 8);
  Folder const folder;
  std::ofstream(folder / "shown.json") << page.substr(from, page.find("```", from) - from);
  auto const finished =
      run_program({"check", (top / "scenarios/west-london.json").string(), "--all", "--with", folder / "shown.json"});
  INFO(finished.err);
  CHECK(finished.code == 0);
  CHECK(has(finished.out, "mri at lnwh"));
}

TEST_CASE("a command that does not work would be found") {
  auto const page =
      "text\n```\ncwtsim run A        what it does\n         [--x N]\n```\ncwtsim fly, `cwtsim fly` and `other`";
  auto const found = commands_in("page", page, Lines::fenced);
  REQUIRE(found.size() == 2);
  CHECK(found[0].text == "cwtsim run A [--x N]");
  CHECK(found[1].text == "cwtsim fly");
  CHECK(commands_in("help", "cwtsim is\n  cwtsim run A   # so\n", Lines::indented).size() == 1);
  CHECK(words_of("cwtsim run 'a b' [--n N | --p P] [--with F]... > out") ==
        std::vector<std::string>{"cwtsim", "run", "a b", "--n", "N", "--with", "F"});
  CHECK_FALSE(is_known("fly"));
  CHECK(is_known("graph"));
}
