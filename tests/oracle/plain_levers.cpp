// Levers, as `cwtsim help levers` and docs/decisions.md ("One word for capacity") tell of them: in exact fractions, so
// that nothing is lost on the way.

#include <algorithm>
#include <functional>
#include <sstream>

#include "calendar.hpp"
#include "plain_reader.hpp"

namespace cwtsim::oracle::plain {

namespace {

Lever lever(Thing& t) {
  Lever l;
  l.pointer = t.get("pointer", text);
  for (auto const* what : {"set", "scale", "add"})
    if (t.has(what)) l.what = what, l.value = t.get(what, [](Json const& json) { return json; });
  l.from = t.maybe("from", date);
  l.until = t.maybe("until", date);
  return l;
}

Named<Lever> lever_file(Thing& t) {
  (void)t.get("schema", whole);
  (void)t.get("name", text);
  return t.get("levers", each(made<lever>));
}

// Numbers ------------------------------------------------------------------------------------------------------------

/// Of a number in the file, exactly as it is written: 0.1 is a tenth.
Fraction fraction_of(Json const& json) {
  auto const [digits, rest] = split_number(json.dump());
  if (rest.empty()) return digits;
  Fraction number = digits;
  int power = std::stoi(rest.substr(1));  // "e-07"
  for (; power < 0; ++power) number = number * Fraction{1, 10};
  for (; power > 0; --power) number = number * Fraction{10, 1};
  return number;
}

Json number_of(Fraction x) {
  return x.is_whole() ? Json(x.over) : Json(x.value());
}

Fraction rounded_down(Fraction x) {
  Fraction const whole{x.over / x.under, 1};
  return x < whole ? whole - Fraction{1, 1} : whole;
}
Fraction to_nearest(Fraction x) {
  return rounded_down(x + Fraction{1, 2});
}

Fraction changed(Fraction x, Lever const& l) {
  auto const by = fraction_of(l.value);
  if (l.what == "scale") return x * by;
  if (l.what == "add") return x + by;
  return by;
}

/// What becomes of a number, or of a length of time.
Json changed(Json const& value, Lever const& l) {
  if (l.what == "set") return l.value;
  if (value.is_number()) return number_of(changed(fraction_of(value), l));
  auto const [count, unit] = split_number(text(value));
  auto const seconds = count * Fraction{seconds_of_unit(unit), 1};
  if (l.what == "scale") return number_of(seconds * fraction_of(l.value)).dump() + " s";
  auto const [more, its_unit] = split_number(text(l.value));
  return number_of(seconds + more * Fraction{seconds_of_unit(its_unit), 1}).dump() + " s";
}

// Capacity -----------------------------------------------------------------------------------------------------------

/// How much an opening has, and how often a week that counts.
struct Amount {
  Json* opening;
  Fraction now, a_week;
};

Fraction held_a_week(Json const& opening) {
  auto const days = days_written(opening.value("on", "daily"));
  return {std::count(days.begin(), days.end(), true), opening.value("every_weeks", 1)};
}

Fraction hours_of(Json const& opening) {
  int const opens = time_of_day(opening.value("opens", "00:00")).minutes;
  int const closes = time_of_day(opening.value("closes", "24:00")).minutes;
  return lowest_terms(closes > opens ? closes - opens : closes - opens + 1440, 60);
}

/// Whole numbers for what is wanted: each rounded down, then one more where most is missing, as long as a week comes
/// nearer to what is wanted of it.
std::vector<Fraction> in_whole(std::vector<Fraction> const& wanted, std::vector<Amount> const& amounts) {
  std::vector<Fraction> whole;
  std::vector<std::size_t> order;
  Fraction missing;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    whole.push_back(rounded_down(wanted[i]));
    order.push_back(i);
    missing = missing + (wanted[i] - whole[i]) * amounts[i].a_week;
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wanted[b] - whole[b] < wanted[a] - whole[a]; });
  for (auto const i : order) {
    if (wanted[i].is_whole() || missing < amounts[i].a_week * Fraction{1, 2}) continue;
    whole[i] = whole[i] + Fraction{1, 1};
    missing = missing - amounts[i].a_week;
  }
  return whole;
}

/// Meetings that take all cases have nothing to scale or to add to; a number that is set counts them as 0 so far.
std::vector<Amount> amounts_of(Json& openings, std::string const& key, bool by_the_hour, Lever const& l) {
  std::vector<Amount> amounts;
  for (auto& [name, opening] : openings.items()) {
    if (!opening.contains(key) && l.what != "set") continue;
    auto const often = held_a_week(opening);
    amounts.push_back({&opening, opening.contains(key) ? fraction_of(opening.at(key)) : Fraction{0, 1},
                       by_the_hour ? often * hours_of(opening) : often});
  }
  return amounts;
}

/// Sessions and meetings: so many a week, in the proportions in which they stand; sessions that are alike and would not
/// be whole are written per week.
void change_week(Json& resource, std::string const& openings, std::string const& key, Lever const& l) {
  auto const amounts = amounts_of(resource.at(openings), key, false, l);
  if (amounts.empty()) return;
  Fraction now, openings_a_week;
  bool alike = true, whole = true;
  for (auto const& a : amounts) {
    now = now + a.now * a.a_week;
    openings_a_week = openings_a_week + a.a_week;
    alike = alike && a.now == amounts[0].now;
  }
  auto const then = changed(now, l);
  std::vector<Fraction> wanted;
  for (auto const& a : amounts) {
    wanted.push_back(now == Fraction{0, 1} ? then / openings_a_week : a.now * then / now);
    whole = whole && wanted.back().is_whole();
  }
  if (key == "slots" && alike && !whole) {
    for (auto const& a : amounts) a.opening->erase(key);
    resource["per_week"] = number_of(then);
    return;
  }
  auto const rounded = in_whole(wanted, amounts);
  for (std::size_t i = 0; i < amounts.size(); ++i) (*amounts[i].opening)[key] = number_of(rounded[i]);
}

void change_capacity(Json& resource, Lever const& l) {
  if (resource.contains("per_week")) {
    resource["per_week"] = number_of(changed(fraction_of(resource["per_week"]), l));
  } else if (resource.contains("servers")) {
    resource["servers"] = number_of(to_nearest(changed(fraction_of(resource["servers"]), l)));
  } else if (resource.contains("hours")) {
    auto const amounts = amounts_of(resource["hours"], "servers", true, l);
    std::vector<Fraction> wanted;
    for (auto const& a : amounts) wanted.push_back(changed(a.now, l));
    auto const rounded = in_whole(wanted, amounts);
    for (std::size_t i = 0; i < amounts.size(); ++i) (*amounts[i].opening)["servers"] = number_of(rounded[i]);
  } else if (resource.contains("meets")) {
    change_week(resource, "meets", "cases", l);
  } else {
    change_week(resource, "sessions", "slots", l);
  }
}

}  // namespace

std::vector<Lever> levers(std::string const& file) {
  std::vector<Lever> all;
  if (file.empty()) return all;
  for (auto const& [name, lever] : made<lever_file>(Json::parse(file))) all.push_back(lever);
  return all;
}

void pull(Lever const& l, Json& scenario) {
  std::vector<std::string> names;
  std::istringstream pointer(l.pointer.substr(1));
  for (std::string name; std::getline(pointer, name, '/');) names.push_back(name);
  bool const for_many = std::find(names.begin(), names.end(), "*") != names.end();
  auto const follow = [&](auto const& self, Json& at, std::size_t depth) -> void {
    // for many: what is at another provider has nothing of its own to change
    if (for_many && depth == 4 && names[0] == "providers" && names[2] == "resources" && at.contains("at")) return;
    if (depth == 4 && names[0] == "providers" && names[2] == "resources" && names[4] == "capacity")
      return change_capacity(at, l);
    std::vector<std::string> those;
    if (names[depth] != "*")
      those = {names[depth]};
    else
      for (auto const& [key, value] : at.items()) those.push_back(key);
    for (auto const& name : those) {
      bool const last = depth + 1 == names.size(), there = at.is_object() && at.contains(name);
      if (!last && there) self(self, at[name], depth + 1);
      if (last && (there || (l.what == "set" && at.is_object()))) at[name] = changed(there ? at[name] : Json(), l);
    }
  };
  follow(follow, scenario, 0);
}

}  // namespace cwtsim::oracle::plain
