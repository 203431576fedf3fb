#pragma once
// Where patients can wait.

#include <cstdint>
#include <vector>

#include "cwtsim/model/model.hpp"

namespace cwtsim::model {

/// step * providers + provider of each step at which patients wait (for a resource that the provider has, or for one
/// another), ascending.
[[nodiscard]] std::vector<std::uint32_t> waiting_places(Model const& model);

}  // namespace cwtsim::model
