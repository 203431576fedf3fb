#pragma once
// Tables of what was observed beside what was simulated.

#include "cwtsim/report/tables.hpp"

namespace cwtsim::report {

[[nodiscard]] Table validation(experiment::Estimates const& e);
[[nodiscard]] Table volumes(experiment::Estimates const& e);

}  // namespace cwtsim::report
