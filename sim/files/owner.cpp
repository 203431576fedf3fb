#include "cwtsim/files/owner.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): POSIX says that kill() is in this one
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "heartbeat.hpp"
#include "owner_file.hpp"

namespace cwtsim::files {

struct OwnedFolder::State {
  std::string path, file;
  std::vector<std::string> made;  ///< folders, the outermost first
  std::optional<Owner> before;
  Owner self;
  int handle = -1;
  std::optional<Heartbeat> heartbeat;
};

namespace {

namespace fs = std::filesystem;
using State = OwnedFolder::State;

constexpr char const* owner_name = ".owner";
constexpr int attempts = 20;  // a file may vanish or be another one between two looks at it
constexpr std::chrono::milliseconds moment{25};

FileProblem problem(std::string const& path, std::string_view what, int error) {
  return {fmt::format("cannot {} {}: {}", what, path, std::strerror(error)), error};
}

/// Takes the folders away that were made, those that are empty.
void remove_made(State const& state) {
  std::for_each(state.made.rbegin(), state.made.rend(), [](std::string const& folder) { ::rmdir(folder.c_str()); });
}

/// Makes what is missing of the path; what went wrong.
std::optional<FileProblem> make_folders(State& state) {
  std::error_code error;
  if (fs::exists(state.path, error) && !fs::is_directory(state.path, error))
    return FileProblem{fmt::format("cannot write into {}: it is not a folder", state.path), ENOTDIR};
  std::vector<fs::path> missing;
  for (auto at = fs::absolute(state.path, error).lexically_normal(); !at.empty() && !fs::exists(at, error);
       at = at.parent_path()) {
    missing.push_back(at);
    if (at == at.parent_path()) break;
  }
  std::for_each(missing.rbegin(), missing.rend(), [&](fs::path const& folder) {
    if (folder.has_filename() && fs::create_directory(folder, error)) state.made.push_back(folder.string());
  });
  fs::create_directories(state.path, error);
  if (!error) return std::nullopt;
  return FileProblem{fmt::format("cannot make the folder {}: {}", state.path, error.message()), error.value()};
}

/// The file behind a handle is still the one of this name.
bool is_at(int handle, std::string const& path) {
  struct stat of_handle {
  }, of_path{};
  return ::fstat(handle, &of_handle) == 0 && ::stat(path.c_str(), &of_path) == 0 &&
         of_handle.st_dev == of_path.st_dev && of_handle.st_ino == of_path.st_ino;
}

enum class Lock : std::uint8_t { ours, theirs, unknown };

Lock lock(int handle) {
  while (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return Lock::theirs;
    if (errno != EINTR) return Lock::unknown;  // a file system without locks
  }
  return Lock::ours;
}

/// Whether an owner of this machine lives, where no lock tells. A process may have the number of one that is no more.
bool lives_here(Owner const& owner) {
  if (::kill(static_cast<pid_t>(owner.process), 0) != 0 && errno == ESRCH) return false;
  auto const born = birth_of(owner.process);
  return born.empty() || owner.born.empty() || born == owner.born;
}

/// Whether its file says something new before patience is over.
bool still_beats(Owner const& owner, std::string const& file, Pulse pulse) {
  auto const end = std::chrono::steady_clock::now() + pulse.patience;
  while (std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::min(pulse.beat, moment));
    auto const now = read_owner(file);
    if (now && *now != owner) return true;
  }
  return false;
}

bool is_alive(Owner const& owner, Owner const& self, bool lock_is_ours, std::string const& file, Pulse pulse) {
  bool const same_machine = owner.host == self.host && owner.boot == self.boot;
  if (same_machine) return !lock_is_ours && lives_here(owner);
  return still_beats(owner, file, pulse);
}

enum class Taken : std::uint8_t { yes, no, again };

/// Where locks work: whoever has that of the file may write itself into it.
Taken take_by_lock(State& state, Pulse pulse, bool made) {
  if (!is_at(state.handle, state.file)) return Taken::again;
  auto before = read_owner(state.file);
  // Somebody on another machine may be writing it just now.
  for (int look = 0; look < 4 && !made && !before; ++look) {
    std::this_thread::sleep_for(moment);
    before = read_owner(state.file);
  }
  if (before && is_alive(*before, state.self, true, state.file, pulse)) return Taken::no;
  state.before = before;
  // On a full disk the lock alone has to do.
  static_cast<void>(write_owner(state.handle, state.self));
  return Taken::yes;
}

/// Where they do not: whoever makes the file has the folder. That of a dead owner is first put aside, by one alone.
Taken take_by_file(State& state, Pulse pulse, bool made) {
  if (!made) {
    auto const before = read_owner(state.file);
    if (before ? is_alive(*before, state.self, false, state.file, pulse) : still_beats({}, state.file, pulse))
      return Taken::no;
    auto const aside = fmt::format("{}.{}.{}", state.file, state.self.host, state.self.process);
    if (::rename(state.file.c_str(), aside.c_str()) != 0) return Taken::again;
    bool const was_another = read_owner(aside) != before;
    if (was_another) static_cast<void>(::link(aside.c_str(), state.file.c_str()));
    ::unlink(aside.c_str());
    if (was_another) return Taken::again;
    state.before = before;
    ::close(state.handle);
    state.handle = ::open(state.file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (state.handle < 0) return Taken::again;
  }
  return write_owner(state.handle, state.self) ? Taken::yes : Taken::no;
}

/// One look at the file, and a try to have it.
Taken try_to_take(State& state, Pulse pulse, int& error) {
  if (state.handle >= 0) ::close(state.handle);
  state.handle = ::open(state.file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  bool const made = state.handle >= 0;
  error = made ? 0 : errno;
  if (error == EEXIST) {
    state.handle = ::open(state.file.c_str(), O_RDWR | O_CLOEXEC);
    error = state.handle < 0 ? errno : 0;
  }
  if (error != 0) return Taken::again;
  switch (lock(state.handle)) {
    case Lock::ours:
      return take_by_lock(state, pulse, made);
    case Lock::theirs:
      return is_at(state.handle, state.file) ? Taken::no : Taken::again;
    case Lock::unknown:
      break;
  }
  return take_by_file(state, pulse, made);
}

}  // namespace

OwnedFolder::OwnedFolder(std::unique_ptr<State> state) : state_(std::move(state)) {}
OwnedFolder::OwnedFolder(OwnedFolder&&) noexcept = default;

OwnedFolder::~OwnedFolder() {
  if (!state_) return;
  auto& state = *state_;
  state.heartbeat.reset();
  // Under the lock: who opens the file now finds it gone, and looks again.
  if (!lost()) ::unlink(state.file.c_str());
  ::close(state.handle);
  remove_made(state);
}

std::string const& OwnedFolder::path() const {
  return state_->path;
}

std::optional<Owner> const& OwnedFolder::heir_of() const {
  return state_->before;
}

std::optional<FileProblem> OwnedFolder::lost() const {
  auto const now = read_owner(state_->file);
  if (!now || is_same(*now, state_->self)) return std::nullopt;
  return FileProblem{fmt::format("{} has been taken over by another run, {}: nothing more is written to it",
                                 state_->path, words_of(*now)),
                     EBUSY};
}

std::variant<OwnedFolder, InUse, FileProblem> own_folder(std::string const& path, Pulse pulse) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->file = (fs::path(path) / owner_name).string();
  state->self = this_process();
  int error = 0;
  bool refused = false;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    // Anew each time: whoever had it before may just be taking away the folders that it made.
    if (auto const wrong = make_folders(*state)) return *wrong;
    auto const taken = try_to_take(*state, pulse, error);
    if (taken == Taken::yes) {
      state->heartbeat.emplace(state->handle, state->file, state->self, pulse.beat);
      return OwnedFolder(std::move(state));
    }
    // Whoever holds the lock without a name is about to write it, or to see that its owner is no more.
    refused = taken == Taken::no;
    if (refused && attempt > 0 && read_owner(state->file)) break;
    if (error != 0 && error != ENOENT && error != EEXIST) break;
    std::this_thread::sleep_for(moment);
  }
  if (state->handle >= 0) ::close(state->handle);
  if (!refused && error != 0) {
    remove_made(*state);
    return problem(path, "write into", error);
  }
  return InUse{path, read_owner(state->file)};
}

bool is_owner_file(std::string const& name) {
  return name == owner_name || name.rfind(std::string(owner_name) + ".", 0) == 0;
}

}  // namespace cwtsim::files
