#pragma once
// The one declaration of every field of a result. A struct that has one says `static constexpr auto fields()`, a tuple
// of Field (or of anything else with a `member`) in the order of its members; adding, merging, the bytes of a file,
// columns and tests all walk it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace cwtsim {

/// What is kept of a number over replications beside its sum; a set.
enum class Folds : std::uint8_t { sum = 0, squares = 1, cubes = 2, greatest = 4, for_interval = squares | cubes };
constexpr Folds operator|(Folds a, Folds b) {
  return static_cast<Folds>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool includes(Folds set, Folds one) {
  return (static_cast<unsigned>(set) & static_cast<unsigned>(one)) != 0;
}

/// A member of a struct, what it is and how it folds. A thing with fields of its own has no unit.
template <class T, class M>
struct Field {
  M T::*member = nullptr;
  char const* name = "";
  char const* unit = "";
  char const* meaning = "";
  Folds folds = Folds::sum;
};
template <class T, class M>
Field(M T::*, char const*, char const*, char const*, Folds = Folds::sum) -> Field<T, M>;

/// A list, and how long it is: `size(what the size follows from)`.
template <class T, class M, class Size>
struct ListField {
  M T::*member = nullptr;
  char const* name = "";
  char const* unit = "";
  char const* meaning = "";
  Size size{};
};
template <class T, class M, class Size>
ListField(M T::*, char const*, char const*, char const*, Size) -> ListField<T, M, Size>;

/// A ratio whose interval is wanted, so that the products of its two counts are kept: what of a struct is the part, and
/// what it is a part of. A struct that has any says `static constexpr auto ratios()`.
template <class Part, class Of>
struct Ratio {
  char const* name = "";
  Part part{};
  Of of{};
  char const* meaning = "";
};
template <class Part, class Of>
Ratio(char const*, Part, Of, char const*) -> Ratio<Part, Of>;

template <class T>
concept Declared = requires {
  T::fields();
};

template <class T, class Declaration>
using MemberOf = std::remove_cvref_t<decltype(std::declval<T&>().*std::declval<Declaration const&>().member)>;

template <class A, class B>
constexpr bool same_member(A a, B b) {
  if constexpr (std::is_same_v<A, B>)
    return a == b;
  else
    return false;
}

/// True if each member of the struct is declared, once and in the order of the members.
template <class T, class... D>
consteval bool declares_all(std::tuple<D...> const& fields) {
  constexpr bool holds_these = requires {
    T{std::declval<MemberOf<T, D>>()...};
  };
  constexpr bool holds_more = requires {
    T{std::declval<MemberOf<T, D>>()..., {}};
  };
  auto const times = [&fields](auto member) {
    return std::apply([member](auto const&... other) { return (same_member(member, other.member) + ... + 0); }, fields);
  };
  bool const once = std::apply([&times](auto const&... field) { return ((times(field.member) == 1) && ...); }, fields);
  return holds_these && !holds_more && once;
}

template <Declared T>
consteval auto checked_fields() {
  static_assert(declares_all<T>(T::fields()), "a member is not among the fields, is there twice, or in another order");
  return T::fields();
}
template <Declared T>
inline constexpr auto fields_of = checked_fields<T>();

/// The i-th field of T as a type, so that what is declared is known to the compiler: `field().name`.
template <class T, std::size_t i>
struct FieldAt {
  constexpr auto const& operator()() const { return std::get<i>(fields_of<T>); }
};

/// Calls use(field, object.*member...) for each field of T in order, with the members of so many objects (or none).
template <Declared T, class Use, class... Objects>
constexpr void for_each_field(Use&& use, Objects&... objects) {
  [&]<std::size_t... i>(std::index_sequence<i...>) {
    auto const one = [&](auto field) { use(field, objects.*field().member...); };
    (one(FieldAt<T, i>{}), ...);
  }
  (std::make_index_sequence<std::tuple_size_v<std::remove_const_t<decltype(fields_of<T>)>>>{});
}

/// Makes every list as long as its declaration says.
template <Declared T, class Given>
void resize_lists(T& lists, Given const& given) {
  for_each_field<T>(
      [&given](auto field, auto& list) {
        if constexpr (requires { field().size(given); }) list.resize(field().size(given));
      },
      lists);
}

template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t n>
inline constexpr bool is_array<std::array<T, n>> = true;

/// Adds what another holds: by its own merge() where it has one, else field by field, numbers as they are.
template <class T>
constexpr void merge_into(T& to, T const& from) {
  if constexpr (requires { to.merge(from); }) {
    to.merge(from);
  } else if constexpr (Declared<T>) {
    for_each_field<T>([](auto, auto& a, auto const& b) { merge_into(a, b); }, to, from);
  } else if constexpr (is_array<T>) {
    for (std::size_t i = 0; i < to.size(); ++i) merge_into(to[i], from[i]);
  } else {
    to += from;
  }
}

/// All that T and what it holds declare, in order: names, what is kept beside sums, ratios. Two programs of which this
/// is the same mean the same by the bytes of a T.
template <class T>
std::string declaration_of() {
  std::string text;
  if constexpr (Declared<T>)
    for_each_field<T>([&text](auto field) {
      text += field().name;
      if constexpr (requires { field().folds; }) text += ':' + std::to_string(static_cast<int>(field().folds));
      text += '(' + declaration_of<MemberOf<T, std::remove_cvref_t<decltype(field())>>>() + ')';
    });
  else if constexpr (requires { typename T::value_type; })
    text = declaration_of<typename T::value_type>();
  if constexpr (requires { T::ratios(); })
    std::apply([&text](auto const&... ratio) { ((text += '/', text += ratio.name), ...); }, T::ratios());
  return text;
}

/// Copies to each field the one of the same name and type, where `from` has such a one.
template <Declared To, Declared From>
constexpr void copy_like_named(From const& from, To& to) {
  for_each_field<To>(
      [&from](auto field, auto& value) {
        for_each_field<From>(
            [&](auto other, auto const& its) {
              if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, std::remove_cvref_t<decltype(its)>>)
                if (std::string_view(field().name) == other().name) value = its;
            },
            from);
      },
      to);
}

}  // namespace cwtsim
