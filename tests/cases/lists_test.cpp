// The first waiting list: what those on it have been through, and lists of hospitals as they are.

#include "cases/case.hpp"

using cases::Ran;

TEST_CASE("those who have waited 45 days and give up after 50 do so on day 50 of their wait") {
  Ran const ran("giving_up_of_the_first_list");
  csv::Row const all{{"month", "all"}, {"dimension", "all"}};
  CHECK(ran.number("measures", all, "mean") == 50);
  // five wait: one is seen on the first evening, after 45 days and 23 hours; the others give up after 50
  CHECK(ran.number("steps", {{"step", "p/v"}}, "mean_wait_days") == Approx(45 + 23. / 24));
}

TEST_CASE("a patient tracking list is read as it leaves the hospital's system") {
  Ran const ran("ptl", {"--replications", "3"});
  CHECK(ran.said.code == 0);
  CHECK(has(ran.said.err, "3 of the 5 columns of the waiting list are not used: Pathway ID, Surname, Comments"));
  Ran const rows("ptl_rows", {"--replications", "3"});
  for (auto const* table : {"standards", "waits", "waiting_list", "steps", "days", "replications"}) {
    INFO(table);
    CHECK(ran.rows(table) == rows.rows(table));
  }
}

TEST_CASE("a lever makes ten of the five in the file") {
  std::vector<std::string> const alone{"--replications", "3", "--set", "/demand/gp_urgent/per_week=0"};
  auto twice = alone;
  twice.insert(twice.end(), {"--with", cases::path_of("ptl.levers.json")});
  csv::Row const first{{"step", "clinic/first_appointment"}};
  CHECK(Ran("ptl", alone).number("steps", first, "visits") == 5);
  CHECK(Ran("ptl", twice).number("steps", first, "visits") == 10);
}
