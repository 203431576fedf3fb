// How far apart groups are, free of chance.

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "cwtsim/core/draw.hpp"
#include "cwtsim/core/statistics.hpp"
#include "special_functions.hpp"

namespace cwtsim {
namespace {

/// An analysis of variance of group means whose errors differ.
struct Analysis {
  double between = 0, noise = 0;        ///< variances of the means: observed, and by chance
  double own_degrees = 0, degrees = 0;  ///< of the two
  [[nodiscard]] double ratio() const { return between / noise; }
};

Analysis analysis_of(std::vector<GroupLevel> const& groups, double replications) {
  auto const k = static_cast<double>(groups.size());
  Analysis a;
  double mean = 0, errors = 0, squares = 0;
  for (auto const& g : groups) {
    double const error = g.spread / replications;
    mean += g.mean / k;
    errors += error;
    squares += error * error;
  }
  for (auto const& g : groups) a.between += (g.mean - mean) * (g.mean - mean) / (k - 1);
  a.noise = errors / k;
  if (errors <= 0) return a;
  double const trace = errors * (1 - 1 / k);
  a.own_degrees = trace * trace / (squares * (1 - 2 / k) + errors * errors / (k * k));
  a.degrees = errors * errors / (squares / (replications - 1));
  return a;
}

/// How often the variance between groups would be at most the observed one, were theirs so many times that of chance.
/// How surely chance is known matters the less the further apart they are.
double share_below(Analysis const& a, double apart) {
  double const lambda = a.own_degrees * apart;
  double const own = (a.own_degrees + lambda) * (a.own_degrees + lambda) / (a.own_degrees + 2 * lambda);
  double const degrees = a.degrees * (1 + apart) * (1 + apart);
  double const x = a.ratio() / (1 + apart) * own;
  return boost::math::ibeta(own / 2, degrees / 2, x / (x + degrees));
}

/// The share of experiments in which the lower end may be too high: 5 % where groups are alike, for there the upper end
/// cannot be too low, and half of that where they are far apart.
double too_high(Analysis const& a, double apart) {
  return 0.025 * (1 + portable_exp(-a.own_degrees * apart / 2));
}

/// Where a falling function passes through 0, from 0 on; 0 where it begins below.
template <class Falling>
double zero_of(Falling falling) {
  if (falling(0.0) <= 0) return 0;
  double low = 0, high = 1;
  for (int i = 0; i < 100 && falling(high) > 0; ++i) low = high, high *= 2;
  for (int i = 0; i < 60; ++i) {
    double const middle = (low + high) / 2;
    (falling(middle) > 0 ? low : high) = middle;
  }
  return low;
}

/// The mean of the greatest less the least of independent normal numbers: of each its mean and its variance.
double expected_range(std::vector<GroupLevel> const& numbers) {
  double least = numbers.front().mean, greatest = least, widest = 0;
  for (auto const& g : numbers) {
    least = std::min(least, g.mean);
    greatest = std::max(greatest, g.mean);
    widest = std::max(widest, std::sqrt(g.spread));
  }
  constexpr double reach = 7, steps_each = 5;  // either way, in standard deviations
  double const first = least - reach * widest, length = greatest - least + 2 * reach * widest;
  if (widest <= 0) return length;
  auto const steps = static_cast<int>(std::min(4000.0, std::ceil(length / widest * steps_each)));
  double sum = 0;
  for (int i = 0; i < steps; ++i) {
    double const x = first + length * (i + 0.5) / steps;
    double below = 1, above = 1;
    for (auto const& g : numbers) {
      auto const share = g.spread > 0 ? normal_shares((x - g.mean) / std::sqrt(g.spread))
                                      : Share{x >= g.mean ? 1.0 : 0.0, x >= g.mean ? 0.0 : 1.0};
      below *= share.below;
      above *= share.above;
    }
    sum += 1 - below - above;
  }
  return sum * length / steps;
}

/// Of what the groups show, so much that with noise its range would be, on average, the range that they show.
double share_of_range(std::vector<GroupLevel> const& groups, double replications, double range) {
  double low = 0, high = 1;
  auto scaled = groups;
  for (int i = 0; i < 10; ++i) {
    double const middle = (low + high) / 2;
    for (std::size_t k = 0; k < groups.size(); ++k)
      scaled[k] = {groups[k].mean * middle, groups[k].spread / replications};
    (expected_range(scaled) < range ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

std::optional<GroupsApart> groups_apart(std::vector<GroupLevel> const& groups, std::uint64_t replications) {
  if (groups.size() < 2 || replications == 0) return std::nullopt;
  auto const order = [](GroupLevel const& a, GroupLevel const& b) { return a.mean < b.mean; };
  auto const [least, greatest] = std::minmax_element(groups.begin(), groups.end(), order);
  double const range = greatest->mean - least->mean;
  GroupsApart out;
  auto alike = groups;
  for (auto& g : alike) g.mean = 0;
  out.by_chance = to_36_bits(expected_range(alike));
  out.apart.value = range;
  if (replications < 2) return out;
  auto const a = analysis_of(groups, static_cast<double>(replications));
  if (a.between <= 0 || a.noise <= 0) {
    out.apart.low = out.apart.high = range;
    return out;
  }
  // What is left of the range is not quite what is left of the standard deviation: chance widens a crowd at either end
  // more than a single group there.
  double const left = std::sqrt(std::max(0.0, 1 - a.noise / a.between));
  double const of_range = left > 0 ? share_of_range(groups, static_cast<double>(replications), range) : 0;
  double const shape = left > 0 ? std::clamp(of_range / left, 0.7, 1.4) : 1;
  auto const scaled = [&](double apart) { return to_36_bits(range * shape * std::sqrt(apart * a.noise / a.between)); };
  out.apart.value = to_36_bits(range * shape * left);
  double const low = scaled(zero_of([&](double apart) { return too_high(a, apart) - (1 - share_below(a, apart)); }));
  double const high =
      scaled(zero_of([&](double apart) { return share_below(a, apart) - (0.05 - too_high(a, apart)); }));
  // The analysis decides whether the groups differ; how far the two at the ends are apart is no surer than they are.
  // Where nothing is ruled out the lower end is above nothing, however little.
  constexpr double however_little = 0.01;
  double const reach = t_975(static_cast<std::int64_t>(replications) - 1) *
                       std::sqrt((least->spread + greatest->spread) / static_cast<double>(replications));
  double const value = out.apart.value;
  out.apart.low = low > 0 ? to_36_bits(std::min(low, std::max(value - reach, however_little * value))) : 0;
  out.apart.high = to_36_bits(std::max(high, value + reach));
  return out;
}

}  // namespace cwtsim
