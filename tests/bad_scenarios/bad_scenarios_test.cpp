// Every scenario in the folders here, one a kind of rule, is refused with exactly the text beside it (NAME.json,
// NAME.txt), with NAME.levers.json where there is one. CWTSIM_UPDATE=1 writes the texts anew. What they extend lies in
// `parts`, once in each folder that needs it: a scenario reads nothing outside its own.

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

/// NAME of NAME.json, NAME.txt and NAME.levers.json, with its folder.
fs::path name_of(fs::path file) {
  while (file.has_extension()) file.replace_extension();
  return file;
}

fs::path with_ending(fs::path const& name, std::string const& ending) {
  return name.generic_string() + ending;
}

/// What `cwtsim check` prints on stderr, with the levers beside the scenario as --with.
std::string refusal_of(fs::path const& file) {
  cwtsim::io::ReadRequest request{file.generic_string(), {}, {}};
  auto const levers = with_ending(name_of(file), ".levers.json");
  if (fs::exists(levers)) request.with.push_back(levers.generic_string());
  auto result = cwtsim::io::read_scenario(request);
  if (result.problems.empty()) result.problems = cwtsim::scenario::validate(result.scenario);
  result.where.locate(result.problems);
  return result.problems.empty() ? "" : cwtsim::io::format_problems(result.problems, file.generic_string());
}

enum class Files { parts, others };

/// The parts in the folders, or all else, in the order of their names.
std::vector<fs::path> files(Files which) {
  std::vector<fs::path> found;
  for (auto const& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() != ".cpp" &&
        (entry.path().parent_path().filename() == "parts") == (which == Files::parts))
      found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<fs::path> bad_files() {
  std::vector<fs::path> bad;
  for (auto const& file : files(Files::others))
    if (file == with_ending(name_of(file), ".json")) bad.push_back(file);
  return bad;
}

}  // namespace

TEST_CASE("every bad scenario is refused, to the letter") {
  fs::current_path(CWTSIM_SOURCE_DIR);
  bool const update = std::getenv("CWTSIM_UPDATE") != nullptr;
  auto const bad = bad_files();
  REQUIRE(bad.size() >= 400);
  for (auto const& file : bad) {
    auto const text = refusal_of(file);
    auto const beside = with_ending(name_of(file), ".txt");
    if (update && !text.empty()) std::ofstream(beside, std::ios::binary) << text;
    INFO(file.generic_string());
    CHECK_FALSE(text.empty());
    CHECK(text == content_of(beside));
  }
}

TEST_CASE("every text and every file of levers stands beside its bad scenario") {
  fs::current_path(CWTSIM_SOURCE_DIR);
  for (auto const& file : files(Files::others)) {
    INFO(file.generic_string());
    CHECK(fs::exists(with_ending(name_of(file), ".json")));
  }
}

TEST_CASE("the parts that the bad scenarios share are sound, and the same in every folder") {
  fs::current_path(CWTSIM_SOURCE_DIR);
  std::size_t copies = 0;
  for (auto const& part : files(Files::parts)) {
    if (part.filename() != "base.json") continue;
    INFO(part.generic_string());
    CHECK(refusal_of(part).empty());
    CHECK(content_of(part) == content_of(folder / "reading/parts/base.json"));
    ++copies;
  }
  CHECK(copies >= 1);
}
