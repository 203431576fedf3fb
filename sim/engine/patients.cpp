#include "patients.hpp"

#include <memory>

namespace cwtsim::engine {

void Patients::begin_person(Row root, model::Index16 stream) {
  std::memcpy(person_of(root), &stream, sizeof stream);
  std::uninitialized_fill_n(clocks_of(root), standards_, Clock{});
  if (remembered_ > 0) std::uninitialized_fill_n(first_days_of(root), remembered_, not_running);
  std::fill(pauses_of(root), reinterpret_cast<std::uint8_t*>(person_of(root) + person_size_), std::uint8_t{0});
  if (numbered_ > 0) std::uninitialized_fill_n(numbers_of(root), numbered_, std::uint16_t{0});
}

}  // namespace cwtsim::engine
