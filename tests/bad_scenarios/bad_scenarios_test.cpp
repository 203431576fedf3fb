// Every file in this folder is refused, with exactly the text beside it. CWTSIM_UPDATE=1 writes the texts anew.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "cwtsim/io/read.hpp"
#include "cwtsim/scenario/validate.hpp"

namespace fs = std::filesystem;

namespace {

fs::path const folder = "tests/bad_scenarios";

std::string content_of(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What `cwtsim check` prints on stderr; levers/NAME.json, where there is one, is given as --with.
std::string refusal_of(fs::path const& file) {
  cwtsim::io::ReadRequest request{file.generic_string(), {}, {}};
  auto const levers = folder / "levers" / file.filename();
  if (fs::exists(levers)) request.with.push_back(levers.generic_string());
  auto result = cwtsim::io::read_scenario(request);
  if (result.problems.empty()) result.problems = cwtsim::scenario::validate(result.scenario);
  result.where.locate(result.problems);
  return result.problems.empty() ? "" : cwtsim::io::format_problems(result.problems, file.generic_string());
}

std::vector<fs::path> bad_files() {
  std::vector<fs::path> files;
  for (auto const& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".json") files.push_back(folder / entry.path().filename());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("every bad scenario is refused, to the letter") {
  fs::current_path(CWTSIM_SOURCE_DIR);
  bool const update = std::getenv("CWTSIM_UPDATE") != nullptr;
  auto const files = bad_files();
  REQUIRE(files.size() >= 100);
  for (auto const& file : files) {
    auto const text = refusal_of(file);
    auto const beside = fs::path(file).replace_extension(".txt");
    if (update && !text.empty()) std::ofstream(beside, std::ios::binary) << text;
    INFO(file.generic_string());
    CHECK_FALSE(text.empty());
    CHECK(text == content_of(beside));
  }
}

TEST_CASE("the parts that the bad scenarios share are sound") {
  fs::current_path(CWTSIM_SOURCE_DIR);
  CHECK(refusal_of(folder / "parts" / "base.json").empty());
}
