#pragma once
// Levels that turn into others unseen. The whole course of a patient is drawn at arrival: when each level is left.

#include <cstdint>

#include "cwtsim/engine/choose.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

/// Writes when each level that the patient comes to is left, [entry of Era::progress], for one who has had the
/// present levels since a tick, which may lie before the first one.
void draw_course(model::Era const& era, Who const& who, std::uint64_t key, std::int64_t since, Tick* left_at);

/// The level of an attribute that a patient with this level has reached by a moment.
[[nodiscard]] std::uint8_t level_reached(model::Era const& era, std::uint8_t attribute, std::uint8_t level,
                                         Tick const* left_at, Tick now);

}  // namespace cwtsim::engine
