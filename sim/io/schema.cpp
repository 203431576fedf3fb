#include "cwtsim/io/schema.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "catalogue.hpp"

namespace cwtsim::io {
namespace {

using Json = nlohmann::ordered_json;

constexpr char const* comments = "^_";

Json object_schema(ObjectDoc const& o) {
  Json properties = Json::object();
  for (auto const& f : o.fields) {
    auto p = Json::parse(f.spelling.schema);
    auto text = f.text;
    if (!f.kinds.empty()) text += fmt::format(" (kinds: {})", f.kinds);
    if (f.required) text += " (required)";
    if (p.is_boolean()) p = Json::object();
    p["description"] = text;
    if (!f.initial.empty()) p["default"] = Json::parse(f.initial);
    properties[f.key] = std::move(p);
  }
  return {{"type", "object"},
          {"description", o.text},
          {"properties", std::move(properties)},
          {"patternProperties", {{comments, true}}},
          {"additionalProperties", false}};
}

Json text_schema(std::string_view pattern, std::string_view description) {
  return {{"type", "string"}, {"pattern", pattern}, {"description", description}};
}

Json spellings() {
  constexpr char const* length = "^[0-9]+(\\.[0-9]+)? *(s|secs?|seconds?|min|minutes?|h|hours?|d|days?|weeks?)$";
  Json d;
  d["length-of-time"] = text_schema(length, "a number and a unit: 30 min, 2 hours, 10 days");
  d["span-of-time"] = text_schema("^[0-9]+ *[a-z]+$", "a whole number and a unit: 26 weeks, 5 years");
  d["date"] = text_schema("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "year, month and day");
  d["date-time"] =
      text_schema("^[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?$", "a date, and perhaps a time of day");
  d["time-of-day"] = text_schema("^[0-9]{2}:[0-9]{2}$", "hours and minutes");
  Json const share = {{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
  Json const names = {{"type", "object"}, {"patternProperties", {{comments, true}}}, {"additionalProperties", share}};
  d["shares"] = {{"anyOf", {{{"type", "string"}}, names}},
                 {"description", "a name, or names and shares that sum to 1"}};
  d["number-shares"] = {{"anyOf", {{{"type", "integer"}}, {{"type", "string"}}, names}},
                        {"description", "a whole number, or whole numbers and shares that sum to 1"}};
  d["table"] = {{"type", "object"},
                {"properties",
                 {{"by", {{"anyOf", {{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}}}}}}},
                {"required", {"by"}},
                {"description", "values by attribute, \"provider\" or \"stream\"; \"otherwise\" for the rest"}};
  return d;
}

Json distribution_schema(Language const& l) {
  Json const length = {{"$ref", "#/$defs/length-of-time"}};
  Json properties = {{"constant", length}};
  for (auto const& s : l.shapes) properties[s.name] = object_schema(s);
  properties["bands"] = {{"type", "object"},
                         {"patternProperties", {{comments, true}}},
                         {"additionalProperties", {{"type", "number"}, {"minimum", 0}, {"maximum", 1}}},
                         {"description", "lengths of time and the shares at or below them"}};
  properties["plus"] = length;
  Json const shape = {{"type", "object"},
                      {"properties", std::move(properties)},
                      {"patternProperties", {{comments, true}}},
                      {"additionalProperties", false}};
  return {{"anyOf", {length, shape}}};
}

}  // namespace

std::string json_schema() {
  auto const l = language();
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "cwtsim scenario"}};
  schema.update(object_schema(l.scenario.front()));
  schema["required"] = {"schema"};
  auto defs = spellings();
  defs["distribution"] = distribution_schema(l);
  for (std::size_t i = 1; i < l.scenario.size(); ++i)
    defs[anchor_of(l.scenario[i].name)] = object_schema(l.scenario[i]);
  schema["$defs"] = std::move(defs);
  return schema.dump(2) + '\n';
}

}  // namespace cwtsim::io
