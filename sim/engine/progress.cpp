#include "progress.hpp"

#include <algorithm>

namespace cwtsim::engine {

namespace {
/// The entry of a level; past the end if it stays for good.
std::uint32_t entry_of(model::Era const& era, std::uint8_t attribute, std::uint8_t level) {
  std::uint32_t i = 0;
  while (i < era.progress.size() && (era.progress[i].attribute != attribute || era.progress[i].level != level)) ++i;
  return i;
}
}  // namespace

void draw_course(model::Era const& era, Who const& who, std::uint64_t key, std::int64_t since, Tick* left_at) {
  constexpr std::int64_t last = UINT32_MAX;
  for (std::uint32_t first = 0; first < era.progress.size(); ++first) {
    if (who.levels[era.progress[first].attribute] != era.progress[first].level) continue;
    std::int64_t at = since;
    for (std::uint32_t i = first; i < era.progress.size();) {
      model::Progress const& p = era.progress[i];
      at += sample(era, p.after, who, key, p.draws_at, 0);
      left_at[i] = static_cast<Tick>(std::clamp<std::int64_t>(at, 0, last));
      i = entry_of(era, p.attribute, p.to);
    }
  }
}

std::uint8_t level_reached(model::Era const& era, std::uint8_t attribute, std::uint8_t level, Tick const* left_at,
                           Tick now) {
  for (;;) {
    std::uint32_t const i = entry_of(era, attribute, level);
    if (i == era.progress.size() || left_at[i] > now) return level;
    level = era.progress[i].to;
  }
}

}  // namespace cwtsim::engine
