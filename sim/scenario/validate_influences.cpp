// Factors that change shares and lengths of time.

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cwtsim/scenario/doc.hpp"
#include "influences.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

void check_factors(Sheet& sheet, std::string const& at, Factors const& factors) {
  if (factors.size() > most_factors)
    sheet.add(at, fmt::format("{} factors; at most {} are allowed", factors.size(), most_factors));
  for (auto const& [name, table] : factors)
    check_table(sheet, under(at, name), table, Depends{}, [&](std::string const& here, double factor) {
      if (!(factor >= 0 && factor <= largest_factor))
        sheet.add(here, "a factor of " + number(factor) + " is not between 0 and " + number(largest_factor));
    });
}

// Odds must not take away every outcome that has a share.
void check_left(Sheet& sheet, std::string const& pointer, ShareTable const& table, Odds const& odds) {
  if (!std::any_of(odds.begin(), odds.end(), [](auto const& entry) { return never(entry.second); })) return;
  for (auto const& row : table.rows) {
    if (std::any_of(row.value.begin(), row.value.end(),
                    [&](auto const& share) { return share.second > 0 && !never(odds, share.first); }))
      continue;
    std::string here = pointer;
    for (auto const& key : row.keys) here = under(here, key);
    sheet.add(here, "factors of 0 take away every outcome that has a share, so nothing is left to choose");
  }
}

void check_step(Sheet& sheet, std::string const& at, Step const& step) {
  for (auto const& [outcome, factors] : step.odds) {
    auto const here = under(at, "odds", outcome);
    std::vector<std::string> next;
    for (auto const& row : step.then.rows)
      for (auto const& [name, share] : row.value)
        if (std::find(next.begin(), next.end(), name) == next.end()) next.push_back(name);
    if (std::find(next.begin(), next.end(), outcome) == next.end())
      sheet.add(here, "\"" + outcome + "\" is not in \"then\", so these factors would have no effect",
                advice(outcome, next));
    check_factors(sheet, here, factors);
  }
  check_left(sheet, under(at, "then"), step.then, step.odds);
  check_factors(sheet, under(at, "times"), step.times);
  if (!step.times.empty() && !step.takes.given())
    sheet.add(under(at, "times"), "the step has no length of time to multiply", "add \"takes\", or remove it");
  if (step.did_not_attend) check_factors(sheet, under(at, "did_not_attend", "odds"), step.did_not_attend->odds);
  for (auto const& [reason, leaves] : step.gives_up)
    check_factors(sheet, under(at, "gives_up", reason, "times"), leaves.times);
}

void check_attribute(Sheet& sheet, std::string const& name, Attribute const& attribute) {
  auto const at = under("/attributes", name);
  for (auto const& [level, factors] : attribute.odds) {
    is_known(sheet, under(at, "odds", level), name, level, attribute.levels);
    check_factors(sheet, under(at, "odds", level), factors);
  }
  check_left(sheet, under(at, "shares"), attribute.shares, attribute.odds);
  bool drawn = attribute.shares.given();
  for (auto const& [stream_name, stream] : sheet.scenario.demand)
    if (auto const* shares = stream.attributes.find(name)) {
      drawn = true;
      check_left(sheet, under("/demand", stream_name, "attributes", name), *shares, attribute.odds);
    }
  if (!attribute.odds.empty() && !drawn)
    sheet.add(under(at, "odds"), "neither the attribute nor a stream gives shares that these factors could change",
              "add \"shares\", or remove it");
}

}  // namespace

void check_influences(Sheet& sheet) {
  for (auto const& [name, attribute] : sheet.scenario.attributes) check_attribute(sheet, name, attribute);
  for (auto const& [pathway_name, pathway] : sheet.scenario.pathways)
    for (auto const& [name, step] : pathway.steps)
      check_step(sheet, under("/pathways", pathway_name, "steps", name), step);
}

}  // namespace cwtsim::scenario
