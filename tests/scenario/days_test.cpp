#include "cwtsim/scenario/days.hpp"

#include "catch_compat.hpp"

using cwtsim::scenario::parse_days;

TEST_CASE("days of the week") {
  using Days = std::array<bool, 7>;
  CHECK(parse_days("daily") == Days{true, true, true, true, true, true, true});
  CHECK(parse_days("mon-fri") == Days{true, true, true, true, true, false, false});
  CHECK(parse_days("sat-mon") == Days{true, false, false, false, false, true, true});
  CHECK(parse_days("tue") == Days{false, true, false, false, false, false, false});
  CHECK(parse_days("mon, wed-thu") == Days{true, false, true, true, false, false, false});
  for (auto const* wrong :
       {"", "mon-", "-fri", "Mon", "monday", "mon,,tue", "mon,mon", "mon-wed,tue", "mon-fri-sun", "weekdays"})
    CHECK_FALSE(parse_days(wrong).has_value());
}
