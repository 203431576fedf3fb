#pragma once
// The tests there are, read from the sources, for pages that name them.

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace house {

namespace fs = std::filesystem;

inline fs::path const top = CWTSIM_SOURCE_DIR;

inline std::string text_of(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// "folder: name" of every test in a source; a name may be written in several pieces.
inline void add_tests(std::string const& folder, std::string const& source, std::set<std::string>& tests) {
  static std::regex const test("TEST_CASE\\(\\s*((\"([^\"\\\\]|\\\\.)*\"\\s*)+)"), piece("\"(([^\"\\\\]|\\\\.)*)\"");
  for (std::sregex_iterator it(source.begin(), source.end(), test), end; it != end; ++it) {
    std::string const pieces = it->str(1);
    std::string name;
    for (std::sregex_iterator p(pieces.begin(), pieces.end(), piece); p != end; ++p) name += p->str(1);
    tests.insert(folder + ": " + name);
  }
}

inline std::set<std::string> all_tests() {
  std::set<std::string> tests;
  for (auto const& entry : fs::recursive_directory_iterator(top / "tests")) {
    if (entry.path().extension() != ".cpp") continue;
    add_tests(fs::relative(entry.path(), top / "tests").begin()->string(), text_of(entry.path()), tests);
  }
  return tests;
}

}  // namespace house
