#include <sys/mount.h>
#include <sys/stat.h>

#include "resume.hpp"

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool sanitized = true, watched_by_thread_sanitizer = false;
#elif defined(__has_feature)
constexpr bool watched_by_thread_sanitizer = __has_feature(thread_sanitizer);
constexpr bool sanitized = __has_feature(address_sanitizer) || watched_by_thread_sanitizer;
#else
constexpr bool sanitized = false, watched_by_thread_sanitizer = false;
#endif

std::string const many = "/demand/gp_urgent/per_week=20000";

/// A small file system of its own, where that is allowed.
class SmallDisk {
 public:
  SmallDisk(std::string path, char const* size) : path_(std::move(path)) {
    std::filesystem::create_directories(path_);
    there_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, (std::string("size=") + size).c_str()) == 0;
  }
  ~SmallDisk() {
    if (there_) ::umount(path_.c_str());
  }
  SmallDisk(SmallDisk const&) = delete;
  SmallDisk& operator=(SmallDisk const&) = delete;
  [[nodiscard]] bool there() const { return there_; }
  void grow(char const* size) const {
    ::mount("tmpfs", path_.c_str(), "tmpfs", MS_REMOUNT, (std::string("size=") + size).c_str());
  }

 private:
  std::string path_;
  bool there_ = false;
};

}  // namespace

TEST_CASE("a full disk: exit code 28 with the path, nothing half, and more room lets it go on") {
  Folder const folder;
  SmallDisk const disk(folder / "disk", "24k");
  if (!disk.there()) {
    WARN("skipped: a small file system cannot be mounted here");
    return;
  }
  auto const out = folder / "disk/out";
  std::vector<std::string> const many_replications{"--replications", "100"};
  auto const full = run_program(short_run(out, many_replications));
  CHECK(full.code == 28);
  CHECK(has(full.err, "cannot write " + out));
  CHECK(has(full.err, "No space left on device"));
  for (auto const& [name, text] : texts_of(out)) {
    INFO(name);
    CHECK(std::filesystem::path(name).filename().string().front() != '.');
    if (std::filesystem::path(name).extension() == ".part") CHECK(is_whole_part(text));
  }
  disk.grow("1m");
  CHECK(run_program(short_run(out, many_replications)).code == 0);
  REQUIRE(run_program(short_run(folder / "unbroken", many_replications)).code == 0);
  CHECK(differences(texts_of(folder / "unbroken"), texts_of(out)) == "");
}

TEST_CASE("a folder that may not be written to is told before anything runs") {
  if (::geteuid() != 0) {
    WARN("skipped: needs root to become somebody else");
    return;
  }
  Folder const folder;
  std::filesystem::create_directories(folder / "out");
  ::chmod((folder / "out").c_str(), 0555);
  Circumstances other_user;
  other_user.as_nobody = true;
  if (run_program({"check", tiny}, other_user).code != 0) {
    WARN("skipped: the program cannot be reached by another user here");
    return;
  }
  auto const finished = run_program(short_run(folder / "out"), other_user);
  CHECK(finished.code == 2);
  CHECK(finished.out.empty());
  CHECK(has(finished.err, "cannot write into " + (folder / "out") + ": Permission denied"));
}

TEST_CASE("a signal stops a long replication within two seconds") {
  // one replication of far more than two seconds
  std::vector<std::string> const endless{"run",
                                         tiny,
                                         "--quiet",
                                         "--replications",
                                         "1",
                                         "--set",
                                         many,
                                         "--set",
                                         "/horizon/run_for=\"30 years\"",
                                         "--set",
                                         "/limits={\"max_events\": 900000000, \"max_in_system\": 90000000}"};
  Circumstances stopped;
  stopped.signal = SIGUSR1;
  if (sanitized) stopped.after = std::chrono::seconds(4);  // it is to have been read and begun
  auto const began = std::chrono::steady_clock::now();
  auto const finished = run_program(endless, stopped);
  auto const took = std::chrono::steady_clock::now() - began - stopped.after;
  INFO(std::chrono::duration<double>(took).count());
  CHECK(took < std::chrono::seconds(sanitized ? 20 : 2));
  CHECK(finished.code == 75);
  CHECK(has(finished.out, "INTERRUPTED: this is what 0 replications that finished say."));
}

TEST_CASE("a second signal kills at once") {
  // The reader does not read: the report cannot be written, and the first signal alone would wait for ever.
  std::array<int, 2> full{};
  REQUIRE(::pipe2(full.data(), O_CLOEXEC) == 0);
  ::fcntl(full[1], F_SETFL, O_NONBLOCK);
  while (::write(full[1], "x", 1) == 1) continue;
  ::fcntl(full[1], F_SETFL, 0);
  auto const child = ::fork();
  if (child == 0) {
    ::dup2(full[1], STDOUT_FILENO);
    ::execl(CWTSIM_PROGRAM, "cwtsim", "run", tiny.c_str(), "--quiet", "--replications", "1000000", nullptr);
    ::_exit(127);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  ::kill(child, SIGTERM);
  std::this_thread::sleep_for(std::chrono::seconds(1));
  int status = 0;
  CHECK(::waitpid(child, &status, WNOHANG) == 0);  // it waits for its reader
  ::kill(child, SIGTERM);
  // The thread sanitizer hands a signal on at the next call that it watches, and this one does not come back.
  auto ended = ::waitpid(child, &status, WNOHANG);
  for (int tenths = 0; ended == 0 && tenths < 200; ++tenths) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    ended = ::waitpid(child, &status, WNOHANG);
  }
  if (ended == 0) {
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
  }
  ::close(full[0]);
  ::close(full[1]);
  if (watched_by_thread_sanitizer) return;
  CHECK(ended == child);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGTERM);
}

TEST_CASE("the option --max-events stands in the place of the scenario's limit") {
  auto const finished = run_program({"run", tiny, "--replications", "2", "--max-events", "500"});
  CHECK(finished.code == 3);
  CHECK(has(finished.out, "LIMIT: 2 of 2 replications hit a limit"));
}

TEST_CASE("the option --max-memory ends a replication that would need more, and is kept to") {
  Folder const folder;
  std::vector<std::string> const greedy{"run",
                                        tiny,
                                        "--quiet",
                                        "--replications",
                                        "1",
                                        "--threads",
                                        "1",
                                        "--set",
                                        many,
                                        "--set",
                                        "/limits={\"max_events\": 900000000, \"max_in_system\": 90000000}",
                                        "--out",
                                        folder / "out",
                                        "--max-memory",
                                        "20 MB"};
  Circumstances tight;
  // The program itself, its libraries and the reading need about 300 MB of addresses.
  if (!sanitized) tight.address_space = 400'000'000;
  auto const finished = run_program(greedy, tight);
  INFO(finished.err);
  CHECK(finished.code == 3);
  CHECK(has(text_of(folder / "out/replications.csv"), ",too_much_memory,"));
  auto const refused = run_program({"run", tiny, "--max-memory", "4 kB"});
  CHECK(refused.code == 2);
  CHECK(has(refused.err, "--max-memory: the tables of a replication alone need 1 MB"));
}

TEST_CASE("without memory it ends in words, not by a signal") {
  if (sanitized) {
    WARN("skipped: a sanitizer needs more addresses than are given here");
    return;
  }
  constexpr int by_signal = 1000, not_loaded = 127;
  std::size_t said = 0, did_not_begin = 0;
  for (rlim_t const megabytes : {18U, 20U, 22U, 24U, 26U, 28U, 30U, 35U, 40U, 60U, 80U, 100U, 150U, 200U}) {
    Circumstances small;
    small.address_space = megabytes * 1'000'000;
    auto const version = run_program({"--version"}, small);
    if (version.code >= by_signal || version.code == not_loaded) continue;  // the libraries alone do not fit
    if (version.code == 1) {
      CHECK(has(version.err, "cwtsim: out of memory"));
      ++did_not_begin;
    }
    auto const finished = run_program({"run", tiny, "--quiet", "--replications", "4", "--threads", "8"}, small);
    INFO(megabytes << " MB: " << finished.code << " " << finished.err);
    CHECK(finished.code < by_signal);
    if (finished.code != 1) continue;
    ++said;
    CHECK(has(finished.err, "cwtsim: "));
    CHECK(has(finished.err, "fewer --threads need less"));
    CHECK_FALSE(has(finished.err, "our fault"));
  }
  CHECK(did_not_begin >= 1);
  CHECK(said > did_not_begin);
}

TEST_CASE("limits are lengths, counts and sizes") {
  struct Case {
    std::string option, value;
  };
  for (auto const& [option, value] :
       {Case{"--time-limit", "10"}, Case{"--time-limit", "-1 s"}, Case{"--time-limit", "400 days"},
        Case{"--save-every", "often"}, Case{"--max-events", "0"}, Case{"--max-events", "1e6"},
        Case{"--max-memory", "100"}, Case{"--max-memory", "1.5 GB"}, Case{"--max-memory", "-1 MB"},
        Case{"--max-memory", "0 MB"}, Case{"--max-memory", "99999999999 GB"}}) {
    auto const finished = run_program({"run", tiny, option, value});
    INFO(option << " " << value);
    CHECK(finished.code == 2);
    CHECK(has(finished.err, option + ": '" + value + "' is not a"));
  }
}
