#pragma once
// Which program it is.

#include <string>

namespace cwtsim::study {

inline constexpr char const* version = "0.1.0";  ///< as in the project's CMakeLists.txt (a test compares them)

/// A checksum of the sources on which results depend: parts of other sources are not taken for one's own.
[[nodiscard]] std::string sources();
/// The compiler that made the program, with its version.
[[nodiscard]] std::string compiler();

}  // namespace cwtsim::study
