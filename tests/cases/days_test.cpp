// Where the days go, means of one set of people, and clocks that pause.

#include "cases/case.hpp"

using cases::Ran;

TEST_CASE("every stay is 40 days: the mean time taken is 40, or there is none") {
  Ran const ran("constant_step_mean_time_taken");
  CHECK(ran.said.code == 0);
  CHECK(ran.number("steps", {}, "mean_service_days") == 40);
}

TEST_CASE("every stay is 30 days while demand falls: the mean is 30") {
  Ran const ran("mean_of_a_falling_stream", {"--with", cases::path_of("mean_of_a_falling_stream.levers.json")});
  CHECK(ran.number("steps", {}, "mean_service_days") == 30);
}

TEST_CASE("five visits, seven days apart: the days between are in the table") {
  Ran const ran("days_repeats_every");
  CHECK(ran.sum("days", {}, "days") == Approx(28 + 1. / 24 * 1).epsilon(1e-4));
}

TEST_CASE("two patients, the second held for three days: 11 patient-days") {
  Ran const ran("held_between_units");
  CHECK(ran.sum("days", {{"whose", "patients"}}, "days") == Approx(11).margin(0.1));
  CHECK(ran.number("days", {{"step", "p/a"}, {"account", "held"}}, "days") == Approx(3));
}

TEST_CASE("three patients held in the emergency department until the one bed is free") {
  Ran const ran("held_in_bed_until_ward_free");
  constexpr double minutes = 24 * 60;
  CHECK(minutes * ran.sum("days", {}, "days") == Approx(585).margin(0.05));
  CHECK(minutes * ran.sum("days", {{"account", "held"}}, "days") == Approx(185).margin(0.01));
}

TEST_CASE("blocked beds: the stay that costs a bed is in the table, days held apart") {
  Ran const ran("blocked_bed_days");
  auto const stay = ran.number("measures", {{"month", "all"}}, "mean");
  CHECK(stay == Approx(5.44));
  csv::Row const acute{{"step", "p/acute"}};
  CHECK(ran.number("steps", acute, "mean_stay_days") > ran.number("steps", acute, "mean_service_days"));
}

TEST_CASE("two pauses at once are taken off once") {
  Ran const ran("overlapping_pauses_long");
  CHECK(ran.number("waits", {}, "days") == 30);
}

TEST_CASE("a second course while the first clock runs is told") {
  Ran const ran("two_courses_at_once");
  CHECK(has(ran.said.out, "Starts that came while the patient's clock ran, and began none: 1.0 a replication"));
  CHECK(ran.rows("clocks").at(0).at("second_starts") == "1");
}

TEST_CASE("three treatments one after another: 10, 20 and 40 days") {
  Ran const ran("several_subsequent_treatments");
  std::vector<std::string> days;
  for (auto const& row : ran.rows("waits", {{"dimension", "all"}})) days.push_back(row.at("days"));
  CHECK(days == std::vector<std::string>{"10", "20", "40"});
}
