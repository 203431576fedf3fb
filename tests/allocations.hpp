#pragma once
// What this program has taken of the heap, by allocations.cpp, which is linked where it is asked for.

#include <cstddef>

std::size_t allocations_so_far();
/// Bytes taken and not given back, as the allocator rounds them.
std::size_t bytes_held();
