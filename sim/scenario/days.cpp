#include "cwtsim/scenario/days.hpp"

#include <algorithm>

#include "cwtsim/core/time.hpp"
#include "cwtsim/core/words.hpp"

namespace cwtsim::scenario {
namespace {

std::optional<std::size_t> day_of(std::string_view name) {
  auto const names = words_of<Weekday>();
  auto const found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - names.begin()));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool mark_part(std::string_view part, std::array<bool, 7>& days) {
  auto const dash = part.find('-');
  auto const first = day_of(trimmed(part.substr(0, dash)));
  auto const last = dash == std::string_view::npos ? first : day_of(trimmed(part.substr(dash + 1)));
  if (!first || !last) return false;
  for (std::size_t day = *first;; day = (day + 1) % 7) {
    if (days[day]) return false;
    days[day] = true;
    if (day == *last) return true;
  }
}

}  // namespace

std::optional<std::array<bool, 7>> parse_days(std::string_view text) {
  std::array<bool, 7> days{};
  if (trimmed(text) == "daily") {
    days.fill(true);
    return days;
  }
  for (;;) {
    auto const comma = text.find(',');
    if (!mark_part(trimmed(text.substr(0, comma)), days)) return std::nullopt;
    if (comma == std::string_view::npos) return days;
    text.remove_prefix(comma + 1);
  }
}

double openings_a_week(Resource const& resource) {
  double held = 0;
  for (auto const& [name, opening] : resource.openings) {
    auto const days = parse_days(opening.on);
    auto const on = days ? std::ranges::count(*days, true) : 0;
    held += static_cast<double>(on) / static_cast<double>(std::max<std::int64_t>(opening.every_weeks, 1));
  }
  return held;
}

}  // namespace cwtsim::scenario
