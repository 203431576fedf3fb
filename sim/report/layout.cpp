#include "layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "cwtsim/files/table.hpp"

namespace cwtsim::report {
namespace {

constexpr double hours_per_day = 24, minutes_per_hour = 60;
constexpr std::string_view left_out = "..";

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::vector<std::size_t> widths_of(Columns const& columns) {
  std::vector<std::size_t> widths;
  for (auto const& header : columns.headers) widths.push_back(width_of(header));
  for (auto const& row : columns.rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i].text));
  std::size_t total = 2;
  for (auto const w : widths) total += w + 2;
  // The widest name gives way first.
  constexpr std::size_t least_name = 12;
  for (; total > page_width + 2; --total) {
    auto const widest = std::max_element(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(columns.left));
    if (columns.left == 0 || *widest <= least_name) break;
    --*widest;
  }
  return widths;
}

/// So many of the first characters, or of the last.
std::string_view first_of(std::string_view text, std::size_t characters) {
  std::size_t end = 0;
  for (; end < text.size() && (characters > 0 || continues_character(text[end])); ++end)
    if (!continues_character(text[end])) --characters;
  return text.substr(0, end);
}
std::string_view last_of(std::string_view text, std::size_t characters) {
  return text.substr(first_of(text, width_of(text) - characters).size());
}

/// A name of no more than so many characters, so many of which are its last ones.
std::string shortened(std::string_view name, std::size_t width, std::size_t last) {
  if (width_of(name) <= width) return std::string(name);
  std::size_t const kept = width - left_out.size();
  return fmt::format("{}{}{}", first_of(name, kept - last), left_out, last_of(name, last));
}

/// What is shown of each name in a column of some width: its beginning, unless names that differ come out the same;
/// then its beginning and its end, or its end.
using Names = std::map<std::pair<std::size_t, std::string>, std::string>;
Names names_of(Columns const& columns, std::vector<std::size_t> const& widths) {
  Names names;
  auto const take = [&](std::size_t column, std::string const& name) {
    names[{widths[column], name}] = shortened(name, widths[column], 0);
  };
  for (std::size_t i = 0; i < columns.left; ++i) take(i, columns.headers[i]);
  for (auto const& row : columns.rows)
    for (std::size_t i = 0; i < std::min(columns.left, row.size()); ++i) take(i, row[i].text);
  for (std::size_t const parts : {2, 1}) {
    std::map<std::string, std::set<std::string>> alike;
    for (auto const& [name, shown] : names) alike[shown].insert(name.second);
    for (auto& [name, shown] : names)
      if (alike[shown].size() > 1) shown = shortened(name.second, name.first, (name.first - left_out.size()) / parts);
  }
  return names;
}

std::string padding(std::size_t width, std::size_t used) {
  return std::string(width > used ? width - used : 0, ' ');
}

}  // namespace

std::string painted(std::string text, Tone tone, Colour colour) {
  if (colour == Colour::off || tone == Tone::plain) return text;
  char const* code = "";
  switch (tone) {
    case Tone::plain:
      break;
    case Tone::heading:
      code = "1";
      break;
    case Tone::good:
      code = "32";
      break;
    case Tone::middling:
      code = "33";
      break;
    case Tone::bad:
      code = "31";
      break;
  }
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::size_t width_of(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_character));
}

void append_columns(std::string& out, Columns const& columns, Colour colour) {
  auto const widths = widths_of(columns);
  auto const names = names_of(columns, widths);
  auto const append_line = [&](std::vector<Word> const& cells) {
    std::string line = "  ";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      auto const text = i < columns.left ? names.at({widths[i], cells[i].text}) : cells[i].text;
      auto const pad = padding(widths[i], width_of(text));
      line +=
          i < columns.left ? painted(text, cells[i].tone, colour) + pad : pad + painted(text, cells[i].tone, colour);
      if (i + 1 < cells.size()) line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  };
  std::vector<Word> headers;
  for (auto const& header : columns.headers) headers.emplace_back(header);
  append_line(headers);
  for (auto const& row : columns.rows) append_line(row);
}

void append_heading(std::string& out, std::string_view text, Colour colour) {
  out += '\n' + painted(std::string(text), Tone::heading, colour) + "\n\n";
}

void append_wrapped(std::string& out, std::string_view text, std::size_t indent) {
  std::size_t used = 0;
  while (!text.empty()) {
    auto const space = std::min(text.find(' '), text.size());
    auto const word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (used > 0 && used + 1 + width_of(word) > page_width) {
      out += '\n';
      used = 0;
    }
    if (used == 0) {
      out += std::string(indent, ' ');
      used = indent;
    } else {
      out += ' ';
      ++used;
    }
    out += word;
    used += width_of(word);
  }
  out += '\n';
}

std::string percent(double share) {
  return fmt::format("{:.1f}", 100 * share);
}

std::string grouped(double number) {
  auto digits = fmt::format("{:.0f}", std::abs(number));
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3)
    digits.insert(static_cast<std::size_t>(i), ",");
  return (number < 0 && digits != "0" ? "-" : "") + digits;
}

std::string a_few(double number) {
  double const size = std::abs(number);
  if (size >= 99.95) return grouped(number);
  if (size >= 1) return fmt::format("{:.1f}", number);
  return size == 0 ? "0" : fmt::format("{:.2f}", number);
}

std::string length_of_time(double days) {
  double const hours = days * hours_per_day;
  if (days == 0) return "0";
  if (hours < 1) return fmt::format("{:.1f} min", hours * minutes_per_hour);
  if (days < 1) return fmt::format("{:.1f} h", hours);
  return days == std::floor(days) ? fmt::format("{:.0f} days", days) : fmt::format("{:.1f} days", days);
}

std::string percent_interval(Estimate const& e) {
  if (!e.low || !e.high) return percent(e.value);
  return fmt::format("{} ({} to {})", percent(e.value), percent(*e.low), percent(*e.high));
}

std::string not_estimable(std::uint64_t replications) {
  return fmt::format("not estimable from {} replication{}", replications, replications == 1 ? "" : "s");
}

std::string Advice::mark(Estimate const& e) {
  if (e.advised == 0 || !e.low) return "";
  least_ = least_ == 0 ? e.advised : std::min(least_, e.advised);
  most_ = std::max(most_, e.advised);
  return "*";
}

void Advice::append_to(std::string& out, std::uint64_t replications) const {
  if (most_ == 0) return;
  auto const advised = least_ == most_ ? grouped(static_cast<double>(most_))
                                       : fmt::format("{} to {}", grouped(static_cast<double>(least_)),
                                                     grouped(static_cast<double>(most_)));
  append_wrapped(
      out,
      fmt::format("* {} replications are too few to vouch for this interval; {} are advised.", replications, advised),
      2);
}

}  // namespace cwtsim::report
