#include "words.hpp"

#include <fmt/core.h>

namespace cwtsim::scenario {

std::string list_of(std::vector<std::string> const& names) {
  constexpr std::size_t most = 6;
  auto const shown = names.size() > most + 1 ? most : names.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += "\"" + names[i] + "\"";
  }
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

std::string joined_by(std::vector<std::string> const& names, std::string const& between) {
  std::string text;
  for (auto const& name : names) text += (text.empty() ? "" : between) + name;
  return text;
}

std::string number(double value) {
  return fmt::format("{:.9g}", value);
}

std::string advice(std::string const& given, std::vector<std::string> const& names) {
  auto const nearest = nearest_name(given, names);
  if (!nearest.empty()) return "Did you mean \"" + nearest + "\"?";
  return names.empty() ? std::string() : std::string(names.size() == 1 ? "There is " : "There are ") + list_of(names);
}

}  // namespace cwtsim::scenario
