// Instructions of one event, counted by callgrind on the engine as a release compiles it. They hang on the compiler and
// its flags, so the record is kept for each; without a record for the compiler at hand this says that nothing was
// checked.

#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "catch_compat.hpp"
#include "record.hpp"

namespace {

namespace fs = std::filesystem;

constexpr double tolerance = 0.03;

int code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The program, and its header when the tests were built.
bool there_is_valgrind() {
  constexpr int without_header = 3;
  return code_of(std::system("valgrind --version > /dev/null 2>&1")) == 0 &&
         code_of(std::system("'" CWTSIM_COUNTED "' 2> /dev/null")) != without_header;
}

/// What a command says on its standard output; -1 for one that fails.
int run(std::string const& command, std::string& said) {
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return -1;
  char buffer[256];
  while (std::fgets(buffer, sizeof buffer, pipe) != nullptr) said += buffer;
  return code_of(pclose(pipe));
}

/// The number after "totals:" in what callgrind wrote.
double instructions_in(fs::path const& file) {
  std::ifstream in(file);
  std::string const key = "totals: ";
  for (std::string line; std::getline(in, line);)
    if (line.rfind(key, 0) == 0) return std::stod(line.substr(key.size()));
  return 0;
}

double instructions_per_event(std::string const& scenario) {
  auto const out = fs::temp_directory_path() / ("cwtsim-callgrind-" + std::to_string(getpid()) + "-" + scenario);
  std::string said;
  std::string const command = "valgrind --tool=callgrind --instr-atstart=no --callgrind-out-file='" + out.string() +
                              "' '" + CWTSIM_COUNTED + "' " + scenario + " 2> /dev/null";
  INFO(command);
  REQUIRE(run(command, said) == 0);
  double const events = std::stod(said), instructions = instructions_in(out);
  fs::remove(out);
  REQUIRE(events > 100'000);
  REQUIRE(instructions > events);
  return instructions / events;
}

void hold_against_record(std::string const& scenario) {
  if (!there_is_valgrind()) {
    WARN("Not checked: valgrind is not installed, or was not when the tests were built.");
    return;
  }
  std::string const compiler = CWTSIM_COUNTED_BY;
  auto record = counters::recorded("instructions", scenario);
  if (!counters::updating() && !record.contains(compiler)) {
    WARN("Not checked: there is no record for " << compiler << ".");
    return;
  }
  double const now = instructions_per_event(scenario);
  if (counters::updating()) {
    record[compiler] = std::round(10 * now) / 10;
    counters::accept("instructions", scenario, record);
  }
  double const then = record[compiler].get<double>();
  INFO("instructions per event of " << scenario << " by " << compiler << ": recorded " << then << ", now " << now);
  INFO("If this was meant, CWTSIM_UPDATE=1 accepts it; fewer are good news, which deserve a new record too.");
  CHECK(now < then * (1 + tolerance));
  CHECK(now > then * (1 - tolerance));
}

}  // namespace

TEST_CASE("instructions per event of pathway8 are within 3 % of the record") {
  hold_against_record("pathway8");
}
TEST_CASE("instructions per event of booked are within 3 % of the record") {
  hold_against_record("booked");
}
TEST_CASE("instructions per event of West London are within 3 % of the record") {
  hold_against_record("west-london");
}
