#pragma once
// The luck of one patient at one step: every draw by its name.

#include "cwtsim/engine/choose.hpp"
#include "influences.hpp"

namespace cwtsim::engine {

/// Looks tables up for a patient, and draws by its key where there is something to draw.
struct Luck {
  model::Era const& era;
  Who who;
  std::uint64_t key, draws_at, visit;

  /// An outcome; by odds, if there are any.
  [[nodiscard]] std::uint32_t choose(model::Lookup const& choice, Draw draw = Draw::itself) const {
    return engine::choose(era, choice, who, key, beside(draws_at, draw), visit);
  }
  [[nodiscard]] std::uint32_t choose(model::Lookup const& choice, model::Range odds, Draw draw = Draw::itself) const {
    return choose_by_odds(era, choice, odds, who, key, beside(draws_at, draw), visit);
  }
  /// A length of time in ticks (in days for initial waits).
  [[nodiscard]] Tick sample(model::Lookup const& time, Draw draw = Draw::itself) const {
    return engine::sample(era, time, who, key, beside(draws_at, draw), visit);
  }
  /// The same, multiplied by factors.
  [[nodiscard]] Tick sample(model::Lookup const& time, model::Range times, Draw draw = Draw::itself) const {
    Tick const drawn = sample(time, draw);
    return times.count > 0 ? scaled(era, drawn, times, who) : drawn;
  }
  /// What is left of a length of time of which so much has passed: of those that are longer; nothing if none is. All of
  /// it if nothing has passed.
  [[nodiscard]] Tick rest(model::Lookup const& time, model::Range times, Tick passed, Draw draw = Draw::itself) const {
    if (passed == 0) return sample(time, times, draw);
    return rest_of(era, time, times, who, cwtsim::draw(key, beside(draws_at, draw), visit).first, passed);
  }
  /// True with a probability, whose odds are multiplied by factors.
  [[nodiscard]] bool happens(model::Lookup const& probability, model::Range odds, Draw draw = Draw::itself) const {
    return odds.count == 0 ? engine::happens(era, probability, who, key, beside(draws_at, draw), visit)
                           : happens_by_odds(era, probability, odds, who, key, beside(draws_at, draw), visit);
  }
  /// The same patient where something else draws.
  [[nodiscard]] Luck elsewhere(std::uint64_t other) const { return {era, who, key, other, visit}; }
};

}  // namespace cwtsim::engine
