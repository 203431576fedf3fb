#include "cwtsim/model/timetable.hpp"

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

constexpr std::uint8_t monday = 1, tuesday = 2, sunday = 64;

/// From a Sunday, 3 May 2026, with the bank holiday of the Monday after it; 14 days.
model::Model from_sunday() {
  Parts p;
  p.starts = "2026-05-03";
  p.bank_holidays = "england";
  p.run_for = "14 days";
  p.profiles = R"("week": {"weekdays": {"mon": 2, "tue": 1, "wed": 1, "thu": 1, "fri": 1, "sat": 1, "sun": 0},
      "holidays": 0.5})";
  p.steps = R"("first": {"kind": "end"})";
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_day": 70, "profile": "week"})";
  return model_of(p);
}

}  // namespace

TEST_CASE("what is held on a day is a matter of its weekday, bank holidays and the week") {
  auto const m = from_sunday();  // days 0 and 7 are Sundays, 1 and 8 Mondays, 1 is a bank holiday
  CHECK(held(m, {monday}, 1));
  CHECK(!held(m, {monday}, 2));
  CHECK(held(m, {tuesday}, 2));
  CHECK(held(m, {monday | tuesday}, 8));
  CHECK(!held(m, {monday, true}, 1));
  CHECK(held(m, {monday, true}, 8));
  // weeks are counted from the Monday before the first day
  CHECK(held(m, {sunday, false, 2}, 0));
  CHECK(!held(m, {monday, false, 2}, 1));
  CHECK(!held(m, {sunday, false, 2}, 7));
  CHECK(held(m, {monday, false, 2}, 8));
}

TEST_CASE("on the day before the first one likewise, but that a Sunday lies in no counted week") {
  auto const m = from_sunday();
  CHECK(held_the_day_before(m, {32}));
  CHECK(!held_the_day_before(m, {sunday}));
  CHECK(held_the_day_before(m, {32, true, 2}));
  Parts p;
  p.starts = "2026-05-05";  // a Tuesday after a bank holiday
  p.bank_holidays = "england";
  p.steps = R"("first": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"");
  CHECK(held_the_day_before(model_of(p), {monday}));
  CHECK(!held_the_day_before(model_of(p), {monday, true}));
  p.starts = "2026-06-01";  // a Monday
  CHECK(held_the_day_before(model_of(p), {sunday}));
  CHECK(!held_the_day_before(model_of(p), {sunday, false, 2}));
}

TEST_CASE("arrivals are expected by weekday and holiday, and the pieces of a day make up the day") {
  auto const m = from_sunday();
  auto const& era = m.eras.front();
  auto const& source = era.sources.front();
  REQUIRE(source.pieces == 24);  // a Monday has more than 64
  CHECK(mean_arrivals(m, era, source, 0) == 0);
  double const tuesdays = mean_arrivals(m, era, source, 2);
  CHECK(tuesdays == Approx(70).epsilon(0.05));                  // the volume is met over a year with its holidays
  CHECK(mean_arrivals(m, era, source, 1) == Approx(tuesdays));  // 2 times 0.5
  CHECK(mean_arrivals(m, era, source, 8) == Approx(2 * tuesdays));
  double pieces = 0;
  for (std::uint32_t piece = 0; piece < 24; ++piece) pieces += mean_arrivals_in(m, era, source, 8, piece);
  CHECK(pieces == Approx(2 * tuesdays));
  CHECK(mean_arrivals_in(m, era, source, 8, 3) == Approx(tuesdays / 12));
}

TEST_CASE("patients are expected as many as arrivals bring, and a timetable says") {
  Parts p;
  p.steps = R"("first": {"kind": "end"})";
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_day": 70, "batch": 5}, )" +
             arrive("clinic", "tue", "\"08:00\", \"09:00\"", 3);
  auto const m = model_of(p);  // from a Monday
  auto const& era = m.eras.front();
  CHECK(mean_arrivals(m, era, era.sources[0], 1) == Approx(14));
  CHECK(mean_patients(m, era, era.sources[0], 1) == Approx(70));
  CHECK(mean_patients(m, era, era.sources[1], 1) == 6);
  CHECK(mean_patients(m, era, era.sources[1], 2) == 0);
}

TEST_CASE("lists are counted nine times, from midnight to midnight, a week or more apart where there is time") {
  using Counted = std::vector<std::uint32_t>;
  auto const counted = [](std::string const& starts, std::string const& warm_up, std::string const& run_for) {
    Parts p;
    p.starts = starts;
    p.warm_up = warm_up;
    p.run_for = run_for;
    p.steps = R"("first": {"kind": "end"})";
    p.demand = arrive("gp", "mon", "\"08:00\"");
    return days_to_count_lists(model_of(p));
  };
  CHECK(counted("2026-06-01", "0 days", "7 days").empty());
  CHECK(counted("2026-06-01", "0 days", "8 days") == Counted{0, 1, 2, 3, 4, 5, 6, 7, 8});
  CHECK(counted("2026-06-01", "3 days", "8 days") == Counted{3, 4, 5, 6, 7, 8, 9, 10, 11});
  CHECK(counted("2026-06-01 06:00", "0 days", "8 days").empty());
  CHECK(counted("2026-06-01 06:00", "0 days", "9 days") == Counted{1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(counted("2026-06-01", "0 days", "55 days") == Counted{0, 6, 13, 20, 27, 34, 41, 48, 55});
  CHECK(counted("2026-06-01", "0 days", "57 days") == Counted{0, 7, 14, 21, 28, 35, 42, 49, 56});
}
