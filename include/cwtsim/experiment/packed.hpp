#pragma once
// Many small whole numbers in few bytes.

#include <cstdint>
#include <string>
#include <vector>

namespace cwtsim::experiment {

/// A list of whole numbers: a byte each up to 127, two bytes in all for a run of zeros of up to 127.
class Packed {
 public:
  Packed() = default;
  /// Packs a list.
  explicit Packed(std::vector<std::uint64_t> const& numbers);
  /// The numbers that were packed.
  [[nodiscard]] std::vector<std::uint64_t> numbers() const;
  /// How many there are.
  [[nodiscard]] std::size_t size() const { return size_; }
  friend bool operator==(Packed const&, Packed const&) = default;

 private:
  std::string bytes_;
  std::size_t size_ = 0;
};

}  // namespace cwtsim::experiment
