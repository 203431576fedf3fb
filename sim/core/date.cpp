#include <fmt/format.h>

#include <algorithm>

#include "cwtsim/core/time.hpp"
#include "cwtsim/core/words.hpp"

namespace cwtsim {
namespace {

int days_in_month(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[month - 1];
}

/// The value of a text of digits only; -1 for anything else. At most nine digits.
int digits(std::string_view text) {
  int value = 0;
  if (text.empty() || text.size() > 9) return -1;
  for (char const c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// The words of the units are plurals; a singular lacks the s.
std::string_view singular_of(std::string_view plural) {
  return plural.substr(0, plural.size() - 1);
}
constexpr struct {
  std::string_view name;
  PeriodUnit unit;
} short_units[] = {{"s", PeriodUnit::seconds},
                   {"sec", PeriodUnit::seconds},
                   {"min", PeriodUnit::minutes},
                   {"h", PeriodUnit::hours},
                   {"d", PeriodUnit::days}};

std::optional<PeriodUnit> period_unit(std::string_view word) {
  auto const plurals = words_of<PeriodUnit>();
  for (std::size_t i = 0; i < plurals.size(); ++i)
    if (word == plurals[i] || word == singular_of(plurals[i])) return static_cast<PeriodUnit>(i);
  for (auto const& u : short_units)
    if (word == u.name) return u.unit;
  return std::nullopt;
}

Date months_later(Date date, std::int64_t months) {
  auto const from = to_ymd(date);
  std::int64_t const count = std::int64_t{from.year} * 12 + (from.month - 1) + months;
  int const year = static_cast<int>(count / 12);
  int const month = static_cast<int>(count % 12) + 1;
  return to_date({year, month, std::min(from.day, days_in_month(year, month))});
}

}  // namespace

// Both conversions: H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil and civil_from_days.
Date to_date(YearMonthDay ymd) {
  int const y = ymd.year - (ymd.month <= 2 ? 1 : 0);
  int const era = (y >= 0 ? y : y - 399) / 400;
  int const of_era = y - era * 400;
  int const of_year = (153 * (ymd.month + (ymd.month > 2 ? -3 : 9)) + 2) / 5 + ymd.day - 1;
  return {era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468};
}

YearMonthDay to_ymd(Date date) {
  int const z = date.days + 719468;
  int const era = (z >= 0 ? z : z - 146096) / 146097;
  int const day_of_era = z - era * 146097;
  int const of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int const day_of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
  int const from_march = (5 * day_of_year + 2) / 153;
  int const month = from_march < 10 ? from_march + 3 : from_march - 9;
  return {of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * from_march + 2) / 5 + 1};
}

Weekday weekday_of(Date date) {
  return static_cast<Weekday>((date.days % 7 + 7 + 3) % 7);  // 1970-01-01 was a Thursday
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int const year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
    return std::nullopt;
  return to_date({year, month, day});
}

std::string format_date(Date date) {
  auto const d = to_ymd(date);
  return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
}

std::string format_month(Date date) {
  auto const d = to_ymd(date);
  return fmt::format("{:04}-{:02}", d.year, d.month);
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  int const hour = digits(text.substr(0, 2)), minute = digits(text.substr(3, 2));
  if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 1440) return std::nullopt;
  return TimeOfDay{hour * 60 + minute};
}

std::string format_time_of_day(TimeOfDay t) {
  return fmt::format("{:02}:{:02}", t.minutes / 60, t.minutes % 60);
}

std::optional<DateTime> parse_date_time(std::string_view text) {
  auto const date = parse_date(text.substr(0, std::min<std::size_t>(text.size(), 10)));
  if (!date) return std::nullopt;
  if (text.size() == 10) return DateTime{*date, {}};
  auto const time = text[10] == ' ' ? parse_time_of_day(text.substr(11)) : std::nullopt;
  return time ? std::optional(DateTime{*date, *time}) : std::nullopt;
}

std::optional<Period> parse_period(std::string_view text) {
  auto const number_end = std::min(text.find_first_not_of("0123456789"), text.size());
  int const count = digits(text.substr(0, number_end));
  auto const word_start = std::min(text.find_first_not_of(' ', number_end), text.size());
  auto const unit = period_unit(text.substr(word_start));
  if (count < 0 || !unit) return std::nullopt;
  // a calendar of 10,000 years is the most that the dates can hold
  if ((*unit == PeriodUnit::years && count > 10'000) || (*unit == PeriodUnit::months && count > 120'000)) return {};
  return Period{count, *unit};
}

std::string format_period(Period p) {
  auto const plural = word_of(p.unit);
  return fmt::format("{} {}", p.count, p.count == 1 ? singular_of(plural) : plural);
}

double period_end_seconds(DateTime from, Period p) {
  double const start = from.time.minutes * 60.0;
  auto const count = static_cast<double>(p.count);
  switch (p.unit) {
    case PeriodUnit::seconds:
      return start + count;
    case PeriodUnit::minutes:
      return start + count * 60;
    case PeriodUnit::hours:
      return start + count * 3600;
    case PeriodUnit::days:
      return start + count * seconds_per_day;
    case PeriodUnit::weeks:
      return start + count * 7 * seconds_per_day;
    case PeriodUnit::months:
      return start + (months_later(from.date, p.count) - from.date) * seconds_per_day;
    case PeriodUnit::years:
      return start + (months_later(from.date, p.count * 12) - from.date) * seconds_per_day;
  }
  return start;
}

}  // namespace cwtsim
