#include <cmath>

#include "catch_compat.hpp"
#include "cwtsim/core/draw.hpp"
#include "cwtsim/core/time.hpp"

using namespace cwtsim;

TEST_CASE("lengths of time are a number and a unit") {
  struct Case {
    char const* text;
    double seconds;
  };
  for (auto const& c : {Case{"30 s", 30},
                        {"1 second", 1},
                        {"2.5 seconds", 2.5},
                        {"10 sec", 10},
                        {"30 min", 1800},
                        {"1 minute", 60},
                        {"2 hours", 7200},
                        {"1.5 hours", 5400},
                        {"8 h", 28800},
                        {"10 days", 864000},
                        {"1 d", 86400},
                        {"3 weeks", 1814400},
                        {"0 days", 0},
                        {"30min", 1800},
                        {"007 s", 7}})
    CHECK(parse_duration(c.text)->seconds == c.seconds);
}

TEST_CASE("decimals are rounded once") {
  CHECK(parse_duration("1.1 hours")->seconds == 3960);
  CHECK(parse_duration("0.1 weeks")->seconds == 60480);
  CHECK(parse_duration("2.3 min")->seconds == 138);
  CHECK(parse_duration("0.12345678901234567890 s")->seconds == 0.12345678901234567890);
  CHECK(parse_duration("100000000000000000000 s")->seconds == 1e20);
}

TEST_CASE("anything else is no length of time") {
  std::string const endless(400, '9');
  for (std::string const& bad :
       {std::string{}, std::string("30"), std::string("min"), std::string("-1 s"), std::string("+1 s"),
        std::string("1e3 s"), std::string("inf s"), std::string("nan s"), std::string("1. s"), std::string(".5 h"),
        std::string("1.2.3 s"), std::string("1,5 h"), std::string(" 1 s"), std::string("1 s "), std::string("1 S"),
        std::string("1 month"), std::string("0x10 s"), std::string("1\ts"), endless + " weeks"})
    CHECK_FALSE(parse_duration(bad).has_value());
}

TEST_CASE("lengths of time are written in the largest unit that divides them") {
  struct Case {
    double seconds;
    char const* text;
  };
  for (auto const& c : {Case{0, "0 s"},
                        {1, "1 s"},
                        {60, "1 min"},
                        {5400, "90 min"},
                        {3600, "1 hour"},
                        {129600, "36 hours"},
                        {86400, "1 day"},
                        {864000, "10 days"},
                        {604800, "1 week"},
                        {1814400, "3 weeks"},
                        {0.5, "0.5 s"},
                        {1e-7, "0.0000001 s"},
                        {61, "61 s"}})
    CHECK(format_duration({c.seconds}) == c.text);
}

TEST_CASE("a written length of time reads back as the same bits") {
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    auto const w = draw(1, 0, i);
    double const size = std::ldexp(to_unit(w.first), static_cast<int>(w.second % 90) - 40);
    for (double const seconds : {size, std::floor(size), std::floor(size) * 60, std::floor(size) * 86400})
      if (parse_duration(format_duration({seconds}))->seconds != seconds) FAIL(format_duration({seconds}));
  }
  CHECK(parse_duration(format_duration({1e300}))->seconds == 1e300);
  CHECK(parse_duration(format_duration({5e-324}))->seconds == 5e-324);
}
