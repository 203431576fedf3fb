#pragma once
// The sections of the text report below its headlines.

#include <string>

#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/report/text.hpp"

namespace cwtsim::report {

void append_first(std::string& out, experiment::Estimates const& e, Colour colour);      ///< what is amiss, by name
void append_headlines(std::string& out, experiment::Estimates const& e, Colour colour);  ///< of each standard
void append_divisions(std::string& out, experiment::Estimates const& e, Colour colour);  ///< by provider, tumour, ...
void append_measures(std::string& out, experiment::Estimates const& e, Colour colour);
void append_gaps(std::string& out, experiment::Estimates const& e, Colour colour);
void append_ledgers(std::string& out, experiment::Estimates const& e, Colour colour);
void append_years(std::string& out, experiment::Estimates const& e, Colour colour);
void append_steps(std::string& out, experiment::Estimates const& e, Colour colour);
void append_clock_days(std::string& out, experiment::Estimates const& e, Colour colour);
void append_resources(std::string& out, experiment::Estimates const& e, Colour colour);
void append_staff(std::string& out, experiment::Estimates const& e, Colour colour);
void append_rules(std::string& out, experiment::Estimates const& e, Colour colour);
void append_waiting_list(std::string& out, experiment::Estimates const& e, Colour colour);
void append_comparisons(std::string& out, experiment::Estimates const& e, Colour colour);

/// True where the years of a standard may be told as one: same target, and no two of them clearly apart.
[[nodiscard]] bool years_are_alike(experiment::Estimates const& e, std::size_t standard);
/// A level's name for people: the provider's label where it has one.
[[nodiscard]] std::string name_for_people(experiment::Estimates const& e, std::string const& dimension,
                                          std::string const& value);

}  // namespace cwtsim::report
