#pragma once
// A checksum of bytes.

#include <cstdint>
#include <string_view>

namespace cwtsim {

/// CRC-64/XZ: any change of up to 64 neighbouring bits, so any single one, gives another value. Source: ECMA-182,
/// reflected, as in the .xz format.
[[nodiscard]] std::uint64_t checksum(std::string_view bytes);

}  // namespace cwtsim
