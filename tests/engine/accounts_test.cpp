// Where the time goes: every moment of everybody is in one account, and the times can be checked by hand.

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;
using engine::StepTotals;

namespace {

constexpr std::uint64_t hour = 60, day = 24 * hour;

StepTotals const& branches_at(Run const& r, std::string const& step) {
  return r.result.branch_steps[index_in(r.model->names.steps, "path/" + step) * r.model->providers()];
}

/// All time of patients, wherever.
std::uint64_t time_of_patients(Run const& r) {
  std::uint64_t all = 0;
  for (auto const& s : r.result.steps) all += s.time();
  return all;
}

Parts clinic(std::string const& of_clinic, std::string const& of_step, std::string const& on, std::string const& at) {
  Parts p;
  p.run_for = "14 days";
  p.resources = R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "mon,thu", "opens": "09:00",
      "closes": "12:00", "slots": 1}})" +
                of_clinic + "}";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "takes": "1 hour", "then": "home")" + of_step + "}" +
            then_home;
  p.demand = arrive("gp", on, at);
  return p;
}

}  // namespace

TEST_CASE("a wait is divided into days on which it opens and days on which it does not") {
  auto p = clinic("", "", "mon", "\"13:00\"");  // waits until Thursday 09:00
  p.run_for = "7 days";
  Run const r(p);
  CHECK(r.step("first").waiting == 11 * hour + 9 * hour);
  CHECK(r.step("first").closed == 2 * day);
  CHECK(r.step("first").service == hour);
  CHECK(r.step("first").wait_ticks == 11 * hour + 2 * day + 9 * hour);
  CHECK(time_of_patients(r) == 2 * day + 21 * hour);
}

TEST_CASE("a bank holiday on which it is closed is a closed day") {
  auto p = clinic("", "", "thu", "\"13:00\"");  // until Monday 09:00, which is a holiday on 31 August: until Thursday
  p.starts = "2026-08-24";
  p.bank_holidays = "england";
  Run const r(p);
  CHECK(r.step("first").closed == (6 + 3) * day);
  CHECK(r.step("first").waiting == 11 * hour + 9 * hour + 11 * hour);  // the second of them from Thursday on
}

TEST_CASE("a session that goes on past midnight keeps the next day open") {
  Parts p;
  p.resources =
      R"("desk": {"kind": "servers", "hours": {"night": {"on": "tue", "opens": "20:00", "closes": "06:00", "servers": 1}}})";
  p.steps = R"("first": {"kind": "servers", "needs": "desk", "takes": "8 hours", "then": "home"})" + then_home;
  p.demand = arrive("gp", "tue", "\"12:00\"", 3);
  Run const r(p);
  // the first until 20:00, the second until 04:00, the third from Wednesday 04:00 to the end on Sunday
  CHECK(r.step("first").waiting == 8 * hour + 16 * hour + 36 * hour);
  CHECK(r.step("first").closed == 4 * day);
}

TEST_CASE("the notice comes first, and only what is left of the wait is waiting or closed") {
  auto p = clinic(R"(, "notice": "2 days")", "", "mon", "\"08:00\"");  // called on Wednesday 08:00, seen on Thursday
  p.run_for = "7 days";
  Run const r(p);
  CHECK(r.step("first").notice == 2 * day);
  CHECK(r.step("first").closed == 16 * hour);
  CHECK(r.step("first").waiting == 9 * hour);
}

TEST_CASE("who gives up has waited, and so has who is still there at the end") {
  auto p = clinic("", R"(, "gives_up": {"bored": {"after": "1 day", "then": "home"}})", "mon", "\"13:00\"");
  p.run_for = "7 days";
  Run const r(p);
  CHECK(r.step("first").starts == 0);
  CHECK(r.step("first").gave_up == 1);
  CHECK(r.step("first").waiting == 11 * hour);
  CHECK(r.step("first").closed == 13 * hour);
  CHECK(r.step("first").wait_ticks == 0);
  p = clinic("", "", "fri", "\"12:00\"");
  p.run_for = "7 days";
  Run const there(p);
  CHECK(there.result.still_in == 1);
  CHECK(there.step("first").closed == 2 * day + 12 * hour);
}

TEST_CASE("a missed appointment is waited for, and then rebooked") {
  auto p = clinic("", R"(, "did_not_attend": {"share": 1, "rebook": "1 day", "up_to": 2, "then": "home"})", "mon",
                  "\"08:00\"");
  p.run_for = "7 days";
  Run const r(p);
  // missed on Monday at 09:00, on the list again on Tuesday at 09:00, missed on Thursday at 09:00
  CHECK(r.step("first").waiting == hour + 9 * hour);
  CHECK(r.step("first").rebooking == day);
  CHECK(r.step("first").closed == day + 15 * hour);
  CHECK(r.step("first").service == 0);
  CHECK(time_of_patients(r) == 3 * day + hour);
}

TEST_CASE("the time between repeats has an account, and a visit begins without what the last one carried") {
  Parts p;
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 hour", "repeats": 3, "every": "2 days", "then": "home"})" + then_home;
  p.demand = arrive("gp", "mon", "\"09:00\"");
  Run const r(p);
  CHECK(r.step("first").finished == 3);
  CHECK(r.step("first").delay == 3 * hour);
  CHECK(r.step("first").between == 2 * (2 * day - hour));
}

TEST_CASE("work that a closing interrupts is in service without the night") {
  Parts p;
  p.resources = R"("desk": {"kind": "servers", "hours": {"day": {"on": "mon-fri", "opens": "09:00", "closes": "17:00",
      "servers": 1}}, "at_closing": "pause"})";
  p.steps = R"("first": {"kind": "servers", "needs": "desk", "takes": "3 hours", "then": "home"})" + then_home;
  p.demand = arrive("gp", "mon", "\"16:00\"");
  Run const r(p);
  CHECK(r.step("first").service == 3 * hour);
  CHECK(r.step("first").service_ticks == 3 * hour);
  CHECK(r.step("first").interrupted == 16 * hour);
  CHECK(r.step("first").finished == 1);
}

TEST_CASE("who is held keeps what it has, and its stay ends as it goes") {
  Parts p;
  p.resources = R"("theatre": {"kind": "servers", "servers": 2}, "bed": {"kind": "servers", "servers": 1,
      "waiting_room": 0, "when_full": "hold"})";
  p.steps = R"("first": {"kind": "servers", "needs": "theatre", "takes": "1 hour", "then": "ward"},
      "ward": {"kind": "servers", "needs": "bed", "takes": "5 hours", "then": "home"})" +
            then_home;
  p.demand = arrive("gp", "mon", "\"09:00\"", 2);
  Run const r(p);
  StepTotals const& theatre = r.step("first");
  CHECK(theatre.service == 2 * hour);
  CHECK(theatre.held == 5 * hour);
  CHECK(theatre.kept == 1);
  CHECK(theatre.kept_ticks == hour);
  CHECK(theatre.let_go == 1);
  CHECK(theatre.let_go_ticks == 6 * hour);
  CHECK(r.step("ward").outside == 0);
  CHECK(r.resource("bed").longest_list == 1);  // held upstream, it waits for the bed
  CHECK(r.resource("theatre").held_ticks == 5 * hour);
  CHECK(r.resource("bed").held_ticks == 0);
}

TEST_CASE("all servers that one who is held keeps are held, until the end too, across dates on which levers change") {
  Parts p;
  p.resources = R"("theatre": {"kind": "servers", "servers": 4}, "nurse": {"kind": "servers", "servers": 2},
      "bed": {"kind": "servers", "servers": 1, "waiting_room": 0, "when_full": "hold"})";
  p.steps = R"("first": {"kind": "servers", "needs": {"theatre": 2, "nurse": 1}, "takes": "1 hour", "then": "ward"},
      "ward": {"kind": "servers", "needs": "bed", "takes": "20 days", "then": "home"})" +
            then_home;
  p.demand = arrive("gp", "mon", "\"09:00\"", 2);
  p.levers = R"("same": {"pointer": "/providers/here/resources/bed/servers", "set": 1, "from": "2026-06-03"})";
  Run const r(p);  // one goes to the ward on Monday at 10:00, the other one is held until Sunday 24:00
  CHECK(r.resource("theatre").held_ticks == 6 * day + 14 * hour);
  CHECK(r.resource("nurse").held_ticks == 6 * day + 14 * hour);
  CHECK(r.resource("bed").held_ticks == 0);
}

TEST_CASE("branches have days of their own, and wait where they join") {
  Parts p;
  p.steps = R"("first": {"kind": "parallel", "starts": {"short": 1, "long": 1}, "joins_at": "home"},
      "short": {"kind": "delay", "takes": "1 day", "then": "home"},
      "long": {"kind": "delay", "takes": "4 days", "then": "home"})" +
            then_home;
  p.demand = arrive("gp", "mon", "\"09:00\"");
  SECTION("all measured") {
    Run const r(p);
    CHECK(r.step("first").branched == 4 * day);
    CHECK(r.step("short").time() == 0);
    CHECK(branches_at(r, "short").delay == day);
    CHECK(branches_at(r, "long").delay == 4 * day);
    CHECK(branches_at(r, "first").joining == 3 * day);
    CHECK(time_of_patients(r) == 4 * day);
  }
  SECTION("only what is measured counts, to the tick") {
    p.warm_up = "3 days";  // until Thursday 00:00
    p.run_for = "1 day";
    Run const r(p);
    CHECK(r.step("first").branched == day);
    CHECK(branches_at(r, "short").delay == 0);
    CHECK(branches_at(r, "long").delay == day);
    CHECK(branches_at(r, "first").joining == day);
  }
}

TEST_CASE("the way to another provider is the step's that the patient leaves") {
  Parts p;
  p.providers = R"("there": {})";
  p.steps = R"("first": {"kind": "transfer", "to": "there", "takes": "2 days", "then": "rest"},
      "rest": {"kind": "delay", "takes": "1 day", "then": "home"})" +
            then_home;
  p.demand = arrive("gp", "mon", "\"09:00\"");
  Run const r(p);
  CHECK(r.step("first").travelling == 2 * day);
  CHECK(r.step("first", "there").time() == 0);
  CHECK(r.step("rest", "there").delay == day);
}

TEST_CASE("a mean is over one set of people: stays of forty days are forty days, however few have ended") {
  Parts p;
  p.run_for = "60 days";
  p.steps = R"("first": {"kind": "delay", "takes": "40 days", "then": "home"})" + then_home;
  p.demand = arrive("gp", "daily", "\"09:00\"");
  Run const r(p);
  CHECK(r.step("first").starts == 60);
  CHECK(r.step("first").finished == 20);
  CHECK(r.step("first").service_ticks == 20 * 40 * day);
}

namespace {

/// What months add up to, field by field, but for what is a level and no flow.
template <class Month>
Month sum_of(std::vector<Month> const& months, std::size_t first, std::size_t every) {
  Month sum;
  for (std::size_t i = first; i < months.size(); i += every) merge_into(sum, months[i]);
  return sum;
}

}  // namespace

TEST_CASE("months add up to the whole, to the tick, and servers are busy in the month in which they work") {
  Parts p;
  p.starts = "2026-03-20";
  p.run_for = "60 days";  // 25 March to 23 May
  p.warm_up = "5 days";
  p.resources = R"("ward": {"kind": "servers", "servers": 3},
      "desk": {"kind": "sessions", "staff": {"nurse": 1}, "sessions": {"day": {"on": "mon-fri", "opens": "09:00", "closes": "12:00", "slots": 1}}})";
  p.staff = R"("nurse": {"whole_time_equivalents": 1, "sickness": 0.3, "sessions_per_week": 4})";
  p.steps =
      R"("first": {"kind": "appointment", "needs": "desk", "gives_up": {"tired": {"after": "20 days", "then": "home"}}, "then": "stay"},
      "stay": {"kind": "servers", "needs": {"ward": 1}, "takes": "10 days", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon-fri", "\"08:00\"", 1);
  Run const r(p);
  auto const& result = r.result;
  REQUIRE(r.model->months == 3);
  std::size_t const resources = result.resources.size();
  for (std::size_t i = 0; i < resources; ++i) {
    auto const sum = sum_of(result.resource_months, i, resources);
    auto const& all = result.resources[i];
    CHECK(sum.sessions == all.sessions);
    CHECK(sum.cancelled == all.cancelled);
    CHECK(sum.offered == all.offered);
    CHECK(sum.used == all.used);
    CHECK(sum.busy_ticks == all.busy_ticks);
    CHECK(sum.open_ticks == all.open_ticks);
    CHECK(sum.wait_ticks == all.wait_ticks);
    CHECK(sum.starts == all.starts);
    CHECK(result.resource_months[2 * resources + i].waiting_at_end == all.waiting_at_end);
    for (std::size_t m = 0; m < 3; ++m) {
      auto const& month = result.resource_months[m * resources + i];
      CHECK(month.busy_ticks <= month.open_ticks);
    }
  }
  auto const places = model::waiting_places(*r.model);
  REQUIRE(places.size() == 2);
  REQUIRE(result.step_months.size() == 6);
  for (std::size_t k = 0; k < places.size(); ++k) {
    auto const sum = sum_of(result.step_months, k, places.size());
    auto const& all = result.steps[places[k]];
    CHECK(sum.starts == all.starts);
    CHECK(sum.finished == all.finished);
    CHECK(sum.wait_ticks == all.wait_ticks);
    CHECK(sum.gave_up == all.gave_up);
    CHECK(result.step_months[2 * places.size() + k].waiting_at_end == all.waiting_at_end);
  }
  auto const sum = sum_of(result.staff_months, 0, 1);
  auto const& all = result.staff.at(0);
  CHECK(sum.days == all.days);
  CHECK(sum.days == 60);
  CHECK(result.staff_months[1].days == 30);
  CHECK(sum.posts == all.posts);
  CHECK(sum.in_post == all.in_post);
  CHECK(sum.wanted == all.wanted);
  CHECK(sum.manned == all.manned);
  CHECK(sum.lacking == all.lacking);
  auto const ward = index_in(r.model->names.resource_names, "ward");
  CHECK(result.resource_months[resources + ward].open_ticks == 3 * 30 * day);
}

TEST_CASE("a stay over the end of a month is in both, by its days") {
  Parts p;
  p.starts = "2026-04-20";
  p.run_for = "30 days";
  p.resources = R"("ward": {"kind": "servers", "servers": 1})";
  p.steps =
      R"("first": {"kind": "servers", "needs": {"ward": 1}, "takes": "20 days", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "tue", "\"00:00\"", 1);  // 21 and 28 April, 5, 12 and 19 May
  Run const r(p);
  auto const& months = r.result.resource_months;
  REQUIRE(months.size() == 2);
  CHECK(months[0].busy_ticks == 10 * day - 1);  // from 21 April to the last moment of the month
  CHECK(months[1].busy_ticks == 19 * day + 1);  // to 11 May, and on with the next
  CHECK(months[0].waiting_at_end == 1);
  CHECK(months[1].waiting_at_end == 3);
  CHECK(r.result.step_months[0].starts == 1);
  CHECK(r.result.step_months[1].starts == 1);
  CHECK(r.result.step_months[0].finished == 0);
  CHECK(r.result.step_months[1].finished == 1);
  CHECK(r.result.step_months[1].wait_ticks == 13 * day);
}
