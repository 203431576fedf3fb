// Counts every allocation of this program. On its own, so that no other part sees new as malloc.
#include "allocations.hpp"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> allocations{0}, held{0};

void* counted(std::size_t size) noexcept {
  ++allocations;
  void* const p = std::malloc(size ? size : 1);
  held += malloc_usable_size(p);
  return p;
}

void given_back(void* p) noexcept {
  held -= malloc_usable_size(p);
  std::free(p);
}

}  // namespace

void* operator new(std::size_t size) {
  if (void* p = counted(size)) return p;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) {
  return ::operator new(size);
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
  return counted(size);
}
void* operator new[](std::size_t size, std::nothrow_t const& tag) noexcept {
  return ::operator new(size, tag);
}
void operator delete(void* p) noexcept {
  given_back(p);
}
void operator delete(void* p, std::size_t) noexcept {
  given_back(p);
}
void operator delete[](void* p) noexcept {
  given_back(p);
}
void operator delete[](void* p, std::size_t) noexcept {
  given_back(p);
}

std::size_t allocations_so_far() {
  return allocations;
}

std::size_t bytes_held() {
  return held;
}
