// How one value is laid on another.

#include <algorithm>
#include <set>
#include <unordered_map>

#include "catalogue.hpp"
#include "compose.hpp"

namespace cwtsim::io {
namespace {

bool is_shape(std::string_view key) {
  return std::find(shape_names.begin(), shape_names.end(), key) != shape_names.end();
}

/// Whether `over`, in the place of a distribution, says a whole new one (or a table where there was none). A row of a
/// table may have the name of a shape.
bool is_anew(Value const& base, Value const& over) {
  bool const table = base.find("by") != nullptr;
  if (over.find("by") != nullptr) return !table;
  return std::any_of(over.members.begin(), over.members.end(), [&](Member const& m) {
    return is_shape(m.key) && !m.value.is(ValueKind::null) && !(table && base.find(m.key) != nullptr);
  });
}

/// What was there is gone, and so are the nulls that would have removed it.
void replace(Value& base, Value const& over) {
  auto fresh = over;
  for (auto& m : fresh.members)
    if (m.value.is(ValueKind::null) && base.find(m.key) != nullptr) m.value.truth = true;
  base = std::move(fresh);
}

void lay(Value& base, Value const& over, bool in_distribution) {
  if (over.is(ValueKind::null)) {  // what it removes leaves a mark, for there may be a template under it
    bool const removes = !base.is(ValueKind::null) || base.truth;
    base = over;
    base.truth = removes || over.truth;
    return;
  }
  if (!base.is(ValueKind::object) || !over.is(ValueKind::object)) {
    base = over;
    return;
  }
  if (in_distribution && is_anew(base, over)) return replace(base, over);
  base.place = over.place;
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < base.members.size(); ++i) places.emplace(base.members[i].key, i);
  std::vector<Member const*> added;
  for (auto const& m : over.members) {
    auto const found = places.find(m.key);
    if (found == places.end()) {
      added.push_back(&m);
    } else {
      base.members[found->second].place = m.place;
      lay(base.members[found->second].value, m.value, in_distribution || holds_distribution(m.key));
    }
  }
  for (auto const* m : added) base.members.push_back(*m);
}

}  // namespace

bool holds_distribution(std::string_view field) {
  static std::set<std::string, std::less<>> const fields = [] {
    std::set<std::string, std::less<>> all;
    auto const of = Catalogue::spelling_of_distribution().words;
    for (auto const& object : language().scenario)
      for (auto const& f : object.fields)
        if (f.spelling.words.find(of) != std::string::npos) all.insert(f.key);
    return all;
  }();
  return fields.contains(field);
}

bool is_distribution(Value const& value) {
  bool const of_shapes = std::all_of(value.members.begin(), value.members.end(), [](Member const& m) {
    return is_comment(m.key) || m.key == "plus" || is_shape(m.key);
  });
  return value.is(ValueKind::object) && of_shapes && !value.members.empty();
}

void merge(Value& base, Value const& over) {
  lay(base, over, false);
}

}  // namespace cwtsim::io
