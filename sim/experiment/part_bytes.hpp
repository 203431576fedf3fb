#pragma once
// Whole numbers as bytes, small ones short and runs of zeros shortest.

#include <cstdint>
#include <string>
#include <string_view>

#include "cwtsim/core/statistics.hpp"

namespace cwtsim::experiment {

class ByteWriter {
 public:
  void put(std::uint64_t value) {
    if (value == 0) {
      ++zeros_;
      return;
    }
    flush();
    append(value);
  }
  void put(std::string_view text) {
    put(text.size());
    for (char const c : text) put(static_cast<unsigned char>(c));
  }
  [[nodiscard]] std::string take() {
    flush();
    return std::move(bytes_);
  }

 private:
  void flush() {
    if (zeros_ == 0) return;
    bytes_ += '\0';
    append(zeros_);
    zeros_ = 0;
  }
  /// Seven bits a byte, the lowest first; the eighth says that more follow.
  void append(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
    bytes_ += static_cast<char>(value);
  }
  std::string bytes_;
  std::uint64_t zeros_ = 0;
};

/// Reads what a ByteWriter wrote; anything else makes it fail, for good.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t get() {
    if (zeros_ > 0) {
      --zeros_;
      return 0;
    }
    auto const value = number();
    if (value != 0 || failed_) return value;
    zeros_ = number();
    if (zeros_ == 0) failed_ = true;
    if (!failed_) --zeros_;
    return 0;
  }
  /// At most `most`, or it fails and gives 0.
  std::uint64_t get_up_to(std::uint64_t most) {
    auto const value = get();
    if (value > most) failed_ = true;
    return failed_ ? 0 : value;
  }
  std::string text(std::size_t longest) {
    std::string text(get_up_to(longest), '\0');
    for (char& c : text) c = static_cast<char>(get_up_to(255));
    return text;
  }
  void fail() { failed_ = true; }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool at_end() const { return !failed_ && zeros_ == 0 && bytes_.empty(); }
  /// No more numbers than these can follow, but for zeros.
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
      auto const byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    failed_ = true;
    return 0;
  }
  std::string_view bytes_;
  std::uint64_t zeros_ = 0;
  bool failed_ = false;
};

}  // namespace cwtsim::experiment
