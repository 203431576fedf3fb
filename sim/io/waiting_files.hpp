#pragma once
// Waiting lists at the start that stand in files of their own: an extract of a hospital's list, as it is.

#include <optional>
#include <string_view>

#include "cwtsim/core/time.hpp"
#include "value.hpp"

namespace cwtsim::io {

/// Puts the rows of each file that a waiting list names into the scenario; rows that say the same become one. Problems
/// name every bad row. Columns that nobody asked for are told.
void read_waiting_lists(Value& root, FileNames& files, Problems& problems, Problems& told);

/// The date that a cell begins with, however a hospital's system writes it: 2026-03-01, 2026/03/01, 20260301,
/// 01/03/2026 (the day first), 1.3.26, 01-MAR-2026, 1 March 2026; a time of day may follow.
[[nodiscard]] std::optional<Date> date_of_cell(std::string_view cell);

}  // namespace cwtsim::io
