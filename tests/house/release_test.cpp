// A version is named in several places, for several readers: they all say the same.

#include "catch_compat.hpp"
#include "named_tests.hpp"

namespace {

std::string found_in(std::string const& file, std::string const& pattern) {
  auto const text = house::text_of(house::top / file);
  std::smatch match;
  INFO(file);
  REQUIRE(std::regex_search(text, match, std::regex(pattern)));
  return match[1];
}

}  // namespace

TEST_CASE("the changelog and the citation are of the project's version, with one date") {
  auto const version = found_in("CMakeLists.txt", "project\\(cwtsim VERSION ([0-9.]+)");
  CHECK(found_in("CHANGELOG.md", "\n## ([0-9.]+), ") == version);
  CHECK(found_in("CITATION.cff", "\nversion: ([0-9.]+)\n") == version);
  CHECK(found_in("CHANGELOG.md", "\n## [0-9.]+, ([0-9-]+)\n") ==
        found_in("CITATION.cff", "\ndate-released: ([0-9-]+)\n"));
  // a consumer asks for the version by its first two numbers
  CHECK(found_in("tests/install/consumer/CMakeLists.txt", "find_package\\(cwtsim ([0-9.]+) ") ==
        version.substr(0, version.rfind('.')));
}
