// What is a year, and how it is called.

#include "catch_compat.hpp"
#include "three_replications.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

TEST_CASE("years have their own attainment, probability and range") {
  auto const e = estimate(two_year_model(), three(), "base", {});
  CHECK(e.years == std::vector<std::string>{"2026/27", "2027/28"});
  auto const second = find(e, "all", "all", "2027/28");
  CHECK(second.attainment->value == Approx(0.75));
  CHECK(second.probability_met->value == Approx(1.0 / 3));
  CHECK(*second.probability_met->low == Approx(0.0084037587));  // the exact interval of one of three
  CHECK(*second.probability_met->high == Approx(0.9057006760));
  // logits of 0.70, 0.75 and 0.80 have the mean 1.1107350 and the standard deviation 0.2697026
  CHECK(*second.range_low == Approx(1 / (1 + std::exp(t_975(2) * 0.2697026 * std::sqrt(4.0 / 3) - 1.1107350))));
  CHECK(*second.range_high == Approx(1 / (1 + std::exp(-t_975(2) * 0.2697026 * std::sqrt(4.0 / 3) - 1.1107350))));
  auto const& any = e.any_year[0];
  CHECK(any.years == 6);
  CHECK(any.patients == Approx(1200));
  CHECK(*any.range_low < 0.6);  // two degrees of freedom
  CHECK(*any.range_high > 0.9);
  CHECK(e.any_year[2].stratum == 2);
}

TEST_CASE("a target that changes is that of the last month of a year, and all the time has none") {
  auto m = two_year_model();
  for (std::size_t i = 12; i < 24; ++i) m.standards[0].targets[i] = 0.9;
  auto const e = estimate(m, three(m), "base", {});
  CHECK(*find(e, "all", "all", "2026/27").target == Approx(0.8));
  CHECK(*find(e, "all", "all", "2027/28").target == Approx(0.9));
  CHECK_FALSE(find(e, "all", "all", "all").target);  // its years differ
  CHECK_FALSE(find(e, "all", "all", "all").probability_met);
  CHECK_FALSE(find(e, "all", "all", "all").more_to_meet_target);
  CHECK(find(e, "all", "all", "all").attainment);
  m.standards[0].targets[3] = 0.7;  // within a year
  CHECK(*find(estimate(m, three(m), "base", {}), "all", "all", "2026/27").target == Approx(0.8));
  m.standards[0].targets.assign(24, 0.8);
  m.standards[0].targets[3] = 0.7;  // the years end alike
  CHECK(*find(estimate(m, three(m), "base", {}), "all", "all", "all").target == Approx(0.8));
  m.standards[0].targets.assign(24, std::nan(""));
  auto const none = estimate(m, three(m), "base", {});
  CHECK_FALSE(find(none, "all", "all", "all").target);
  CHECK_FALSE(find(none, "all", "all", "all").probability_met);
}

TEST_CASE("patients and breaches are a year's, and so many more in time would just meet the target") {
  auto m = two_year_model();
  m.standards[0].targets.assign(24, 0.801);
  auto const e = estimate(m, three(m), "base", {});
  auto const all = find(e, "all", "all", "all");
  // 2400 patients in 731 days, 80 % of them in time
  CHECK(all.patients_a_year == Approx(2400 * 365.0 / 731));
  CHECK(all.breaches_a_year == Approx(480 * 365.0 / 731));
  CHECK(all.more_to_meet_target == 2);  // 0.001 of 1198.4
  auto const first = find(e, "all", "all", "2026/27"), second = find(e, "all", "all", "2027/28");
  CHECK(first.patients_a_year == Approx(1200));
  CHECK(first.more_to_meet_target == 0);    // 85 %
  CHECK(second.more_to_meet_target == 62);  // 961.2 wanted, 900 in time
  auto const april = find(e, "all", "all", "2026-04");
  CHECK(april.patients_a_year == Approx(100 * 365.0 / 30));
  m.standards[0].targets.assign(24, 0.75);
  CHECK(find(estimate(m, three(m), "base", {}), "all", "all", "2027/28").more_to_meet_target == 0);  // 900 of 1200
  m.standards[0].targets.assign(24, 901.0 / 1200);
  CHECK(find(estimate(m, three(m), "base", {}), "all", "all", "2027/28").more_to_meet_target == 1);
  auto const nobody = find(e, "provider", "south", "all");
  CHECK(nobody.patients_a_year == 0);
  CHECK_FALSE(nobody.more_to_meet_target);
}

TEST_CASE("a measured year that is not of calendar months is a year all the same") {
  auto m = two_year_model();
  m.measure_from = 1440;
  m.end = 366 * 1440;
  m.months = 13;
  m.names.months.resize(13);
  Experiment none;
  auto const e = estimate(m, none, "base", {});
  CHECK(e.years.empty());
  CHECK(e.all_as_a_year == "12 months from 2 Apr 2026");
  CHECK(e.in_no_year.empty());
}

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
