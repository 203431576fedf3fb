#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

/// One clinic of sessions; patients are seen for 20 min.
Parts clinic(std::string const& resource, std::string const& demand) {
  Parts p;
  p.resources = R"("clinic": {"kind": "sessions", )" + resource + "}";
  p.steps =
      R"("first": {"kind": "appointment", "needs": "clinic", "takes": "20 min", "on_start": ["seen"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = demand;
  p.standards = R"("wait": {"starts": "came", "stops": "seen", "limit": "2 days"})";
  return p;
}
std::string session(std::string const& on, int slots, std::string const& opens = "09:00",
                    std::string const& closes = "12:00") {
  return R"({"on": ")" + on + R"(", "opens": ")" + opens + R"(", "closes": ")" + closes + R"(", "slots": )" +
         std::to_string(slots) + "}";
}

}  // namespace

TEST_CASE("at opening a session draws the list in order, a patient a slot, all at the moment of opening") {
  // five wait on Monday at 08:00, three slots a day: three at 09:00, two on Tuesday at 09:00
  Run const r(
      clinic(R"("sessions": {"day": )" + session("mon-fri", 3) + "}", arrive("gp", "mon", "\"08:00\"", 5, came)));
  CHECK(r.step("first").starts == 5);
  CHECK(r.step("first").wait_ticks == 3 * 60 + 2 * 25 * 60);
  CHECK(r.step("first").service_ticks == 5 * 20);
  CHECK(r.days("wait") == Days{{0, 3}, {1, 2}});
  CHECK(r.resource("clinic").sessions == 5);
  CHECK(r.resource("clinic").offered == 15);
  CHECK(r.resource("clinic").used == 5);
  CHECK(r.resource("clinic").busy_ticks == 0);
}

TEST_CASE("a slot still free is given to whoever joins before closing, at closing it is lost") {
  // two slots: 09:30 gets one at once, 11:59 the other; one of 12:00 is too late and waits for Tuesday
  Run const r(clinic(R"("sessions": {"day": )" + session("mon-tue", 2) + "}",
                     arrive("gp", "mon", "\"09:30\", \"11:59\", \"12:00\"", 1, came)));
  CHECK(r.step("first").wait_ticks == 21 * 60);
  CHECK(r.resource("clinic").offered == 4);
  CHECK(r.resource("clinic").used == 3);
  SECTION("lost slots are not added to the next session") {
    Run const later(
        clinic(R"("sessions": {"day": )" + session("mon-tue", 2) + "}", arrive("gp", "mon", "\"13:00\"", 5, came)));
    CHECK(later.resource("clinic").used == 2);
    CHECK(later.resource("clinic").waiting_at_end == 3);
    CHECK(later.result.still_in == 3);
  }
}

TEST_CASE("who joins while a session is full waits for the next one, in order") {
  Run const r(clinic(R"("sessions": {"day": )" + session("mon-wed", 1) + "}",
                     arrive("gp", "mon", "\"08:00\", \"09:10\", \"09:20\"", 1, came)));
  CHECK(r.days("wait") == Days{{0, 1}, {1, 1}, {2, 1}});
  CHECK(r.step("first").wait_ticks == 60 + (24 * 60 - 10) + (48 * 60 - 20));
}

TEST_CASE(
    "a slot is given only after notice, which may end while a session is open [Ciw: looked at only at other events]") {
  auto const resource = R"("notice": "2 days", "sessions": {"day": )" + session("mon-fri", 4) + "}";
  SECTION("exactly at opening") {
    Run const r(clinic(resource, arrive("gp", "mon", "\"09:00\"", 1, came)));
    CHECK(r.step("first").wait_ticks == 2 * 1440);
  }
  SECTION("while it is open, with nothing else going on") {
    Run const r(clinic(resource, arrive("gp", "mon", "\"10:30\", \"11:15\"", 1, came)));
    CHECK(r.step("first").wait_ticks == 2 * 2 * 1440);
    CHECK(r.resource("clinic").starts == 2);
  }
  SECTION("at closing: the next session") {
    Run const r(clinic(resource, arrive("gp", "mon", "\"12:00\"", 1, came)));
    CHECK(r.step("first").wait_ticks == 3 * 1440 - 3 * 60);
  }
  SECTION("one whose notice is up goes before one who came earlier only if the other one has no notice left") {
    Run const r(clinic(R"("notice": "2 days", "sessions": {"day": )" + session("wed-fri", 1) + "}",
                       arrive("gp", "mon", "\"08:00\", \"10:00\"", 1, came)));
    // Wednesday's slot to the first; the second has its notice at 10:00, when the slot is gone
    CHECK(r.days("wait") == Days{{2, 1}, {3, 1}});
  }
  SECTION("the notice of one who has no slot left does not keep the next session from opening") {
    Run const r(clinic(R"("notice": "2 days", "sessions": {"day": )" + session("mon-fri", 1) + "}",
                       arrive("gp", "mon", "\"10:00\"", 3, came)));
    CHECK(r.days("wait") == Days{{2, 1}, {3, 1}, {4, 1}});
  }
}

TEST_CASE("a capacity a week is spread over the sessions and is exact over time") {
  // 42.5 a week over five sessions: 8.5 each, so 8 and 9 in turn
  auto p = clinic(R"("per_week": 42.5, "sessions": {"day": {"on": "mon-fri", "opens": "09:00", "closes": "12:00"}})",
                  arrive("gp", "mon", "\"08:00\"", 1, came));
  for (int const weeks : {1, 2, 4, 8}) {
    p.run_for = std::to_string(weeks) + " weeks";
    double const offered = static_cast<double>(Run(p).resource("clinic").offered);
    INFO(weeks << " weeks");
    CHECK(std::abs(offered - 42.5 * weeks) <= 0.5);
  }
  SECTION("a capacity that no fraction of two gives exactly") {
    p.resources =
        R"("clinic": {"kind": "sessions", "per_week": 7.1, "sessions": {"day": {"on": "mon-wed", "opens": "09:00", "closes": "12:00"}}})";
    p.run_for = "2000 weeks";
    CHECK(Run(p).resource("clinic").offered == 14200);
  }
  SECTION("less than one a session") {
    p.resources =
        R"("clinic": {"kind": "sessions", "per_week": 0.25, "sessions": {"day": {"on": "tue", "opens": "09:00", "closes": "12:00"}}})";
    p.run_for = "40 weeks";
    CHECK(Run(p).resource("clinic").offered == 10);
  }
}

TEST_CASE("a share of the slots goes to other work") {
  auto p = clinic(R"("other_work": 0.4, "sessions": {"day": )" + session("mon-fri", 10) + "}",
                  arrive("gp", "mon", "\"08:00\"", 20, came));
  p.run_for = "200 weeks";
  Run const r(p);
  CHECK(r.resource("clinic").offered + r.resource("clinic").other_work == 10'000);
  double const others = static_cast<double>(r.resource("clinic").other_work);
  CHECK(std::abs(others - 4000) < 5 * std::sqrt(10'000 * 0.4 * 0.6));
  CHECK(r.resource("clinic").used == 4000);
  // what other work and patients use is never more than there is, and with 20 a week for about 30 slots all are seen
  CHECK(r.resource("clinic").waiting_at_end == 0);
  SECTION("none and all of them") {
    p.resources =
        R"("clinic": {"kind": "sessions", "other_work": 1, "sessions": {"day": )" + session("mon-fri", 10) + "}}";
    Run const none(p);
    CHECK(none.resource("clinic").used == 0);
    CHECK(none.resource("clinic").other_work == 10'000);
    p.resources =
        R"("clinic": {"kind": "sessions", "other_work": 0, "sessions": {"day": )" + session("mon-fri", 10) + "}}";
    CHECK(Run(p).resource("clinic").other_work == 0);
  }
}

TEST_CASE("a session may be held every second week, counted from the first") {
  auto p =
      clinic(R"("sessions": {"a": {"on": "tue", "opens": "09:00", "closes": "12:00", "slots": 1, "every_weeks": 2}})",
             arrive("gp", "mon", "\"08:00\"", 1, came));
  p.starts =
      "2026-06-03";  // a Wednesday: its week is the first, so sessions are held on 16 and 30 June, 14 and 28 July
  p.run_for = "8 weeks";
  Run const r(p);
  CHECK(r.resource("clinic").sessions == 4);
  // arrivals on Mondays 8 June (8 days), 15 (15), 22 (22), 29 (29); the rest wait
  CHECK(r.days("wait") == Days{{8, 1}, {15, 1}, {22, 1}, {29, 1}});
}

TEST_CASE("bank holidays and weekday patterns") {
  auto p =
      clinic(R"("sessions": {"day": )" + session("thu,fri,mon", 1) + "}", arrive("gp", "thu", "\"08:00\"", 2, came));
  p.starts = "2026-04-02";  // Good Friday is the next day, Easter Monday the 6th
  p.run_for = "7 days";
  SECTION("open without holidays") {
    CHECK(Run(p).days("wait") == Days{{0, 1}, {1, 1}});
    CHECK(Run(p).resource("clinic").sessions == 3);
  }
  SECTION("closed on them") {
    p.bank_holidays = "england";
    p.run_for = "14 days";
    Run const r(p);
    CHECK(r.resource("clinic").sessions == 4);  // 2, 9, 10 and 13 April
    // the second of 2 April is seen on the 9th, then both of the 9th on the 10th and 13th
    CHECK(r.days("wait") == Days{{0, 1}, {1, 1}, {4, 1}, {7, 1}});
  }
  SECTION("open on them") {
    p.bank_holidays = "england";
    p.resources =
        R"("clinic": {"kind": "sessions", "holidays": "open", "sessions": {"day": )" + session("thu,fri,mon", 1) + "}}";
    CHECK(Run(p).resource("clinic").sessions == 3);
  }
}

TEST_CASE("sessions of one resource may be open at one time") {
  SECTION("two rooms of the same hours: the slots of both are there until they close") {
    Run const r(
        clinic(R"("sessions": {"one": )" + session("mon", 2) + R"(, "two": )" + session("mon", 3) + "}",
               arrive("gp", "mon", "\"08:00\", \"09:00\", \"10:00\", \"11:00\", \"11:59\", \"12:00\"", 1, came)));
    CHECK(r.resource("clinic").used == 5);
    CHECK(r.resource("clinic").sessions == 2);
    CHECK(r.step("first").wait_ticks == 60);
  }
  SECTION("one closes before the other: its free slots are lost then, and are used first before") {
    // 09-12 with 2 slots, 11-14 with 2: one at 11:30 uses a slot of the first; at 12:00 one slot is lost, two are left
    Run const r(clinic(
        R"("sessions": {"one": )" + session("mon", 2) + R"(, "two": )" + session("mon", 2, "11:00", "14:00") + "}",
        arrive("gp", "mon", "\"11:30\"", 1, came) + ", " + arrive("late", "mon", "\"13:00\"", 3, came)));
    CHECK(r.resource("clinic").used == 3);
    CHECK(r.resource("clinic").waiting_at_end == 1);
  }
  SECTION("the one that opened first closes last") {
    Run const r(clinic(
        R"("sessions": {"one": )" + session("mon", 1, "09:00", "16:00") + R"(, "two": )" +
            session("mon", 2, "10:00", "12:00") + "}",
        arrive("gp", "mon", "\"10:30\"", 1, came) + ", " + arrive("late", "mon", "\"13:00\", \"15:00\"", 1, came)));
    CHECK(r.resource("clinic").used == 2);
    CHECK(r.step("first").wait_ticks == 0);
  }
  SECTION("three, one within the other") {
    Run const r(clinic(R"("sessions": {"a": )" + session("mon", 1, "09:00", "17:00") + R"(, "b": )" +
                           session("mon", 1, "10:00", "16:00") + R"(, "c": )" + session("mon", 1, "11:00", "15:00") +
                           "}",
                       arrive("gp", "mon", "\"15:30\"", 3, came)));
    CHECK(r.resource("clinic").used == 2);
  }
}
