#pragma once
// Small integers that stand for names, and runs of rows.

#include <cstdint>

namespace cwtsim::model {

using Index16 = std::uint16_t;
inline constexpr Index16 none16 = 0xFFFF;
inline constexpr std::uint32_t none32 = 0xFFFFFFFFu;

/// A run of rows in one of the model's arrays.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  friend bool operator==(Range const&, Range const&) = default;
};

}  // namespace cwtsim::model
