#include "cwtsim/files/files.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): POSIX says that kill() is in this one
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "cwtsim/files/owner.hpp"

namespace cwtsim::files {
namespace {

constexpr std::string_view unfinished = ".unfinished.";
constexpr std::size_t buffer_size = 1 << 16;

FileProblem problem(std::string const& path, std::string_view what, int error) {
  return {fmt::format("cannot {} {}: {}", what, path, std::strerror(error)), error};
}

/// Calls again whatever a signal interrupted.
template <class Call>
auto persist(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

/// 0, or the error number.
int write_all(int file, std::string_view text) {
  while (!text.empty()) {
    auto const n = persist([&] { return ::write(file, text.data(), text.size()); });
    if (n < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return 0;
}

int create(std::string const& path) {
  return persist([&] { return ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666); });
}

/// Makes the renaming itself durable. Some file systems cannot; the file is whole all the same.
void sync_folder(std::filesystem::path const& folder) {
  int const handle = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return;
  persist([handle] { return ::fsync(handle); });
  ::close(handle);
}

/// This machine, in letters that a file name may have; a folder may be shared with others.
std::string machine() {
  auto name = host_name();
  for (char& c : name) c = c == '.' || c == '/' ? '-' : c;
  return name;
}

/// ".standards.csv.unfinished.MACHINE.PROCESS"
std::string name_until_finished(std::string const& name) {
  return fmt::format(".{}{}{}.{}", name, unfinished, machine(), ::getpid());
}

bool is_unfinished(std::filesystem::path const& path) {
  auto const name = path.filename().string();
  return name.front() == '.' && name.find(unfinished) != std::string::npos;
}

/// True for an unfinished file of a process of this machine that is no more.
bool is_left_over(std::filesystem::path const& path) {
  if (!is_unfinished(path)) return false;
  auto const name = path.filename().string();
  auto const owner = name.substr(name.rfind(unfinished) + unfinished.size());
  auto const dot = owner.rfind('.');
  if (dot == std::string::npos || owner.substr(0, dot) != machine()) return false;
  pid_t process = 0;
  auto const [end, error] = std::from_chars(owner.data() + dot + 1, owner.data() + owner.size(), process);
  if (error != std::errc() || end != owner.data() + owner.size() || process <= 0) return false;
  return process == ::getpid() || (::kill(process, 0) != 0 && errno == ESRCH);
}

std::optional<FileProblem> refusal_of(std::filesystem::path const& path, Existing existing) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return std::nullopt;
  if (!std::filesystem::is_directory(path, error))
    return FileProblem{fmt::format("cannot write into {}: it is not a folder", path.string()), ENOTDIR};
  if (existing == Existing::replace) return std::nullopt;
  for (auto const& entry : std::filesystem::directory_iterator(path, error))
    if (!is_unfinished(entry.path()) && !is_owner_file(entry.path().filename().string()))
      return FileProblem{fmt::format("{} is not empty: it holds {}", path.string(), entry.path().filename().string()),
                         EEXIST};
  if (error) return FileProblem{fmt::format("cannot read {}: {}", path.string(), error.message()), error.value()};
  return std::nullopt;
}

}  // namespace

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

std::string utc_text(std::chrono::system_clock::time_point moment) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(moment)));
}

bool FileProblem::no_space() const {
  return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

NewFile::NewFile(std::string path) : path_(std::move(path)) {
  std::filesystem::path const target(path_);
  temporary_ = (target.parent_path() / name_until_finished(target.filename().string())).string();
  file_ = create(temporary_);
  if (file_ < 0) error_ = errno;
}

NewFile::~NewFile() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(temporary_.c_str());
}

void NewFile::append(std::string_view text) {
  if (buffer_.size() + text.size() > buffer_size) flush();
  if (text.size() > buffer_size && error_ == 0)
    error_ = write_all(file_, text);
  else if (error_ == 0)
    buffer_ += text;
}

void NewFile::flush() {
  if (error_ == 0) error_ = write_all(file_, buffer_);
  buffer_.clear();
}

std::optional<FileProblem> NewFile::finish() {
  flush();
  if (file_ >= 0) {
    if (error_ == 0 && persist([this] { return ::fsync(file_); }) != 0 && errno != EINVAL) error_ = errno;
    // After EINTR the file is closed all the same.
    if (::close(file_) != 0 && errno != EINTR && error_ == 0) error_ = errno;
    file_ = -1;
    if (error_ == 0 && ::rename(temporary_.c_str(), path_.c_str()) != 0) error_ = errno;
    if (error_ != 0) ::unlink(temporary_.c_str());
  }
  if (error_ != 0) return problem(path_, "write", error_);
  sync_folder(std::filesystem::path(path_).parent_path());
  return std::nullopt;
}

std::optional<FileProblem> write_file(std::string const& path, std::string_view text) {
  NewFile file(path);
  file.append(text);
  return file.finish();
}

std::optional<FileProblem> prepare_folder(std::string const& path, Existing existing) {
  std::filesystem::path const folder(path);
  if (auto refusal = refusal_of(folder, existing)) return refusal;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return FileProblem{fmt::format("cannot make the folder {}: {}", path, error.message()), error.value()};
  // Asking for permission says nothing of a read-only or full file system: try.
  auto const trial = (folder / name_until_finished("trial")).string();
  int const file = create(trial);
  if (file < 0) return problem(path, "write into", errno);
  ::close(file);
  ::unlink(trial.c_str());
  return std::nullopt;
}

void remove_left_over(std::string const& folder) {
  std::error_code error;
  for (auto const& entry : std::filesystem::directory_iterator(folder, error))
    if (is_left_over(entry.path())) ::unlink(entry.path().c_str());
}

}  // namespace cwtsim::files
