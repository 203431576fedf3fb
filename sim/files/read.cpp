// Reading whole files, none of which may keep the program waiting.

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <utility>

#include "cwtsim/files/files.hpp"

namespace cwtsim::files {
namespace {

FileBytes refused(std::string why) {
  return {{}, std::move(why)};
}

/// What it is if it is no regular file, else "".
std::string_view other_than_file(mode_t mode) {
  if (S_ISDIR(mode)) return "it is a folder";
  if (S_ISFIFO(mode)) return "it is a pipe, not a file";
  if (S_ISSOCK(mode)) return "it is a socket, not a file";
  if (S_ISREG(mode)) return {};
  return "it is a device, not a file";
}

std::string too_large(std::uint64_t most_bytes) {
  constexpr std::uint64_t mib = 1U << 20U;
  return most_bytes % mib == 0 ? fmt::format("it is larger than {} MiB", most_bytes / mib)
                               : fmt::format("it is larger than {} bytes", most_bytes);
}

FileBytes read_all(int file, std::uint64_t most_bytes) {
  FileBytes read;
  std::array<char, 1 << 16> some{};
  for (;;) {
    auto const n = ::read(file, some.data(), some.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return refused(std::strerror(errno));
    if (n == 0) return read;
    read.bytes.append(some.data(), static_cast<std::size_t>(n));
    if (read.bytes.size() > most_bytes) return refused(too_large(most_bytes));
  }
}

/// The number of a file that was open from the start, by the name that the system gives it.
std::optional<int> open_already(std::string_view path) {
  if (path == "/dev/stdin") return STDIN_FILENO;
  for (std::string_view const folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    auto const number = path.substr(folder.size());
    int file = -1;
    auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), file);
    if (error == std::errc() && end == number.data() + number.size() && file >= 0) return file;
  }
  return std::nullopt;
}

}  // namespace

FileBytes read_standard_input(std::uint64_t most_bytes) {
  return read_all(STDIN_FILENO, most_bytes);
}

FileBytes read_file(std::string const& path, std::uint64_t most_bytes) {
  if (auto const file = open_already(path)) return read_all(*file, most_bytes);
  struct stat is {};
  // looked at before it is opened, for opening some devices does something; and after, for it may have been exchanged
  if (::stat(path.c_str(), &is) == 0)
    if (auto const what = other_than_file(is.st_mode); !what.empty()) return refused(std::string(what));
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0) return refused(std::strerror(errno));
  auto read = refused("it cannot be read");
  if (::fstat(file, &is) != 0)
    read = refused(std::strerror(errno));
  else if (auto const what = other_than_file(is.st_mode); !what.empty())
    read = refused(std::string(what));
  else if (static_cast<std::uint64_t>(is.st_size) > most_bytes)
    read = refused(too_large(most_bytes));
  else
    read = read_all(file, most_bytes);
  ::close(file);
  return read;
}

std::optional<std::string> read_file(std::string const& path) {
  auto read = read_file(path, UINT64_MAX);
  return read.problem.empty() ? std::optional(std::move(read.bytes)) : std::nullopt;
}

}  // namespace cwtsim::files
