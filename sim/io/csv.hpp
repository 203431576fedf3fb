#pragma once
// Tables of text as hospital systems write them: CSV, with commas, semicolons or tabs.

#include <string>
#include <string_view>
#include <vector>

#include "value.hpp"

namespace cwtsim::io {

/// One cell, without blanks around it, and where it begins.
struct Cell {
  std::string text;
  Place place;
};
using CsvRow = std::vector<Cell>;

/// The rows of a text (RFC 4180): cells in double quotes may hold separators, line ends and doubled quotes; lines end
/// with LF, CR or both; a byte order mark is passed over; the separator is the one of comma, semicolon and tab that the
/// line has most of in which it stands first. Text that is not UTF-8 is taken for Windows-1252. Rows without any text
/// are left out. Problems (and no rows) where it is UTF-16 or a quote stays open.
[[nodiscard]] std::vector<CsvRow> parse_csv(std::string_view text, std::uint32_t file, FileNames const& files,
                                            Problems& problems);

}  // namespace cwtsim::io
