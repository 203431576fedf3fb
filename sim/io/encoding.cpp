#include "encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace cwtsim::io {
namespace {

std::uint32_t byte_at(std::string_view bytes, std::size_t i) {
  return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
}

/// Length of the character that begins here; 0 if none does.
std::size_t character_at(std::string_view bytes, std::size_t i) {
  auto const first = byte_at(bytes, i);
  if (first < 0x80) return 1;
  std::size_t const length = first >= 0xC2 && first < 0xE0   ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  for (std::size_t k = 1; k < length; ++k)
    if ((byte_at(bytes, i + k) & 0xC0U) != 0x80U) return 0;
  return length;
}

void append(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | code >> 6U);
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xE0U | code >> 12U);
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

}  // namespace

std::string_view without_mark(std::string_view bytes) {
  return bytes.substr(0, 3) == "\xEF\xBB\xBF" ? bytes.substr(3) : bytes;
}

std::string_view wide_encoding(std::string_view bytes) {
  auto const is = [&](std::string_view mark) { return bytes.substr(0, mark.size()) == mark; };
  using namespace std::string_view_literals;
  if (is("\xFF\xFE\0\0"sv)) return "UTF-32LE";
  if (is("\0\0\xFE\xFF"sv)) return "UTF-32BE";
  if (is("\xFF\xFE"sv)) return "UTF-16LE";
  if (is("\xFE\xFF"sv)) return "UTF-16BE";
  // no mark: a letter of ASCII, and the zeros beside it
  std::string zeros;
  for (std::size_t i = 0; i < std::min<std::size_t>(bytes.size(), 4); ++i) zeros += bytes[i] == '\0' ? '0' : 'x';
  if (zeros == "x000") return "UTF-32LE";
  if (zeros == "000x") return "UTF-32BE";
  if (zeros == "x0x0" || zeros == "x0") return "UTF-16LE";
  if (zeros == "0x0x" || zeros == "0x") return "UTF-16BE";
  return "";
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    auto const length = character_at(bytes, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string from_windows_1252(std::string_view bytes) {
  constexpr std::array<std::uint16_t, 32> upper{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto const code = byte_at(bytes, i);
    append(out, code >= 0x80 && code < 0xA0 ? upper[code - 0x80] : code);
  }
  return out;
}

}  // namespace cwtsim::io
