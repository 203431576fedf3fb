// What holds for every source, whatever room it stands in.

#include <algorithm>
#include <vector>

#include "catch_compat.hpp"
#include "named_tests.hpp"

using namespace house;

TEST_CASE("no source is longer than 400 lines") {
  std::size_t seen = 0;
  for (auto const* folder : {"include", "sim", "tests", "bench", "fuzz", "examples"}) {
    if (!fs::exists(top / folder)) continue;
    for (auto const& entry : fs::recursive_directory_iterator(top / folder)) {
      auto const extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp") continue;
      auto const text = text_of(entry.path());
      ++seen;
      INFO(fs::relative(entry.path(), top).string());
      CHECK(std::count(text.begin(), text.end(), '\n') <= 400);
    }
  }
  CHECK(seen > 40);
}

TEST_CASE("no file names a folder of the machine it was written on") {
  // Put together here, so that this file does not hold them itself.
  std::vector<std::string> const folders = {std::string("/wo") + "rk/", std::string("/ro") + "ot/",
                                            std::string("/fa") + "rm/", std::string("/tmp/ba") + "sh_jobs"};
  std::size_t seen = 0;
  for (auto entry = fs::recursive_directory_iterator(top); entry != fs::recursive_directory_iterator(); ++entry) {
    auto const name = entry->path().filename().string();
    bool const ours = name != "build" && name != ".git" && name != ".cache" && name != "__pycache__";
    auto const from_top = fs::relative(entry->path(), top);
    if (entry->is_directory()) {
      if (!ours || from_top == fs::path("outputs")) entry.disable_recursion_pending();
      continue;
    }
    // a worktree has a file .git
    if (!ours || !entry->is_regular_file() || name == "compile_commands.json") continue;
    auto const text = text_of(entry->path());
    ++seen;
    for (auto const& folder : folders) {
      INFO(from_top.string() + " mentions " + folder);
      CHECK(text.find(folder) == std::string::npos);
    }
  }
  CHECK(seen > 80);
}

TEST_CASE("no test has a name that ctest would take apart and then run nothing") {
  std::regex const name_of("TEST_CASE\\(\"([^\"]*)\"");
  std::size_t seen = 0;
  for (auto const& entry : fs::recursive_directory_iterator(top / "tests")) {
    if (entry.path().extension() != ".cpp") continue;
    auto const text = text_of(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), name_of), end; it != end; ++it, ++seen) {
      INFO(fs::relative(entry.path(), top).string() + ": " + it->str(1));
      CHECK(it->str(1).find(';') == std::string::npos);
      CHECK(it->str(1).front() != '-');  // it would be taken for an option
    }
  }
  CHECK(seen > 70);
}

TEST_CASE("the program's version is the project's") {
  auto const cmake = text_of(top / "CMakeLists.txt");
  auto const program = text_of(top / "include/cwtsim/study/version.hpp");
  std::smatch project, constant;
  REQUIRE(std::regex_search(cmake, project, std::regex("project\\(cwtsim VERSION ([0-9.]+)")));
  REQUIRE(std::regex_search(program, constant, std::regex("version = \"([0-9.]+)\"")));
  CHECK(project[1] == constant[1]);
}
