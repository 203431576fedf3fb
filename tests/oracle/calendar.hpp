#pragma once
// Days and spans of the calendar, in the plainest way: every day is counted. Nothing of `core` is used here but the
// structs that hold what comes out.

#include <array>
#include <cstdint>
#include <string>

#include "cwtsim/core/time.hpp"

namespace cwtsim::oracle {

/// The date written "2026-04-01"; throws if there is no such day from 1970 to 2099.
[[nodiscard]] Date day_written(std::string const& text);
/// How a date is written.
[[nodiscard]] std::string written_day(Date date);
/// "2026-04".
[[nodiscard]] std::string month_of(Date date);
/// 1 for January.
[[nodiscard]] int month_number(Date date);
/// 0 for Monday.
[[nodiscard]] std::size_t place_in_week(Date date);
/// Whether it is a bank holiday in England; throws where the list below ends.
[[nodiscard]] bool is_bank_holiday(Date date);
/// The end of a span that begins at a moment, in seconds since the midnight before it.
[[nodiscard]] double end_of_span(DateTime from, Period span);
/// The days of "daily", "mon-fri", "sat-tue", "mon,wed,sat", Monday first; throws if it says anything else.
[[nodiscard]] std::array<bool, 7> days_written(std::string const& text);

}  // namespace cwtsim::oracle
