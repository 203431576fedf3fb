#pragma once
// The report of a run as text that can be read aloud, at most 100 columns wide.

#include <cstdint>
#include <string>

#include "cwtsim/experiment/estimates.hpp"

namespace cwtsim::report {

enum class Colour : std::uint8_t { off, on };

/// What the levers did: all of it, or what a page has room for. Nothing, if there are none.
[[nodiscard]] std::string levers_text(experiment::PulledLevers const& pulled, bool everything);

[[nodiscard]] std::string text_report(experiment::Estimates const& estimates, Colour colour);

}  // namespace cwtsim::report
