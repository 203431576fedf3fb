#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;
using model::AccountOf;

namespace {

/// Pence that an account of the first ledger had in a measured month, or (-1) in all; things by their number.
std::uint64_t pence(Run const& r, AccountOf of, std::uint32_t item, int month = -1, model::Index16 ledger = 0) {
  std::uint64_t sum = 0;
  for (std::uint32_t a = 0; a < r.model->accounts.size(); ++a) {
    auto const& account = r.model->accounts[a];
    if (account.ledger != ledger || account.of != of || account.item != item) continue;
    for (std::uint32_t m = 0; m < r.model->months; ++m)
      if (month < 0 || m == static_cast<std::uint32_t>(month)) sum += r.result.pence[r.model->account_cell(a, m)];
  }
  return sum;
}
std::uint64_t all(Run const& r, int month = -1, model::Index16 ledger = 0) {
  return pence(r, AccountOf::all, 0, month, ledger);
}

/// June and July 2026; each day at nine a patient comes, who is gone after two days at most.
Parts two_months(std::string const& step) {
  Parts p;
  p.run_for = "61 days";
  p.steps = R"("first": {)" + step + R"(, "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "daily", "\"09:00\"", 1, R"("milestones": ["came"])");
  p.ledgers = R"("cash": {}, "time": {"kind": "capacity"})";
  return p;
}

std::string const two_days = R"("kind": "delay", "takes": "2 days")";

}  // namespace

TEST_CASE("a step costs for each start, in the month of the start") {
  auto p =
      two_months(two_days + R"(, "costs": {"cash": 2.5, "time": {"by": ["provider"], "here": 0.01, "otherwise": 9}})");
  Run const r(p);
  CHECK(all(r, 0) == 30 * 250);
  CHECK(all(r, 1) == 31 * 250);
  CHECK(all(r, -1, 1) == 61);
  CHECK(pence(r, AccountOf::provider, 0) == 61 * 250);
  CHECK(pence(r, AccountOf::step, 0) == 61 * 250);
  SECTION("each of its repeats, where it waits for something") {
    p.steps.replace(p.steps.find(R"("then")"), 6, R"("repeats": 3, "every": "2 days", "then")");
    CHECK(all(Run(p), 0) == 30 * 250);  // a delay is entered once
    p.resources = R"("room": {"kind": "servers", "servers": 9})";
    p.steps.replace(p.steps.find(two_days), two_days.size(),
                    R"("kind": "servers", "needs": "room", "takes": "1 hours")");
    CHECK(all(Run(p), 0) == (30 + 28 + 26) * 250);
  }
  SECTION("a dated lever changes the price from its day on") {
    p.levers = R"("more": {"pointer": "/pathways/path/steps/first/costs/cash", "set": 3, "from": "2026-06-11"})";
    CHECK(all(Run(p), 0) == 10 * 250 + 20 * 300);
    CHECK(all(Run(p), 1) == 31 * 300);
    p.levers = R"("july": {"pointer": "/pathways/path/steps/first/costs/cash", "set": 0, "from": "2026-07-01"})";
    CHECK(all(Run(p), 0) == 30 * 250);
    CHECK(all(Run(p), 1) == 0);
  }
}

TEST_CASE("only what is measured costs anything") {
  auto p = two_months(two_days + R"(, "costs": {"cash": 1})");
  p.warm_up = "20 days";
  p.run_for = "20 days";
  Run const r(p);  // 21 June to 10 July
  CHECK(all(r, 0) == 10 * 100);
  CHECK(all(r, 1) == 10 * 100);
}

TEST_CASE("sessions and meetings cost when they are held, servers by the hour open, used or not") {
  auto p = two_months(two_days);
  p.resources =
      R"("clinic": {"kind": "sessions", "costs": {"cash": 100}, "sessions": {"day": {"on": "mon-fri", "opens": "09:00", "closes": "12:00", "slots": 4}}},
         "mdt": {"kind": "meeting", "costs": {"cash": 50}, "meets": {"weekly": {"on": "wed", "at": "14:00"}}},
         "scanner": {"kind": "servers", "costs": {"cash": 30}, "hours": {"day": {"on": "mon-fri", "opens": "09:00", "closes": "17:00", "servers": 2}}},
         "bed": {"kind": "servers", "servers": 3, "costs": {"cash": 0.5}})";
  Run const r(p);
  CHECK(pence(r, AccountOf::resource, 0, 0) == 22 * 10'000);
  CHECK(pence(r, AccountOf::resource, 1, 0) == 4 * 5'000);
  CHECK(pence(r, AccountOf::resource, 1, 1) == 5 * 5'000);
  CHECK(pence(r, AccountOf::resource, 2, 0) == 22 * 8 * 2 * 3'000);
  CHECK(pence(r, AccountOf::resource, 3, 0) == 30 * 24 * 3 * 50);
  CHECK(pence(r, AccountOf::resource, 3, 1) == 31 * 24 * 3 * 50);
  CHECK(all(r, 0) == 22 * 10'000 + 4 * 5'000 + 22 * 16 * 3'000 + 30 * 24 * 3 * 50);
  CHECK(pence(r, AccountOf::provider, 0, 0) == all(r, 0));
  SECTION("hours that cost nothing stay free when a dated lever gives them a price") {
    p.resources = R"("bed": {"kind": "servers", "servers": 3, "costs": {"cash": 0}})";
    p.levers = R"("price": {"pointer": "/providers/here/resources/bed/costs/cash", "set": 1, "from": "2026-07-31"})";
    CHECK(all(Run(p)) == 24 * 3 * 100);
  }
}

TEST_CASE("staff cost by the year for those in post, day and night") {
  auto p = two_months(two_days);
  p.staff =
      R"("nurse": {"whole_time_equivalents": 2.5, "vacancy": 0.2, "costs": {"cash": 36500}})";  // 200 pounds a day
  Run const r(p);
  CHECK(pence(r, AccountOf::staff, 0, 0) == 30 * 20'000);
  CHECK(all(r, 1) == 31 * 20'000);
  SECTION("from the first measured moment on") {
    p.warm_up = "36 hours";
    p.run_for = "2 days";
    CHECK(all(Run(p)) == 2 * 20'000);
  }
  SECTION("a dated lever that fills a post") {
    p.levers = R"("filled": {"pointer": "/providers/here/staff/nurse/vacancy", "set": 0, "from": "2026-06-21"})";
    CHECK(all(Run(p), 0) == 20 * 20'000 + 10 * 25'000);
  }
}

TEST_CASE("a measure of pounds goes into its ledger, at the provider of that moment") {
  auto p = two_months(R"("kind": "transfer", "takes": "2 days", "to": "there")");
  p.providers = R"("there": {})";
  p.steps.replace(p.steps.find(R"({"kind": "end")"), 14, R"({"kind": "end", "on_joining": "treated")");
  p.measures =
      R"("drug": {"on": ["came", "treated"], "value": {"by": ["provider"], "here": 0.105, "there": 12.34}, "ledger": "time"})";
  Run const r(p);
  CHECK(all(r, -1, 0) == 0);
  CHECK(all(r, 0, 1) == 30 * 11 + 28 * 1234);  // to the nearest penny
  CHECK(pence(r, AccountOf::provider, 0, -1, 1) == 61 * 11);
  CHECK(pence(r, AccountOf::provider, 1, -1, 1) == 59 * 1234);
  CHECK(pence(r, AccountOf::measure, 0, -1, 1) == all(r, -1, 1));
  CHECK(r.recorded("drug").sum == Approx(61 * 0.11 + 59 * 12.34));
}
