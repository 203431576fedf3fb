#pragma once
// Values of their own for every number and text that a struct declares, and a walk over them.

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "cwtsim/core/fields.hpp"
#include "cwtsim/core/statistics.hpp"

namespace own {

/// Calls use(name, leaf) for each number, text and what else has no fields of its own, lists item by item; `name` is
/// that of the field.
template <class T, class Use>
void each_leaf(char const* name, T& value, Use const& use) {
  using Value = std::remove_const_t<T>;
  if constexpr (std::is_same_v<Value, cwtsim::Estimate>) {
    for (auto* number : {&value.value, &*value.low, &*value.high}) use(name, *number);
    use(name, value.advised);
  } else if constexpr (cwtsim::Declared<Value>) {
    cwtsim::for_each_field<Value>([&](auto field, auto& member) { each_leaf(field().name, member, use); }, value);
  } else if constexpr (requires { value.has_value(); }) {
    if (value) each_leaf(name, *value, use);
  } else if constexpr (requires { typename Value::value_type; } && !std::is_same_v<Value, std::string>) {
    for (auto& item : value) each_leaf(name, item, use);
  } else {
    use(name, value);
  }
}

/// Makes every optional hold something.
template <class T>
void set_all(T& value) {
  if constexpr (std::is_same_v<T, cwtsim::Estimate>) {
    value.low = value.high = 0;
  } else if constexpr (cwtsim::Declared<T>) {
    cwtsim::for_each_field<T>([](auto, auto& member) { set_all(member); }, value);
  } else if constexpr (requires { value.has_value(); }) {
    value.emplace();
    set_all(*value);
  }
}

/// Numbers falling from `from`, so that of two lists the second is the smaller: who met a limit are of those counted.
/// Flags and words of a closed set are left alone.
template <class T>
void fill(T& value, std::uint64_t from) {
  set_all(value);
  each_leaf("", value, [&from](char const*, auto& leaf) {
    using Leaf = std::remove_reference_t<decltype(leaf)>;
    if constexpr (std::is_same_v<Leaf, std::string>)
      leaf = "w" + std::to_string(from--);
    else if constexpr (std::is_same_v<Leaf, double>)
      leaf = static_cast<double>(from--) + 0.5;
    else if constexpr (std::is_integral_v<Leaf> && !std::is_same_v<Leaf, bool>)
      leaf = static_cast<Leaf>(from--);
  });
}

}  // namespace own
