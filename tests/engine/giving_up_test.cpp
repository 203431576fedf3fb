#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {
std::string const rest = R"(, "withdrawn": {"kind": "delay", "takes": "0 min", "on_finish": ["gone"], "then": "home"},
    "died": {"kind": "delay", "takes": "0 min", "on_finish": ["gone"], "then": "home"}, "home": {"kind": "end"})";

Parts clinic(std::string const& gives_up, std::string const& demand, std::string const& resource = "") {
  Parts p;
  p.resources =
      resource.empty()
          ? R"("clinic": {"kind": "sessions", "sessions": {"thursday": {"on": "thu", "opens": "09:00", "closes": "12:00", "slots": 1}}})"
          : resource;
  p.steps =
      R"("first": {"kind": "appointment", "needs": "clinic", "takes": "1 days", "on_start": ["seen"], "gives_up": {)" +
      gives_up + R"(}, "then": "home"})" + rest;
  p.demand = demand;
  p.standards = R"("left": {"starts": "came", "stops": "gone", "excluded_by": "seen", "limit": "7 days"})";
  return p;
}
std::string after(std::string const& time, std::string const& then) {
  return R"({"after": ")" + time + R"(", "then": ")" + then + "\"}";
}
}  // namespace

TEST_CASE("a patient leaves the queue for the earliest of several reasons") {
  Run const r(clinic(R"("long": )" + after("2 days", "withdrawn") + R"(, "short": )" + after("1 days", "died"),
                     arrive("gp", "mon", "\"09:00\"", 2, came)));
  CHECK(r.step("first").gave_up == 2);
  CHECK(r.step("first").starts == 0);
  CHECK(r.step("died").starts == 2);
  CHECK(r.step("withdrawn").starts == 0);
  CHECK(r.days("left") == Days{{1, 2}});
  CHECK(r.resource("clinic").used == 0);
  CHECK(r.resource("clinic").waiting_at_end == 0);
}

TEST_CASE("who has started does not give up any more") {
  // one slot on Thursday at 09:00; both would give up after 80 hours, on Thursday at 17:00
  Run const r(clinic(R"("long": )" + after("80 hours", "withdrawn") + R"(, "later": )" + after("4 days", "died"),
                     arrive("gp", "mon", "\"09:00\"", 2, came)));
  CHECK(r.step("first").starts == 1);
  CHECK(r.step("first").gave_up == 1);
  CHECK(r.step("withdrawn").starts == 1);
  CHECK(r.days("left") == Days{{3, 1}});
  CHECK(r.result.finished == 2);
}

TEST_CASE("one who gives up leaves the place to the next, in every order and under notice") {
  for (auto const* order : {"arrival", "priority", "breach_date"})
    for (auto const* notice : {"0 days", "1 days"}) {
      INFO(order << ", notice " << notice);
      auto const resource =
          std::string(R"("clinic": {"kind": "sessions", "order": ")") + order + R"(", "notice": ")" + notice +
          R"(", "sessions": {"thursday": {"on": "thu", "opens": "09:00", "closes": "12:00", "slots": 1}}})";
      // the one of Monday gives up on Wednesday, the one of Tuesday is seen on Thursday, 48 hours later
      Run const r(clinic(R"("long": )" + after("50 hours", "withdrawn") + R"(, "other": )" + after("60 hours", "died"),
                         arrive("gp", "mon", "\"09:00\"", 1, came) + ", " + arrive("b", "tue", "\"09:00\"", 1, came),
                         resource));
      CHECK(r.step("first").gave_up == 1);
      CHECK(r.step("first").wait_ticks == 48 * 60);
      CHECK(r.result.finished == 2);
    }
}

TEST_CASE("one who gives up in a full waiting room makes room for one who is held") {
  Parts p;
  p.resources = R"("desk": {"kind": "servers", "servers": 1, "waiting_room": 1, "when_full": "hold"})";
  p.steps =
      R"("first": {"kind": "servers", "needs": "desk", "takes": "5 hours", "gives_up": {"bored": {"after": "1 hours", "then": "home"}}, "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"", 4);
  Run const r(p);
  // one served until 14:00; the second waits from 09:00, the third from 10:00 and the fourth from 11:00, an hour each
  CHECK(r.step("first").gave_up == 3);
  CHECK(r.step("first").starts == 1);
  CHECK(r.result.finished == 4);
  CHECK(r.resource("desk").longest_list == 3);  // one in the room, two outside
}

namespace {
/// Everybody misses, up to a number of times.
Parts missed(std::string const& share, std::string const& more, int slots = 2) {
  Parts p;
  p.run_for = "14 days";
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": )" +
      std::to_string(slots) + "}}}";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "takes": "20 min", "on_start": ["seen"],
      "did_not_attend": {"share": )" +
            share + R"(, "rebook": "3 days")" + more + R"(}, "then": "home"},
      "discharged": {"kind": "delay", "takes": "0 min", "on_finish": ["gone"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"", 1, came);
  p.standards = R"("wait": {"starts": "came", "stops": ["seen", "gone"], "limit": "7 days")" +
                std::string(more.find("adjusts") == more.npos ? "}" : R"(, "adjustments": ["first_dna"]})");
  return p;
}
std::string const twice = R"(, "up_to": 2, "then": "discharged")";
}  // namespace

TEST_CASE("a missed appointment uses its slot up, and the patient is booked again") {
  // missed on Monday at 09:00 and on Thursday at 09:00, then discharged
  auto p = missed("1", twice);
  p.run_for = "7 days";
  Run const r(p);
  CHECK(r.resource("clinic").used == 2);
  CHECK(r.resource("clinic").did_not_attend == 2);
  CHECK(r.resource("clinic").starts == 0);
  CHECK(r.step("first").starts == 0);
  CHECK(r.step("first").wait_ticks == 0);
  CHECK(r.step("first").service_ticks == 0);
  CHECK(r.step("first").gave_up == 0);
  CHECK(r.step("discharged").starts == 1);
  CHECK(r.result.finished == 1);
}

TEST_CASE("missing an appointment does not restart the clock unless it is said so [Somerset: it did silently]") {
  auto p = missed("1", twice);
  p.run_for = "7 days";
  CHECK(Run(p).days("wait") == Days{{3, 1}});
  SECTION("with an adjustment the clock restarts on the day of rebooking") {
    p = missed("1", twice + R"(, "adjusts": "first_dna")");
    p.run_for = "7 days";
    // booked again on Thursday at 09:00, missed at once: discharged on that day
    CHECK(Run(p).days("wait") == Days{{0, 1}});
  }
  SECTION("an adjustment that the standard does not allow changes nothing") {
    p = missed("1", twice + R"(, "adjusts": "first_dna")");
    p.run_for = "7 days";
    p.standards += R"(, "plain": {"starts": "came", "stops": ["seen", "gone"], "limit": "7 days"})";
    CHECK(Run(p).days("plain") == Days{{3, 1}});
  }
}

TEST_CASE("nobody misses an appointment with a share of 0 [Somerset: undefined if the rate is 0]") {
  Run const r(missed("0", twice));
  CHECK(r.resource("clinic").did_not_attend == 0);
  CHECK(r.step("first").starts == 2);
  CHECK(r.step("first").wait_ticks == 2 * 60);
}

TEST_CASE("without a limit of times a patient is booked again until the appointment is kept") {
  auto p = missed("0.5", "", 100);
  auto const discharged = p.steps.find("\"discharged\"");
  p.steps.erase(discharged, p.steps.find("\"home\": {") - discharged);
  p.standards.replace(p.standards.find(R"(["seen", "gone"])"), 16, R"("seen")");
  p.run_for = "200 days";
  p.demand = arrive("gp", "mon", "\"08:00\"", 50, came);
  Run const r(p);
  auto const missed_slots = static_cast<double>(r.resource("clinic").did_not_attend);
  auto const kept = static_cast<double>(r.step("first").starts);
  CHECK(r.resource("clinic").used == r.step("first").starts + r.resource("clinic").did_not_attend);
  CHECK(std::abs(missed_slots - kept) < 5 * std::sqrt(kept + missed_slots));
  // every wait is a multiple of three days: booked again at 09:00 while the session is open
  for (auto const& [day, patients] : r.days("wait")) CHECK(day % 3 == 0);
}

TEST_CASE("a miss does not fill the slot of a co-resource") {
  Parts p = missed("1", twice);
  p.run_for = "7 days";
  p.resources += R"(, "room": {"kind": "servers", "servers": 1})";
  p.steps.replace(p.steps.find(R"("needs": "clinic")"), 17, R"("needs": {"clinic": 1, "room": 1})");
  Run const r(p);
  CHECK(r.resource("clinic").did_not_attend == 2);
  CHECK(r.resource("room").used == 0);
  CHECK(r.resource("room").busy_ticks == 0);
}

TEST_CASE("a step is repeated, each time from the list, with so much time from start to joining") {
  Parts p;
  p.run_for = "28 days";
  p.resources =
      R"("linac": {"kind": "sessions", "sessions": {"day": {"on": "mon-fri", "opens": "09:00", "closes": "17:00", "slots": 4}}})";
  p.steps =
      R"("first": {"kind": "appointment", "needs": "linac", "takes": "15 min", "repeats": "7", "every": "1 days", "on_start": ["began"], "on_finish": ["done"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "wed", "\"08:00\"", 1, came);
  p.run_for = "14 days";
  p.demand =
      R"("gp": {"pathway": "path", "provider": "here", "timetable": {"on": "wed", "at": ["08:00"]}, "milestones": ["came"]})";
  p.standards =
      R"("start": {"starts": "came", "stops": "began", "limit": "7 days"}, "end": {"starts": "came", "stops": "done", "limit": "7 days"})";
  Run const r(p);
  // Wednesday 3 June 09:00, then joins at 09:00 each next day; Saturday's joins on Monday: Wed Thu Fri Mon Tue Wed Thu
  CHECK(r.days("start") == Days{{0, 2}});
  CHECK(r.days("end") == Days{{8, 1}});
  // first: an hour, then 0, 0, two days over the weekend, 0, 0, 0; the second course: Wed, Thu, Fri until the end
  CHECK(r.step("first").starts == 7 + 3);
  CHECK(r.step("first").wait_ticks == 60 + 2 * 1440 + 60);
  CHECK(r.resource("linac").used == 10);
}

TEST_CASE("a repeated step waits no less than it takes, and may repeat a number of times drawn once") {
  Parts p;
  p.run_for = "28 days";
  p.resources = R"("ward": {"kind": "servers", "servers": 100})";
  p.steps =
      R"("first": {"kind": "servers", "needs": "ward", "takes": "2 hours", "repeats": {"1": 0.5, "3": 0.5}, "every": "1 hours", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"", 100);
  Run const r(p);
  CHECK(r.step("first").service_ticks == r.step("first").starts * 120);
  CHECK(r.step("first").starts % 2 == 0);  // 400 courses of 1 or 3
  CHECK(std::abs(static_cast<double>(r.step("first").starts) - 800) < 5 * std::sqrt(400.0));
  CHECK(r.resource("ward").longest_list == 0);
}

TEST_CASE("a delay can be repeated") {
  Parts p;
  p.steps =
      R"("first": {"kind": "delay", "takes": "6 hours", "repeats": "4", "every": "1 days", "on_finish": ["done"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"", 1, came);
  p.standards = R"("end": {"starts": "came", "stops": "done", "limit": "7 days"})";
  Run const r(p);
  CHECK(r.days("end") == Days{{3, 1}});
  CHECK(r.step("first").service_ticks == 4 * 6 * 60);
}
