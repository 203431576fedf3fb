#pragma once
// All that is asked of a scenario before it may be run.

#include <optional>

#include "cwtsim/io/read.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::study {

/// A scenario as it was read, with all that is wrong with it: what the reader says has its place, all else has none
/// yet. Compiled where it is sound so far.
struct Tried {
  io::ReadResult read;
  std::optional<model::Model> model;
};

/// Reads, validates and compiles, and looks for steps that can never be served; each only where nothing was found
/// before.
[[nodiscard]] Tried tried(io::ReadRequest const& request);

}  // namespace cwtsim::study
