#include "cwtsim/report/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace cwtsim::report {
namespace {

constexpr std::string_view unfinished = ".unfinished";

std::string message(std::string const& path, std::string_view what, int error) {
  return fmt::format("cannot {} {}: {}", what, path, std::strerror(error));
}

/// 0, or the error number.
int write_all(int file, std::string_view text) {
  while (!text.empty()) {
    auto const n = ::write(file, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return 0;
}

/// Makes the renaming itself durable. Some file systems cannot; the file is whole all the same.
void sync_folder(std::filesystem::path const& folder) {
  int const handle = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return;
  ::fsync(handle);
  ::close(handle);
}

bool is_unfinished(std::filesystem::path const& path) {
  auto const name = path.filename().string();
  return name.front() == '.' && name.find(unfinished) != std::string::npos;
}

std::optional<std::string> refusal_of(std::filesystem::path const& path, Existing existing) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return std::nullopt;
  if (!std::filesystem::is_directory(path, error))
    return fmt::format("cannot write into {}: it is not a folder", path.string());
  if (existing == Existing::replace) return std::nullopt;
  for (auto const& entry : std::filesystem::directory_iterator(path, error))
    if (!is_unfinished(entry.path()))
      return fmt::format("{} is not empty: it holds {}; choose another folder, or replace what it holds with --force",
                         path.string(), entry.path().filename().string());
  if (error) return fmt::format("cannot read {}: {}", path.string(), error.message());
  return std::nullopt;
}

}  // namespace

std::optional<std::string> write_file(std::string const& path, std::string_view text) {
  std::filesystem::path const target(path);
  auto const name = fmt::format(".{}{}.{}", target.filename().string(), unfinished, ::getpid());
  auto const temporary = (target.parent_path() / name).string();
  int const file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return message(path, "write", errno);
  int error = write_all(file, text);
  if (error == 0 && ::fsync(file) != 0 && errno != EINVAL) error = errno;
  if (::close(file) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
    return message(path, "write", error);
  }
  sync_folder(target.parent_path());
  return std::nullopt;
}

std::optional<std::string> prepare_folder(std::string const& path, Existing existing) {
  std::filesystem::path const folder(path);
  if (auto refusal = refusal_of(folder, existing)) return refusal;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fmt::format("cannot make the folder {}: {}", path, error.message());
  // Asking for permission says nothing of a read-only or full file system: try.
  auto const trial = (folder / fmt::format(".trial{}.{}", unfinished, ::getpid())).string();
  int const file = ::open(trial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return message(path, "write into", errno);
  ::close(file);
  ::unlink(trial.c_str());
  return std::nullopt;
}

}  // namespace cwtsim::report
