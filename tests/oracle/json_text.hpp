#pragma once
// JSON, put together as text.

#include <string>
#include <vector>

namespace cwtsim::oracle {

inline std::string quote(std::string const& text) {
  return "\"" + text + "\"";
}

inline std::string member(std::string const& name, std::string const& value) {
  return quote(name) + ": " + value;
}

inline std::string object(std::vector<std::string> const& members) {
  std::string text;
  for (auto const& m : members) text += (text.empty() ? "" : ", ") + m;
  return "{" + text + "}";
}

inline std::string array(std::vector<std::string> const& values) {
  std::string text;
  for (auto const& v : values) text += (text.empty() ? "" : ", ") + v;
  return "[" + text + "]";
}

inline std::string list(std::vector<std::string> const& values) {
  std::string text;
  for (auto const& v : values) text += (text.empty() ? "" : ", ") + quote(v);
  return "[" + text + "]";
}

}  // namespace cwtsim::oracle
