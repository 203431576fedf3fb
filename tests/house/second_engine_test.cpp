// What the second engine and the plain reader share with the program, held to the table in docs/promises.md.

#include <vector>

#include "catch_compat.hpp"
#include "named_tests.hpp"

using namespace house;

namespace {

/// These run the program's side: what it reads, and what its engine says.
std::set<std::string> const of_the_program = {"compare.cpp", "random_scenario.cpp", "oracle_test.cpp"};
std::set<std::string> const shared = {"core/distribution.hpp", "core/draw.hpp", "core/time.hpp",
                                      "scenario/scenario.hpp"};
/// What these headers, and those that they include, have beside structs and draws.
std::regex const reads_or_reckons(
    "\\b(parse_\\w+|format_\\w+|to_date|to_ymd|weekday_of|is_england_bank_holiday|period_end_seconds|waits|"
    "waits_on_list|record_of|words_of|word_of|place_of|places_of|groups_of|quantile_seconds|mean_seconds|least_seconds|"
    "problem_of)\\(");

std::vector<std::string> matches(std::string const& text, std::regex const& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) found.push_back(it->str(1));
  return found;
}

}  // namespace

TEST_CASE("the second engine and the plain reader share with the program what their page says, and no more") {
  std::regex const include("#include \"cwtsim/([^\"]+)\"");
  auto const page = text_of(top / "docs/promises.md");
  std::set<std::string> used;
  std::size_t seen = 0;
  for (auto const& entry : fs::directory_iterator(top / "tests/oracle")) {
    auto const name = entry.path().filename().string();
    if (of_the_program.contains(name)) continue;
    ++seen;
    INFO(name);
    auto const text = text_of(entry.path());
    for (auto const& header : matches(text, include)) {
      INFO(header);
      CHECK(shared.contains(header));
      used.insert(header);
    }
    CHECK(matches(text, reads_or_reckons) == std::vector<std::string>{});
  }
  CHECK(seen > 20);
  CHECK(used == shared);
  for (auto const& header : shared) {
    INFO(header);
    CHECK(page.find('`' + header + '`') != std::string::npos);
  }
}
