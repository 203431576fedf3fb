#include <cmath>

#include "catch_compat.hpp"
#include "cwtsim/experiment/part.hpp"
#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

/// The standard of two_year_model with these gaps between its two trusts.
model::Model with_gaps() {
  auto m = two_year_model();
  model::Gap between, widest, of_many;
  between.name = "south less north";
  between.by = widest.by = of_many.by = "provider";
  between.from = "north";
  between.to = "south";
  between.lower = 1;
  between.upper = 2;
  widest.name = "widest";
  widest.is_spread = of_many.is_spread = true;
  widest.first = of_many.first = 1;
  widest.levels = of_many.levels = 2;
  widest.at_least = 10;
  of_many.name = "widest of many";
  of_many.at_least = 11;
  m.gaps = {between, widest, of_many};
  return m;
}

/// In the first month so many halves met of a hundred at north, of twenty at south.
engine::ReplicationResult apart(std::uint64_t number, std::uint32_t north, std::uint32_t south) {
  auto r = replication_of(number, 0, std::vector<std::uint32_t>(24, 0));
  r.counted[1] = 100;
  r.met[1] = north;
  r.counted[2] = 20;
  r.met[2] = south;
  return r;
}

}  // namespace

TEST_CASE("a gap is a level less another in each replication, with its interval over replications") {
  auto const model = with_gaps();
  auto const e = estimate(model, experiment_of(model, {apart(0, 90, 14), apart(1, 70, 16)}), "base", {});
  REQUIRE(e.gaps.size() == 3);
  // 0.7 - 0.9 and 0.8 - 0.7
  CHECK(e.gaps[0].value->value == Approx(-0.05));
  CHECK(*e.gaps[0].value->low == Approx(-0.05 - t_975(1) * 0.15));
  CHECK(*e.gaps[0].value->high == Approx(-0.05 + t_975(1) * 0.15));
  CHECK(*e.gaps[1].shown == Approx(0.15));  // 0.2 and 0.1
  CHECK(e.gaps[1].from == "least");
  CHECK(e.gaps[1].to == "greatest");
  CHECK(*e.gaps[1].value->low == 0);  // two replications cannot tell
  CHECK(*e.gaps[1].value->high > 0.15);
  CHECK(*e.gaps[1].by_chance > 0);
  CHECK_FALSE(e.gaps[0].shown);
  CHECK_FALSE(e.gaps[2].value);  // south has ten patients
  CHECK_FALSE(e.gaps[2].shown);
  CHECK(e.gaps[2].replications == 0);
}

TEST_CASE("a replication in which a group counts nobody has no gap") {
  auto const model = with_gaps();
  auto empty = apart(1, 70, 0);
  empty.counted[2] = 0;
  auto const e = estimate(model, experiment_of(model, {apart(0, 90, 14), empty, apart(2, 50, 10)}), "base", {});
  CHECK(e.gaps[0].replications == 2);
  CHECK(e.gaps[0].value->value == Approx(-0.1));
}

TEST_CASE("gaps of a measure are in its unit") {
  auto model = with_gaps();
  model::Measure days;
  days.what = model::Recorded::days;
  days.cuts = {0, 2};
  days.targets.assign(24, std::nan(""));
  model.measures = {days};
  model.measure_strata = 3;
  model.names.measures = model.names.measure_labels = model.names.measure_units = {"days"};
  model.month_of_day.assign(model.days, 0);
  for (auto& gap : model.gaps) gap.of_measure = true;
  auto r = replication_of(0, 0, std::vector<std::uint32_t>(24, 0));
  r.recorded.assign(3 * 24, 0);
  r.recorded_sums.assign(3 * 24, 0);
  r.recorded[1] = 3;
  r.recorded_sums[1] = 10;
  r.recorded[2] = 10;
  r.recorded_sums[3 * 23 + 2] = 0;
  auto const e = estimate(model, experiment_of(model, {r}), "base", {});
  CHECK(e.gaps[0].value->value == Approx(-10.0 / 3));
  CHECK_FALSE(e.gaps[1].shown);  // ten patients at south, three at north
  CHECK_FALSE(e.gaps[1].value);
}

TEST_CASE("gaps merge exactly and are kept in parts, those below nothing too") {
  auto const model = with_gaps();
  Layout const layout(model, {});
  PartOwner const owner{"0.1.0", "Two trusts", 1, 42};
  Tally all, first, rest;
  for (std::uint32_t r = 0; r < 20; ++r) {
    all.add(layout, apart(r, 90 - r, r));
    (r % 3 == 0 ? first : rest).add(layout, apart(r, 90 - r, r));
  }
  rest.merge(first);
  CHECK(rest == all);
  CHECK(all.gaps[0].sum < 0);
  auto const read = read_part(part_bytes(owner, all), owner, layout);
  REQUIRE(std::holds_alternative<Part>(read));
  CHECK(std::get<Part>(read).tally == all);
}
