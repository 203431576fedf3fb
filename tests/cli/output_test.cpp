#include <algorithm>

#include "catch_compat.hpp"
#include "program.hpp"

namespace {

std::size_t lines_of(std::string const& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

bool any_unfinished(std::string const& folder) {
  for (auto const& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().filename().string().front() == '.') return true;
  return false;
}

}  // namespace

TEST_CASE("the folder of --out holds the tables and run.json") {
  Folder const folder;
  REQUIRE(run_program({"run", tiny, "--replications", "3", "--out", folder / "a/b", "--set", "/summary=\"changed\""})
              .code == 0);
  for (auto const* name : {"standards.csv", "years.csv", "waits.csv", "resources.csv", "waiting_list.csv", "steps.csv",
                           "replications.csv", "replications_long.csv", "arms.csv"}) {
    INFO(name);
    CHECK(lines_of(text_of(folder / "a/b/" + name)) >= 2);
  }
  CHECK(has(text_of(folder / "a/b/standards.csv"), "\na1,fds,"));
  CHECK(has(text_of(folder / "a/b/arms.csv"), "\na1,/summary=changed,"));  // quoted
  auto const run = text_of(folder / "a/b/run.json");
  for (auto const* part :
       {"\"seed\": 1", "\"replications\": 3", "\"first_replication\": 0", "\"version\": \"0.1.0\"", "\"compiler\": \"",
        "\"threads\": ", "\"seconds\": ", "\"events\": ", "\"events_per_second\": ", "\"exit_status\": 0",
        "\"commit\": \"", "\"flags\": \"", "\"host\": \"", "\"started\": \"20", "\"finished\": \"20",
        "\"command_line\": [\"run\",", "\"interrupted\": false"}) {
    INFO(part);
    CHECK(has(run, part));
  }
  CHECK_FALSE(any_unfinished(folder / "a/b"));
}

TEST_CASE("a folder that holds something is left alone without --force") {
  Folder const folder;
  std::filesystem::create_directories(folder / "out");
  std::ofstream(folder / "out/standards.csv") << "mine";
  auto const refused = run_program({"run", tiny, "--out", folder / "out"});
  CHECK(refused.code == 2);
  CHECK(refused.out.empty());
  CHECK(has(refused.err, "is not empty: it holds standards.csv"));
  CHECK(text_of(folder / "out/standards.csv") == "mine");
  CHECK(run_program({"run", tiny, "--replications", "2", "--out", folder / "out", "--force"}).code == 0);
  CHECK(has(text_of(folder / "out/standards.csv"), "arm,standard"));
}

TEST_CASE("a folder that cannot be made is told before anything runs") {
  auto const finished = run_program({"run", tiny, "--out", "/proc/cwtsim"});
  CHECK(finished.code == 2);
  CHECK(finished.out.empty());
  CHECK(has(finished.err, "/proc/cwtsim"));
}

TEST_CASE("a disk that fills up later: exit code 28, the report all the same, no half file") {
  Folder const folder;
  // three years, of which the tables hold more bytes than the parts
  std::vector<std::string> const command{
      "run", tiny, "--replications", "3", "--set", "/horizon/run_for=\"3 years\"", "--out", folder / "out"};
  Circumstances full;
  full.largest_file = 600;
  auto const finished = run_program(command, full);
  CHECK(finished.code == 28);
  CHECK(has(finished.err, "cannot write " + (folder / "out/parts/whole.part") + ": File too large"));
  CHECK(has(finished.out, "28-day faster diagnosis"));
  CHECK_FALSE(any_unfinished(folder / "out"));
  CHECK_FALSE(any_unfinished(folder / "out/parts"));
  // Room for the parts and not for the tables: what there is room for is whole, and the next time it is all there.
  full.largest_file = 3400;
  auto const tables = run_program(command, full);
  CHECK(tables.code == 28);
  CHECK(has(tables.err, "cannot write " + (folder / "out/standards.csv") + ": File too large"));
  CHECK_FALSE(std::filesystem::exists(folder / "out/run.json"));
  CHECK_FALSE(any_unfinished(folder / "out"));
  CHECK(run_program(command).code == 0);
  CHECK(lines_of(text_of(folder / "out/years.csv")) == 3);
}

TEST_CASE("a stdout that cannot be written to is told, not died of") {
  Circumstances full, closed, gone;
  full.stdout_to = "/dev/full";
  closed.stdout_closed = true;
  gone.reader_leaves = true;
  for (auto const& arguments : std::vector<std::vector<std::string>>{
           {"run", tiny, "--replications", "2"}, {"check", tiny}, {"--help"}, {"schema"}}) {
    auto const on_full = run_program(arguments, full);
    CHECK(on_full.code == 28);
    CHECK(has(on_full.err, "cannot write to standard output: No space left on device"));
    auto const on_closed = run_program(arguments, closed);
    CHECK(on_closed.code == 1);
    CHECK(has(on_closed.err, "cannot write to standard output"));
    auto const on_gone = run_program(arguments, gone);
    CHECK(on_gone.code == 1);
    CHECK(has(on_gone.err, "cannot write to standard output: Broken pipe"));
  }
}

TEST_CASE("a closed stdout costs no file and enters none") {
  Folder const folder;
  Circumstances closed;
  closed.stdout_closed = true;
  CHECK(run_program({"run", tiny, "--replications", "2", "--out", folder / "out"}, closed).code == 1);
  CHECK(has(text_of(folder / "out/standards.csv"), "arm,standard"));
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder / "out"))
    if (entry.is_regular_file()) CHECK_FALSE(has(text_of(entry.path()), "How often the standards are met\n"));
}

TEST_CASE("an interrupted run keeps what finished, and says so") {
  struct Case {
    int signal, code;
  };
  for (auto const [signal, code] : {Case{SIGINT, 130}, Case{SIGTERM, 75}, Case{SIGUSR1, 75}}) {
    Folder const folder;
    Circumstances interrupted;
    interrupted.signal = signal;
    auto const began = std::chrono::steady_clock::now();
    auto const finished = run_program({"run", tiny, "--replications", "1000000", "--out", folder / "out"}, interrupted);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
    CHECK(finished.code == code);
    CHECK(has(finished.out, "INTERRUPTED"));
    CHECK(has(text_of(folder / "out/run.json"), "\"interrupted\": true"));
    auto const replications = lines_of(text_of(folder / "out/replications.csv")) - 1;
    REQUIRE(replications >= 1);
    // What was kept is what a run of so many gives.
    auto const same =
        run_program({"run", tiny, "--replications", std::to_string(replications), "--out", folder / "same"});
    CHECK(same.code == 0);
    CHECK(text_of(folder / "out/standards.csv") == text_of(folder / "same/standards.csv"));
  }
}
