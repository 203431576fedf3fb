#include <cmath>

#include "catch_compat.hpp"
#include "cwtsim/experiment/part.hpp"
#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

/// One ledger, spent on one step.
model::Model with_ledger() {
  auto m = two_year_model();
  m.names.ledgers = {"cash"};
  m.names.ledger_labels = {"Cash"};
  m.names.ledger_kinds = {"cash"};
  m.accounts = {{0, model::AccountOf::all, 0},
                {0, model::AccountOf::provider, 0},
                {0, model::AccountOf::provider, 1},
                {0, model::AccountOf::step, 0}};
  for (std::uint32_t d = 0; d < m.days; ++d) {
    auto const ymd = to_ymd(m.first_day + static_cast<std::int32_t>(d));
    m.month_of_day.push_back(static_cast<model::Index16>((ymd.year - 2026) * 12 + ymd.month - 4));
  }
  return m;
}

/// So many pence each month, all of them at north.
engine::ReplicationResult spending(std::uint64_t number, std::uint64_t pence) {
  auto r = replication_of(number, 0, std::vector<std::uint32_t>(24, 0));
  r.pence.assign(4 * 24, 0);
  for (std::size_t m = 0; m < 24; ++m) r.pence[4 * m] = r.pence[4 * m + 1] = r.pence[4 * m + 3] = pence;
  return r;
}

Estimate pounds(Estimates const& e, std::string const& dimension, std::string const& value, std::string const& when) {
  for (auto const& p : e.pounds)
    if (p.dimension == dimension && p.value == value && p.when == when) return *p.pounds;
  FAIL("no " << dimension << " " << value << " " << when);
  return {};
}

/// A cost from the ledger, of an intervention and perhaps of a fund.
Outlay outlay(std::string const& intervention, std::string const& fund = "") {
  Outlay o;
  o.ledger = "cash";
  o.intervention = intervention;
  o.fund = fund;
  return o;
}

}  // namespace

TEST_CASE("a ledger is the mean of the replications, in pounds") {
  auto const model = with_ledger();
  auto const e = estimate(model, experiment_of(model, {spending(0, 1000), spending(1, 3000)}), "base", {});
  CHECK(pounds(e, "all", "all", "all").value == Approx(24 * 20));
  CHECK(*pounds(e, "all", "all", "2026/27").low == 0);
  CHECK(*pounds(e, "all", "all", "2026/27").high == Approx(12 * 20 * std::pow(1 + t_975(1) / 4, 2)));
  CHECK(pounds(e, "all", "all", "2026-05").value == Approx(20));
  CHECK(pounds(e, "provider", "north", "2027/28").value == Approx(240));
  CHECK(pounds(e, "provider", "south", "all").value == 0);
  CHECK(pounds(e, "step", "lung/clinic", "all").value == Approx(480));
  for (auto const& p : e.pounds) CHECK((p.span != Span::month || p.dimension == "all"));
}

TEST_CASE("what interventions cost is added by day, within the measured time only") {
  auto const model = with_ledger();
  auto const experiment = experiment_of(model, {spending(0, 1000), spending(1, 3000)});
  auto once = outlay("Scanner", "Cancer alliance"), yearly = outlay("Scanner"),
       other = outlay("Nurses", "Cancer alliance"), early = outlay("Nurses");
  once.once = 900;
  once.from = to_date({2026, 5, 31});
  yearly.per_year = 3650;  // ten pounds a day
  yearly.from = to_date({2026, 6, 11});
  yearly.until = to_date({2026, 7, 2});
  other.per_year = 365;
  other.taper = {{to_date({2027, 4, 1}), 0.5}, {to_date({2027, 5, 1}), 0}};
  early.once = 77;
  early.from = to_date({2026, 3, 31});
  auto const e = estimate(model, experiment, "base", {}, {once, yearly, other, early});
  CHECK(pounds(e, "intervention", "Scanner", "all").value == Approx(900 + 20 * 10 + 10));
  CHECK(pounds(e, "intervention", "Nurses", "2026/27").value == Approx(365));
  CHECK(pounds(e, "intervention", "Nurses", "2027/28").value == Approx(15));
  CHECK(pounds(e, "fund", "Cancer alliance", "all").value == Approx(900 + 365 + 15));
  CHECK(pounds(e, "all", "all", "2026-05").value == Approx(20 + 900 + 31));
  CHECK(pounds(e, "all", "all", "2026-06").value == Approx(20 + 200 + 30));
  CHECK(pounds(e, "all", "all", "2026-07").value == Approx(20 + 10 + 31));
  CHECK(pounds(e, "all", "all", "2027-05").value == Approx(20));
  // the same in every replication: the interval moves and stays as wide
  CHECK(*pounds(e, "all", "all", "2026-05").low == Approx(931));
  CHECK(*pounds(e, "all", "all", "2026-05").high == Approx(931 + 20 * std::pow(1 + t_975(1) / 4, 2)));
  CHECK(pounds(e, "provider", "north", "all").value == Approx(480));
}

TEST_CASE("what an intervention costs in a month is whole pence") {
  auto const model = with_ledger();
  auto yearly = outlay("Nurses");
  yearly.per_year = 100;
  auto const e = estimate(model, experiment_of(model, {spending(0, 0)}), "base", {}, {yearly});
  CHECK(pounds(e, "all", "all", "2026-04").value == 8.22);  // 30 of 365 days: 8.219
}

TEST_CASE("ledgers merge exactly and are kept in parts") {
  auto const model = with_ledger();
  Layout const layout(model, {});
  PartOwner const owner{"0.1.0", "Two trusts", 1, 42};
  Tally all, first, rest;
  for (std::uint64_t r = 0; r < 12; ++r) {
    all.add(layout, spending(r, 100'000'000'000 + r));  // a billion pounds a month
    (r < 5 ? first : rest).add(layout, spending(r, 100'000'000'000 + r));
  }
  first.merge(rest);
  CHECK(first == all);
  auto const read = read_part(part_bytes(owner, all), owner, layout);
  REQUIRE(std::holds_alternative<Part>(read));
  CHECK(std::get<Part>(read).tally == all);
}
