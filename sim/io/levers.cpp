#include "levers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "capacity.hpp"
#include "effects.hpp"
#include "old_words.hpp"
#include "reader.hpp"
#include "search.hpp"

namespace cwtsim::io {
namespace {

/// What holds for the whole run: the engine reads it once. (Targets of standards carry dates of their own.)
constexpr std::array<std::string_view, 6> whole_run{"horizon", "limits",    "experiment",
                                                    "waiting", "standards", "observed"};

/// What is done with before levers are pulled, so that nobody would look at what is written there.
constexpr std::array<std::string_view, 5> frame{"schema", "extends", "include", "with", "resources"};
constexpr auto templates_come_first =
    "Templates are filled in before levers are pulled: use /providers/*/resources/...";

/// A length of time (or a span of the calendar) as its number and the rest.
struct Length {
  double count;
  std::string unit;
};

std::optional<Length> length_of(Value const& v) {
  if (!v.is(ValueKind::text)) return std::nullopt;
  std::string_view text = v.text;
  bool const negative = text.substr(0, 1) == "-";
  if (negative) text.remove_prefix(1);
  if (!parse_duration(text) && !parse_period(text)) return std::nullopt;
  double count = 0;
  auto const parsed = std::from_chars(text.data(), text.data() + text.size(), count, std::chars_format::fixed);
  auto const unit = text.substr(static_cast<std::size_t>(parsed.ptr - text.data()));
  return Length{negative ? -count : count, std::string(unit)};
}

/// The sum of two lengths: in the unit of the first if they share it, else in whatever unit fits.
std::optional<std::string> sum_of(Length const& a, Length const& b) {
  if (a.unit == b.unit) return decimal(a.count + b.count) + a.unit;
  auto const seconds = [](Length const& l) -> std::optional<double> {
    auto const one = parse_duration("1" + l.unit);
    return one ? std::optional(one->seconds * l.count) : std::nullopt;
  };
  auto const x = seconds(a), y = seconds(b);
  if (!x || !y) return std::nullopt;
  return *x + *y < 0 ? decimal(*x + *y) + " s" : format_duration({*x + *y});
}

/// The ways down to what can be scaled or added to, all of one pattern if they are alike: "/*", or "/lung",
/// "/otherwise".
void collect_ways(Value const& v, std::string const& way, std::string const& pattern, std::vector<std::string>& ways,
                  std::set<std::string>& patterns, bool& all) {
  constexpr std::size_t enough = 1000;
  if (number_of(v) || length_of(v)) {
    patterns.insert(pattern);
    if (ways.size() < enough) ways.push_back(way);
  } else if (v.is(ValueKind::object)) {
    for (auto const& m : v.members)
      if (!is_comment(m.key))
        collect_ways(m.value, way + '/' + escape_pointer(m.key), pattern + "/*", ways, patterns, all);
  } else {
    all = false;
  }
}

/// The pointer that works where one leads to an object with numbers in it.
std::string way_into(Value const& target, std::string const& pointer) {
  if (!target.is(ValueKind::object)) return {};
  std::vector<std::string> ways;
  std::set<std::string> patterns;
  bool all = true;
  collect_ways(target, pointer, pointer, ways, patterns, all);
  if (ways.empty()) return {};
  if (all && patterns.size() == 1)
    return fmt::format("What is in it can be: {}", shown(std::string_view(*patterns.begin())));
  std::string there;
  constexpr std::size_t shown_at_once = 6;
  for (std::size_t i = 0; i < std::min(ways.size(), shown_at_once); ++i)
    there += (i ? ", " : "") + shown(std::string_view(ways[i]));
  return fmt::format("What is in it can be: {}{}", there, ways.size() > shown_at_once ? ", ..." : "");
}

/// The changed value, or why there is none.
std::string change(Value& target, PlacedLever const& l) {
  if (l.lever.op == Lever::Op::set) {
    target = l.value;
    return {};
  }
  bool const scales = l.lever.op == Lever::Op::scale;
  auto const by = number_of(l.value);
  std::optional<std::string> text;
  if (scales && !by) return fmt::format("{} is not a factor (a lever scales by a number)", shown(l.value));
  if (auto const x = number_of(target)) {
    if (!by) return fmt::format("{} cannot be added to the number {}", shown(l.value), shown(target));
    double const changed = scales ? *x * *by : *x + *by;
    if (!std::isfinite(changed)) return fmt::format("the result of changing {} is too large", shown(target));
    if (scales && changed == 0 && *x != 0 && *by != 0)
      return fmt::format("the result of changing {} is too small for a computer", shown(target));
    text = decimal(changed);
  } else if (auto const length = length_of(target)) {
    auto const more = length_of(l.value);
    if (!scales && !more)
      return fmt::format("{} cannot be added to the length of time {} (it needs a unit)", shown(l.value),
                         shown(target));
    text = scales ? decimal(length->count * *by) + length->unit : sum_of(*length, *more);
    if (!text)
      return fmt::format("{} cannot be added to {} (months and years differ in length)", shown(l.value), shown(target));
  } else {
    return fmt::format("{} is neither a number nor a length of time (only those can be {})", shown(target),
                       scales ? "scaled" : "added to");
  }
  target.text = *text;
  target.changed = true;
  target.place = l.place;
  return {};
}

/// The pointer leads to the shape of a distribution: it has but one, so the one that was there goes, but for what is
/// added.
bool is_shape_of(std::vector<std::string> const& tokens, Value const& parent) {
  bool const shape = std::find(shape_names.begin(), shape_names.end(), tokens.back()) != shape_names.end();
  return shape && is_distribution(parent) && std::any_of(tokens.begin(), tokens.end() - 1, holds_distribution);
}

void forget_lines(Value& v, std::uint32_t file) {
  v.place = {file, 0, 0};
  for (auto& item : v.items) forget_lines(item, file);
  for (auto& m : v.members) {
    m.place = v.place;
    forget_lines(m.value, file);
  }
}

std::string no_match_hint(Failure const& f, std::vector<std::string> const& tokens) {
  if (tokens[0] == "resources") return templates_come_first;
  auto const nearest = nearest_name(f.token, f.names);
  if (!nearest.empty()) return fmt::format("Did you mean \"{}\"?", nearest);
  if (f.names.empty()) return {};
  std::string there;
  for (std::size_t i = 0; i < std::min<std::size_t>(f.names.size(), 12); ++i) there += (i ? ", " : "") + f.names[i];
  return fmt::format("There is: {}{}", there, f.names.size() > 12 ? ", ..." : "");
}

}  // namespace

PlacedLever place_lever(Lever const& lever, FileNames& files, Problems& problems, Problems& told) {
  auto const number = static_cast<std::uint32_t>(files.size());
  files.push_back(fmt::format("--{} {}={}", word_of(lever.op), lever.pointer, lever.value.substr(0, 200)));
  PlacedLever placed{lever, {}, "", {number, 0, 0}};
  placed.intervention = files.back();
  placed.is_option = true;
  placed.value = parse_json(lever.value, number, files, problems);
  forget_lines(placed.value, number);
  modernise_lever(placed.lever.pointer, placed.value, placed.place, files, told);
  return placed;
}

void apply_lever(Value& root, PlacedLever const& l, Extent& written, FileNames const& files, Problems& problems,
                 Pulled& pulled) {
  auto const refuse = [&](std::string what, std::string suggestion = {}) {
    problems.add({l.pointer, std::move(what), std::move(suggestion), place_text(files, l.place)});
  };
  auto const shown_pointer = shown(std::string_view(l.lever.pointer));
  auto tokens = pointer_tokens(l.lever.pointer);
  if (tokens.empty())
    return refuse(fmt::format("{} is not a pointer (it starts with / and names keys)", shown_pointer),
                  "Write for example \"/providers/*/resources/ct/per_week\"");
  if (tokens.size() == 1 && std::ranges::find(frame, tokens[0]) != frame.end())
    return refuse(fmt::format("a lever cannot change {}", shown_pointer),
                  tokens[0] == "resources" ? templates_come_first : "");
  bool const of_capacity = is_capacity(tokens);
  if (of_capacity) tokens.pop_back();
  Search search(tokens, l.lever.op == Lever::Op::set && !of_capacity);
  search.run(root);
  if (search.matches.empty())
    return refuse(fmt::format("the pointer {} leads nowhere (there is no {})", shown_pointer,
                              shown(std::string_view(search.failure.seen ? search.failure.token : tokens.back()))),
                  no_match_hint(search.failure, tokens));
  auto copies = extent_of(l.value);
  copies.values *= search.matches.size();
  copies.bytes *= search.matches.size();
  written += copies;
  if (!is_within(written, most_copied))
    return refuse(
        fmt::format("written at the {} places that {} leads to, and with what the levers before it write, "
                    "the value makes {} values and {:.1f} MiB of text (at most {} and {} MiB are allowed)",
                    search.matches.size(), shown_pointer, written.values,
                    static_cast<double>(written.bytes) / (1U << 20U), most_copied.values, most_copied.bytes >> 20U));
  pulled.reach = search.reach();
  if (of_capacity) {
    if (auto const wrong = pull_capacity(search, l, pulled); !wrong.what.empty())
      return refuse(fmt::format("{}: {}", l.lever.pointer, wrong.what), wrong.mend);
    return note_effects(root, pulled);
  }
  for (auto const& match : search.matches) {
    bool const dated = l.lever.from || l.lever.until;
    if (dated && std::ranges::find(whole_run, match.way.front()) != whole_run.end())
      return refuse(fmt::format("a lever with a date cannot change {} (it holds for the whole run)", shown_pointer),
                    "Take the dates away");
    if (l.lever.op == Lever::Op::set && is_shape_of(tokens, *match.parent))
      std::erase_if(match.parent->members, [](Member const& m) { return m.key != "plus" && !is_comment(m.key); });
    auto* target = child(*match.parent, match.token);
    auto before = target == nullptr ? std::string() : in_short(*target);
    if (target == nullptr) {
      match.parent->members.push_back({match.token, l.place, {}});
      target = &match.parent->members.back().value;
    }
    if (auto const wrong = change(*target, l); !wrong.empty())
      return refuse(fmt::format("{}: {}", l.lever.pointer, wrong), way_into(*target, l.lever.pointer));
    pulled.changes.push_back({match.pointer(), std::move(before), in_short(*target), {}, false});
  }
  note_effects(root, pulled);
}

Lever lever_of(Lever::Op op, std::string pointer, std::string value) {
  Problems problems;
  FileNames const files;
  (void)parse_json(value, 0, files, problems);
  return {"", std::move(pointer), op, problems.empty() ? std::move(value) : json_string(value), {}, {}};
}

std::optional<Lever> parse_lever(Lever::Op op, std::string_view text) {
  auto const equals = text.find('=');
  if (equals == text.npos || equals == 0 || text.front() != '/') return std::nullopt;
  return lever_of(op, std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)));
}

}  // namespace cwtsim::io
