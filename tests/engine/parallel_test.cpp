#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {
std::string const meet =
    R"("meet": {"kind": "delay", "takes": "0 min", "on_finish": ["met"], "then": "home"}, "home": {"kind": "end"})";

Parts fork(std::string const& starts, std::string const& steps, int patients = 1) {
  Parts p;
  p.start = "both";
  p.steps = R"("both": {"kind": "parallel", "starts": {)" + starts + R"(}, "joins_at": "meet"}, )" + steps + meet;
  p.demand = arrive("gp", "mon", "\"08:00\"", patients, came);
  p.standards = R"("wait": {"starts": "came", "stops": "met", "limit": "7 days"})";
  return p;
}
}  // namespace

TEST_CASE("branches run side by side, and the last one brings the patient to the join") {
  Run const r(fork(R"("ct": 1, "biopsy": 1)", delay("ct", "1 days", "meet") + delay("biopsy", "2 days", "report") +
                                                  delay("report", "2 days", "meet")));
  CHECK(r.days("wait") == Days{{4, 1}});
  CHECK(r.step("ct").starts == 1);
  CHECK(r.step("report").starts == 1);
  CHECK(r.step("meet").starts == 1);
  CHECK(r.result.referred == 1);
  CHECK(r.result.finished == 1);
}

TEST_CASE("branches that take no time join at once") {
  Run const r(fork(R"("a": 1, "b": 1, "c": 1)",
                   delay("a", "0 min", "meet") + delay("b", "0 min", "meet") + delay("c", "0 min", "meet"), 3));
  CHECK(r.days("wait") == Days{{0, 3}});
  CHECK(r.step("meet").starts == 3);
}

TEST_CASE("a branch is taken with its probability, which may depend on the patient, none leads straight to the join") {
  auto p = fork(R"("ct": {"by": ["needs"], "yes": 1, "no": 0}, "biopsy": 0)",
                delay("ct", "3 days", "meet") + delay("biopsy", "5 days", "meet"));
  p.attributes = R"("needs": {"levels": ["yes", "no"]})";
  p.demand = arrive("a", "mon", "\"08:00\"", 2, came + R"(, "attributes": {"needs": "yes"})") + ", " +
             arrive("b", "mon", "\"08:00\"", 3, came + R"(, "attributes": {"needs": "no"})");
  p.steps.replace(p.steps.find(R"("biopsy": 0)"), 11, R"("biopsy": 0.000000001)");
  Run const r(p);
  CHECK(r.days("wait") == Days{{0, 3}, {3, 2}});
  CHECK(r.step("ct").starts == 2);
  CHECK(r.step("biopsy").starts == 0);
}

TEST_CASE("each branch is drawn by itself") {
  auto p = fork(R"("a": 0.3, "b": 0.6)", delay("a", "1 days", "meet") + delay("b", "2 days", "meet"), 4000);
  auto const share = [](double n) { return n / 4000; };
  Run const r(p);
  CHECK(std::abs(share(static_cast<double>(r.step("a").starts)) - 0.3) < 5 * std::sqrt(0.21 / 4000));
  CHECK(std::abs(share(static_cast<double>(r.step("b").starts)) - 0.6) < 5 * std::sqrt(0.24 / 4000));
  auto const days = r.days("wait");
  CHECK(std::abs(share(days.at(0)) - 0.28) < 5 * std::sqrt(0.28 * 0.72 / 4000));
  CHECK(std::abs(share(days.at(1)) - 0.12) < 5 * std::sqrt(0.12 * 0.88 / 4000));
}

TEST_CASE("parallel steps can be nested, with joins of their own or the same one") {
  SECTION("of its own") {
    Run const r(fork(R"("outer": 1, "inner": 1)",
                     delay("outer", "2 days", "meet") +
                         R"("inner": {"kind": "parallel", "starts": {"x": 1, "y": 1}, "joins_at": "z"}, )" +
                         delay("x", "1 days", "z") + delay("y", "3 days", "z") + delay("z", "1 days", "meet")));
    CHECK(r.days("wait") == Days{{4, 1}});
    CHECK(r.step("z").starts == 1);
  }
  SECTION("the same") {
    Run const r(fork(R"("outer": 1, "inner": 1)",
                     delay("outer", "2 days", "meet") +
                         R"("inner": {"kind": "parallel", "starts": {"x": 1, "y": 1}, "joins_at": "meet"}, )" +
                         delay("x", "1 days", "meet") + delay("y", "3 days", "meet")));
    CHECK(r.days("wait") == Days{{3, 1}});
    CHECK(r.step("meet").starts == 1);
  }
}

TEST_CASE("a branch that ends the patient ends the siblings, wherever they are") {
  // the scan of the first day ends patient a at once on Tuesday, while a sibling is in service, queued or not begun
  auto p = fork(
      R"("scan": 1, "test": 1, "rest": 1)",
      R"("scan": {"kind": "delay", "takes": "1 days", "then": {"home": 0.999999999, "meet": 0.000000001}}, "test": {"kind": "servers", "needs": "lab", "takes": "3 days", "then": "meet"}, )" +
          delay("rest", "9 days", "meet"),
      2);
  p.resources = R"("lab": {"kind": "servers", "servers": 1})";
  p.run_for = "21 days";
  p.demand = arrive("gp", "mon", "\"08:00\"", 2, came);
  Run const r(p);
  // each week: the first one's test starts at once and is cut short after a day; the second one's never starts
  CHECK(r.result.referred == 6);
  CHECK(r.result.finished == 6);
  CHECK(r.result.still_in == 0);
  CHECK(r.resource("lab").waiting_at_end == 0);
  CHECK(r.counted("wait") == Counted{0, 0});
  CHECK(r.resource("lab").busy_ticks == 3u * 1440);
  // the first one ends a moment before the second one, which so gets the lab for no time at all
  CHECK(r.step("test").starts == 6);
  CHECK(r.step("rest").service_ticks == 0);
}

TEST_CASE("what one branch of an ending patient held does not go to another of its branches") {
  auto p = fork(
      R"("scan": 1, "one": 1, "two": 1)",
      R"("scan": {"kind": "delay", "takes": "1 days", "then": {"home": 0.999999999, "meet": 0.000000001}}, "one": {"kind": "servers", "needs": "lab", "takes": "3 days", "on_start": ["tested"], "then": "meet"},
                   "two": {"kind": "servers", "needs": "lab", "takes": "3 days", "on_start": ["tested"], "then": "meet"}, )");
  p.resources = R"("lab": {"kind": "servers", "servers": 1})";
  Run const r(p);
  CHECK(r.step("one").starts + r.step("two").starts == 1);
  CHECK(r.resource("lab").starts == 1);
  CHECK(r.resource("lab").busy_ticks == 1440);
  CHECK(r.result.finished == 1);
}

TEST_CASE("the server of an ending patient goes to the next patient in the queue") {
  auto p = fork(
      R"("scan": 1, "one": 1)",
      R"("scan": {"kind": "delay", "takes": {"by": ["ill"], "yes": "1 days", "no": "2 days"}, "then": {"by": ["ill"], "yes": "home", "no": "meet"}},
                   "one": {"kind": "servers", "needs": "lab", "takes": "3 days", "then": "meet"}, )");
  p.resources = R"("lab": {"kind": "servers", "servers": 1})";
  p.attributes = R"("ill": {"levels": ["yes", "no"]})";
  p.demand = arrive("a", "mon", "\"08:00\"", 1, came + R"(, "attributes": {"ill": "yes"})") + ", " +
             arrive("b", "mon", "\"09:00\"", 1, came + R"(, "attributes": {"ill": "no"})");
  Run const r(p);
  CHECK(r.step("one").starts == 2);
  CHECK(r.step("one").wait_ticks == 23 * 60);
  CHECK(r.days("wait") == Days{{4, 1}});
}

TEST_CASE("an ending patient leaves what is blocked, paused, under notice or in a heap behind in good order") {
  for (auto const* order : {"arrival", "priority", "breach_date"}) {
    INFO(order);
    auto p = fork(
        R"("scan": 1, "pause": 1, "wait": 1, "notice": 1, "hold": 1)",
        R"("scan": {"kind": "delay", "takes": {"by": ["ill"], "yes": "40 hours", "no": "50 hours"}, "then": {"by": ["ill"], "yes": "home", "no": "meet"}},
                     "pause": {"kind": "servers", "needs": {"office": 1, "tool": 1}, "takes": "12 hours", "then": "meet"},
                     "wait": {"kind": "servers", "needs": "lab", "takes": "30 hours", "then": "meet"},
                     "notice": {"kind": "appointment", "needs": "clinic", "then": "meet"},
                     "hold": {"kind": "servers", "needs": "theatre", "takes": "1 hours", "then": "ward"},
                     "ward": {"kind": "servers", "needs": "bed", "takes": "45 hours", "then": "meet"}, )");
    p.resources =
        R"("office": {"kind": "servers", "at_closing": "pause", "hours": {"day": {"opens": "09:00", "closes": "17:00", "servers": 2}}},
        "tool": {"kind": "servers", "servers": 2},
        "lab": {"kind": "servers", "servers": 1, "order": ")" +
        std::string(order) + R"("},
        "clinic": {"kind": "sessions", "notice": "3 days", "order": ")" +
        order + R"(", "sessions": {"day": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 1}}},
        "theatre": {"kind": "servers", "servers": 2}, "bed": {"kind": "servers", "servers": 1, "waiting_room": 0, "when_full": "hold"})";
    p.attributes = R"("ill": {"levels": ["yes", "no"]})";
    p.run_for = "60 days";
    p.demand = arrive("a", "mon", "\"08:00\"", 2, came + R"(, "attributes": {"ill": "yes"})") + ", " +
               arrive("b", "mon", "\"09:00\"", 1, came + R"(, "attributes": {"ill": "no"})");
    Run const r(p);
    // nine weeks (the last one of four days): the two ill ones end, the third has everything to itself and is met
    CHECK(r.result.referred == 27);
    CHECK(r.result.finished >= 26);
    CHECK(r.counted("wait").patients >= 8);
    for (auto const* name : {"office", "lab", "clinic", "theatre", "bed"}) {
      INFO(name);
      CHECK(r.resource(name).waiting_at_end <= 1);
    }
    CHECK(r.resource("tool").busy_ticks <= 2u * r.result.stopped_at);
  }
}
