// People who leave, are recruited and trained, and those who stand in for others.

#include <cmath>

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

std::string const wte = "\"whole_time_equivalents\": ";

/// A session every day that needs `needs`; one patient.
Parts daily(std::string const& staff, std::string const& needs, std::string const& run_for) {
  Parts p;
  p.run_for = run_for;
  p.staff = staff;
  p.resources = R"("clinic": {"kind": "sessions", "staff": {)" + needs +
                R"(}, "sessions": {"am": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 1}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"");
  return p;
}
std::string from(std::string const& date, std::string const& role, std::string const& field, std::string const& value) {
  return "\"" + role + field + R"(": {"pointer": "/providers/here/staff/)" + role + "/" + field + R"(", "set": )" +
         value + R"(, "from": ")" + date + "\"}";
}
engine::StaffTotals staff(Run const& r, std::string const& role) {
  return r.result.staff[index_in(r.model->names.staff, role)];
}
/// 1 nurse who works daily, 2 from Thursday.
Parts second_nurse(std::string const& more, std::string const& others = "",
                   std::string const& needs = R"("nurse": 2)") {
  auto p = daily(R"("nurse": {)" + wte + R"(1, "sessions_per_week": 7, )" + more + "}" + others, needs, "10 days");
  p.levers = from("2026-06-04", "nurse", "whole_time_equivalents", "2");
  return p;
}
std::string const recruited = R"("new_posts": "recruited", "recruited_after": "2 days", "trained_after": "3 days")";

}  // namespace

TEST_CASE("posts that a dated lever adds begin filled, or are recruited and trained") {
  Run const filled(second_nurse(R"("recruited_after": "2 days", "trained_after": "3 days")"));
  CHECK(filled.resource("clinic").cancelled == 3);
  // starts on day 5 and mans sessions from day 8 on
  Run const r(second_nurse(recruited));
  CHECK(r.resource("clinic").cancelled == 8);
  CHECK(r.resource("clinic").sessions == 2);
  auto const nurses = staff(r, "here/nurse");
  CHECK(nurses.days == 10);
  CHECK(nurses.posts == 17'000'000);
  CHECK(nurses.in_post == 15'000'000);
  CHECK(nurses.in_training == 3'000'000);
  CHECK(nurses.wanted == 20);
  CHECK(nurses.manned == 4);
  CHECK(nurses.lacking == 8);
}

TEST_CASE("training takes sessions of those who train") {
  // a consultant mans one session a day; each trainee takes all of it, or half, for three days
  auto const cancelled = [](std::string const& a_week) {
    auto p = second_nurse(recruited + R"(, "trainer": {"role": "consultant", "sessions_per_week": )" + a_week + "}",
                          R"(, "consultant": {)" + wte + R"(1, "sessions_per_week": 7})", R"("consultant": 1)");
    return Run(p).resource("clinic").cancelled;
  };
  CHECK(cancelled("0") == 0);
  CHECK(cancelled("7") == 3);
  CHECK(cancelled("3.5") == 2);  // halves on days 5 and 6 make one session
  CHECK(cancelled("14") == 3);   // what is lacking is not owed later
}

TEST_CASE("posts that a dated lever takes away are the last ones") {
  auto p = daily(R"("nurse": {)" + wte + R"(2, "sessions_per_week": 7})", R"("nurse": 2)", "10 days");
  p.levers = from("2026-06-04", "nurse", "whole_time_equivalents", "1");
  Run const r(p);
  CHECK(r.resource("clinic").sessions == 3);
  CHECK(staff(r, "here/nurse").in_post == 13'000'000);
}

TEST_CASE("people leave at the rate that is said, and a dated lever on it reaches those in post") {
  // 1,000 people and nobody new: after d days a share exp(-12 d / 365) is left
  auto p = daily(R"("nurse": {)" + wte + R"(1000, "leavers_per_year": 12, "recruited_after": "900 days"})",
                 R"("nurse": 1)", "60 days");
  double expected = 0;
  for (int d = 0; d < 60; ++d) expected += 1000 * std::exp(-12.0 * d / 365);
  double const found = static_cast<double>(staff(Run(p), "here/nurse").in_post) / 1e6;
  CHECK(std::abs(found - expected) < 60 * 5 * std::sqrt(1000 * 0.25));
  p.levers = from("2026-06-11", "nurse", "leavers_per_year", "0");
  double stopped = 0;  // the last of them leave on the morning of the tenth day
  for (int d = 0; d < 60; ++d) stopped += 1000 * std::exp(-12.0 * std::min(d, 9) / 365);
  double const then = static_cast<double>(staff(Run(p), "here/nurse").in_post) / 1e6;
  CHECK(std::abs(then - stopped) < 60 * 5 * std::sqrt(1000 * 0.25 * 0.75));
}

TEST_CASE("a post is empty for as long as recruiting takes, and its new holder is in training after that") {
  // in the long run a post goes round: 365/4 days somebody is there (20 of these in training), 30 days nobody
  auto p = daily(R"("nurse": {)" + wte +
                     R"(200, "leavers_per_year": 4, "recruited_after": "30 days", "trained_after": "20 days"})",
                 R"("nurse": 1)", "6000 days");
  p.warm_up = "365 days";
  Run const r(p);
  auto const nurses = staff(r, "here/nurse");
  double const stay = 365 / 4.0 + 0.5;  // the day is rounded up
  double const in_post = stay / (stay + 30);
  double const days = 200e6 * static_cast<double>(nurses.days);
  CHECK(std::abs(static_cast<double>(nurses.in_post) / days - in_post) < 0.004);
  // some leave in training
  double const trained = std::exp(-4.0 * 20 / 365);
  double const training = (1 - trained) * 365 / 4;
  CHECK(std::abs(static_cast<double>(nurses.in_training) / days - training / (stay + 30)) < 0.004);
}

TEST_CASE("a session that lacks a role takes those who stand in for it, in the order of the provider") {
  auto p = daily(R"("nurse": {)" + wte + R"(0}, "second": {)" + wte +
                     R"(1, "sessions_per_week": 3, "stands_in_for": "nurse"}, "third": {)" + wte +
                     R"(1, "sessions_per_week": 7, "stands_in_for": ["nurse"]})",
                 R"("nurse": 1)", "14 days");
  Run const r(p);
  CHECK(r.resource("clinic").cancelled == 0);
  CHECK(staff(r, "here/nurse").wanted == 14);
  CHECK(staff(r, "here/nurse").manned == 0);
  CHECK(staff(r, "here/nurse").stood_in == 14);
  CHECK(staff(r, "here/second").lent == 6);  // three a week over seven days
  CHECK(staff(r, "here/third").lent == 8);
  CHECK(staff(r, "here/third").wanted == 0);
}

TEST_CASE("a session's own people come first: who is needed stands in for nobody") {
  // readers, one of whom the session needs, could stand in for the nurse
  auto const sessions = [](std::string const& readers, std::string const& a_week) {
    std::string const roles =
        R"("nurse": {)" + wte + R"(0}, "reader": {)" + wte + readers + R"(, "sessions_per_week": )";
    return Run(daily(roles + a_week + R"(, "stands_in_for": "nurse"})", R"("nurse": 1, "reader": 1)", "7 days"))
        .resource("clinic")
        .sessions;
  };
  CHECK(sessions("1", "7") == 0);
  CHECK(sessions("1", "14") == 0);  // of two sessions a day, but not at once
  CHECK(sessions("2", "7") == 7);
  CHECK(sessions("2", "5.25") == 3);  // three quarters each: 1, 2, 1, 2 ... of them a day
}

TEST_CASE("people of other providers cover, in the order of the file, the same role before another") {
  auto p = daily(R"("nurse": {)" + wte + "0}", R"("nurse": 3)", "7 days");
  auto const there = [](std::string const& name, std::string const& staff) {
    return "\"" + name + R"(": {"staff": {)" + staff + "}}";
  };
  std::string const covers = R"(, "sessions_per_week": 7, "covers": "here"})";
  p.providers = there("one", R"("porter": {)" + wte + R"(1, "stands_in_for": "nurse")" + covers + R"(, "nurse": {)" +
                                 wte + "1" + covers) +
                ", " + there("two", R"("nurse": {)" + wte + "2" + covers) + ", " +
                there("three", R"("nurse": {)" + wte + "5}");
  Run const r(p);
  CHECK(r.resource("clinic").sessions == 7);
  CHECK(staff(r, "one/nurse").lent == 7);
  CHECK(staff(r, "one/porter").lent == 7);
  CHECK(staff(r, "two/nurse").lent == 7);
  CHECK(staff(r, "three/nurse").lent == 0);
  CHECK(staff(r, "here/nurse").stood_in == 21);
}

TEST_CASE("a session that is cancelled leaves everybody free for another one") {
  // the first needs three and finds two; the second needs two
  auto p = daily(R"("nurse": {)" + wte + R"(1, "sessions_per_week": 7}, "reader": {)" + wte +
                     R"(1, "sessions_per_week": 7, "stands_in_for": "nurse"})",
                 R"("nurse": 3)", "7 days");
  p.resources +=
      R"(, "other": {"kind": "sessions", "staff": {"nurse": 2}, "sessions": {"am": {"on": "daily", "opens": "10:00", "closes": "12:00", "slots": 1}}})";
  Run const r(p);
  CHECK(r.resource("clinic").cancelled == 7);
  CHECK(r.resource("other").sessions == 7);
  CHECK(staff(r, "here/nurse").lacking == 7);
}
