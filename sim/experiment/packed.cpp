#include "cwtsim/experiment/packed.hpp"

#include "part_bytes.hpp"

namespace cwtsim::experiment {

Packed::Packed(std::vector<std::uint64_t> const& numbers) : size_(numbers.size()) {
  ByteWriter to;
  for (auto const number : numbers) to.put(number);
  bytes_ = to.take();
  bytes_.shrink_to_fit();
}

std::vector<std::uint64_t> Packed::numbers() const {
  std::vector<std::uint64_t> numbers(size_);
  ByteReader from(bytes_);
  for (auto& number : numbers) number = from.get();
  return numbers;
}

}  // namespace cwtsim::experiment
