#pragma once
// Looking things up in a compiled era for one patient: tables by attributes, choices, times.

#include <cstdint>

#include "cwtsim/core/draw.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

/// What tables may depend on.
struct Who {
  std::uint8_t const* levels;  ///< by attribute
  std::uint32_t provider;
  std::uint32_t stream;
};

inline std::uint32_t look_up(model::Era const& era, model::Lookup const& lookup, Who const& who) {
  if (lookup.direct()) return lookup.base;
  std::uint32_t index = lookup.base + lookup.provider_stride * who.provider + lookup.stream_stride * who.stream;
  for (std::size_t a = 0; a < lookup.stride.size() && lookup.attribute[a] != model::Lookup::no_attribute; ++a)
    index += lookup.stride[a] * who.levels[lookup.attribute[a]];
  return era.cells[index];
}

/// Outcome of a choice by inversion of `word`: the first whose edge is above it.
inline std::uint32_t outcome_of(model::Choice choice, std::uint64_t word) {
  std::uint64_t const* const edge = choice.edges();
  std::uint32_t left = choice.count() - 1, passed = 0;
  // No jump depends on the word: a machine could not guess it.
  while (left > 8) {
    std::uint32_t const half = (left + 1) / 2;
    passed += word >= edge[passed + half - 1] ? half : 0;
    left -= half;
  }
  std::uint32_t const from = passed;
  for (std::uint32_t i = 0; i < left; ++i) passed += word >= edge[from + i] ? 1 : 0;
  return choice.outcome(passed);
}

/// Which draw of a step (or of whatever draws at one number): each is at a number of its own beside it.
enum class Draw : std::uint64_t {
  itself = 0,  ///< how long it takes, and what comes next
  missing = 0x646e61ULL << 40,
  rebooking = 0x72656200ULL << 32,
  repeats = 0x72657000ULL << 32,
  every = 0x65766500ULL << 32,
  to = 0x746f0000ULL << 32,
  group = 0x67726f00ULL << 32  ///< how long a group gathers at most
};
constexpr std::uint64_t beside(std::uint64_t draws_at, Draw draw) {
  return draws_at ^ static_cast<std::uint64_t>(draw);
}

/// An outcome, drawn; draws nothing where there is no choice.
inline std::uint32_t choose(model::Era const& era, model::Lookup const& lookup, Who const& who, std::uint64_t key,
                            std::uint64_t at, std::uint64_t visit) {
  model::Choice const choice = era.choice(look_up(era, lookup, who));
  if (choice.count() == 1) return choice.outcome(0);
  return outcome_of(choice, draw(key, at, visit).second);
}

/// A length of time, drawn, in ticks (in days for initial waits).
inline Tick sample(model::Era const& era, model::Lookup const& lookup, Who const& who, std::uint64_t key,
                   std::uint64_t at, std::uint64_t visit) {
  QuantileTable const& table = era.quantiles[look_up(era, lookup, who)];
  if (table.is_constant()) return table.constant_value();
  return table.sample(draw(key, at, visit).first);
}

/// True with the probability of a table.
inline bool happens(model::Era const& era, model::Lookup const& lookup, Who const& who, std::uint64_t key,
                    std::uint64_t at, std::uint64_t visit) {
  double const p = era.probabilities[look_up(era, lookup, who)];
  if (p <= 0) return false;
  if (p >= 1) return true;
  return to_unit(draw(key, at, visit).first) < p;
}

}  // namespace cwtsim::engine
