// Plain values: texts, numbers, lengths of time and dates, with no silent conversion.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_set>

#include "reader.hpp"

namespace cwtsim::io {
namespace {

constexpr std::int64_t largest_count = 1'000'000'000'000'000;

std::string suggestion_for(Doc const& doc) {
  if (!doc.mend.empty()) return std::string(doc.mend);
  return doc.example.empty() ? std::string{} : fmt::format("Write for example {}", doc.example);
}

std::string plain(double x) {
  return x == std::floor(x) && std::abs(x) < 1e15 ? fmt::format("{:.0f}", x) : fmt::format("{}", x);
}

/// What to do where a lever has made a fraction of a count.
std::string changed_to_whole(double x, Doc const& doc) {
  auto const mend =
      fmt::format("A lever has made this of it: set {} or {} instead", plain(std::floor(x)), plain(std::ceil(x)));
  return doc.mend.empty() ? mend : fmt::format("{}. {}", mend, doc.mend);
}

std::string_view name_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::null:
      return "null";
    case ValueKind::boolean:
      return "true or false";
    case ValueKind::number:
      return "a number";
    case ValueKind::text:
      return "a text";
    case ValueKind::list:
      return "a list";
    case ValueKind::object:
      break;
  }
  return "an object";
}

std::string_view why_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::number:
      return "numbers stand without quotes";
    case ValueKind::text:
      return "names and texts stand in double quotes";
    case ValueKind::list:
      return "lists stand in square brackets";
    case ValueKind::object:
      return "objects stand in curly brackets, with a key before each value";
    case ValueKind::null:
    case ValueKind::boolean:
      break;
  }
  return "another kind of value belongs here";
}

/// The double a JSON number spells.
double number_of(std::string const& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool within(Reading& reading, At const& at, Doc const& doc, double x) {
  bool const low = doc.min && x < *doc.min, high = doc.max && x > *doc.max;
  if (!low && !high) return true;
  auto const bounds = doc.min && doc.max ? fmt::format("{} to {} is allowed", plain(*doc.min), plain(*doc.max))
                      : doc.min          ? fmt::format("at least {} is allowed", plain(*doc.min))
                                         : fmt::format("at most {} is allowed", plain(*doc.max));
  reading.refuse(at.pointer, at.value.place,
                 fmt::format("{} is too {} ({})", shown(at.value), low ? "small" : "large", bounds));
  return false;
}

/// Reads a text with `parse`; otherwise says that it is not `what`.
template <class T, class Parse>
void read_spelling(Reading& reading, At const& at, Doc const& doc, Parse const& parse, std::string_view what, T& out) {
  if (at.value.is(ValueKind::text)) {
    if (auto const value = parse(at.value.text)) {
      out = *value;
      return;
    }
  } else if (!at.value.is(ValueKind::number)) {
    (void)expect(reading, at, doc, ValueKind::text);
    return;
  }
  reading.refuse(at.pointer, at.value.place, fmt::format("{} is not {}", shown(at.value), what), suggestion_for(doc));
}

std::optional<std::size_t> first_control(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (static_cast<unsigned char>(text[i]) < 0x20 || text[i] == 0x7f) return i;
  return std::nullopt;
}

}  // namespace

bool expect(Reading& reading, At const& at, Doc const& doc, ValueKind kind) {
  if (at.value.is(kind)) return true;
  if (at.value.is(ValueKind::null))
    reading.refuse(at.pointer, at.value.place,
                   "null removes something inherited, but there is nothing of that name to remove", "Take it away");
  else
    reading.refuse(at.pointer, at.value.place,
                   fmt::format("{} is not {} ({})", shown(at.value), name_of(kind), why_of(kind)), suggestion_for(doc));
  return false;
}

void read_value(Reading& reading, At const& at, Doc const& doc, std::string& out) {
  if (!expect(reading, at, doc, ValueKind::text)) return;
  if (at.value.text.empty() && doc.required) {
    reading.refuse(at.pointer, at.value.place, fmt::format("the text is empty ({})", doc.text), suggestion_for(doc));
    return;
  }
  out = at.value.text;
}

void read_value(Reading& reading, At const& at, Doc const& doc, double& out) {
  if (!expect(reading, at, doc, ValueKind::number)) return;
  double const x = number_of(at.value.text);
  if (within(reading, at, doc, x)) out = x == 0 ? 0 : x;  // no negative zero
}

void read_value(Reading& reading, At const& at, Doc const& doc, std::int64_t& out) {
  if (!expect(reading, at, doc, ValueKind::number)) return;
  auto const& text = at.value.text;
  if (text.find_first_of(".eE") != text.npos) {
    double const x = number_of(text);
    bool const whole = x == std::floor(x);
    if (at.value.changed && (whole || doc.nearest) && std::abs(x) <= static_cast<double>(largest_count)) {
      if (within(reading, at, doc, x)) out = std::llround(x);
      return;
    }
    auto const mend = at.value.changed     ? changed_to_whole(x, doc)
                      : !whole             ? suggestion_for(doc)
                      : std::abs(x) < 1e15 ? fmt::format("Write {:.0f}", x)
                                           : std::string{};
    reading.refuse(
        at.pointer, at.value.place,
        fmt::format("{} is not {} ({})", shown(at.value), whole ? "written as a whole number" : "a whole number",
                    whole ? "digits only: no point and no exponent" : "this is a count"),
        mend);
    return;
  }
  std::int64_t n = 0;
  auto const parsed = std::from_chars(text.data(), text.data() + text.size(), n);
  if (parsed.ec != std::errc{} || n > largest_count || n < -largest_count) {
    reading.refuse(at.pointer, at.value.place,
                   fmt::format("{} is too large a number ({} is the most anything here may count)", shown(at.value),
                               doc.max ? plain(*doc.max) : std::to_string(largest_count)));
    return;
  }
  if (within(reading, at, doc, static_cast<double>(n))) out = n;
}

void read_value(Reading& reading, At const& at, Doc const& doc, Duration& out) {
  auto const& v = at.value;
  if (v.is(ValueKind::number) && number_of(v.text) >= 0) {
    reading.refuse(at.pointer, v.place,
                   fmt::format("{} has no unit (a length of time is a number and a unit, in quotes)", shown(v)),
                   fmt::format("Write \"{} days\", \"{} min\" or whatever it is", v.text, v.text));
    return;
  }
  if ((v.is(ValueKind::number) || v.is(ValueKind::text)) && v.text.substr(0, 1) == "-") {
    reading.refuse(at.pointer, v.place, fmt::format("{} is negative (a length of time cannot be)", shown(v)));
    return;
  }
  read_spelling(reading, at, doc, parse_duration, "a length of time (a number and one of s, min, hours, days, weeks)",
                out);
}

void read_value(Reading& reading, At const& at, Doc const& doc, Period& out) {
  read_spelling(reading, at, doc, parse_period,
                "a span of time (a whole number and one of s, min, hours, days, weeks, months, years)", out);
}

void read_value(Reading& reading, At const& at, Doc const& doc, Date& out) {
  read_spelling(reading, at, doc, parse_date, "a date (written as year, month and day)", out);
}

void read_value(Reading& reading, At const& at, Doc const& doc, DateTime& out) {
  read_spelling(reading, at, doc, parse_date_time, "a date (year, month and day, with or without a time of day)", out);
}

void read_value(Reading& reading, At const& at, Doc const& doc, TimeOfDay& out) {
  read_spelling(reading, at, doc, parse_time_of_day, "a time of day (hours and minutes, two digits each)", out);
}

void read_value(Reading& reading, At const& at, Doc const& doc, std::vector<std::string>& out) {
  out.clear();
  if (at.value.is(ValueKind::text)) {
    std::string one;
    read_value(reading, at, doc, one);
    out.push_back(std::move(one));
    return;
  }
  if (!expect(reading, at, doc, ValueKind::list)) return;
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < at.value.items.size(); ++i) {
    At const item{at.value.items[i], at.pointer + '/' + std::to_string(i)};
    std::string one;
    read_value(reading, item, Doc{.text = doc.text, .required = true}, one);
    if (!one.empty() && !seen.insert(one).second)
      reading.refuse(item.pointer, item.value.place,
                     fmt::format("{} stands in the list twice", shown(std::string_view(one))), "Take one away");
    out.push_back(std::move(one));
  }
}

void read_value(Reading& reading, At const& at, Doc const& doc, std::vector<TimeOfDay>& out) {
  if (at.value.is(ValueKind::text)) {
    read_value(reading, at, doc, out.emplace_back());
    return;
  }
  if (!expect(reading, at, doc, ValueKind::list)) return;
  Doc const one{.text = doc.text, .example = "\"09:00\""};
  for (std::size_t i = 0; i < at.value.items.size(); ++i)
    read_value(reading, {at.value.items[i], at.pointer + '/' + std::to_string(i)}, one, out.emplace_back());
}

void read_value(Reading&, At const& at, Doc const&, Value& out) {
  out = at.value;
}

void read_days(Reading& reading, At const& at, Doc const& doc, std::int64_t& out) {
  Duration d{-1};
  read_value(reading, at, doc, d);
  if (d.seconds < 0) return;
  double const days = d.seconds / seconds_per_day;
  if (days != std::floor(days))
    reading.refuse(at.pointer, at.value.place,
                   fmt::format("{} is not a whole number of days (clocks count days)", shown(at.value)),
                   at.value.changed
                       ? fmt::format("A lever has made this of it: set \"{:.0f} days\" or \"{:.0f} days\" instead",
                                     std::floor(days), std::ceil(days))
                       : suggestion_for(doc));
  else if (within(reading, at, doc, days))
    out = static_cast<std::int64_t>(days);
}

void read_days(Reading& reading, At const& at, Doc const& doc, std::vector<std::int64_t>& out) {
  if (at.value.is(ValueKind::text)) {
    read_days(reading, at, doc, out.emplace_back(0));
    return;
  }
  if (!expect(reading, at, doc, ValueKind::list)) return;
  Doc const one{.text = doc.text, .example = "\"62 days\"", .max = doc.max};
  for (std::size_t i = 0; i < at.value.items.size(); ++i)
    read_days(reading, {at.value.items[i], at.pointer + '/' + std::to_string(i)}, one, out.emplace_back(0));
}

std::optional<std::size_t> read_word(Reading& reading, At const& at, scenario::Words words) {
  std::vector<std::string> const all(words.begin(), words.end());
  Doc doc;
  auto const example = '"' + all.front() + '"';
  doc.example = example;
  if (!expect(reading, at, doc, ValueKind::text)) return std::nullopt;
  auto const found = std::find(all.begin(), all.end(), at.value.text);
  if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
  auto const nearest = nearest_name(at.value.text, all);
  reading.refuse(at.pointer, at.value.place,
                 fmt::format("unknown word {} (one of {})", shown(at.value), fmt::join(all, ", ")),
                 nearest.empty() ? std::string{} : fmt::format("Did you mean \"{}\"?", nearest));
  return std::nullopt;
}

bool good_name(Reading& reading, Member const& member, std::string const& pointer) {
  std::string_view why;
  if (member.key.empty())
    why = "it is empty";
  else if (member.key == "by" || member.key == "otherwise" || member.key == "*")
    why = "the word has a meaning of its own";
  else if (first_control(member.key))
    why = "it has a control character";
  else if (member.key.size() > 100)
    why = "it is longer than 100 characters";
  if (why.empty()) return true;
  reading.refuse(pointer, member.place,
                 fmt::format("{} cannot be a name ({})", shown(std::string_view(member.key)), why),
                 "Choose another name");
  return false;
}

void check_keys(Reading& reading, At const& at, Doc const& doc) {
  if (doc.keys.empty()) return;
  auto const keys = split_words(doc.keys);
  for (auto const& m : at.value.members) {
    if (is_comment(m.key) || std::find(keys.begin(), keys.end(), m.key) != keys.end()) continue;
    auto const nearest = nearest_name(m.key, keys);
    reading.refuse(below(at, m).pointer, m.place,
                   fmt::format("unknown key {} (one of {})", shown(std::string_view(m.key)), fmt::join(keys, ", ")),
                   nearest.empty() ? std::string{} : fmt::format("Did you mean \"{}\"?", nearest));
  }
  std::vector<std::string> missing;
  for (auto const& key : keys)
    if (at.value.find(key) == nullptr) missing.push_back(key);
  if (!missing.empty() && reading.completeness == Completeness::whole)
    reading.refuse(at.pointer, at.value.place,
                   fmt::format("{} {} missing (each must be given)", fmt::join(missing, ", "),
                               missing.size() == 1 ? "is" : "are"));
}

}  // namespace cwtsim::io
