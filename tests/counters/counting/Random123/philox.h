#pragma once
#pragma GCC system_header  // #include_next is an extension, of every compiler that we build with
// Stands in front of Random123's own header where the engine is compiled for counting: each draw of Philox is counted.
// Nothing in the engine knows of it.

#include_next <Random123/philox.h>

#include <cstdint>

namespace r123 {

inline std::uint64_t draws_so_far = 0;

struct CountedPhilox2x64 : Philox2x64 {
  ctr_type operator()(ctr_type counter, key_type key) const {
    ++draws_so_far;
    return Philox2x64::operator()(counter, key);
  }
};

}  // namespace r123

#define Philox2x64 CountedPhilox2x64
