// The program never waits where nobody can end it.

#include <sys/stat.h>

#include "catch_compat.hpp"
#include "program.hpp"

namespace {

/// What the program says to a signal (none: to its own time limit), and that it took less than two seconds to end.
Finished ended_by(int signal, std::vector<std::string> const& arguments, bool stdin_waits = true) {
  Circumstances c;
  c.stdin_waits = stdin_waits;
  c.signal = signal;
  auto const began = std::chrono::steady_clock::now();
  auto finished = run_program(arguments, c);
  auto const took = std::chrono::steady_clock::now() - began - c.after;
  INFO(arguments.front() << ' ' << std::chrono::duration<double>(took).count());
  CHECK(took < std::chrono::seconds(2));
  return finished;
}

}  // namespace

TEST_CASE("a signal ends what waits for standard input, with its exit code") {
  for (auto const* command : {"check", "run", "graph"}) {
    INFO(command);
    auto const interrupted = ended_by(SIGINT, {command, "-"});
    CHECK(interrupted.code == 130);
    CHECK(interrupted.err == "cwtsim: interrupted before anything was run\n");
    CHECK(ended_by(SIGTERM, {command, "-"}).code == 75);
    auto const stopped = ended_by(SIGUSR1, {command, "/dev/stdin"});
    CHECK(stopped.code == 75);
    CHECK(stopped.err == "cwtsim: stopped before anything was run\n");
  }
}

TEST_CASE("a signal ends what checks or compiles") {
  Folder const folder;
  std::string levers;  // seconds of checking
  for (int year = 2023; year < 2028; ++year)
    for (int month = 1; month <= 12; ++month)
      for (int const day : {1, 15})
        levers += (levers.empty() ? "\"" : ",\"") + std::to_string(levers.size()) +
                  R"(": {"pointer": "/providers/*/resources/ct/per_week", "scale": 1.01, "from": ")" +
                  std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month) + (day < 10 ? "-0" : "-") +
                  std::to_string(day) + "\"}";
  auto const file = folder.write("l.json", R"({"schema": 1, "name": "L", "levers": {)" + levers + "}}");
  std::string const scenario = CWTSIM_SOURCE_DIR "/scenarios/west-london.json";
  CHECK(ended_by(SIGINT, {"check", scenario, "--with", file}, false).code == 130);
  CHECK(ended_by(SIGTERM, {"run", scenario, "--with", file}, false).code == 75);
}

TEST_CASE("the time limit holds before anything is run") {
  auto const late = ended_by(0, {"run", "-", "--time-limit", "0.4 s"});
  CHECK(late.code == 3);
  CHECK(late.err == "cwtsim: the time limit was over before anything was run\n");
}

TEST_CASE("standard input is read, by any of its names") {
  Circumstances c;
  c.stdin_from = tiny;
  for (auto const* name : {"-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"}) {
    INFO(name);
    CHECK(run_program({"check", name}, c).code == 0);
  }
}

TEST_CASE("a pipe in the place of a file is refused by name: scenario, levers, part of a run") {
  Folder const folder;
  auto const pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  for (auto const& arguments :
       {std::vector<std::string>{"check", pipe}, {"run", pipe}, {"check", tiny, "--with", pipe}}) {
    auto const refused = run_program(arguments);
    CHECK(refused.code == 2);
    CHECK(has(refused.err, pipe + "\n  the file cannot be read (it is a pipe, not a file)"));
  }
  std::vector<std::string> const run{"run", tiny, "--replications", "2", "--quiet", "--out", folder / "out"};
  REQUIRE(run_program(run).code == 0);
  auto const part = folder / "out/parts/000000-000001.part";
  std::filesystem::remove(folder / "out/parts/whole.part");
  REQUIRE(::mkfifo(part.c_str(), 0600) == 0);
  auto const again = run_program(run);
  CHECK(again.code == 0);
  CHECK(has(again.err, part + " is damaged (it is a pipe, not a file); its replications are run again"));
}

TEST_CASE("a part of more than a gigabyte is refused before it is read") {
  Folder const folder;
  std::vector<std::string> const run{"run", tiny, "--replications", "2", "--quiet", "--out", folder / "out"};
  REQUIRE(run_program(run).code == 0);
  auto const part = folder / "out/parts/whole.part";
  std::filesystem::resize_file(part, (1ULL << 30U) + 1);
  auto const again = run_program(run);
  CHECK(again.code == 0);
  CHECK(has(again.err, part + " is damaged (it is larger than 1024 MiB); its replications are run again"));
}
