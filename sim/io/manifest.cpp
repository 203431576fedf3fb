#include "cwtsim/io/manifest.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace cwtsim::io {
namespace {

using Json = nlohmann::ordered_json;

struct AsJson {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(std::string const& text) const { return text; }
  Json operator()(double value) const { return std::isfinite(value) ? Json(value) : Json(nullptr); }
  Json operator()(std::int64_t value) const { return value; }
};

Json table_json(report::Table const& table) {
  Json json{{"caption", table.caption}, {"columns", Json::array()}, {"rows", Json::array()}};
  for (auto const& column : table.columns) json["columns"].push_back(column.name);
  for (auto const& row : table.rows) {
    Json cells = Json::array();
    for (auto const& cell : row) cells.push_back(std::visit(AsJson{}, cell));
    json["rows"].push_back(std::move(cells));
  }
  return json;
}

/// One table row a line: a file that can be read and compared.
void append_estimates(std::string& out, Json const& estimates) {
  auto const dump = [](Json const& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); };
  out += "{";
  bool first_table = true;
  for (auto const& [name, table] : estimates.items()) {
    out += (first_table ? "\n    " : ",\n    ") + dump(name) + ": {\n      \"caption\": " + dump(table["caption"]) +
           ",\n      \"columns\": " + dump(table["columns"]) + ",\n      \"rows\": [";
    first_table = false;
    bool first_row = true;
    for (auto const& row : table["rows"]) {
      out += (first_row ? "\n        " : ",\n        ") + dump(row);
      first_row = false;
    }
    out += first_row ? "]\n    }" : "\n      ]\n    }";
  }
  out += "\n  }";
}

}  // namespace

std::string manifest_json(Manifest const& m) {
  Json head{{"program", "cwtsim"},
            {"version", m.version},
            {"compiler", m.compiler},
            {"arm", m.arm},
            {"seed", m.seed},
            {"first_replication", m.first_replication},
            {"replications", m.completed + m.limited},
            {"completed", m.completed},
            {"hit_a_limit", m.limited},
            {"ended", m.ended},
            {"interrupted", m.ended == "interrupted"},
            {"precision_points", m.precision_points ? Json(*m.precision_points) : Json(nullptr)},
            {"sequential_rule", m.precision_points.has_value()},
            {"threads", m.threads},
            {"seconds", m.seconds},
            {"events", m.events},
            {"events_per_second", m.seconds > 0 ? Json(static_cast<double>(m.events) / m.seconds) : Json(nullptr)}};
  Json estimates = Json::object();
  for (auto const& table : m.estimates) estimates[table.name] = table_json(table);
  auto const scenario = Json::parse(m.composed_json);

  std::string out = "{\n";
  for (auto const& [key, value] : head.items())
    out += "  \"" + key + "\": " + value.dump(-1, ' ', false, Json::error_handler_t::replace) + ",\n";
  out += "  \"estimates\": ";
  append_estimates(out, estimates);
  out += ",\n  \"scenario\": ";
  for (char const c : scenario.dump(2, ' ', false, Json::error_handler_t::replace)) {
    out += c;
    if (c == '\n') out += "  ";
  }
  return out + "\n}\n";
}

}  // namespace cwtsim::io
