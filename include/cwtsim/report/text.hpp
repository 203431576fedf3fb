#pragma once
// The report of a run as text that can be read aloud, at most 100 columns wide.

#include <cstdint>
#include <string>

#include "cwtsim/experiment/estimates.hpp"

namespace cwtsim::report {

enum class Colour : std::uint8_t { off, on };

/// What the levers did: all of it, or what a page has room for. Nothing, if there are none.
[[nodiscard]] std::string levers_text(experiment::PulledLevers const& pulled, bool everything);

/// How much of a list is told.
enum class Amount : std::uint8_t { few, all };
/// How well the figures are founded, and on which that nobody has measured the results lean most.
[[nodiscard]] std::string foundations_text(experiment::Foundations const& foundations, Amount amount);
/// "80.6% within 62 days"; nothing where that cannot be had.
[[nodiscard]] std::string ceiling_words(experiment::Ceiling const& ceiling);

[[nodiscard]] std::string text_report(experiment::Estimates const& estimates, Colour colour);

}  // namespace cwtsim::report
