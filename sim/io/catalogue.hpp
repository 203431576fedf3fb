#pragma once
// The visitor of describe() that turns the declarations into data for the schema and the field reference.

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "reader.hpp"

namespace cwtsim::io {

/// How a type is spelled: in words, and as a fragment of JSON Schema.
struct Spelling {
  std::string words, schema;
};

struct FieldDoc {
  std::string key;
  Spelling spelling;
  std::string text, example, kinds;
  std::string initial;  ///< what holds when it is absent; empty: nothing
  bool required = false;
};

struct ObjectDoc {
  std::string name, text;
  std::vector<FieldDoc> fields;
};

/// The `$defs` name and the anchor of an object: "did-not-attend", "waiting-list-at-the-start".
[[nodiscard]] std::string anchor_of(std::string_view name);
[[nodiscard]] Spelling object_spelling(std::string_view name);
[[nodiscard]] Spelling map_spelling(Spelling const& inner, Doc const& doc);
[[nodiscard]] Spelling table_spelling(Spelling const& inner);
[[nodiscard]] Spelling list_spelling(Spelling const& inner);
[[nodiscard]] Spelling items_spelling(Spelling const& inner);
[[nodiscard]] Spelling either_spelling(Spelling const& a, Spelling const& b);
[[nodiscard]] Spelling words_spelling(scenario::Words words);
[[nodiscard]] Spelling number_spelling(Doc const& doc, std::string_view type);

class Catalogue {
 public:
  explicit Catalogue(std::vector<ObjectDoc>& all) : all_(all) {}

  /// Adds T and what it holds; returns how a reference to it is spelled.
  template <class T>
  static Spelling add(std::vector<ObjectDoc>& all) {
    Catalogue c(all);
    T t{};
    describe(c, t);
    return object_spelling(c.name_);
  }

  /// How a field is spelled that holds a distribution.
  static Spelling spelling_of_distribution();
  void about(std::string_view name, std::string_view text);
  template <class T>
  void field(std::string_view key, T& member, Doc const& doc) {
    if (!known_) note(key, spelling(member, doc), doc, initial(member));
  }
  template <class T>
  void kind(std::string_view key, T& member, Doc const& doc) {
    if (!known_) note(key, spelling(member, doc), doc, {});
  }
  void days(std::string_view key, std::int64_t& member, Doc const& doc);
  void days(std::string_view key, std::vector<std::int64_t>& member, Doc const& doc);
  template <class F>
  void nested(std::string_view key, Doc const& doc, F const& describe_inner) {
    if (known_) return;
    note(key, {}, doc, {});
    auto const place = all_[here_].fields.size() - 1;
    Catalogue inner(all_);
    describe_inner(inner);
    all_[here_].fields[place].spelling = object_spelling(inner.name_);
  }
  void either(std::string_view key, bool& member, std::string_view if_false, std::string_view if_true, Doc const& doc);
  void rate(std::string_view key, Named<double>& volume, scenario::VolumeUnit&, scenario::VolumeUnit,
            std::string const&, Doc const& doc);
  void exactly_one(std::string_view, std::string_view) {}
  void openings(Named<scenario::Opening>&, ResourceKind kind, Doc const& doc);
  void needs(std::string_view key, Named<std::int64_t>& member, Doc const& doc);
  void targets(std::string_view key, Named<double>& member, Doc const& doc);
  void strata(std::string_view key, Named<Named<double>>& member, Doc const& doc);
  void evidence(scenario::Evidence& e);
  bool stands_alone(std::string_view, bool) { return false; }
  void handled_elsewhere(std::string_view key, std::string_view what, Doc const& doc);

 private:
  void note(std::string_view key, Spelling spelling, Doc const& doc, std::string initial);

  Spelling spelling(std::string const&, Doc const& doc);
  Spelling spelling(double, Doc const& doc);
  Spelling spelling(std::int64_t, Doc const& doc);
  Spelling spelling(Duration, Doc const& doc);
  Spelling spelling(Period, Doc const& doc);
  Spelling spelling(Date, Doc const& doc);
  Spelling spelling(DateTime const&, Doc const& doc);
  Spelling spelling(TimeOfDay, Doc const& doc);
  Spelling spelling(Distribution const&, Doc const& doc);
  Spelling spelling(scenario::Condition const&, Doc const& doc);
  Spelling spelling(std::vector<std::string> const&, Doc const& doc);
  Spelling spelling(std::vector<TimeOfDay> const&, Doc const& doc);
  Spelling spelling(Value const&, Doc const& doc);
  Spelling spelling(scenario::Column const&, Doc const& doc);
  template <Described T>
  Spelling spelling(std::vector<T> const&, Doc const& doc) {
    return items_spelling(spelling(T{}, doc));
  }
  template <Spelled T>
  Spelling spelling(T const&, Doc const&) {
    return words_spelling(words_of<T>());
  }
  template <class T>
  Spelling spelling(std::optional<T> const&, Doc const& doc) {
    return spelling(T{}, doc);
  }
  template <class T>
  Spelling spelling(scenario::Table<T> const&, Doc const& doc) {
    return table_spelling(spelling(T{}, doc));
  }
  template <class T>
  Spelling spelling(Named<T> const&, Doc const& doc) {
    if constexpr (std::is_same_v<T, double>)  // numbers by name are shares unless the keys are given
      return doc.keys.empty() ? shares_spelling(doc) : map_spelling(spelling(0.0, doc), doc);
    else
      return map_spelling(spelling(T{}, doc), doc);
  }
  template <Described T>
  Spelling spelling(T const&, Doc const&) {
    return add<T>(all_);
  }
  Spelling shares_spelling(Doc const& doc);

  template <class T>
  std::string initial(T const& member) {
    if constexpr (Spelled<T>)
      return '"' + std::string(word_of(member)) + '"';
    else if constexpr (std::is_arithmetic_v<T>)
      return plain_number(static_cast<double>(member));
    else
      return initial_text(member);
  }
  static std::string plain_number(double x);
  static std::string initial_text(std::string const& s) { return s.empty() ? s : '"' + s + '"'; }
  static std::string initial_text(Duration d) { return '"' + format_duration(d) + '"'; }
  static std::string initial_text(Period p) { return '"' + format_period(p) + '"'; }
  static std::string initial_text(TimeOfDay t) { return '"' + format_time_of_day(t) + '"'; }
  template <class T>
  static std::string initial_text(T const&) {
    return {};
  }

  std::vector<ObjectDoc>& all_;
  std::size_t here_ = 0;
  std::string name_;
  bool known_ = false;  ///< described before: nothing is noted again
};

/// The scenario and everything in it, in the order of first mention; then the shapes of distributions.
struct Language {
  std::vector<ObjectDoc> scenario, shapes, levers;
};
[[nodiscard]] Language language();

}  // namespace cwtsim::io
