#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cwtsim/scenario/days.hpp"
#include "cwtsim/scenario/limits.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

constexpr std::int64_t minutes_per_day = 1440, minutes_per_week = 7 * minutes_per_day;

// Minutes of the week, from and until; until may lie in the next week.
std::vector<std::pair<std::int64_t, std::int64_t>> hours_of(Opening const& opening) {
  std::vector<std::pair<std::int64_t, std::int64_t>> hours;
  auto const days = parse_days(opening.on);
  if (!days) return hours;
  std::int64_t length = opening.closes.minutes - opening.opens.minutes;
  if (length <= 0) length += minutes_per_day;
  for (std::size_t day = 0; day < 7; ++day)
    if ((*days)[day]) {
      auto const from = static_cast<std::int64_t>(day) * minutes_per_day + opening.opens.minutes;
      hours.emplace_back(from, from + length);
    }
  return hours;
}

bool overlap(Opening const& a, Opening const& b) {
  for (auto const& [a_from, a_until] : hours_of(a))
    for (auto const& [b_from, b_until] : hours_of(b))
      for (auto const shift : {-minutes_per_week, std::int64_t{0}, minutes_per_week})
        if (a_from < b_until + shift && b_from + shift < a_until) return true;
  return false;
}

void check_alias(Sheet const& sheet, std::string const& at, std::string const& provider, std::string const& name,
                 Resource const& resource) {
  auto const here = under(at, "at");
  if (!resource.openings.empty() || resource.servers || resource.per_week || !resource.staff.empty())
    sheet.add(here, "it is the \"" + name + "\" of \"" + resource.at + "\", so nothing else may be said of it here",
              "say it there, or remove \"at\"");
  if (!is_known(sheet, here, "provider", resource.at, names_of(sheet.scenario.providers))) return;
  if (resource.at == provider)
    return sheet.add(here, "it is said to be elsewhere, but at its own provider", "remove \"at\"");
  auto const& other = sheet.scenario.providers.find(resource.at)->resources;
  auto const* there = other.find(name);
  if (!there)
    sheet.add(here, "\"" + resource.at + "\" has no resource \"" + name + "\"", advice(name, names_of(other)));
  else if (!there->at.empty())
    sheet.add(here, "the \"" + name + "\" of \"" + resource.at + "\" is itself elsewhere, at \"" + there->at + "\"",
              "name \"" + there->at + "\" here");
}

void check_openings(Sheet const& sheet, std::string const& at, Resource const& resource) {
  auto const key = record_of(resource.kind).openings;
  for (auto const& [name, opening] : resource.openings) {
    auto const here = under(at, key, name);
    if (!parse_days(opening.on))
      sheet.add(under(here, "on"), "\"" + opening.on + "\" does not name days of the week, each once",
                "Write \"daily\", \"mon-fri\" or \"tue,thu\", say");
    check_on_tick(sheet, under(here, resource.kind == ResourceKind::meeting ? "at" : "opens"), opening.opens);
    if (resource.kind != ResourceKind::meeting) check_on_tick(sheet, under(here, "closes"), opening.closes);
    if (opening.every_weeks < 1)
      sheet.add(under(here, "every_weeks"), "a session cannot be held so", "Write 1 for every week");
    if (opening.amount && *opening.amount < 0)
      sheet.add(under(here, record_of(resource.kind).amount), "there cannot be " + std::to_string(*opening.amount),
                "Write 0 or more");
    if (resource.kind == ResourceKind::sessions && opening.amount && resource.per_week)
      sheet.add(under(here, "slots"), "the resource has \"per_week\" too: its slots are said twice", "Remove one");
    if (resource.kind == ResourceKind::sessions && !opening.amount && !resource.per_week)
      sheet.add(here, "it does not say how many slots there are", "add \"slots\", or \"per_week\" to the resource");
    if (resource.kind == ResourceKind::servers && !opening.amount)
      sheet.add(here, "it does not say how many servers are open", "add \"servers\"");
  }
  if (resource.kind != ResourceKind::servers) return;
  auto const& items = resource.openings.items;
  for (std::size_t i = 0; i < items.size(); ++i)
    for (std::size_t j = i + 1; j < items.size(); ++j)
      if (overlap(items[i].second, items[j].second))
        sheet.add(under(at, key, items[j].first),
                  "these hours overlap with \"" + items[i].first + "\", so the number of servers is unclear",
                  "let one end where the other begins");
}

void check_existence(Sheet const& sheet, std::string const& at, Resource const& resource) {
  std::string const key(record_of(resource.kind).openings);
  if (resource.kind == ResourceKind::servers && resource.servers && !resource.openings.empty())
    return sheet.add(under(at, "servers"), "there are \"hours\" too: the number of servers is said twice",
                     "Remove one");
  if (!resource.openings.empty() || (resource.kind == ResourceKind::servers && resource.servers)) return;
  if (resource.per_week)
    return sheet.add(under(at, "per_week"), "there are no sessions over which to spread it", "add \"sessions\"");
  sheet.add(at,
            "it has no \"" + key + "\"" + (resource.kind == ResourceKind::servers ? " and no \"servers\"" : "") +
                ", so nobody would ever be served",
            "add \"" + key + "\"");
}

// Slots a week, over sessions held as seldom as may be, can come to more than a session can have.
void check_slots(Sheet const& sheet, std::string const& at, Resource const& resource) {
  if (!resource.per_week || !std::isfinite(*resource.per_week)) return;
  double const held = openings_a_week(resource);
  if (held > 0 && *resource.per_week / held > most_slots)
    sheet.add(under(at, "per_week"), fmt::format("this makes {:.0f} slots a session; at most {:.0f} are allowed",
                                                 *resource.per_week / held, most_slots));
}

// Lengths of time that are set once for all.
void lengths(Sheet const& sheet, std::string const& at, Resource const& resource) {
  auto const check = [&](std::string const& field, Duration length) {
    if (!(length.seconds <= longest_days * seconds_per_day))
      sheet.add(under(at, field), format_duration(length) + " is longer than the 60 years that a scenario may last");
  };
  check("notice", resource.notice);
  check("cut_off", resource.cut_off);
  check("no_clock_due", resource.no_clock_due);
  if (!resource.promote_after) return;
  check("promote_after", *resource.promote_after);
  auto const tick = sheet.scenario.horizon.resolution;
  if (resource.promote_after->seconds > 0 && resource.promote_after->seconds < tick.seconds / 2)
    sheet.add(under(at, "promote_after"),
              fmt::format("{} is less than half a tick of {}, so nobody would ever be promoted",
                          format_duration(*resource.promote_after), format_duration(tick)),
              "write a longer time, or a finer \"resolution\" in the horizon");
}

void check_resource(Sheet& sheet, std::string const& provider, std::string const& name, Resource const& resource) {
  auto const at = under("/providers", provider, "resources", name);
  if (!resource.at.empty()) return check_alias(sheet, at, provider, name, resource);
  check_existence(sheet, at, resource);
  check_openings(sheet, at, resource);
  bool const is_sessions = resource.kind == ResourceKind::sessions;
  if (resource.per_week && !(*resource.per_week >= 0 && std::isfinite(*resource.per_week)))
    sheet.add(under(at, "per_week"), "there cannot be " + number(*resource.per_week) + " slots a week",
              "Write 0 or more");
  check_slots(sheet, at, resource);
  lengths(sheet, at, resource);
  if (resource.waiting_room && *resource.waiting_room < 0)
    sheet.add(under(at, "waiting_room"), "a waiting room cannot hold " + std::to_string(*resource.waiting_room),
              "Write 0 or more");
  if (resource.servers && *resource.servers < 0)
    sheet.add(under(at, "servers"), "there cannot be " + std::to_string(*resource.servers), "Write 0 or more");
  if (resource.notice.seconds != 0 && !is_sessions)
    sheet.add(under(at, "notice"), "only slots of sessions are given with notice", "Remove it");
  if (resource.other_work.given() && !is_sessions)
    sheet.add(under(at, "other_work"), "only slots of sessions are taken by other work",
              resource.kind == ResourceKind::servers ? "Remove it, and count the servers that other work leaves"
                                                     : "Remove it");
  if (!resource.staff.empty() && !is_sessions)
    sheet.add(under(at, "staff"), "only sessions are held by people", "Remove it");
  if (resource.cut_off.seconds != 0 && resource.kind != ResourceKind::meeting)
    sheet.add(under(at, "cut_off"), "only meetings have a cut-off", "Remove it");
  if (resource.promote_after && resource.order != Order::priority)
    sheet.add(under(at, "promote_after"), "only a queue in order of priority has classes to be promoted in",
              "Add \"order\": \"priority\"");
  if (resource.promote_after && !(resource.promote_after->seconds > 0))
    sheet.add(under(at, "promote_after"), "everybody would be promoted at once", "Write a length of time above 0");
  check_table(sheet, under(at, "other_work"), resource.other_work, Depends{false, true, false},
              [&](std::string const& here, double share) {
                if (!(share >= 0 && share <= 1))
                  sheet.add(here, "a share of " + number(share) + " is not between 0 and 1");
              });
  auto const roles = names_of(sheet.scenario.providers.find(provider)->staff);
  for (auto const& [role, people] : resource.staff) {
    auto const here = under(at, "staff", role);
    is_known(sheet, here, "staff role", role, roles, "at \"" + provider + "\"");
    if (people < 1) sheet.add(here, "a session cannot need " + std::to_string(people) + " people", "Write 1 or more");
  }
}

}  // namespace

Resource const* resource_at(Scenario const& scenario, Provider const& provider, std::string const& name) {
  auto const* resource = provider.resources.find(name);
  if (!resource || resource->at.empty()) return resource;
  auto const* other = scenario.providers.find(resource->at);
  auto const* there = other ? other->resources.find(name) : nullptr;
  return there && there->at.empty() ? there : nullptr;
}

std::pair<std::string, Resource const*> waited_for(Scenario const& scenario, Provider const& provider,
                                                   Step const& step) {
  std::pair<std::string, Resource const*> first{"", nullptr};
  for (auto const& [name, count] : step.needs) {
    auto const* resource = resource_at(scenario, provider, name);
    if (!resource) continue;
    if (resource->kind == ResourceKind::sessions) return {name, resource};
    if (!first.second) first = {name, resource};
  }
  return first;
}

std::int64_t most_at_once(Resource const& resource) {
  if (resource.kind == ResourceKind::servers && resource.servers) return *resource.servers;
  // slots are carried over from session to session until they are whole
  std::int64_t carried = 0;
  if (double const held = openings_a_week(resource); resource.per_week && held > 0)
    carried = static_cast<std::int64_t>(std::ceil(*resource.per_week / held));
  // sessions that overlap are there at one time (meetings never are); in some week all are held
  std::vector<std::pair<std::int64_t, std::int64_t>> turns;
  std::int64_t most = 0, now = 0;
  for (auto const& [name, opening] : resource.openings) {
    if (!opening.amount && !resource.per_week) return -1;
    auto const amount = opening.amount.value_or(carried);
    most = std::max(most, amount);  // whose days are misspelt has been told
    if (resource.kind == ResourceKind::meeting) continue;
    for (auto const& [from, until] : hours_of(opening))
      for (auto const shift : {std::int64_t{0}, minutes_per_week}) {
        turns.emplace_back(from + shift, amount);
        turns.emplace_back(until + shift, -amount);
      }
  }
  std::ranges::sort(turns);  // what closes does so before what opens
  for (auto const& [minute, more] : turns) most = std::max(most, now += more);
  return most;
}

void check_providers(Sheet& sheet) {
  if (sheet.scenario.providers.empty()) sheet.add("/providers", "there is nowhere to go", "add a provider");
  for (auto const& [name, provider] : sheet.scenario.providers) {
    if (name == "by" || name == otherwise)
      sheet.add(under("/providers", name), "\"" + name + "\" has a meaning of its own in tables",
                "Choose another name");
    for (auto const& [resource_name, resource] : provider.resources)
      check_resource(sheet, name, resource_name, resource);
    for (auto const& [role, staff] : provider.staff) check_staff(sheet, name, role, staff);
  }
}

}  // namespace cwtsim::scenario
