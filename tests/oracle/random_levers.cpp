// Levers, most of them with dates, each of which changes something from some day on, perhaps until another.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "calendar.hpp"
#include "world.hpp"

namespace cwtsim::oracle {

/// What is done at the end of a pointer: a value is put there, or what is there is scaled or added to.
std::string World::change(Reach const& reach, nlohmann::json const& written) {
  std::string const set = member("set", c.one_of(reach.values));
  if (c.percent(50)) return set;
  bool const scale = c.percent(60);
  if (reach.pointer.ends_with("/capacity"))
    return scale ? member("scale", number({"1.5", "0.7", "2", "1.1"})) : member("add", number({"5", "2.5", "1"}));
  nlohmann::json::json_pointer const pointer(reach.pointer);
  if (!written.contains(pointer)) return set;
  auto const& there = written.at(pointer);
  if (there.is_number_integer()) return scale ? member("scale", number({"2", "3", "1.5"})) : member("add", "1");
  if (there.is_number()) return scale ? member("scale", number({"1.1", "0.5", "0.35"})) : member("add", "0.1");
  if (!there.is_string() || there.get<std::string>().find(' ') == std::string::npos) return set;
  return scale ? member("scale", number({"2", "0.5", "1.5"}))
               : member("add", quote(c.text_of({"2 hours", "30 min", "0.5 days"})));
}

/// The same at every provider, in every session or for every role, perhaps.
std::string World::for_many(std::string pointer) {
  for (std::string const place : {"/providers/", "/sessions/", "/staff/"}) {
    auto const before = pointer.find(place);
    if (before == pointer.npos || !c.percent(15)) continue;
    auto const from = before + place.size();
    if (auto const until = pointer.find('/', from); until != pointer.npos) pointer.replace(from, until - from, "*");
  }
  return pointer;
}

std::string World::levers(std::string const& scenario) {
  auto const written = nlohmann::json::parse(scenario);
  std::vector<std::string> members;
  Date const first = day_written(first_date);
  for (int n = c.between(1, 4); n > 0 && !reaches.empty(); --n) {
    auto const& reach = c.one_of(reaches);
    int const from = c.between(1, std::max(1, days - 1));
    std::vector<std::string> parts{member("pointer", quote(for_many(reach.pointer))), change(reach, written)};
    // what holds for the whole run has no dates
    bool const dated = !reach.pointer.starts_with("/waiting/") && !reach.pointer.starts_with("/standards/");
    if (dated && c.percent(85)) parts.push_back(member("from", quote(written_day(first + from))));
    if (dated && c.percent(30) && from + 1 < days)
      parts.push_back(member("until", quote(written_day(first + from + 1))));
    members.push_back(member("lever" + std::to_string(n), object(parts)));
  }
  return object({member("schema", "1"), member("name", quote("Changes")), member("levers", object(members))}) + "\n";
}

}  // namespace cwtsim::oracle
