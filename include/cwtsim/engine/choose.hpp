#pragma once
// Looking things up in a compiled phase for one patient: tables by attributes, choices, times.

#include <cstdint>

#include "cwtsim/core/draw.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

/// What tables may depend on.
struct Who {
  std::uint8_t const* levels;  ///< by attribute
  std::uint32_t provider;
  std::uint32_t group;
  std::uint32_t stream;
};

inline std::uint32_t level_of(model::Axis const& axis, Who const& who) {
  switch (axis.dimension) {
    case model::Dimension::attribute:
      return who.levels[axis.attribute];
    case model::Dimension::provider:
      return who.provider;
    case model::Dimension::group:
      return who.group;
    case model::Dimension::stream:
      return who.stream;
  }
  return 0;
}

inline std::uint32_t look_up(model::Phase const& phase, model::Lookup const& lookup, Who const& who) {
  if (lookup.axes == 0) return lookup.base;
  std::uint32_t index = lookup.base;
  for (std::uint8_t a = 0; a < lookup.axes; ++a) index += lookup.axis[a].stride * level_of(lookup.axis[a], who);
  return phase.cells[index];
}

/// Outcome of a choice by inversion of `word`; the word is not used where there is one outcome.
inline std::uint32_t outcome_of(model::Phase const& phase, model::Choice const& choice, std::uint64_t word) {
  std::uint32_t i = choice.first;
  std::uint32_t const last = choice.first + choice.count - 1;
  while (i < last && word >= phase.edges[i]) ++i;
  return phase.targets[i];
}

// Second places of a step, apart from the one of its duration and route.
inline constexpr std::uint64_t dna_place = 0x646e61ULL << 40;
inline constexpr std::uint64_t rebook_place = 0x72656200ULL << 32;
inline constexpr std::uint64_t repeats_place = 0x72657000ULL << 32;
inline constexpr std::uint64_t every_place = 0x65766500ULL << 32;
inline constexpr std::uint64_t to_place = 0x746f0000ULL << 32;

/// An outcome drawn at a place; draws nothing where there is no choice.
inline std::uint32_t choose(model::Phase const& phase, model::Lookup const& lookup, Who const& who, std::uint64_t key,
                            std::uint64_t place, std::uint64_t visit) {
  model::Choice const& choice = phase.choices[look_up(phase, lookup, who)];
  if (choice.count == 1) return phase.targets[choice.first];
  return outcome_of(phase, choice, draw(key, place, visit).second);
}

/// A length of time drawn at a place, in ticks (in days for initial waits).
inline Tick sample(model::Phase const& phase, model::Lookup const& lookup, Who const& who, std::uint64_t key,
                   std::uint64_t place, std::uint64_t visit) {
  QuantileTable const& table = phase.quantiles[look_up(phase, lookup, who)];
  if (table.is_constant()) return table.constant_value();
  return table.sample(draw(key, place, visit).first);
}

/// True with the probability of a table.
inline bool happens(model::Phase const& phase, model::Lookup const& lookup, Who const& who, std::uint64_t key,
                    std::uint64_t place, std::uint64_t visit) {
  double const p = phase.probabilities[look_up(phase, lookup, who)];
  if (p <= 0) return false;
  if (p >= 1) return true;
  return to_unit(draw(key, place, visit).first) < p;
}

}  // namespace cwtsim::engine
