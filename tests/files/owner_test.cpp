#include "cwtsim/files/owner.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include "catch_compat.hpp"
#include "temporary.hpp"

using namespace cwtsim::files;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using temporary::Folder;

namespace {

using Owning = std::variant<OwnedFolder, InUse, FileProblem>;

bool is_ours(Owning const& owning) {
  return std::holds_alternative<OwnedFolder>(owning);
}

std::string text_of(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// What stands in `.owner` of a folder that is ours, with another value in one of its lines.
std::string changed(std::string text, std::string const& key, std::string const& value) {
  auto const at = text.find("\n" + key + " ") + key.size() + 2;
  return text.replace(at, text.find('\n', at) - at, value);
}

std::string words_of_a_lone_owner() {
  Folder const folder;
  auto const owning = own_folder(folder / "out");
  return text_of(folder / "out/.owner");
}

Pulse const quick{20ms, 200ms};

}  // namespace

TEST_CASE("a folder has one owner, who is named to others until he gives it back") {
  Folder const folder;
  {
    auto const first = own_folder(folder / "a/b");
    REQUIRE(is_ours(first));
    CHECK_FALSE(std::get<OwnedFolder>(first).heir_of());
    auto const second = own_folder(folder / "a/b");
    REQUIRE(std::holds_alternative<InUse>(second));
    auto const& by = std::get<InUse>(second).by.value();
    CHECK(by.process == ::getpid());
    CHECK(by.host == host_name());
    CHECK(words_of(by) == "process " + std::to_string(::getpid()) + " on " + host_name() + ", since " + by.started);
    CHECK(is_ours(own_folder(folder / "a/c")));
    CHECK(fs::exists(folder / "a/b/.owner"));
  }
  CHECK_FALSE(fs::exists(folder / "a"));  // nothing was put in
  CHECK(is_ours(own_folder(folder / "a/b")));
}

TEST_CASE("folders that hold something stay when they are given back") {
  Folder const folder;
  {
    auto const owning = own_folder(folder / "a/b");
    std::ofstream(folder / "a/letter") << "Dear";
  }
  CHECK(fs::exists(folder / "a/letter"));
  CHECK_FALSE(fs::exists(folder / "a/b"));
  fs::create_directory(folder / "mine");
  CHECK(is_ours(own_folder(folder / "mine")));
  CHECK(fs::exists(folder / "mine"));
}

TEST_CASE("the folder of a killed owner is taken over, and he is named") {
  Folder const folder;
  auto const child = ::fork();
  if (child == 0) {
    auto const owning = own_folder(folder / "out");
    std::ofstream(folder / "ready") << "x";
    for (;;) ::pause();
  }
  while (!fs::exists(folder / "ready")) std::this_thread::sleep_for(5ms);
  auto const alive = own_folder(folder / "out");
  REQUIRE(std::holds_alternative<InUse>(alive));
  CHECK(std::get<InUse>(alive).by.value().process == child);
  ::kill(child, SIGSTOP);
  CHECK(std::holds_alternative<InUse>(own_folder(folder / "out")));  // he may go on at any time
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  auto const heir = own_folder(folder / "out");
  REQUIRE(is_ours(heir));
  CHECK(std::get<OwnedFolder>(heir).heir_of().value().process == child);
}

TEST_CASE("an owner on another machine, whose lock is not seen, lives as long as his file says something new") {
  Folder const folder;
  fs::create_directory(folder / "out");
  auto const file = folder / "out/.owner";
  auto const other = changed(changed(words_of_a_lone_owner(), "host", "elsewhere"), "process", "1");
  REQUIRE_FALSE(write_file(file, other));
  std::atomic<bool> done = false;
  std::thread owner([&] {
    for (int beats = 1; !done; ++beats) {
      std::ofstream(file) << changed(other, "beats", std::to_string(beats));
      std::this_thread::sleep_for(quick.beat);
    }
  });
  auto const alive = own_folder(folder / "out", {20ms, 20s});  // it may be long before that thread has its turn
  done = true;
  owner.join();
  REQUIRE(std::holds_alternative<InUse>(alive));
  CHECK(std::get<InUse>(alive).by.value().host == "elsewhere");
  auto const began = std::chrono::steady_clock::now();
  auto const heir = own_folder(folder / "out", quick);
  CHECK(std::chrono::steady_clock::now() - began >= quick.patience);
  REQUIRE(is_ours(heir));
  CHECK(std::get<OwnedFolder>(heir).heir_of().value().host == "elsewhere");
}

TEST_CASE("a machine that was started anew is another one") {
  Folder const folder;
  fs::create_directory(folder / "out");
  REQUIRE_FALSE(write_file(folder / "out/.owner", changed(words_of_a_lone_owner(), "boot", "before")));
  auto const began = std::chrono::steady_clock::now();
  CHECK(is_ours(own_folder(folder / "out", quick)));
  CHECK(std::chrono::steady_clock::now() - began >= quick.patience);
}

TEST_CASE("an owner's heart beats, and stops when somebody else stands in the file") {
  Folder const folder;
  auto const owning = own_folder(folder / "out", quick);
  auto const& owned = std::get<OwnedFolder>(owning);
  auto const file = folder / "out/.owner";
  auto const before = text_of(file);
  for (int tenths = 0; tenths < 50 && text_of(file) == before; ++tenths) std::this_thread::sleep_for(100ms);
  CHECK(text_of(file) != before);
  CHECK_FALSE(owned.lost());
  auto const other = changed(before, "process", "1");
  REQUIRE_FALSE(write_file(file, other));
  std::this_thread::sleep_for(5 * quick.beat);
  CHECK(text_of(file) == other);
  auto const lost = owned.lost().value();
  CHECK(lost.error == EBUSY);
  CHECK(lost.what.find("has been taken over by another run, process 1 on ") != std::string::npos);
}

TEST_CASE("a file that is no owner's, or half of one, keeps nobody out") {
  Folder const folder;
  fs::create_directory(folder / "out");
  auto const whole = words_of_a_lone_owner();
  for (auto const& text : {std::string(), std::string("owner"), whole.substr(0, whole.size() / 2), whole + "x"}) {
    REQUIRE_FALSE(write_file(folder / "out/.owner", text));
    auto const owning = own_folder(folder / "out");
    REQUIRE(is_ours(owning));
    CHECK_FALSE(std::get<OwnedFolder>(owning).heir_of());
  }
}

TEST_CASE("a folder that cannot be had says why") {
  Folder const folder;
  std::ofstream(folder / "file") << "x";
  auto const file = own_folder(folder / "file");
  REQUIRE(std::holds_alternative<FileProblem>(file));
  CHECK(std::get<FileProblem>(file).what == "cannot write into " + (folder / "file") + ": it is not a folder");
  auto const below = own_folder(folder / "file/deeper");
  REQUIRE(std::holds_alternative<FileProblem>(below));
  CHECK(std::get<FileProblem>(below).what.find("cannot make the folder") == 0);
  auto const nowhere = own_folder("/proc/cwtsim");
  REQUIRE(std::holds_alternative<FileProblem>(nowhere));
}

TEST_CASE("of many who want a folder at the same moment one gets it, each time") {
  Folder const folder;
  for (int round = 0; round < 30; ++round) {
    auto const out = folder / ("out" + std::to_string(round));
    std::atomic<int> ready = 0, owners = 0, done = 0;
    std::vector<std::thread> wanting;
    for (int i = 0; i < 6; ++i)
      wanting.emplace_back([&] {
        ++ready;
        while (ready < 6) std::this_thread::yield();
        auto const owning = own_folder(out);
        owners += is_ours(owning) ? 1 : 0;
        ++done;
        while (done < 6) std::this_thread::yield();  // nobody gives it back before all have asked
      });
    for (auto& thread : wanting) thread.join();
    CHECK(owners == 1);
    CHECK_FALSE(fs::exists(out + "/.owner"));
  }
}
