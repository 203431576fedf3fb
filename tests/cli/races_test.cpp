// Two runs that are started together into one folder: one of them has it, and the other is refused by name.

#include "csv.hpp"
#include "resume.hpp"

namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

std::string const clinic = CWTSIM_SOURCE_DIR "/tests/cases/small_clinic.json";

Arguments run_into(std::string const& out, Arguments const& more) {
  Arguments arguments{"run", clinic, "--quiet", "--replications", "400", "--out", out};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

struct Kind {
  std::string name;
  std::array<Arguments, 2> of;
};
std::vector<Kind> const kinds{{"the same run", {Arguments{}, Arguments{}}},
                              {"two seeds", {Arguments{}, Arguments{"--seed", "2"}}},
                              {"two first replications", {Arguments{}, Arguments{"--first-replication", "400"}}}};

/// Exactly one is done, and the folder is that of a run that was alone.
void race(int times, Circumstances const& circumstances = {}) {
  Folder const folder;
  for (auto const& kind : kinds) {
    std::array<Texts, 2> alone;
    for (std::size_t i = 0; i < 2; ++i) {
      auto const out = folder / (kind.name + std::to_string(i));
      REQUIRE(run_program(run_into(out, kind.of[i])).code == 0);
      alone[i] = texts_of(out);
    }
    for (int k = 0; k < times; ++k) {
      INFO(kind.name << ", race " << k);
      auto const out = folder / "out";
      std::array<Finished, 2> ended;
      std::thread other([&] { ended[1] = run_program(run_into(out, kind.of[1]), circumstances); });
      ended[0] = run_program(run_into(out, kind.of[0]), circumstances);
      other.join();
      INFO(ended[0].err << ended[1].err);
      std::size_t const winner = ended[0].code == 0 ? 0 : 1;
      CHECK(ended[winner].code == 0);
      CHECK(ended[1 - winner].code == 16);
      CHECK(has(ended[1 - winner].err, "cwtsim: --out: " + out + " belongs to another run ("));
      CHECK(differences(alone[winner], texts_of(out)) == "");
      fs::remove_all(out);
    }
  }
}

/// A run that would take an hour, once it has made its folder; killed when this goes away.
class LongRun {
 public:
  explicit LongRun(std::string const& out) : process_(::fork()) {
    if (process_ == 0) {
      ::close(STDOUT_FILENO);
      ::execl(CWTSIM_PROGRAM, "cwtsim", "run", clinic.c_str(), "--quiet", "--replications", "1000000", "--out",
              out.c_str(), nullptr);
      ::_exit(127);
    }
    while (!fs::exists(out + "/parts")) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  ~LongRun() { kill(); }
  LongRun(LongRun const&) = delete;
  LongRun& operator=(LongRun const&) = delete;
  void kill() {
    if (process_ == 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }
  [[nodiscard]] pid_t process() const { return process_; }

 private:
  pid_t process_;
};

std::size_t replications_in(std::string const& out) {
  return csv::read(out + "/replications.csv").size();
}

}  // namespace

TEST_CASE("of two runs started together into one folder one is refused by name") {
  race(4);
}

TEST_CASE("of two runs started together one is refused where the file system has no locks") {
  race(4, trouble("TROUBLE_NO_LOCKS=1"));
}

TEST_CASE("fifty races of each kind, with locks and without", "[.slow]") {
  race(50);
  race(50, trouble("TROUBLE_NO_LOCKS=1"));
}

TEST_CASE("a folder in use is refused with its owner's name, whatever is asked for, and left as it was") {
  Folder const folder;
  auto const out = folder / "out";
  LongRun owner(out);
  for (auto const& more : {Arguments{}, Arguments{"--force"}, Arguments{"--seed", "9"}}) {
    auto const refused = run_program(run_into(out, more));
    INFO(refused.err);
    CHECK(refused.code == 16);
    CHECK(refused.out.empty());
    CHECK(has(refused.err, out + " belongs to another run (process " + std::to_string(owner.process()) + " on "));
    CHECK(has(refused.err, ", since 20"));
  }
  auto const rerun = run_program({"rerun", out});
  CHECK(rerun.code == 2);  // it has no run.json yet
  CHECK(fs::exists(out + "/.owner"));
}

TEST_CASE("the folder of a killed owner is gone on with, and that is said") {
  Folder const folder;
  for (auto const& [name, circumstances] :
       {std::pair{"locks", Circumstances{}}, std::pair{"none", trouble("TROUBLE_NO_LOCKS=1")}}) {
    INFO(name);
    auto const out = folder / name;
    LongRun owner(out);
    auto const process = std::to_string(owner.process());
    owner.kill();
    auto const limited = run_program(
        {"run", clinic, "--quiet", "--replications", "1000000", "--out", out, "--time-limit", "1 s", "--threads", "1"},
        circumstances);
    INFO(limited.err);
    CHECK(limited.code == 3);
    CHECK(has(limited.err, "The run that had " + out + " (process " + process + " on "));
    CHECK(has(limited.err, ") is no more: this one goes on with it\n"));
    CHECK_FALSE(fs::exists(out + "/.owner"));
    // What both did together is what one does alone.
    auto const n = std::to_string(replications_in(out));
    REQUIRE(run_program({"run", clinic, "--quiet", "--replications", n, "--out", folder / "alone", "--force"}).code ==
            0);
    CHECK(text_of(out + "/standards.csv") == text_of(folder / "alone/standards.csv"));
  }
}

TEST_CASE("a scenario with problems leaves no folder behind") {
  Folder const folder;
  CHECK(run_program({"run", tiny, "--set", "/pathways/clinic/start=nowhere", "--out", folder / "a/b"}).code == 2);
  CHECK_FALSE(fs::exists(folder / "a"));
}
