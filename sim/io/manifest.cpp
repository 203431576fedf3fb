#include "cwtsim/io/manifest.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cwtsim/core/problem.hpp"
#include "cwtsim/files/digest.hpp"

namespace cwtsim::io {
namespace {

using Json = nlohmann::ordered_json;
using files::Manifest;

// Characters; together with what study cuts, all of it is under 10 kB.
constexpr std::size_t room_for_files = 5000, room_for_arguments = 1500, longest_argument = 200;

std::string dump(Json const& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T>
Json or_null(std::optional<T> const& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json command_line_of(Manifest const& m) {
  Json arguments = Json::array();
  std::size_t written = 0;
  for (auto const& argument : m.command_line) {
    auto const text = cut_short(argument, longest_argument);
    written += text.size() + 3;
    arguments.push_back(written <= room_for_arguments ? text : "...");
    if (written > room_for_arguments) break;
  }
  return arguments;
}

/// One line a file; those that there is no room for as their number and the hash of their lines.
std::string files_of(Manifest const& m) {
  std::string named, rest;
  std::size_t more = 0;
  for (auto const& f : m.files) {
    auto const line = dump({{"path", f.path}, {"bytes", f.bytes}, {"sha256", f.sha256}});
    bool const fits = more == 0 && named.size() + line.size() <= room_for_files;
    if (fits) named += (named.empty() ? "\n    " : ",\n    ") + line;
    if (!fits) rest += line + '\n', ++more;
  }
  auto out = "  \"files\": [" + named + (named.empty() ? "]" : "\n  ]");
  if (more > 0) out += ",\n  \"more_files\": " + dump({{"number", more}, {"sha256", files::sha256(rest)}});
  return out;
}

Json head_of(Manifest const& m) {
  return {{"program", "cwtsim"},
          {"version", m.version},
          {"sources", m.sources},
          {"commit", m.commit},
          {"compiler", m.compiler},
          {"flags", m.flags},
          {"command_line", command_line_of(m)},
          {"host", m.host},
          {"started", m.started},
          {"finished", m.finished},
          {"exit_status", m.exit_status},
          {"ended", m.ended},
          {"interrupted", m.interrupted},
          {"scenario", m.scenario},
          {"scenario_sha256", m.scenario_sha256},
          {"arm", m.arm},
          {"name", m.name},
          {"scenario_file", m.scenario_file},
          {"lever_files", m.lever_files},
          {"options", m.options},
          {"seed", m.seed},
          {"first_replication", m.first_replication},
          {"replications", m.completed + m.limited + m.deadlocked},
          {"completed", m.completed},
          {"hit_a_limit", m.limited},
          {"deadlocked", m.deadlocked},
          {"precision_points", or_null(m.precision_points)},
          {"sequential_rule", m.precision_points.has_value()},
          {"max_events", or_null(m.max_events)},
          {"max_memory", or_null(m.max_memory)},
          {"threads", m.threads},
          {"seconds", m.seconds},
          {"events", m.events},
          {"events_per_second", std::isfinite(m.events_per_second) ? Json(m.events_per_second) : Json(nullptr)}};
}

template <class T>
void read(Json const& json, char const* key, T& value) {
  value = json.at(key).get<T>();
}
template <class T>
void read(Json const& json, char const* key, std::optional<T>& value) {
  if (auto const& given = json.at(key); !given.is_null()) value = given.get<T>();
}

}  // namespace

std::string manifest_text(Manifest const& m) {
  auto const head = head_of(m);
  std::string out = "{\n";
  for (auto const& [key, value] : head.items()) out += "  \"" + key + "\": " + dump(value) + ",\n";
  return out + files_of(m) + "\n}\n";
}

std::variant<Manifest, std::string> read_manifest(std::string_view text) {
  try {
    auto const json = Json::parse(text);
    Manifest m;
    read(json, "version", m.version);
    read(json, "sources", m.sources);
    read(json, "ended", m.ended);
    read(json, "interrupted", m.interrupted);
    read(json, "scenario", m.scenario);
    read(json, "scenario_sha256", m.scenario_sha256);
    read(json, "arm", m.arm);
    read(json, "name", m.name);
    read(json, "scenario_file", m.scenario_file);
    read(json, "lever_files", m.lever_files);
    read(json, "options", m.options);
    read(json, "seed", m.seed);
    read(json, "first_replication", m.first_replication);
    read(json, "completed", m.completed);
    read(json, "hit_a_limit", m.limited);
    read(json, "deadlocked", m.deadlocked);
    read(json, "precision_points", m.precision_points);
    read(json, "max_events", m.max_events);
    read(json, "max_memory", m.max_memory);
    return m;
  } catch (Json::exception const& wrong) {
    return std::string(wrong.what());
  }
}

}  // namespace cwtsim::io
