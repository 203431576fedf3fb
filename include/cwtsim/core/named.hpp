#pragma once
// An object keyed by name that keeps the order of the file.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cwtsim {

/// Values by name, in the order in which they were written.
template <class T>
struct Named {
  std::vector<std::pair<std::string, T>> items;

  /// The place of a name, or nothing.
  [[nodiscard]] std::optional<std::size_t> index_of(std::string_view name) const {
    for (std::size_t i = 0; i < items.size(); ++i)
      if (items[i].first == name) return i;
    return std::nullopt;
  }
  /// The value of a name, or null.
  [[nodiscard]] T const* find(std::string_view name) const {
    auto const i = index_of(name);
    return i ? &items[*i].second : nullptr;
  }
  [[nodiscard]] bool empty() const { return items.empty(); }
  [[nodiscard]] std::size_t size() const { return items.size(); }
  [[nodiscard]] auto begin() const { return items.begin(); }
  [[nodiscard]] auto end() const { return items.end(); }
  [[nodiscard]] auto begin() { return items.begin(); }
  [[nodiscard]] auto end() { return items.end(); }
  friend bool operator==(Named const&, Named const&) = default;
};

}  // namespace cwtsim
