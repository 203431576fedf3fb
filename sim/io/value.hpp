#pragma once
// A JSON value that remembers where it stands, so that every message can name its line, however files were merged.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cwtsim/core/problem.hpp"

namespace cwtsim::io {

/// A position in one of the files read: `file` counts the names in `FileNames`; line 0 means no line is known.
struct Place {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};
using FileNames = std::vector<std::string>;

/// "file.json:12:7", or the name alone where no line is known.
[[nodiscard]] std::string place_text(FileNames const& files, Place place);

enum class ValueKind : std::uint8_t { null, boolean, number, text, list, object };

struct Member;

struct Value {
  ValueKind kind = ValueKind::null;
  bool truth = false;
  bool changed = false;  ///< a lever has scaled it or added to it
  std::string text;      ///< a text, or a number as it is written
  std::vector<Value> items;
  std::vector<Member> members;  ///< in the order of the file
  Place place;

  [[nodiscard]] bool is(ValueKind k) const { return kind == k; }
  /// The member of that name, or nullptr.
  [[nodiscard]] Value const* find(std::string_view key) const;
  [[nodiscard]] Value* find(std::string_view key);
  void erase(std::string_view key);
};

struct Member {
  std::string key;
  Place place;
  Value value;
};

/// A key that starts with "_" is a comment.
[[nodiscard]] inline bool is_comment(std::string_view key) {
  return !key.empty() && key.front() == '_';
}

[[nodiscard]] Value text_value(std::string text);
[[nodiscard]] Value number_value(std::string text);

/// The value that a JSON text spells, or problems (and then null). `file` is the place's number, `name` how it is
/// shown. Refused: broken JSON, UTF-16, a key given twice, more than 64 levels, numbers beyond a double.
[[nodiscard]] Value parse_json(std::string_view text, std::uint32_t file, FileNames const& files, Problems& problems);
/// JSON with an indentation of two blanks; short objects and lists on one line. No line break at the end.
[[nodiscard]] std::string write_json(Value const& value);
/// A text as a JSON string, in quotes.
[[nodiscard]] std::string json_string(std::string_view text);
/// A value in a message: texts in quotes and cut short, "a list", "an object".
[[nodiscard]] std::string shown(Value const& value);
[[nodiscard]] std::string shown(std::string_view text);

/// The same for a list of what has changed: numbers and texts as they are, others in one line if they are short.
[[nodiscard]] std::string in_short(Value const& value);
/// A number that is finite; nothing if it is none.
[[nodiscard]] std::optional<double> number_of(Value const& value);
/// Fifteen digits: enough for any figure, and 10 scaled by 1.1 is 11, not 11.000000000000002.
[[nodiscard]] std::string decimal(double x);

/// The names of the reference tokens of a JSON pointer (unescaped).
[[nodiscard]] std::vector<std::string> pointer_tokens(std::string_view pointer);

}  // namespace cwtsim::io
