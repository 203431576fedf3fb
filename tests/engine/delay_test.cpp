#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {
std::string const standard = R"("wait": {"starts": "came", "stops": "went", "limit": "10 days"})";

Parts delay_of(std::string const& takes, std::string const& on, std::string const& at, std::string const& more = "") {
  Parts p;
  p.demand = arrive("gp", on, at, 1, R"("milestones": ["came"])");
  p.steps = R"("first": {"kind": "delay", "takes": ")" + takes + R"(", "on_finish": ["went"], "then": "home")" + more +
            "}" + then_home;
  p.standards = standard;
  return p;
}
}  // namespace

TEST_CASE("a delay takes its time and needs nothing") {
  auto p = delay_of("36 hours", "mon,tue", "\"09:00\", \"15:00\"");
  Run const r(p);
  CHECK(r.result.referred == 4);
  CHECK(r.result.finished == 4);
  CHECK(r.step("first").starts == 4);
  CHECK(r.step("first").wait_ticks == 0);
  CHECK(r.step("first").service_ticks == 4 * 36 * 60);
  // 09:00 + 36 h is 21:00 on the next day; 15:00 + 36 h is 03:00 on the day after
  CHECK(r.days("wait") == Days{{1, 2}, {2, 2}});
  CHECK(r.counted("wait") == Counted{4, 4});
}

TEST_CASE("a delay of no time leads straight on") {
  auto p = delay_of("0 min", "mon", "\"09:00\"");
  Run const r(p);
  CHECK(r.days("wait") == Days{{0, 1}});
  CHECK(r.result.finished == 1);
}

TEST_CASE("in a delay of working days, weekends and bank holidays do not count") {
  // 2026: Good Friday is 3 April, Easter Monday 6 April
  std::string const working = R"(, "counts": "working days")";
  auto run = [&](std::string const& takes, std::string const& starts, std::string const& at,
                 std::string const& holidays) {
    auto p = delay_of(takes, "daily", at, working);
    p.starts = starts;
    p.run_for = "14 days";
    p.bank_holidays = holidays;
    p.demand = arrive("gp", "thu", at, 1, R"("milestones": ["came"])");
    return Run(p).days("wait");
  };
  SECTION("a day from Thursday morning is Friday morning") {
    CHECK(run("1 day", "2026-04-02", "\"10:00\"", "none") == Days{{1, 2}});
  }
  SECTION("a day from Maundy Thursday is Easter Tuesday; from the Thursday after, Friday") {
    CHECK(run("1 day", "2026-04-02", "\"10:00\"", "england") == Days{{1, 1}, {5, 1}});
  }
  SECTION("half a day from 18:00 on Maundy Thursday ends at 06:00 on Tuesday") {
    CHECK(run("12 hours", "2026-04-02", "\"18:00\"", "england") == Days{{1, 1}, {5, 1}});
  }
  SECTION("five days from Maundy Thursday: 7, 8, 9, 10 and 13 April") {
    auto p = delay_of("5 days", "thu", "\"10:00\"", working);
    p.starts = "2026-04-02";
    p.run_for = "6 days";
    p.bank_holidays = "england";
    CHECK(Run(p).days("wait").empty());
    p.run_for = "12 days";
    CHECK(Run(p).days("wait") == Days{{11, 1}});
  }
}

TEST_CASE("working days from a day off are counted as a spreadsheet does") {
  auto run = [](std::string const& takes, std::string const& on, std::string const& at, std::string const& starts,
                std::string const& holidays = "none") {
    auto p = delay_of(takes, on, "\"" + at + "\"", R"(, "counts": "working days")");
    p.starts = starts;
    p.run_for = "7 days";
    p.bank_holidays = holidays;
    p.demand = arrive("gp", on, "\"" + at + "\"", 1, R"("milestones": ["came"])");
    return Run(p).days("wait");
  };
  std::string const saturday = "2026-06-06", sunday = "2026-06-07";
  SECTION("one from a Saturday ends on Monday, and two on Tuesday, at whatever time") {
    for (auto const* at : {"00:00", "15:00", "23:59"}) {
      CHECK(run("1 day", "sat", at, saturday) == Days{{2, 1}});
      CHECK(run("2 days", "sat", at, saturday) == Days{{3, 1}});
    }
  }
  SECTION("one from a Sunday ends on Monday too, five on Friday") {
    CHECK(run("1 day", "sun", "15:00", sunday) == Days{{1, 1}});
    CHECK(run("5 days", "sun", "15:00", sunday) == Days{{5, 1}});
  }
  SECTION("one from Good Friday, or from the days after it, ends on Easter Tuesday") {
    CHECK(run("1 day", "fri", "10:00", "2026-04-03", "england") == Days{{4, 1}});
    CHECK(run("1 day", "sat", "10:00", "2026-04-04", "england") == Days{{3, 1}});
    CHECK(run("1 day", "mon", "10:00", "2026-04-06", "england") == Days{{1, 1}});
  }
  SECTION("less than one ends on the next working day, and takes some of it where it would have on the day before") {
    CHECK(run("4 hours", "sat", "15:00", saturday) == Days{{2, 1}});
    CHECK(run("36 hours", "sat", "15:00", saturday) == Days{{3, 1}});  // Friday 15:00, Monday 15:00, Tuesday 03:00
    CHECK(run("0 min", "sat", "15:00", saturday) == Days{{0, 1}});
  }
}

TEST_CASE("the length of a tick changes nothing but how finely time is counted") {
  for (auto const& [resolution, per_hour] :
       {std::pair<std::string, std::uint64_t>{"1 s", 3600}, {"1 min", 60}, {"5 min", 12}}) {
    Parts p;
    p.resolution = resolution;
    p.demand = arrive("gp", "mon", "\"09:00\"", 2);
    p.resources =
        R"("desk": {"kind": "servers", "hours": {"day": {"opens": "10:00", "closes": "17:00", "servers": 1}}})";
    p.steps = R"("first": {"kind": "servers", "needs": "desk", "takes": "2 hours", "then": "home"})" + then_home;
    Run const r(p);
    INFO(resolution);
    CHECK(r.step("first").starts == 2);
    CHECK(r.step("first").wait_ticks == (1 + 3) * per_hour);
    CHECK(r.step("first").service_ticks == 4 * per_hour);
    CHECK(r.resource("desk").busy_ticks == 4 * per_hour);
    CHECK(r.resource("desk").open_ticks == 7 * 7 * per_hour);
  }
}

TEST_CASE("clinics can be measured in seconds") {
  Parts p;
  p.resolution = "1 s";
  p.demand = arrive("gp", "mon", "\"09:00\"", 2);
  p.resources = R"("desk": {"kind": "servers", "servers": 1})";
  p.steps = R"("first": {"kind": "servers", "needs": "desk", "takes": "95 s", "then": "home"})" + then_home;
  Run const r(p);
  CHECK(r.step("first").wait_ticks == 95);
  CHECK(r.step("first").service_ticks == 190);
}
