// A comparison of arms as text.

#include "cwtsim/report/compare.hpp"

#include "catch_compat.hpp"
#include "cwtsim/files/table.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

/// Two standards, one ledger, and so many arms that gain so many points of the first.
Differences gaining(std::vector<double> const& points) {
  Differences d;
  d.names.scenario = "Clinic";
  d.names.standards = {{"d28", "28 days", 28, {}, 0}, {"d62", "d62", 62, {}, 0}};
  d.names.strata = {{0, "all", "all", 0}, {1, "all", "all", 1}};
  d.names.ledgers = {{"cash", "Cash", "cash"}};
  d.names.seed = 7;
  d.names.first_measured = to_date({2026, 4, 1});
  d.names.last_measured = to_date({2028, 3, 31});
  d.arms = {{"base", "base", "clinic.json", "", ""}};
  d.limited = {0};
  d.replications = 40;
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::size_t const arm = i + 1;
    d.arms.push_back({"a" + std::to_string(arm), "Plan " + std::to_string(arm), "clinic.json", "", ""});
    d.limited.push_back(0);
    for (std::size_t s = 0; s < 2; ++s) {
      double const gain = s == 0 ? points[i] / 100 : 0;
      double const reach = s == 0 ? 0.004 : 0;
      ArmDifference row{arm,
                        Figures::attainment,
                        s,
                        s,
                        "all",
                        0.75,
                        0.75 + gain,
                        {gain, gain - reach, gain + reach, 0},
                        reach / 2,
                        gain - reach - 0.001,
                        gain + reach + 0.001,
                        {}};
      if (s == 0) row.saved = 4.0 * static_cast<double>(arm);
      if (s == 1) row.low_of_all = row.high_of_all = 0;
      d.rows.push_back(row);
    }
  }
  return d;
}

/// Where words stand, however wide the space between two of them is.
std::size_t place_of(std::string const& text, std::string const& words) {
  INFO(text);
  std::string narrow;
  for (char const c : text) {
    bool const space = c == ' ' || c == '\n';
    if (!space || (!narrow.empty() && narrow.back() != ' ')) narrow += space ? ' ' : c;
  }
  REQUIRE(narrow.find(words) != std::string::npos);
  return narrow.find(words);
}

}  // namespace

TEST_CASE("arms stand in order of what they gain, and more and less are said where they are sure for all arms") {
  auto const text = report::compare_text(gaining({0.3, 2, -1}), 0, report::Colour::off);
  place_of(text,
           "Clinic: 3 arms against base 40 replications of each arm, seed 7: the same patients with the same luck");
  place_of(text, "base 75.0% 75.0%");
  auto const first = place_of(text, "a2 Plan 2 +2.0 (+1.6 to +2.4) more");
  auto const second = place_of(text, "a1 Plan 1 +0.3 (-0.1 to +0.7) ");
  auto const third = place_of(text, "a3 Plan 3 -1.0 (-1.4 to -0.6) less");
  CHECK(first < second);
  CHECK(second < third);
  place_of(text, "d28: 28 days.");
  place_of(text, "4.0 to 12 times as many replications (half of the arms 8.0 or fewer)");
  CHECK(text.find("What each patient") == std::string::npos);
  // by the other standard all are alike, and stay in their own order
  auto const other = report::compare_text(gaining({0.3, 2, -1}), 1, report::Colour::off);
  CHECK(place_of(other, "Plan 1") < place_of(other, "Plan 2"));
  CHECK(other.find("What the same luck saves") == std::string::npos);
}

TEST_CASE("narrow intervals are told with more decimals, and twenty arms are enough for a page") {
  auto d = gaining(std::vector<double>(21, 0.05));
  for (auto& row : d.rows)
    if (row.of == 0) row.difference.low = 0.0002, row.difference.high = 0.0008;
  auto const text = report::compare_text(d, 0, report::Colour::off);
  place_of(text, "+0.05 (+0.02 to +0.08)");
  place_of(text, "Plan 20 ");
  CHECK(text.find("Plan 21 ") == std::string::npos);
  place_of(text, "And 1 more, with less to gain (differences.csv).");
  for (std::size_t from = 0; from < text.size(); from = text.find('\n', from) + 1)
    CHECK(text.find('\n', from) - from <= 100);
}

TEST_CASE("the best arm is told with those that are as good, and how sure that is") {
  auto d = gaining({1, 1, 0});
  d.best = {{0, 1, {2}, 0.8312, 0}};
  place_of(report::compare_text(d, 0, report::Colour::off),
           "Plan 1 meets d28 most often; Plan 2 just as often; that no other arm does better is 83 % sure.");
  d.best[0].confidence = 1;
  place_of(report::compare_text(d, 0, report::Colour::off), "is more than 99.9 % sure");
  d.best[0].advised = 318;
  place_of(report::compare_text(d, 0, report::Colour::off),
           "99.9 % sure. 40 replications are too few to vouch for that; 318 are advised.");
  d.best[0].confidence.reset();
  CHECK(report::compare_text(d, 0, report::Colour::off).find("Which is best") == std::string::npos);
}

TEST_CASE("pounds a patient in time, the cheapest first, and said where it is not clear") {
  auto d = gaining({2, 1, 0.1});
  auto const row = [&](std::size_t arm, double in_time, double pounds, std::optional<Estimate> each) {
    ArmDifference more = d.rows[0], spent = d.rows[0];
    more.difference = {in_time, in_time - 5, in_time + 5, 0};
    spent.difference = {pounds, pounds, pounds, 0};
    return PoundsEach{arm, 0, 0, more, spent, each};
  };
  d.pounds_each = {row(1, 100, 500'000, Estimate{5000, 4762, 5263, 0}),
                   row(2, 50, 50'000, Estimate{1000, 909, 1111, 0}), row(3, 2, 10'000, {})};
  auto const text = report::compare_text(d, 0, report::Colour::off);
  auto const cheapest = place_of(text, "Plan 2 +50 +50,000 1,000 (909 to 1,111)");
  auto const next = place_of(text, "Plan 1 +100 +500,000 5,000 (4,762 to 5,263)");
  auto const last = place_of(text, "Plan 3 +2 +10,000 not clear");
  CHECK(cheapest < next);
  CHECK(next < last);
  for (auto& each : d.pounds_each) each.pounds.difference.value = 0;  // a ledger in which nobody spends
  CHECK(report::compare_text(d, 0, report::Colour::off).find("What each patient") == std::string::npos);
}

TEST_CASE("replications that ended early, and none in common, are said") {
  auto d = gaining({1});
  d.limited[1] = 3;
  place_of(report::compare_text(d, 0, report::Colour::off),
           "3 replications of Plan 1 hit a limit or froze: they are compared in no arm.");
  d.replications = 0;
  place_of(report::compare_text(d, 0, report::Colour::off), "nothing can be compared");
}

TEST_CASE("the tables of a comparison hold what its rows say") {
  auto d = gaining({1});
  d.best = {{0, 1, {0}, 0.9, 318}};
  auto more = d.rows[0];
  d.pounds_each = {{1, 0, 0, more, more, Estimate{5, 4, 6, 0}}};
  auto const tables = report::compare_tables(d);
  REQUIRE(tables.size() == 4);
  CHECK(files::to_csv(tables[0]) ==
        "arm,name,scenario,lever_files,options,replications,limited\n"
        "base,base,clinic.json,,,40,0\n"
        "a1,Plan 1,clinic.json,,,40,0\n");
  CHECK(files::to_csv(tables[1]) ==
        "arm,figure,name,dimension,value,month,first,other,difference,ci_low,ci_high,all_low,all_high,saved,"
        "replications_advised\n"
        "a1,attainment,d28,all,all,all,0.75,0.76,0.01,0.006,0.014,0.005,0.015,4,\n");  // of d62 all is the same
  CHECK(files::to_csv(tables[2]) == "standard,arm,as_good,confidence,replications_advised\nd28,a1,base,0.9,318\n");
  CHECK(files::to_csv(tables[3]) ==
        "arm,standard,ledger,in_time,in_time_low,in_time_high,pounds,pounds_low,pounds_high,each,each_low,each_high\n"
        "a1,d28,cash,0.01,0.006,0.014,0.01,0.006,0.014,5,4,6\n");
}
