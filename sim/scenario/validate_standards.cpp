#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cwtsim/scenario/doc.hpp"
#include "cwtsim/scenario/horizon.hpp"
#include "cwtsim/scenario/limits.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

constexpr std::size_t most_adjustments = 32;
constexpr double most_strata = 100'000;

std::vector<std::string> parts_of(std::string const& stratum) {
  auto const plus = stratum.find('+');
  if (plus == std::string::npos) return {stratum};
  return {stratum.substr(0, plus), stratum.substr(plus + 1)};
}

std::vector<std::string> levels_of(Scenario const& scenario, std::string const& part) {
  if (part == "provider") return names_of(scenario.providers);
  if (part == "group") {
    std::vector<std::string> groups;
    for (auto const& [name, provider] : scenario.providers)
      if (!provider.group.empty() && std::find(groups.begin(), groups.end(), provider.group) == groups.end())
        groups.push_back(provider.group);
    return groups;
  }
  auto const* attribute = scenario.attributes.find(part);
  return attribute ? attribute->levels : std::vector<std::string>{};
}

std::vector<std::string> strata_names(Scenario const& scenario) {
  auto names = names_of(scenario.attributes);
  names.emplace_back("provider");
  names.emplace_back("group");
  return names;
}

}  // namespace

bool check_stratum(Sheet& sheet, std::string const& at, std::string const& stratum) {
  auto const names = strata_names(sheet.scenario);
  auto const parts = parts_of(stratum);
  double cells = 1;
  for (auto const& part : parts) {
    if (!is_known(sheet, at, "attribute", part, names, "to report by")) return false;
    if (sheet.scenario.attributes.find(part)) sheet.uses.emplace_back(part, at);
    if (part == "group" && levels_of(sheet.scenario, part).empty()) {
      sheet.add(at, "no provider has a \"group\" to report by", "give the providers a \"group\"");
      return false;
    }
    cells *= static_cast<double>(levels_of(sheet.scenario, part).size());
  }
  if (parts.size() == 2 && parts[0] == parts[1]) {
    sheet.add(at, "\"" + stratum + "\" pairs \"" + parts[0] + "\" with itself", "name it once");
    return false;
  }
  if (cells > most_strata) {
    sheet.add(at, fmt::format("\"{}\" makes {:.0f} strata; at most {:.0f} are allowed", stratum, cells, most_strata));
    return false;
  }
  return true;
}

bool check_level_of(Sheet& sheet, std::string const& at, std::string const& stratum, std::string const& level) {
  auto const parts = parts_of(stratum), named = parts_of(level);
  if (named.size() != parts.size()) {
    sheet.add(at, "\"" + level + "\" does not name one level each of " + list_of(parts), "Write \"cwft+lung\", say");
    return false;
  }
  bool known = true;
  for (std::size_t i = 0; i < parts.size(); ++i)
    known = is_known(sheet, at, parts[i], named[i], levels_of(sheet.scenario, parts[i])) && known;
  return known;
}

void check_milestones(Sheet& sheet, std::string const& at, std::vector<std::string> const& milestones,
                      std::string const& effect) {
  std::vector<std::string> const reached(sheet.milestones_reached.begin(), sheet.milestones_reached.end());
  for (std::size_t i = 0; i < milestones.size(); ++i)
    if (!sheet.milestones_reached.contains(milestones[i]))
      sheet.add(item_pointer(at, milestones, i),
                "no stream and no step reaches the milestone \"" + milestones[i] + "\", so it would never " + effect,
                advice(milestones[i], reached));
}

void check_targets(Sheet const& sheet, std::string const& at, Named<double> const& targets, bool shares) {
  for (auto const& [date, target] : targets) {
    bool const plain = targets.size() == 1 && date == always_from;
    auto const here = plain ? at : under(at, date);
    if (!parse_date(date)) sheet.add(here, "\"" + date + "\" is not a date", "Write \"2026-04-01\", say");
    if (shares && !(target >= 0 && target <= 1))
      sheet.add(here, "a share of " + number(target) + " is not between 0 and 1");
  }
}

void check_condition(Sheet& sheet, std::string const& at, Condition const& condition) {
  for (auto const& [attribute, levels] : condition.levels) {
    auto const here = under(at, attribute);
    if (!is_known(sheet, here, "attribute", attribute, names_of(sheet.scenario.attributes))) continue;
    sheet.uses.emplace_back(attribute, here);
    if (levels.empty()) sheet.add(here, "no level is named, so nobody would be counted", "Name the levels");
    auto const& known = sheet.scenario.attributes.find(attribute)->levels;
    for (std::size_t i = 0; i < levels.size(); ++i)
      is_known(sheet, item_pointer(here, levels, i), attribute, levels[i], known);
  }
}

namespace {

void check_adjustments(Sheet& sheet, std::string const& at, Standard const& standard) {
  std::vector<std::string> const made(sheet.made_adjustments.begin(), sheet.made_adjustments.end());
  for (std::size_t i = 0; i < standard.adjustments.size(); ++i) {
    auto const& name = standard.adjustments[i];
    if (!sheet.made_adjustments.contains(name))
      sheet.add(
          item_pointer(under(at, "adjustments"), standard.adjustments, i),
          "no step makes the adjustment \"" + name + "\" with \"adjusts\" or \"pauses\", so it would have no effect",
          advice(name, made));
  }
}

void check_standard(Sheet& sheet, std::string const& name, Standard const& standard) {
  auto const at = under("/standards", name);
  if (standard.starts.empty()) sheet.add(under(at, "starts"), "no milestone starts this clock", "Name one");
  if (standard.stops.empty()) sheet.add(under(at, "stops"), "no milestone stops this clock", "Name one");
  check_milestones(sheet, under(at, "starts"), standard.starts, "start this clock");
  check_milestones(sheet, under(at, "stops"), standard.stops, "stop this clock");
  check_milestones(sheet, under(at, "excluded_by"), standard.excluded_by, "end this clock");
  check_milestones(sheet, under(at, "breach_if_late"), standard.breach_if_late, "end this clock");
  for (std::size_t i = 0; i < standard.stops.size(); ++i)
    if (std::find(standard.starts.begin(), standard.starts.end(), standard.stops[i]) != standard.starts.end())
      sheet.add(item_pointer(under(at, "stops"), standard.stops, i),
                "the milestone \"" + standard.stops[i] + "\" both starts and stops this clock", "Use two milestones");
  check_condition(sheet, under(at, "for"), standard.only_when);
  if (standard.limit_days < 0 || standard.limit_days > 1500)
    sheet.add(under(at, "limit"),
              fmt::format("a limit of {} days is not between 0 and 1500 days", standard.limit_days));
  check_targets(sheet, under(at, "target"), standard.targets, true);
  if (standard.long_waits.size() > most_long_waits)
    sheet.add(under(at, "long_waits"),
              fmt::format("{} lengths of time; at most {} are allowed", standard.long_waits.size(), most_long_waits));
  if (standard.credited_to == CreditedTo::shared &&
      standard.handover_by_days + standard.treat_within_days != standard.limit_days)
    sheet.add(
        under(at, "sharing"),
        fmt::format("handed over by day {} and treated within {} days makes {}, not the limit of {} days, so some "
                    "patients would belong to no provider",
                    standard.handover_by_days, standard.treat_within_days,
                    standard.handover_by_days + standard.treat_within_days, standard.limit_days),
        "let the two add up to the limit");
  check_adjustments(sheet, at, standard);
  for (std::size_t i = 0; i < standard.by.size(); ++i)
    check_stratum(sheet, item_pointer(under(at, "by"), standard.by, i), standard.by[i]);
  check_gaps(sheet, under(at, "gaps"), standard.by, standard.gaps);
}

// Levels of a stratum as published: "cwft", or "cwft+lung" for a pair.
void check_published(Sheet& sheet, std::string const& at, Named<Named<double>> const& figures, double most) {
  for (auto const& [stratum, by_level] : figures) {
    auto const here = under(at, stratum);
    bool const all = stratum == "all";
    if (!all && !check_stratum(sheet, here, stratum)) continue;
    for (auto const& [level, value] : by_level) {
      auto const place = all ? here : under(here, level);
      if (!(value >= 0 && value <= most))
        sheet.add(place, most == 1 ? "a share of " + number(value) + " is not between 0 and 1"
                                   : "a number of patients cannot be " + number(value));
      if (all) continue;
      check_level_of(sheet, place, stratum, level);
    }
  }
}

/// First and last day that are measured.
std::pair<Date, Date> measured_days(Horizon const& horizon) {
  auto const measured = measured_seconds(horizon);
  auto const day = [&horizon](double seconds) {
    return horizon.starts.date + static_cast<std::int32_t>(std::floor(seconds / seconds_per_day));
  };
  return {day(measured.from), day(measured.end - 1)};
}

Date first_of_next_month(YearMonthDay const& d) {
  bool const last = d.month == 12;
  return to_date({d.year + (last ? 1 : 0), last ? 1 : d.month + 1, 1});
}

// What is simulated is counted by months; of a part of one nothing is known, unless no more of it is measured.
void check_months(Sheet const& sheet, std::string const& at, Observed const& observed) {
  auto const& told = sheet.problems.list();
  if (std::any_of(told.begin(), told.end(), [](auto const& p) { return p.pointer.starts_with("/horizon"); })) return;
  auto const measured = measured_days(sheet.scenario.horizon);
  Date const first = measured.first, last = measured.second;
  auto const part = [&](char const* key, Date day, std::string const& what, Date before, Date after) {
    sheet.add(under(at, key),
              what + " " + format_date(day) +
                  ", within a month: figures are compared by whole months (or to the first and "
                  "last measured day, " +
                  format_date(first) + " and " + format_date(last) + ")",
              "Write the figures of whole months: \"" + format_date(before) + "\" or \"" + format_date(after) + "\"");
  };
  auto const begins = to_ymd(observed.from), ends = to_ymd(observed.until + 1);
  if (begins.day != 1 && observed.from != first)
    part("from", observed.from, "they begin on", to_date({begins.year, begins.month, 1}), first_of_next_month(begins));
  if (ends.day != 1 && observed.until != last)
    part("until", observed.until, "they end on", to_date({ends.year, ends.month, 1}) - 1,
         first_of_next_month(ends) - 1);
}

}  // namespace

void check_standards(Sheet& sheet) {
  for (auto const& [name, standard] : sheet.scenario.standards) check_standard(sheet, name, standard);
  if (sheet.known_adjustments.size() > most_adjustments)
    sheet.add("/standards", fmt::format("{} different adjustments; at most {} are allowed",
                                        sheet.known_adjustments.size(), most_adjustments));
}

void check_observed(Sheet& sheet) {
  for (auto const& [name, observed] : sheet.scenario.observed) {
    auto const at = under("/observed", name);
    is_known(sheet, at, "standard", name, names_of(sheet.scenario.standards));
    if (observed.until < observed.from)
      sheet.add(under(at, "until"),
                "it ends on " + format_date(observed.until) + ", before it begins on " + format_date(observed.from));
    else
      check_months(sheet, at, observed);
    check_published(sheet, under(at, "attainment"), observed.attainment, 1);
    check_published(sheet, under(at, "patients"), observed.patients, 1e12);
  }
}

}  // namespace cwtsim::scenario
