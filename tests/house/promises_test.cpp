// docs/promises.md is true: its tests exist, and what is to come has not come.

#include <cstdio>
#include <vector>

#include "catch_compat.hpp"
#include "named_tests.hpp"

namespace {

using namespace house;

constexpr std::size_t promises = 30;

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
