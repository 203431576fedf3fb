#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

/// A desk with a waiting room, and where those go whom it turns away.
Parts desk(int room, int arrivals) {
  Parts p;
  p.resources = R"("desk": {"kind": "servers", "servers": 1, "waiting_room": )" + std::to_string(room) + "}";
  p.steps =
      R"("first": {"kind": "servers", "needs": "desk", "takes": "60 min", "when_full": "elsewhere", "then": "home"},
               "elsewhere": {"kind": "delay", "takes": "1 days", "then": "home"})" +
      then_home;
  p.demand = arrive("gp", "mon", "\"09:00\"", arrivals);
  return p;
}

/// Surgery (one server, 1 hour), then a bed; a patient keeps the theatre until there is room at the beds.
Parts theatre(int beds, int room, std::string const& stay, std::string const& demand) {
  Parts p;
  p.resources = R"("theatre": {"kind": "servers", "servers": 1}, "bed": {"kind": "servers", "servers": )" +
                std::to_string(beds) + R"(, "waiting_room": )" + std::to_string(room) + R"(, "when_full": "hold"})";
  p.steps = R"("first": {"kind": "servers", "needs": "theatre", "takes": "1 hours", "then": "ward"},
               "ward": {"kind": "servers", "needs": "bed", "takes": ")" +
            stay + R"(", "then": "home"})" + then_home;
  p.demand = demand;
  return p;
}
}  // namespace

TEST_CASE("a full waiting room turns away") {
  Run const r(desk(2, 5));
  CHECK(r.step("first").starts == 3);
  CHECK(r.step("elsewhere").starts == 2);
  CHECK(r.resource("desk").turned_away == 2);
  CHECK(r.resource("desk").longest_list == 2);
  SECTION("a room for nobody: only a free server takes one") {
    Run const none(desk(0, 3));
    CHECK(none.step("first").starts == 1);
    CHECK(none.resource("desk").turned_away == 2);
    CHECK(none.resource("desk").longest_list == 0);
  }
}

TEST_CASE("a patient turned away is on no list, and one who left makes room") {
  auto p = desk(1, 2);
  p.demand = arrive("gp", "mon", "\"09:00\", \"09:10\", \"09:20\", \"10:30\"", 1);
  Run const r(p);
  // 09:00 served, 09:10 waits until 10:00, 09:20 turned away, 10:30 waits until 11:00
  CHECK(r.step("first").wait_ticks == 50 + 30);
  CHECK(r.resource("desk").turned_away == 1);
}

TEST_CASE("a theatre is held until there is a bed, and nobody is operated on meanwhile") {
  // one bed of five hours, no room to wait: operations 09:00-10:00, then the second is held from 11:00 to 15:00
  Run const r(theatre(1, 0, "5 hours", arrive("gp", "mon", "\"09:00\"", 3)));
  CHECK(r.result.finished == 3);
  CHECK(r.step("first").wait_ticks == 60 + 6 * 60);  // 09:00, 10:00, 15:00
  CHECK(r.step("first").service_ticks == 3 * 60);    // being held is not service
  CHECK(r.step("ward").wait_ticks == 0);
  CHECK(r.step("ward").service_ticks == 15 * 60);
  // the theatre is busy 09-10, 10-15 (held from 11) and 15-20 (held from 16)
  CHECK(r.resource("theatre").busy_ticks == (1 + 5 + 5) * 60);
  CHECK(r.resource("bed").busy_ticks == 15 * 60);
}

TEST_CASE("with room for one to wait the theatre is free an operation earlier") {
  Run const r(theatre(1, 1, "5 hours", arrive("gp", "mon", "\"09:00\"", 3)));
  // operations at 09:00, 10:00, 11:00; the second waits in the room from 11:00, the third is held from 12:00 to 15:00
  CHECK(r.step("first").wait_ticks == 60 + 120);
  CHECK(r.resource("theatre").busy_ticks == (1 + 1 + 4) * 60);
  CHECK(r.step("ward").wait_ticks == 4 * 60 + 5 * 60);
  CHECK(r.result.finished == 3);
}

TEST_CASE("several who are held go on in order, each as a bed is free") {
  auto p = theatre(1, 0, "3 hours", arrive("gp", "mon", "\"09:00\"", 4));
  p.resources =
      R"("theatre": {"kind": "servers", "servers": 3}, "bed": {"kind": "servers", "servers": 1, "waiting_room": 0, "when_full": "hold"})";
  Run const r(p);
  // three end at 10:00: beds at 10, 13, 16; the fourth is operated on at 10:00, held from 11:00, bed at 19:00
  CHECK(r.result.finished == 4);
  CHECK(r.resource("theatre").busy_ticks == (1 + 4 + 7 + 9) * 60);
  CHECK(r.resource("bed").busy_ticks == 12 * 60);
}

TEST_CASE("those who come from nowhere are held outside, and go in before those who come later") {
  Parts p;
  p.resources = R"("desk": {"kind": "servers", "servers": 1, "waiting_room": 1, "when_full": "hold"})";
  p.steps = R"("first": {"kind": "servers", "needs": "desk", "takes": "60 min", "then": "home"})" + then_home;
  p.demand = arrive("gp", "mon", "\"09:00\"", 4);
  Run const r(p);
  CHECK(r.step("first").starts == 4);
  CHECK(r.resource("desk").longest_list == 3);  // those outside wait too
  CHECK(r.resource("desk").turned_away == 0);
  // 09:00 at once; the second waits 60 in the room; the third enters it at 10:00 and the fourth at 11:00
  CHECK(r.step("first").waiting == 60 + 60 + 60);
  CHECK(r.step("first").outside == 60 + 120);
  CHECK(r.step("first").wait_ticks == 60 + 120 + 180);
}

TEST_CASE("a pool that opens lets in those who are held") {
  Parts p;
  p.resources =
      R"("desk": {"kind": "servers", "hours": {"day": {"on": "mon", "opens": "10:00", "closes": "18:00", "servers": 2}}, "waiting_room": 0, "when_full": "hold"})";
  p.steps = R"("first": {"kind": "servers", "needs": "desk", "takes": "60 min", "then": "home"})" + then_home;
  p.demand = arrive("gp", "mon", "\"09:00\"", 3);
  Run const r(p);
  CHECK(r.result.finished == 3);
  CHECK(r.resource("desk").busy_ticks == 180);
}

TEST_CASE("sessions let in those who are held as slots go") {
  Parts p;
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "mon-wed", "opens": "09:00", "closes": "12:00", "slots": 2}}, "waiting_room": 1, "when_full": "hold"})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "then": "home"})" + then_home;
  p.demand = arrive("gp", "mon", "\"08:00\"", 6);
  Run const r(p);
  CHECK(r.step("first").starts == 6);
  CHECK(r.resource("clinic").used == 6);
}

TEST_CASE("a branch that has reached its join is not held for the room of the next step") {
  Parts p;
  p.resources =
      R"("lab": {"kind": "servers", "servers": 1}, "desk": {"kind": "servers", "servers": 1, "waiting_room": 0, "when_full": "hold"})";
  p.start = "both";
  p.steps = R"("both": {"kind": "parallel", "starts": {"test": 1, "rest": 1}, "joins_at": "clinic"},
      "test": {"kind": "servers", "needs": "lab", "takes": "1 hours", "then": "clinic"},
      "rest": {"kind": "delay", "takes": "1 days", "then": "clinic"},
      "clinic": {"kind": "servers", "needs": "desk", "takes": "12 hours", "then": "home"})" +
            then_home;
  p.demand = arrive("gp", "mon,tue", "\"09:00\"");
  p.waiting = R"("there": {"like": "gp", "provider": "here", "step": "clinic", "patients": 1, "waited": "1 days"})";
  p.resources =
      R"("lab": {"kind": "servers", "servers": 1}, "desk": {"kind": "servers", "hours": {"sunday": {"on": "sun", "opens": "09:00", "closes": "10:00", "servers": 1}},
      "waiting_room": 1, "when_full": "hold"})";
  Run const r(p);
  // the desk's room is full all week, but the lab is needed for an hour a patient only
  CHECK(r.resource("lab").busy_ticks == 120);
}

TEST_CASE("one who is held starts before the bed that was kept meanwhile goes to somebody who needs the same nurse") {
  // Two who have been in the two beds from 09:00 to 10:00 are held, for nobody can wait for the clinic. A third waits
  // for a bed and a nurse from 09:30. At 12:00 the clinic opens for two and there are two nurses: the two who are held
  // start, in one moment, and only then are their beds free; the third has a nurse at 13:00.
  Parts p;
  std::string const others =
      R"(, "bed": {"kind": "servers", "servers": 2}, "nurse": {"kind": "servers", "servers": 2})";
  std::string kind;
  SECTION("a shift of servers") {
    kind = "servers";
    p.resources = R"("clinic": {"kind": "servers", "waiting_room": 0, "when_full": "hold",
        "hours": {"day": {"on": "mon", "opens": "12:00", "closes": "17:00", "servers": 2}}})" +
                  others;
  }
  SECTION("a session") {
    kind = "appointment";
    p.resources = R"("clinic": {"kind": "sessions", "waiting_room": 0, "when_full": "hold",
        "sessions": {"day": {"on": "mon", "opens": "12:00", "closes": "17:00", "slots": 2}}})" +
                  others;
  }
  p.steps = R"("first": {"kind": "servers", "needs": "bed", "takes": "1 hours", "then": "visit"},
      "visit": {"kind": ")" +
            kind + R"(", "needs": {"clinic": 1, "nurse": 1}, "takes": "1 hours", "then": "home"})" + then_home;
  p.demand = arrive("gp", "mon", "\"09:00\"", 2) +
             R"(, "third_gp": {"pathway": "third", "provider": "here", "timetable": {"on": "mon", "at": ["09:30"]}})";
  p.pathways = R"("third": {"start": "op", "steps": {"op": {"kind": "servers", "needs": {"bed": 1, "nurse": 1},
      "takes": "30 min", "then": "home"})" +
               then_home + "}}";
  Run const r(p);
  CHECK(r.step("visit").starts == 2);
  CHECK(r.step("visit").wait_ticks == 0);
  CHECK(r.step("third/op").wait_ticks == 210);
  CHECK(r.resource("bed").busy_ticks == 2 * 180 + 30);
}
