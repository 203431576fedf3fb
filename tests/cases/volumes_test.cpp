// Volumes are patients, over whole weeks; observed figures are compared over the dates they are of.

#include "cases/case.hpp"

using cases::Ran;

TEST_CASE("ten patients a week in batches of two are ten a week") {
  Ran const ran("batch_counts", {"--replications", "100"});
  // 100 years of 52 weeks: five standard errors of 52 * 10 patients in twos are 1.6 in a year
  CHECK(ran.number("steps", {{"step", "p/v"}}, "visits") == Approx(520).margin(5 * std::sqrt(2 * 520.) / 10));
  CHECK(has(cases::checked("batch_counts").out, "10.0 slots/week wanted"));
}

TEST_CASE("a volume a week with a profile by weekday is met over whole weeks") {
  // four whole weeks from a Monday, of which 365 days have 53; all come on Mondays
  auto const said = cases::checked(
      "small_clinic",
      {"--set", "/pathways/clinic/steps/first_appointment/did_not_attend/share=0", "--set",
       "/horizon/starts=2027-02-01", "--set", "/horizon/warm_up=0 weeks", "--set", "/horizon/run_for=28 days", "--set",
       "/horizon/bank_holidays=none", "--set",
       R"(/profiles/weekdays/weekdays={"mon": 1, "tue": 0, "wed": 0, "thu": 0, "fri": 0, "sat": 0, "sun": 0})"});
  INFO(said.out << said.err);
  CHECK(has(said.out, "clinic at hospital: 30.0 slots/week wanted"));
}

TEST_CASE("figures of eleven days of a month are refused") {
  auto const said = cases::checked("observed_of_eleven_days");
  CHECK(said.code == 2);
  CHECK(has(said.err, "/observed/fds/from"));
  CHECK(has(said.err, "they begin on 2026-10-10, within a month"));
  CHECK(has(said.err, "they end on 2026-10-20, within a month"));
}

TEST_CASE("figures of a month, and of the months that are measured, are compared with these") {
  std::string const observed = "/observed/fds/";
  Ran const october("observed_of_eleven_days", {"--replications", "5", "--set", observed + "from=2026-10-01", "--set",
                                                observed + "until=2026-10-31"});
  CHECK(october.said.code == 0);
  CHECK(october.cell("validation", {}, "observed_months") == "2026-10");
  CHECK(october.cell("validation", {}, "simulated_months") == "2026-10");
  CHECK(october.number("validation", {}, "simulated") ==
        Approx(october.number("standards", {{"month", "2026-10"}, {"dimension", "all"}}, "attainment")));
  // another year: all that is measured stands beside it, and the table says so; 30 September is the last day but the
  // first is none of a month
  Ran const before("observed_of_eleven_days", {"--replications", "5", "--set", observed + "from=2024-04-01", "--set",
                                               observed + "until=2025-03-31"});
  CHECK(before.cell("validation", {}, "observed_months") == "2024-04 to 2025-03");
  CHECK(before.cell("validation", {}, "simulated_months") == "2026-09 to 2027-09");
  // from the first to the last day that is measured
  Ran const all("observed_of_eleven_days",
                {"--replications", "5", "--set", observed + "from=2026-09-30", "--set", observed + "until=2027-09-29"});
  CHECK(all.said.code == 0);
  CHECK(all.number("validation", {}, "simulated") ==
        Approx(all.number("standards", {{"month", "all"}, {"dimension", "all"}}, "attainment")));
  // a day more or less is within a month again
  for (auto const* from : {"2026-09-29", "2026-10-02"})
    CHECK(cases::checked("observed_of_eleven_days",
                         {"--set", observed + "from=" + from, "--set", observed + "until=2027-09-29"})
              .code == 2);
  CHECK(cases::checked("observed_of_eleven_days",
                       {"--set", observed + "from=2026-09-30", "--set", observed + "until=2027-09-28"})
            .code == 2);
}
