#include "plain_values.hpp"

#include <numeric>

#include "calendar.hpp"

namespace cwtsim::oracle::plain {

Thing::Thing(Json const& object) : object_(object) {
  if (!object.is_object()) throw Unreadable(": not an object");
}

bool Thing::has(std::string const& key) {
  asked_.insert(key);
  return object_.contains(key);
}

void Thing::finish() const {
  for (auto const& [key, value] : object_.items())
    if (!asked_.contains(key)) throw Unreadable("/" + key + ": the plain reader knows no such key");
}

// Numbers ------------------------------------------------------------------------------------------------------------

Fraction lowest_terms(std::int64_t over, std::int64_t under) {
  if (under == 0) throw Unreadable(": divided by nothing");
  auto const common = std::gcd(over, under) * (under < 0 ? -1 : 1);
  return {over / common, under / common};
}

Fraction operator+(Fraction a, Fraction b) {
  return lowest_terms(a.over * b.under + b.over * a.under, a.under * b.under);
}
Fraction operator-(Fraction a, Fraction b) {
  return a + Fraction{-b.over, b.under};
}
Fraction operator*(Fraction a, Fraction b) {
  return lowest_terms(a.over * b.over, a.under * b.under);
}
Fraction operator/(Fraction a, Fraction b) {
  return lowest_terms(a.over * b.under, a.under * b.over);
}
bool operator<(Fraction a, Fraction b) {
  return (a - b).over < 0;
}
bool operator==(Fraction a, Fraction b) {
  return (a - b).over == 0;
}

NumberAndRest split_number(std::string const& text) {
  std::size_t at = text[0] == '-' ? 1 : 0;
  std::size_t const first = at;
  Fraction number;
  std::int64_t tenths = 1;
  for (bool past_point = false; at < text.size(); ++at) {
    if (text[at] == '.' && !past_point) {
      past_point = true;
      continue;
    }
    if (text[at] < '0' || text[at] > '9') break;
    number.over = number.over * 10 + (text[at] - '0');
    if (past_point) tenths *= 10;
  }
  if (at == first) throw Unreadable(": \"" + text + "\" does not begin with a number");
  number = lowest_terms(text[0] == '-' ? -number.over : number.over, tenths);
  while (at < text.size() && text[at] == ' ') ++at;
  return {number, text.substr(at)};
}

std::int64_t seconds_of_unit(std::string const& unit) {
  if (unit == "s") return 1;
  if (unit == "min") return 60;
  if (unit == "hour" || unit == "hours") return 3600;
  if (unit == "day" || unit == "days") return 86400;
  if (unit == "week" || unit == "weeks") return 604800;
  throw Unreadable(": \"" + unit + "\" is no unit of time");
}

std::string text(Json const& json) {
  if (!json.is_string()) throw Unreadable(": " + json.dump() + " is no text");
  return json.get<std::string>();
}

double number(Json const& json) {
  if (!json.is_number()) throw Unreadable(": " + json.dump() + " is no number");
  return json.get<double>();
}

std::int64_t whole(Json const& json) {
  if (!json.is_number_integer()) throw Unreadable(": " + json.dump() + " is no whole number");
  return json.get<std::int64_t>();
}

std::vector<std::string> texts(Json const& json) {
  if (json.is_string()) return {text(json)};
  if (!json.is_array()) throw Unreadable(": " + json.dump() + " is no list of texts");
  std::vector<std::string> all;
  for (auto const& one : json) all.push_back(text(one));
  return all;
}

// Time ---------------------------------------------------------------------------------------------------------------

Duration duration(Json const& json) {
  auto const [count, unit] = split_number(text(json));
  return {(count * Fraction{seconds_of_unit(unit), 1}).value()};
}

std::int64_t whole_days(Json const& json) {
  auto const [count, unit] = split_number(text(json));
  auto const days = count * Fraction{seconds_of_unit(unit), 86400};
  if (!days.is_whole()) throw Unreadable(": " + json.dump() + " is not so many days");
  return days.over;
}

Period period(Json const& json) {
  auto const [count, unit] = split_number(text(json));
  if (!count.is_whole()) throw Unreadable(": " + json.dump() + " is not so many of a unit");
  if (unit == "month" || unit == "months") return {count.over, PeriodUnit::months};
  if (unit == "year" || unit == "years") return {count.over, PeriodUnit::years};
  std::map<std::int64_t, PeriodUnit> const units = {{1, PeriodUnit::seconds},
                                                    {60, PeriodUnit::minutes},
                                                    {3600, PeriodUnit::hours},
                                                    {86400, PeriodUnit::days},
                                                    {604800, PeriodUnit::weeks}};
  return {count.over, units.at(seconds_of_unit(unit))};
}

Date date(Json const& json) {
  return day_written(text(json));
}

TimeOfDay time_of_day(Json const& json) {
  auto const written = text(json);
  if (written.size() != 5 || written[2] != ':') throw Unreadable(": " + json.dump() + " is no time of day");
  return {std::stoi(written.substr(0, 2)) * 60 + std::stoi(written.substr(3))};
}

std::vector<TimeOfDay> times_of_day(Json const& json) {
  std::vector<TimeOfDay> all;
  for (auto const& one : texts(json)) all.push_back(time_of_day(one));
  return all;
}

DateTime date_time(Json const& json) {
  auto const written = text(json);
  if (written.size() == 10) return {date(json), {0}};
  return {day_written(written.substr(0, 10)), time_of_day(written.substr(11))};
}

// Distributions ------------------------------------------------------------------------------------------------------

namespace {

Shape shape(std::string const& name, Json const& json) {
  if (name == "constant") return Constant{duration(json)};
  if (name == "bands") {
    Bands bands;
    for (auto const& [length, share] : json.items()) bands.cumulative.emplace_back(duration(length), number(share));
    return bands;
  }
  Thing t(json);
  auto const of = [&](char const* key) { return t.get(key, duration); };
  Shape made;
  if (name == "exponential") made = Exponential{of("mean")};
  if (name == "uniform") made = Uniform{of("from"), of("to")};
  if (name == "triangular") made = Triangular{of("least"), of("mode"), of("most")};
  if (name == "normal") made = Normal{of("mean"), of("sd")};
  if (name == "gamma") made = Gamma{of("mean"), of("sd")};
  if (name == "weibull") made = Weibull{of("median"), of("p90")};
  if (name == "erlang") made = Erlang{of("mean"), t.get("phases", whole)};
  if (name == "lognormal")
    made = Lognormal{t.maybe("median", duration), t.maybe("p90", duration), t.maybe("mean", duration),
                     t.maybe("sd", duration)};
  t.finish();  // of a shape that is not known here no key was asked for
  return made;
}

bool is_shape(std::string const& key) {
  static std::set<std::string> const names = {"constant",  "exponential", "uniform", "triangular", "normal",
                                              "lognormal", "gamma",       "erlang",  "weibull",    "bands"};
  return names.contains(key);
}

/// A table, or one value for all. Its rows are those of the first level, within each those of the second, and so on, as
/// far as there are rows and not a value.
template <class Read, class IsValue>
auto table(Json const& json, Read read, IsValue is_value) {
  scenario::Table<decltype(read(json))> made;
  if (!json.is_object() || !json.contains("by")) {
    made.rows.push_back({{}, read(json)});
    return made;
  }
  made.by = texts(json.at("by"));
  auto const add_rows = [&](auto const& self, Json const& rows, std::vector<std::string> const& keys) -> void {
    for (auto const& [key, value] : rows.items()) {
      if (keys.empty() && key == "by") continue;
      auto longer = keys;
      longer.push_back(key);
      if (is_value(value))
        made.rows.push_back({longer, read(value)});
      else if (longer.size() < made.by.size())
        self(self, value, longer);
      else
        throw Unreadable("/" + key + ": the table goes deeper than \"by\"");
    }
  };
  add_rows(add_rows, json, {});
  return made;
}

bool is_plain_value(Json const& json) {
  return !json.is_object();
}

/// Shares are numbers by name, rows are not.
bool are_shares(Json const& json) {
  if (!json.is_object()) return true;
  for (auto const& [key, value] : json.items())
    if (value.is_number()) return true;
  return false;
}

bool is_distribution(Json const& json) {
  if (!json.is_object()) return true;
  for (auto const& [key, value] : json.items())
    if (is_shape(key)) return true;
  return false;
}

}  // namespace

Distribution distribution(Json const& json) {
  if (!json.is_object()) return {Constant{duration(json)}, {0}};
  std::optional<Shape> only;
  Duration plus{0};
  for (auto const& [key, value] : json.items()) {
    if (key == "plus") {
      plus = duration(value);
      continue;
    }
    if (!is_shape(key)) throw Unreadable("/" + key + ": the plain reader knows no such shape");
    if (only) throw Unreadable(": two shapes");
    only = shape(key, value);
  }
  if (!only) throw Unreadable(": no shape");
  return {*only, plus};
}

// Shares and tables --------------------------------------------------------------------------------------------------

scenario::Shares shares(Json const& json) {
  if (json.is_string()) return {{{text(json), 1.0}}};
  return each(number)(json);
}

scenario::Shares sizes(Json const& json) {
  if (json.is_number()) return {{{std::to_string(whole(json)), 1.0}}};
  return each(number)(json);
}

scenario::Condition condition(Json const& json) {
  return {each(texts)(json)};
}

scenario::NumberTable number_table(Json const& json) {
  return table(json, number, is_plain_value);
}
scenario::Table<std::int64_t> whole_table(Json const& json) {
  return table(json, whole, is_plain_value);
}
scenario::ShareTable share_table(Json const& json) {
  return table(json, shares, are_shares);
}
scenario::Table<scenario::Shares> size_table(Json const& json) {
  return table(json, sizes, are_shares);
}
scenario::DistributionTable distribution_table(Json const& json) {
  return table(json, distribution, is_distribution);
}
scenario::Factors factors(Json const& json) {
  return each(number_table)(json);
}
scenario::Odds odds(Json const& json) {
  return each(factors)(json);
}

}  // namespace cwtsim::oracle::plain
