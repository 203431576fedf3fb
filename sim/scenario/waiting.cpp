// Waiting lists at the start: where their patients stand, and what is said of them.

#include <algorithm>
#include <cmath>
#include <set>

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {
namespace {

/// Whole days that have passed at the start.
Distribution days_before(Scenario const& scenario, std::optional<Date> since, std::optional<Duration> time) {
  double const days = since ? std::max(scenario.horizon.starts.date - *since, 0)
                            : std::floor(time.value_or(Duration{}).seconds / seconds_per_day);
  return {Constant{{days * seconds_per_day}}, {}};
}

WaitingGroup group_of(Waiting const& list, Scenario const& scenario, WaitingRow const& row) {
  WaitingGroup group;
  static_cast<WaitingPlace&>(group) = place_of(list, scenario, &row);
  group.missed = row.missed.value_or(list.missed);
  group.waited = days_before(scenario, row.referred, row.waited);
  if (row.listed || row.on_list)
    group.on_list = days_before(scenario, row.listed, row.on_list);
  else
    group.on_list = list.on_list;
  group.attributes = &row.attributes;
  return group;
}

}  // namespace

WaitingPlace place_of(Waiting const& list, Scenario const& scenario, WaitingRow const* row) {
  auto const either = [&](std::string WaitingRow::*of_row, std::string const& of_list) {
    return row != nullptr && !(row->*of_row).empty() ? row->*of_row : of_list;
  };
  WaitingPlace place{either(&WaitingRow::like, list.like), either(&WaitingRow::pathway, list.pathway),
                     either(&WaitingRow::provider, list.provider), either(&WaitingRow::step, list.step)};
  auto const* const stream = scenario.demand.find(place.like);
  if (place.pathway.empty() && stream != nullptr) place.pathway = stream->pathway;
  return place;
}

std::vector<WaitingPlace> places_of(Waiting const& list, Scenario const& scenario) {
  if (list.rows.empty()) return {place_of(list, scenario)};
  std::set<WaitingPlace> places;
  for (auto const& row : list.rows) places.insert(place_of(list, scenario, &row));
  return {places.begin(), places.end()};
}

std::vector<WaitingGroup> groups_of(Waiting const& list, Scenario const& scenario) {
  if (list.rows.empty()) {
    WaitingGroup group;
    static_cast<WaitingPlace&>(group) = place_of(list, scenario);
    group.patients = list.patients.value_or(0);
    group.missed = list.missed;
    group.waited = list.waited.value_or(Distribution{});
    group.on_list = list.on_list;
    return {group};
  }
  std::int64_t written = 0, so_far = 0, given = 0;
  for (auto const& row : list.rows) written += row.patients;
  std::int64_t const all = list.patients.value_or(written);
  std::vector<WaitingGroup> groups;
  for (auto const& row : list.rows) {
    groups.push_back(group_of(list, scenario, row));
    so_far += row.patients;
    std::int64_t const until = written > 0 ? so_far * all / written : 0;  // both are at most 10^8
    groups.back().patients = until - given;
    given = until;
  }
  return groups;
}

}  // namespace cwtsim::scenario
