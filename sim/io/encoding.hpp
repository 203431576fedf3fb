#pragma once
// What the bytes of a file are, before they are taken for text.

#include <string>
#include <string_view>

namespace cwtsim::io {

/// The text without the mark with which some programs begin UTF-8.
[[nodiscard]] std::string_view without_mark(std::string_view bytes);
/// "UTF-16LE", "UTF-16BE", "UTF-32LE" or "UTF-32BE" where the bytes are that, by their mark or, without one, where they
/// begin with characters of ASCII; else "".
[[nodiscard]] std::string_view wide_encoding(std::string_view bytes);
[[nodiscard]] bool is_utf8(std::string_view bytes);
/// Windows-1252 as UTF-8.
[[nodiscard]] std::string from_windows_1252(std::string_view bytes);

}  // namespace cwtsim::io
