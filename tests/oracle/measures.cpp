// What is recorded of patients beside their clocks.

#include <algorithm>
#include <cmath>
#include <set>

#include "second_engine.hpp"

namespace cwtsim::oracle {

using scenario::Measure;

namespace {
constexpr double millionths = 1e6;
}

// Of the milestones of one moment the first days are noted first; then each measure is recorded once at most.
void SecondEngine::record(Person& p, std::vector<std::string> const& milestones, std::int64_t day) {
  for (auto const& milestone : std::set<std::string>(milestones.begin(), milestones.end())) {
    p.patient->first_days.try_emplace(milestone, day);
    ++p.patient->numbers[milestone];
  }
  if (!measuring_ || day < 0) return;
  for (auto const& [name, measure] : scenario_->measures) {
    bool const heard = std::any_of(milestones.begin(), milestones.end(), [&on = measure.on](auto const& milestone) {
      return std::count(on.begin(), on.end(), milestone) > 0;
    });
    if (!heard) continue;
    if (!holds(measure.only_when, p.patient->levels)) {
      use("measure for others");
      continue;
    }
    auto const value = value_at(measure, p, day);
    if (!value) continue;
    if (!measure.ledger.empty()) {
      use("cost of a measure");
      spend(measure.ledger, p.provider, "measure=" + name, month_of(date_of(day)), *value);
    }
    for (auto const& stratum : strata(measure.by, p, p.provider)) {
      std::string const cell = name + " " + stratum + " " + month_of(date_of(day));
      add("recorded " + cell);
      add("sum " + cell, *value);
    }
  }
}

/// Days and counts are whole, values in millionths (pounds for a ledger in pence); nothing where days are counted from
/// a milestone that never came.
std::optional<std::int64_t> SecondEngine::value_at(Measure const& measure, Person const& p, std::int64_t day) {
  auto const days_from = [&](std::string const& milestone) -> std::optional<std::int64_t> {
    auto const first = p.patient->first_days.find(milestone);
    return first == p.patient->first_days.end() ? std::nullopt : std::optional(day - first->second);
  };
  if (!measure.days_since.empty()) {
    use(days_from(measure.days_since) ? "measure of days" : "measure of days without a beginning");
    return days_from(measure.days_since);
  }
  if (!measure.number_of.empty()) {
    use(p.patient->numbers[measure.number_of] > 1 ? "measure of how often, several times" : "measure of how often");
    return p.patient->numbers[measure.number_of];
  }
  if (!measure.value.given()) {
    use("measure that counts");
    return 1;
  }
  use("measure of a value");
  std::int64_t const value =
      std::llround(value_of(measure.value, facts(p)) * (measure.ledger.empty() ? millionths : 100));
  if (!measure.hazard || value == 0) return value;
  auto const days = days_from(measure.hazard->since);
  if (!days || *days <= measure.hazard->beyond_days) return value;
  use("survival after a delay");
  double const delays =
      static_cast<double>(*days - measure.hazard->beyond_days) / static_cast<double>(measure.hazard->per_days);
  double const power = portable_exp(delays * portable_log(value_of(measure.hazard->ratio, facts(p))));
  double const survival = portable_exp(power * portable_log(static_cast<double>(value) / millionths));
  return std::llround(survival * millionths);
}

}  // namespace cwtsim::oracle
