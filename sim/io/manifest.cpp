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

std::string dump(Json const& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// One table row a line: a file that can be read and compared. Row by row, since a whole table as JSON would take many
/// times the memory of its text.
void append_table(std::string& out, report::Table const& table) {
  Json columns = Json::array();
  for (auto const& column : table.columns) columns.push_back(column.name);
  out += dump(table.name) + ": {\n      \"caption\": " + dump(table.caption) + ",\n      \"columns\": " + dump(columns) +
         ",\n      \"rows\": [";
  bool first = true;
  for (auto const& row : table.rows) {
    Json cells = Json::array();
    for (auto const& cell : row) cells.push_back(std::visit(AsJson{}, cell));
    out += (first ? "\n        " : ",\n        ") + dump(cells);
    first = false;
  }
  out += first ? "]\n    }" : "\n      ]\n    }";
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
  auto const scenario = Json::parse(m.composed_json);

  std::string out = "{\n";
  for (auto const& [key, value] : head.items())
    out += "  \"" + key + "\": " + dump(value) + ",\n";
  out += "  \"estimates\": {";
  for (std::size_t t = 0; t < m.estimates.size(); ++t) {
    out += t == 0 ? "\n    " : ",\n    ";
    append_table(out, m.estimates[t]);
  }
  out += "\n  },\n  \"scenario\": ";
  for (char const c : scenario.dump(2, ' ', false, Json::error_handler_t::replace)) {
    out += c;
    if (c == '\n') out += "  ";
  }
  return out + "\n}\n";
}

}  // namespace cwtsim::io
