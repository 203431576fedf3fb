#pragma once
// Compiled tables of values by the levels of a patient.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cwtsim/model/range.hpp"

namespace cwtsim::model {

inline constexpr int max_dimensions = 4;

/// A table flattened over the levels of what it depends on. A direct one is `base` itself; else the value is
/// Era::cells[base + provider * provider_stride + stream * stream_stride + sum(level of attribute[a] * stride[a])].
struct Lookup {
  static constexpr std::uint8_t no_attribute = 255;
  std::uint32_t base = none32;
  std::uint32_t provider_stride = none32;  ///< none32: direct
  std::uint32_t stream_stride = 0;
  std::array<std::uint32_t, max_dimensions> stride{};
  std::array<std::uint8_t, max_dimensions> attribute{no_attribute, no_attribute, no_attribute, no_attribute};
  /// Whether there is a table at all.
  [[nodiscard]] bool given() const { return base != none32; }
  /// Whether the value depends on nothing.
  [[nodiscard]] bool direct() const { return provider_stride == none32; }
  friend bool operator==(Lookup const&, Lookup const&) = default;
};

/// A discrete choice, read from Era::choices: the number of outcomes, the cumulative shares times 2^64 of all but the
/// last, and the outcomes, two to a word. All of it lies together, for it is read once and in no order.
class Choice {
 public:
  /// Reads a choice that begins at this word.
  explicit Choice(std::uint64_t const* words) : words_(words) {}
  /// How many outcomes there are.
  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(words_[0]); }
  /// The cumulative shares of all outcomes but the last.
  [[nodiscard]] std::uint64_t const* edges() const { return words_ + 1; }
  /// The i-th outcome: a step, a provider, a level, a number.
  [[nodiscard]] std::uint32_t outcome(std::uint32_t i) const {
    return static_cast<std::uint32_t>(words_[count() + i / 2] >> (i % 2 * 32));
  }
  /// The words of a choice between these outcomes; one edge fewer than outcomes.
  [[nodiscard]] static std::vector<std::uint64_t> words(std::vector<std::uint64_t> const& edges,
                                                        std::vector<std::uint32_t> const& outcomes) {
    std::vector<std::uint64_t> words{outcomes.size()};
    words.insert(words.end(), edges.begin(), edges.end());
    words.resize(outcomes.size() + (outcomes.size() + 1) / 2);
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      words[outcomes.size() + i / 2] |= std::uint64_t{outcomes[i]} << (i % 2 * 32);
    return words;
  }

 private:
  std::uint64_t const* words_;
};

}  // namespace cwtsim::model
