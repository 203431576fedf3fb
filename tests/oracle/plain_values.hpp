#pragma once
// How values are spelled in a scenario file, read in the plainest way from docs/fields.md. Nothing is shared with the
// reader of the program: of nlohmann/json the parser, of the program the structs that hold what comes out.

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::oracle::plain {

using Json = nlohmann::ordered_json;

/// Something is not written as this reader knows it: a pointer, and what.
struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An object, each of whose keys must be asked for by the time it is finished.
class Thing {
 public:
  explicit Thing(Json const& object);
  [[nodiscard]] bool has(std::string const& key);
  /// What `read` makes of the value; it must be there.
  template <class Read>
  [[nodiscard]] auto get(std::string const& key, Read read) {
    if (!has(key)) throw Unreadable(": there is no \"" + key + "\"");
    try {
      return read(object_.at(key));
    } catch (std::exception const& e) {
      throw Unreadable("/" + key + e.what());
    }
  }
  /// Likewise, or what holds where it is absent.
  template <class Read>
  [[nodiscard]] auto get(std::string const& key, Read read, std::invoke_result_t<Read, Json const&> const& absent) {
    return has(key) ? get(key, read) : absent;
  }
  /// Likewise, or nothing.
  template <class Read>
  [[nodiscard]] auto maybe(std::string const& key, Read read) {
    using T = std::invoke_result_t<Read, Json const&>;
    return has(key) ? std::optional<T>(get(key, read)) : std::optional<T>();
  }
  /// One of some words.
  template <class T>
  [[nodiscard]] T word(std::string const& key, std::map<std::string, T> const& words) {
    return get(key, [&](Json const& value) {
      auto const found = words.find(value.get<std::string>());
      if (found == words.end()) throw Unreadable(": unknown word " + value.dump());
      return found->second;
    });
  }
  template <class T>
  [[nodiscard]] T word(std::string const& key, std::map<std::string, T> const& words, T absent) {
    return has(key) ? word(key, words) : absent;
  }
  /// Throws if there is a key that nobody asked for.
  void finish() const;

 private:
  Json const& object_;
  std::set<std::string> asked_;
};

/// A thing made of an object, all of which must be used.
template <auto read>
auto made(Json const& json) {
  Thing thing(json);
  auto const value = read(thing);
  thing.finish();
  return value;
}

/// An object of things by name, in the order of the file.
template <class Read>
auto each(Read read) {
  return [read](Json const& json) {
    if (!json.is_object()) throw Unreadable(": not an object");
    Named<decltype(read(json))> all;
    for (auto const& [name, value] : json.items()) try {
        all.items.emplace_back(name, read(value));
      } catch (std::exception const& e) {
        throw Unreadable("/" + name + e.what());
      }
    return all;
  };
}

/// A whole number over another.
struct Fraction {
  std::int64_t over = 0, under = 1;
  [[nodiscard]] bool is_whole() const { return under == 1; }
  [[nodiscard]] double value() const { return static_cast<double>(over) / static_cast<double>(under); }
};
[[nodiscard]] Fraction lowest_terms(std::int64_t over, std::int64_t under);
Fraction operator+(Fraction a, Fraction b);
Fraction operator-(Fraction a, Fraction b);
Fraction operator*(Fraction a, Fraction b);
Fraction operator/(Fraction a, Fraction b);
bool operator<(Fraction a, Fraction b);
bool operator==(Fraction a, Fraction b);

/// The number at the beginning of a text, exactly, and what stands behind it.
struct NumberAndRest {
  Fraction number;
  std::string rest;
};
[[nodiscard]] NumberAndRest split_number(std::string const& text);
/// Seconds of a unit of time: "min", "hours", "day".
[[nodiscard]] std::int64_t seconds_of_unit(std::string const& unit);

[[nodiscard]] std::string text(Json const& json);
[[nodiscard]] double number(Json const& json);
[[nodiscard]] std::int64_t whole(Json const& json);
[[nodiscard]] std::vector<std::string> texts(Json const& json);
[[nodiscard]] Duration duration(Json const& json);
[[nodiscard]] std::int64_t whole_days(Json const& json);
[[nodiscard]] Period period(Json const& json);
[[nodiscard]] Date date(Json const& json);
[[nodiscard]] TimeOfDay time_of_day(Json const& json);
[[nodiscard]] std::vector<TimeOfDay> times_of_day(Json const& json);
[[nodiscard]] DateTime date_time(Json const& json);
[[nodiscard]] Distribution distribution(Json const& json);
[[nodiscard]] scenario::Shares shares(Json const& json);
[[nodiscard]] scenario::Shares sizes(Json const& json);
[[nodiscard]] scenario::Condition condition(Json const& json);
[[nodiscard]] scenario::NumberTable number_table(Json const& json);
[[nodiscard]] scenario::Table<std::int64_t> whole_table(Json const& json);
[[nodiscard]] scenario::ShareTable share_table(Json const& json);
[[nodiscard]] scenario::Table<scenario::Shares> size_table(Json const& json);
[[nodiscard]] scenario::DistributionTable distribution_table(Json const& json);
[[nodiscard]] scenario::Factors factors(Json const& json);
[[nodiscard]] scenario::Odds odds(Json const& json);

}  // namespace cwtsim::oracle::plain
