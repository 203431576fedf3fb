#pragma once
// Sums that no limit of a scenario keeps within their bits: they say so instead of beginning again from 0.

#include <cstdint>
#include <string>

namespace cwtsim::engine {

/// Throws overflow_error that says what came to more than can be counted in one replication.
[[noreturn]] void too_large_to_count(std::string const& what);

/// Adds to a sum of pence, or of parts of a value.
inline void add_to(std::uint64_t& sum, std::uint64_t more, char const* what) {
  if (__builtin_add_overflow(sum, more, &sum)) [[unlikely]]
    too_large_to_count(what);
}

}  // namespace cwtsim::engine
