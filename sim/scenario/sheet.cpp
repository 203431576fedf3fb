#include "sheet.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace cwtsim::scenario {
namespace {

constexpr std::size_t most_dimensions = 4;
constexpr double most_cells = 1e6;

void collect(Sheet& sheet, std::vector<std::string> const& milestones) {
  sheet.milestones_reached.insert(milestones.begin(), milestones.end());
}

std::vector<std::string> const* levels_of(Scenario const& scenario, std::string const& name,
                                          std::vector<std::string>& kept) {
  if (name == "provider") kept = names_of(scenario.providers);
  if (name == "stream") kept = names_of(scenario.demand);
  if (name == "provider" || name == "stream") return &kept;
  auto const* attribute = scenario.attributes.find(name);
  return attribute ? &attribute->levels : nullptr;
}

struct RowCheck {
  Sheet& sheet;
  std::string const& pointer;
  std::vector<std::string> const& by;
  std::vector<std::vector<std::string>> const& keys;

  // Rows that share the keys above `depth`: every level must have its row.
  void cover(std::vector<std::size_t> const& rows, std::size_t depth) const {
    if (rows.size() == 1 && keys[rows[0]].size() == depth) return;
    std::string at = pointer;
    for (std::size_t d = 0; d < depth; ++d) at = under(at, keys[rows[0]][d]);
    std::vector<std::string> named;
    for (auto const r : rows)
      if (keys[r].size() > depth && std::find(named.begin(), named.end(), keys[r][depth]) == named.end())
        named.push_back(keys[r][depth]);
    std::vector<std::string> kept;
    auto const* levels = levels_of(sheet.scenario, by[depth], kept);
    if (!levels) return;  // an unknown name in `by` has been told
    std::vector<std::string> missing;
    for (auto const& level : *levels)
      if (std::find(named.begin(), named.end(), level) == named.end()) missing.push_back(level);
    bool const has_rest = std::find(named.begin(), named.end(), otherwise) != named.end();
    if (!has_rest && !missing.empty())
      sheet.add(at, "no value for the " + by[depth] + " " + list_of(missing),
                "add it, or \"otherwise\" for all the rest");
    for (auto const& name : named) {
      if (name != otherwise && !is_known(sheet, under(at, name), by[depth], name, *levels)) continue;
      std::vector<std::size_t> below;
      for (auto const r : rows)
        if (keys[r].size() > depth && keys[r][depth] == name) below.push_back(r);
      cover(below, depth + 1);
    }
  }
};

}  // namespace

Sheet::Sheet(Scenario const& of, Problems& list) : scenario(of), problems(list), versions{&of} {
  for (auto const& [name, stream] : of.demand) collect(*this, stream.milestones);
  for (auto const& [name, waiting] : of.waiting)
    if (waiting.milestones) collect(*this, *waiting.milestones);
  for (auto const& [name, pathway] : of.pathways)
    for (auto const& [step_name, step] : pathway.steps) {
      for (auto const* milestones : {&step.on_joining, &step.on_start, &step.on_finish}) collect(*this, *milestones);
      if (!step.pauses.empty()) made_adjustments.insert(step.pauses);
      if (step.did_not_attend && !step.did_not_attend->adjusts.empty())
        made_adjustments.insert(step.did_not_attend->adjusts);
    }
  for (auto const& [name, standard] : of.standards)
    known_adjustments.insert(standard.adjustments.begin(), standard.adjustments.end());
  unsound.assign(of.pathways.size(), false);
}

bool is_known(Sheet const& sheet, std::string const& pointer, std::string const& thing, std::string const& name,
              std::vector<std::string> const& names, std::string const& where) {
  if (std::find(names.begin(), names.end(), name) != names.end()) return true;
  sheet.add(pointer, "there is no " + thing + " \"" + name + "\"" + (where.empty() ? "" : " " + where),
            advice(name, names));
  return false;
}

std::string share_pointer(std::string const& pointer, Shares const& shares, std::string const& name) {
  return shares.size() == 1 && shares.items[0].second == 1 ? pointer : under(pointer, name);
}

std::string item_pointer(std::string const& pointer, std::vector<std::string> const& list, std::size_t i) {
  return list.size() == 1 ? pointer : under(pointer, std::to_string(i));
}

void check_shares(Sheet const& sheet, std::string const& pointer, Shares const& shares, std::string const& why) {
  double sum = 0;
  for (auto const& [name, share] : shares) {
    if (!(share >= 0 && share <= 1)) {
      sheet.add(share_pointer(pointer, shares, name), "a share of " + number(share) + " is not between 0 and 1");
      return;
    }
    sum += share;
  }
  if (std::fabs(sum - 1) <= 1e-6) return;
  auto const sums = "the shares sum to " + number(sum) + ", not 1: " + number(std::fabs(1 - sum));
  sheet.add(pointer, sum < 1 ? sums + " is missing, " + why : sums + " is too much");
}

void check_counts(Sheet const& sheet, std::string const& pointer, Shares const& shares) {
  for (auto const& [name, share] : shares) {
    std::int64_t count = 0;
    auto const [end, error] = std::from_chars(name.data(), name.data() + name.size(), count);
    if (error != std::errc() || end != name.data() + name.size() || count < 1 || count > 1000)
      sheet.add(share_pointer(pointer, shares, name), "\"" + name + "\" is not a whole number from 1 to 1000");
  }
  check_shares(sheet, pointer, shares, "so the number would be uncertain");
}

void check_distribution(Sheet& sheet, std::string const& pointer, Distribution const& distribution) {
  if (!std::holds_alternative<Constant>(distribution.shape)) ++sheet.distributions;
  if (auto const what = problem_of(distribution); !what.empty()) sheet.add(pointer, what);
}

void check_levels(Sheet const& sheet, std::string const& pointer, std::string const& attribute, Shares const& shares) {
  auto const* known = sheet.scenario.attributes.find(attribute);
  if (!known) return;
  for (auto const& [level, share] : shares)
    is_known(sheet, share_pointer(pointer, shares, level), attribute, level, known->levels);
  check_shares(sheet, pointer, shares, "and every patient must have one");
}

void check_rows(Sheet& sheet, std::string const& pointer, std::vector<std::string> const& by,
                std::vector<std::vector<std::string>> const& keys, Depends depends) {
  if (by.empty()) {
    for (auto const& key : keys)
      if (!key.empty())
        return sheet.add(under(pointer, "by"), "it names nothing, so the rows of this table cannot be told apart",
                         "name the attributes, \"provider\" or \"stream\" that it depends on");
    return;
  }
  auto const at = under(pointer, "by");
  std::vector<std::string> names;
  if (depends.attributes) names = names_of(sheet.scenario.attributes);
  if (depends.provider) names.emplace_back("provider");
  if (depends.stream) names.emplace_back("stream");
  double cells = 1;
  bool sound = true;
  for (std::size_t i = 0; i < by.size(); ++i) {
    auto const here = item_pointer(at, by, i);
    bool const exists = by[i] == "provider" || by[i] == "stream" || sheet.scenario.attributes.find(by[i]);
    if (!exists) {
      sound = is_known(sheet, here, "attribute", by[i], names) && sound;
    } else if (std::find(names.begin(), names.end(), by[i]) == names.end()) {
      sheet.add(here, "this value cannot depend on \"" + by[i] + "\": it is not drawn for a patient",
                names.empty() ? "" : "It may depend on " + list_of(names));
    } else if (std::find(by.begin(), by.begin() + static_cast<std::ptrdiff_t>(i), by[i]) !=
               by.begin() + static_cast<std::ptrdiff_t>(i)) {
      sheet.add(here, "\"" + by[i] + "\" is named twice", "name it once");
      sound = false;
    } else if (sheet.scenario.attributes.find(by[i])) {
      sheet.uses.emplace_back(by[i], here);
    }
    std::vector<std::string> kept;
    if (auto const* levels = levels_of(sheet.scenario, by[i], kept)) cells *= static_cast<double>(levels->size());
  }
  if (by.size() > most_dimensions)
    return sheet.add(at, fmt::format("a table may depend on at most {} things, not {}", most_dimensions, by.size()));
  if (cells > most_cells)
    return sheet.add(at,
                     fmt::format("this makes a table of {:.0f} values; at most {:.0f} are allowed", cells, most_cells),
                     "depend on fewer attributes");
  sheet.cells += cells;
  for (auto const& key : keys)
    if (key.size() > by.size())
      return sheet.add(pointer,
                       fmt::format("this table is {} levels deep, but \"by\" names only {}", key.size(), by.size()),
                       "name in \"by\" what the innermost keys are");
  std::vector<std::size_t> rows(keys.size());
  for (std::size_t r = 0; r < rows.size(); ++r) rows[r] = r;
  if (sound) RowCheck{sheet, pointer, by, keys}.cover(rows, 0);
}

}  // namespace cwtsim::scenario
