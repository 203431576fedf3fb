#include "reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace cwtsim::io {
namespace {

constexpr std::size_t most_problems = 1000;

}  // namespace

void Reading::refuse(std::string const& pointer, Place place, std::string what, std::string suggestion) {
  if (problems.size() < most_problems)
    problems.add({pointer, std::move(what), std::move(suggestion), place_text(files, place)});
}

std::vector<std::string> split_words(std::string_view words) {
  std::vector<std::string> all;
  while (!words.empty()) {
    auto const end = std::min(words.find(' '), words.size());
    if (end > 0) all.emplace_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return all;
}

std::string with_article(std::string_view word) {
  bool const vowel = !word.empty() && std::string_view("aeiou").find(word.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(word);
}

std::string example_of(std::string_view key, Doc const& doc) {
  return doc.example.empty() ? std::string{} : fmt::format("For example \"{}\": {}", key, doc.example);
}

std::string Reader::article() const {
  if (name_ == "opening hours" || name_ == "observed figures" || name_ == "limits") return std::string(name_);
  return with_article(name_);
}

std::optional<At> Reader::take(std::string_view key, Doc const& doc) {
  known_.emplace_back(key);
  bool const fits = kind_.empty() || doc.kinds.have(kind_);
  if (fits) fitting_.emplace_back(key);
  auto const* value = object_.find(key);
  if (value == nullptr) {
    bool const needed = doc.required && doc.kinds.have(kind_);
    if (needed && reading_.completeness == Completeness::whole)
      reading_.refuse(pointer_, object_.place,
                      fmt::format("\"{}\" is missing ({} needs it: {})", key, article(), doc.text),
                      example_of(key, doc));
    return std::nullopt;
  }
  auto pointer = pointer_ + '/' + escape_pointer(key);
  if (!fits) {
    reading_.refuse(pointer, value->place,
                    fmt::format("\"{}\" means nothing for {} of kind \"{}\" (it belongs to the kinds: {})", key,
                                article(), kind_, fmt::join(doc.kinds.listed(), ", ")),
                    "Take it away, or change the kind");
    return std::nullopt;
  }
  return At{*value, std::move(pointer)};
}

void Reader::either(std::string_view key, bool& member, std::string_view if_false, std::string_view if_true,
                    Doc const& doc) {
  std::string_view const words[] = {if_false, if_true};
  if (auto const at = take(key, doc))
    if (auto const i = read_word(reading_, *at, words)) member = *i == 1;
}

void Reader::rate(std::string_view key, Named<double>& volume, scenario::VolumeUnit& unit,
                  scenario::VolumeUnit this_unit, std::string const& provider, Doc const& doc) {
  auto const at = take(key, doc);
  if (!at) return;
  unit = this_unit;
  if (at->value.is(ValueKind::object)) {
    read_numbers(reading_, *at, doc, volume);
    if (!provider.empty())
      reading_.refuse(
          at->pointer, at->value.place,
          fmt::format(
              "\"{}\" is given by provider, and \"provider\" is given too (where the patients go is said twice)", key),
          "Take \"provider\" away, or give one number");
    return;
  }
  double number = 0;
  auto const before = reading_.problems.size();
  read_value(reading_, *at, doc, number);
  if (reading_.problems.size() != before) return;
  if (provider.empty())
    reading_.refuse(at->pointer, at->value.place,
                    fmt::format("\"{}\" is one number, but \"provider\" is missing (where do the patients go?)", key),
                    fmt::format("Add \"provider\", or write \"{}\": {{\"hospital\": {}}}", key, at->value.text));
  volume.items = {{provider, number}};
}

void Reader::exactly_one(std::string_view keys, std::string_view why) {
  auto const all = split_words(keys);
  std::vector<std::string> given;
  for (auto const& key : all)
    if (object_.find(key) != nullptr) given.push_back('"' + key + '"');
  if (given.empty() && reading_.completeness == Completeness::whole)
    reading_.refuse(pointer_, object_.place,
                    fmt::format("{} needs one of \"{}\" ({})", article(), fmt::join(all, "\", \""), why));
  if (given.size() > 1)
    reading_.refuse(pointer_, object_.place, fmt::format("{} are given at once ({})", fmt::join(given, " and "), why),
                    "Keep one of them; an inherited one is removed by null");
}

void Reader::openings(Named<scenario::Opening>& member, ResourceKind kind, Doc const& doc) {
  auto of_kind = doc;
  of_kind.kinds = scenario::only(kind);
  auto const at = take(record_of(kind).openings, of_kind);
  if (!at || !expect(reading_, *at, doc, ValueKind::object)) return;
  for (auto const& m : at->value.members) {
    auto const inner = below(*at, m);
    if (is_comment(m.key) || !good_name(reading_, m, inner.pointer)) continue;
    if (!expect(reading_, inner, doc, ValueKind::object)) continue;
    member.items.emplace_back(m.key, scenario::Opening{});
    Reader r(reading_, m.value, inner.pointer);
    describe(r, member.items.back().second, kind);
    r.finish();
  }
}

void Reader::needs(std::string_view key, Named<std::int64_t>& member, Doc const& doc) {
  auto const at = take(key, doc);
  if (!at) return;
  if (at->value.is(ValueKind::text)) {
    std::string name;
    read_value(reading_, *at, doc, name);
    member.items = {{std::move(name), 1}};
  } else {
    read_value(reading_, *at, doc, member);
  }
}

void Reader::targets(std::string_view key, Named<double>& member, Doc const& doc) {
  auto const at = take(key, doc);
  if (!at) return;
  if (!at->value.is(ValueKind::object)) {
    double share = 0;
    read_value(reading_, *at, doc, share);
    member.items = {{std::string(scenario::always_from), share}};
    return;
  }
  read_numbers(reading_, *at, doc, member);
  for (auto const& m : at->value.members)
    if (!is_comment(m.key) && !parse_date(m.key))
      reading_.refuse(below(*at, m).pointer, m.place,
                      fmt::format("{} is not a date (a target holds from a date on)", shown(std::string_view(m.key))),
                      "Write for example \"2026-04-01\"");
  std::stable_sort(member.items.begin(), member.items.end(),
                   [](auto const& a, auto const& b) { return a.first < b.first; });
}

void Reader::strata(std::string_view key, Named<Named<double>>& member, Doc const& doc) {
  auto const at = take(key, doc);
  if (!at || !expect(reading_, *at, doc, ValueKind::object)) return;
  for (auto const& m : at->value.members) {
    auto const inner = below(*at, m);
    if (is_comment(m.key) || !good_name(reading_, m, inner.pointer)) continue;
    auto& levels = member.items.emplace_back(m.key, Named<double>{}).second;
    if (m.key == "all" && !m.value.is(ValueKind::object))
      read_value(reading_, inner, doc, levels.items.emplace_back("all", 0.0).second);
    else
      read_numbers(reading_, inner, doc, levels);
  }
}

void Reader::evidence(scenario::Evidence& e) {
  field("mark", e.mark, Doc{.text = "how far the figures can be trusted", .example = "\"assumed\""});
  field("source", e.source, Doc{.text = "where they come from", .example = "\"NHS England, 2025\""});
  field("note", e.note, Doc{.text = "anything else about them", .example = "\"2024/25\""});
}

bool Reader::stands_alone(std::string_view key, bool given) {
  if (!given) return false;
  for (auto const& m : object_.members)
    if (m.key != key && !is_comment(m.key))
      reading_.refuse(
          pointer_ + '/' + escape_pointer(m.key), m.place,
          fmt::format("\"{}\" stands beside \"{}\" ({} that is elsewhere is described there)", m.key, key, article()),
          fmt::format("Keep only \"{}\"", key));
  alone_ = true;
  return true;
}

void Reader::finish() {
  if (alone_) return;
  for (auto const& m : object_.members) {
    if (is_comment(m.key) || std::find(known_.begin(), known_.end(), m.key) != known_.end()) continue;
    auto nearest = nearest_name(m.key, fitting_);
    if (nearest.empty()) nearest = nearest_name(m.key, known_);
    auto const kind = kind_.empty() ? std::string{} : fmt::format(" of kind \"{}\"", kind_);
    reading_.refuse(
        pointer_ + '/' + escape_pointer(m.key), m.place,
        fmt::format("unknown key {} ({}{} has no such key)", shown(std::string_view(m.key)), article(), kind),
        nearest.empty() ? fmt::format("It may have: {}", fmt::join(fitting_, ", "))
                        : fmt::format("Did you mean \"{}\"?", nearest));
  }
}

}  // namespace cwtsim::io
