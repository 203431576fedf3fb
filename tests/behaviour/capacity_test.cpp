// More capacity never lengthens a wait, endless capacity ends it, and the same patients come whatever the capacity.

#include "hospital.hpp"

using namespace trial;

namespace {

std::string const appointment = R"({ "kind": "appointment", "needs": "place", "takes": "20 min", "then": "done" })";
std::string const service =
    R"({ "kind": "servers", "needs": "place", "takes": { "lognormal": { "mean": "90 min", "sd": "60 min" } }, "then": "done" })";
std::string const place = "/providers/h/resources/place/";

struct Arm {
  char const* what;
  std::string text;
  std::string lever;                ///< up to the value
  std::vector<std::string> values;  ///< ever more capacity
};

std::vector<Arm> arms() {
  using hospital::one_queue;
  std::string const session =
      R"({ "kind": "sessions", "sessions": { "weekday": { "on": "mon-fri", "opens": "09:00", "closes": "12:00", "slots": 30 } } })";
  std::string const weekly =
      R"({ "kind": "sessions", "per_week": 150, "sessions": { "weekday": { "on": "mon-fri", "opens": "09:00", "closes": "17:00" } } })";
  std::string const pool = R"({ "kind": "servers", "servers": 2 })";
  std::string const hours =
      R"({ "kind": "servers", "hours": { "day": { "on": "mon-fri", "opens": "08:00", "closes": "18:00", "servers": 5 } } })";
  std::string const others =
      R"({ "kind": "sessions", "other_work": 0.3, "sessions": { "weekday": { "on": "mon-fri", "opens": "09:00", "closes": "12:00", "slots": 43 } } })";
  std::string const staffed =
      R"({ "kind": "sessions", "staff": { "nurse": 5 }, "sessions": { "weekday": { "on": "mon-fri", "opens": "09:00", "closes": "12:00", "slots": 60 } } })";
  std::string const meeting =
      R"({ "kind": "meeting", "cut_off": "1 day", "meets": { "weekly": { "on": "tue", "at": "14:00", "cases": 145 } } })";
  std::string const meets = R"({ "kind": "meeting", "needs": "place", "then": "done" })";
  return {
      {"slots of a session",
       one_queue(session, appointment),
       place + "sessions/weekday/slots=",
       {"30", "31", "33", "45", "300"}},
      {"slots a week", one_queue(weekly, appointment), place + "per_week=", {"150", "150.5", "155", "200", "2000"}},
      {"days of sessions",
       one_queue(session, appointment),
       place + "sessions/weekday/on=",
       {"mon-fri", "mon-sat", "daily"}},
      {"servers", one_queue(pool, service), place + "servers=", {"2", "3", "4", "5", "40"}},
      {"servers in opening hours",
       one_queue(hours, service),
       place + "hours/day/servers=",
       {"5", "6", "7", "12", "90"}},
      {"hours a day", one_queue(hours, service), place + "hours/day/closes=", {"18:00", "18:30", "20:00", "23:59"}},
      {"less work of others", one_queue(others, appointment), place + "other_work=", {"0.3", "0.28", "0.2", "0"}},
      {"staff",
       one_queue(staffed, appointment, R"(, "staff": { "nurse": { "whole_time_equivalents": 7, "leave": 0.3 } })"),
       "/providers/h/staff/nurse/whole_time_equivalents=",
       {"7", "8", "10", "60"}},
      {"cases of a meeting",
       one_queue(meeting, meets),
       place + "meets/weekly/cases=",
       {"145", "150", "170", "400", "9000"}},
  };
}

}  // namespace

TEST_CASE("more capacity never lengthens the paired mean wait") {
  for (auto const& arm : arms()) {
    INFO(arm.what);
    std::vector<Results> results;
    for (auto const& value : arm.values) results.push_back(run(model_from(arm.text, {arm.lever + value}), 6));
    for (std::size_t v = 0; v < results.size(); ++v) {
      INFO(arm.lever << arm.values[v]);
      for (std::size_t k = 0; k < 6; ++k) {
        auto const& r = results[v][k];
        CHECK(r.still_in == 0);
        CHECK(r.arrivals == results[0][k].arrivals);
        CHECK(r.resources[0].starts == results[0][k].resources[0].starts);
        if (v > 0) CHECK(hospital::waited(r) <= hospital::waited(results[v - 1][k]));
      }
    }
    CHECK(hospital::waited(results.back()[0]) < hospital::waited(results.front()[0]) / 2);
  }
}

TEST_CASE("with endless capacity nobody waits for servers, nor past the next session") {
  auto const all = arms();
  for (auto const& r : run(model_from(all[3].text, {place + "servers=5000"}), 5)) {
    CHECK(hospital::waited(r) == 0);
    CHECK(r.resources[0].starts == r.referred);
    CHECK(r.resources[0].longest_list == 0);
  }
  // every day at 09:00: nobody waits more than a day, and those who come while it is open do not wait
  auto const m =
      model_from(all[0].text, {place + "sessions/weekday/slots=5000", place + "sessions/weekday/on=\"daily\""});
  for (auto const& r : run(m, 5)) {
    CHECK(hospital::waited(r) < r.referred * m.ticks_per_day);
    CHECK(r.resources[0].starts == r.referred);
  }
}

// A bottleneck that moves to a place with more patients could lengthen the sum; here no place is one for long.
TEST_CASE("in a network more of any resource shortens the waits in all") {
  auto const base = run(model_from(hospital::network), 8);
  auto const wait = [](Results const& results) {
    double ticks = 0;
    for (auto const& r : results) {
      CHECK(r.still_in == 0);
      ticks += static_cast<double>(hospital::waited(r));
    }
    return ticks;
  };
  double const before = wait(base);
  for (char const* const lever : {"/providers/north/resources/clinic/sessions/weekday/slots=18",
                                  "/providers/south/resources/clinic/sessions/weekday/slots=15",
                                  "/providers/north/resources/ct/hours/weekday/servers=2",
                                  "/providers/south/resources/ct/hours/weekday/servers=2",
                                  "/providers/north/resources/mdt/meets/weekly/on=\"mon,wed\"",
                                  "/providers/north/resources/theatre/per_week=14"}) {
    INFO(lever);
    auto const more = run(model_from(hospital::network, {lever}), 8);
    CHECK(wait(more) < before);
    for (std::size_t k = 0; k < more.size(); ++k) CHECK(more[k].arrivals == base[k].arrivals);
  }
}

TEST_CASE("twice the patients with twice the capacity wait as long, where the queue only grows") {
  // a fifth too little capacity: the wait is that of the growing list, not of chance
  auto const wait = [](int times) {
    auto const m = shipped(
        "mm1.json", {"/demand/arrivals/per_hour=" + std::to_string(72 * 10 * times), "/horizon/warm_up=\"0 days\"",
                     "/providers/desk/resources/server/servers=" + std::to_string(10 * times),
                     "/horizon/run_for=\"10 days\"", "/horizon/resolution=\"1 s\""});
    return mean_wait(m, run(m, 4), "server").value;
  };
  double const once = wait(1), twice = wait(2);
  CAPTURE(once, twice);
  CHECK(once == Approx(twice).epsilon(0.02));
  // who starts at time t came at t / 1.2; over ten days the mean wait is 5 / 6 of a day
  CHECK(once == Approx(1200.0).epsilon(0.02));
}
