// Preloaded into the program under test: kills it at its k-th call that changes a file, or makes that call fail as on a
// full disk; or leaves it without locks, as some file systems of networks do. The product needs no hook for it.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

std::atomic<long> calls = 0;

long number_in(char const* name) {
  char const* const text = std::getenv(name);
  return text == nullptr ? -1 : std::atol(text);
}

template <class Function>
Function original(char const* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

enum class Fate { goes_on, killed, fails };

/// What happens at this call. The last count is left where the test can read it.
Fate next() {
  static long const kill_at = number_in("TROUBLE_KILL_AT"), fail_at = number_in("TROUBLE_FAIL_AT");
  long const call = ++calls;
  if (call == kill_at) return Fate::killed;
  return fail_at > 0 && call >= fail_at ? Fate::fails : Fate::goes_on;
}

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

/// This call fails as on a full disk; does not come back where the program is killed at it.
bool is_full() {
  Fate const fate = next();
  if (fate == Fate::killed) die();
  if (fate == Fate::fails) errno = ENOSPC;
  return fate == Fate::fails;
}

struct Report {
  ~Report() {
    if (char const* const path = std::getenv("TROUBLE_COUNT_TO"))
      if (auto* const file = std::fopen(path, "w")) {
        std::fprintf(file, "%ld", calls.load());
        std::fclose(file);
      }
  }
} const report;

}  // namespace

extern "C" {

ssize_t write(int file, void const* bytes, size_t size) {
  static auto const real = original<ssize_t (*)(int, void const*, size_t)>("write");
  if (file <= STDERR_FILENO) return real(file, bytes, size);
  switch (next()) {
    case Fate::goes_on:
      break;
    case Fate::killed:
      static_cast<void>(real(file, bytes, size / 2));  // torn
      die();
    case Fate::fails:
      errno = ENOSPC;
      return -1;
  }
  return real(file, bytes, size);
}

int fsync(int file) {
  static auto const real = original<int (*)(int)>("fsync");
  if (is_full()) return -1;
  return real(file);
}

int rename(char const* from, char const* to) {
  static auto const real = original<int (*)(char const*, char const*)>("rename");
  if (is_full()) return -1;
  return real(from, to);
}

int flock(int file, int operation) {
  static auto const real = original<int (*)(int, int)>("flock");
  if (std::getenv("TROUBLE_NO_LOCKS") == nullptr) return real(file, operation);
  errno = ENOLCK;
  return -1;
}

int unlink(char const* path) {
  static auto const real = original<int (*)(char const*)>("unlink");
  if (next() == Fate::killed) die();
  return real(path);
}

}  // extern "C"
