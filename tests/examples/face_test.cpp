// The example runs, and says what the program says. Linked with the one target that other programs link.

#include <cstdio>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "cli/program.hpp"
#include "csv.hpp"
#include "cwtsim/cwtsim.hpp"

namespace {

/// What the example prints; its exit code behind it.
std::string said_by_example(std::string const& arguments) {
  FILE* const pipe = popen((std::string(CWTSIM_EXAMPLE) + " " + arguments + " 2>&1; echo exit $?").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string said;
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) said += static_cast<char>(c);
  REQUIRE(pclose(pipe) == 0);
  return said;
}

std::string fmt(char const* format, double value) {
  std::string text(32, '\0');
  text.resize(static_cast<std::size_t>(std::snprintf(text.data(), text.size(), format, value)));
  return text;
}

/// The line that the example prints of a row of standards.csv.
std::string line_of(csv::Row const& row) {
  auto const percent = [&row](char const* column) { return fmt("%.2f", 100 * std::stod(row.at(column))); };
  return row.at("standard") + ": " + percent("attainment") + " % (" + percent("ci_low") + " to " + percent("ci_high") +
         ")\n";
}

}  // namespace

TEST_CASE("the example prints the attainments and the table that the program writes") {
  Folder const folder;
  REQUIRE(run_program({"run", tiny, "--replications", "5", "--quiet", "--out", folder / "out"}).code == 0);
  auto const said = said_by_example(tiny);
  INFO(said);
  std::string expected;
  for (auto const& row : csv::read(folder / "out/standards.csv"))
    if (row.at("dimension") == "all" && row.at("month") == "all") expected += line_of(row);
  CHECK(expected.rfind("fds: 9", 0) == 0);
  CHECK(said == expected + text_of(folder / "out/replications.csv") + "exit 0\n");
}

TEST_CASE("the example tells what is wrong with a scenario, and where") {
  auto const said = said_by_example(CWTSIM_SOURCE_DIR "/tests/bad_scenarios/202_unknown_next_step.json");
  INFO(said);
  CHECK(has(said, "202_unknown_next_step.json:"));
  CHECK(has(said, "exit 2\n"));
}

TEST_CASE("who links the one target can include the one header, and none of a room") {
  CHECK(run_program({"--version"}).out == "cwtsim " + cwtsim::face::version() + "\n");
#if __has_include("cwtsim/core/problem.hpp") || __has_include("cwtsim/study/arm.hpp")
  FAIL("headers of rooms can be included");
#endif
}
