#pragma once
// Small scenarios at random that use every mechanism of the language. Most are valid; the few that are not are refused
// by `validate` and are of no use.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::oracle {

/// Where a generator takes its choices from: a seed, or bytes (zeros once they are used up).
class Choices {
 public:
  explicit Choices(std::uint64_t seed) : seed_(seed) {}
  Choices(std::uint8_t const* bytes, std::size_t size) : bytes_(bytes, bytes + size), from_bytes_(true) {}
  /// 0 .. n - 1.
  [[nodiscard]] int below(int n);
  [[nodiscard]] bool percent(int chance) { return 100 - below(100) <= chance; }
  /// from .. to.
  [[nodiscard]] int between(int from, int to) { return from + below(to - from + 1); }
  template <class T>
  [[nodiscard]] T const& one_of(std::vector<T> const& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }
  [[nodiscard]] std::string text_of(std::initializer_list<char const*> list) {
    return std::string(*(list.begin() + below(static_cast<int>(list.size()))));
  }

 private:
  std::uint64_t seed_ = 0, count_ = 0;
  std::vector<std::uint8_t> bytes_;
  bool from_bytes_ = false;
};

struct ScenarioText {
  std::string scenario;
  std::string levers;  ///< a file of dated levers, or ""
};

[[nodiscard]] ScenarioText random_scenario(Choices choices);

/// Read and validated, by way of files in the folder for temporary files; nothing (and `why` says why) if it is
/// refused.
[[nodiscard]] std::optional<scenario::DatedScenario> read(ScenarioText const& text, std::string& why);

}  // namespace cwtsim::oracle
