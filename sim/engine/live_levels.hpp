#pragma once
// Which attributes still matter: what anything that a patient may come to depends on.

#include <bitset>
#include <cstdint>
#include <vector>

#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

using Attributes = std::bitset<256>;

/// Those that a table depends on.
[[nodiscard]] Attributes attributes_of(model::Lookup const& lookup);
[[nodiscard]] Attributes attributes_of(model::Era const& era, model::Range factors);
[[nodiscard]] Attributes attributes_of_odds(model::Era const& era, model::Range odds);

/// By step: those that what is asked for there and further on depends on.
[[nodiscard]] std::vector<Attributes> live_attributes(model::Model const& model, model::Era const& era);

/// By step: where patients may come to from it, one way or another.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> next_steps(model::Model const& model, model::Era const& era);

/// All outcomes that a table of choices may give.
[[nodiscard]] std::vector<std::uint32_t> outcomes_of(model::Model const& model, model::Era const& era,
                                                     model::Lookup const& choice);

}  // namespace cwtsim::engine
