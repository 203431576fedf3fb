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

std::string dump(Json const& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// One table row a line: a file that can be read and compared. Row by row, since a whole table as JSON would take many
/// times the memory of its text.
void write_table(files::Table const& table, files::TextSink const& to) {
  Json columns = Json::array();
  for (auto const& column : table.columns) columns.push_back(column.name);
  to(dump(table.name) + ": {\n      \"caption\": " + dump(table.caption) + ",\n      \"columns\": " + dump(columns) +
     ",\n      \"rows\": [");
  bool first = true;
  table.rows.each([&](files::Row const& row) {
    Json cells = Json::array();
    for (auto const& cell : row) cells.push_back(std::visit(AsJson{}, cell));
    to((first ? "\n        " : ",\n        ") + dump(cells));
    first = false;
  });
  to(first ? "]\n    }" : "\n      ]\n    }");
}

}  // namespace

void write_manifest(files::Manifest const& m, files::TextSink const& to) {
  Json head{{"program", "cwtsim"},
            {"version", m.version},
            {"compiler", m.compiler},
            {"arm", m.arm},
            {"seed", m.seed},
            {"first_replication", m.first_replication},
            {"replications", m.completed + m.limited + m.deadlocked},
            {"completed", m.completed},
            {"hit_a_limit", m.limited},
            {"deadlocked", m.deadlocked},
            {"ended", m.ended},
            {"interrupted", m.ended == "interrupted" || m.ended == "out_of_time" || m.ended == "not_saved"},
            {"precision_points", m.precision_points ? Json(*m.precision_points) : Json(nullptr)},
            {"sequential_rule", m.precision_points.has_value()},
            {"threads", m.threads},
            {"seconds", m.seconds},
            {"events", m.events},
            {"events_per_second", AsJson{}(m.events_per_second)}};
  std::string out = "{\n";
  for (auto const& [key, value] : head.items()) out += "  \"" + key + "\": " + dump(value) + ",\n";
  to(out + "  \"estimates\": {");
  for (std::size_t t = 0; t < m.estimates.size(); ++t) {
    to(t == 0 ? "\n    " : ",\n    ");
    write_table(m.estimates[t], to);
  }
  to("\n  },\n  \"scenario\": ");
  auto const scenario = Json::parse(m.composed_json).dump(2, ' ', false, Json::error_handler_t::replace);
  std::size_t from = 0;
  for (std::size_t end = 0; (end = scenario.find('\n', from)) != std::string::npos; from = end + 1)
    to(scenario.substr(from, end + 1 - from) + "  ");
  to(scenario.substr(from) + "\n}\n");
}

}  // namespace cwtsim::io
