#pragma once
// Numbers on the command line, read strictly.

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

#include "cwtsim/core/time.hpp"

namespace cwtsim::cli {

/// Something wrong with the arguments; the message says which and why.
struct BadArgument : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A whole number in decimal digits between two bounds. Throws BadArgument on anything else: "3.7", "-1", "1e3", "+5".
[[nodiscard]] std::uint64_t count_argument(std::string const& option, std::string const& text, std::uint64_t least,
                                           std::uint64_t most);
/// A positive decimal number up to a bound, without an exponent. Throws BadArgument.
[[nodiscard]] double points_argument(std::string const& option, std::string const& text, double most);

/// A length of time with its unit, above 0 and at most a year: "90 s", "2 hours". Throws BadArgument.
[[nodiscard]] Duration duration_argument(std::string const& option, std::string const& text);
/// A number of bytes: a whole number and kB, MB, GB (of 1,000) or KiB, MiB, GiB (of 1,024). Throws BadArgument.
[[nodiscard]] std::uint64_t size_argument(std::string const& option, std::string const& text);

}  // namespace cwtsim::cli
