// The manual page and the completions are made of what the program says of its arguments; here they meet the programs
// that read them. A reader that the machine lacks is passed over, unless CWTSIM_ALL_READERS is set (the slow suite).

#include <cstdlib>
#include <regex>
#include <set>

#include "catch_compat.hpp"
#include "program.hpp"
#include "said_by.hpp"

namespace {

bool is_there(std::string const& reader) {
  bool const found = said_by("command -v " + reader).status == 0;
  INFO(reader);
  CHECK((found || std::getenv("CWTSIM_ALL_READERS") == nullptr));
  return found;
}

std::string help_of(std::vector<std::string> const& arguments) {
  auto const finished = run_program(arguments);
  REQUIRE(finished.code == 0);
  REQUIRE(finished.err.empty());
  return finished.out;
}

std::set<std::string> found_in(std::string const& text, std::string const& pattern) {
  std::set<std::string> found;
  std::regex const expression(pattern);
  for (std::sregex_iterator it(text.begin(), text.end(), expression), end; it != end; ++it) found.insert(it->str(1));
  return found;
}

std::string replaced(std::string text, std::string const& from, std::string const& to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// What bash offers after these words, the last of which is being written.
std::string bash_offers(std::string const& script, std::vector<std::string> const& words) {
  std::string line = "cd '" CWTSIM_SOURCE_DIR "' && bash -c '. " + script + "; COMP_WORDS=(cwtsim";
  for (auto const& word : words) line += " \"" + word + "\"";
  line += "); COMP_CWORD=" + std::to_string(words.size()) +
          "; _cwtsim; printf \"%s\\n\" \"${COMPREPLY[@]}\" | LC_ALL=C sort | xargs'";
  auto const said = said_by(line);
  CHECK(said.status == 0);
  return said.text.substr(0, said.text.find('\n'));
}

}  // namespace

TEST_CASE("the manual page tells of every command, option and exit code that the help tells of") {
  auto const page = help_of({"help", "man"});
  auto const help = help_of({"--help"});
  auto const commands = found_in(help, "\n  ([a-z]+)  ");
  REQUIRE(commands.count("run") == 1);
  std::size_t seen = 0;
  for (auto const& command : commands) {
    CHECK(has(page, "\n.SS " + command + "\n"));
    auto const from = page.find("\n.SS " + command + "\n");
    auto const section = page.substr(from, page.find("\n.S", from + 1) - from);
    auto const text = help_of({command, "--help"});
    for (auto const& option : found_in(text, "\n  (--[a-z-]+) ")) {
      INFO(command << " " << option);
      CHECK(has(section, " " + replaced(option, "-", "\\-") + "\n") +
                has(section, "\"" + replaced(option, "-", "\\-") + " \"") ==
            1);
      ++seen;
    }
  }
  CHECK(seen >= 15);
  for (auto const& code : found_in(help, "\n  ([0-9]+) ")) CHECK(has(page, "\n.B " + code + "\n"));
  CHECK(has(page, ".SH NAME\ncwtsim \\- simulates"));
}

TEST_CASE("the manual page is clean for those who set it") {
  Folder const folder;
  std::ofstream(folder / "cwtsim.1") << help_of({"help", "man"});
  if (is_there("groff")) CHECK(said_by("groff -man -ww -z -Tascii '" + folder / "cwtsim.1" + "'").text.empty());
  if (is_there("man"))
    CHECK(said_by("LC_ALL=C.UTF-8 MANROFFSEQ= MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z '" +
                  folder / "cwtsim.1" + "' > '" + folder / "set" + "'")
              .text.empty());
  // it wants a date, which a page that is made anew with every build has none of
  if (is_there("mandoc"))
    CHECK(said_by("mandoc -Tlint -Wwarning '" + folder / "cwtsim.1" + "' | grep -v 'missing date'").text.empty());
}

TEST_CASE("bash completes commands, options and their values") {
  Folder const folder;
  auto const script = folder / "cwtsim.bash";
  std::ofstream(script) << help_of({"help", "completion", "bash"});
  if (!is_there("bash")) return;
  CHECK(bash_offers(script, {"ch"}) == "check");
  CHECK(bash_offers(script, {""}) == "--help --version -h check compare graph help rerun run schema");
  CHECK(bash_offers(script, {"run", "--see"}) == "--seed");
  CHECK(bash_offers(script, {"schema", "--see"}).empty());
  CHECK(bash_offers(script, {"run", "scenarios/mm"}) == "scenarios/mm1.json scenarios/mmc.json");
  CHECK(bash_offers(script, {"run", "scenarios/mm1.json", "scenarios/mm"}).empty());
  CHECK(bash_offers(script, {"run", "--seed", "3", "scenarios/mm1"}) == "scenarios/mm1.json");
  CHECK(bash_offers(script, {"run", "--quiet", "scenarios/mm1"}) == "scenarios/mm1.json");
  CHECK(bash_offers(script, {"run", "--seed", "scenarios/mm1"}).empty());
  CHECK(bash_offers(script, {"run", "--with", "scenarios/mm1"}) == "scenarios/mm1.json");
  CHECK(bash_offers(script, {"run", "--out", "scenarios/west-london"}) == "scenarios/west-london");
  CHECK(bash_offers(script, {"run", "--out", "=", "scenarios/west-london"}) == "scenarios/west-london");
  CHECK(bash_offers(script, {"run", "--out", "="}) == bash_offers(script, {"run", "--out", ""}));
  CHECK(bash_offers(script, {"run", "--out", "=", "outputs", "scenarios/mm1"}) == "scenarios/mm1.json");
  CHECK(bash_offers(script, {"help", "d"}) == "distributions");
  CHECK(bash_offers(script, {"help", "completion", ""}) == "bash fish zsh");
  CHECK(bash_offers(script, {"fly", "--o"}).empty());
}

TEST_CASE("bash completes a name with a space as one") {
  Folder const folder;
  std::ofstream(folder / "cwtsim.bash") << help_of({"help", "completion", "bash"});
  std::ofstream(folder / "my clinic.json") << "{}";
  if (!is_there("bash")) return;
  auto const said = said_by("bash -c '. " + folder / "cwtsim.bash" + "; COMP_WORDS=(cwtsim run \"" + folder / "my" +
                            "\"); COMP_CWORD=2; _cwtsim; printf \"%s,\" \"${COMPREPLY[@]}\"'");
  CHECK(said.text == folder / "my clinic.json" + ",");
}

TEST_CASE("zsh takes the completion and offers what fits") {
  Folder const folder;
  std::ofstream(folder / "_cwtsim") << help_of({"help", "completion", "zsh"});
  if (!is_there("zsh")) return;
  auto const checked = said_by("zsh -n '" + folder / "_cwtsim" + "'");
  CHECK(checked.text.empty());
  CHECK(checked.status == 0);
  // another zsh, on a terminal of its own, has Tab pressed at it; what is never completed ends with the time limit
  std::ofstream(folder / "press.zsh") << R"(zmodload zsh/zpty
zpty other zsh -f -i
zpty -w other "PROMPT=; fpath=($1 \$fpath); autoload -U compinit; compinit -u -D; print RE''ADY"
zpty -r other said '*READY*'
zpty -w -n other $2$'\t'
zpty -r other said "*$3*"
zpty -d other
)";
  auto const completes = [&folder](std::string const& line, std::string const& to) {
    auto const said = said_by("cd '" CWTSIM_SOURCE_DIR "' && TERM=xterm timeout 20 zsh -f '" + folder / "press.zsh" +
                              "' '" + folder / "." + "' '" + line + "' '" + to + "'");
    INFO(line << ": " << said.text);
    CHECK(said.status == 0);
  };
  completes("cwtsim ch", "check");
  completes("cwtsim run --see", "--seed");
  completes("cwtsim run scenarios/pathw", "scenarios/pathway8.json");
  completes("cwtsim run --out scenarios/interv", "scenarios/interventions");
  completes("cwtsim help dist", "distributions");
  completes("cwtsim help completion f", "fish");
}

TEST_CASE("fish takes the completion and offers what fits") {
  Folder const folder;
  std::ofstream(folder / "cwtsim.fish") << help_of({"help", "completion", "fish"});
  if (!is_there("fish")) return;
  CHECK(said_by("fish --no-execute '" + folder / "cwtsim.fish" + "'").text.empty());
  auto const offered = [&folder](std::string const& line) {
    return said_by("cd '" CWTSIM_SOURCE_DIR "' && HOME='" + folder / "." + "' fish -c 'source " +
                   folder / "cwtsim.fish" + "; complete -C \"" + line + "\"'")
        .text;
  };
  CHECK(has(offered("cwtsim ch"), "check\tproblems of a scenario"));
  CHECK(has(offered("cwtsim run --see"), "--seed\t"));
  CHECK(has(offered("cwtsim run scenarios/mm1"), "scenarios/mm1.json"));
  CHECK(has(offered("cwtsim run --out scenarios/west-london"), "scenarios/west-london/"));
  CHECK_FALSE(has(offered("cwtsim run --out scenarios/west-london"), ".json"));
  CHECK_FALSE(has(offered("cwtsim schema --see"), "--seed"));
  CHECK(has(offered("cwtsim help dist"), "distributions"));
}

TEST_CASE("help refuses a topic and a shell that there are not") {
  CHECK(has(run_program({"help", "cooking"}).err,
            "is not one of fields, levers, tables, distributions, man, completion"));
  CHECK(has(run_program({"help", "completion"}).err, "is not one of bash, zsh, fish"));
  CHECK(has(run_program({"help", "completion", "tcsh"}).err, "'tcsh' is not one of bash, zsh, fish"));
  for (auto const& words : std::vector<std::vector<std::string>>{
           {"help", "cooking"}, {"help", "completion"}, {"help", "completion", "tcsh"}, {"help", "man", "bash"}})
    CHECK(run_program(words).code == 2);
}
