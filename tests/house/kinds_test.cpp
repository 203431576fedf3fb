// What differs between kinds of step stands in their records; a single kind is named only where it acts.

#include "catch_compat.hpp"
#include "named_tests.hpp"

namespace {

/// Where a kind acts, and where the records stand.
std::vector<std::string> const acting = {"include/cwtsim/core/kinds.hpp", "sim/engine/steps"};

/// Lines that name a single kind of step, other than for what holds before anything is said.
std::vector<std::string> naming_one(std::string const& source) {
  static std::regex const name("StepKind::[a-z]"), initial("^ *StepKind kind = StepKind::[a-z]+;$");
  std::vector<std::string> lines;
  std::istringstream in(source);
  for (std::string line; std::getline(in, line);)
    if (std::regex_search(line, name) && !std::regex_match(line, initial)) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("a single kind of step is named only where it acts") {
  std::size_t seen = 0;
  for (auto const* folder : {"include/cwtsim", "sim"})
    for (auto const& entry : house::fs::recursive_directory_iterator(house::top / folder)) {
      if (!entry.is_regular_file()) continue;
      auto const path = house::fs::relative(entry.path(), house::top).generic_string();
      auto const lines = naming_one(house::text_of(entry.path()));
      seen += lines.size();
      bool const may =
          std::any_of(acting.begin(), acting.end(), [&](auto const& at) { return path.rfind(at, 0) == 0; });
      for (auto const& line : lines) {
        INFO(path << ": " << line);
        CHECK(may);
      }
    }
  CHECK(seen > 15);  // it looks where they are
}

TEST_CASE("a line that names one kind of step is found") {
  CHECK(naming_one("  if (step.kind == StepKind::delay) return;\n").size() == 1);
  CHECK(naming_one("    case scenario::StepKind::meeting:\n").size() == 1);
  CHECK(naming_one("  StepKind kind = StepKind::delay;\n").empty());
  CHECK(naming_one("  for (auto const word : words_of<StepKind>()) use(word);\n").empty());
}
