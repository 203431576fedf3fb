#include <fmt/core.h>

#include <cmath>

#include "cwtsim/scenario/horizon.hpp"
#include "cwtsim/scenario/limits.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

bool fits_period(Period const& period) {
  constexpr std::int64_t most_by_unit[] = {2'000'000'000, 40'000'000, 600'000, 22'000, 3'200, 730, 61};
  return period.count >= 0 && period.count <= most_by_unit[static_cast<std::size_t>(period.unit)];
}

void check_length(Sheet& sheet, bool resolution_is_sound) {
  auto const& horizon = sheet.scenario.horizon;
  auto const [from, seconds] = measured_seconds(horizon);
  double const days = seconds / seconds_per_day;
  if (days > longest_days)
    return sheet.add("/horizon/run_for", fmt::format("warm-up and measured time are {:.0f} years together; "
                                                     "a scenario may last at most 60",
                                                     days / 365.25));
  double const ticks = seconds / horizon.resolution.seconds;
  if (resolution_is_sound && !can_count(horizon, horizon.resolution))
    sheet.add("/horizon/resolution",
              fmt::format("the scenario would last {:.0f} ticks of {}; at most {:.0f} can be counted", ticks,
                          format_duration(horizon.resolution), most_ticks),
              "Choose a coarser resolution or a shorter scenario");
  double const tick = horizon.resolution.seconds;
  if (resolution_is_sound && std::round(seconds / tick) <= std::round(from / tick))
    sheet.add("/horizon/run_for",
              fmt::format("{} comes to no tick of {}, so nothing would be measured", format_period(horizon.run_for),
                          format_duration(horizon.resolution)),
              "write a longer time, or a finer \"resolution\"");
  auto const last_year = to_ymd(horizon.starts.date + static_cast<std::int32_t>(days)).year;
  if (horizon.bank_holidays == BankHolidays::england && (to_ymd(horizon.starts.date).year < 1995 || last_year > 2199))
    sheet.add("/horizon/bank_holidays", "England's bank holidays are known from 1995 to 2199 only",
              "Write \"none\", or choose other dates");
}

}  // namespace

void check_on_tick(Sheet const& sheet, std::string const& pointer, TimeOfDay time) {
  auto const& resolution = sheet.scenario.horizon.resolution;
  double const ticks = time.minutes * 60.0 / resolution.seconds;
  double const an_hour = 3600 / resolution.seconds;
  bool const divides = std::fabs(an_hour - std::round(an_hour)) < 1e-6;  // else that has been told
  if (!divides || std::fabs(ticks - std::round(ticks)) < 1e-6) return;
  sheet.add(pointer, format_time_of_day(time) + " is not a whole number of ticks of " + format_duration(resolution),
            "write another time, or a finer \"resolution\" in the horizon");
}

void check_horizon(Sheet& sheet) {
  auto const& horizon = sheet.scenario.horizon;
  double const resolution = horizon.resolution.seconds;
  double const an_hour = 3600 / resolution;
  bool const in_range = resolution >= 0.1 && resolution <= 3600;
  bool const divides = in_range && std::fabs(an_hour - std::round(an_hour)) < 1e-6;
  if (!in_range)
    sheet.add("/horizon/resolution",
              "a tick of " + format_duration(horizon.resolution) + " is not between 0.1 s and 60 min");
  else if (!divides)
    sheet.add("/horizon/resolution",
              "a tick of " + format_duration(horizon.resolution) +
                  " does not divide an hour, so hours would not begin on a tick",
              "Write \"1 min\", say");
  if (divides) check_on_tick(sheet, "/horizon/starts", horizon.starts.time);
  if (horizon.run_for.count <= 0)
    sheet.add("/horizon/run_for", "nothing would be measured", "Write a length of time above 0");
  bool const fits = fits_period(horizon.run_for) && fits_period(horizon.warm_up);
  if (!fits && horizon.run_for.count > 0)
    sheet.add(fits_period(horizon.run_for) ? "/horizon/warm_up" : "/horizon/run_for",
              "a scenario may last at most 60 years, warm-up included");
  if (fits && horizon.run_for.count > 0) check_length(sheet, divides);
  auto const& limits = sheet.scenario.limits;
  if (limits.max_in_system <= 0) sheet.add("/limits/max_in_system", "nobody could enter", "Write a number above 0");
  if (limits.max_events <= 0) sheet.add("/limits/max_events", "nothing could happen", "Write a number above 0");
  if (sheet.scenario.experiment.replications <= 0)
    sheet.add("/experiment/replications", "nothing would be run", "Write 1 or more");
}

}  // namespace cwtsim::scenario
