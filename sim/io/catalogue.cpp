#include "catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "levers.hpp"

namespace cwtsim::io {
namespace {

Spelling defined(std::string words, std::string_view name) {
  return {std::move(words), fmt::format(R"({{"$ref": "#/$defs/{}"}})", name)};
}

Spelling const text_spelling{"text", R"({"type": "string"})"};

/// Adds a shape; a constant and bands, which have no fields, are told of in words.
template <class S>
void add_shape(std::vector<ObjectDoc>& shapes) {
  if constexpr (Described<S>) (void)Catalogue::add<S>(shapes);
}

}  // namespace

std::string anchor_of(std::string_view name) {
  std::string anchor(name);
  std::replace(anchor.begin(), anchor.end(), ' ', '-');
  return anchor;
}

Spelling object_spelling(std::string_view name) {
  auto const anchor = anchor_of(name);
  return defined(fmt::format("[{}](#{})", name, anchor), anchor);
}

Spelling map_spelling(Spelling const& inner, Doc const& doc) {
  auto const comments = R"("patternProperties": {"^_": true})";
  if (doc.keys.empty())
    return {"object: name → " + inner.words,
            fmt::format(R"({{"type": "object", {}, "additionalProperties": {}}})", comments, inner.schema)};
  std::vector<std::string> properties;
  for (auto const& key : split_words(doc.keys))
    properties.push_back(fmt::format("{}: {}", json_string(key), inner.schema));
  auto const keys = split_words(doc.keys);
  return {fmt::format("object: {} .. {} → {}", keys.front(), keys.back(), inner.words),
          fmt::format(R"({{"type": "object", {}, "properties": {{{}}}, "additionalProperties": false}})", comments,
                      fmt::join(properties, ", "))};
}

Spelling table_spelling(Spelling const& inner) {
  return {inner.words + ", or a table", fmt::format(R"({{"anyOf": [{}, {{"$ref": "#/$defs/table"}}]}})", inner.schema)};
}

Spelling list_spelling(Spelling const& inner) {
  return {inner.words + ", or a list",
          fmt::format(R"({{"anyOf": [{0}, {{"type": "array", "items": {0}}}]}})", inner.schema)};
}

Spelling items_spelling(Spelling const& inner) {
  return {"list of " + inner.words, fmt::format(R"({{"type": "array", "items": {}}})", inner.schema)};
}

Spelling either_spelling(Spelling const& a, Spelling const& b) {
  return {a.words + ", or " + b.words, fmt::format(R"({{"anyOf": [{}, {}]}})", a.schema, b.schema)};
}

Spelling words_spelling(scenario::Words words) {
  return {fmt::format("\"{}\"", fmt::join(words, "\", \"")),
          fmt::format(R"({{"enum": ["{}"]}})", fmt::join(words, "\", \""))};
}

Spelling number_spelling(Doc const& doc, std::string_view type) {
  auto schema = fmt::format(R"({{"type": "{}")", type);
  if (doc.min) schema += fmt::format(R"(, "minimum": {:.15g})", *doc.min);
  if (doc.max) schema += fmt::format(R"(, "maximum": {:.15g})", *doc.max);
  return {type == "integer" ? "whole number" : "number", schema + "}"};
}

void Catalogue::about(std::string_view name, std::string_view text) {
  name_ = name;
  known_ = std::any_of(all_.begin(), all_.end(), [&](ObjectDoc const& o) { return o.name == name; });
  here_ = all_.size();
  if (!known_) all_.push_back({name_, std::string(text), {}});
}

void Catalogue::note(std::string_view key, Spelling spelling, Doc const& doc, std::string initial) {
  all_[here_].fields.push_back({std::string(key), std::move(spelling), std::string(doc.text), std::string(doc.example),
                                fmt::format("{}", fmt::join(doc.kinds.listed(), " ")),
                                doc.required ? std::string{} : std::move(initial), doc.required});
}

void Catalogue::days(std::string_view key, std::int64_t& member, Doc const& doc) {
  if (!known_)
    note(key, spelling(Duration{}, doc), doc, initial_text(Duration{static_cast<double>(member) * seconds_per_day}));
}

void Catalogue::days(std::string_view key, std::vector<std::int64_t>&, Doc const& doc) {
  if (!known_) note(key, list_spelling(spelling(Duration{}, doc)), doc, {});
}

void Catalogue::either(std::string_view key, bool& member, std::string_view if_false, std::string_view if_true,
                       Doc const& doc) {
  std::string_view const words[] = {if_false, if_true};
  if (!known_) note(key, words_spelling(words), doc, '"' + std::string(member ? if_true : if_false) + '"');
}

void Catalogue::rate(std::string_view key, Named<double>&, scenario::VolumeUnit&, scenario::VolumeUnit,
                     std::string const&, Doc const& doc) {
  auto const number = number_spelling(doc, "number");
  if (!known_) note(key, either_spelling(number, map_spelling(number, doc)), doc, {});
}

void Catalogue::openings(Named<scenario::Opening>&, ResourceKind kind, Doc const& doc) {
  if (known_) return;
  auto of_kind = doc;
  of_kind.kinds = scenario::only(kind);
  note(record_of(kind).openings, {}, of_kind, {});
  auto const place = all_[here_].fields.size() - 1;
  Catalogue inner(all_);
  scenario::Opening opening;
  describe(inner, opening, kind);
  all_[here_].fields[place].spelling = map_spelling(object_spelling(inner.name_), doc);
}

void Catalogue::needs(std::string_view key, Named<std::int64_t>& member, Doc const& doc) {
  if (!known_) note(key, either_spelling(text_spelling, spelling(member, doc)), doc, {});
}

void Catalogue::targets(std::string_view key, Named<double>&, Doc const& doc) {
  auto const number = number_spelling(doc, "number");
  auto by_date = map_spelling(number, doc);
  by_date.words = "object: date → number";
  if (!known_) note(key, either_spelling(number, by_date), doc, {});
}

void Catalogue::strata(std::string_view key, Named<Named<double>>&, Doc const& doc) {
  auto const number = number_spelling(doc, "number");
  auto strata = map_spelling(either_spelling(number, map_spelling(number, doc)), doc);
  strata.words = "object: stratum → level → number";
  if (!known_) note(key, strata, doc, {});
}

void Catalogue::evidence(scenario::Evidence&) {
  if (known_) return;
  scenario::Evidence e;
  Catalogue* self = this;
  self->field("mark", e.mark, Doc{.text = "how far the figures can be trusted", .example = "\"assumed\""});
  self->field("source", e.source, Doc{.text = "where they come from", .example = "\"NHS England, 2025\""});
  self->field("note", e.note, Doc{.text = "anything else about them", .example = "\"2024/25\""});
}

void Catalogue::handled_elsewhere(std::string_view key, std::string_view what, Doc const& doc) {
  if (known_) return;
  if (what == "1")
    note(key, {"1", R"({"const": 1})"}, doc, {});
  else if (what == "file")
    note(key, text_spelling, doc, {});
  else if (what == "files")
    note(key, list_spelling(text_spelling), doc, {});
  else if (what == "lever sets")
    note(key, {"list of [lever sets](#lever-set)", list_spelling({"", R"({"type": "object"})"}).schema}, doc, {});
  else
    note(key, map_spelling(object_spelling("resource"), doc), doc, {});
}

Spelling Catalogue::spelling(std::string const&, Doc const&) {
  return text_spelling;
}
Spelling Catalogue::spelling(double, Doc const& doc) {
  return number_spelling(doc, "number");
}
Spelling Catalogue::spelling(std::int64_t, Doc const& doc) {
  return number_spelling(doc, "integer");
}
Spelling Catalogue::spelling(Duration, Doc const&) {
  return defined("length of time", "length-of-time");
}
Spelling Catalogue::spelling(Period, Doc const&) {
  return defined("span of time", "span-of-time");
}
Spelling Catalogue::spelling(Date, Doc const&) {
  return defined("date", "date");
}
Spelling Catalogue::spelling(DateTime const&, Doc const&) {
  return defined("date, with or without a time of day", "date-time");
}
Spelling Catalogue::spelling(TimeOfDay, Doc const&) {
  return defined("time of day", "time-of-day");
}
Spelling Catalogue::spelling_of_distribution() {
  return defined("[distribution](#distributions)", "distribution");
}
Spelling Catalogue::spelling(Distribution const&, Doc const&) {
  return spelling_of_distribution();
}
Spelling Catalogue::spelling(scenario::Condition const&, Doc const&) {
  return {"object: attribute → level, or a list", map_spelling(list_spelling(text_spelling), {}).schema};
}
Spelling Catalogue::spelling(std::vector<std::string> const&, Doc const&) {
  return list_spelling(text_spelling);
}
Spelling Catalogue::spelling(std::vector<TimeOfDay> const&, Doc const& doc) {
  return list_spelling(spelling(TimeOfDay{}, doc));
}
Spelling Catalogue::spelling(Value const&, Doc const&) {
  return {"any value", "true"};
}

Spelling Catalogue::spelling(scenario::Column const&, Doc const&) {
  return either_spelling(text_spelling, add<scenario::Column>(all_));
}

Spelling Catalogue::shares_spelling(Doc const& doc) {
  return doc.whole_keys ? defined("whole number, or numbers and their [shares](#spellings)", "number-shares")
                        : defined("name, or names and their [shares](#spellings)", "shares");
}

std::string Catalogue::plain_number(double x) {
  return std::abs(x) < 1e15 && x == std::floor(x) ? fmt::format("{:.0f}", x) : fmt::format("{}", x);
}

Language language() {
  Language l;
  (void)Catalogue::add<scenario::Scenario>(l.scenario);
  [&]<class... Each>(std::variant<Each...> const*) {
    (add_shape<Each>(l.shapes), ...);
  }(static_cast<Shape const*>(nullptr));
  (void)Catalogue::add<LeverFile>(l.levers);
  (void)Catalogue::add<LeverSet>(l.levers);
  return l;
}

}  // namespace cwtsim::io
