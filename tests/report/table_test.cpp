#include "catch_compat.hpp"
#include "cwtsim/report/tables.hpp"

using namespace cwtsim::report;
using cwtsim::files::to_csv;

namespace {

std::string header(Table const& table) {
  auto const csv = to_csv(table);
  return csv.substr(0, csv.find('\n'));
}

}  // namespace

TEST_CASE("tables have the columns that others rely on") {
  cwtsim::experiment::Estimates const none;
  CHECK(header(table_named("standards", none)) ==
        "arm,standard,dimension,value,month,target,patients,attainment,ci_low,ci_high,probability_met,"
        "probability_met_low,probability_met_high,patients_a_year,breaches_a_year,more_to_meet_target,"
        "replications_advised");
  CHECK(header(table_named("waits", none)) == "arm,standard,dimension,value,days,patients");
  CHECK(header(table_named("validation", none)) ==
        "provider,tumour,standard,observed,simulated,ci_low,ci_high,replications_advised,difference,"
        "observed_months,simulated_months");
}

TEST_CASE("rows carry keys and estimates, an interval that cannot be had is empty") {
  cwtsim::experiment::Estimates e;
  e.arm = "base";
  e.completed = 1;
  e.standards = {{"fds", "28-day", 28, {}}};
  e.strata = {{0, "provider", "north", 1}};
  e.attainments = {{0,
                    cwtsim::experiment::Span::all,
                    "all",
                    0.8,
                    12.5,
                    cwtsim::Estimate{0.75, {}, {}},
                    cwtsim::Estimate{0, 0, 0.17},
                    12.5,
                    3.125,
                    1,
                    {},
                    {}},
                   {0,
                    cwtsim::experiment::Span::year,
                    "2026/27",
                    0.8,
                    12.5,
                    cwtsim::Estimate{0.75, {}, {}},
                    cwtsim::Estimate{0, 0, 0.17},
                    12.5,
                    3.125,
                    1,
                    {},
                    {}},
                   {0, cwtsim::experiment::Span::month, "2026-05", 0.8, 0, {}, {}, 0, 0, {}, {}, {}}};
  auto const csv = to_csv(table_named("standards", e));
  // A year would be counted twice by whoever adds up months; a month in which nobody was counted says nothing.
  CHECK(csv.substr(csv.find('\n') + 1) == "base,fds,provider,north,all,0.8,12.5,0.75,,,0,0,0.17,12.5,3.125,1,\n");
  CHECK(to_csv(table_named("years", e))
            .find("base,fds,provider,north,2026/27,0.8,12.5,0.75,,,0,0,0.17,12.5,3.125,1,,,\n") != std::string::npos);
}

TEST_CASE("there is a table of staff only where there are roles") {
  cwtsim::experiment::Estimates e;
  auto const named = [&e](std::string const& name) {
    for (auto const& table : all_tables(e))
      if (table.name == name) return to_csv(table);
    return std::string();
  };
  CHECK(named("staff").empty());
  e.arm = "base";
  e.staff = {{"north", "nurse", 5, cwtsim::Estimate{3.5, 3, 4, 33}, 0.25, 14, 12, 1, cwtsim::Estimate{1, 0, 2, 35}, 0.5,
              0.25, 0.25, 2}};
  auto const csv = named("staff");
  CHECK(csv.substr(csv.find('\n') + 1) == "base,north,nurse,5,3.5,3,4,0.25,14,12,1,1,0,2,0.5,0.25,0.25,2,35\n");
}

TEST_CASE("there is a table of rules only where there are some") {
  cwtsim::experiment::Estimates e;
  e.arm = "base";
  CHECK(all_tables(e).size() == 13);
  e.rules = {{"aid", "move", "ct", "north", 52, 0, {}, 0, 0, cwtsim::Estimate{12, 10, 14}, 3},
             {"more", "capacity", "ct", "north", 52, 2, cwtsim::Estimate{0.25, 0.2, 0.3}, 40, 600, {}, 0}};
  CHECK(all_tables(e).size() == 14);
  auto const csv = to_csv(table_named("rules", e));
  CHECK(csv.substr(csv.find('\n') + 1) ==
        "base,aid,move,ct,north,52,0,,0,0,12,3,10,14,\nbase,more,capacity,ct,north,52,2,0.25,40,600,,0,0.2,0.3,\n");
}

TEST_CASE("waits are patients a replication, by whole days") {
  cwtsim::experiment::Estimates e;
  e.arm = "base";
  e.completed = 4;
  e.standards = {{"fds", "28-day", 28, {}}};
  e.strata = {{0, "all", "all", 0}};
  e.waits = {{0, cwtsim::Estimate{2, {}, {}}, cwtsim::Estimate{2, 1, 3, 33}, 2, {0, 0, 8, 1}}};
  auto const csv = to_csv(table_named("waits", e));
  CHECK(csv.substr(csv.find('\n') + 1) == "base,fds,all,all,2,1\nbase,fds,all,all,3,0.125\n");
  auto const quantiles = to_csv(table_named("quantiles", e));
  CHECK(quantiles ==
        "arm,standard,dimension,value,share,days,ci_low,ci_high,replications_advised\n"
        "base,fds,all,all,0.5,2,,,\nbase,fds,all,all,0.9,2,1,3,33\n");
}

TEST_CASE("observed beside simulated, by place") {
  cwtsim::experiment::Estimates e;
  cwtsim::Estimate const simulated{0.75, 0.7, 0.8, 44};
  e.comparisons = {{"fds", "all", "all", true, 0.8, {}, simulated, {}, "2025-04 to 2026-03", "2026-10"},
                   {"fds", "provider", "north", true, 0.5, 100.0, simulated, cwtsim::Estimate{110, 100, 120}},
                   {"fds", "tumour", "lung", true, 0.5, {}, simulated, {}},
                   {"fds", "provider+tumour", "north+lung", true, 0.5, {}, {}, {}},
                   {"fds", "route", "screening", true, 0.5, {}, {}, {}},
                   {"fds", "group", "west", true, 0.5, {}, {}, {}}};
  auto const csv = to_csv(table_named("validation", e));
  CHECK(csv.substr(csv.find('\n') + 1) ==
        "all,all,fds,0.8,0.75,0.7,0.8,44,-0.05,2025-04 to 2026-03,2026-10\n"
        "north,all,fds,0.5,0.75,0.7,0.8,44,0.25,,\n"
        "all,lung,fds,0.5,0.75,0.7,0.8,44,0.25,,\n"
        "north,lung,fds,0.5,,,,,,,\n"
        "all,route: screening,fds,0.5,,,,,,,\n"
        "group: west,all,fds,0.5,,,,,,,\n");
  auto const volumes = to_csv(table_named("volumes", e));
  CHECK(volumes.substr(volumes.find('\n') + 1) == "north,all,fds,100,110,100,120,,10,,\n");
}
