#include "cwtsim/core/problem.hpp"

#include "catch_compat.hpp"

using namespace cwtsim;

TEST_CASE("the nearest name is suggested only if it is near") {
  std::vector<std::string> const names = {"per_week", "per_day", "pathway", "provider", "profile"};
  CHECK(nearest_name("per_wek", names) == "per_week");
  CHECK(nearest_name("perweek", names) == "per_week");
  CHECK(nearest_name("Per_Week", names) == "per_week");
  CHECK(nearest_name("pre_week", names) == "per_week");  // two letters swapped is one edit
  CHECK(nearest_name("profiel", names) == "profile");
  CHECK(nearest_name("capacity", names).empty());
  CHECK(nearest_name("", names).empty());
  CHECK(nearest_name("per_week", {}).empty());
}

TEST_CASE("a third of the letters may be wrong, and one always") {
  CHECK(nearest_name("ct", {"mt"}) == "mt");
  CHECK(nearest_name("ct", {"mri"}).empty());
  CHECK(nearest_name("abcdef", {"abcdxy"}) == "abcdxy");
  CHECK(nearest_name("abcde", {"abcxy"}).empty());
}

TEST_CASE("of equally near names the first is suggested") {
  CHECK(nearest_name("cat", {"bat", "hat"}) == "bat");
}

TEST_CASE("pointer tokens are escaped as RFC 6901 says") {
  CHECK(escape_pointer("a/b~c") == "a~1b~0c");
  CHECK(escape_pointer("~1") == "~01");
  CHECK(escape_pointer("plain") == "plain");
}

TEST_CASE("a long text is cut between two characters of UTF-8, at the byte that is the most and one beyond") {
  CHECK(cwtsim::cut_short("abc", 3) == "abc");
  CHECK(cwtsim::cut_short("abcd", 3) == "abc...");
  CHECK(cwtsim::cut_short("ab\xC3\xA9", 4) == "ab\xC3\xA9");
  CHECK(cwtsim::cut_short("ab\xC3\xA9", 3) == "ab...");
  CHECK(cwtsim::cut_short("ab\xE2\x82\xAC", 4) == "ab...");
  CHECK(cwtsim::cut_short("\xC3\xA9", 1) == "...");
}
