#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

/// One pool "desk", one step of it, and patients at fixed times.
Parts desk(std::string const& pool, std::string const& takes, std::string const& demand) {
  Parts p;
  p.resources = R"("desk": {"kind": "servers", )" + pool + "}";
  p.steps = R"("first": {"kind": "servers", "needs": "desk", "takes": ")" + takes +
            R"(", "on_start": ["started"], "on_finish": ["done"], "then": "home"})" + then_home;
  p.demand = demand;
  return p;
}

std::string const by_day = R"("to_start": {"starts": "came", "stops": "started", "limit": "1 days"},
                              "to_end": {"starts": "came", "stops": "done", "limit": "1 days"})";

}  // namespace

TEST_CASE("servers are given first come, first served") {
  // three at once at 09:00 for two servers of 30 min: the third waits 30; the one of 09:10 waits 20
  Run const r(
      desk(R"("servers": 2)", "30 min", arrive("a", "mon", "\"09:00\"", 3) + ", " + arrive("b", "mon", "\"09:10\"")));
  CHECK(r.step("first").starts == 4);
  CHECK(r.step("first").wait_ticks == 30 + 20);
  CHECK(r.step("first").service_ticks == 4 * 30);
  CHECK(r.resource("desk").starts == 4);
  CHECK(r.resource("desk").used == 4);
  CHECK(r.resource("desk").wait_ticks == 50);
  CHECK(r.resource("desk").busy_ticks == 120);
  CHECK(r.resource("desk").open_ticks == 2u * 7 * 1440);
  CHECK(r.resource("desk").longest_list == 2);
  CHECK(r.resource("desk").waiting_at_end == 0);
}

TEST_CASE("a step may need several servers of a pool, and the first in the queue is not overtaken") {
  auto p = desk(R"("servers": 2)", "30 min",
                arrive("a", "mon", "\"09:00\"") + ", " +
                    R"("b": {"pathway": "other", "provider": "here", "timetable": {"on": "mon", "at": ["09:10"]}})" +
                    ", " + arrive("c", "mon", "\"09:20\""));
  p.pathways = R"("other": {"start": "both", "steps": {
      "both": {"kind": "servers", "needs": {"desk": 2}, "takes": "1 hours", "then": "home"}, "home": {"kind": "end"}}})";
  Run const r(p);
  CHECK(r.step("other/both").wait_ticks == 20);  // 09:10 to 09:30
  CHECK(r.step("first").wait_ticks == 70);       // 09:20 to 10:30, though a server was free at 09:20
  CHECK(r.resource("desk").busy_ticks == 30 + 120 + 30);
}

TEST_CASE("a service that started before closing finishes, and nobody starts after") {
  // 09:00-17:00, one server of 50 min from 15:40 on: 15:40, 16:30 (to 17:20); the third the next morning at 09:00
  auto p = desk(R"("hours": {"day": {"opens": "09:00", "closes": "17:00", "servers": 1}})", "50 min",
                arrive("a", "mon", "\"15:40\"", 3, came));
  p.standards = by_day;
  Run const r(p);
  CHECK(r.step("first").starts == 3);
  CHECK(r.step("first").wait_ticks == 0 + 50 + (17 * 60 + 20));
  CHECK(r.step("first").service_ticks == 150);
  CHECK(r.days("to_start") == Days{{0, 2}, {1, 1}});
  CHECK(r.resource("desk").busy_ticks == 150);
  CHECK(r.resource("desk").open_ticks == 7u * 8 * 60);
}

TEST_CASE("nobody starts at the moment of closing, even as a server becomes free") {
  auto p = desk(R"("hours": {"day": {"opens": "09:00", "closes": "17:00", "servers": 1}})", "60 min",
                arrive("a", "mon", "\"16:00\"", 2, came));
  p.standards = by_day;
  Run const r(p);
  CHECK(r.days("to_end") == Days{{0, 1}, {1, 1}});
  CHECK(r.step("first").wait_ticks == 17 * 60);
}

TEST_CASE("opening with n servers starts n waiters at once, in order of arrival [PathSimR: only one was started]") {
  // seven before opening, four servers of an hour: four start at 09:00, three at 10:00; one of 09:30 waits behind them
  Run const r(desk(R"("hours": {"day": {"on": "mon", "opens": "09:00", "closes": "17:00", "servers": 4}})", "60 min",
                   arrive("a", "mon", "\"08:00\"", 7) + ", " + arrive("b", "mon", "\"09:30\"")));
  CHECK(r.step("first").starts == 8);
  CHECK(r.step("first").wait_ticks == 4 * 60 + 3 * 120 + 30);
  CHECK(r.resource("desk").busy_ticks == 8 * 60);
}

TEST_CASE("a pool that is closed at the start has nobody in service [PathSimR: occupied from time 0]") {
  Run const r(desk(R"("hours": {"day": {"on": "tue", "opens": "09:00", "closes": "10:00", "servers": 3}})", "30 min",
                   arrive("a", "mon", "\"00:00\"", 3)));
  CHECK(r.step("first").wait_ticks == 3u * 33 * 60);
  CHECK(r.resource("desk").busy_ticks == 90);
  CHECK(r.resource("desk").open_ticks == 3 * 60);
}

TEST_CASE("the number of servers changes between openings that touch") {
  std::string const hours = R"("hours": {"morning": {"opens": "08:00", "closes": "12:00", "servers": )";
  SECTION("more: those who wait start at once") {
    // three at 11:30 for one server of an hour; at 12:00 two more open: the others start then
    Run const r(desk(hours + R"(1}, "noon": {"opens": "12:00", "closes": "16:00", "servers": 3}})", "60 min",
                     arrive("a", "mon", "\"11:30\"", 3)));
    CHECK(r.step("first").wait_ticks == 30 + 30);
    CHECK(r.resource("desk").open_ticks == 7u * (4 * 60 + 3 * 4 * 60));
  }
  SECTION("fewer: services in hand finish, and the next starts when few enough are left") {
    // three of an hour at 11:30, two more wait; one server from 12:00: the fourth starts at 12:30, the fifth at 13:30
    Run const r(desk(hours + R"(3}, "noon": {"opens": "12:00", "closes": "16:00", "servers": 1}})", "60 min",
                     arrive("a", "mon", "\"11:30\"", 5)));
    CHECK(r.step("first").wait_ticks == 60 + 120);
    CHECK(r.step("first").starts == 5);
    CHECK(r.resource("desk").busy_ticks == 5 * 60);
  }
}

TEST_CASE("an opening may last over midnight") {
  // 22:00-06:00; three of three hours at 21:00: 22:00, 01:00, 04:00 (to 07:00); a fourth waits for the next night
  auto p = desk(R"("hours": {"night": {"opens": "22:00", "closes": "06:00", "servers": 1}})", "3 hours",
                arrive("a", "mon", "\"21:00\"", 4, came));
  p.standards = by_day;
  Run const r(p);
  CHECK(r.step("first").wait_ticks == (1 + 4 + 7 + 25) * 60);
  CHECK(r.days("to_start") == Days{{0, 1}, {1, 3}});
}

TEST_CASE("a night shift that began before the first moment is at work") {
  auto p = desk(R"("hours": {"night": {"opens": "22:00", "closes": "06:00", "servers": 1}})", "1 hours",
                arrive("a", "mon", "\"01:00\""));
  SECTION("the scenario starts at midnight") {
    Run const r(p);
    CHECK(r.step("first").wait_ticks == 0);
    CHECK(r.resource("desk").open_ticks == 7u * 8 * 60);
  }
  SECTION("it starts in the small hours") {
    p.starts = "2026-06-01 00:30";
    CHECK(Run(p).step("first").wait_ticks == 0);
  }
  SECTION("it starts in the evening") {
    p.starts = "2026-06-01 23:00";
    p.run_for = "8 hours";
    p.demand = arrive("a", "tue", "\"01:00\"");
    Run const r(p);
    CHECK(r.step("first").wait_ticks == 0);
    CHECK(r.resource("desk").open_ticks == 7 * 60);
  }
}

TEST_CASE("what happens to work in hand when a shift ends") {
  // 09:00-17:00, one server, three hours of work from 15:00: two hours are done at closing; another one waits
  auto run = [](std::string const& rule) {
    return Run(desk(
        R"("at_closing": ")" + rule + R"(", "hours": {"day": {"opens": "09:00", "closes": "17:00", "servers": 1}})",
        "3 hours", arrive("a", "mon", "\"15:00\"") + ", " + arrive("b", "mon", "\"16:00\"")));
  };
  SECTION("finish: until 18:00; the second from 09:00 to 12:00") {
    auto const r = run("finish");
    CHECK(r.step("first").service_ticks == 6 * 60);
    CHECK(r.step("first").wait_ticks == 17 * 60);
    CHECK(r.resource("desk").busy_ticks == 6 * 60);
  }
  SECTION("pause: the last hour from 09:00 to 10:00, then the second") {
    auto const r = run("pause");
    CHECK(r.step("first").starts == 2);
    CHECK(r.step("first").service_ticks == 6 * 60);
    CHECK(r.step("first").wait_ticks == 18 * 60);
    CHECK(r.resource("desk").busy_ticks == 6 * 60);
  }
  SECTION("restart: all over again from 09:00 to 12:00, then the second") {
    auto const r = run("restart");
    CHECK(r.step("first").starts == 2);
    CHECK(r.step("first").service_ticks == (2 + 3 + 3) * 60);
    CHECK(r.step("first").wait_ticks == 20 * 60);
    CHECK(r.resource("desk").busy_ticks == 8 * 60);
  }
}

TEST_CASE("work that ends at the moment of closing is finished, whatever the rule") {
  for (auto const* rule : {"finish", "pause", "restart"}) {
    INFO(rule);
    auto p = desk(std::string(R"("at_closing": ")") + rule +
                      R"(", "hours": {"day": {"opens": "09:00", "closes": "17:00", "servers": 1}})",
                  "2 hours", arrive("a", "mon", "\"15:00\"", 1, came));
    p.standards = by_day;
    Run const r(p);
    CHECK(r.days("to_end") == Days{{0, 1}});
    CHECK(r.step("first").service_ticks == 120);
    CHECK(r.resource("desk").busy_ticks == 120);
  }
}

TEST_CASE("a change in the number of servers interrupts only the work for which no server is left") {
  for (auto const* rule : {"pause", "restart"}) {
    INFO(rule);
    std::string const hours = std::string(R"("at_closing": ")") + rule +
                              R"(", "hours": {"morning": {"opens": "08:00", "closes": "12:00", "servers": 2},
        "noon": {"opens": "12:00", "closes": "18:00", "servers": )";
    // two of two hours, at 11:00 and 11:30
    auto const demand = arrive("a", "mon", "\"11:00\"") + ", " + arrive("b", "mon", "\"11:30\"");
    Run const enough(desk(hours + "3}}", "2 hours", demand));
    CHECK(enough.step("first").service_ticks == 240);
    CHECK(enough.resource("desk").busy_ticks == 240);
    // one server left: the later one is interrupted with half an hour done, and goes on at 13:00
    Run const fewer(desk(hours + "1}}", "2 hours", demand));
    bool const pause = std::string(rule) == "pause";
    CHECK(fewer.step("first").service_ticks == (pause ? 240u : 270u));
    CHECK(fewer.resource("desk").busy_ticks == (pause ? 240u : 270u));
    CHECK(fewer.result.finished == 2);
  }
}

TEST_CASE(
    "with a warm-up, use and opening are those of the measured time [Sim.Pro.Flow: utilisation wrong with warm-up]") {
  // a server open from 09:00 to 17:00; four hours of work from 15:00 on the last day of the warm-up, until 19:00
  auto p = desk(R"("hours": {"day": {"opens": "09:00", "closes": "17:00", "servers": 1}})", "4 hours",
                arrive("a", "mon", "\"10:00\", \"15:00\"") + ", " + arrive("b", "tue", "\"09:00\""));
  p.starts = "2026-06-01";
  p.warm_up = "16 hours";
  p.run_for = "32 hours";
  Run const r(p);
  // 16:00-19:00 of the one in hand, and 09:00-13:00 on Tuesday; open 16:00-17:00 and 09:00-17:00
  CHECK(r.resource("desk").busy_ticks == (3 + 4) * 60);
  CHECK(r.resource("desk").open_ticks == (1 + 8) * 60);
  CHECK(r.step("first").starts == 1);
  CHECK(r.result.measured_referrals == 1);
  CHECK(r.result.referred == 3);
}

TEST_CASE("service in hand at the end is counted as far as it has come") {
  auto p = desk(R"("servers": 2)", "3 days", arrive("a", "sun", "\"12:00\"", 3));
  Run const r(p);
  CHECK(r.resource("desk").busy_ticks == 2u * 12 * 60);
  CHECK(r.resource("desk").waiting_at_end == 1);
  CHECK(r.result.still_in == 3);
  CHECK(r.step("first").service_ticks == 0);
}

TEST_CASE("stages add up to the time in the system [ADHD-DES: times recorded but never spent]") {
  Parts p;
  p.demand = arrive("a", "mon", "\"09:00\"", 2, came);
  p.resources = R"("desk": {"kind": "servers", "servers": 1}, "lab": {"kind": "servers", "servers": 1})";
  p.steps = R"("first": {"kind": "servers", "needs": "desk", "takes": "1 days", "then": "post"},
               "post": {"kind": "delay", "takes": "12 hours", "then": "test"},
               "test": {"kind": "servers", "needs": "lab", "takes": "2 days", "on_finish": ["done"], "then": "home"})" +
            then_home;
  p.standards = R"("all": {"starts": "came", "stops": "done", "limit": "4 days"})";
  Run const r(p);
  // first: Monday 09:00 + 1 d + 12 h + 2 d = Thursday 21:00; second: Tuesday, Thursday 21:00 waits 12 h less: Thursday
  // 21:00 + 2 d
  CHECK(r.days("all") == Days{{3, 1}, {5, 1}});
  CHECK(r.step("first").wait_ticks + r.step("first").service_ticks + r.step("post").service_ticks +
            r.step("test").wait_ticks + r.step("test").service_ticks ==
        (84u + 132u) * 60);
  CHECK(r.step("test").wait_ticks == 24 * 60);
}

TEST_CASE("the time in the list is the time-average of its length [PathSimR: Little's law off by 9 %]") {
  // waits of 0, 1, 2 .. 5 hours: exact by construction; the list is gone at the end
  Run const r(desk(R"("servers": 1)", "60 min", arrive("a", "mon", "\"09:00\"", 6)));
  CHECK(r.step("first").wait_ticks == 60u * (1 + 2 + 3 + 4 + 5));
  CHECK(r.resource("desk").longest_list == 5);
}
