// Counts every allocation of this program. On its own, so that no other part sees new as malloc.
#include "allocations.hpp"

#include <malloc.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> allocations{0}, held{0};

void* counted(std::size_t size, std::size_t alignment = alignof(std::max_align_t)) noexcept {
  ++allocations;
  std::size_t const whole = (size + alignment - 1) / alignment * alignment;
  void* const p = std::aligned_alloc(alignment, whole > 0 ? whole : alignment);
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
// rows and blocks lie on whole cache lines
void* operator new(std::size_t size, std::align_val_t alignment) {
  if (void* p = counted(size, static_cast<std::size_t>(alignment))) return p;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return ::operator new(size, alignment);
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

void operator delete(void* p, std::align_val_t) noexcept {
  given_back(p);
}
void operator delete(void* p, std::size_t, std::align_val_t) noexcept {
  given_back(p);
}
void operator delete[](void* p, std::align_val_t) noexcept {
  given_back(p);
}
void operator delete[](void* p, std::size_t, std::align_val_t) noexcept {
  given_back(p);
}

std::size_t allocations_so_far() {
  return allocations;
}

std::size_t bytes_held() {
  return held;
}
