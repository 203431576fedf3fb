#pragma once
// What a comparison of arms says, as text that can be read aloud and as tables.

#include <string>
#include <vector>

#include "cwtsim/experiment/compare.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/report/text.hpp"

namespace cwtsim::report {

/// At most 100 columns wide, and some twenty arms long; the arms in order of what they gain in the attainment of one
/// standard (of Differences::names.standards).
[[nodiscard]] std::string compare_text(experiment::Differences const& differences, std::size_t standard, Colour colour);
/// arms, differences, best and pounds_each; the differences must live as long.
[[nodiscard]] std::vector<files::Table> compare_tables(experiment::Differences const& differences);
/// Every table of a comparison and its columns, with units and meanings, as Markdown.
[[nodiscard]] std::string compare_reference();

}  // namespace cwtsim::report
