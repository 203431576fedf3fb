#pragma once
// A sound scenario in a few lines, for tests that spoil one thing in it.

#include <string>
#include <vector>

#include "cwtsim/core/problem.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario::small {

template <class T>
Table<T> plain(T value) {
  return {{}, {{{}, std::move(value)}}};
}
inline Shares shares(std::vector<std::pair<std::string, double>> items) {
  return {std::move(items)};
}
inline ShareTable next(std::string const& name) {
  return plain(shares({{name, 1.0}}));
}
inline DistributionTable days(double n) {
  return plain(Distribution{Constant{Duration{n * seconds_per_day}}, {}});
}

inline std::string name_of(std::size_t i) {
  return "n" + std::to_string(i);
}
/// Copies of one thing under names of their own, until there are so many.
template <class T>
void fill_up(Named<T>& named, std::size_t to, T const with = {}) {
  while (named.size() < to) named.items.emplace_back(name_of(named.size()), with);
}

inline Step delay(double n, std::string const& then) {
  Step step;
  step.takes = days(n);
  step.then = next(then);
  return step;
}
inline Step end() {
  Step step;
  step.kind = StepKind::end;
  return step;
}
inline Step appointment(std::string const& resource, std::string const& then) {
  Step step;
  step.kind = StepKind::appointment;
  step.needs.items = {{resource, 1}};
  step.then = next(then);
  return step;
}
inline Step parallel(std::vector<std::string> const& firsts, std::string const& join) {
  Step step;
  step.kind = StepKind::parallel;
  for (auto const& first : firsts) step.starts.items.emplace_back(first, plain(1.0));
  step.joins_at = join;
  return step;
}

inline Resource sessions(std::int64_t slots) {
  Resource resource;
  Opening opening;
  opening.on = "mon-fri";
  opening.amount = slots;
  resource.openings.items = {{"weekday", opening}};
  return resource;
}
inline Resource servers(std::int64_t n) {
  Resource resource;
  resource.kind = ResourceKind::servers;
  resource.servers = n;
  return resource;
}

inline Standard standard(std::vector<std::string> starts, std::vector<std::string> stops) {
  Standard made;
  made.starts = std::move(starts);
  made.stops = std::move(stops);
  made.limit_days = 28;
  return made;
}

/// One clinic at one hospital: referral, clinic, results, end.
inline Scenario clinic() {
  Scenario s;
  s.name = "clinic";
  s.horizon.starts = {*parse_date("2026-04-01"), {}};
  s.horizon.run_for = {1, PeriodUnit::years};
  s.providers.items = {{"hospital", {}}};
  s.providers.items[0].second.resources.items = {{"clinic", sessions(10)}};
  Stream stream;
  stream.pathway = "clinic";
  stream.provider = "hospital";
  stream.volume.items = {{"hospital", 30}};
  stream.unit = VolumeUnit::week;
  stream.milestones = {"referred"};
  s.demand.items = {{"gp", stream}};
  Pathway pathway;
  pathway.start = "seen";
  pathway.steps.items = {{"seen", appointment("clinic", "results")}, {"results", delay(7, "home")}, {"home", end()}};
  pathway.steps.items[1].second.on_finish = {"informed"};
  s.pathways.items = {{"clinic", pathway}};
  s.standards.items = {{"fds", standard({"referred"}, {"informed"})}};
  return s;
}

inline Step& step_of(Scenario& s, std::string const& name, std::size_t pathway = 0) {
  auto& steps = s.pathways.items[pathway].second.steps;
  return steps.items[*steps.index_of(name)].second;
}
inline void add_step(Scenario& s, std::string const& name, Step step, std::size_t pathway = 0) {
  s.pathways.items[pathway].second.steps.items.emplace_back(name, std::move(step));
}
inline Resource& resource_of(Scenario& s, std::string const& name, std::size_t provider = 0) {
  auto& resources = s.providers.items[provider].second.resources;
  return resources.items[*resources.index_of(name)].second;
}

/// All problems, a line each: "pointer: what".
inline std::string lines(Problems const& problems) {
  std::string text;
  for (auto const& problem : problems.list()) text += problem.pointer + ": " + problem.what + "\n";
  return text;
}

}  // namespace cwtsim::scenario::small
