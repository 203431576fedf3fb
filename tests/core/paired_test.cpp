// Differences between arms that had the same luck, and how far the greatest of many errors reaches.

#include "cwtsim/core/paired.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "catch_compat.hpp"
#include "cwtsim/core/draw.hpp"

using namespace cwtsim;

namespace {

using Counts = std::vector<std::uint64_t>;

double density(double x) {
  return std::exp(-x * x / 2) / std::sqrt(2 * std::acos(-1.0));
}
double below(double x) {
  return std::erfc(-x / std::sqrt(2.0)) / 2;
}

/// The share of cases in which none of k errors is beyond c, where each is (x_j - x_0) / sqrt(2) of independent normals
/// (as of arms against one), or x_j, over one root of a chi-square with so many degrees: by sums over fine grids.
double share_within(double c, int k, int degrees, bool against_one) {
  double const half = degrees / 2.0;
  double share = 0;
  constexpr double step = 0.01;
  for (double s = step / 2; s < 4; s += step) {
    double const of_s =
        2 * std::exp(half * std::log(half) - std::lgamma(half) + (degrees - 1) * std::log(s) - half * s * s);
    double inner = 0;
    if (against_one)
      for (double x = -6; x < 6; x += step)
        inner +=
            step * density(x) * std::pow(below(std::sqrt(2.0) * c * s + x) - below(-std::sqrt(2.0) * c * s + x), k);
    else
      inner = std::pow(2 * below(c * s) - 1, k);
    share += step * of_s * inner;
  }
  return share;
}

/// Standard normal, keyed.
double normal(std::uint64_t experiment, std::uint64_t arm, std::uint64_t replication) {
  auto const words = draw(experiment, arm, replication);
  return std::sqrt(-2 * std::log(to_unit(words.first))) * std::cos(2 * std::acos(-1.0) * to_unit(words.second));
}

GreatestError::Family family_of(std::vector<std::vector<double>> const& off) {
  return {off.begin(), off.end()};
}

}  // namespace

TEST_CASE("the difference of two arms is that of their pooled ratios, with the spread of the pairs") {
  // own shares 0.5, 0.6, 0.7; the other arm always 0.1 more, and once 0.4
  Counts met{50, 60, 70}, counted{100, 100, 100}, other{60, 70, 80};
  auto const same = difference_of(*ratio_figure(met, counted), *ratio_figure(other, counted));
  CHECK(same.estimate.value == Approx(0.1));
  CHECK(*same.estimate.low == same.estimate.value);
  CHECK(*same.estimate.high == same.estimate.value);
  CHECK(same.error == 0);
  CHECK_FALSE(same.saved);
  met.push_back(60), counted.push_back(100), other.push_back(100);
  auto const d = difference_of(*ratio_figure(met, counted), *ratio_figure(other, counted));
  auto const& e = d.estimate;
  CHECK(e.value == Approx(0.175));
  CHECK(d.error == Approx(0.15 / 2));  // standard deviation 0.15, four pairs
  double const reach = t_975(3) * 0.15 / 2;
  CHECK(*e.low <= e.value - reach + 1e-12);
  CHECK(*e.high > e.value + reach);  // skewed upwards
  CHECK(e.advised > least_advised);
  // squares about the means: 0.01 x 2 of the first, (0.0175^2 + 0.0075^2 + 0.0025^2 + 0.0225^2) x 100 of the other
  CHECK(*d.saved == Approx((0.02 + 0.030625 + 0.005625 + 0.000625 + 0.050625) / 0.0675));
}

TEST_CASE("of a ratio a replication that counts more weighs more, and one that counts nothing is off by nothing") {
  auto const figure = *ratio_figure(Counts{30, 10, 0}, Counts{30, 30, 0});
  CHECK(figure.value == Approx(40 / 60.0));
  CHECK(figure.off[0] == Approx(10 / 20.0));
  CHECK(figure.off[1] == Approx(-10 / 20.0));
  CHECK(figure.off[2] == 0);
  CHECK_FALSE(ratio_figure(Counts{0, 0}, Counts{0, 0}));
  CHECK_FALSE(mean_figure(Counts{}, 1));
  auto const mean = *mean_figure(Counts{2, 4, 12}, 0.5);
  CHECK(mean.value == 3);
  CHECK(mean.off == std::vector<double>{-2, -1, 3});
}

TEST_CASE("two arms must have the same replications, and one pair has no interval") {
  auto const one = *ratio_figure(Counts{5}, Counts{10}), two = *ratio_figure(Counts{5, 5}, Counts{10, 10});
  CHECK_THROWS_AS(difference_of(one, two), std::invalid_argument);
  CHECK_FALSE(difference_of(one, one).estimate.low);
}

TEST_CASE("the greatest of errors reaches as far as a multivariate t distribution says") {
  constexpr int degrees = 19, arms = 7;
  std::size_t const n = degrees + 1;
  GreatestError const greatest(n, arms);
  std::vector<std::vector<double>> alone, against_one;
  for (int j = 0; j < arms; ++j) {
    // each its own place, so that no two have anything in common; and less what the eighth has
    std::vector<double> own(n, 0.0), less(n, 0.0);
    own[static_cast<std::size_t>(j)] = 1;
    less[static_cast<std::size_t>(j)] = 1;
    less[arms] = -1;
    alone.push_back(own);
    against_one.push_back(less);
  }
  double const independent = greatest.reach_of_95(family_of(alone));
  double const dunnett = greatest.reach_of_95(family_of(against_one));
  // of 10,000 draws 95 % lie below to within 0.2 points (one standard error)
  CHECK(share_within(independent, arms, degrees, false) == Approx(0.95).margin(0.007));
  CHECK(share_within(dunnett, arms, degrees, true) == Approx(0.95).margin(0.007));
  CHECK(independent > dunnett);
  CHECK(dunnett > t_975(degrees));
  // the same twice is one
  CHECK(greatest.reach_of_95(family_of({alone[0], alone[0], alone[0]})) == Approx(t_975(degrees)).margin(0.05));
  CHECK(greatest.reach_of_95(family_of({alone[0]})) == t_975(degrees));
  // what never differs has no error
  std::vector<double> const nothing(n, 0.0);
  CHECK(greatest.reach_of_95(family_of({nothing, nothing})) == t_975(degrees));
  CHECK(greatest.share_below(family_of({nothing, nothing}), 0) == 1);
  CHECK(greatest.share_below(family_of({alone[0]}), 0) == Approx(0.5).margin(0.02));
  CHECK(greatest.share_below(family_of({alone[0]}), t_975(degrees)) == Approx(0.975).margin(0.006));
}

TEST_CASE("more estimates than replications are told of too") {
  GreatestError const greatest(3, 40);
  std::vector<std::vector<double>> off;
  for (std::uint64_t j = 0; j < 40; ++j) {
    double const a = normal(1, j, 0), b = normal(1, j, 1);
    off.push_back({a, b, -a - b});
  }
  // all errors are made up of two independent ones: within a circle, |x| <= c / cos of nothing
  double const reach = greatest.reach_of_95(family_of(off));
  double const circle = std::sqrt(2 * 19.0);  // root of twice the 95 % point of F with 2 and 2 degrees
  CHECK(reach < circle * 1.05);
  CHECK(reach > circle * 0.9);
}

TEST_CASE("of eight arms that are alike one is falsely said to differ in 3 to 7 of 100 experiments") {
  constexpr std::size_t n = 20, arms = 8;
  GreatestError const greatest(n, arms - 1);
  int claims = 0;
  constexpr int experiments = 1000;
  for (std::uint64_t k = 0; k < experiments; ++k) {
    std::vector<Counts> values(arms);
    for (std::size_t j = 0; j < arms; ++j)
      for (std::size_t r = 0; r < n; ++r)  // what all share, and what each has by itself
        values[j].push_back(
            static_cast<std::uint64_t>(1e6 + 1e4 * (3 * normal(k + 100, 99, r) + normal(k + 100, j, r))));
    std::vector<Difference> differences;
    GreatestError::Family family;
    for (std::size_t j = 1; j < arms; ++j)
      differences.push_back(difference_of(*mean_figure(values[0], 1), *mean_figure(values[j], 1)));
    for (auto const& d : differences) family.emplace_back(d.off);
    double const reach = greatest.reach_of_95(family);
    claims += std::ranges::any_of(
        differences, [reach](Difference const& d) { return std::abs(d.estimate.value) > reach * d.error; });
  }
  INFO(claims << " of " << experiments);
  CHECK(claims >= 30);
  CHECK(claims <= 70);
}
