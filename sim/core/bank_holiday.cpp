#include "cwtsim/core/time.hpp"

namespace cwtsim {
namespace {

/// Easter Sunday of the Gregorian calendar (J. Meeus, Astronomical Algorithms, ch. 8).
Date easter_sunday(int year) {
  int const a = year % 19, b = year / 100, c = year % 100;
  int const d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  int const h = (19 * a + b - d - g + 15) % 30;
  int const i = c / 4, k = c % 4;
  int const l = (32 + 2 * e + 2 * i - h - k) % 7;
  int const m = (a + 11 * h + 22 * l) / 451;
  int const n = h + l - 7 * m + 114;
  return to_date({year, n / 31, n % 31 + 1});
}

bool is_weekend(Date d) {
  return weekday_of(d) >= Weekday::sat;
}
Date monday_on_or_after(Date d) {
  return d + (7 - static_cast<int>(weekday_of(d))) % 7;
}
Date monday_on_or_before(Date d) {
  return d - static_cast<int>(weekday_of(d));
}

/// Christmas Day and Boxing Day are moved together, so that each still has a weekday of its own.
bool is_christmas_holiday(Date date, int year) {
  Date const christmas = to_date({year, 12, 25});
  Date const boxing = christmas + 1;
  if (date == christmas || date == boxing) return !is_weekend(date);
  if (date == christmas + 2) return is_weekend(christmas);  // 27 December, for the 25th
  return date == boxing + 2 && is_weekend(boxing);          // 28 December, for the 26th
}

struct Proclaimed {
  YearMonthDay day;
  bool holiday = false;  ///< or a regular holiday that was moved away from this day
};
/// Royal proclamations under the Banking and Financial Dealings Act 1971.
constexpr Proclaimed proclaimed[] = {
    {{1995, 5, 1}, false},  {{1995, 5, 8}, true},                           // fifty years of VE day
    {{1999, 12, 31}, true},                                                 // the millennium
    {{2002, 5, 27}, false}, {{2002, 6, 3}, true},                           // golden jubilee
    {{2002, 6, 4}, true},   {{2011, 4, 29}, true},                          // royal wedding
    {{2012, 5, 28}, false}, {{2012, 6, 4}, true},                           // diamond jubilee
    {{2012, 6, 5}, true},   {{2020, 5, 4}, false},                          // seventy-five years of VE day
    {{2020, 5, 8}, true},   {{2022, 5, 30}, false},                         // platinum jubilee
    {{2022, 6, 2}, true},   {{2022, 6, 3}, true},   {{2022, 9, 19}, true},  // state funeral
    {{2023, 5, 8}, true},                                                   // coronation
};

}  // namespace

bool is_england_bank_holiday(Date date) {
  auto const [year, month, day] = to_ymd(date);
  if (year < 1995 || year > 2199 || is_weekend(date)) return false;
  for (auto const& p : proclaimed)
    if (to_date(p.day) == date) return p.holiday;
  switch (month) {
    case 1: {
      Date const new_year = to_date({year, 1, 1});
      return date == (is_weekend(new_year) ? monday_on_or_after(new_year) : new_year);
    }
    case 3:
    case 4: {
      Date const easter = easter_sunday(year);
      return date == easter - 2 || date == easter + 1;
    }
    case 5:
      return date == monday_on_or_after(to_date({year, 5, 1})) || date == monday_on_or_before(to_date({year, 5, 31}));
    case 8:
      return date == monday_on_or_before(to_date({year, 8, 31}));
    case 12:
      return is_christmas_holiday(date, year);
    default:
      return false;
  }
}

}  // namespace cwtsim
