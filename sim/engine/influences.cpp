#include "influences.hpp"

#include <algorithm>
#include <cmath>

#include "cwtsim/core/statistics.hpp"

namespace cwtsim::engine {

double product_of(model::Era const& era, model::Range factors, Who const& who) {
  double product = 1;
  for (std::uint32_t i = 0; i < factors.count; ++i)
    product *= era.probabilities[look_up(era, era.factors[factors.first + i], who)];
  return product;
}

Tick scaled(model::Era const& era, Tick length, model::Range factors, Who const& who) {
  constexpr double longest = 0x1.0p31 - 1;
  return static_cast<Tick>(std::min(std::floor(length * product_of(era, factors, who) + 0.5), longest));
}

// A larger word never gives a shorter length: those that give a longer one than has passed go from some word on.
Tick rest_of(model::Era const& era, model::Lookup const& time, model::Range factors, Who const& who, std::uint64_t word,
             Tick passed) {
  QuantileTable const& table = era.quantiles[look_up(era, time, who)];
  auto const length = [&](std::uint64_t w) {
    return factors.count > 0 ? scaled(era, table.sample(w), factors, who) : table.sample(w);
  };
  std::uint64_t too_low = 0, least = ~std::uint64_t{0};
  if (length(least) <= passed) return 0;
  if (length(0) > passed) return length(word) - passed;
  while (least - too_low > 1) {
    std::uint64_t const middle = too_low + (least - too_low) / 2;
    (length(middle) > passed ? least : too_low) = middle;
  }
  return length(least + static_cast<std::uint64_t>((Wide{word} * (0 - least)) >> 64)) - passed;
}

namespace {

/// The shares of a choice, each times its factors; in units of 2^-64.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): made with all its members
struct Weights {
  model::Era const& era;
  model::Choice choice;
  model::Range odds;
  Who const& who;

  [[nodiscard]] double factor(std::uint32_t i) const {
    for (std::uint32_t o = odds.first; o < odds.first + odds.count; ++o)
      if (era.odds[o].outcome == choice.outcome(i)) return product_of(era, era.odds[o].factors, who);
    return 1;
  }
  [[nodiscard]] double share(std::uint32_t i) const {
    std::uint64_t const below = i == 0 ? 0 : choice.edges()[i - 1];
    // the last edge, 2^64, is 0 in 64 bits
    return static_cast<double>((i + 1 == choice.count() ? 0 : choice.edges()[i]) - below);
  }
};

}  // namespace

std::uint32_t outcome_by_odds(model::Era const& era, model::Choice choice, model::Range odds, Who const& who,
                              std::uint64_t word) {
  Weights const weights{era, choice, odds, who};
  double total = 0;
  bool as_written = true;
  for (std::uint32_t i = 0; i < choice.count(); ++i) {
    double const factor = weights.factor(i);
    as_written = as_written && factor == 1;
    total += weights.share(i) * factor;
  }
  // factors of 1 must not change a result by way of rounding
  if (as_written || !(total > 0)) return outcome_of(choice, word);
  double const at = static_cast<double>(word) * 0x1.0p-64 * total;
  double below = 0;
  std::uint32_t last = 0;
  for (std::uint32_t i = 0; i < choice.count(); ++i) {
    double const weight = weights.share(i) * weights.factor(i);
    if (weight <= 0) continue;
    below += weight;
    last = i;
    if (at < below) break;
  }
  return choice.outcome(last);
}

std::vector<double> shares_by_odds(model::Era const& era, model::Choice choice, model::Range odds, Who const& who) {
  Weights const weights{era, choice, odds, who};
  std::vector<double> shares, as_written;
  double total = 0;
  for (std::uint32_t i = 0; i < choice.count(); ++i) {
    as_written.push_back(choice.count() == 1 ? 1 : weights.share(i) * 0x1.0p-64);
    shares.push_back(as_written.back() * weights.factor(i));
    total += shares.back();
  }
  if (!(total > 0)) return as_written;
  for (double& share : shares) share /= total;
  return shares;
}

double probability_by_odds(model::Era const& era, model::Lookup const& lookup, model::Range factors, Who const& who) {
  double const p = era.probabilities[look_up(era, lookup, who)];
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  double const factor = product_of(era, factors, who);
  return factor == 1 ? p : p * factor / (p * factor + (1 - p));
}

bool happens_by_odds(model::Era const& era, model::Lookup const& lookup, model::Range factors, Who const& who,
                     std::uint64_t key, std::uint64_t at, std::uint64_t visit) {
  double const p = probability_by_odds(era, lookup, factors, who);
  if (p <= 0) return false;
  if (p >= 1) return true;
  return to_unit(draw(key, at, visit).first) < p;
}

}  // namespace cwtsim::engine
