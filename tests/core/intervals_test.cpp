// Advice, ranges, shares of trials, groups and pairs: values by hand, and how often what is promised holds.

#include <cmath>

#include "catch_compat.hpp"
#include "cwtsim/core/draw.hpp"
#include "cwtsim/core/statistics.hpp"

using namespace cwtsim;

namespace {

double uniform(std::uint64_t experiment, std::uint64_t replication, std::uint64_t what) {
  return to_unit(draw(experiment, replication, what).first);
}

/// Of `groups` groups of so many patients, how each one's share lies, over 20 replications that share their luck.
std::vector<GroupLevel> groups_in(std::uint64_t experiment, std::vector<double> const& truth, std::uint32_t patients) {
  constexpr std::uint64_t replications = 20;
  auto const k = static_cast<double>(truth.size());
  std::vector<double> sums(truth.size()), squares(truth.size());
  for (std::uint64_t r = 0; r < replications; ++r) {
    double const luck = 0.1 * (uniform(experiment, r, 1000) - 0.5);
    std::vector<double> shown;
    double mean = 0;
    for (std::uint64_t g = 0; g < truth.size(); ++g) {
      shown.push_back(binomial(patients, truth[g] + luck, draw(experiment, r, g).first) / double(patients));
      mean += shown.back() / k;
    }
    for (std::size_t g = 0; g < truth.size(); ++g) {
      sums[g] += shown[g] - mean;
      squares[g] += (shown[g] - mean) * (shown[g] - mean);
    }
  }
  std::vector<GroupLevel> groups;
  constexpr double n = replications;
  for (std::size_t g = 0; g < truth.size(); ++g)
    groups.push_back({sums[g] / n, (squares[g] - sums[g] * sums[g] / n) / (n - 1) * k / (k - 1)});
  return groups;
}

struct Held {
  int truth = 0, nothing = 0;
  double mean = 0;
};
Held held(int experiments, std::vector<double> const& truth, double apart) {
  Held held;
  for (int e = 0; e < experiments; ++e) {
    auto const found = groups_apart(groups_in(static_cast<std::uint64_t>(e), truth, 300), 20);
    REQUIRE(found);
    held.truth += *found->apart.low <= apart && apart <= *found->apart.high ? 1 : 0;
    held.nothing += *found->apart.low <= 0 ? 1 : 0;
    held.mean += found->apart.value / experiments;
  }
  return held;
}

std::vector<double> evenly(double apart) {
  std::vector<double> truth;
  for (int g = 0; g < 10; ++g) truth.push_back(0.7 + apart * (g / 9.0 - 0.5));
  return truth;
}

}  // namespace

TEST_CASE("as many replications are advised as Cochran's rule asks for of the skewness that there may be") {
  CHECK(replications_advised(0) == least_advised);
  for (double const skewness : {0.0, 0.1, 1.0, 3.3, -3.3, 20.0}) {
    auto const n = static_cast<double>(replications_advised(skewness));
    auto const enough = [skewness](double r) {
      return 25 * std::pow(std::abs(skewness) + 2.576 * std::sqrt(6 / r), 2) <= r;
    };
    CHECK(enough(n));
    CHECK_FALSE(enough(n - 1));
  }
}

TEST_CASE("an interval says how many replications it needs while it has fewer") {
  // of 31 and of 32 numbers that are not skewed
  ValueSums sums;
  for (std::uint64_t i = 0; i < 31; ++i) sums.add(i);
  CHECK(mean_estimate(sums, 31)->advised == 32);
  sums.add(31);
  CHECK(mean_estimate(sums, 32)->advised == 0);
  sums.add(1000);  // sqrt(33) is nearly its skewness: 25 times as many would be too few
  CHECK(mean_estimate(sums, 33)->advised > 800);
  ValueSums same;
  for (int i = 0; i < 3; ++i) same.add(7);
  CHECK(mean_estimate(same, 3)->advised == 0);
  CHECK(*mean_estimate(same, 3)->low == 7);
  CHECK(*mean_estimate(same, 3)->high == 7);
}

TEST_CASE("skewed numbers have longer arms on the side to which they are skewed") {
  ValueSums sums, mirrored;
  for (std::uint64_t const v : {10U, 10U, 11U, 11U, 12U, 12U, 13U, 30U}) {
    sums.add(v);
    mirrored.add(100 - v);
  }
  auto const e = *mean_estimate(sums, 8), m = *mean_estimate(mirrored, 8);
  CHECK(*e.high - e.value > 2 * (e.value - *e.low));
  CHECK(m.value - *m.low > 2 * (*m.high - m.value));
  // below nothing all is mirrored
  ValueSums negative{~sums.sum + 1, sums.squares, {}};
  negative.cubes.take(sums.cubes);
  auto const plus = *signed_mean_estimate(sums, 8), minus = *signed_mean_estimate(negative, 8);
  CHECK(minus.value == -plus.value);
  CHECK(*minus.low == -*plus.high);
  CHECK(*minus.high == -*plus.low);
  CHECK(minus.advised == plus.advised);
}

TEST_CASE("a share of trials has Clopper and Pearson's interval") {
  auto const none = *proportion(0, 20), all = *proportion(20, 20), some = *proportion(4, 10);
  CHECK(*none.low == 0);
  CHECK(*none.high == Approx(1 - std::pow(0.025, 1.0 / 20)));
  CHECK(*all.low == Approx(std::pow(0.025, 1.0 / 20)));
  CHECK(*all.high == 1);
  CHECK(some.value == 0.4);
  CHECK(*some.low == Approx(0.1215523));  // printed tables
  CHECK(*some.high == Approx(0.7376219));
  CHECK_FALSE(proportion(0, 0));
}

TEST_CASE("the range of one more is told by order from 39 on, and by Student's t below") {
  std::vector<Counted> shares;
  for (int i = 1; i <= 38; ++i) shares.push_back({i / 100.0, 1});
  auto const before = range_of_next(shares, 38, 1000);
  double mean = 0, squares = 0;
  for (auto const& s : shares) mean += std::log(s.value / (1 - s.value)) / 38;
  for (auto const& s : shares) squares += std::pow(std::log(s.value / (1 - s.value)) - mean, 2);
  double const low = mean - t_975(37) * std::sqrt(squares / 37 * (1 + 1.0 / 38));
  CHECK(*before.low == Approx(1 / (1 + std::exp(-low))));
  shares.push_back({0.39, 1});
  auto const from = range_of_next(shares, 39, 1000);
  CHECK(*from.low == Approx(0.01));  // the least and the greatest of 39
  CHECK(*from.high == Approx(0.39));
  for (int i = 40; i <= 79; ++i) shares.push_back({i / 100.0, 1});
  CHECK(*range_of_next(shares, 79, 1000).low == Approx(0.02));
  CHECK(*range_of_next({{0.8, 7}}, 7, 1000).low == 0.8);
  CHECK(*range_of_next({{0.8, 7}}, 7, 1000).high == 0.8);
  auto const two = range_of_next({{1, 1}, {0.5, 1}}, 2, 100);  // all of 100 is taken for 99.5
  double const upper = std::log(199), spread = upper / std::sqrt(2.0);
  CHECK(*two.low == Approx(1 / (1 + std::exp(t_975(1) * spread * std::sqrt(1.5) - upper / 2))));
  CHECK_FALSE(range_of_next({{0.8, 1}}, 1, 1000).low);
}

TEST_CASE("ten groups that are alike are nothing apart in 93 to 97 of 100 experiments") {
  auto const of_1000 = held(1000, evenly(0), 0);
  INFO(of_1000.nothing << ' ' << of_1000.mean);
  CHECK(of_1000.nothing >= 930);
  CHECK(of_1000.nothing <= 970);
  CHECK(of_1000.mean < 0.01);  // what one replication shows is 0.08
}

TEST_CASE("true spreads of 2, 5 and 10 points are recovered, evenly spread or two camps") {
  for (double const apart : {0.02, 0.05, 0.1}) {
    auto const even = held(300, evenly(apart), apart);
    INFO(apart << ": " << even.truth << " hold it, mean " << even.mean);
    CHECK(even.truth >= 279);
    CHECK(even.mean == Approx(apart).margin(0.003));
  }
  std::vector<double> camps(10, 0.675);
  for (std::size_t g = 0; g < 5; ++g) camps[g] = 0.725;
  auto const two = held(300, camps, 0.05);
  INFO(two.truth << ' ' << two.mean);
  CHECK(two.truth >= 240);  // five groups at either end widen the range: the hardest case
  CHECK(two.mean == Approx(0.05).margin(0.01));
}

TEST_CASE("what one replication shows of groups that are alike is what is told as chance") {
  double shown = 0, told = 0;
  for (std::uint64_t e = 0; e < 200; ++e) {
    double least = 1, greatest = 0;
    for (std::uint64_t g = 0; g < 10; ++g) {
      double const share = binomial(300, 0.7, draw(e, 99, g).first) / 300.0;
      least = std::min(least, share);
      greatest = std::max(greatest, share);
    }
    shown += (greatest - least) / 200;
    told += groups_apart(groups_in(e, evenly(0), 300), 20)->by_chance / 200;
  }
  CHECK(told == Approx(shown).margin(0.004));
  CHECK_FALSE(groups_apart({{0.5, 0.1}}, 20));
  auto const exact = groups_apart({{0.5, 0}, {0.75, 0}}, 20);  // no noise at all
  CHECK(*exact->apart.low == 0.25);
  CHECK(*exact->apart.high == 0.25);
  CHECK(exact->by_chance == 0);
}

TEST_CASE("intervals of skewed counts hold the truth and none is below nothing") {
  // geometric numbers: skewness 2, and many zeros
  int covered = 0;
  for (std::uint64_t e = 0; e < 1000; ++e) {
    ValueSums sums;
    for (std::uint64_t r = 0; r < 20; ++r)
      sums.add(static_cast<std::uint64_t>(std::log(uniform(e, r, 1)) / std::log(0.8)));
    auto const estimate = *mean_estimate(sums, 20);
    CHECK(*estimate.low >= 0);
    CHECK(estimate.advised > 0);
    covered += *estimate.low <= 4 && 4 <= *estimate.high ? 1 : 0;
  }
  INFO(covered);
  CHECK(covered >= 930);
}
