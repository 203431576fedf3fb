#include "cwtsim/core/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "catch_compat.hpp"
#include "cwtsim/core/draw.hpp"

using namespace cwtsim;

namespace {

struct Pair {
  std::uint64_t met, counted;
};

RatioSums sums_of(std::vector<Pair> const& replications) {
  RatioSums sums;
  for (auto const& r : replications) sums.add(r.met, r.counted);
  return sums;
}
std::optional<Estimate> pooled(std::vector<Pair> const& replications) {
  return pooled_ratio(sums_of(replications), replications.size());
}
std::optional<Estimate> of_sums(std::vector<Pair> const& replications) {
  return ratio_of_sums(sums_of(replications), replications.size());
}
std::optional<Estimate> mean_of(std::vector<std::uint64_t> const& values) {
  ValueSums sums;
  for (auto const v : values) sums.add(v);
  return mean_estimate(sums, values.size());
}

double half_of(std::optional<Estimate> const& e) {
  return (*e->high - *e->low) / 2;
}

/// Standard error of the pooled ratio by the jackknife: another way to the same number.
double jackknife(std::vector<Pair> const& replications) {
  auto const sums = sums_of(replications);
  auto const n = static_cast<double>(replications.size());
  double mean = 0, squares = 0;
  std::vector<double> without;
  for (auto const& r : replications)
    without.push_back(static_cast<double>(sums.met - r.met) / static_cast<double>(sums.counted - r.counted));
  for (double const w : without) mean += w / n;
  for (double const w : without) squares += (w - mean) * (w - mean);
  return std::sqrt(squares * (n - 1) / n);
}

}  // namespace

TEST_CASE("the pooled ratio's interval is found on the logit scale, and on its own where that reaches further") {
  // by hand: P = 21/30; met less P counted is 1, -1, 0; se = sqrt(3/2 * 2)/30 = 0.1/sqrt(3)
  std::vector<Pair> const three = {{8, 10}, {6, 10}, {7, 10}};
  auto const e = pooled(three);
  REQUIRE(e);
  CHECK(e->value == Approx(0.7));
  double const reach = 4.302652729911275 * 0.1 / std::sqrt(3.0) / 0.21, logit = std::log(0.7 / 0.3);
  CHECK(*e->low == Approx(1 / (1 + std::exp(-(logit - reach)))));
  CHECK(*e->high == Approx(0.7 + 4.302652729911275 * 0.1 / std::sqrt(3.0)));  // they are not skewed at all
}

TEST_CASE("replications weigh as many as they counted") {
  std::vector<Pair> const two = {{90, 100}, {1, 10}};
  CHECK(pooled(two)->value == Approx(91.0 / 110));
}

TEST_CASE("an interval that cannot be estimated is not given") {
  std::vector<Pair> const none, empty = {{0, 0}, {0, 0}}, one = {{7, 10}}, all = {{10, 10}, {9, 9}},
                                nobody = {{0, 10}, {0, 9}}, lonely = {{7, 10}, {0, 0}};
  CHECK_FALSE(pooled(none).has_value());
  CHECK_FALSE(pooled(empty).has_value());
  for (auto const* set : {&one, &all, &nobody, &lonely}) {
    auto const e = pooled(*set);
    REQUIRE(e);
    CHECK_FALSE(e->low.has_value());
    CHECK_FALSE(e->high.has_value());
    CHECK_FALSE((e->low || e->high));
  }
  CHECK(pooled(all)->value == 1);
  CHECK(pooled(nobody)->value == 0);
}

TEST_CASE("a nominal 95 % interval covers the truth 93 to 97 times in 100") {
  // beta-binomial: each replication has its own luck, Beta(8, 2), the eighth smallest of nine uniforms; the truth is
  // 0.8
  int covered = 0;
  for (std::uint64_t repeat = 0; repeat < 1000; ++repeat) {
    std::vector<Pair> replications;
    for (std::uint64_t r = 0; r < 20; ++r) {
      std::array<double, 9> u{};
      for (std::uint64_t i = 0; i < u.size(); ++i) u[i] = to_unit(draw(repeat, r, i).first);
      std::nth_element(u.begin(), u.begin() + 7, u.end());
      auto const n = 100 + poisson(50, draw(repeat, r, 100).first);
      replications.push_back({binomial(n, u[7], draw(repeat, r, 101).first), n});
    }
    auto const e = pooled(replications);
    covered += *e->low <= 0.8 && 0.8 <= *e->high ? 1 : 0;
  }
  INFO(covered);
  CHECK(covered >= 930);
  CHECK(covered <= 970);
}

TEST_CASE("the interval is the jackknife's where replications count alike, and close to it where they do not") {
  // neither is skewed
  std::vector<Pair> const alike = {{80, 100}, {70, 100}, {90, 100}, {65, 100}, {95, 100}};
  std::vector<Pair> const unlike = {{66, 95}, {86, 95}, {74, 105}, {94, 105}, {80, 100}};
  auto const reach = [](std::vector<Pair> const& r) {
    auto const e = *of_sums(r);
    return (e.value - *e.low) / 2.7764451051977987;
  };
  CHECK(reach(alike) == Approx(jackknife(alike)).epsilon(1e-10));
  CHECK(reach(unlike) == Approx(jackknife(unlike)).epsilon(0.02));
}

TEST_CASE("sums that merge are those of one piece") {
  std::vector<Pair> const all = {{80, 100}, {70, 101}, {95, 102}, {66, 103}};
  auto first = sums_of({all[0], all[1]});
  merge_into(first, sums_of({all[2], all[3]}));
  CHECK(first == sums_of(all));
}

TEST_CASE("counts of any size keep the spread exact") {
  // squares of 87 bits whose differences are 1 and 2
  std::uint64_t const far = 10'000'000'000'000;
  std::vector<std::uint64_t> const values = {far + 1, far + 2, far + 3, far + 4};
  CHECK(half_of(mean_of(values)) == Approx(half_of(mean_of({5001, 5002, 5003, 5004}))).epsilon(1e-3));
  // cubes of 130 bits, and what a ratio keeps of two counts
  std::vector<std::uint64_t> const skewed = {far + 1, far + 2, far + 3, far + 20}, near = {1, 2, 3, 20};
  std::vector<Pair> far_pairs, near_pairs;
  for (std::size_t i = 0; i < 4; ++i) {
    far_pairs.push_back({far + near[i], 4 * far});
    near_pairs.push_back({10'000 + near[i], 40'000});
  }
  CHECK(mean_of(skewed)->advised == mean_of({5001, 5002, 5003, 5020})->advised);
  CHECK(mean_of(skewed)->advised > mean_of(values)->advised);
  CHECK(pooled(far_pairs)->advised == pooled(near_pairs)->advised);
  auto const reach = [](Estimate const& e) { return (*e.high - e.value) / (e.value - *e.low); };
  CHECK(reach(*mean_of(skewed)) == Approx(reach(*mean_of({50'001, 50'002, 50'003, 50'020}))).epsilon(1e-3));
}

TEST_CASE("a ratio of sums has an interval on the scale of square roots, never below nothing") {
  std::vector<Pair> const three = {{80, 10}, {60, 10}, {70, 10}};
  auto const e = of_sums(three);
  REQUIRE(e);
  CHECK(e->value == Approx(7));
  double const half = 4.302652729911275 / std::sqrt(3.0) / 7 / 2;
  CHECK(*e->low == Approx(7 * (1 - 2 * half)));
  CHECK(*e->high == Approx(7 * (1 + half) * (1 + half)));
  CHECK(*of_sums({{0, 10}, {1, 10}, {5, 10}})->low == 0);
  CHECK_FALSE(of_sums(std::vector<Pair>{{0, 0}}).has_value());
  CHECK_FALSE(of_sums(std::vector<Pair>{{5, 2}})->low.has_value());
}

TEST_CASE("the mean of a sample and its t interval") {
  std::vector<std::uint64_t> const sample = {1, 2, 3, 4, 5};
  auto const e = mean_of(sample);
  REQUIRE(e);
  CHECK(e->value == Approx(3));
  double const half = 2.7764451051977987 * std::sqrt(2.5 / 5) / 3 / 2;
  CHECK(*e->low == Approx(3 * (1 - 2 * half)));
  CHECK(*e->high == Approx(3 * (1 + half) * (1 + half)));
  CHECK_FALSE(mean_of({}).has_value());
  CHECK_FALSE(mean_of({3})->low.has_value());
  CHECK_FALSE(mean_of({0, 0, 0})->low.has_value());
  CHECK(*mean_of({0, 0, 9})->low == 0);
  // a large mean does not drown a small spread
  std::vector<std::uint64_t> const far = {1'000'000'001, 1'000'000'002, 1'000'000'003};
  CHECK(half_of(mean_of(far)) == Approx(4.302652729911275 / std::sqrt(3.0)).epsilon(1e-6));
}

TEST_CASE("points of Student's t are those of the printed tables") {
  CHECK(t_975(1) == Approx(12.7062047364));
  CHECK(t_975(4) == Approx(2.7764451052));
  CHECK(t_975(19) == Approx(2.0930240544));
  CHECK(t_975(1'000'000) == Approx(1.9599663));
}

TEST_CASE("a histogram of days is exact") {
  DayHistogram h;
  CHECK(h.total() == 0);
  CHECK(h.quantile(0.5) == -1);
  CHECK(h.share_within(62) == 0);
  for (int d = 1; d <= 30; ++d) h.add(d);
  CHECK(h.total() == 30);
  CHECK(h.quantile(0.5) == 15);
  CHECK(h.quantile(0.1) == 3);
  CHECK(h.quantile(0.11) == 4);
  CHECK(h.quantile(0) == 1);
  CHECK(h.quantile(1) == 30);
  CHECK(h.share_within(28) == Approx(28.0 / 30));
  CHECK(h.share_within(0) == 0);
  CHECK(h.share_within(-1) == 0);
  h.add(-3, 2);
  CHECK(h.share_within(0) == Approx(2.0 / 32));
  h.add(100'000, 32);
  CHECK(h.cells.back() == 32);
  CHECK(h.quantile(0.9) == DayHistogram::last + 1);
  CHECK(h.share_within(DayHistogram::last) == 0.5);
}

TEST_CASE("histograms merge the same in any order") {
  DayHistogram a, b;
  a.add(3, 5);
  b.add(3, 2);
  b.add(2000);
  DayHistogram ab = a, ba = b;
  ab.merge(b);
  ba.merge(a);
  CHECK(ab.cells == ba.cells);
  CHECK(ab.total() == 8);
  CHECK(ab.cells[3] == 7);
}
