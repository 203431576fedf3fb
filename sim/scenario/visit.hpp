#pragma once
// A visitor of describe() that goes through all that a scenario holds, with the pointer of each thing.

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cwtsim/scenario/describe.hpp"
#include "words.hpp"

namespace cwtsim::scenario {

/// Calls use(pointer, value) for every value for which that can be called, and looks into all others.
template <class Use>
class Visit {
 public:
  Visit(Use& use, std::string pointer) : use_(use), pointer_(std::move(pointer)) {}

  void about(std::string_view, std::string_view) {}
  template <class T>
  void field(std::string_view key, T& member, Doc const& doc) {
    if (doc.kinds.have(kind_)) value(under(pointer_, key), member);
  }
  template <class T>
  void kind(std::string_view, T& member, Doc const&) {
    kind_ = word_of(member);
  }
  template <class F>
  void nested(std::string_view key, Doc const&, F const& describe_inner) {
    Visit inner(use_, under(pointer_, key));
    describe_inner(inner);
  }
  void openings(Named<Opening>& member, ResourceKind kind, Doc const&) {
    if (word_of(kind) != kind_) return;
    for (auto& [name, opening] : member) {
      Visit inner(use_, under(pointer_, record_of(kind).openings, name));
      describe(inner, opening, kind);
    }
  }
  template <class T>
  void days(std::string_view, T&, Doc const&) {}  // whole days, whatever a tick is
  void either(std::string_view, bool&, std::string_view, std::string_view, Doc const&) {}
  void rate(std::string_view, Named<double>&, VolumeUnit&, VolumeUnit, std::string const&, Doc const&) {}
  void exactly_one(std::string_view, std::string_view) {}
  void needs(std::string_view, Named<std::int64_t>&, Doc const&) {}
  void targets(std::string_view, Named<double>&, Doc const&) {}
  void strata(std::string_view, Named<Named<double>>&, Doc const&) {}
  void evidence(Evidence&) {}
  [[nodiscard]] bool stands_alone(std::string_view, bool given) { return given; }
  void handled_elsewhere(std::string_view, std::string_view, Doc const&) {}

 private:
  template <class T>
  void value(std::string const& at, T& member) {
    if constexpr (std::invocable<Use&, std::string const&, T&>) {
      use_(at, member);
    } else if constexpr (requires(Visit & v) { describe(v, member); }) {
      Visit inner(use_, at);
      describe(inner, member);
    } else {
      look_into(at, member);
    }
  }
  template <class T>
  void look_into(std::string const&, T&) {}
  template <class T>
  void look_into(std::string const& at, std::optional<T>& member) {
    if (member) value(at, *member);
  }
  template <class T>
  void look_into(std::string const& at, Named<T>& member) {
    for (auto& [name, inner] : member) value(under(at, name), inner);
  }
  template <class T>
  void look_into(std::string const& at, Table<T>& member) {
    for (auto& row : member.rows) {
      auto here = at;
      for (auto const& key : row.keys) here = under(here, key);
      value(here, row.value);
    }
  }

  Use& use_;
  std::string pointer_;
  std::string_view kind_;
};

}  // namespace cwtsim::scenario
