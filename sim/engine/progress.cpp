#include "progress.hpp"

#include <algorithm>

namespace cwtsim::engine {

namespace {
/// The entry of a level; past the end if it stays for good.
std::uint32_t entry_of(model::Phase const& phase, std::uint8_t attribute, std::uint8_t level) {
  std::uint32_t i = 0;
  while (i < phase.progress.size() && (phase.progress[i].attribute != attribute || phase.progress[i].level != level))
    ++i;
  return i;
}
}  // namespace

void draw_course(model::Phase const& phase, Who const& who, std::uint64_t key, std::int64_t since, Tick* left_at) {
  constexpr std::int64_t last = UINT32_MAX;
  for (std::uint32_t first = 0; first < phase.progress.size(); ++first) {
    if (who.levels[phase.progress[first].attribute] != phase.progress[first].level) continue;
    std::int64_t at = since;
    for (std::uint32_t i = first; i < phase.progress.size();) {
      model::Progress const& p = phase.progress[i];
      at += sample(phase, p.after, who, key, p.place, 0);
      left_at[i] = static_cast<Tick>(std::clamp<std::int64_t>(at, 0, last));
      i = entry_of(phase, p.attribute, p.to);
    }
  }
}

std::uint8_t level_reached(model::Phase const& phase, std::uint8_t attribute, std::uint8_t level, Tick const* left_at,
                           Tick now) {
  for (;;) {
    std::uint32_t const i = entry_of(phase, attribute, level);
    if (i == phase.progress.size() || left_at[i] > now) return level;
    level = phase.progress[i].to;
  }
}

}  // namespace cwtsim::engine
