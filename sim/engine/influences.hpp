#pragma once
// Factors that change shares and lengths of time: read while the simulation runs, for one patient.

#include <vector>

#include "cwtsim/engine/choose.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

/// The product of some factors.
[[nodiscard]] double product_of(model::Era const& era, model::Range factors, Who const& who);

/// A length of time multiplied by factors, to the nearest tick (half a tick up); below 2^31.
[[nodiscard]] Tick scaled(model::Era const& era, Tick length, model::Range factors, Who const& who);

/// What is left of a length of time multiplied by factors when so much of it has passed: that of a word among the
/// lengths that are longer than that; 0 if none is.
[[nodiscard]] Tick rest_of(model::Era const& era, model::Lookup const& time, model::Range factors, Who const& who,
                           std::uint64_t word, Tick passed);

/// The outcome of a word where shares are multiplied by factors. Where every share would become 0, they hold as they
/// are written.
[[nodiscard]] std::uint32_t outcome_by_odds(model::Era const& era, model::Choice choice, model::Range odds,
                                            Who const& who, std::uint64_t word);

/// An outcome drawn as by `choose`, by odds if there are any.
[[nodiscard]] inline std::uint32_t choose_by_odds(model::Era const& era, model::Lookup const& lookup, model::Range odds,
                                                  Who const& who, std::uint64_t key, std::uint64_t at,
                                                  std::uint64_t visit) {
  model::Choice const choice = era.choice(look_up(era, lookup, who));
  if (choice.count() == 1) return choice.outcome(0);
  std::uint64_t const word = draw(key, at, visit).second;
  return odds.count == 0 ? outcome_of(choice, word) : outcome_by_odds(era, choice, odds, who, word);
}

/// The shares of a choice's outcomes, each times its factors, in the order of the outcomes; they add up to 1.
[[nodiscard]] std::vector<double> shares_by_odds(model::Era const& era, model::Choice choice, model::Range odds,
                                                 Who const& who);

/// A probability whose odds, p / (1 - p), are multiplied by factors.
[[nodiscard]] double probability_by_odds(model::Era const& era, model::Lookup const& lookup, model::Range factors,
                                         Who const& who);

/// True with such a probability.
[[nodiscard]] bool happens_by_odds(model::Era const& era, model::Lookup const& lookup, model::Range factors,
                                   Who const& who, std::uint64_t key, std::uint64_t at, std::uint64_t visit);

}  // namespace cwtsim::engine
