#include "catch_compat.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/report/text.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

Estimates three_measures() {
  Estimates e;
  e.scenario = "Small";
  e.arm = "base";
  e.completed = 20;
  e.first_measured = to_date({2026, 4, 1});
  e.last_measured = to_date({2027, 3, 31});
  e.measured_days = 365;
  e.measures = {{"early", "Diagnosed early", "share", true, false, false},
                {"wait", "Wait for a scan", "days", false, false, true},
                {"visits", "Visits", "", false, true, false}};
  e.measure_strata = {{0, "all", "all", 0}, {1, "all", "all", 1}, {2, "all", "all", 2}, {0, "provider", "north", 3}};
  Measured early{
      0, Span::all, "all", 1200, Estimate{0.6, 0.58, 0.62}, Estimate{720, 700, 740}, 0.75, Estimate{0.05, 0.01, 0.25}};
  Measured wait{1,    Span::all,           "all", 800, Estimate{8.25, 8, 8.5}, Estimate{6600, 6500, 6700},
                10.0, Estimate{1, 0.83, 1}};
  Measured visits{2, Span::all, "all", 3000, Estimate{1, {}, {}}, Estimate{3000, 2900, 3100}, {}, {}};
  Measured north{3, Span::month, "2026-05", 50, Estimate{0.5, {}, {}}, Estimate{294, {}, {}}, {}, {}};
  Measured nobody{3, Span::month, "2026-06", 0, {}, Estimate{0, {}, {}}, {}, {}};
  e.measured = {early, wait, visits, north, nobody};
  return e;
}

}  // namespace

TEST_CASE("the table of measures has a row a stratum and span in which anything was recorded") {
  CHECK(files::to_csv(report::table_named("measures", three_measures())) ==
        "arm,measure,dimension,value,month,patients,mean,ci_low,ci_high,total,total_ci_low,total_ci_high,target,"
        "probability_met,probability_met_low,probability_met_high,replications_advised\n"
        "base,early,all,all,all,1200,0.6,0.58,0.62,720,700,740,0.75,0.05,0.01,0.25,\n"
        "base,wait,all,all,all,800,8.25,8,8.5,6600,6500,6700,10,1,0.83,1,\n"
        "base,visits,all,all,all,3000,1,,,3000,2900,3100,,,,,\n"
        "base,early,provider,north,2026-05,50,0.5,,,294,,,,,,,\n");
}

TEST_CASE("the report says what the measures came to, and nothing where there are none") {
  auto const text = report::text_report(three_measures(), report::Colour::off);
  INFO(text);
  CHECK(text.find("Measures: mean of those recorded (95% interval)\n") != text.npos);
  CHECK(text.find("  Diagnosed early     1,200 ") != text.npos);
  CHECK(text.find(" 60.0 (58.0 to 62.0) %\n") != text.npos);
  CHECK(text.find(" 75 % ") != text.npos);
  CHECK(text.find("at most 10") != text.npos);
  CHECK(text.find("3,000 (2,900 to 3,100) a year") != text.npos);
  Estimates none = three_measures();
  none.measures.clear();
  none.measure_strata.clear();
  none.measured.clear();
  CHECK(report::text_report(none, report::Colour::off).find("Measures") == std::string::npos);
  for (auto const& table : report::all_tables(none)) CHECK(table.name != "measures");
}

TEST_CASE("names too long for a line that begin alike are told by their ends") {
  auto e = three_measures();
  auto const gap = [](std::string const& name, std::string const& from, std::string const& to) {
    return GapBetween{true, 0, name, "deprivation", from, to, 20, Estimate{0.0869, 0.083, 0.09}, {}, {}};
  };
  e.gaps = {
      gap("bowel_by_deprivation", "lower_gastrointestinal+1_most_deprived", "lower_gastrointestinal+5_least_deprived"),
      gap("those_who_have_moved_once", "élan_and_then_again_first_of_it", "élan_and_then_again_not_at_all"),
      gap("short", "one_name_that_is_like_no_other", "5_least_deprived")};
  auto const text = report::text_report(e, report::Colour::off);
  INFO(text);
  CHECK(text.find("bowel_by_deprivat..  early  ..al+1_most_deprived  ..l+5_least_deprived  +8.7") != text.npos);
  CHECK(text.find("those_who_have_mo..  early  élan_and_..rst_of_it  élan_and_..ot_at_all  +8.7") != text.npos);
  CHECK(text.find("short                early  one_name_that_is_l..  5_least_deprived      +8.7") != text.npos);
}

TEST_CASE("names of measures, gaps and groups are told whole, targets and gaps from least to greatest by themselves") {
  auto e = three_measures();
  e.measures[0].label = "Found at stage 1 or 2, of those staged";
  e.gaps = {{true,
             0,
             "deprivation",
             "deprivation",
             "1_most_deprived",
             "5_least_deprived",
             20,
             Estimate{0.0869, 0.083, 0.09},
             {},
             {}},
            {true, 0, "trusts_and_tumours", "provider+tumour", "least", "greatest", 20, Estimate{0.615, 0.605, 0.628},
             0.622, 0.138}};
  e.comparisons = {{"fds", "all", "all", true, 0.809, {}, Estimate{0.808, 0.807, 0.808}, Estimate{218'021, {}, {}}}};
  auto const text = report::text_report(e, report::Colour::off);
  INFO(text);
  CHECK(text.find("  Found at stage 1 or 2, of those staged     1,200          60.0 (58.0 to 62.0) %\n") != text.npos);
  CHECK(text.find("  Found at stage 1 or 2, of those staged          75 %      5.0 (1.0 to 25.0)\n") != text.npos);
  CHECK(text.find("  deprivation  early  1_most_deprived  5_least_deprived  +8.7 (+8.3 to +9.0) points\n") !=
        text.npos);
  CHECK(text.find("  trusts_and_tumours      early  +61.5 (+60.5 to +62.8) points         62.2       13.8\n") !=
        text.npos);
  CHECK(text.find("  fds       all     218,021        80.9  80.8 (80.7 to 80.8)    -0.1\n") != text.npos);
}
