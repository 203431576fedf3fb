#pragma once
// The luck of one patient at one place: every draw of a step by its name.

#include "cwtsim/engine/choose.hpp"
#include "influences.hpp"

namespace cwtsim::engine {

/// Which draw of a step (or of whatever has one place): each has a place of its own beside it.
enum class Draw : std::uint64_t {
  itself = 0,  ///< how long it takes, and what comes next
  missing = dna_place,
  rebooking = rebook_place,
  repeats = repeats_place,
  every = every_place,
  to = to_place
};

/// Looks tables up for a patient, and draws by its key where there is something to draw.
struct Luck {
  model::Phase const& era;
  Who who;
  std::uint64_t key, place, visit;

  /// An outcome; by odds, if there are any.
  [[nodiscard]] std::uint32_t choose(model::Lookup const& choice, Draw draw = Draw::itself) const {
    return engine::choose(era, choice, who, key, at(draw), visit);
  }
  [[nodiscard]] std::uint32_t choose(model::Lookup const& choice, model::Span odds, Draw draw = Draw::itself) const {
    return choose_by_odds(era, choice, odds, who, key, at(draw), visit);
  }
  /// A length of time in ticks (in days for initial waits).
  [[nodiscard]] Tick sample(model::Lookup const& time, Draw draw = Draw::itself) const {
    return engine::sample(era, time, who, key, at(draw), visit);
  }
  /// The same, multiplied by factors.
  [[nodiscard]] Tick sample(model::Lookup const& time, model::Span times, Draw draw = Draw::itself) const {
    Tick const drawn = sample(time, draw);
    return times.count > 0 ? scaled(era, drawn, times, who) : drawn;
  }
  /// True with a probability, whose odds are multiplied by factors.
  [[nodiscard]] bool happens(model::Lookup const& probability, model::Span odds, Draw draw = Draw::itself) const {
    return odds.count == 0 ? engine::happens(era, probability, who, key, at(draw), visit)
                           : happens_by_odds(era, probability, odds, who, key, at(draw), visit);
  }
  /// The same patient at another place.
  [[nodiscard]] Luck elsewhere(std::uint64_t other) const { return {era, who, key, other, visit}; }

  [[nodiscard]] std::uint64_t at(Draw draw) const { return place ^ static_cast<std::uint64_t>(draw); }
};

}  // namespace cwtsim::engine
