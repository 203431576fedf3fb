#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "cwtsim/core/time.hpp"

namespace cwtsim {
namespace {

struct Unit {
  std::string_view singular, plural;
  double seconds;
};
constexpr Unit units[] = {
    {"week", "weeks", 604800}, {"day", "days", 86400}, {"hour", "hours", 3600}, {"min", "min", 60}, {"s", "s", 1}};
constexpr Unit other_spellings[] = {
    {"minute", "minutes", 60}, {"sec", "secs", 1}, {"second", "seconds", 1}, {"h", "h", 3600}, {"d", "d", 86400}};

double unit_seconds(std::string_view word) {
  for (auto const& u : units)
    if (word == u.singular || word == u.plural) return u.seconds;
  for (auto const& u : other_spellings)
    if (word == u.singular || word == u.plural) return u.seconds;
  return 0;
}

/// A decimal number times a whole number of seconds, rounded once: 1.1 hours is 3960 s, not 3960.0000000000005 s.
std::optional<double> decimal_times(std::string_view number, double seconds) {
  constexpr double exact_limit = 9007199254740992.0;  // 2^53
  double mantissa = 0, scale = 1;
  bool past_point = false;
  for (char const c : number) {
    if (c == '.') {
      past_point = true;
      continue;
    }
    mantissa = mantissa * 10 + (c - '0');
    if (past_point) scale *= 10;
    if (mantissa * seconds >= exact_limit || scale > 1e22) {
      double value = 0;
      auto const r = std::from_chars(number.data(), number.data() + number.size(), value, std::chars_format::fixed);
      return r.ec == std::errc{} ? std::optional(value * seconds) : std::nullopt;
    }
  }
  return mantissa * seconds / scale;
}

std::string shortest_decimal(double value) {
  char text[1100];  // the longest double in fixed notation has 1,076 characters
  auto const end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr;
  return {text, end};
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  auto const number_end = std::min(text.find_first_not_of("0123456789."), text.size());
  auto const number = text.substr(0, number_end);
  auto const point = number.find('.');
  bool const digits_at_ends = !number.empty() && number.front() != '.' && number.back() != '.';
  if (!digits_at_ends || (point != number.npos && number.find('.', point + 1) != number.npos)) return std::nullopt;
  auto const word_start = std::min(text.find_first_not_of(' ', number_end), text.size());
  double const unit = unit_seconds(text.substr(word_start));
  if (unit == 0) return std::nullopt;
  auto const seconds = decimal_times(number, unit);
  if (!seconds || !std::isfinite(*seconds)) return std::nullopt;
  return Duration{*seconds};
}

std::string format_duration(Duration d) {
  if (d.seconds == 0) return "0 s";
  for (auto const& u : units) {
    double const count = d.seconds / u.seconds;
    if (count == std::floor(count) && count * u.seconds == d.seconds)
      return fmt::format("{} {}", shortest_decimal(count), count == 1 ? u.singular : u.plural);
  }
  return fmt::format("{} s", shortest_decimal(d.seconds));
}

}  // namespace cwtsim
