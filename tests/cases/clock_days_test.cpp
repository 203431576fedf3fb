// The days of each clock, as the tables tell them.

#include <set>
#include <tuple>

#include "cases/case.hpp"

using cases::Ran;

namespace {

/// The mean days of those whose clock stopped, by the histogram of waits.
double mean_wait(Ran const& ran, std::string const& standard) {
  double patients = 0, days = 0;
  for (auto const& row : ran.rows("waits", {{"standard", standard}, {"dimension", "all"}})) {
    patients += std::stod(row.at("patients"));
    days += std::stod(row.at("patients")) * std::stod(row.at("days"));
  }
  return days / patients;
}

}  // namespace

TEST_CASE("what the days of a clock went on adds up to the days that it counts") {
  for (auto const* name :
       {"overlapping_pauses_long", "two_courses_at_once", "several_subsequent_treatments", "clock_days_of_breaches"}) {
    INFO(name);
    Ran const ran(name);
    std::set<std::string> standards;
    for (auto const& row : ran.rows("clock_days")) standards.insert(row.at("standard"));
    CHECK_FALSE(standards.empty());
    for (auto const& standard : standards) {
      INFO(standard);
      double days = 0;
      for (auto const& row :
           ran.rows("clock_days", {{"standard", standard}, {"who", "all"}, {"whose", "patients"}, {"one_in", "1"}}))
        if (row.at("account") != "paused") days += std::stod(row.at("days"));
      CHECK(days == Approx(mean_wait(ran, standard)).epsilon(1e-4));
    }
  }
}

TEST_CASE("pauses stand apart: 70 days of which 40 are taken off") {
  Ran const ran("overlapping_pauses_long");
  CHECK(ran.sum("clock_days", {{"who", "all"}, {"whose", "patients"}, {"account", "paused"}}, "days") == Approx(40));
}

TEST_CASE("of two patients one breaches, who waited a week more for the scan") {
  Ran const ran("clock_days_of_breaches");
  // from Monday 00:00, two days after the referral, to Tuesday 09:00 or that of the next week; an hour there, and three
  // days until Friday 10:00: ten hours that whole dates do not count
  auto const days = [&](std::string const& who, std::string const& account) {
    return ran.sum("clock_days", {{"who", who}, {"account", account}}, "days");
  };
  for (auto const& [who, closed, counted] : {std::tuple{"all", (1 + 7) / 2.0, 9.5}, {"breached", 7.0, 13.0}}) {
    INFO(who);
    CHECK(days(who, "before") == Approx(2));
    CHECK(days(who, "service") == Approx(1 / 24.0).epsilon(1e-4));
    CHECK(days(who, "delay") == Approx(3));
    CHECK(days(who, "dates") == Approx(-10 / 24.0).epsilon(1e-4));
    CHECK(days(who, "closed") == Approx(closed));
    CHECK(days(who, "closed") + days(who, "waiting") == Approx(counted - 2 - 3 - 1 / 24.0 + 10 / 24.0).epsilon(1e-4));
    CHECK(ran.sum("clock_days", {{"who", who}}, "days") == Approx(counted));
    CHECK(ran.sum("clock_days", {{"who", who}}, "share") == Approx(1));
  }
  CHECK(has(ran.said.out, "26 clocks stop a year at this rate, and 13 of them breach."));
  CHECK(has(ran.said.out, "8.4 waiting on lists or outside them, 3.0 delays"));
}
