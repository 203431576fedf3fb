#include "cwtsim/report/compare.hpp"
#include "cwtsim/report/tables.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "catch_compat.hpp"
#include "own_values.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

/// One row of each kind, in which every number and word is one of its own.
Estimates with_own_values() {
  Estimates e;
  e.arm = "base";
  e.completed = 4;
  e.standards = {{"fds", "28-day", 28, {62}}};
  e.measures = {{"wait", "Wait", "days", false, false, false}};
  e.ledgers = {{"money", "Money", "cash"}};
  e.strata = {{0, "provider", "north", 0}};
  e.measure_strata = {{0, "tumour", "lung", 0}};
  std::uint64_t from = 1000;
  auto const one = [&from](auto& list) {
    list.resize(1);
    own::fill(list[0], from -= 50);
  };
  one(e.attainments);
  one(e.measured);
  one(e.gaps);
  one(e.pounds);
  one(e.resources);
  one(e.staff);
  one(e.rules);
  one(e.steps);
  one(e.days);
  one(e.clock_days);
  one(e.resource_months);
  one(e.step_months);
  one(e.staff_months);
  one(e.replications);
  one(e.arms);
  one(e.pulled.values);
  e.months = {"2026-11"};
  e.places = {{"lung/ct", "west"}};
  e.resource_months[0].resource = e.resource_months[0].month = e.step_months[0].place = e.step_months[0].month = 0;
  e.staff_months[0].role = e.staff_months[0].month = 0;
  e.attainments[0].stratum = e.measured[0].stratum = 0;
  e.clock_days[0].standard = 0;
  e.followed_one_in = 8;
  e.gaps[0].of = e.pounds[0].ledger = 0;
  e.all_as_a_year = "12 months from 15 Oct 2026";
  e.periods = {"2026/27"};
  e.counts = {{7, Packed({5, 6})}};
  e.waits = {{0, Estimate{2, 1, 3, 40}, Estimate{4, 3, 5, 50}, 2, {0, 0, 9}}};
  e.open = {{0, "2027-03", Estimate{30, 20, 40, 80}, {Estimate{3, 2, 4, 60}}}};
  Comparison both{"fds",
                  "provider+tumour",
                  "north+lung",
                  true,
                  0.5,
                  100.0,
                  Estimate{0.75, 0.7, 0.8, 90},
                  Estimate{110, 99, 120, 70},
                  "2026-04",
                  "2027-05"};
  e.comparisons = {both};
  return e;
}

std::string written(files::Cell const& cell) {
  return files::to_csv({"", "", {{"x", "", ""}}, {{cell}}}).substr(2);
}

std::vector<std::vector<std::string>> rows_of(files::Table const& table) {
  std::vector<std::vector<std::string>> rows;
  table.rows.each([&rows](files::Row const& row) {
    rows.emplace_back();
    for (auto const& cell : row) rows.back().push_back(written(cell));
  });
  return rows;
}

}  // namespace

TEST_CASE("a row of every table shows a value of its own in every column") {
  auto const e = with_own_values();
  auto const tables = report::all_tables(e);
  REQUIRE(tables.size() == report::outputs().size());
  for (auto const& table : tables) {
    INFO(table.name);
    auto const rows = rows_of(table);
    CHECK(rows.size() == (table.name == "waiting_list" || table.name == "quantiles" ? 2 : 1));
    for (auto const& row : rows) {
      REQUIRE(row.size() == table.columns.size());
      std::set<std::string> different;
      for (std::size_t i = 0; i < row.size(); ++i) {
        INFO(table.columns[i].name);
        CHECK(row[i] != "\n");
        CHECK(different.insert(row[i]).second);
      }
    }
  }
}

TEST_CASE("columns that a row declares stand in their order, each interval behind its estimate") {
  auto const e = with_own_values();
  auto const& s = e.staff[0];
  auto const row = rows_of(report::table_named("staff", e)).at(0);
  std::vector<files::Cell> const expected{
      e.arm,
      s.provider,
      s.role,
      s.posts,
      s.in_post->value,
      *s.in_post->low,
      *s.in_post->high,
      s.in_training,
      s.wanted_per_week,
      s.manned_per_week,
      s.stood_in_per_week,
      s.lacking_per_week->value,
      *s.lacking_per_week->low,
      *s.lacking_per_week->high,
      s.absent_per_week,
      s.used_up_per_week,
      s.elsewhere_per_week,
      s.lent_per_week,
      static_cast<std::int64_t>(std::max(s.in_post->advised, s.lacking_per_week->advised))};
  REQUIRE(row.size() == expected.size());
  for (std::size_t i = 0; i < row.size(); ++i) CHECK(row[i] == written(expected[i]));
}

TEST_CASE("a table is there where the list of tables says so") {
  std::string names;
  for (auto const& table : report::all_tables(with_own_values())) names += table.name + " ";
  CHECK(names ==
        "clocks standards years waits quantiles waiting_list resources resources_monthly steps steps_monthly days "
        "clock_days "
        "replications replications_long levers arms "
        "staff staff_monthly measures "
        "rules gaps ledgers validation volumes ");
  names.clear();
  for (auto const& table : report::all_tables({})) names += table.name + " ";
  CHECK(names ==
        "standards years waits quantiles waiting_list resources resources_monthly steps steps_monthly days clock_days "
        "replications replications_long ");
  CHECK_THROWS_AS(report::table_named("no such table", {}), std::out_of_range);
}

TEST_CASE("docs/tables.md is fresh") {
  INFO("regenerate: cwtsim help tables > docs/tables.md");
  std::ifstream file(std::string(CWTSIM_SOURCE_DIR) + "/docs/tables.md");
  std::stringstream text;
  text << file.rdbuf();
  CHECK((report::table_reference() + report::compare_reference() == text.str()));
}
