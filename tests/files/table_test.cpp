#include "cwtsim/files/table.hpp"

#include <limits>

#include "catch_compat.hpp"

using namespace cwtsim::files;

namespace {

std::string one_cell(Cell const& cell) {
  auto const csv = to_csv({"t", "", {{"x", "", ""}}, {{cell}}});
  return csv.substr(2, csv.size() - 3);  // without "x\n" and the last line feed
}

}  // namespace

TEST_CASE("cells are written as CSV") {
  CHECK(to_csv({"t", "", {{"a", "", ""}, {"b", "", ""}}, {{std::string("x"), 0.5}, {{}, std::int64_t{-3}}}}) ==
        "a,b\nx,0.5\n,-3\n");
  CHECK(one_cell(std::string("Guy's, London")) == "\"Guy's, London\"");
  CHECK(one_cell(std::string("the \"clinic\"")) == "\"the \"\"clinic\"\"\"");
  CHECK(one_cell(std::string("St Thomas\xE2\x80\x99")) == "St Thomas\xE2\x80\x99");
}

TEST_CASE("text that a spreadsheet would run is made plain") {
  CHECK(one_cell(std::string("=1+2")) == "'=1+2");
  CHECK(one_cell(std::string("+cmd|' /C calc'!A0")) == "'+cmd|' /C calc'!A0");
  CHECK(one_cell(std::string("-1")) == "'-1");
  CHECK(one_cell(std::string("@SUM(A1)")) == "'@SUM(A1)");
  CHECK(one_cell(std::string("\t=1")) == "'=1");
  CHECK(one_cell(-1.0) == "-1");
}

TEST_CASE("control characters do not reach a table or a terminal") {
  CHECK(one_cell(std::string("a\nb\x1b[31mc\x7f")) == "ab[31mc");
  CHECK(printable("\xC2\x9B"
                  "31m\xC3\xA9") == "31m\xC3\xA9");
}

TEST_CASE("numbers have six significant digits and no locale") {
  CHECK(format_number(0.809123456) == "0.809123");
  CHECK(format_number(0.8) == "0.8");
  CHECK(format_number(-0.0) == "0");
  CHECK(format_number(1234567.8) == "1234568");
  CHECK(format_number(1e5) == "100000");
  CHECK(format_number(99999.96) == "100000");
  CHECK(format_number(0.00001) == "1e-05");
  CHECK(format_number(std::numeric_limits<double>::quiet_NaN()) == "");
  CHECK(format_number(std::numeric_limits<double>::infinity()) == "");
}
