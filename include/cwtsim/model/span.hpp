#pragma once

#include <cstdint>

namespace cwtsim::model {

/// A run of rows in one of the model's arrays.
struct Span {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

}  // namespace cwtsim::model
