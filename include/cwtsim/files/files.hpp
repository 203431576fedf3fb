#pragma once
// Files that appear whole or not at all.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cwtsim::files {

enum class Existing : std::uint8_t { refuse, replace };

/// What went wrong with a file, with its path.
struct FileProblem {
  std::string what;
  int error = 0;  ///< errno
  /// The disk, the quota or the greatest size of a file is used up.
  [[nodiscard]] bool no_space() const;
};

/// A file that is written beside `path`, made durable and renamed to `path` at the end. Until then, and after an error,
/// `path` is as it was before.
class NewFile {
 public:
  /// Begins a file that will be at `path`; what goes wrong is told by finish().
  explicit NewFile(std::string path);
  ~NewFile();  ///< one that was not finished is gone
  NewFile(NewFile const&) = delete;
  NewFile& operator=(NewFile const&) = delete;
  /// Adds to what will be in the file.
  void append(std::string_view text);
  /// The first thing that went wrong since the beginning, or nothing: then the file is there.
  [[nodiscard]] std::optional<FileProblem> finish();

 private:
  void flush();
  std::string path_, temporary_, buffer_;
  int file_ = -1;
  int error_ = 0;
};

/// A NewFile in one go.
[[nodiscard]] std::optional<FileProblem> write_file(std::string const& path, std::string_view text);
/// Makes the folder (and those above it) and tries that a file can be made in it. What is wrong, or nothing. A folder
/// that holds anything is refused (EEXIST) unless it may be replaced: then files are written over one by one.
[[nodiscard]] std::optional<FileProblem> prepare_folder(std::string const& path, Existing existing);
/// Removes what programs that are no more left unfinished in a folder (on this machine, if several share the folder).
void remove_left_over(std::string const& folder);
/// The bytes of a file, or why they cannot be had ("it is a pipe, not a file").
struct FileBytes {
  std::string bytes;
  std::string problem;  ///< "": there is none
};
/// Reads a file that is not larger than so many bytes. What is no regular file (a pipe, a device, a socket, a folder)
/// is refused without waiting for it; standard input and what else the program was started with open may be anything,
/// by the names that the system gives them (/dev/stdin, /dev/fd/3).
[[nodiscard]] FileBytes read_file(std::string const& path, std::uint64_t most_bytes);
/// Likewise of any size; nothing if it cannot be read.
[[nodiscard]] std::optional<std::string> read_file(std::string const& path);
/// Likewise to the end of standard input.
[[nodiscard]] FileBytes read_standard_input(std::uint64_t most_bytes);
/// This machine, as it calls itself; "unknown" if it does not.
[[nodiscard]] std::string host_name();
/// A moment as in "2026-11-26T23:40:47Z".
[[nodiscard]] std::string utc_text(std::chrono::system_clock::time_point moment);

}  // namespace cwtsim::files
