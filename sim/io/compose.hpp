#pragma once
// Files to one value: extends, include, merging and resource templates.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "value.hpp"

namespace cwtsim::io {

/// The version of the scenario language.
inline constexpr int schema_version = 1;

inline constexpr std::size_t largest_file = 64U << 20U;  ///< bytes, of each and of all together
/// A scenario file ("-": standard input; or a text that stands for it) with everything that it extends and includes.
/// Each must be an object of this schema; its name is added to `files`. Null and problems if that fails. Old words are
/// spelled as they are now, and told.
[[nodiscard]] Value compose_files(std::string const& path, std::optional<std::string> const& text, FileNames& files,
                                  Problems& problems, Problems& told);
/// Files that may be read once only, as they were named.
using FilesRead = std::vector<std::string>;
/// Reads a file and those that it includes, however deep, each before the file that names it; all of them must lie in
/// the folder of the first or below. One that has been read before, under whatever name, is a problem.
void read_with_included(std::string const& path, FileNames& files, Problems& problems, Problems& told, FilesRead& read,
                        std::function<void(Value const& file, std::string const& path)> const& use);
/// Lays `over` on `base`: objects are merged, other values and distributions replaced as a whole; null leaves a mark
/// that strip_removed takes away.
void merge(Value& base, Value const& over);
/// Fields of this name hold a distribution, or a table of them.
[[nodiscard]] bool holds_distribution(std::string_view field);
/// The value has nothing but shapes of distributions, and what is added to them.
[[nodiscard]] bool is_distribution(Value const& value);
/// How large a value is: how many values it is made of, and the bytes of their texts and keys.
struct Extent {
  std::size_t values = 0, bytes = 0;
  Extent& operator+=(Extent const& other);
};
[[nodiscard]] Extent extent_of(Value const& value);
/// The most that copies of what is written once (a template, the value of a lever that reaches many places) may come
/// to, and all versions of a scenario under dated levers together.
inline constexpr Extent most_copied{2'000'000, 32U << 20U}, most_dated{20'000'000, 256U << 20U};
[[nodiscard]] constexpr bool is_within(Extent const& extent, Extent const& most) {
  return extent.values <= most.values && extent.bytes <= most.bytes;
}
/// What filling in the templates will add, or a little more.
[[nodiscard]] Extent copies_of_templates(Value const& root);
/// Fills each provider's resources from the templates of the same name under /resources, and takes those away. Returns
/// the templates that nobody used.
[[nodiscard]] Value expand_templates(Value& root);
void strip_removed(Value& value);

}  // namespace cwtsim::io
