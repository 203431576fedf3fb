#include "catch_compat.hpp"
#include "program.hpp"

TEST_CASE("help and version go to stdout and end well") {
  auto const help = run_program({"--help"});
  CHECK(help.code == 0);
  for (auto const* command : {"check", "run", "graph", "help", "schema"}) CHECK(has(help.out, command));
  CHECK(help.err.empty());
  auto const run = run_program({"run", "--help"});
  CHECK(run.code == 0);
  for (auto const* option : {"--with", "--set", "--scale", "--replications", "--precision", "--first-replication",
                             "--seed", "--threads", "--out", "--force", "--quiet"})
    CHECK(has(run.out, option));
  auto const version = run_program({"--version"});
  CHECK(version.code == 0);
  CHECK(version.out == "cwtsim 0.1.0\n");
}

TEST_CASE("no command, an unknown one or an unknown option: usage on stderr, exit code 2") {
  for (auto const& arguments : std::vector<std::vector<std::string>>{
           {}, {"fly"}, {"run"}, {"run", tiny, "--nope"}, {"run", tiny, "too", "many"}, {"check"}, {"--nope"}, {""}}) {
    auto const finished = run_program(arguments);
    CHECK(finished.code == 2);
    CHECK(finished.out.empty());
    CHECK_FALSE(finished.err.empty());
  }
  CHECK(has(run_program({"fly"}).err, "fly"));
}

TEST_CASE("counts are read strictly") {
  for (auto const* option : {"--replications", "--first-replication", "--seed", "--threads"})
    for (auto const* text : {"3.7", "-1", "1e3", "abc", "", " 3", "3 ", "+3", "0x10", "99999999999999999999", "\xff"}) {
      INFO(std::string(option) + " '" + text + "'");
      auto const finished = run_program({"run", tiny, option, text});
      CHECK(finished.code == 2);
      CHECK(finished.out.empty());
      CHECK(has(finished.err, std::string(option) + ": '"));
      CHECK(has(finished.err, "is not a whole number from"));
    }
  CHECK(run_program({"run", tiny, "--replications", "0"}).code == 2);
  CHECK(run_program({"run", tiny, "--seed", "18446744073709551615", "--replications", "1"}).code == 0);
}

TEST_CASE("a precision is a number of points") {
  for (auto const* text : {"0", "-1", "nan", "inf", "1e1", "51", "half", "1,5"}) {
    INFO(text);
    auto const finished = run_program({"run", tiny, "--precision", text});
    CHECK(finished.code == 2);
    CHECK(has(finished.err, "--precision: '"));
  }
  CHECK(run_program({"run", tiny, "--precision", "1", "--replications", "3"}).code == 2);
  auto const precise = run_program({"run", tiny, "--precision", "2.5"});
  CHECK(precise.code == 0);
  CHECK(has(precise.out, "88 replications"));
  CHECK(has(precise.out, "sequential rule"));
}

TEST_CASE("a lever needs a pointer and a value") {
  for (auto const* option : {"--set", "--scale"}) {
    auto const finished = run_program({"run", tiny, option, "nothing"});
    CHECK(finished.code == 2);
    CHECK(has(finished.err, "nothing"));
  }
  CHECK(run_program({"run", tiny, "--set", "/horizon/no_such_field=1"}).code == 2);
  CHECK(run_program({"run", tiny, "--with", "no-such-file.json"}).code == 2);
}

TEST_CASE("levers are pulled in the order in which they are written") {
  std::string const slots = "/providers/hospital/resources/clinic/sessions/weekday/slots";
  // Set last: the scaling before it does not count.
  auto const set_last =
      run_program({"run", tiny, "--replications", "2", "--quiet", "--scale", slots + "=2", "--set", slots + "=7"});
  auto const scale_last =
      run_program({"run", tiny, "--replications", "2", "--quiet", "--set", slots + "=7", "--scale", slots + "=2"});
  REQUIRE(set_last.code == 0);
  REQUIRE(scale_last.code == 0);
  CHECK(has(set_last.out, " 34.0 slots"));
  CHECK(has(scale_last.out, " 67.9 slots"));
}

TEST_CASE("a missing or broken file is told on stderr with exit code 2") {
  Folder const folder;
  auto const missing = run_program({"run", folder / "missing.json", "--out", folder / "out"});
  CHECK(missing.code == 2);
  CHECK(missing.out.empty());
  CHECK(has(missing.err, "missing.json"));
  CHECK_FALSE(std::filesystem::exists(folder / "out"));
  std::ofstream(folder / "broken.json") << "{\n  \"schema\": 1,,\n}";
  auto const broken = run_program({"check", folder / "broken.json"});
  CHECK(broken.code == 2);
  CHECK(has(broken.err, "broken.json:2:"));
  std::ofstream(folder / "deep.json") << std::string(1'000'000, '[');
  auto const deep = run_program({"check", folder / "deep.json"});
  CHECK(deep.code == 2);
  CHECK(has(deep.err, "deep.json"));
  CHECK(run_program({"check", folder / ""}).code == 2);
}
