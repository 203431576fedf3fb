#pragma once
// Runs the built program as a user would.

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "temporary.hpp"

using temporary::Folder;

struct Finished {
  int code = -1;  ///< exit code, or 1000 and the signal that killed it
  std::string out, err;
};

struct Circumstances {
  std::string stdout_to;  ///< a file instead of a pipe
  bool stdout_closed = false;
  bool reader_leaves = false;  ///< the other end of the pipe is closed at once
  rlim_t largest_file = RLIM_INFINITY;
  rlim_t address_space = RLIM_INFINITY;
  std::vector<std::string> environment;  ///< "NAME=value", added
  bool stdin_waits = false;              ///< standard input is a pipe into which nobody writes
  std::string stdin_from;                ///< a file as standard input
  bool as_nobody = false;                ///< by a user without rights; needs root
  int signal = 0;                        ///< sent after `after`
  std::chrono::milliseconds after{400};
};

inline std::string const tiny = CWTSIM_SOURCE_DIR "/scenarios/tiny.json";

namespace program_detail {

[[noreturn]] inline void become_program(std::vector<std::string> const& arguments, Circumstances const& c, int out,
                                        int err) {
  ::dup2(err, STDERR_FILENO);
  std::array<int, 2> in{};
  if (c.stdin_waits && ::pipe(in.data()) == 0) ::dup2(in[0], STDIN_FILENO);  // the other end stays open in the program
  if (!c.stdin_from.empty()) ::dup2(::open(c.stdin_from.c_str(), O_RDONLY), STDIN_FILENO);
  if (c.stdout_closed)
    ::close(STDOUT_FILENO);
  else if (!c.stdout_to.empty())
    ::dup2(::open(c.stdout_to.c_str(), O_WRONLY), STDOUT_FILENO);
  else
    ::dup2(out, STDOUT_FILENO);
  auto const lower = [](auto resource, rlim_t to) {
    struct rlimit limit {};
    ::getrlimit(resource, &limit);
    if (to >= limit.rlim_cur) return;
    limit.rlim_cur = to;
    ::setrlimit(resource, &limit);
  };
  lower(RLIMIT_FSIZE, c.largest_file);
  lower(RLIMIT_AS, c.address_space);
  for (auto const& variable : c.environment) ::putenv(const_cast<char*>(variable.c_str()));
  constexpr uid_t nobody = 65534;
  if (c.as_nobody && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) ::_exit(126);
  std::vector<char*> argv{const_cast<char*>("cwtsim")};
  for (auto const& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
  argv.push_back(nullptr);
  ::execv(CWTSIM_PROGRAM, argv.data());
  ::_exit(127);
}

/// Reads both pipes to their ends.
inline void drain(int out, int err, Finished& finished) {
  std::array<pollfd, 2> pipes{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
  std::array<char, 65536> buffer{};
  while (pipes[0].fd >= 0 || pipes[1].fd >= 0) {
    ::poll(pipes.data(), pipes.size(), -1);
    for (std::size_t i = 0; i < 2; ++i) {
      if (pipes[i].fd < 0 || pipes[i].revents == 0) continue;
      auto const n = ::read(pipes[i].fd, buffer.data(), buffer.size());
      if (n > 0)
        (i == 0 ? finished.out : finished.err).append(buffer.data(), static_cast<std::size_t>(n));
      else
        pipes[i].fd = -1;
    }
  }
}

}  // namespace program_detail

inline Finished run_program(std::vector<std::string> const& arguments, Circumstances const& c = {}) {
  std::array<int, 2> out{}, err{};
  if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0) return {};
  auto const child = ::fork();
  if (child == 0) program_detail::become_program(arguments, c, out[1], err[1]);
  ::close(out[1]);
  ::close(err[1]);
  if (c.reader_leaves) ::close(out[0]);
  std::thread signaller;
  if (c.signal != 0)
    signaller = std::thread([&c, child] {
      std::this_thread::sleep_for(c.after);
      ::kill(child, c.signal);
    });
  Finished finished;
  program_detail::drain(c.reader_leaves ? -1 : out[0], err[0], finished);
  if (signaller.joinable()) signaller.join();
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!c.reader_leaves) ::close(out[0]);
  ::close(err[0]);
  finished.code = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  return finished;
}

inline bool has(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

inline std::string text_of(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}
