#include <fmt/format.h>

#include <algorithm>

#include "cwtsim/io/read.hpp"

namespace cwtsim::io {
namespace {

constexpr std::size_t most_printed = 20;
constexpr std::size_t longest_text = 1000;

/// The code point that starts at `i` if it could command a terminal or turn the direction of the text, and its length.
struct Unsafe {
  std::uint32_t code;
  std::size_t length;
};
std::optional<Unsafe> unsafe_at(std::string_view text, std::size_t i) {
  auto const byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U; };
  if (byte(i) < 0x20 || byte(i) == 0x7f) return Unsafe{byte(i), 1};
  if (byte(i) == 0xC2 && byte(i + 1) >= 0x80 && byte(i + 1) < 0xA0) return Unsafe{byte(i + 1), 2};  // C1 controls
  if (byte(i) == 0xE2 && (byte(i + 1) == 0x80 || byte(i + 1) == 0x81)) {
    auto const code = 0x2000U + ((byte(i + 1) & 0x3FU) << 6U) + (byte(i + 2) & 0x3FU);
    bool const turns =
        code == 0x200E || code == 0x200F || (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    if (turns) return Unsafe{code, 3};
  }
  return std::nullopt;
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (auto const unsafe = unsafe_at(text, i)) {
      out += fmt::format("\\u{:04x}", unsafe->code);
      i += unsafe->length;
    } else {
      out += text[i++];
    }
    if (out.size() > longest_text) return out + "...";
  }
  return out;
}

std::string sentence(std::string_view text) {
  auto out = printable(text);
  if (!out.empty() && std::string_view(".?!").find(out.back()) == std::string_view::npos) out += '.';
  return out;
}

/// Where the problems are of which no more is said.
std::string places_of(Problems const& problems) {
  constexpr std::size_t most_places = 200;
  std::string places;
  for (std::size_t i = most_printed; i < problems.size() && i < most_printed + most_places; ++i)
    if (auto const& place = problems.list()[i].place; !place.empty())
      places += (places.empty() ? ", at\n  " : "\n  ") + printable(place);
  return places;
}

}  // namespace

std::string format_problems(Problems const& problems, std::string const& title) {
  auto const n = problems.size();
  auto out = fmt::format("{}: {} {}, nothing was run\n", printable(title), n, n == 1 ? "problem" : "problems");
  for (std::size_t i = 0; i < n && i < most_printed; ++i) {
    auto const& p = problems.list()[i];
    out += '\n';
    auto where = printable(p.place);
    if (!p.pointer.empty()) where += (where.empty() ? "" : " ") + printable(p.pointer);
    if (!where.empty()) out += where + '\n';
    out += "  " + sentence(p.what);
    if (!p.suggestion.empty()) out += ' ' + sentence(p.suggestion);
    out += '\n';
  }
  if (n > most_printed) out += fmt::format("\nand {} more{}\n", n - most_printed, places_of(problems));
  return out;
}

std::string format_told(Problems const& told) {
  std::string out;
  for (auto const& p : told.list()) {
    auto const same = [&p](Problem const& other) { return other.what == p.what; };
    if (&*std::ranges::find_if(told.list(), same) != &p) continue;  // told already
    auto const more = std::ranges::count_if(told.list(), same) - 1;
    out += fmt::format("cwtsim: {}: {}{}. {}\n", printable(p.place), printable(p.what),
                       more > 0 ? fmt::format(" (there and in {} more place{})", more, more > 1 ? "s" : "") : "",
                       sentence(p.suggestion));
  }
  return out;
}

}  // namespace cwtsim::io
