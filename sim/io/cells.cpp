// What a cell of a hospital's list says.

#include <algorithm>
#include <array>
#include <charconv>

#include "waiting_files.hpp"

namespace cwtsim::io {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes the digits, or the letters, that the text begins with.
std::string_view take_word(std::string_view& text, bool digits) {
  std::size_t n = 0;
  auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  while (n < text.size() && (digits ? is_digit(text[n]) : letter(text[n]))) ++n;
  auto const word = text.substr(0, n);
  text.remove_prefix(n);
  return word;
}

int number(std::string_view digits) {
  int n = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return n;
}

int month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> names{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};
  if (word.size() < 3) return 0;
  for (std::size_t m = 0; m < names.size(); ++m)
    if (word.size() <= names[m].size() &&
        std::equal(word.begin(), word.end(), names[m].begin(), [](char a, char b) { return (a | 0x20) == b; }))
      return static_cast<int>(m) + 1;
  return 0;
}

/// Whatever follows a date is a time of day, or nothing.
bool is_time(std::string_view rest) {
  if (rest.empty()) return true;
  if (rest[0] != ' ' && rest[0] != 'T') return false;
  rest.remove_prefix(std::min(rest.find_first_not_of(" T"), rest.size()));
  return rest.size() >= 4 && is_digit(rest[0]) && rest.find(':') <= 2 &&
         rest.find_first_not_of("0123456789:.,+-Z AaPpMm") == rest.npos;
}

std::optional<Date> date(int year, int month, int day) {
  char text[16];
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  auto const two = [](char* at, int n) {
    at[0] = static_cast<char>('0' + n / 10), at[1] = static_cast<char>('0' + n % 10);
  };
  two(text, year / 100), two(text + 2, year % 100), two(text + 5, month), two(text + 8, day);
  text[4] = text[7] = '-';
  return parse_date(std::string_view(text, 10));
}

}  // namespace

std::optional<Date> date_of_cell(std::string_view cell) {
  auto const first = take_word(cell, true);
  if (first.size() == 8 && is_time(cell))
    return date(number(first.substr(0, 4)), number(first.substr(4, 2)), number(first.substr(6)));
  if (first.empty() || cell.empty()) return std::nullopt;
  char const separator = cell[0];
  if (std::string_view("-/. ").find(separator) == std::string_view::npos) return std::nullopt;
  cell.remove_prefix(1);
  bool const in_words = !cell.empty() && !is_digit(cell[0]);
  auto const second = take_word(cell, !in_words);
  int const month = in_words ? month_of(second) : number(second);
  if (second.empty() || cell.empty() || cell[0] != separator || (separator == ' ' && !in_words)) return std::nullopt;
  cell.remove_prefix(1);
  auto const third = take_word(cell, true);
  if (!is_time(cell)) return std::nullopt;
  if (first.size() == 4 && !in_words && third.size() <= 2 && !third.empty())
    return date(number(first), month, number(third));
  if (first.size() > 2 || second.size() > (in_words ? 9U : 2U)) return std::nullopt;
  if (third.size() == 4) return date(number(third), month, number(first));
  return third.size() == 2 ? date(2000 + number(third), month, number(first)) : std::nullopt;
}

}  // namespace cwtsim::io
