#include "calendar.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace cwtsim::oracle {

namespace {

int length_of_month(int year, int month) {
  if (month == 4 || month == 6 || month == 9 || month == 11) return 30;
  if (month != 2) return 31;
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
}

/// All days from 1970-01-01 to the end of 2099, one after another.
std::vector<YearMonthDay> const& all_days() {
  static std::vector<YearMonthDay> const days = [] {
    std::vector<YearMonthDay> all;
    for (int year = 1970; year < 2100; ++year)
      for (int month = 1; month <= 12; ++month)
        for (int day = 1; day <= length_of_month(year, month); ++day) all.push_back({year, month, day});
    return all;
  }();
  return days;
}

YearMonthDay const& parts_of(Date date) {
  return all_days().at(static_cast<std::size_t>(date.days));
}

std::string padded(int n, std::size_t width) {
  std::string text = std::to_string(n);
  while (text.size() < width) text = "0" + text;
  return text;
}

/// As the government has published them (gov.uk/bank-holidays, England and Wales).
std::vector<std::string> const bank_holidays = {
    "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25", "2025-12-25", "2025-12-26",
    "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
    "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28",
    "2028-01-03", "2028-04-14", "2028-04-17", "2028-05-01", "2028-05-29", "2028-08-28", "2028-12-25", "2028-12-26"};

std::size_t place_of_day(std::string const& word) {
  static std::vector<std::string> const week = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  auto const found = std::find(week.begin(), week.end(), word);
  if (found == week.end()) throw std::runtime_error(word + " is no day of the week");
  return static_cast<std::size_t>(found - week.begin());
}

}  // namespace

Date day_written(std::string const& text) {
  static std::map<std::string, std::int32_t> const known = [] {
    std::map<std::string, std::int32_t> days;
    for (std::int32_t n = 0; n < static_cast<std::int32_t>(all_days().size()); ++n) days[written_day({n})] = n;
    return days;
  }();
  auto const found = known.find(text);
  if (found == known.end()) throw std::runtime_error(text + " is no day from 1970 to 2099");
  return {found->second};
}

std::string written_day(Date date) {
  return month_of(date) + "-" + padded(parts_of(date).day, 2);
}

std::string month_of(Date date) {
  return padded(parts_of(date).year, 4) + "-" + padded(parts_of(date).month, 2);
}

int month_number(Date date) {
  return parts_of(date).month;
}

std::size_t place_in_week(Date date) {
  std::int32_t const thursday = 3;  // 1970-01-01
  return static_cast<std::size_t>((date.days + thursday) % 7);
}

bool is_bank_holiday(Date date) {
  static std::vector<std::int32_t> const holidays = [] {
    std::vector<std::int32_t> days;
    for (auto const& text : bank_holidays) days.push_back(day_written(text).days);
    return days;
  }();
  if (parts_of(date).year < 2025 || parts_of(date).year > 2028)
    throw std::runtime_error("the bank holidays of " + month_of(date) + " are not in the list");
  return std::find(holidays.begin(), holidays.end(), date.days) != holidays.end();
}

double end_of_span(DateTime from, Period span) {
  std::map<PeriodUnit, double> const seconds = {{PeriodUnit::seconds, 1},
                                                {PeriodUnit::minutes, 60},
                                                {PeriodUnit::hours, 3600},
                                                {PeriodUnit::days, 86400},
                                                {PeriodUnit::weeks, 604800}};
  double const start = from.time.minutes * 60.0;
  if (auto const unit = seconds.find(span.unit); unit != seconds.end())
    return start + static_cast<double>(span.count) * unit->second;
  // the same day of a later month, or the last one of that month
  YearMonthDay to = parts_of(from.date);
  for (std::int64_t n = span.count * (span.unit == PeriodUnit::years ? 12 : 1); n > 0; --n)
    if (++to.month > 12) ++to.year, to.month = 1;
  to.day = std::min(to.day, length_of_month(to.year, to.month));
  Date const end = day_written(padded(to.year, 4) + "-" + padded(to.month, 2) + "-" + padded(to.day, 2));
  return start + (end - from.date) * 86400.0;
}

std::array<bool, 7> days_written(std::string const& text) {
  if (text == "daily") return {true, true, true, true, true, true, true};
  std::array<bool, 7> days{};
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    auto const dash = part.find('-');
    std::size_t const last = place_of_day(dash == part.npos ? part : part.substr(dash + 1));
    // from the first to the last, past Sunday if need be
    std::size_t day = place_of_day(part.substr(0, dash));
    days[day] = true;
    while (day != last) {
      day = day == 6 ? 0 : day + 1;
      days[day] = true;
    }
  }
  return days;
}

}  // namespace cwtsim::oracle
