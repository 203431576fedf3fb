// docs/promises.md is true: its tests exist, and what is to come has not come.

#include <cstdio>
#include <vector>

#include "catch_compat.hpp"
#include "named_tests.hpp"

namespace {

using namespace house;

constexpr std::size_t promises = 46;

/// The commands of which `cwtsim --help` tells.
std::set<std::string> commands() {
  FILE* const pipe = popen((std::string("'") + CWTSIM_PROGRAM + "' --help").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string help;
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) help += static_cast<char>(c);
  REQUIRE(pclose(pipe) == 0);
  std::set<std::string> found;
  std::regex const command("\n  ([a-z]+)  ");
  for (std::sregex_iterator it(help.begin(), help.end(), command), end; it != end; ++it) found.insert(it->str(1));
  return found;
}

struct Held {
  std::size_t promise = 0;
  std::string by;  ///< as it stands, with "to come with" before it where it is to come
};

/// The last column of the table, by its entries.
std::vector<Held> table(std::string const& text) {
  std::vector<Held> rows;
  std::istringstream lines(text);
  std::regex const row("\\| ([0-9]+) \\| (.+) \\| (.+) \\|"), entry("(to come with )?`([^`]+)`");
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (!std::regex_match(line, match, row)) continue;
    std::string const held = match[3];
    auto const promise = static_cast<std::size_t>(std::stoul(match[1]));
    for (std::sregex_iterator it(held.begin(), held.end(), entry), end; it != end; ++it)
      rows.push_back({promise, it->str(1) + it->str(2)});
  }
  return rows;
}

/// What is wrong with an entry, or "".
std::string fault(std::string const& by, std::set<std::string> const& tests, std::set<std::string> const& known) {
  std::string const to_come = "to come with ";
  if (by.rfind(to_come, 0) == 0)
    return known.count(by.substr(to_come.size())) == 0 ? "" : "it has come: name its tests";
  std::string const slow = "test.sh --slow";
  if (by == slow) return text_of(top / "test.sh").find("--slow") != std::string::npos ? "" : "there is no such option";
  if (by.rfind(slow + " ", 0) == 0) {
    auto const part = "\npart_" + by.substr(slow.size() + 1) + "() {";
    return text_of(top / "scripts/slow.sh").find(part) != std::string::npos ? "" : "there is no such part";
  }
  if (by.rfind("scripts/", 0) == 0) return fs::exists(top / by) ? "" : "there is no such script";
  return tests.count(by) == 1 ? "" : "there is no such test";
}

}  // namespace

TEST_CASE("every promise is held by tests that exist, or by a command that is to come") {
  auto const tests = all_tests();
  auto const known = commands();
  REQUIRE(known.count("run") == 1);
  REQUIRE(tests.size() > 200);
  std::set<std::size_t> held;
  for (auto const& row : table(text_of(top / "docs/promises.md"))) {
    INFO("promise " << row.promise << ": " << row.by);
    CHECK(fault(row.by, tests, known) == "");
    held.insert(row.promise);
  }
  for (std::size_t promise = 1; promise <= promises; ++promise) {
    INFO("promise " << promise);
    CHECK(held.count(promise) == 1);
  }
  CHECK(held.size() == promises);
}

namespace {

/// The rows of the table of limits.
std::vector<std::string> limits_of(std::string const& page) {
  std::vector<std::string> rows;
  std::istringstream lines(page.substr(page.find("\n## Limits\n")));
  for (std::string line; std::getline(lines, line);)
    if (line.rfind("| ", 0) == 0 && line.rfind("| limit |", 0) != 0) rows.push_back(line);
  return rows;
}

/// The names of limits that a source declares.
std::set<std::string> limits_in(std::string const& source) {
  static std::regex const declared("constexpr [a-z:_0-9 ]+ ((?:most|longest|largest)_[a-z_]+)[^;]*;"),
      name("((?:most|longest|largest)_[a-z_]+)(?:\\[\\])? *[={]");
  std::set<std::string> found;
  for (std::sregex_iterator it(source.begin(), source.end(), declared), end; it != end; ++it) {
    std::string const declaration = it->str();
    for (std::sregex_iterator n(declaration.begin(), declaration.end(), name); n != end; ++n) found.insert(n->str(1));
  }
  return found;
}

}  // namespace

TEST_CASE("every limit in the table of limits is held by tests that exist") {
  auto const tests = all_tests();
  auto const rows = limits_of(text_of(top / "docs/promises.md"));
  REQUIRE(rows.size() > 25);
  std::regex const entry("`([a-z_]+: [^`]+)`");
  for (auto const& row : rows) {
    INFO(row);
    std::size_t held = 0;
    for (std::sregex_iterator it(row.begin(), row.end(), entry), end; it != end; ++it, ++held) {
      INFO(it->str(1));
      CHECK(fault(it->str(1), tests, {}) == "");
    }
    CHECK(held > 0);
  }
}

TEST_CASE("every limit that the sources declare stands in the table of limits") {
  // what is only told, or rounded, or a part of another limit
  std::set<std::string> const others{
      "most_by_unit", "most_duplicates",   "most_printed", "most_problems", "longest_text", "longest_list",
      "longest_name", "most_named",        "most_places",  "most_rounds",   "most_parts",   "most_told",
      "most_visits",  "most_ways_to_come", "most_lines",   "most_titles",   "most_passes",  "most_events"};
  std::string table;
  for (auto const& row : limits_of(text_of(top / "docs/promises.md"))) table += row;
  std::size_t seen = 0;
  for (auto const* room : {"include/cwtsim/scenario", "include/cwtsim/model", "sim/scenario", "sim/model", "sim/engine",
                           "sim/io", "sim/files", "sim/study"})
    for (auto const& file : fs::directory_iterator(top / room))
      for (auto const& name : fs::is_regular_file(file) ? limits_in(text_of(file)) : std::set<std::string>{}) {
        INFO(file.path().filename().string() << ": " << name);
        ++seen;
        CHECK((others.count(name) == 1 || table.find('`' + name + '`') != std::string::npos));
      }
  CHECK(seen > 40);
  CHECK(limits_in("inline constexpr std::size_t most_a = 1, b = 2,\n  most_c = 3;\nconstexpr int d = 1;") ==
        std::set<std::string>{"most_a", "most_c"});
}

TEST_CASE("the test of the promises finds what it is there for") {
  std::set<std::string> tests;
  add_tests("core", "TEST_CASE(\"one\") {}\nTEST_CASE(\n    \"two, \"\n    \"in \\\"pieces\\\"\") {}", tests);
  CHECK(tests == std::set<std::string>{"core: one", "core: two, in \\\"pieces\\\""});
  auto const rows = table("| 3 | That. | `core: one`<br>to come with `merge` |\nno row\n| 4 | This. | nothing |\n");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].promise == 3);
  CHECK(rows[0].by == "core: one");
  CHECK(rows[1].by == "to come with merge");
  CHECK(fault("core: one", tests, {"run"}) == "");
  CHECK(fault("core: three", tests, {"run"}) == "there is no such test");
  CHECK(fault("to come with merge", tests, {"run"}) == "");
  CHECK(fault("to come with run", tests, {"run"}) == "it has come: name its tests");
  CHECK(fault("scripts/no_such_thing.sh", tests, {}) == "there is no such script");
  CHECK(fault("test.sh --slow no_such_part", tests, {}) == "there is no such part");
}
