#pragma once
// A folder, or a file, that is there as long as the value.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace temporary {

/// A name that no other has at this time.
inline std::filesystem::path unused_path() {
  static int count = 0;
  return std::filesystem::temp_directory_path() /
         ("cwtsim-test-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
}

class Folder {
 public:
  Folder() : path_(unused_path()) {
    std::filesystem::remove_all(path_);  // of a process that had the number before
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;

  /// Writes a file (folders in the name are made) and returns its path.
  std::string write(std::string const& name, std::string const& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  [[nodiscard]] std::string operator/(std::string const& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A scenario file, or one of levers, with this text.
class File {
 public:
  explicit File(std::string const& text) : path_(folder_.write("file.json", text)) {}
  [[nodiscard]] std::string const& path() const { return path_; }

 private:
  Folder folder_;
  std::string path_;
};

}  // namespace temporary
