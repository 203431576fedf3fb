#include "catch_compat.hpp"
#include "cwtsim/core/time.hpp"

using namespace cwtsim;

TEST_CASE("dates turn into days and back over four centuries") {
  Date date = to_date({1850, 1, 1});
  YearMonthDay last = to_ymd(date - 1);
  REQUIRE((last.year == 1849 && last.month == 12 && last.day == 31));
  for (; date < to_date({2250, 1, 1}); date = date + 1) {
    auto const d = to_ymd(date);
    bool const next_day = d.month == last.month && d.day == last.day + 1;
    bool const next_month = d.day == 1 && (d.month == last.month + 1 || (d.month == 1 && d.year == last.year + 1));
    if (!(next_day || next_month) || to_date(d) != date) FAIL(format_date(date));
    last = d;
  }
  CHECK(to_date({1970, 1, 1}).days == 0);
  CHECK(to_date({2026, 4, 1}).days == 20544);  // 56 years of which 14 leap, and 90 days
  CHECK(to_date({2000, 3, 1}) - to_date({2000, 2, 28}) == 2);
  CHECK(to_date({1900, 3, 1}) - to_date({1900, 2, 28}) == 1);
}

TEST_CASE("weekdays") {
  CHECK(weekday_of(to_date({1970, 1, 1})) == Weekday::thu);
  CHECK(weekday_of(to_date({2026, 4, 1})) == Weekday::wed);
  CHECK(weekday_of(to_date({1900, 1, 1})) == Weekday::mon);
  CHECK(weekday_of(to_date({1969, 12, 28})) == Weekday::sun);
}

TEST_CASE("dates are read and written as YYYY-MM-DD only") {
  CHECK(parse_date("2026-04-01") == to_date({2026, 4, 1}));
  CHECK(parse_date("2024-02-29") == to_date({2024, 2, 29}));
  CHECK(format_date(to_date({2026, 4, 1})) == "2026-04-01");
  CHECK(format_month(to_date({2026, 4, 30})) == "2026-04");
  for (auto const* bad :
       {"", "2026-4-1", "2026-04-31", "2025-02-29", "2100-02-29", "1899-12-31", "2200-01-01", "2026-13-01",
        "2026-00-01", "2026-01-00", "01-04-2026", "2026/04/01", "2026-04-01 ", "+026-04-01", "2026-04-1x"})
    CHECK_FALSE(parse_date(bad).has_value());
}

TEST_CASE("times of day") {
  CHECK(parse_time_of_day("00:00")->minutes == 0);
  CHECK(parse_time_of_day("08:30")->minutes == 510);
  CHECK(parse_time_of_day("24:00")->minutes == 1440);
  CHECK(format_time_of_day({510}) == "08:30");
  CHECK(format_time_of_day({1440}) == "24:00");
  for (auto const* bad : {"", "8:30", "24:01", "25:00", "12:60", "12.30", "-1:30", "12:3", "08:30 "})
    CHECK_FALSE(parse_time_of_day(bad).has_value());
}

TEST_CASE("a moment is a date with or without a time of day") {
  CHECK(parse_date_time("2026-04-01")->time.minutes == 0);
  CHECK(parse_date_time("2026-04-01 06:00")->time.minutes == 360);
  CHECK(parse_date_time("2026-04-01 06:00")->date == to_date({2026, 4, 1}));
  for (auto const* bad : {"", "2026-04", "2026-04-01T06:00", "2026-04-01 ", "2026-04-01 6:00", "2026-04-01  06:00"})
    CHECK_FALSE(parse_date_time(bad).has_value());
}

TEST_CASE("periods are whole numbers of a unit") {
  auto const p = parse_period("26 weeks");
  REQUIRE(p);
  CHECK((p->count == 26 && p->unit == PeriodUnit::weeks));
  CHECK(parse_period("1 year")->unit == PeriodUnit::years);
  CHECK(parse_period("90 min")->unit == PeriodUnit::minutes);
  for (auto const* text : {"0 days", "1 second", "2 minutes", "19 hours", "1 day", "26 weeks", "1 month", "5 years"})
    CHECK(format_period(*parse_period(text)) == text);
  for (auto const* bad : {"", "weeks", "26", "2.5 years", "-1 week", "26 fortnights", "1000000000 days", "10001 years"})
    CHECK_FALSE(parse_period(bad).has_value());
}

TEST_CASE("periods end where the calendar says") {
  auto const end = [](char const* from, char const* period) {
    return period_end_seconds(*parse_date_time(from), *parse_period(period));
  };
  CHECK(end("2026-04-01", "1 year") == 365 * 86400.0);
  CHECK(end("2027-04-01", "1 year") == 366 * 86400.0);
  CHECK(end("2024-02-29", "1 year") == 365 * 86400.0);   // to 28 February 2025
  CHECK(end("2026-01-31", "1 month") == 28 * 86400.0);   // to 28 February
  CHECK(end("2026-11-30", "3 months") == 90 * 86400.0);  // to 28 February 2027
  CHECK(end("2026-04-01 06:00", "19 hours") == 25 * 3600.0);
  CHECK(end("2026-04-01 06:00", "2 weeks") == 14 * 86400.0 + 6 * 3600);
  CHECK(end("2026-04-01 00:10", "30 s") == 630);
}
