#include <map>

#include "catch_compat.hpp"
#include "cwtsim/core/time.hpp"

using namespace cwtsim;

namespace {
std::string holidays_of(int year) {
  std::string days;
  for (Date d = to_date({year, 1, 1}); d < to_date({year + 1, 1, 1}); d = d + 1)
    if (is_england_bank_holiday(d)) days += (days.empty() ? "" : " ") + format_date(d).substr(5);
  return days;
}
}  // namespace

TEST_CASE("bank holidays are those that gov.uk lists") {
  CHECK(holidays_of(1995) == "01-02 04-14 04-17 05-08 05-29 08-28 12-25 12-26");
  CHECK(holidays_of(1999) == "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28 12-31");
  CHECK(holidays_of(2000) == "01-03 04-21 04-24 05-01 05-29 08-28 12-25 12-26");
  CHECK(holidays_of(2002) == "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26");
  CHECK(holidays_of(2011) == "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27");
  CHECK(holidays_of(2012) == "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26");
  CHECK(holidays_of(2020) == "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28");
  CHECK(holidays_of(2022) == "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27");
  CHECK(holidays_of(2023) == "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26");
  CHECK(holidays_of(2024) == "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26");
  CHECK(holidays_of(2025) == "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26");
  CHECK(holidays_of(2026) == "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
  CHECK(holidays_of(2027) == "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28");
}

TEST_CASE("every other year has eight bank holidays, all on weekdays") {
  std::map<int, int> const more = {{1999, 1}, {2002, 1}, {2011, 1}, {2012, 1}, {2022, 2}, {2023, 1}};
  std::map<int, int> count;
  for (Date d = to_date({1995, 1, 1}); d < to_date({2200, 1, 1}); d = d + 1) {
    if (!is_england_bank_holiday(d)) continue;
    ++count[to_ymd(d).year];
    if (weekday_of(d) >= Weekday::sat) FAIL(format_date(d));
  }
  for (int year = 1995; year < 2200; ++year) {
    INFO(year);
    CHECK(count[year] == 8 + (more.count(year) ? more.at(year) : 0));
  }
}

TEST_CASE("Easter at its earliest and latest") {
  CHECK(is_england_bank_holiday(*parse_date("2160-03-24")));  // Easter Monday after 23 March
  CHECK(is_england_bank_holiday(*parse_date("2038-04-26")));  // Easter Monday after 25 April
}

TEST_CASE("outside 1995 to 2199 nothing is a bank holiday") {
  CHECK(holidays_of(1994).empty());
  CHECK(holidays_of(2200).empty());
}
