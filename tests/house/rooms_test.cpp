// The picture of the rooms in docs/architecture.md is the one that scripts/rooms.py draws of the sources as they are.

#include <map>

#include "catch_compat.hpp"
#include "named_tests.hpp"
#include "said_by.hpp"
#include "temporary.hpp"

namespace {

using namespace house;

Said draw(std::string const& arguments) {
  return said_by("python3 '" + (top / "scripts/rooms.py").string() + "' " + arguments);
}

/// A small house: file by file, what it includes.
class House {
 public:
  void add(std::string const& file, std::string const& include) {
    text_[file] += "#include " + include + "\n";
    folder_.write(file, text_[file]);
  }
  [[nodiscard]] std::string path() const { return folder_.path().string(); }

 private:
  temporary::Folder folder_;
  std::map<std::string, std::string> text_;
};

}  // namespace

TEST_CASE("the picture of the rooms is fresh") {
  auto const drawn = draw("");
  REQUIRE(drawn.status == 0);
  auto const page = text_of(top / "docs/architecture.md");
  std::string const from = "rooms.py: from here -->\n\n", to = "\n<!-- drawn by scripts/rooms.py: to here";
  auto const start = page.find(from) + from.size(), end = page.find(to);
  REQUIRE(end != page.npos);
  INFO("scripts/rooms.py --write draws it anew");
  CHECK(page.substr(start, end - start) == drawn.text);
}

TEST_CASE("an arrow is dotted where only sources use a room, and left out where others lead there") {
  House house;
  house.add("include/cwtsim/low/a.hpp", "<string>");
  house.add("include/cwtsim/middle/b.hpp", "\"cwtsim/low/a.hpp\"");
  house.add("sim/middle/b.cpp", "<boost/math/special_functions.hpp>");
  house.add("sim/high/c.cpp", "\"cwtsim/middle/b.hpp\"");
  house.add("sim/high/c.cpp", "\"cwtsim/low/a.hpp\"");
  auto const drawn = draw(house.path());
  CHECK(drawn.status == 0);
  CHECK(drawn.text ==
        "```mermaid\nflowchart TD\n  high -.-> middle\n  middle --> low\n```\n\n"
        "| room | its headers use | its sources use too | libraries |\n|---|---|---|---|\n"
        "| `high` | – | middle, low | – |\n| `middle` | low | – | `boost/math` |\n| `low` | – | – | – |\n");
}

TEST_CASE("rooms that use each other in a ring are told by name") {
  House house;
  house.add("include/cwtsim/one/a.hpp", "\"cwtsim/two/b.hpp\"");
  house.add("sim/two/b.cpp", "\"cwtsim/one/a.hpp\"");
  auto const drawn = draw(house.path());
  CHECK(drawn.status != 0);
  CHECK(drawn.text == "rooms use each other in a ring: one > two > one\n");
}
