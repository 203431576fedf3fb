#pragma once
// How problems are worded: lists of names, numbers, pointers.

#include <string>
#include <utility>
#include <vector>

#include "cwtsim/core/named.hpp"
#include "cwtsim/core/problem.hpp"

namespace cwtsim::scenario {

template <class T>
[[nodiscard]] std::vector<std::string> names_of(Named<T> const& named) {
  std::vector<std::string> names;
  for (auto const& [name, value] : named) names.push_back(name);
  return names;
}

/// "'a', 'b' and 'c'"; after six names " and 3 more".
[[nodiscard]] std::string list_of(std::vector<std::string> const& names);
[[nodiscard]] std::string joined_by(std::vector<std::string> const& names, std::string const& between);
/// A number without needless digits: 0.95, 40, 1e-07.
[[nodiscard]] std::string number(double value);
/// "did you mean 'x'?", or the names there are, or "" if there are none.
[[nodiscard]] std::string advice(std::string const& given, std::vector<std::string> const& names);

/// A JSON pointer one token further down.
template <class... Tokens>
[[nodiscard]] std::string under(std::string pointer, Tokens const&... tokens) {
  (pointer.append("/").append(escape_pointer(tokens)), ...);
  return pointer;
}

}  // namespace cwtsim::scenario
