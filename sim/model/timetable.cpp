#include "cwtsim/model/timetable.hpp"

namespace cwtsim::model {

namespace {

constexpr std::uint32_t sunday = 6;

bool on_weekday(Days const& days, std::uint32_t weekday) {
  return days.weekdays >> weekday & 1;
}

}  // namespace

bool held(Model const& model, Days const& days, std::uint32_t day) {
  if (!on_weekday(days, model.weekday_of_day[day])) return false;
  if (days.closed_on_holidays && model.holiday[day]) return false;
  return days.every_weeks <= 1 || model.week_of_day[day] % days.every_weeks == 0;
}

// A Sunday before the first day lies in the week before the first one, which no count of weeks comes to.
bool held_the_day_before(Model const& model, Days const& days) {
  std::uint32_t const weekday = (model.weekday_of_day.front() + 6u) % 7;
  if (!on_weekday(days, weekday) || (days.closed_on_holidays && model.holiday_before)) return false;
  return days.every_weeks <= 1 || weekday != sunday;
}

double mean_arrivals_in(Model const& model, Era const& era, Source const& s, std::uint32_t day, std::uint32_t piece) {
  double mean = s.per_day * era.growth[s.growth][day] / s.pieces;
  if (s.profile == none32) return mean;
  Profile const& profile = era.profiles[s.profile];
  mean *= profile.month[model.calendar_month[day]] * profile.day[model.weekday_of_day[day]];
  if (model.holiday[day]) mean *= profile.day[7];
  if (profile.has_hours) mean *= profile.hour[piece * 24 / s.pieces];
  return mean;
}

double mean_arrivals(Model const& model, Era const& era, Source const& s, std::uint32_t day) {
  double mean = 0;
  for (std::uint32_t piece = 0; piece < s.pieces; ++piece) mean += mean_arrivals_in(model, era, s, day, piece);
  return mean;
}

double mean_patients(Model const& model, Era const& era, Source const& s, std::uint32_t day) {
  double all = s.mean_batch * mean_arrivals(model, era, s, day);
  for (std::uint32_t t = s.timetable.first; t < s.timetable.first + s.timetable.count; ++t)
    if (held(model, era.timetable[t].days, day)) all += era.timetable[t].patients;
  return all;
}

// Lists go up and down within a week.
std::vector<std::uint32_t> days_to_count_lists(Model const& model) {
  constexpr std::uint32_t parts = list_counts - 1, a_week = 7;
  std::uint32_t const first = (model.measure_from + model.ticks_per_day - 1) / model.ticks_per_day;
  std::uint32_t const end = model.end / model.ticks_per_day;
  std::uint32_t const measured = end > first ? end - first : 0;
  std::uint32_t const unit = measured >= parts * a_week ? a_week : 1, units = measured / unit;
  std::vector<std::uint32_t> days;
  for (std::uint32_t k = 0; k <= parts && units >= parts; ++k) days.push_back(first + unit * (k * units / parts));
  return days;
}

}  // namespace cwtsim::model
