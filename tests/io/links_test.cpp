// This program reads and checks scenarios and does nothing else.

#include <fstream>
#include <iterator>
#include <string>

#include "catch_compat.hpp"

TEST_CASE("a program that only reads and checks a scenario is loaded without the library of threads") {
  std::ifstream maps("/proc/self/maps");
  std::string const loaded{std::istreambuf_iterator<char>(maps), {}};
  REQUIRE(loaded.find("libc.so") != std::string::npos);
  CHECK(loaded.find("libtbb") == std::string::npos);
}
