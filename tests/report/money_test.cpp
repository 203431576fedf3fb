#include "catch_compat.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/report/text.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

Estimates with_money() {
  Estimates e;
  e.scenario = "Small";
  e.arm = "base";
  e.completed = 20;
  e.first_measured = to_date({2026, 4, 1});
  e.last_measured = to_date({2028, 3, 30});
  e.measured_days = 730;
  e.standards = {{"fds", "28 days", 28, {}}};
  e.measures = {{"early", "Diagnosed early", "share", true, false, false},
                {"wait", "Wait", "days", false, false, true}};
  e.gaps = {{false, 0, "trusts", "provider", "least", "greatest", 20, Estimate{0.35, 0.3, 0.4}, 0.5, 0.45},
            {true, 0, "poor", "deprivation", "least", "most", 20, Estimate{-0.081, -0.09, -0.07, 36}, {}, {}},
            {true, 1, "sex", "sex", "f", "m", 0, {}, {}, {}}};
  e.ledgers = {{"cash", "Cash", "cash"}};
  e.pounds = {{0, "all", "all", Span::all, "all", Estimate{1'000'000, 900'000, 1'100'000}},
              {0, "all", "all", Span::month, "2026-05", Estimate{40'000, {}, {}}},
              {0, "step", "lung/ct", Span::all, "all", Estimate{5000, {}, {}}},
              {0, "intervention", "Scanner", Span::all, "all", Estimate{400'000, {}, {}}}};
  return e;
}

}  // namespace

TEST_CASE("the table of gaps names the standard or measure, the groups and the difference") {
  CHECK(files::to_csv(report::table_named("gaps", with_money())) ==
        "arm,kind,name,gap,by,from,to,value,ci_low,ci_high,shown,by_chance,replications_advised\n"
        "base,standard,fds,trusts,provider,least,greatest,0.35,0.3,0.4,0.5,0.45,\n"
        "base,measure,early,poor,deprivation,least,most,-0.081,-0.09,-0.07,,,36\n"
        "base,measure,wait,sex,sex,f,m,,,,,,\n");
}

TEST_CASE("the table of ledgers has a row an account and span") {
  CHECK(files::to_csv(report::table_named("ledgers", with_money())) ==
        "arm,ledger,kind,dimension,value,month,pounds,ci_low,ci_high,replications_advised\n"
        "base,cash,cash,all,all,all,1000000,900000,1100000,\n"
        "base,cash,cash,all,all,2026-05,40000,,,\n"
        "base,cash,cash,step,lung/ct,all,5000,,,\n"
        "base,cash,cash,intervention,Scanner,all,400000,,,\n");
}

TEST_CASE("the report says the gaps in points or units, and the money by the year") {
  auto const text = report::text_report(with_money(), report::Colour::off);
  INFO(text);
  CHECK(text.find("+35.0 (+30.0 to +40.0) points") != text.npos);
  CHECK(text.find("+35.0 (+30.0 to +40.0) points         50.0       45.0\n") != text.npos);
  CHECK(text.find("-8.1 (-9.0 to -7.0)* points") != text.npos);
  CHECK(text.find("* 20 replications are too few to vouch for this interval; 36 are advised.") != text.npos);
  CHECK(text.find("500 (450 to 550)\n") != text.npos);  // thousands, of one of two years
  CHECK(text.find("Scanner") != text.npos);
  CHECK(text.find("lung/ct") == text.npos);
  auto none = with_money();
  none.gaps.clear();
  none.ledgers.clear();
  none.pounds.clear();
  auto const without = report::text_report(none, report::Colour::off);
  CHECK(without.find("Gaps") == without.npos);
  CHECK(without.find("Money") == without.npos);
  for (auto const& table : report::all_tables(none)) CHECK((table.name != "gaps" && table.name != "ledgers"));
}
