#include "cwtsim/core/problem.hpp"

#include <algorithm>

namespace cwtsim {
namespace {

/// Insertions, deletions, replacements and swaps of neighbours (Damerau 1964, optimal string alignment).
std::size_t edit_distance(std::string const& a, std::string const& b) {
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), last(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::string nearest_name(std::string const& given, std::vector<std::string> const& names, std::size_t most_edits) {
  auto const wanted = lower_case(given);
  std::size_t best = std::min(most_edits, std::max<std::size_t>(1, given.size() / 3)) + 1;
  std::string nearest;
  for (auto const& name : names) {
    auto const shorter = std::min(name.size(), given.size()), longer = std::max(name.size(), given.size());
    if (longer - shorter >= best) continue;  // every letter of difference costs at least one edit
    auto const distance = edit_distance(wanted, lower_case(name));
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  return nearest;
}

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string cut_short(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return std::string(text.substr(0, most)) + "...";
}

std::string escape_pointer(std::string_view token) {
  std::string escaped;
  for (char const c : token) {
    if (c == '~')
      escaped += "~0";
    else if (c == '/')
      escaped += "~1";
    else
      escaped += c;
  }
  return escaped;
}

}  // namespace cwtsim
