#include "cwtsim/scenario/people_wanted.hpp"

#include <algorithm>
#include <tuple>

#include "cwtsim/scenario/days.hpp"

namespace cwtsim::scenario {
namespace {

constexpr std::int64_t minutes_per_day = 1440, minutes_per_week = 7 * minutes_per_day;

/// So many people more, or fewer, from a minute of the week on.
struct Turn {
  std::int64_t minute = 0, people = 0;
};

/// Those of an opening; what goes on beyond Sunday is there on Monday. How many days a week it is held.
std::int64_t add_turns(std::vector<Turn>& turns, Opening const& opening, std::int64_t people) {
  auto const days = parse_days(opening.on);
  if (!days) return 0;
  std::int64_t length = opening.closes.minutes - opening.opens.minutes;
  if (length <= 0) length += minutes_per_day;
  for (std::size_t day = 0; day < days->size(); ++day) {
    if (!(*days)[day]) continue;
    std::int64_t const opens = static_cast<std::int64_t>(day) * minutes_per_day + opening.opens.minutes;
    turns.push_back({opens % minutes_per_week, people});
    turns.push_back({(opens + length) % minutes_per_week, -people});
    if ((opens + length) % minutes_per_week < opens % minutes_per_week) turns.push_back({0, people});
  }
  return std::ranges::count(*days, true);
}

void find_busiest(PeopleWanted& wanted, std::vector<Turn>& turns) {
  // who closes makes room for who opens in that minute
  std::ranges::sort(turns, {}, [](Turn const& t) { return std::tuple(t.minute, t.people); });
  std::int64_t people = 0;
  for (auto const& turn : turns) {
    people += turn.people;
    if (people <= wanted.at_once) continue;
    wanted.at_once = people;
    wanted.on = static_cast<Weekday>(turn.minute / minutes_per_day);
    wanted.at = TimeOfDay{static_cast<std::int32_t>(turn.minute % minutes_per_day)};
  }
}

}  // namespace

std::vector<PeopleWanted> people_wanted(Scenario const& scenario) {
  std::vector<PeopleWanted> all;
  for (auto const& [provider, what] : scenario.providers)
    for (auto const& [role, staff] : what.staff) {
      PeopleWanted wanted;
      wanted.provider = provider;
      wanted.role = role;
      std::vector<Turn> turns;
      for (auto const& [name, resource] : what.resources) {
        auto const* people = resource.staff.find(role);
        if (!people) continue;
        for (auto const& [opening, o] : resource.openings)
          wanted.a_week += static_cast<double>(*people * add_turns(turns, o, *people)) /
                           static_cast<double>(std::max<std::int64_t>(o.every_weeks, 1));
      }
      find_busiest(wanted, turns);
      all.push_back(std::move(wanted));
    }
  return all;
}

}  // namespace cwtsim::scenario
