#include "resume.hpp"

#include <atomic>
#include <random>

namespace {

namespace fs = std::filesystem;

std::size_t parts_in(std::string const& out) {
  std::error_code error;
  auto const folder = fs::directory_iterator(fs::path(out) / "parts", error);
  return static_cast<std::size_t>(std::distance(folder, fs::directory_iterator()));
}

/// Kills the run at random moments until it ends by itself.
void survive(std::vector<std::string> const& arguments, std::string const& out, int kills, unsigned seed,
             std::chrono::microseconds longest) {
  std::mt19937 random(seed);
  for (int k = 0; k < kills; ++k) {
    Circumstances killed;
    killed.signal = SIGKILL;
    killed.after =
        std::chrono::milliseconds(random() % static_cast<unsigned long>(std::max<long>(longest.count() / 1000, 1)));
    auto const finished = run_program(arguments, killed);
    INFO(finished.err);
    CHECK((finished.code == 1000 + SIGKILL || finished.code == 0));
    if (!fs::exists(out)) continue;  // killed before it had made the folder
    for (auto const& [name, text] : texts_of(out)) {
      INFO(name);
      bool const unfinished = fs::path(name).filename().string().front() == '.';
      if (fs::path(name).extension() == ".part" && !unfinished) CHECK(is_whole_part(text));
    }
  }
  CHECK(run_program(arguments).code == 0);
}

void kill_at_every(int step) {
  Folder const folder;
  std::vector<std::string> const twelve{"--replications", "12", "--threads", "1"};
  REQUIRE(run_program(short_run(folder / "unbroken", twelve)).code == 0);
  auto const unbroken = texts_of(folder / "unbroken");
  CHECK(unbroken.count("parts/whole.part") == 1);
  REQUIRE(run_program(short_run(folder / "counted", twelve), trouble("TROUBLE_COUNT_TO=" + (folder / "count"))).code ==
          0);
  int const writes = std::stoi(text_of(folder / "count"));
  CHECK(writes > 40);
  for (int k = 1; k <= writes; k += step) {
    INFO("killed at " << k);
    auto const out = folder / std::to_string(k);
    CHECK(run_program(short_run(out, twelve), trouble("TROUBLE_KILL_AT=" + std::to_string(k))).code == 1000 + SIGKILL);
    auto const repeated = run_program(short_run(out, {"--replications", "12", "--threads", k % 2 == 0 ? "3" : "1"}));
    INFO(repeated.err);
    CHECK(repeated.code == 0);
    CHECK(differences(unbroken, texts_of(out)) == "");
    fs::remove_all(out);
  }
}

}  // namespace

TEST_CASE("killed at every fourth write, a run ends as the unbroken one when it is repeated") {
  kill_at_every(4);
}

TEST_CASE("killed at every single write, a run ends as the unbroken one when it is repeated", "[.slow]") {
  kill_at_every(1);
}

TEST_CASE("a disk that is full from any write on costs nothing that was good") {
  Folder const folder;
  std::vector<std::string> const twelve{"--replications", "12", "--threads", "1"};
  REQUIRE(run_program(short_run(folder / "unbroken", twelve)).code == 0);
  auto const unbroken = texts_of(folder / "unbroken");
  for (int k = 1; k <= 50; k += 7) {
    INFO("full at " << k);
    auto const out = folder / std::to_string(k);
    auto const full = run_program(short_run(out, twelve), trouble("TROUBLE_FAIL_AT=" + std::to_string(k)));
    // A folder that cannot be made durable is no failure, and all that follows are those of the last file.
    CHECK((full.code == 28 || (k >= 48 && full.code == 0)));
    if (full.code == 28) CHECK(has(full.err, "No space left on device"));
    CHECK_FALSE(full.out.empty());
    CHECK(run_program(short_run(out, twelve)).code == 0);
    CHECK(differences(unbroken, texts_of(out)) == "");
  }
}

TEST_CASE("killed at random moments, with other threads each time, it ends as the unbroken one") {
  Folder const folder;
  auto const began = std::chrono::steady_clock::now();
  REQUIRE(run_program(short_run(folder / "unbroken", {"--replications", "230"})).code == 0);
  auto const took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  survive(short_run(folder / "killed", {"--replications", "230", "--threads", "2"}), folder / "killed", 4, 1, took);
  CHECK(differences(texts_of(folder / "unbroken"), texts_of(folder / "killed")) == "");
}

TEST_CASE("fifty kills at random moments", "[.slow]") {
  Folder const folder;
  auto const began = std::chrono::steady_clock::now();
  REQUIRE(run_program(short_run(folder / "unbroken", {"--replications", "1500"})).code == 0);
  auto const took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  auto const unbroken = texts_of(folder / "unbroken");
  for (unsigned seed = 1; seed <= 5; ++seed) {
    auto const out = folder / std::to_string(seed);
    survive(short_run(out, {"--replications", "1500", "--threads", std::to_string(seed)}), out, 10, seed, took / 4);
    CHECK(differences(unbroken, texts_of(out)) == "");
  }
}

TEST_CASE("under a precision a run that was cut short stops where the unbroken one does") {
  Folder const folder;
  std::vector<std::string> const precise{"--precision", "0.7"};
  REQUIRE(run_program(short_run(folder / "unbroken", precise)).code == 0);
  CHECK(has(text_of(folder / "unbroken/run.json"), "\"ended\": \"precise\""));
  for (auto const* at : {"6", "15", "22"}) {
    auto const out = folder / at;
    CHECK(run_program(short_run(out, precise), trouble(std::string("TROUBLE_KILL_AT=") + at)).code == 1000 + SIGKILL);
    CHECK(parts_in(out) >= 1);
    CHECK(run_program(short_run(out, precise)).code == 0);
    CHECK(differences(texts_of(folder / "unbroken"), texts_of(out)) == "");
  }
}

TEST_CASE("readers never see half a file") {
  Folder const folder;
  auto const out = folder / "out";
  std::atomic<bool> done = false;
  std::size_t parts = 0, tables = 0, halves = 0;
  std::thread reader([&] {
    while (!done) {
      std::error_code error;
      for (auto it = fs::recursive_directory_iterator(out, error); !error && it != fs::recursive_directory_iterator();
           it.increment(error)) {
        auto const name = it->path().filename().string();
        if (name.front() == '.' || !it->is_regular_file(error)) continue;
        auto const text = text_of(it->path());
        if (text.empty() && !fs::exists(it->path(), error)) continue;  // removed meanwhile
        bool const part = it->path().extension() == ".part";
        ++(part ? parts : tables);
        if (part ? !is_whole_part(text) : text.back() != '\n') ++halves;
      }
    }
  });
  auto const finished = run_program(short_run(out, {"--replications", "400"}));
  done = true;
  reader.join();
  CHECK(finished.code == 0);
  CHECK(parts > 10);
  CHECK(halves == 0);
}

TEST_CASE("a damaged part is told and run again, whatever bit it is") {
  Folder const folder;
  auto const out = folder / "out";
  std::vector<std::string> const twelve{"--replications", "12"};
  REQUIRE(run_program(short_run(folder / "unbroken", twelve)).code == 0);
  CHECK(run_program(short_run(out, twelve), trouble("TROUBLE_KILL_AT=15")).code == 1000 + SIGKILL);
  REQUIRE(parts_in(out) >= 2);
  auto const part = fs::path(out) / "parts/000000-000005.part";
  auto bytes = text_of(part);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  std::ofstream(part, std::ios::binary) << bytes;
  auto const repeated = run_program(short_run(out, twelve));
  CHECK(repeated.code == 0);
  CHECK(has(repeated.err, part.string() + " is damaged"));
  CHECK(differences(texts_of(folder / "unbroken"), texts_of(out)) == "");
}

TEST_CASE("a finished run is not run again, can be made longer, and not shorter") {
  Folder const folder;
  auto const out = folder / "out";
  auto const first = run_program(short_run(out, {"--replications", "7"}));
  auto const before = text_of(folder / "out/run.json");
  auto const again = run_program(short_run(out, {"--replications", "7"}));
  CHECK(again.code == 0);
  CHECK(again.out == first.out);
  CHECK(text_of(folder / "out/run.json") == before);
  fs::remove(out + "/waits.csv");
  CHECK(run_program(short_run(out, {"--replications", "7"})).code == 0);
  CHECK(fs::exists(out + "/waits.csv"));
  CHECK(run_program(short_run(out, {"--replications", "18"})).code == 0);
  REQUIRE(run_program(short_run(folder / "unbroken", {"--replications", "18"})).code == 0);
  CHECK(differences(texts_of(folder / "unbroken"), texts_of(out)) == "");
  auto const shorter = run_program(short_run(out, {"--replications", "7"}));
  CHECK(shorter.code == 2);
  CHECK(has(shorter.err, "it holds replications 0 to 17, and 0 to 6 are wanted"));
}

TEST_CASE("parts of something else are refused by name, unless forced") {
  Folder const folder;
  auto const out = folder / "out";
  REQUIRE(run_program(short_run(out, {"--replications", "6"})).code == 0);
  auto const kept = texts_of(out);
  struct Case {
    std::vector<std::string> more;
    std::string says;
  };
  for (auto const& [more, says] :
       {Case{{"--seed", "2"}, "is a part of seed 1, and this is 2"},
        Case{{"--scale", "/demand/*/per_week=1.1"}, "of another state of the scenario \"One clinic\""},
        Case{{"--max-events", "900"}, "of another state of the scenario"}}) {
    auto arguments = short_run(out, {"--replications", "6"});
    arguments.insert(arguments.end(), more.begin(), more.end());
    auto const refused = run_program(arguments);
    CHECK(refused.code == 2);
    INFO(refused.err);
    CHECK(has(refused.err, "whole.part is a part "));
    CHECK(has(refused.err, says));
    CHECK(has(refused.err, "--force"));
    CHECK(differences(kept, texts_of(out)) == "");
  }
  CHECK(run_program(short_run(out, {"--replications", "6", "--seed", "2", "--force"})).code == 0);
  REQUIRE(run_program(short_run(folder / "fresh", {"--replications", "6", "--seed", "2"})).code == 0);
  CHECK(differences(texts_of(folder / "fresh"), texts_of(out)) == "");
}

TEST_CASE("stopped by a time limit it keeps what it has, and that is what a run of so many gives") {
  Folder const folder;
  auto const out = folder / "out";
  auto const limited = run_program(short_run(out, {"--replications", "900000", "--time-limit", "0.3 s"}));
  CHECK(limited.code == 3);
  CHECK(has(limited.out, "TIME LIMIT: this is what "));
  CHECK(has(text_of(folder / "out/run.json"), "\"ended\": \"out_of_time\""));
  auto const rows = text_of(folder / "out/replications.csv");
  auto const kept = std::to_string(std::count(rows.begin(), rows.end(), '\n') - 1);
  CHECK(run_program(short_run(out, {"--replications", kept})).code == 0);
  REQUIRE(run_program(short_run(folder / "unbroken", {"--replications", kept})).code == 0);
  CHECK(differences(texts_of(folder / "unbroken"), texts_of(out)) == "");
}
