#pragma once
// Calendar dates, lengths of time as a planner writes them, and simulation ticks.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cwtsim {

/// Simulation time: ticks since midnight at the start of the scenario's first day. A tick is a minute unless the
/// scenario's `resolution` says otherwise.
using Tick = std::uint32_t;
/// Later than every moment.
inline constexpr Tick never = 0xFFFFFFFFu;

/// Monday first; spelled as in JSON.
enum class Weekday : std::uint8_t { mon, tue, wed, thu, fri, sat, sun };

/// A day of the Gregorian calendar.
struct Date {
  std::int32_t days = 0;  ///< days since 1970-01-01
  friend auto operator<=>(Date const&, Date const&) = default;
  friend Date operator+(Date d, std::int32_t n) { return {d.days + n}; }
  friend Date operator-(Date d, std::int32_t n) { return {d.days - n}; }
  friend std::int32_t operator-(Date a, Date b) { return a.days - b.days; }
};

/// A date as it is written; not every one of them exists.
struct YearMonthDay {
  int year = 1970;
  int month = 1;  ///< 1..12
  int day = 1;    ///< 1..31
};

/// The day with this year, month and day, which must exist.
[[nodiscard]] Date to_date(YearMonthDay ymd);
/// Year, month and day of a date.
[[nodiscard]] YearMonthDay to_ymd(Date date);
/// The day of the week of a date.
[[nodiscard]] Weekday weekday_of(Date date);
/// Parses "2026-04-01" (years 1900 to 2199); nothing if it is not a real day written so.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
[[nodiscard]] std::string format_date(Date date);   ///< "2026-04-01"
[[nodiscard]] std::string format_month(Date date);  ///< "2026-04"
/// True on England's bank holidays, 1995 to 2199: the eight regular ones with their substitute days, and the one-off
/// days proclaimed up to 2026 (source: gov.uk/bank-holidays).
[[nodiscard]] bool is_england_bank_holiday(Date date);

/// Minutes after midnight, 0..1440 ("24:00" is allowed as a closing time).
struct TimeOfDay {
  std::int32_t minutes = 0;
  friend auto operator<=>(TimeOfDay const&, TimeOfDay const&) = default;
};
[[nodiscard]] std::optional<TimeOfDay> parse_time_of_day(std::string_view text);  ///< "08:30"
/// As parse_time_of_day reads it.
[[nodiscard]] std::string format_time_of_day(TimeOfDay t);

/// A date with an optional time of day: "2026-04-01" or "2026-04-01 06:00".
struct DateTime {
  Date date;
  TimeOfDay time;
  friend bool operator==(DateTime const&, DateTime const&) = default;
};
/// A date, or a date and a time of day; nothing if it is neither.
[[nodiscard]] std::optional<DateTime> parse_date_time(std::string_view text);

/// A length of time; held in seconds, written with a unit: "30 s", "30 min", "2 hours", "10 days", "3 weeks".
struct Duration {
  double seconds = 0;
  friend auto operator<=>(Duration const&, Duration const&) = default;
};
/// Of a day without a change of the clocks, which there is none of here.
inline constexpr double seconds_per_day = 86400.0;
/// Parses a number >= 0 and a unit (s, min, hour(s), day(s), week(s)); nothing otherwise.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
[[nodiscard]] std::string format_duration(Duration d);  ///< in the largest unit that divides it

/// A span on the calendar: a whole number of a unit; months and years follow the calendar.
enum class PeriodUnit : std::uint8_t { seconds, minutes, hours, days, weeks, months, years };
/// A span on the calendar: a whole number of a unit; months and years follow the calendar.
struct Period {
  std::int64_t count = 0;
  PeriodUnit unit = PeriodUnit::days;
  friend bool operator==(Period const&, Period const&) = default;
};
[[nodiscard]] std::optional<Period> parse_period(std::string_view text);  ///< "26 weeks", "5 years", "19 hours"
/// As parse_period reads it.
[[nodiscard]] std::string format_period(Period p);
/// The moment a period after `from`, as seconds since midnight of from.date.
[[nodiscard]] double period_end_seconds(DateTime from, Period p);

}  // namespace cwtsim
