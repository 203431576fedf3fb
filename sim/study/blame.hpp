#pragma once
// Which lever brings a problem about.

#include "cwtsim/io/read.hpp"

namespace cwtsim::study {

/// Of each problem that is not there without the levers: the lever, its file and its line in the place of the
/// scenario's. It reads the scenario again with fewer of them, a few times a problem.
void name_levers(io::ReadRequest const& request, std::vector<io::Pulled> const& levers, Problems& problems);

}  // namespace cwtsim::study
