#pragma once
// The visitor of describe() that fills the structs from a value, and refuses whatever was not declared.

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "cwtsim/scenario/describe.hpp"
#include "value.hpp"

namespace cwtsim::io {

using scenario::describe;
using scenario::Doc;

enum class Completeness { whole, part };  ///< of a part, keys may be missing

/// Where the problems of one reading go.
struct Reading {
  FileNames const& files;
  Problems& problems;
  Completeness completeness = Completeness::whole;

  /// Notes a problem at a place; beyond a thousand nobody reads on.
  void refuse(std::string const& pointer, Place place, std::string what, std::string suggestion = {});
};

struct At {
  Value const& value;
  std::string pointer;
};

class Reader {
 public:
  /// Reads one object; the value must be one. Call finish() after describe().
  Reader(Reading& reading, Value const& object, std::string pointer)
      : reading_(reading), object_(object), pointer_(std::move(pointer)) {}

  void about(std::string_view name, std::string_view) { name_ = name; }
  template <class T>
  void field(std::string_view key, T& member, Doc const& doc);
  template <class T>
  void kind(std::string_view key, T& member, Doc const& doc);
  template <class T>
  void days(std::string_view key, T& member, Doc const& doc);
  template <class F>
  void nested(std::string_view key, Doc const& doc, F const& describe_inner);
  void either(std::string_view key, bool& member, std::string_view if_false, std::string_view if_true, Doc const& doc);
  void rate(std::string_view key, Named<double>& volume, scenario::VolumeUnit& unit, scenario::VolumeUnit this_unit,
            std::string const& provider, Doc const& doc);
  void exactly_one(std::string_view keys, std::string_view why);
  void openings(Named<scenario::Opening>& member, ResourceKind kind, Doc const& doc);
  void needs(std::string_view key, Named<std::int64_t>& member, Doc const& doc);
  void targets(std::string_view key, Named<double>& member, Doc const& doc);
  void strata(std::string_view key, Named<Named<double>>& member, Doc const& doc);
  void evidence(scenario::Evidence& e);
  bool stands_alone(std::string_view key, bool given);
  void handled_elsewhere(std::string_view key, std::string_view, Doc const& doc) { (void)take(key, doc); }
  void finish();

 private:
  [[nodiscard]] std::optional<At> take(std::string_view key, Doc const& doc);
  [[nodiscard]] std::string article() const;

  Reading& reading_;
  Value const& object_;
  std::string pointer_;
  std::string_view name_ = "object";
  std::string_view kind_;
  std::vector<std::string> known_, fitting_;  ///< keys declared, and those of them that the kind has
  bool alone_ = false;
};

// Plain values; each notes a problem and leaves `out` as it is when the value is not of its type. ---------------------

void read_value(Reading& reading, At const& at, Doc const& doc, std::string& out);
void read_value(Reading& reading, At const& at, Doc const& doc, double& out);
void read_value(Reading& reading, At const& at, Doc const& doc, std::int64_t& out);
void read_value(Reading& reading, At const& at, Doc const& doc, Duration& out);
void read_value(Reading& reading, At const& at, Doc const& doc, Period& out);
void read_value(Reading& reading, At const& at, Doc const& doc, Date& out);
void read_value(Reading& reading, At const& at, Doc const& doc, DateTime& out);
void read_value(Reading& reading, At const& at, Doc const& doc, TimeOfDay& out);
void read_value(Reading& reading, At const& at, Doc const& doc, Distribution& out);
/// Shares; where `doc` lists the keys, plain numbers.
void read_value(Reading& reading, At const& at, Doc const& doc, scenario::Shares& out);
/// Numbers by name, which are not shares.
void read_numbers(Reading& reading, At const& at, Doc const& doc, Named<double>& out);
void read_value(Reading& reading, At const& at, Doc const& doc, scenario::Condition& out);
void read_value(Reading& reading, At const& at, Doc const& doc, std::vector<std::string>& out);
void read_value(Reading& reading, At const& at, Doc const& doc, std::vector<TimeOfDay>& out);
void read_value(Reading& reading, At const& at, Doc const& doc, Value& out);
/// A name alone, or an object.
void read_value(Reading& reading, At const& at, Doc const& doc, scenario::Column& out);
void read_days(Reading& reading, At const& at, Doc const& doc, std::int64_t& out);
void read_days(Reading& reading, At const& at, Doc const& doc, std::vector<std::int64_t>& out);
/// The place of the value's word in `words`, or nothing and a problem.
[[nodiscard]] std::optional<std::size_t> read_word(Reading& reading, At const& at, scenario::Words words);

/// False, and a problem, if the value is not of that kind.
[[nodiscard]] bool expect(Reading& reading, At const& at, Doc const& doc, ValueKind kind);
/// False, and a problem, if the key of a member cannot name something (empty, a reserved word, control characters).
[[nodiscard]] bool good_name(Reading& reading, Member const& member, std::string const& pointer);
/// Problems for keys that are missing from, or not in, `doc.keys`.
void check_keys(Reading& reading, At const& at, Doc const& doc);
/// "a" or "an" and the word.
[[nodiscard]] std::string with_article(std::string_view word);
[[nodiscard]] std::vector<std::string> split_words(std::string_view words);
[[nodiscard]] std::string example_of(std::string_view key, Doc const& doc);

[[nodiscard]] inline At below(At const& at, Member const& m) {
  return {m.value, at.pointer + '/' + escape_pointer(m.key)};
}

// Composite values ---------------------------------------------------------------------------------------------------

template <class T>
concept Described = requires(Reader& r, T& t) {
  describe(r, t);
};

template <class T>
concept Spelled = std::is_enum_v<T>;

template <Spelled T>
void read_value(Reading& reading, At const& at, Doc const&, T& out) {
  if (auto const i = read_word(reading, at, words_of<T>())) out = static_cast<T>(*i);
}

template <Described T>
void read_value(Reading& reading, At const& at, Doc const& doc, T& out) {
  if (!expect(reading, at, doc, ValueKind::object)) return;
  Reader r(reading, at.value, at.pointer);
  describe(r, out);
  r.finish();
}

template <Described T>
void read_value(Reading& reading, At const& at, Doc const& doc, std::vector<T>& out) {
  if (!expect(reading, at, doc, ValueKind::list)) return;
  for (std::size_t i = 0; i < at.value.items.size(); ++i)
    read_value(reading, {at.value.items[i], at.pointer + '/' + std::to_string(i)}, doc, out.emplace_back());
}

template <class T>
void read_value(Reading& reading, At const& at, Doc const& doc, std::optional<T>& out);
template <class T>
void read_value(Reading& reading, At const& at, Doc const& doc, Named<T>& out);
template <class T>
void read_value(Reading& reading, At const& at, Doc const& doc, scenario::Table<T>& out);

template <class T>
void read_value(Reading& reading, At const& at, Doc const& doc, std::optional<T>& out) {
  auto const before = reading.problems.size();
  T value{};
  read_value(reading, at, doc, value);
  if (reading.problems.size() == before) out = std::move(value);
}

template <class T>
void read_value(Reading& reading, At const& at, Doc const& doc, Named<T>& out) {
  if (!expect(reading, at, doc, ValueKind::object)) return;
  out.items.clear();
  for (auto const& m : at.value.members) {
    auto const inner = below(at, m);
    if (is_comment(m.key) || !good_name(reading, m, inner.pointer)) continue;
    out.items.emplace_back(m.key, T{});
    read_value(reading, inner, doc, out.items.back().second);
  }
  check_keys(reading, at, doc);
}

/// Does this value stand at the end of a table's row, rather than one level deeper?
template <class T>
[[nodiscard]] bool is_row_value(Value const& v);
template <>
[[nodiscard]] bool is_row_value<double>(Value const& v);
template <>
[[nodiscard]] bool is_row_value<std::int64_t>(Value const& v);
template <>
[[nodiscard]] bool is_row_value<scenario::Shares>(Value const& v);
template <>
[[nodiscard]] bool is_row_value<Distribution>(Value const& v);

/// Reads the names in "by"; false if there is nothing to go on with.
[[nodiscard]] bool read_by(Reading& reading, At const& at, std::vector<std::string>& by);
void refuse_depth(Reading& reading, At const& at, std::vector<std::string> const& by);

template <class T>
void read_rows(Reading& reading, At const& at, Doc const& doc, std::vector<std::string>& keys,
               scenario::Table<T>& out) {
  bool const top = keys.empty();
  for (auto const& m : at.value.members) {
    if (is_comment(m.key) || (top && m.key == "by")) continue;
    auto const inner = below(at, m);
    keys.push_back(m.key);
    if (is_row_value<T>(m.value)) {
      out.rows.push_back({keys, T{}});
      read_value(reading, inner, doc, out.rows.back().value);
    } else if (keys.size() >= out.by.size()) {
      refuse_depth(reading, inner, out.by);
    } else {
      read_rows(reading, inner, doc, keys, out);
    }
    keys.pop_back();
  }
}

template <class T>
void read_value(Reading& reading, At const& at, Doc const& doc, scenario::Table<T>& out) {
  out = {};
  if (at.value.is(ValueKind::object) && at.value.find("by") != nullptr) {
    std::vector<std::string> keys;
    if (!read_by(reading, at, out.by)) return;
    read_rows(reading, at, doc, keys, out);
    if (out.rows.empty())
      reading.refuse(at.pointer, at.value.place, "the table has no rows (only \"by\")",
                     "Give a value for each level, or \"otherwise\"");
  } else {
    out.rows.push_back({{}, T{}});
    read_value(reading, at, doc, out.rows.back().value);
  }
}

// Members of Reader --------------------------------------------------------------------------------------------------

template <class T>
void Reader::field(std::string_view key, T& member, Doc const& doc) {
  if (auto const at = take(key, doc)) read_value(reading_, *at, doc, member);
}

template <class T>
void Reader::kind(std::string_view key, T& member, Doc const& doc) {
  auto const at = take(key, doc);
  if (!at) return;
  if (auto const i = read_word(reading_, *at, words_of<T>())) {
    member = static_cast<T>(*i);
    kind_ = word_of(member);
  }
}

template <class T>
void Reader::days(std::string_view key, T& member, Doc const& doc) {
  if (auto const at = take(key, doc)) read_days(reading_, *at, doc, member);
}

template <class F>
void Reader::nested(std::string_view key, Doc const& doc, F const& describe_inner) {
  auto const at = take(key, doc);
  if (!at || !expect(reading_, *at, doc, ValueKind::object)) return;
  Reader inner(reading_, at->value, at->pointer);
  describe_inner(inner);
  inner.finish();
}

}  // namespace cwtsim::io
