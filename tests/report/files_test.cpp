#include "cwtsim/report/files.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch_compat.hpp"

using namespace cwtsim::report;
namespace fs = std::filesystem;

namespace {

/// A folder of its own, gone afterwards.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("cwtsim-files-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  [[nodiscard]] std::string operator/(std::string const& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

std::string text_of(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::size_t entries(std::string const& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("a file is written whole, replaces the old one and leaves nothing beside it") {
  Folder const folder;
  CHECK_FALSE(write_file(folder / "a.csv", "old"));
  CHECK_FALSE(write_file(folder / "a.csv", "new text\n"));
  CHECK(text_of(folder / "a.csv") == "new text\n");
  CHECK(entries(folder / "") == 1);
}

TEST_CASE("a file that cannot be made is told with its path and reason") {
  Folder const folder;
  auto const problem = write_file(folder / "missing/a.csv", "x");
  REQUIRE(problem);
  CHECK(*problem == "cannot write " + (folder / "missing/a.csv") + ": No such file or directory");
}

TEST_CASE("a full disk keeps the old file whole and leaves no half one") {
  Folder const folder;
  REQUIRE_FALSE(write_file(folder / "a.csv", "old"));
  struct rlimit before {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  auto small = before;
  small.rlim_cur = 1000;
  auto const handler = std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small);
  auto const problem = write_file(folder / "a.csv", std::string(5000, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  REQUIRE(problem);
  CHECK(problem->find("File too large") != std::string::npos);
  CHECK(text_of(folder / "a.csv") == "old");
  CHECK(entries(folder / "") == 1);
}

TEST_CASE("a folder is made with those above it, and an empty one is taken") {
  Folder const folder;
  CHECK_FALSE(prepare_folder(folder / "a/b", Existing::refuse));
  CHECK(fs::is_directory(folder / "a/b"));
  CHECK(entries(folder / "a/b") == 0);
  CHECK_FALSE(prepare_folder(folder / "a/b", Existing::refuse));
}

TEST_CASE("a folder that holds something is refused unless it may be replaced") {
  Folder const folder;
  REQUIRE_FALSE(write_file(folder / "run.json", "{}"));
  auto const problem = prepare_folder(folder / "", Existing::refuse);
  REQUIRE(problem);
  CHECK(problem->find("is not empty: it holds run.json") != std::string::npos);
  CHECK(problem->find("--force") != std::string::npos);
  CHECK_FALSE(prepare_folder(folder / "", Existing::replace));
  CHECK(text_of(folder / "run.json") == "{}");
}

TEST_CASE("what is no folder, or cannot be made, is refused with the reason") {
  Folder const folder;
  REQUIRE_FALSE(write_file(folder / "file", "x"));
  auto const file = prepare_folder(folder / "file", Existing::replace);
  REQUIRE(file);
  CHECK(file->find("it is not a folder") != std::string::npos);
  auto const below = prepare_folder(folder / "file/deeper", Existing::refuse);
  REQUIRE(below);
  CHECK(below->find("file/deeper") != std::string::npos);
  auto const nowhere = prepare_folder("/proc/cwtsim", Existing::refuse);
  REQUIRE(nowhere);
  CHECK(nowhere->find("cannot make the folder /proc/cwtsim") != std::string::npos);
}
