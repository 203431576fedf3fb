#include "levers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "compose.hpp"
#include "old_words.hpp"
#include "reader.hpp"

namespace cwtsim::io {
namespace {

/// What holds for the whole run: the engine reads it once. (Targets of standards carry dates of their own.)
constexpr std::array<std::string_view, 6> whole_run{"horizon", "limits",    "experiment",
                                                    "waiting", "standards", "observed"};

/// A place the pointer leads to: a key of an object (perhaps a new one) or an item of a list.
struct Match {
  Value* parent;
  std::string token;
  std::string first;  ///< first token of the way that led here
};

/// What was found where a way ended too early; the deepest such place is the most telling.
struct Failure {
  std::size_t depth = 0;
  std::string token;
  std::vector<std::string> names;
  bool seen = false;
};

Value* child(Value& v, std::string const& token) {
  if (v.is(ValueKind::object)) return v.find(token);
  if (!v.is(ValueKind::list)) return nullptr;
  std::size_t i = 0;
  auto const parsed = std::from_chars(token.data(), token.data() + token.size(), i);
  bool const number = parsed.ec == std::errc{} && parsed.ptr == token.data() + token.size();
  return number && i < v.items.size() ? &v.items[i] : nullptr;
}

class Search {
 public:
  Search(std::vector<std::string> tokens, bool may_create) : tokens_(std::move(tokens)), may_create_(may_create) {
    wildcard_ = std::find(tokens_.begin(), tokens_.end(), "*") != tokens_.end();
  }
  std::vector<Match> matches;
  Failure failure;

  void run(Value& root) { descend(root, 0, ""); }

 private:
  void descend(Value& at, std::size_t depth, std::string const& first) {
    auto const& token = tokens_[depth];
    // a resource that is at another provider has nothing of its own that a lever for many could change
    if (wildcard_ && depth == 4 && first == "providers" && at.find("at") != nullptr && token != "at") return;
    if (token == "*") {
      if (at.is(ValueKind::object)) {
        for (auto& m : at.members)
          if (!is_comment(m.key)) follow(at, m.key, depth, first);
      } else {
        for (std::size_t i = 0; i < at.items.size(); ++i) follow(at, std::to_string(i), depth, first);
      }
      if (at.members.empty() && at.items.empty()) fail(at, depth);
      return;
    }
    follow(at, token, depth, first);
  }

  void follow(Value& at, std::string const& token, std::size_t depth, std::string const& first) {
    bool const last = depth + 1 == tokens_.size();
    auto* next = child(at, token);
    if (next == nullptr && !(last && may_create_ && at.is(ValueKind::object))) return fail(at, depth);
    auto const& start = depth == 0 ? token : first;
    if (last)
      matches.push_back({&at, token, start});
    else
      descend(*next, depth + 1, start);
  }

  void fail(Value const& at, std::size_t depth) {
    if (failure.seen && depth < failure.depth) return;
    if (!failure.seen || depth > failure.depth) failure = {depth, tokens_[depth], {}, true}, names_.clear();
    for (auto const& m : at.members) {
      if (names_.size() >= 1000) return;
      if (names_.insert(m.key).second) failure.names.push_back(m.key);
    }
  }

  std::vector<std::string> tokens_;
  bool may_create_;
  bool wildcard_;
  std::set<std::string> names_;  ///< those in failure.names
};

std::optional<double> number_of(Value const& v) {
  double x = 0;
  if (!v.is(ValueKind::number)) return std::nullopt;
  auto const parsed = std::from_chars(v.text.data(), v.text.data() + v.text.size(), x);
  return parsed.ec == std::errc{} && std::isfinite(x) ? std::optional(x) : std::nullopt;
}

/// Fifteen digits: enough for any figure, and 10 scaled by 1.1 is 11, not 11.000000000000002.
std::string decimal(double x) {
  auto text = fmt::format("{:.15g}", x);
  return text == "-0" ? "0" : text;
}

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
  constexpr std::size_t most_ways = 1000;
  if (number_of(v) || length_of(v)) {
    patterns.insert(pattern);
    if (ways.size() < most_ways) ways.push_back(way);
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
  std::vector<std::string> ways;
  std::set<std::string> patterns;
  bool all = true;
  collect_ways(target, pointer, pointer, ways, patterns, all);
  if (ways.empty()) return {};
  if (all && patterns.size() == 1)
    return fmt::format("What is in it can be: {}", shown(std::string_view(*patterns.begin())));
  std::string there;
  constexpr std::size_t most_shown = 6;
  for (std::size_t i = 0; i < std::min(ways.size(), most_shown); ++i)
    there += (i ? ", " : "") + shown(std::string_view(ways[i]));
  return fmt::format("What is in it can be: {}{}", there, ways.size() > most_shown ? ", ..." : "");
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

struct WrittenCost {
  InterventionCost const& cost;
  std::string pointer;
  Place place;
};

void check_cost(Reading& reading, WrittenCost const& written) {
  auto const& c = written.cost;
  auto const refuse = [&](std::string_view key, std::string what, std::string mend) {
    reading.refuse(fmt::format("{}/{}", written.pointer, key), written.place, std::move(what), std::move(mend));
  };
  if (c.once && !c.on) refuse("once", "it does not say when it is paid", "Add \"on\": a date");
  if (!c.once && c.on) refuse("on", "only what is paid once has a day", "Write \"from\"");
  if (!c.per_year && (c.from || c.until || !c.taper.empty()))
    refuse(c.from    ? "from"
           : c.until ? "until"
                     : "taper",
           "only what is paid by the year begins, ends and tapers", "Take it away, or write \"per_year\"");
  if (c.from && c.until && *c.until <= *c.from)
    refuse("until",
           fmt::format("it ends on {}, not after its start on {}", format_date(*c.until), format_date(*c.from)), "");
}

std::string no_match_hint(Failure const& f, std::vector<std::string> const& tokens) {
  if (tokens[0] == "resources")
    return "Templates are filled in before levers are pulled: use /providers/*/resources/...";
  auto const nearest = nearest_name(f.token, f.names);
  if (!nearest.empty()) return fmt::format("Did you mean \"{}\"?", nearest);
  if (f.names.empty()) return {};
  std::string there;
  for (std::size_t i = 0; i < std::min<std::size_t>(f.names.size(), 12); ++i) there += (i ? ", " : "") + f.names[i];
  return fmt::format("There is: {}{}", there, f.names.size() > 12 ? ", ..." : "");
}

}  // namespace

namespace {

void add_levers(Value const& root, std::string const& path, FileNames& files, Problems& problems,
                std::vector<PlacedLever>& levers, std::vector<Intervention>& interventions) {
  LeverFile file;
  Reading reading{files, problems};
  read_value(reading, {root, ""}, Doc{}, file);
  auto const* costs = root.find("costs");
  for (auto& [name, cost] : file.costs) {
    auto const& place = costs->find(name)->place;
    cost.place = place_text(files, place);
    check_cost(reading, {cost, "/costs/" + escape_pointer(name), place});
  }
  interventions.push_back({path, file.name, file.summary, file.cost, file.costs,
                           costs == nullptr ? "" : write_json(*costs), file.evidence});
  for (auto const& [name, entry] : file.levers) {
    Lever lever{name, entry.pointer, Lever::Op::set, "", entry.from, entry.until};
    auto const* value = entry.set ? &*entry.set : entry.scale ? &*entry.scale : entry.add ? &*entry.add : nullptr;
    if (value == nullptr || entry.pointer.empty()) continue;  // a problem already
    lever.op = entry.set ? Lever::Op::set : entry.scale ? Lever::Op::scale : Lever::Op::add;
    lever.value = write_json(*value);
    auto const* written = root.find("levers")->find(name);
    levers.push_back({std::move(lever), *value, "/levers/" + escape_pointer(name), written->place});
  }
}

}  // namespace

void read_lever_file(std::string const& path, FileNames& files, Problems& problems, Problems& told,
                     std::vector<PlacedLever>& levers, std::vector<Intervention>& interventions) {
  read_with_included(path, files, problems, told, [&](Value const& root, std::string const& part) {
    add_levers(root, part, files, problems, levers, interventions);
  });
}

PlacedLever place_lever(Lever const& lever, FileNames& files, Problems& problems, Problems& told) {
  auto const number = static_cast<std::uint32_t>(files.size());
  files.push_back(fmt::format("--{} {}={}", word_of(lever.op), lever.pointer, lever.value.substr(0, 200)));
  PlacedLever placed{lever, {}, "", {number, 0, 0}};
  placed.value = parse_json(lever.value, number, files, problems);
  forget_lines(placed.value, number);
  modernise_lever(placed.lever.pointer, placed.value, placed.place, files, told);
  return placed;
}

void apply_lever(Value& root, PlacedLever const& l, FileNames const& files, Problems& problems) {
  auto const refuse = [&](std::string what, std::string suggestion = {}) {
    problems.add({l.pointer, std::move(what), std::move(suggestion), place_text(files, l.place)});
  };
  auto const shown_pointer = shown(std::string_view(l.lever.pointer));
  auto const tokens = pointer_tokens(l.lever.pointer);
  if (tokens.empty())
    return refuse(fmt::format("{} is not a pointer (it starts with / and names keys)", shown_pointer),
                  "Write for example \"/providers/*/resources/ct/per_week\"");
  bool const frame = tokens[0] == "schema" || tokens[0] == "extends" || tokens[0] == "include";
  if (frame && tokens.size() == 1) return refuse(fmt::format("a lever cannot change {}", shown_pointer));
  Search search(tokens, l.lever.op == Lever::Op::set);
  search.run(root);
  if (search.matches.empty())
    return refuse(fmt::format("the pointer {} leads nowhere (there is no {})", shown_pointer,
                              shown(std::string_view(search.failure.seen ? search.failure.token : tokens.back()))),
                  no_match_hint(search.failure, tokens));
  for (auto const& match : search.matches) {
    bool const dated = l.lever.from || l.lever.until;
    if (dated && std::ranges::find(whole_run, match.first) != whole_run.end())
      return refuse(fmt::format("a lever with a date cannot change {} (it holds for the whole run)", shown_pointer),
                    "Take the dates away");
    if (l.lever.op == Lever::Op::set && is_shape_of(tokens, *match.parent))
      std::erase_if(match.parent->members, [](Member const& m) { return m.key != "plus" && !is_comment(m.key); });
    auto* target = child(*match.parent, match.token);
    if (target == nullptr) {
      match.parent->members.push_back({match.token, l.place, {}});
      target = &match.parent->members.back().value;
    }
    if (auto const wrong = change(*target, l); !wrong.empty())
      return refuse(fmt::format("{}: {}", l.lever.pointer, wrong), way_into(*target, l.lever.pointer));
  }
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
