#include "old_words.hpp"

#include <fmt/format.h>

#include <array>
#include <span>

namespace cwtsim::io {
namespace {

using Path = std::span<std::string_view const>;

struct OldWord {
  std::array<std::string_view, 3> path;  ///< * is any key; the last is the old word
  std::string_view now;
};

// One mark a word: how far a figure can be trusted is a mark, what a patient reaches is a milestone.
constexpr std::array<OldWord, 2> old_words{
    {{{"demand", "*", "marks"}, "milestones"}, {{"waiting", "*", "marks"}, "milestones"}}};

void tell(OldWord const& word, std::string pointer, Place place, FileNames const& files, Problems& told) {
  told.add({std::move(pointer), fmt::format("\"{}\" is called \"{}\" now", word.path.back(), word.now),
            "Write the new word: this version is the last to read the old one", place_text(files, place)});
}

void rename_below(Value& value, Path path, std::string const& pointer, OldWord const& word, FileNames const& files,
                  Problems& told) {
  bool const last = path.size() == 1;
  if (last && value.find(word.now) != nullptr) return;  // with both words the old one is unknown
  for (auto& m : value.members) {
    if (path.front() != "*" && path.front() != m.key) continue;
    auto const here = pointer + "/" + escape_pointer(m.key);
    if (!last) {
      rename_below(m.value, path.subspan(1), here, word, files, told);
      continue;
    }
    tell(word, here, m.place, files, told);
    m.key = word.now;
  }
}

}  // namespace

void modernise(Value& root, FileNames const& files, Problems& told) {
  for (auto const& word : old_words) rename_below(root, word.path, "", word, files, told);
  auto* const levers = root.find("levers");
  if (levers == nullptr) return;
  for (auto& lever : levers->members) {
    auto* const pointer = lever.value.find("pointer");
    auto* const set = lever.value.find("set");
    Value nothing;
    if (pointer != nullptr && pointer->is(ValueKind::text))
      modernise_lever(pointer->text, set == nullptr ? nothing : *set, pointer->place, files, told);
  }
}

void modernise_lever(std::string& pointer, Value& value, Place place, FileNames const& files, Problems& told) {
  auto const tokens = pointer_tokens(pointer);
  for (auto const& word : old_words) {
    Path const path(word.path);
    if (tokens.size() > path.size()) continue;
    bool leads_there = true;
    for (std::size_t i = 0; i < tokens.size(); ++i)
      leads_there = leads_there && (path[i] == "*" || tokens[i] == "*" || path[i] == tokens[i]);
    if (!leads_there) continue;
    if (tokens.size() < path.size()) {
      rename_below(value, path.subspan(tokens.size()), pointer, word, files, told);
    } else if (tokens.back() == word.path.back()) {
      tell(word, pointer, place, files, told);
      pointer.replace(pointer.size() - word.path.back().size(), word.path.back().size(), word.now);
    }
  }
}

}  // namespace cwtsim::io
