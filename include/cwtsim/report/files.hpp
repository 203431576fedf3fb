#pragma once
// Files that appear whole or not at all.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cwtsim::report {

enum class Existing : std::uint8_t { refuse, replace };

/// Writes a file beside `path`, makes it durable and renames it to `path`. What went wrong, with the path, or nothing.
/// After an error `path` is as it was before.
[[nodiscard]] std::optional<std::string> write_file(std::string const& path, std::string_view text);
/// Makes the folder (and those above it) and tries that a file can be made in it. What is wrong, or nothing. A folder
/// that holds anything is refused unless it may be replaced: then files are written over one by one.
[[nodiscard]] std::optional<std::string> prepare_folder(std::string const& path, Existing existing);

}  // namespace cwtsim::report
