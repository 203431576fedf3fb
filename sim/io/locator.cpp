#include "locator.hpp"

#include <charconv>

namespace cwtsim::io {

std::string Locator::place(std::string_view pointer) const {
  if (!composed_) return {};
  Value const* at = &composed_->root;
  for (auto const& token : pointer_tokens(pointer)) {
    Value const* next = at->find(token);
    std::size_t i = 0;
    if (at->is(ValueKind::list) && std::from_chars(token.data(), token.data() + token.size(), i).ec == std::errc{} &&
        i < at->items.size())
      next = &at->items[i];
    if (next == nullptr) break;
    at = next;
  }
  return place_text(composed_->files, at->place);
}

void Locator::locate(Problems& problems) const {
  for (auto& p : problems.list())
    if (p.place.empty()) p.place = place(p.pointer);
}

}  // namespace cwtsim::io
