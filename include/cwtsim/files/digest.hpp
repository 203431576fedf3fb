#pragma once
// A hash by which anybody can tell whether a file is the one that is meant.

#include <string>
#include <string_view>

namespace cwtsim::files {

/// SHA-256 (FIPS 180-4) of these bytes, as `sha256sum` writes it: 64 hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace cwtsim::files
