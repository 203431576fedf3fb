// docs/coverage.csv is true: every row of the inventory of the strategies is there once, and what carries it exists.
// docs/coverage.md is the same for the reader. CWTSIM_UPDATE=1 writes it anew.

#include <cstdlib>
#include <map>
#include <sstream>

#include "catch_compat.hpp"
#include "csv.hpp"
#include "cwtsim/io/read.hpp"
#include "house/named_tests.hpp"

using namespace house;

namespace {

fs::path const page = top / "docs/coverage.md";
fs::path const files = top / "scenarios/interventions";
std::string const carried = "carried", in_part = "in part", not_yet = "not yet", governance = "governance or narrative";

std::vector<csv::Row> const& table() {
  static auto const rows = csv::read((top / "docs/coverage.csv").string());
  return rows;
}

std::vector<std::string> split(std::string const& text, std::string const& by) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (from < text.size()) {
    auto const to = std::min(text.find(by, from), text.size());
    if (to > from) parts.push_back(text.substr(from, to - from));
    from = to + by.size();
  }
  return parts;
}

/// The ids of the inventory: so many of each document.
std::vector<std::string> ids() {
  std::vector<std::string> all;
  int document = 0;
  for (int const rows : {30, 17, 149, 208, 9}) {
    for (int row = 1; row <= rows; ++row) {
      auto const number = std::to_string(1000 + row).substr(1);
      all.push_back("00" + std::to_string(document) + "-" + number);
    }
    ++document;
  }
  return all;
}

/// Those of the pointers that lead nowhere in the composed baseline.
std::set<std::string> leading_nowhere(std::vector<std::string> const& pointers) {
  std::set<std::string> lost;
  cwtsim::io::ReadRequest request{(top / "scenarios/west-london.json").string(), {}, {}};
  // a lever that cannot be pulled says whether it was for want of a place or of a number there
  for (auto const& pointer : pointers)
    request.levers.push_back({"", pointer, cwtsim::io::Lever::Op::scale, "\"no number\"", {}, {}});
  auto const read = cwtsim::io::read_scenario(request);
  for (auto const& problem : read.problems.list())
    for (auto const& pointer : pointers)
      if (problem.what.find("\"" + pointer + "\" leads nowhere") != std::string::npos) lost.insert(pointer);
  return lost;
}

/// What is wrong with a row, but for its pointers; "" if nothing is.
std::string fault(csv::Row const& row, std::set<std::string> const& tests) {
  auto const &status = row.at("status"), &note = row.at("note");
  if (status == governance || status == not_yet) {
    for (auto const* column : {"by", "pointers", "files", "tests"})
      if (!row.at(column).empty()) return "it is " + status + ", and has " + column;
    return note.empty() ? "it says nothing of why" : "";
  }
  if (status != carried && status != in_part) return "there is no such status";
  if (status == in_part && note.empty()) return "it does not say what is missing";
  if (row.at("pointers").empty() && row.at("files").empty()) return "nothing carries it";
  if (row.at("tests").empty()) return "no test would fail without it";
  for (auto const& file : split(row.at("files"), " "))
    if (!fs::exists(top / file)) return "there is no file " + file;
  for (auto const& test : split(row.at("tests"), "; "))
    if (tests.count(test) == 0) return "there is no test " + test;
  return "";
}

std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, 1, '\\');
  return text;
}

/// The page, from the table.
std::string written() {
  std::ostringstream out;
  std::map<std::string, int> counts;
  for (auto const& row : table()) ++counts[row.at("status")];
  out << "# What of the strategies can be switched on\n\n"
         "Written by a test from `docs/coverage.csv`; do not edit it by hand. A row for each of the "
      << table().size()
      << " items of the inventory of the five documents; the first three digits\n"
         "of its number are those of the document: 000 the page on COVID-19, 001 the page on personalised care, 002 "
         "the strategy of 2021 to 2025, 003 that of 2025 to 2030,\n"
         "004 the review of provider collaboration.\n\n"
         "| status | rows | what it means |\n|---|---|---|\n";
  std::vector<std::pair<std::string, std::string>> const meanings = {
      {carried, "it is in the baseline, or a file switches it on"},
      {in_part, "so is part of it; the note says what is missing"},
      {not_yet, "it cannot be switched on; the note says what it awaits"},
      {governance, "nothing to simulate; the note says why"}};
  for (auto const& [status, meaning] : meanings)
    out << "| " << status << " | " << counts[status] << " | " << meaning << " |\n";
  out << "\nPointers lead into the composed scenario of West London; files lie in `scenarios/interventions`. Tests are "
         "named `folder: name`, as in `docs/promises.md`; a\n"
         "pointer that leads nowhere or a file that is gone fails the test that writes this page.\n";
  std::string document;
  for (auto const& row : table()) {
    if (row.at("id").substr(0, 3) != document) {
      document = row.at("id").substr(0, 3);
      out << "\n## " << document
          << "\n\n| row | item | status | carried by | where | tests | note |\n|---|---|---|---|---|---|---|\n";
    }
    out << "| " << row.at("id") << " | " << cell(row.at("item")) << " | " << row.at("status") << " | " << row.at("by")
        << " | ";
    std::string where;
    for (auto const& pointer : split(row.at("pointers"), " ")) where += (where.empty() ? "`" : "<br>`") + pointer + "`";
    for (auto const& file : split(row.at("files"), " "))
      where += (where.empty() ? "`" : "<br>`") + fs::path(file).filename().string() + "`";
    out << where << " | ";
    std::string tests;
    for (auto const& test : split(row.at("tests"), "; ")) tests += (tests.empty() ? "`" : "<br>`") + test + "`";
    out << tests << " | " << cell(row.at("note")) << " |\n";
  }
  return out.str();
}

}  // namespace

TEST_CASE("every row of the inventory is there once, in order") {
  std::vector<std::string> found;
  for (auto const& row : table()) found.push_back(row.at("id"));
  CHECK(found == ids());
  CHECK(found.size() == 413);
}

TEST_CASE("what carries a row exists, and what is not there is not ticked") {
  auto const tests = all_tests();
  REQUIRE(tests.size() > 200);
  std::vector<std::string> pointers;
  for (auto const& row : table()) {
    INFO(row.at("id") << " " << row.at("item"));
    CHECK(fault(row, tests) == "");
    for (auto const& pointer : split(row.at("pointers"), " ")) pointers.push_back(pointer);
  }
  CHECK(pointers.size() > 50);
  CHECK(leading_nowhere(pointers) == std::set<std::string>{});
}

TEST_CASE("every file of levers is named by a row") {
  std::set<std::string> named;
  for (auto const& row : table())
    for (auto const& file : split(row.at("files"), " ")) named.insert(fs::path(file).filename().string());
  for (auto const& entry : fs::directory_iterator(files)) {
    if (entry.path().extension() != ".json") continue;
    INFO(entry.path().filename().string());
    CHECK(named.count(entry.path().filename().string()) == 1);
  }
}

TEST_CASE("docs/coverage.md is fresh") {
  if (std::getenv("CWTSIM_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << written();
  INFO("CWTSIM_UPDATE=1 writes it anew");
  CHECK((text_of(page) == written()));
}

TEST_CASE("the test of the coverage finds what it is there for") {
  std::set<std::string> const tests = {"core: one"};
  csv::Row good = {{"status", carried}, {"by", "scenario field"}, {"pointers", "/demand"},
                   {"files", ""},       {"tests", "core: one"},   {"note", ""}};
  CHECK(fault(good, tests) == "");
  auto const with = [&](std::map<std::string, std::string> const& changes) {
    auto row = good;
    for (auto const& [key, value] : changes) row[key] = value;
    return fault(row, tests);
  };
  CHECK(with({{"status", "ticked"}}) == "there is no such status");
  CHECK(with({{"status", in_part}}) == "it does not say what is missing");
  CHECK(with({{"pointers", ""}}) == "nothing carries it");
  CHECK(with({{"tests", ""}}) == "no test would fail without it");
  CHECK(with({{"tests", "core: one; core: two"}}) == "there is no test core: two");
  CHECK(with({{"files", "scenarios/no.json"}}) == "there is no file scenarios/no.json");
  CHECK(with({{"status", not_yet}, {"note", "rules"}}) == "it is not yet, and has by");
  CHECK(with({{"status", governance}, {"by", ""}, {"pointers", ""}, {"tests", ""}}) == "it says nothing of why");
  CHECK(leading_nowhere({"/demand", "/demand/nobody", "/providers/lnwh/resources/ct/per_week", "/standards/fds/by"}) ==
        std::set<std::string>{"/demand/nobody"});
  CHECK_THROWS(csv::rows_of("a,b\n1\n"));
  CHECK(csv::rows_of("a,b\n\"x, \"\"y\"\"\",2\n").at(0).at("a") == "x, \"y\"");
}
