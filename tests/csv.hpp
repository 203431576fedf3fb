#pragma once
// Reading the tables that stand beside tests: RFC 4180 with a header, every cell by the name of its column.

#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace csv {

using Row = std::map<std::string, std::string>;

/// The cells of every line of a text; quotes around a cell are taken off.
inline std::vector<std::vector<std::string>> cells_of(std::string const& text) {
  std::vector<std::vector<std::string>> lines(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    auto& cell = lines.back().back();
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
      cell += text[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (quoted || (c != ',' && c != '\n'))
      cell += c;
    else if (c == ',')
      lines.back().emplace_back();
    else
      lines.emplace_back(1);
  }
  if (lines.back() == std::vector<std::string>(1)) lines.pop_back();
  return lines;
}

/// The rows of a table below its header; throws where a line is not as wide as that.
inline std::vector<Row> rows_of(std::string const& text) {
  auto const lines = cells_of(text);
  std::vector<Row> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].size() != lines[0].size())
      throw std::runtime_error("line " + std::to_string(i + 1) + " has " + std::to_string(lines[i].size()) +
                               " cells, not " + std::to_string(lines[0].size()));
    Row row;
    for (std::size_t k = 0; k < lines[0].size(); ++k) row[lines[0][k]] = lines[i][k];
    rows.push_back(std::move(row));
  }
  return rows;
}

inline std::vector<Row> read(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return rows_of({std::istreambuf_iterator<char>(file), {}});
}

}  // namespace csv
