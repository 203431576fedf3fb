#pragma once
// Which program it is.

#include <string>

namespace cwtsim::study {

inline constexpr char const* version = "0.1.0";  ///< as in the project's CMakeLists.txt (a test compares them)

/// A checksum of the sources on which results depend: parts of other sources are not taken for one's own.
[[nodiscard]] std::string sources();
/// The commit of these sources, "with changes" where there were any; "unknown" where nothing says which.
[[nodiscard]] std::string commit();
/// The kind of build and its flags, without those that name a path.
[[nodiscard]] std::string flags();
/// The compiler that made the program, with its version.
[[nodiscard]] std::string compiler();

}  // namespace cwtsim::study
