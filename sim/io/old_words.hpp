#pragma once
// Words of the language that are spelled otherwise now: for one version the old ones are read, and told.

#include "value.hpp"

namespace cwtsim::io {

/// Spells the old words of a scenario or of the levers in a file as they are spelled now.
void modernise(Value& root, FileNames const& files, Problems& told);
/// Likewise of one lever: where it points to, and what it puts there.
void modernise_lever(std::string& pointer, Value& value, Place place, FileNames const& files, Problems& told);

}  // namespace cwtsim::io
