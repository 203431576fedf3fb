#include "cwtsim/core/checksum.hpp"

#include <array>

namespace cwtsim {
namespace {

constexpr std::array<std::uint64_t, 256> make_table() {
  std::array<std::uint64_t, 256> table{};
  for (std::uint64_t i = 0; i < table.size(); ++i) {
    std::uint64_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? 0xC96C5795D7870F42ULL : 0);
    table[i] = value;
  }
  return table;
}
constexpr auto table = make_table();

}  // namespace

std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t value = ~std::uint64_t{0};
  for (char const c : bytes) value = table[(value ^ static_cast<unsigned char>(c)) & 0xFF] ^ (value >> 8);
  return ~value;
}

}  // namespace cwtsim
