#pragma once
// What the changes of a lever come to, where the values alone do not say it.

#include "cwtsim/io/read.hpp"
#include "value.hpp"

namespace cwtsim::io {

/// Notes of changed posts how many people that is, and of changed slots how many go to other work. `root` is what the
/// lever has changed.
void note_effects(Value const& root, Pulled& pulled);

}  // namespace cwtsim::io
