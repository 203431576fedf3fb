// Small things, each of which misled somebody.

#include "cases/case.hpp"

using cases::Ran;

TEST_CASE("bands of 10 days in the place of bands of 1 and 2 days have a mean of 5 days") {
  auto const said = cases::checked("bands_extended").out;
  auto const at = said.find("bed at h: ");
  REQUIRE(at != said.npos);
  // 70 a week, in hours
  CHECK(std::stod(said.substr(at + 10)) / (70 * 24) == Approx(5).margin(0.05));
}
