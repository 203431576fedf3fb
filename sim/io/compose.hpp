#pragma once
// Files to one value: extends, include, merging and resource templates.

#include <functional>
#include <optional>
#include <string>

#include "value.hpp"

namespace cwtsim::io {

/// The version of the scenario language.
inline constexpr int schema_version = 1;

/// Adds the bytes of a file to what is there; why they cannot be had, or "".
[[nodiscard]] std::string read_bytes(std::string const& path, std::string& bytes);
/// Reads and parses one file ("-": standard input) and checks that it is an object of this schema. Its name is added to
/// `files`. Null and problems if that fails. Old words are spelled as they are now, and told.
[[nodiscard]] Value read_file(std::string const& path, FileNames& files, Problems& problems, Problems& told);
/// A scenario file (or a text that stands for it) with everything that it extends and includes.
[[nodiscard]] Value compose_files(std::string const& path, std::optional<std::string> const& text, FileNames& files,
                                  Problems& problems, Problems& told);
/// Reads a file and those that it includes, however deep, each before the file that names it; all of them must lie in
/// the folder of the first or below.
void read_with_included(std::string const& path, FileNames& files, Problems& problems, Problems& told,
                        std::function<void(Value const& file, std::string const& path)> const& use);
/// Lays `over` on `base`: objects are merged, other values and distributions replaced as a whole; null leaves a mark
/// that strip_removed takes away.
void merge(Value& base, Value const& over);
/// Fields of this name hold a distribution, or a table of them.
[[nodiscard]] bool holds_distribution(std::string_view field);
/// The value has nothing but shapes of distributions, and what is added to them.
[[nodiscard]] bool is_distribution(Value const& value);
/// Fills each provider's resources from the templates of the same name under /resources, and takes those away. Returns
/// the templates that nobody used.
[[nodiscard]] Value expand_templates(Value& root);
void strip_removed(Value& value);

}  // namespace cwtsim::io
