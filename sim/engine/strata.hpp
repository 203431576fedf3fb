#pragma once
// Which strata a patient counts in.

#include <algorithm>
#include <array>
#include <cstdint>

#include "cwtsim/engine/choose.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

/// A patient's strata, for many cuts: its levels are laid side by side once.
class Strata {
 public:
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): no cut reads behind the levels that there are
  Strata(model::Model const& model, Who const& who) {
    at_[0] = 0;
    at_[model::level_of_provider] = who.provider;
    at_[model::level_of_group] = model.group_of_provider[who.provider];
    at_[model::level_of_stream] = who.stream;
    std::copy_n(who.levels, model.attributes, at_.begin() + model::levels_of_attributes);
  }
  [[nodiscard]] std::uint32_t of(model::Cut const& cut) const {
    return cut.first + cut.axis[0].stride * at_[cut.axis[0].at] + cut.axis[1].stride * at_[cut.axis[1].at];
  }

 private:
  std::array<std::uint32_t, model::levels_of_attributes + 256> at_;
};

}  // namespace cwtsim::engine
