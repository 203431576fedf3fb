#include "cwtsim/files/files.hpp"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch_compat.hpp"
#include "temporary.hpp"

using namespace cwtsim::files;
namespace fs = std::filesystem;
using temporary::Folder;

namespace {

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
  CHECK(problem->what == "cannot write " + (folder / "missing/a.csv") + ": No such file or directory");
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
  CHECK(problem->what.find("File too large") != std::string::npos);
  CHECK(problem->no_space());
  CHECK(text_of(folder / "a.csv") == "old");
  CHECK(entries(folder / "") == 1);
}

TEST_CASE("a file in pieces appears at the end, and one that is given up leaves nothing") {
  Folder const folder;
  std::string const piece(50'000, 'y');
  {
    NewFile file(folder / "a.csv");
    for (int i = 0; i < 5; ++i) file.append(piece);
    CHECK_FALSE(fs::exists(folder / "a.csv"));
    CHECK_FALSE(file.finish());
    NewFile given_up(folder / "b.csv");
    given_up.append(piece);
  }
  CHECK(text_of(folder / "a.csv") == piece + piece + piece + piece + piece);
  CHECK(entries(folder / "") == 1);
  CHECK(read_file(folder / "a.csv", 250'000).bytes.size() == 250'000);
  CHECK(read_file(folder / "b.csv", 250'000).problem == "No such file or directory");
}

TEST_CASE("what dead programs left unfinished is removed, what living ones write is not") {
  Folder const folder;
  auto const dead = ::fork();
  if (dead == 0) ::_exit(0);
  ::waitpid(dead, nullptr, 0);
  std::string mine;
  {
    NewFile file(folder / "a.csv");
    mine = fs::directory_iterator(folder / "")->path().filename().string();
    file.append("x");
    CHECK_FALSE(file.finish());
  }
  auto const stem = mine.substr(0, mine.rfind('.') + 1);
  auto const elsewhere =
      stem.substr(0, stem.find(".unfinished.")) + ".unfinished.another-machine." + std::to_string(dead);
  for (auto const& name : {stem + std::to_string(dead), stem + std::to_string(::getppid()), elsewhere})
    std::ofstream(folder / name) << "half";
  remove_left_over(folder / "");
  CHECK_FALSE(fs::exists(folder / (stem + std::to_string(dead))));
  CHECK(fs::exists(folder / (stem + std::to_string(::getppid()))));
  CHECK(fs::exists(folder / elsewhere));
  CHECK(fs::exists(folder / "a.csv"));
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
  CHECK(problem->what.find("is not empty: it holds run.json") != std::string::npos);
  CHECK(problem->error == EEXIST);
  CHECK_FALSE(prepare_folder(folder / "", Existing::replace));
  CHECK(text_of(folder / "run.json") == "{}");
}

TEST_CASE("what is no folder, or cannot be made, is refused with the reason") {
  Folder const folder;
  REQUIRE_FALSE(write_file(folder / "file", "x"));
  auto const file = prepare_folder(folder / "file", Existing::replace);
  REQUIRE(file);
  CHECK(file->what.find("it is not a folder") != std::string::npos);
  auto const below = prepare_folder(folder / "file/deeper", Existing::refuse);
  REQUIRE(below);
  CHECK(below->what.find("file/deeper") != std::string::npos);
  auto const nowhere = prepare_folder("/proc/cwtsim", Existing::refuse);
  REQUIRE(nowhere);
  CHECK(nowhere->what.find("cannot make the folder /proc/cwtsim") != std::string::npos);
}

TEST_CASE("a file of the greatest size is read, and a byte more is refused") {
  Folder const folder;
  folder.write("a", std::string(1000, 'x'));
  CHECK(read_file(folder / "a", 1000).bytes.size() == 1000);
  CHECK(read_file(folder / "a", 999).problem == "it is larger than 999 bytes");
  CHECK(read_file(folder / "a", 999).bytes.empty());
}

TEST_CASE("what is no regular file is refused without waiting for it") {
  Folder const folder;
  auto const pipe = folder / "pipe", socket = folder / "socket";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  REQUIRE(socket.size() < sizeof address.sun_path);
  socket.copy(address.sun_path, socket.size());
  int const listening = ::socket(AF_UNIX, SOCK_STREAM, 0);
  REQUIRE(::bind(listening, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0);
  CHECK(read_file(pipe, 10).problem == "it is a pipe, not a file");
  CHECK(read_file(socket, 10).problem == "it is a socket, not a file");
  CHECK(read_file("/dev/zero", 10).problem == "it is a device, not a file");
  CHECK(read_file(folder / "", 10).problem == "it is a folder");
  fs::create_symlink(pipe, folder / "link");
  CHECK(read_file(folder / "link", 10).problem == "it is a pipe, not a file");
  ::close(listening);
}
