// One person is at one place at a time, from the opening to the closing of what they man.

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

std::string const wte = "\"whole_time_equivalents\": ";

/// A clinic with sessions of one slot on some days that need `needs`.
std::string clinic(std::string const& name, std::string const& opens, std::string const& closes,
                   std::string const& needs = R"("nurse": 1)", std::string const& on = "mon-fri") {
  return "\"" + name + R"(": {"kind": "sessions", "staff": {)" + needs + R"(}, "sessions": {"s": {"on": ")" + on +
         R"(", "opens": ")" + opens + R"(", "closes": ")" + closes + R"(", "slots": 1}}})";
}
Parts hospital(std::string const& staff, std::string const& resources, std::string const& run_for = "7 days") {
  Parts p;
  p.run_for = run_for;
  p.staff = staff;
  p.resources = resources;
  p.steps = R"("first": {"kind": "delay", "takes": "0 min", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"");
  return p;
}
std::string nurse(std::string const& people, std::string const& a_week = "10", std::string const& more = "") {
  return R"("nurse": {)" + wte + people + R"(, "sessions_per_week": )" + a_week + more + "}";
}
engine::StaffTotals staff(Run const& r, std::string const& role = "here/nurse") {
  return r.result.staff[index_in(r.model->names.staff, role)];
}
/// Sessions held of each resource, in the order of their names.
std::string held(Run const& r, std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) text += (text.empty() ? "" : " ") + std::to_string(r.resource(name).sessions);
  return text;
}
/// Why people were missing: absent, used up, elsewhere.
std::string why(engine::StaffTotals const& t) {
  CHECK(t.lacking == t.absent + t.used_up + t.elsewhere);
  return std::to_string(t.absent) + " " + std::to_string(t.used_up) + " " + std::to_string(t.elsewhere);
}

}  // namespace

TEST_CASE("one nurse mans one of two clinics of the same hour, the first written") {
  Run const r(hospital(nurse("1"), clinic("b", "09:00", "12:00") + ", " + clinic("a", "09:00", "12:00")));
  CHECK(held(r, {"b", "a"}) == "5 0");
  CHECK(r.resource("a").cancelled == 5);
  CHECK(why(staff(r)) == "0 0 5");
  CHECK(staff(r).wanted == 10);
  CHECK(staff(r).manned == 5);
  Run const two(hospital(nurse("2"), clinic("b", "09:00", "12:00") + ", " + clinic("a", "09:00", "12:00")));
  CHECK(held(two, {"b", "a"}) == "5 5");
}

TEST_CASE("what opens first has the nurse, whatever is written first, and whoever closes is free for what opens then") {
  // late opens while early is open, next as early closes
  std::string const three = clinic("late", "11:00", "14:00") + ", " + clinic("next", "12:00", "15:00") + ", " +
                            clinic("early", "09:00", "12:00");
  Run const r(hospital(nurse("1"), three));
  CHECK(held(r, {"early", "late", "next"}) == "5 0 5");
  CHECK(why(staff(r)) == "0 0 5");
  // one session a day and no more: none is left for either
  Run const tired(hospital(nurse("1", "5"), three));
  CHECK(held(tired, {"early", "late", "next"}) == "5 0 0");
  CHECK(why(staff(tired)) == "0 10 0");
  // a minute later is too late
  Run const minute(hospital(nurse("1"), clinic("early", "09:00", "12:01") + ", " + clinic("next", "12:00", "15:00")));
  CHECK(held(minute, {"early", "next"}) == "5 0");
}

TEST_CASE("sessions of one clinic that overlap need as many nurses as those of two") {
  auto const sessions = [](std::string const& people) {
    auto p = hospital(nurse(people), R"("a": {"kind": "sessions", "staff": {"nurse": 1}, "sessions": {
        "x": {"on": "mon-fri", "opens": "09:00", "closes": "12:00", "slots": 1},
        "y": {"on": "mon-fri", "opens": "10:00", "closes": "13:00", "slots": 1}}})");
    return Run(p).resource("a").sessions;
  };
  CHECK(sessions("1") == 5);
  CHECK(sessions("2") == 10);
}

TEST_CASE("a session of three has three people, part-time or not") {
  auto const run = [](std::string const& people, std::string const& more = "") {
    return Run(hospital(nurse(people, "10", more), clinic("a", "09:00", "12:00", R"("nurse": 3)")));
  };
  CHECK(run("3").resource("a").sessions == 5);
  CHECK(run("2.1").resource("a").sessions == 5);  // three people of 0.7, 1.4 sessions a day each
  CHECK(run("2").resource("a").sessions == 0);
  CHECK(why(staff(run("2"))) == "5 0 0");
  CHECK(run("3", R"(, "vacancy": 0.34)").resource("a").sessions == 0);
  CHECK(why(staff(run("3", R"(, "leave": 1)"))) == "15 0 0");
}

TEST_CASE("half a nurse is one person of half the sessions") {
  std::string const twice = clinic("a", "09:00", "12:00") + ", " + clinic("b", "13:00", "16:00");
  Run const r(hospital(nurse("0.5"), twice));
  CHECK(held(r, {"a", "b"}) == "5 0");
  CHECK(why(staff(r)) == "0 5 0");
  Run const at_once(hospital(nurse("0.5"), clinic("a", "09:00", "12:00") + ", " + clinic("b", "09:00", "12:00")));
  CHECK(held(at_once, {"a", "b"}) == "5 0");
  CHECK(why(staff(at_once)) == "0 5 0");
}

TEST_CASE("why people are missing: one after another, those not at work, those without a session, those elsewhere") {
  // four nurses of five sessions a day: two are at a, then b wants five: one is no one, one has no session left of the
  // three, and one of these is at a
  Run const r(hospital(nurse("4", "6.25"), clinic("a", "09:00", "12:00", R"("nurse": 2)") + ", " +
                                               clinic("b", "10:00", "12:00", R"("nurse": 5)")));
  CHECK(held(r, {"a", "b"}) == "5 0");
  CHECK(why(staff(r)) == "5 5 5");
  CHECK(staff(r).lacking == 15);
}

TEST_CASE("those who stand in are not missing") {
  // of three, one is at work and another one stands in
  Run const r(hospital(nurse("1") + R"(, "reader": {)" + wte + R"(1, "stands_in_for": "nurse"})",
                       clinic("a", "09:00", "12:00", R"("nurse": 3)")));
  CHECK(why(staff(r)) == "5 0 0");
  CHECK(staff(r).stood_in == 0);
}

TEST_CASE("of many sessions that close at several hours each gives its people back when it does") {
  // three nurses: one all day, one until 14:00, one until 10:00 and then until 11:00
  Run const r(hospital(nurse("3", "20"), clinic("day", "08:00", "18:00") + ", " + clinic("ten", "08:00", "10:00") +
                                             ", " + clinic("two", "08:00", "14:00") + ", " +
                                             clinic("eleven", "10:00", "11:00") + ", " +
                                             clinic("after", "14:00", "15:00", R"("nurse": 2)")));
  CHECK(held(r, {"day", "ten", "two", "eleven", "after"}) == "5 5 5 5 5");
}

TEST_CASE("a replication that ends in the middle of a session leaves nobody busy in the next one") {
  // a limit ends each of them on another day
  auto p = hospital(nurse("1", "7"), clinic("a", "00:00", "24:00", R"("nurse": 1)", "daily"), "20 days");
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_week": 70})";
  p.limits = R"("max_events": 200)";
  auto const model = model_of(p);
  engine::Workspace used(model);
  std::uint64_t shortest = 20, longest = 0;
  for (std::uint64_t r = 0; r < 10; ++r) {
    engine::Workspace fresh(model);
    auto const alone = fresh.run(1, r);
    CHECK(used.run(1, r) == alone);
    auto const manned = alone.staff[0].manned;
    shortest = std::min(shortest, manned);
    longest = std::max(longest, manned);
  }
  CHECK(shortest < longest);
}

TEST_CASE("a session over midnight keeps its people until it closes") {
  std::string const nights = clinic("night", "22:00", "06:00", R"("nurse": 1)", "daily");
  Run const r(hospital(nurse("1", "21"), nights + ", " + clinic("five", "05:00", "07:00", R"("nurse": 1)", "daily") +
                                             ", " + clinic("six", "06:00", "08:00", R"("nurse": 1)", "daily")));
  // five on the first day alone, which then keeps the nurse from six
  CHECK(held(r, {"night", "five", "six"}) == "7 1 6");
  CHECK(why(staff(r)) == "0 0 7");
}

TEST_CASE("one nurse mans what is open day and night") {
  for (auto const& hours : {std::pair{"00:00", "24:00"}, std::pair{"08:00", "08:00"}}) {
    Run const r(hospital(nurse("1", "21"), clinic("a", hours.first, hours.second, R"("nurse": 1)", "daily") + ", " +
                                               clinic("b", "12:00", "13:00", R"("nurse": 1)", "daily")));
    CHECK(held(r, {"a", "b"}) == "7 0");
  }
}

TEST_CASE("who covers another provider, or stands in for another role, is not in both places at once") {
  auto const there = [](std::string const& opens, std::string const& closes) {
    auto p = hospital(nurse("0"), clinic("here", opens, closes));
    p.providers = R"("there": {"resources": {)" + clinic("own", "09:00", "12:00") + R"(}, "staff": {)" +
                  nurse("1", "10", R"(, "covers": "here")") + "}}";
    return Run(p);
  };
  CHECK(there("10:00", "13:00").resource("here").sessions == 0);
  CHECK(there("12:00", "13:00").resource("here").sessions == 5);
  CHECK(there("08:00", "09:00").resource("own", "there").sessions == 5);
  // covering keeps them from their own
  Run const early(there("08:00", "10:00"));
  CHECK(early.resource("here").sessions == 5);
  CHECK(early.resource("own", "there").sessions == 0);
  CHECK(why(staff(early, "there/nurse")) == "0 0 5");

  auto const roles = [](std::string const& opens) {
    return Run(hospital(nurse("0") + R"(, "reader": {)" + wte + R"(1, "stands_in_for": "nurse"})",
                        clinic("own", "09:00", "12:00", R"("reader": 1)") + ", " + clinic("other", opens, "14:00")));
  };
  CHECK(held(roles("11:00"), {"own", "other"}) == "5 0");
  CHECK(held(roles("12:00"), {"own", "other"}) == "5 5");
}

TEST_CASE("a session that is cancelled keeps nobody from one of the same hour") {
  Run const r(hospital(nurse("2"), clinic("a", "09:00", "12:00", R"("nurse": 3)") + ", " +
                                       clinic("b", "09:00", "12:00", R"("nurse": 2)")));
  CHECK(held(r, {"a", "b"}) == "0 5");
}

TEST_CASE("people whom a dated lever takes away finish what they man, and count until then") {
  auto const run = [](std::string const& before, std::string const& after) {
    auto p = hospital(nurse(before, "21"), clinic("night", "20:00", "08:00", R"("nurse": )" + before, "wed") + ", " +
                                               clinic("seven", "07:00", "09:00", R"("nurse": 1)", "thu") + ", " +
                                               clinic("nine", "09:00", "10:00", R"("nurse": 1)", "thu"));
    p.levers = R"("change": {"pointer": "/providers/here/staff/nurse/whole_time_equivalents", "set": )" + after +
               R"(, "from": "2026-06-04"})";
    return held(Run(p), {"night", "seven", "nine"});
  };
  CHECK(run("2", "1") == "1 0 1");
  CHECK(run("2", "2") == "1 0 1");
  CHECK(run("2", "3") == "1 1 1");
  CHECK(run("2", "0") == "1 0 0");
}

TEST_CASE("a session under way closes at the hour at which it was to close when it opened") {
  auto p = hospital(nurse("1", "21"), clinic("night", "20:00", "08:00", R"("nurse": 1)", "wed") + ", " +
                                          clinic("seven", "07:00", "09:00", R"("nurse": 1)", "thu"));
  p.levers =
      R"("change": {"pointer": "/providers/here/resources/night/sessions/s/closes", "set": "06:00", "from": "2026-06-04"})";
  CHECK(held(Run(p), {"night", "seven"}) == "1 0");
}

TEST_CASE("training takes sessions of those who train, at no hour of its own") {
  // a consultant of two sessions a day; a trainee takes one of them for the first three days
  auto p = hospital(
      R"("consultant": {)" + wte + R"(1, "sessions_per_week": 10}, )" +
          nurse("0", "10",
                R"(, "new_posts": "recruited", "recruited_after": "0 days", "trained_after": "3 days",
                                 "trainer": {"role": "consultant", "sessions_per_week": 5})"),
      clinic("a", "09:00", "12:00", R"("consultant": 1)") + ", " + clinic("b", "13:00", "16:00", R"("consultant": 1)"));
  p.levers =
      R"("change": {"pointer": "/providers/here/staff/nurse/whole_time_equivalents", "set": 1, "from": "2026-06-02"})";
  Run const r(p);
  CHECK(held(r, {"a", "b"}) == "5 2");
  CHECK(why(staff(r, "here/consultant")) == "0 3 0");
}

TEST_CASE("whoever is at work may man more than their part of the role's sessions") {
  // two nurses of two sessions a day: one is at the long session, the other mans three short ones
  Run const r(hospital(nurse("2"), clinic("long", "08:00", "18:00") + ", " + clinic("a", "08:00", "10:00") + ", " +
                                       clinic("b", "10:00", "12:00") + ", " + clinic("c", "12:00", "14:00") + ", " +
                                       clinic("d", "14:00", "16:00")));
  CHECK(held(r, {"long", "a", "b", "c", "d"}) == "5 5 5 5 0");
  CHECK(why(staff(r)) == "0 5 0");
}
