#include "cwtsim/files/table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace cwtsim::files {
namespace {

/// Text that a spreadsheet takes for a formula.
bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

void append_text(std::string& out, std::string const& text) {
  auto const clean = (looks_like_formula(text) ? "'" : "") + printable(text);
  if (clean.find_first_of(",\"") == std::string::npos) {
    out += clean;
    return;
  }
  out += '"';
  for (char const c : clean) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

struct Append {
  std::string& out;
  void operator()(std::monostate) const {}
  void operator()(std::string const& text) const { append_text(out, text); }
  void operator()(double value) const { out += format_number(value); }
  void operator()(std::int64_t value) const { fmt::format_to(std::back_inserter(out), "{}", value); }
};

}  // namespace

std::string printable(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const c = static_cast<unsigned char>(text[i]);
    // U+0080..U+009F, written C2 80..C2 9F, steer terminals too.
    bool const c1 = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1) ++i;
    if (c >= 0x20 && c != 0x7F && !c1) clean += text[i];
  }
  return clean;
}

std::string format_number(double value) {
  if (!std::isfinite(value)) return {};
  if (value == 0) return "0";  // never "-0"
  double const size = std::abs(value);
  if (size >= 1e15 || size < 1e-4) return fmt::format("{:.6g}", value);
  if (size >= 1e5) return fmt::format("{:.0f}", value);
  return fmt::format("{:.6g}", value);
}

Rows::Rows(std::initializer_list<Row> rows)
    : make_([given = std::vector<Row>(rows)](RowSink const& use) {
        for (auto const& row : given) use(row);
      }) {}

void write_csv(Table const& table, TextSink const& to) {
  std::string out;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) out += ',';
    append_text(out, table.columns[i].name);
  }
  to(out += '\n');
  table.rows.each([&out, &to](Row const& row) {
    out.clear();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ',';
      std::visit(Append{out}, row[i]);
    }
    to(out += '\n');
  });
}

std::string to_csv(Table const& table) {
  std::string out;
  write_csv(table, [&out](std::string_view text) { out += text; });
  return out;
}

}  // namespace cwtsim::files
