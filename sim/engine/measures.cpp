#include <bit>
#include <cmath>

#include "counting.hpp"
#include "cwtsim/core/draw.hpp"
#include "cwtsim/model/timetable.hpp"
#include "overflow.hpp"

namespace cwtsim::engine {

namespace {

/// A chance of survival after a delay, in whole parts: S^(ratio^(delay / per)).
std::int64_t after_delay(std::int64_t parts, double scale, double ratio, double delays) {
  if (parts <= 0 || delays <= 0) return parts;
  double const survival = static_cast<double>(parts) / scale;
  double const power = portable_exp(delays * portable_log(ratio));
  return std::llround(portable_exp(power * portable_log(survival)) * scale);
}

}  // namespace

// What is recorded at the milestones of one moment: at most once by each measure, however many of its milestones these
// are.
void Counting::measure(Row r, model::Milestones const& milestones, std::int32_t day) {
  using model::other_measures;
  if (milestones.measures >> model::remembers & 1) remember(patients_[r].root, milestones.bits, day);
  if (!now_.measuring || day < 0 || now_.model.month_of_day[static_cast<std::size_t>(day)] == model::none16) return;
  for (std::uint64_t left = milestones.measures & ~(1ULL << model::remembers); left != 0; left &= left - 1) {
    auto const m = static_cast<std::uint32_t>(std::countr_zero(left));
    if (m < other_measures) {
      record(m, r, day);
      continue;
    }
    for (std::uint32_t i = other_measures; i < now_.model.measures.size(); ++i)
      if (milestones.bits & now_.model.measures[i].on) record(i, r, day);
  }
}

void Counting::remember(Row root, std::uint64_t milestones, std::int32_t day) {
  std::int16_t* const first_days = patients_.first_days_of(root);
  for (std::size_t i = 0; i < now_.model.remembered.size(); ++i)
    if ((milestones >> now_.model.remembered[i] & 1) && first_days[i] == not_running)
      first_days[i] = static_cast<std::int16_t>(day);
  std::uint16_t* const numbers = patients_.numbers_of(root);
  for (std::size_t i = 0; i < now_.model.numbered.size(); ++i)
    if ((milestones >> now_.model.numbered[i] & 1) && numbers[i] != UINT16_MAX) ++numbers[i];
}

void Counting::record(std::uint32_t m, Row r, std::int32_t day) {
  model::Measure const& measure = now_.model.measures[m];
  Patient const& p = patients_[r];
  Who const w = patients_.who(p);
  if (!holds(now_.model, measure.condition, w.levels)) return;
  bool const goes_back = measure.what == model::Recorded::days || measure.has_hazard;
  std::int16_t const since = goes_back ? patients_.first_days_of(p.root)[measure.since] : not_running;
  std::int64_t value = 1;
  switch (measure.what) {
    case model::Recorded::count:
      break;
    case model::Recorded::days:
      if (since == not_running) return;
      value = day - since;
      break;
    case model::Recorded::number:
      value = patients_.numbers_of(p.root)[measure.since];
      break;
    case model::Recorded::value:
      value = now_.era->amounts[look_up(*now_.era, now_.era->measure_values[m], w)];
      if (since != not_running)
        value = after_delay(value, static_cast<double>(measure.scale),
                            now_.era->probabilities[look_up(*now_.era, now_.era->measure_ratios[m], w)],
                            static_cast<double>(day - since - measure.beyond) / measure.per);
      break;
  }
  std::uint32_t const month = now_.model.month_of_day[static_cast<std::size_t>(day)];
  if (measure.in_ledger)
    books_.post(std::array{measure.accounts[0], measure.accounts[0] + 1 + p.provider, measure.accounts[1]}, month,
                static_cast<std::uint64_t>(value));
  if (records_++ == most_records) [[unlikely]]
    too_large_to_count("values of measures");
  Strata const strata(now_.model, w);
  for (std::uint32_t c = 0; c < measure.cuts.count; ++c) {
    std::size_t const cell = now_.model.measure_cell(strata.of(now_.model.cuts[measure.cuts.first + c]), month);
    ++recorded_[cell];
    add_to(recorded_sums_[cell], static_cast<std::uint64_t>(value), "the values of a measure");
  }
}

}  // namespace cwtsim::engine
