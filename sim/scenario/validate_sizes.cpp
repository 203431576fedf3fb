// What is there too many of: counted before anything else is looked at.

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "cwtsim/scenario/limits.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "words.hpp"

namespace cwtsim::scenario {
namespace {

void count(Problems& problems, std::string const& at, std::size_t found, std::size_t most, std::string_view what) {
  if (found > most) problems.add(at, fmt::format("{} {}; at most {} are allowed", found, what, most), "");
}

/// What is kept for every pair of two things.
void count_pairs(Problems& problems, std::string const& at, std::size_t one, std::size_t other, std::size_t most,
                 std::string_view what, std::string_view and_what) {
  if (one * other > most)
    problems.add(at,
                 fmt::format("{} {} and {} {} make {} pairs, and something is kept for each; at most {} are allowed",
                             one, what, other, and_what, one * other, most),
                 "");
}

std::size_t levels_of(Scenario const& scenario, std::string_view part) {
  if (part == "provider") return scenario.providers.size();
  if (part == "group") {
    std::set<std::string_view> groups;
    for (auto const& [name, provider] : scenario.providers) groups.insert(provider.group);
    return groups.size();
  }
  auto const* const attribute = scenario.attributes.find(part);
  return attribute ? attribute->levels.size() : 1;
}

std::size_t strata_of(Scenario const& scenario, std::vector<std::string> const& by) {
  std::size_t strata = 1;
  for (std::string_view const stratum : by) {
    auto const plus = stratum.find('+');
    std::size_t cells = levels_of(scenario, stratum.substr(0, plus));
    if (plus != stratum.npos) cells *= levels_of(scenario, stratum.substr(plus + 1));
    strata += stratum == "all" ? 0 : cells;
  }
  return strata;
}

void count_strata(Problems& problems, Scenario const& scenario) {
  std::size_t of_standards = 0, of_measures = 0;
  for (auto const& [name, standard] : scenario.standards) of_standards += strata_of(scenario, standard.by);
  for (auto const& [name, measure] : scenario.measures) of_measures += strata_of(scenario, measure.by);
  count(problems, "/standards", of_standards, most_strata_in_all, "strata of all standards together");
  count(problems, "/measures", of_measures, most_strata_in_all, "strata of all measures together");
}

void count_posts(Problems& problems, Scenario const& scenario) {
  double posts = 0;
  for (auto const& [name, provider] : scenario.providers)
    for (auto const& [role, staff] : provider.staff)
      if (staff.leavers_per_year > 0 || staff.new_posts == NewPosts::recruited)
        posts += std::ceil(staff.whole_time_equivalents);
  if (posts > most_posts)
    problems.add("/providers",
                 fmt::format("{:.0f} posts whose holders come and go, and each is followed; at most {:.0f} are allowed",
                             posts, most_posts),
                 "");
}

}  // namespace

Problems too_many(Scenario const& scenario) {
  Problems problems;
  std::size_t steps = 0, resources = 0, roles = 0, sources = 0;
  std::set<std::string_view> names;
  for (auto const& [name, pathway] : scenario.pathways) steps += pathway.steps.size();
  for (auto const& [name, stream] : scenario.demand) sources += std::max<std::size_t>(stream.volume.size(), 1);
  for (auto const& [name, provider] : scenario.providers) {
    resources += provider.resources.size();
    roles += provider.staff.size();
    for (auto const& [resource_name, resource] : provider.resources) {
      names.insert(resource_name);
      count(
          problems,
          under("/providers", name, "resources", resource_name) + "/" + std::string(record_of(resource.kind).openings),
          resource.openings.size(), most_openings, "openings of one resource");
    }
  }
  count(problems, "/pathways", steps, most_steps, "steps");
  count(problems, "/providers", scenario.providers.size(), most_providers, "providers");
  count(problems, "/providers", resources, most_resources, "resources");
  count(problems, "/providers", roles, most_roles, "roles of staff, each counted at each of its providers");
  count(problems, "/demand", sources, most_sources, "streams, each counted at each of its providers");
  count(problems, "/waiting", scenario.waiting.size(), most_waiting_lists, "waiting lists at the start");
  count(problems, "/rules", scenario.rules.size(), most_rules, "rules");
  auto const providers = scenario.providers.size();
  count_pairs(problems, "/providers", steps, providers, most_steps_at_providers, "steps", "providers");
  count_pairs(problems, "/providers", names.size(), providers, most_resources_at_providers, "names of resources",
              "providers");
  count_pairs(problems, "/ledgers", scenario.ledgers.size(), providers, most_accounts, "ledgers", "providers");
  count_strata(problems, scenario);
  count_posts(problems, scenario);
  return problems;
}

}  // namespace cwtsim::scenario
