// Measures, gaps and ledgers from the file of a lever to the tables.

#include "catch_compat.hpp"
#include "program.hpp"

namespace {

std::string levers(Folder const& folder, std::string const& name, std::string const& per_year) {
  std::string const path = folder / name;
  std::ofstream(path)
      << R"({"schema": 1, "name": "Navigators", "costs": {"posts": {"ledger": "cash", "fund": "Alliance", "per_year": )"
      << per_year << R"(}}, "levers": {
    "ledgers": {"pointer": "/ledgers", "set": {"cash": {"label": "Cash"}}},
    "prices": {"pointer": "/pathways/clinic/steps/first_appointment/costs", "set": {"cash": 120}},
    "measures": {"pointer": "/measures", "set": {"visits": {"on": "referred"}, "wait": {"on": "informed", "days_since": "referred", "by": "provider", "unit": "days",
      "gaps": {"trusts": {"by": "provider", "at_least": 1}}}}}}})";
  return path;
}

}  // namespace

TEST_CASE("measures, gaps and ledgers have their tables, are in the report, and are gone on with") {
  Folder const folder;
  auto const file = levers(folder, "a.json", "36500");
  auto const run = [&](std::string const& with, std::string const& replications, std::string const& out) {
    return run_program({"run", tiny, "--with", with, "--replications", replications, "--out", folder / out});
  };
  auto const six = run(file, "6", "six");
  INFO(six.err);
  REQUIRE(six.code == 0);
  CHECK(has(six.out, "Measures: mean of those recorded"));
  CHECK(has(six.out, "Gaps between groups"));
  CHECK(has(six.out, "Money: thousand pounds a year"));
  CHECK(has(text_of(folder / "six/measures.csv"), ",wait,provider,hospital,all,"));
  CHECK(has(text_of(folder / "six/gaps.csv"), ",measure,wait,trusts,provider,least,greatest,"));
  auto const ledgers = text_of(folder / "six/ledgers.csv");
  CHECK(has(ledgers, ",cash,cash,step,clinic/first_appointment,all,"));
  CHECK(has(ledgers, ",cash,cash,fund,Alliance,all,36500,,,\n"));
  CHECK(has(text_of(folder / "six/scenario.json"), "\"fund\": \"Alliance\""));
  // shorter first, then as long
  REQUIRE(run(file, "3", "grown").code == 0);
  REQUIRE(run(file, "6", "grown").code == 0);
  for (auto const* table : {"measures.csv", "gaps.csv", "ledgers.csv"})
    CHECK(text_of(folder / "grown/" + table) == text_of(folder / "six/" + table));
  // other costs, another run
  auto const other = run(levers(folder, "b.json", "50000"), "6", "six");
  CHECK(other.code == 2);
  CHECK(has(other.err, "of another state of the scenario"));
}

TEST_CASE("the tables of what a scenario does not have are not written") {
  Folder const folder;
  REQUIRE(run_program({"run", tiny, "--replications", "2", "--quiet", "--out", folder / "out"}).code == 0);
  for (auto const* table : {"measures.csv", "gaps.csv", "ledgers.csv"})
    CHECK_FALSE(std::filesystem::exists(folder / "out/" + table));
  auto const help = run_program({"help", "tables"}).out;
  for (auto const* table : {"## measures.csv", "## gaps.csv", "## ledgers.csv"}) CHECK(has(help, table));
}
