#pragma once
// What is wrong with an input, told all at once.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cwtsim {

/// One thing wrong with an input: where, what is wrong and why, and what to do about it.
struct Problem {
  std::string pointer;     ///< JSON pointer into the composed scenario, "" for the whole file
  std::string what;        ///< what is wrong, and why it is a problem
  std::string suggestion;  ///< the nearest right spelling or the mend; may be empty
  std::string place;       ///< "file.json:12:7" once the reader has found it; may be empty
};

/// A list of problems; empty means all is well.
class Problems {
 public:
  /// Adds a problem whose place in a file is found later.
  void add(std::string pointer, std::string what, std::string suggestion = {}) {
    list_.push_back({std::move(pointer), std::move(what), std::move(suggestion), {}});
  }
  /// Adds a problem.
  void add(Problem p) { list_.push_back(std::move(p)); }
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] std::size_t size() const { return list_.size(); }
  /// All of them, in the order in which they were added.
  [[nodiscard]] std::vector<Problem> const& list() const { return list_; }
  /// Likewise, to be put in order or given their places.
  [[nodiscard]] std::vector<Problem>& list() { return list_; }

 private:
  std::vector<Problem> list_;
};

/// The name among `names` nearest to `given` by edit distance, or "" if none is near enough to suggest: a third of its
/// length, and no more than `most_edits`.
[[nodiscard]] std::string nearest_name(std::string const& given, std::vector<std::string> const& names,
                                       std::size_t most_edits = 1000);
/// A text with A to Z as small letters.
[[nodiscard]] std::string lower_case(std::string text);
/// A text of more bytes than these as its beginning and three dots; no character of UTF-8 is cut in two.
[[nodiscard]] std::string cut_short(std::string_view text, std::size_t most);
/// One reference token escaped for a JSON pointer (~ and /).
[[nodiscard]] std::string escape_pointer(std::string_view token);

}  // namespace cwtsim
