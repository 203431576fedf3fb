#include "catch_compat.hpp"
#include "program.hpp"

TEST_CASE("check tells a sound scenario in one page") {
  auto const finished = run_program({"check", tiny});
  CHECK(finished.code == 0);
  CHECK(finished.err.empty());
  CHECK(has(finished.out, "One clinic"));
  CHECK(has(finished.out, "clinic: 4 steps: first_appointment, results, reassured, cancer"));
  CHECK(has(finished.out, "at best fds 0.0 of 28 days, by referral > first_appointment > results"));
  CHECK(has(finished.out, "clinic at hospital: 33.8 slots/week wanted, 35.9 offered (94%)"));
  CHECK(has(finished.out, "Evidence: 0 observed"));
}

TEST_CASE("check names the assumed numbers that the results lean on most") {
  auto const plain = run_program({"check", tiny});
  CHECK(has(
      plain.out,
      "Assumed numbers that the results lean on most\n  times, of the days of fds but those of waiting for capacity: "
      "clinic/results 98.0% (unmarked)"));
  CHECK(has(plain.out, "capacities, wanted of offered in the worst month: clinic at hospital 94% (unmarked)\n"));
  auto const measured = run_program({"check", tiny, "--set", "/pathways/clinic/steps/results/mark=\"observed\"",
                                     "--set", "/pathways/clinic/steps/first_appointment/mark=\"assumed\""});
  CHECK(has(measured.out,
            "  times, of the days of fds but those of waiting for capacity: "
            "clinic/first_appointment 2.0%\n"));
  CHECK_FALSE(has(measured.out, "clinic/results 98.0%"));
}

TEST_CASE("a run repeats what check knows: the evidence, what leans on it, and the ceiling") {
  auto const checked = run_program({"check", tiny}).out;
  auto const of_check = checked.substr(checked.find("\nEvidence: "));
  for (auto const* threads : {"1", "2"}) {
    auto const run = run_program({"run", tiny, "--replications", "2", "--threads", threads});
    CHECK(has(run.out, of_check));
    CHECK(has(run.out, "If nobody ever waited for capacity, only for the next opening: 97.6% within 28 days."));
  }
  CHECK(has(checked,
            "fds: half would take 7.0 days or less, 28 allowed; 97.6% within 28 days if they waited for the next "
            "opening and never for room\n"));
}

TEST_CASE("check walks enough patients to tell a busy list of a rare kind from one that grows") {
  // With 20,000 walkers it called a list at 87 % one that grows without limit.
  auto const finished = run_program({"check", CWTSIM_SOURCE_DIR "/scenarios/west-london.json", "--all"});
  CHECK(has(finished.out, "chemotherapy_chair at lnwh"));
  CHECK_FALSE(has(finished.out, "grows without limit"));
}

TEST_CASE("check says which list grows without limit") {
  auto const finished = run_program({"check", tiny, "--set", "/demand/gp_urgent/per_week=60"});
  CHECK(finished.code == 0);
  CHECK(has(finished.out, ": this list grows without limit"));
  CHECK_FALSE(has(run_program({"check", tiny}).out, "grows without limit"));
}

TEST_CASE("check finds what is wrong and runs nothing") {
  auto const finished = run_program({"check", tiny, "--set", "/pathways/clinic/start=\"no_such_step\""});
  CHECK(finished.code == 2);
  CHECK(finished.out.empty());
  CHECK(has(finished.err, "no_such_step"));
}

TEST_CASE("run answers on stdout and counts its events on stderr") {
  auto const finished = run_program({"run", tiny, "--replications", "5"});
  CHECK(finished.code == 0);
  CHECK(has(finished.out, "5 replications from number 0, seed 1."));
  CHECK(has(finished.out, "28-day faster diagnosis"));
  CHECK(has(finished.out, "95% interval"));
  CHECK_FALSE(has(finished.out, "\x1b["));
  CHECK(has(finished.err, "million events a second"));
  CHECK(run_program({"run", tiny, "--replications", "5", "--quiet"}).err.empty());
}

TEST_CASE("run takes as many replications as the scenario says, and its seed") {
  auto const finished = run_program({"run", tiny, "--quiet"});
  CHECK(has(finished.out, "20 replications from number 0, seed 1."));
  CHECK(finished.out == run_program({"run", tiny, "--quiet", "--seed", "1", "--replications", "20"}).out);
  CHECK(finished.out != run_program({"run", tiny, "--quiet", "--seed", "2"}).out);
}

TEST_CASE("one replication alone is that of the whole run") {
  Folder const folder;
  REQUIRE(run_program({"run", tiny, "--quiet", "--replications", "4", "--out", folder / "four"}).code == 0);
  REQUIRE(
      run_program({"run", tiny, "--quiet", "--first-replication", "3", "--replications", "1", "--out", folder / "one"})
          .code == 0);
  auto const four = text_of(folder / "four/replications.csv"), one = text_of(folder / "one/replications.csv");
  auto const row = one.substr(one.find('\n') + 1);
  CHECK(has(row, "base,3,completed,"));
  CHECK(has(four, row));
}

TEST_CASE("no more threads are run than a scheduler allots, and that is said") {
  auto const run = [](std::vector<std::string> more, std::vector<std::string> environment) {
    std::vector<std::string> arguments{"run", tiny, "--replications", "2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Circumstances job;
    job.environment = std::move(environment);
    return run_program(arguments, job);
  };
  auto const one = run({}, {"SLURM_CPUS_PER_TASK=1"});
  CHECK(one.code == 0);
  CHECK(has(one.err, " on 1 thread\n"));
  // a machine of one processor has nothing to say
  bool const several = sysconf(_SC_NPROCESSORS_ONLN) > 1;
  CHECK(has(one.err, "no more are allotted (SLURM_CPUS_PER_TASK=1)") == several);
  auto const asked = run({"--threads", "7"}, {"SLURM_CPUS_PER_TASK=1"});
  CHECK(has(asked.err, "1 thread and not 7: of the machine's ") == several);
  CHECK(has(asked.err, " on 1 thread\n") == several);
  auto const fewer = run({"--threads", "1"}, {"SLURM_CPUS_PER_TASK=1"});
  CHECK_FALSE(has(fewer.err, "allotted"));
  CHECK(run({"--quiet"}, {"SLURM_CPUS_PER_TASK=1"}).err.empty());
}

TEST_CASE("the number of threads changes no byte") {
  Folder const folder;
  auto const one = run_program({"run", tiny, "--quiet", "--threads", "1", "--out", folder / "1"});
  REQUIRE(one.code == 0);
  for (auto const* threads : {"2", "7"}) {
    auto const finished = run_program({"run", tiny, "--quiet", "--threads", threads, "--out", folder / threads});
    CHECK(finished.code == 0);
    CHECK(finished.out == one.out);
    std::size_t compared = 0;
    for (auto const& entry : std::filesystem::directory_iterator(folder / "1")) {
      if (entry.path().extension() != ".csv") continue;
      INFO(entry.path().filename().string());
      CHECK(text_of(entry.path()) == text_of(folder / threads + ("/" + entry.path().filename().string())));
      ++compared;
    }
    CHECK(compared == 15);
  }
}

TEST_CASE("replications that hit a limit: exit code 3, said and written") {
  Folder const folder;
  auto const finished = run_program(
      {"run", tiny, "--replications", "2", "--set", "/limits={\"max_in_system\": 40}", "--out", folder / "out"});
  CHECK(finished.code == 3);
  CHECK(has(finished.out, "LIMIT: 2 of 2 replications hit a limit"));
  CHECK(has(finished.out, "not estimable from 0 replications"));
  CHECK(has(text_of(folder / "out/replications.csv"), ",0,too_many_in_system,"));
  CHECK(has(text_of(folder / "out/run.json"), "\"hit_a_limit\": 2"));
}

TEST_CASE("graph writes a pathway for Graphviz") {
  auto const finished = run_program({"graph", tiny, "clinic"});
  CHECK(finished.code == 0);
  CHECK(has(finished.out, "digraph"));
  CHECK(has(finished.out, "\"clinic/results\" -> \"clinic/cancer\" [label=\"6 %\"];"));
  auto const unknown = run_program({"graph", tiny, "clinik"});
  CHECK(unknown.code == 2);
  CHECK(has(unknown.err, "did you mean 'clinic'?"));
}

TEST_CASE("help and schema tell what may be written") {
  CHECK(has(run_program({"help", "fields"}).out, "`horizon`"));
  CHECK(has(run_program({"help", "levers"}).out, "--scale"));
  CHECK(has(run_program({"help", "levers"}).out, "## lever files"));
  CHECK(has(run_program({"help", "distributions"}).out, "lognormal"));
  CHECK_FALSE(has(run_program({"help", "distributions"}).out, "## lever files"));
  CHECK(has(run_program({"help", "tables"}).out, "probability_met"));
  CHECK(has(run_program({"help"}).out, "check"));
  CHECK(run_program({"help", "cooking"}).code == 2);
  auto const schema = run_program({"schema"});
  CHECK(schema.code == 0);
  CHECK(has(schema.out, "json-schema.org"));
}
