// What is counted month by month.

#include <algorithm>

#include "catch_compat.hpp"
#include "three_replications.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

TEST_CASE("a month of servers: hours a week of its own days, and what was worked after closing is not of the opening") {
  auto model = two_year_model();
  model.eras[0].resources[0].kind = model::ResourceKind::servers;
  auto results = three_results();
  for (auto& r : results) {
    auto& april = r.resource_months[0];
    april.open_ticks = 300 * 60, april.busy_ticks = 320 * 60, april.overrun_ticks = 50 * 60;
    april.starts = 40, april.wait_ticks = 40 * 1440 * 3;
  }
  auto const e = estimate(model, experiment_of(model, results), "base", {});
  REQUIRE(e.resource_months.size() == 24);
  auto const& april = e.resource_months[0];
  double const weeks = 30 / 7.0;
  CHECK(april.days == 30);
  CHECK(april.offered_per_week == Approx(300 / weeks));
  CHECK(april.used_per_week == Approx(320 / weeks));
  CHECK(april.overrun_per_week == Approx(50 / weeks));
  CHECK(*april.utilisation == Approx(0.9));
  CHECK(*april.mean_wait_days == Approx(3));
  CHECK_FALSE(e.resource_months[1].utilisation);  // nothing was open in May
  CHECK_FALSE(e.resource_months[1].mean_wait_days);
}

TEST_CASE("a month of which no day began while it was measured says nothing of posts") {
  auto results = three_results();
  for (auto& r : results)
    for (std::size_t m = 1; m < 24; ++m) r.staff_months[m].days = 30, r.staff_months[m].posts = 30 * 2'000'000;
  auto const e = estimate(two_year_model(), experiment_of(two_year_model(), results), "base", {});
  REQUIRE(e.staff_months.size() == 23);
  CHECK(e.staff_months[0].month == 1);
  CHECK(std::ranges::all_of(e.staff_months, [](auto const& row) { return row.posts == Approx(2); }));
}

TEST_CASE("each of two roles has months of its own") {
  auto model = two_year_model();
  model.names.staff = {"north/nurse", "south/nurse"};
  model.eras[0].staff.resize(2);
  auto results = three_results();
  for (auto& r : results) {
    r.staff.resize(2);
    r.staff_months.assign(2 * 24, {});
    for (std::size_t m = 0; m < 24; ++m)
      for (std::size_t i = 0; i < 2; ++i) {
        auto& month = r.staff_months[m * 2 + i];
        month.days = 30, month.posts = 30 * (10 * (i + 1) + m) * 1'000'000;
      }
  }
  auto const e = estimate(model, experiment_of(model, results), "base", {});
  REQUIRE(e.staff_months.size() == 2 * 24);
  for (auto const& row : e.staff_months)
    CHECK(row.posts == Approx(static_cast<double>(10 * (row.role + 1) + row.month)));
}
