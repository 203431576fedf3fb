// What is a year, and how it is called.

#include "catch_compat.hpp"
#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

TEST_CASE("a year is called by its months unless it is April to March, and what is in none is told") {
  auto const from = [](int year, int month, int day, std::int32_t days) {
    auto m = two_year_model();
    m.first_day = to_date({year, month, day});
    m.days = static_cast<std::uint32_t>(days);
    m.end = m.days * 1440;
    m.names.months.clear();
    m.month_of_day.clear();
    for (std::int32_t d = 0; d < days; ++d) {
      auto const name = format_month(m.first_day + d);
      if (m.names.months.empty() || m.names.months.back() != name) m.names.months.push_back(name);
      m.month_of_day.push_back(static_cast<model::Index16>(m.names.months.size() - 1));
    }
    m.months = static_cast<std::uint32_t>(m.names.months.size());
    m.standards[0].targets.assign(m.months, 0.8);
    return estimate(m, Experiment{}, "base", {});
  };
  using Names = std::vector<std::string>;
  CHECK(from(2026, 4, 1, 365).years == Names{"2026/27"});
  CHECK(from(2099, 4, 1, 365).years == Names{"2099/00"});
  CHECK(from(2026, 1, 1, 730).years == Names{"Jan-Dec 2026", "Jan-Dec 2027"});
  CHECK(from(2026, 10, 1, 365).years == Names{"Oct 2026-Sep 2027"});
  CHECK(from(2026, 2, 1, 365).years == Names{"Feb 2026-Jan 2027"});
  CHECK(from(2026, 4, 1, 365).in_no_year.empty());
  // from the first whole month on
  auto const ragged = from(2026, 3, 15, 430);
  CHECK(ragged.years == Names{"2026/27"});
  CHECK(ragged.in_no_year == "2026-03-15 to 2026-03-31 and 2027-04-01 to 2027-05-18");
  CHECK(ragged.all_as_a_year.empty());
  auto const odd = from(2026, 10, 15, 365);
  CHECK(odd.years.empty());
  CHECK(odd.all_as_a_year == "12 months from 15 Oct 2026");
  CHECK(from(2026, 4, 1, 364).all_as_a_year == "364 days from 1 Apr 2026");
  CHECK(from(2027, 10, 15, 366).all_as_a_year == "12 months from 15 Oct 2027");
  CHECK(from(2026, 10, 15, 363).all_as_a_year.empty());
  CHECK(from(2026, 10, 15, 368).all_as_a_year.empty());
}
