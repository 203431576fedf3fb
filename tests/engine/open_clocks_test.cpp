#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {
Parts waiting(std::string const& takes, std::string const& run_for) {
  Parts p;
  p.run_for = run_for;
  p.steps = R"("first": {"kind": "delay", "takes": ")" + takes +
            R"(", "on_finish": ["told"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"", 1, R"("milestones": ["came"])");
  p.standards =
      R"("fds": {"starts": "came", "stops": "told", "limit": "28 days", "long_waits": ["62 days", "104 days"], "by": ["provider"]})";
  return p;
}
}  // namespace

TEST_CASE("open clocks are counted at the end of each measured month, with those beyond the long waits") {
  // Mondays from 1 June 2026 on, each open for 120 days
  Run const r(waiting("120 days", "153 days"));  // until 31 October
  CHECK(r.model->months == 5);
  CHECK(r.open("fds", 0) == std::vector<std::uint32_t>{5, 0, 0});
  CHECK(r.open("fds", 1) == std::vector<std::uint32_t>{9, 0, 0});
  // 31 August: 14 Mondays, from 31 August itself back; 1, 8, 15, 22 and 29 June have waited 91, 84, 77, 70 and 63 days
  CHECK(r.open("fds", 2) == std::vector<std::uint32_t>{14, 5, 0});
  // 30 September: 18 Mondays, of which 1 June has waited 121 and was told on 29 September; beyond 104: 8 June (114), 15
  // June (107)
  CHECK(r.open("fds", 3) == std::vector<std::uint32_t>{17, 8, 2});
  CHECK(r.counted("fds", 3) == Counted{1, 0});
}

TEST_CASE("exactly 62 days are not over 62 days") {
  Run const r(waiting("120 days", "63 days"));  // 1 June to 2 August: the last day is day 62 of the first patient
  CHECK(r.open("fds", 2) == std::vector<std::uint32_t>{9, 0, 0});
  Run const later(waiting("120 days", "64 days"));
  CHECK(later.open("fds", 2) == std::vector<std::uint32_t>{10, 1, 0});
}

TEST_CASE(
    "patients still waiting at the end are reported with their ages, also when the end is within a month or a day") {
  auto p = waiting("120 days", "80 days");
  p.waiting = R"("old": {"like": "gp", "provider": "here", "step": "first", "patients": 3, "waited": "50 days"})";
  Run const r(p);  // until 19 August: 12 Mondays; three have waited 129 days
  CHECK(r.open("fds", 2) == std::vector<std::uint32_t>{15, 6, 3});
  CHECK(r.result.still_in == 15);
  p.run_for = "1908 hours";  // until 12:00 on the 80th day
  CHECK(Run(p).open("fds", 2) == std::vector<std::uint32_t>{15, 6, 3});
}

TEST_CASE("a clock that was adjusted is as long as it counts") {
  auto p = waiting("120 days", "92 days");
  p.steps =
      R"("first": {"kind": "delay", "takes": "30 days", "pauses": "patient", "then": "more"}, "more": {"kind": "delay", "takes": "90 days", "on_finish": ["told"], "then": "home"}, "home": {"kind": "end"})";
  p.standards.replace(p.standards.find(R"("limit")"), 7, R"("adjustments": ["patient"], "limit")");
  // 31 August: the one of 1 June has waited 91 days less 30
  CHECK(Run(p).open("fds", 2) == std::vector<std::uint32_t>{14, 0, 0});
}

TEST_CASE("one patient in several branches is one open clock") {
  auto p = waiting("120 days", "30 days");
  p.start = "both";
  p.steps =
      R"("both": {"kind": "parallel", "starts": {"first": 1, "second": 1}, "joins_at": "last"}, "first": {"kind": "delay", "takes": "40 days", "then": "last"},
      "second": {"kind": "delay", "takes": "50 days", "then": "last"}, "last": {"kind": "delay", "takes": "1 days", "on_finish": ["told"], "then": "home"}, "home": {"kind": "end"})";
  CHECK(Run(p).open("fds", 0) == std::vector<std::uint32_t>{5, 0, 0});
  CHECK(Run(p).result.still_in == 5);
}

TEST_CASE("months of the warm-up are not audited") {
  auto p = waiting("120 days", "31 days");
  p.warm_up = "30 days";
  Run const r(p);
  CHECK(r.model->names.months == std::vector<std::string>{"2026-07"});
  CHECK(r.open("fds", 0) == std::vector<std::uint32_t>{9, 0, 0});
}
