// What `check` promises, and what it refuses.

#include "cases/case.hpp"

using cases::checked;

TEST_CASE("five slots and visits of three: one visit a day fits") {
  auto const said = checked("needs_that_do_not_divide_a_session");
  CHECK(said.code == 0);
  CHECK(has(said.out, "(150%)"));
  CHECK(has(said.out, "grows without limit"));
}

TEST_CASE("theatre on Mondays and surgeon on Tuesdays serve nobody") {
  auto const said = checked("two_resources_never_open_together");
  CHECK(said.code == 2);
  CHECK(has(said.err, "nobody can ever be served"));
}

TEST_CASE("a surge by a dated lever is told with its month") {
  auto const said = checked("surge_by_a_dated_lever", {"--with", cases::path_of("surge_by_a_dated_lever.levers.json")});
  CHECK(said.code == 0);
  CHECK(has(said.out, "grows without limit from 2026-01 on"));
  CHECK_FALSE(has(checked("surge_by_a_dated_lever").out, "grows"));
}

TEST_CASE("nobody is referred: figures or a dash") {
  auto const said = checked("no_referrals");
  CHECK(said.code == 0);
  CHECK_FALSE(has(said.out, "nan"));
  CHECK_FALSE(has(said.out, "inf"));
}

TEST_CASE("work that overruns the closing is capacity") {
  auto const said = checked("overrun");
  CHECK(said.code == 0);
  CHECK(has(said.out, "with what overruns the closing"));
}

TEST_CASE("days that are taken off are not in the best time, and a second start while the clock runs is told") {
  CHECK(has(checked("overlapping_pauses_long").out, "at best d62 30.0 of 62 days"));
  auto const courses = checked("two_courses_at_once");
  CHECK(has(courses.out, "the clock of \"d31\" may be running when \"b\" starts it (beside a)"));
  CHECK_FALSE(has(checked("several_subsequent_treatments").out, "may be running"));
}
