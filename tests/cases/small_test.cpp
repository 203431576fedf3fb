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

// A patient a day at 09:30, three hours each, one server from 09:00 to 10:00: one a day begins, and is 2.5 hours over.
TEST_CASE("hours worked after closing are told apart, and are no part of what is used of the opening") {
  Ran const ran("overrun", {"--replications", "1"});
  CHECK(ran.number("resources", {}, "offered") == Approx(7));
  CHECK(ran.number("resources", {}, "used") == Approx(21).margin(0.01));
  CHECK(ran.number("resources", {}, "overrun") == Approx(17.5).margin(0.01));
  CHECK(ran.number("resources", {}, "unused") == Approx(3.5).margin(0.01));
  CHECK(ran.number("resources", {}, "utilisation") == Approx(0.5).margin(0.001));
  CHECK(has(ran.said.out, "Overrun, which is not in these percentages: s at h 17.5 server hours a week."));
}

TEST_CASE("work that is begun before closing and cannot end by then overruns, is interrupted or begins again") {
  std::string const closing = "/providers/h/resources/r/at_closing=";
  Ran const finish("nothing_begun_that_cannot_end", {"--replications", "1"});
  // five days of 1.5 hours until 16:00 and 1.5 hours after that
  CHECK(finish.number("resources", {}, "overrun") == Approx(finish.number("resources", {}, "used") / 2));
  CHECK(finish.number("steps", {{"step", "p/v"}}, "finished") == 5);
  Ran const pause("nothing_begun_that_cannot_end", {"--replications", "1", "--set", closing + "pause"});
  CHECK(pause.number("resources", {}, "overrun") == 0);
  CHECK(pause.number("steps", {{"step", "p/v"}}, "finished") > 0);
  // eight hours a day are enough for three
  Ran const restart("nothing_begun_that_cannot_end", {"--replications", "1", "--set", closing + "restart"});
  CHECK(restart.number("resources", {}, "overrun") == 0);
  CHECK(restart.number("steps", {{"step", "p/v"}}, "finished") > 0);
  // that nothing is begun which cannot end cannot be said
  auto const none = cases::checked("nothing_begun_that_cannot_end", {"--set", closing + "do_not_begin"});
  CHECK(none.code == 2);
  CHECK(has(none.err, "unknown word \"do_not_begin\" (one of finish, pause, restart)"));
}
