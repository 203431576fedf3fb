#pragma once
// The words of an enumeration. An enumerator is spelled as in JSON, so its word is its own name: none can be forgotten,
// misspelt or stand in another order.

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cwtsim {

namespace spelling {

/// The name of an enumerator, taken from how the compiler spells this function; "" where no enumerator has the value
/// (then it spells a cast).
template <auto enumerator>
constexpr std::string_view name() {
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.rfind("enumerator = "));
  text = text.substr(0, text.find_first_of(";]"));
  text.remove_prefix(text.find_last_of(": ") + 1);
  return text.find(')') == text.npos ? text : std::string_view{};
}

/// How many enumerators there are; their values must be 0, 1, 2 and so on.
template <class Enum, std::size_t n = 0>
constexpr std::size_t count() {
  if constexpr (name<static_cast<Enum>(n)>().empty())
    return n;
  else
    return count<Enum, n + 1>();
}

template <class Enum, std::size_t... values>
constexpr std::array<std::string_view, sizeof...(values)> names(std::index_sequence<values...>) {
  return {name<static_cast<Enum>(values)>()...};
}

template <class Enum>
inline constexpr auto all_names = names<Enum>(std::make_index_sequence<count<Enum>()>{});

}  // namespace spelling

/// How many enumerators there are.
template <class Enum>
inline constexpr std::size_t count_of = spelling::count<Enum>();

/// Their words, in the order of their values.
template <class Enum>
[[nodiscard]] constexpr std::span<std::string_view const> words_of() {
  return spelling::all_names<Enum>;
}

/// The word of one of them.
template <class Enum>
requires std::is_enum_v<Enum>
[[nodiscard]] constexpr std::string_view word_of(Enum enumerator) {
  return spelling::all_names<Enum>[static_cast<std::size_t>(enumerator)];
}

}  // namespace cwtsim
