#include "point_out.hpp"

#include <fmt/core.h>

#include <set>
#include <utility>

#include "cwtsim/scenario/alike.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "sheet.hpp"
#include "words.hpp"

namespace cwtsim::scenario {
namespace {

using Names = std::vector<WrittenName>;

template <class T>
void add_names(Names& names, std::string const& at, Named<T> const& named) {
  for (auto const& [name, what] : named) names.push_back({name, under(at, name)});
}
void add_list(Names& names, std::string const& at, std::vector<std::string> const& list) {
  for (std::size_t i = 0; i < list.size(); ++i) names.push_back({list[i], under(at, std::to_string(i))});
}
void add_one(Names& names, std::string const& at, std::string const& name) {
  if (!name.empty()) names.push_back({name, at});
}

template <class T>
void tell_names(Problems& told, std::string_view thing, std::string const& at, Named<T> const& named) {
  Names names;
  add_names(names, at, named);
  tell_alike(told, thing, names);
}

/// Names that spring into being by being written: nothing says that one of them is unknown.
struct Spoken {
  Names reached, awaited;  ///< milestones
  Names adjustments, units;

  explicit Spoken(Scenario const& scenario) {
    for (auto const& [name, stream] : scenario.demand)
      add_list(reached, under("/demand", name, "milestones"), stream.milestones);
    for (auto const& [name, waiting] : scenario.waiting)
      if (waiting.milestones) add_list(reached, under("/waiting", name, "milestones"), *waiting.milestones);
    for (auto const& [pathway, what] : scenario.pathways)
      for (auto const& [name, step] : what.steps) add_step(under("/pathways", pathway, "steps", name), step);
    for (auto const& [name, standard] : scenario.standards) add_standard(under("/standards", name), standard);
    for (auto const& [name, measure] : scenario.measures) add_measure(under("/measures", name), measure);
  }

 private:
  void add_step(std::string const& at, Step const& step) {
    add_list(reached, under(at, "on_joining"), step.on_joining);
    add_list(reached, under(at, "on_start"), step.on_start);
    add_list(reached, under(at, "on_finish"), step.on_finish);
    add_one(adjustments, under(at, "pauses"), step.pauses);
    if (step.did_not_attend) add_one(adjustments, under(at, "did_not_attend", "adjusts"), step.did_not_attend->adjusts);
  }
  void add_standard(std::string const& at, Standard const& standard) {
    add_list(awaited, under(at, "starts"), standard.starts);
    add_list(awaited, under(at, "stops"), standard.stops);
    add_list(awaited, under(at, "excluded_by"), standard.excluded_by);
    add_list(awaited, under(at, "breach_if_late"), standard.breach_if_late);
    add_list(adjustments, under(at, "adjustments"), standard.adjustments);
  }
  void add_measure(std::string const& at, Measure const& measure) {
    add_list(awaited, under(at, "on"), measure.on);
    add_one(awaited, under(at, "days_since"), measure.days_since);
    add_one(awaited, under(at, "number_of"), measure.number_of);
    if (measure.hazard) add_one(awaited, under(at, "hazard", "since"), measure.hazard->since);
    add_one(units, under(at, "unit"), measure.unit);
  }
};

std::string without_digits(std::string text) {
  std::erase_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return text;
}

/// A step that reaches `informd`: nothing is missing, and no clock hears of it.
void tell_of_milestones(Spoken const& spoken, Problems& told) {
  auto all = spoken.reached;
  all.insert(all.end(), spoken.awaited.begin(), spoken.awaited.end());
  tell_alike(told, "milestones", all, "a clock that waits for one does not hear of the other");
  std::set<std::string> awaited, looked_at;
  for (auto const& name : spoken.awaited) awaited.insert(name.text);
  std::vector<std::string> const names(awaited.begin(), awaited.end());
  for (auto const& name : spoken.reached) {
    if (awaited.contains(name.text) || !looked_at.insert(name.text).second) continue;
    auto const nearest = nearest_name(name.text, names, 2);
    // what look alike have been told; those that differ in a number alone are counted on purpose
    if (!nearest.empty() && !look_alike(name.text, nearest) && without_digits(name.text) != without_digits(nearest))
      told.add(name.pointer, fmt::format("no clock and no measure waits for the milestone \"{}\"", name.text),
               fmt::format("Did you mean \"{}\"?", nearest));
  }
}

/// Names that several providers may have, and that are one thing only if they are spelled as one.
void tell_of_providers(Scenario const& scenario, Problems& told) {
  Names resources, roles, groups, labels;
  for (auto const& [name, provider] : scenario.providers) {
    auto const at = under("/providers", name);
    add_names(resources, under(at, "resources"), provider.resources);
    add_names(roles, under(at, "staff"), provider.staff);
    add_one(groups, under(at, "group"), provider.group);
    add_one(labels, under(at, "label"), provider.label);
    for (auto const& [resource_name, resource] : provider.resources)
      tell_names(told, record_of(resource.kind).openings,
                 under(at, "resources", resource_name, record_of(resource.kind).openings), resource.openings);
  }
  tell_names(told, "providers", "/providers", scenario.providers);
  tell_alike(told, "labels of providers", labels);
  tell_alike(told, "groups", groups);
  tell_alike(told, "resources", resources, "a step needs one of them by name");
  tell_alike(told, "roles", roles, "a session needs one of them by name");
}

void tell_of_pathways(Scenario const& scenario, Problems& told) {
  tell_names(told, "pathways", "/pathways", scenario.pathways);
  for (auto const& [name, pathway] : scenario.pathways)
    tell_names(told, "steps", under("/pathways", name, "steps"), pathway.steps);
}

/// Of one attribute and of all together, for tables go by several.
void tell_of_attributes(Scenario const& scenario, Problems& told) {
  Names levels;
  for (auto const& [name, attribute] : scenario.attributes)
    add_list(levels, under("/attributes", name, "levels"), attribute.levels);
  tell_names(told, "attributes", "/attributes", scenario.attributes);
  tell_alike(told, "levels", levels);
}

std::string hours_of(std::int32_t minutes) {
  return minutes % 60 == 0 ? fmt::format("{} hours", minutes / 60)
                           : fmt::format("{} hours {} min", minutes / 60, minutes % 60);
}

/// Closing before it opens means on the next day. Who begins in the evening means that; who begins in the day and goes
/// on for longer than twelve hours may have written 05:00 for five in the afternoon.
void tell_of_opening(std::string const& at, Opening const& opening, Problems& told) {
  constexpr std::int32_t a_day = 1440, half = a_day / 2, evening = 16 * 60, longest_night = 16 * 60;
  if (opening.closes >= opening.opens || opening.closes.minutes == 0) return;
  auto const length = opening.closes.minutes - opening.opens.minutes + a_day;
  if (length <= half || (opening.opens.minutes >= evening && length <= longest_night)) return;
  auto const opens = format_time_of_day(opening.opens), closes = format_time_of_day(opening.closes);
  TimeOfDay const afternoon{opening.closes.minutes + half};
  bool const fits = afternoon.minutes <= a_day && afternoon > opening.opens;
  told.add(under(at, "closes"),
           fmt::format("it closes at {} before it opens at {}, so it is open for {}, to the next day", closes, opens,
                       hours_of(length)),
           fits ? fmt::format("Write \"{}\" if the afternoon is meant", format_time_of_day(afternoon))
                : "Exchange the two if it is not meant so");
}

}  // namespace

void point_out_names(Scenario const& scenario, Problems& told) {
  tell_of_attributes(scenario, told);
  tell_names(told, "profiles", "/profiles", scenario.profiles);
  tell_names(told, "streams", "/demand", scenario.demand);
  tell_names(told, "waiting lists", "/waiting", scenario.waiting);
  tell_of_providers(scenario, told);
  tell_of_pathways(scenario, told);
  tell_names(told, "standards", "/standards", scenario.standards);
  tell_names(told, "measures", "/measures", scenario.measures);
  tell_names(told, "rules", "/rules", scenario.rules);
  tell_names(told, "ledgers", "/ledgers", scenario.ledgers);
  Spoken const spoken(scenario);
  tell_of_milestones(spoken, told);
  tell_alike(told, "clock adjustments", spoken.adjustments, "a clock that allows one does not know the other");
  tell_alike(told, "units", spoken.units);
}

void point_out_hours(Scenario const& scenario, Problems& told) {
  for (auto const& [provider, what] : scenario.providers)
    for (auto const& [name, resource] : what.resources) {
      auto const key = record_of(resource.kind).openings;
      if (resource.kind == ResourceKind::meeting) continue;
      for (auto const& [opening, hours] : resource.openings)
        tell_of_opening(under("/providers", provider, "resources", name, key, opening), hours, told);
    }
}

Problems point_out(DatedScenario const& scenario) {
  Problems told;
  point_out_circles(scenario, told);
  std::set<std::pair<std::string, std::string>> known;
  auto const look_at = [&](Scenario const& version, std::string const& from, bool is_known) {
    Problems found;
    if (!is_known) point_out_names(version, found);
    point_out_hours(version, found);
    if (!is_known) point_out_short_times(version, found);
    for (auto& problem : found.list()) {
      if (!known.emplace(problem.pointer, problem.what).second) continue;
      problem.what = from + problem.what;
      told.add(std::move(problem));
    }
  };
  look_at(scenario.base, "", false);
  auto const* before = &scenario.base;
  for (auto const& [date, version] : scenario.changes) {
    look_at(version, "from " + format_date(date) + ": ", same_but_for_capacity(*before, version));
    before = &version;
  }
  return told;
}

}  // namespace cwtsim::scenario
