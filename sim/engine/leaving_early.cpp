#include "leaving_early.hpp"

#include <algorithm>
#include <cmath>

#include "influences.hpp"

namespace cwtsim::engine {

namespace {

constexpr int bits = 12;  ///< pieces of a distribution

/// The share of values above one.
double above(std::vector<double> const& values, double value) {
  return static_cast<double>(values.end() - std::ranges::upper_bound(values, value)) /
         static_cast<double>(values.size());
}
double not_below(std::vector<double> const& values, double value) {
  return static_cast<double>(values.end() - std::ranges::lower_bound(values, value)) /
         static_cast<double>(values.size());
}

}  // namespace

GivingUpShares::Length GivingUpShares::length(model::Lookup const& time, model::Range times, Who const& who) const {
  return {look_up(era_, time, who), times.count > 0 ? product_of(era_, times, who) : 1};
}

// Values at the middles of so many pieces of the distribution, ascending.
std::vector<double> const& GivingUpShares::spread(Length const& length) {
  auto const place = spread_.try_emplace(length);
  auto& values = place.first->second;
  if (!place.second) return values;
  QuantileTable const& table = era_.quantiles[length.table];
  auto const add = [&](Tick drawn) {
    values.push_back(length.factor == 1 ? drawn : std::floor(drawn * length.factor + 0.5));
  };
  if (table.is_constant())
    add(table.constant_value());
  else
    for (std::uint64_t i = 0; i < 1ULL << bits; ++i) add(table.sample(middle_word(i, bits)));
  return values;
}

// The earliest reason counts, then the first written; one that is not earlier than the end of the delay does not.
std::vector<double> const& GivingUpShares::of(model::Step const& delay, Who const& who) {
  double const stretch = delay.working_days ? 7.0 / 5 : 1;
  std::vector<Length> lengths{length(delay.takes, delay.times, who)};
  for (std::uint32_t i = 0; i < delay.gives_up.count; ++i) {
    auto const& g = era_.gives_up[delay.gives_up.first + i];
    lengths.push_back(length(g.after, g.times, who));
  }
  auto const [it, fresh] = known_.try_emplace({stretch, lengths});
  if (!fresh) return it->second;
  auto const& lasts = spread(lengths[0]);
  for (std::size_t i = 1; i < lengths.size(); ++i) {
    auto const& after = spread(lengths[i]);
    double sum = 0;
    for (double const moment : after) {
      double first = above(lasts, moment / stretch);
      for (std::size_t k = 1; k < lengths.size() && first > 0; ++k)
        if (k != i) first *= k < i ? above(spread(lengths[k]), moment) : not_below(spread(lengths[k]), moment);
      sum += first;
    }
    it->second.push_back(sum / static_cast<double>(after.size()));
  }
  return it->second;
}

}  // namespace cwtsim::engine
