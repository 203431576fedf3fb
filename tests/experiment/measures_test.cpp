#include <cmath>
#include <string_view>

#include "catch_compat.hpp"
#include "cwtsim/experiment/part.hpp"
#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

constexpr std::uint64_t millionths = 1'000'000;

/// Two years, and a measure cut into all and two trusts.
model::Model measured_model(model::Measure measure) {
  auto m = two_year_model();
  measure.cuts = {2, 2};
  measure.targets.assign(24, std::nan(""));
  for (auto const& i : {0, 1}) {
    auto cut = m.cuts[static_cast<std::size_t>(i)];
    m.cuts.push_back(cut);
  }
  m.measures = {measure};
  m.measure_strata = 3;
  m.names.measures = {"early"};
  m.names.measure_labels = {"Diagnosed early"};
  m.names.measure_units = {"share"};
  for (std::uint32_t d = 0; d < m.days; ++d) {
    auto const ymd = to_ymd(m.first_day + static_cast<std::int32_t>(d));
    m.month_of_day.push_back(static_cast<model::Index16>((ymd.year - 2026) * 12 + ymd.month - 4));
  }
  return m;
}

model::Measure share() {
  model::Measure m;
  m.what = model::Recorded::value;
  m.is_share = true;
  m.scale = millionths;
  return m;
}

/// Each month records a hundred values of this mean, all of them at north.
engine::ReplicationResult recording(std::uint64_t number, double mean) {
  auto r = replication_of(number, 0, std::vector<std::uint32_t>(24, 0));
  r.recorded.assign(3 * 24, 0);
  r.recorded_sums.assign(3 * 24, 0);
  for (std::size_t m = 0; m < 24; ++m) {
    r.recorded[3 * m] = r.recorded[3 * m + 1] = 100;
    r.recorded_sums[3 * m] = r.recorded_sums[3 * m + 1] =
        static_cast<std::uint64_t>(std::llround(mean * 100 * millionths));
  }
  return r;
}

Measured const& row(Estimates const& e, std::string_view value, std::string_view when) {
  for (auto const& m : e.measured)
    if (e.measure_strata[m.stratum].value == value && m.when == when) return m;
  FAIL("no row " << value << " " << when);
  return e.measured.front();
}

}  // namespace

TEST_CASE("the mean of a measure is the pooled ratio, and its interval comes from the spread of replications") {
  auto const model = measured_model(share());
  auto const e = estimate(model, experiment_of(model, {recording(0, 0.59), recording(1, 0.61)}), "base", {});
  auto const& all = row(e, "all", "all");
  CHECK(all.patients == 2400);
  REQUIRE(all.mean);
  CHECK(all.mean->value == Approx(0.6));
  // 2 / 1 * 2 * (0.01 * 2400)^2 / 4800^2 = 0.01^2, on the logit scale, with t of one degree of freedom; upwards the
  // share's own scale reaches further
  double const reach = t_975(1) * 0.01, logit = std::log(0.6 / 0.4);
  CHECK(*all.mean->low == Approx(1 / (1 + std::exp(reach / 0.24 - logit))));
  CHECK(*all.mean->high == Approx(0.6 + reach));
  CHECK(row(e, "north", "all").mean->value == Approx(0.6));
  CHECK_FALSE(row(e, "south", "all").mean);
  CHECK(row(e, "all", "2026-05").patients == 100);
}

TEST_CASE("totals are those of a year") {
  auto const model = measured_model(share());
  auto const e = estimate(model, experiment_of(model, {recording(0, 0.5), recording(1, 0.7)}), "base", {});
  CHECK(row(e, "all", "all").total->value == Approx(1440.0 * 365 / 731));
  CHECK(row(e, "all", "2026/27").total->value == Approx(720));
  CHECK(row(e, "all", "2027/28").total->value == Approx(720));  // though it has 366 days
  CHECK(row(e, "all", "2026-05").total->value == Approx(60.0 * 365 / 31));
  // 1200 * 0.1 either way, on the scale of square roots
  CHECK(*row(e, "all", "2026/27").total->high == Approx(720 * std::pow(1 + t_975(1) * 120 / 720 / 2, 2)));
}

TEST_CASE("a target is held against the mean of each replication, on its side") {
  for (bool const at_most : {false, true}) {
    auto measure = share();
    measure.target_at_most = at_most;
    auto model = measured_model(measure);
    model.measures[0].targets.assign(24, 0.7);
    auto const e =
        estimate(model, experiment_of(model, {recording(0, 0.5), recording(1, 0.7), recording(2, 0.8)}), "base", {});
    CHECK(row(e, "all", "all").target == 0.7);
    CHECK(row(e, "all", "all").probability_met->value == Approx(2.0 / 3));  // the second meets it either way
    CHECK(row(e, "all", "2027-03").probability_met->value == Approx(2.0 / 3));
    CHECK_FALSE(row(e, "south", "all").probability_met);
  }
}

TEST_CASE("the mean of days has its interval on the scale of square roots") {
  auto days = share();
  days.what = model::Recorded::days;
  days.is_share = false;
  days.scale = 1;
  auto const model = measured_model(days);
  auto of = [](std::uint64_t number, std::uint64_t mean) {
    auto r = recording(number, 0);
    for (std::size_t m = 0; m < 24; ++m) r.recorded_sums[3 * m] = r.recorded_sums[3 * m + 1] = mean * 100;
    return r;
  };
  auto const e = estimate(model, experiment_of(model, {of(0, 15), of(1, 25)}), "base", {});
  auto const mean = row(e, "all", "all").mean;
  CHECK(mean->value == Approx(20));
  CHECK(*mean->low == 0);
  CHECK(*mean->high == Approx(20 * std::pow(1 + t_975(1) * 5 / 20 / 2, 2)));
}

TEST_CASE("what measures add up to merges exactly and is kept in parts") {
  auto const model = measured_model(share());
  Layout const layout(model, {});
  PartOwner const owner{"0.1.0", "Two trusts", 1, 42};
  Tally all, first, rest;
  for (std::uint64_t r = 0; r < 20; ++r) {
    auto const result = recording(r, 0.3 + 0.02 * static_cast<double>(r));
    all.add(layout, result);
    (r < 7 ? first : rest).add(layout, result);
  }
  rest.merge(first);
  CHECK(rest == all);
  auto const read = read_part(part_bytes(owner, all), owner, layout);
  REQUIRE(std::holds_alternative<Part>(read));
  CHECK(std::get<Part>(read).tally == all);
  CHECK(std::get<Part>(read).tally.measured[0].sums.counted == 20 * 2400 * millionths);
  first.add(layout, recording(20, 0.5));
  CHECK_FALSE(first == all);
}
