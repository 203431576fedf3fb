#include "asked.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <optional>

#include "cwtsim/model/timetable.hpp"

namespace cwtsim::study {

using engine::Passes, engine::exact_visits, engine::same_visits, engine::walked_visits;
using engine::Visits;

namespace {

constexpr std::uint32_t least_walkers = 200, fewer = 8;

void add(Asked& sum, Visits const& visits, double patients) {
  if (patients <= 0) return;
  for (std::size_t at = 0; at < sum.starts.size(); ++at) {
    sum.starts[at] += patients * visits.starts[at];
    sum.hours[at] += patients * visits.hours[at];
  }
  for (std::size_t r = 0; r < visits.variance.size(); ++r) sum.variance[r] += patients * patients * visits.variance[r];
}

}  // namespace

std::map<std::size_t, std::vector<double>> Patients::arrivals(Month const& month) {
  std::map<std::size_t, std::vector<double>> arrivals;
  for (std::uint32_t d = month.first; d < month.end; ++d) {
    auto const& era = era_on(m_, d);
    auto& come = arrivals[first_like(static_cast<std::size_t>(&era - m_.eras.data()))];
    come.resize(era.sources.size());
    for (std::size_t i = 0; i < come.size(); ++i) come[i] += mean_patients(m_, era, era.sources[i], d);
  }
  return arrivals;
}

namespace {

/// Patients a week or so.
double weight_of(model::Era const& era, model::Source const& s) {
  double a_week = 7 * s.per_day;
  for (std::uint32_t t = s.timetable.first; t < s.timetable.first + s.timetable.count; ++t)
    a_week += std::popcount(era.timetable[t].days.weekdays) * static_cast<double>(era.timetable[t].patients);
  return a_week * s.mean_batch;
}

/// How much the spread of what a source's patients ask for matters, against all that is asked of the same resources:
/// by so much more of them are walked (Neyman's allocation).
std::vector<double> spreads(std::vector<std::optional<Visits>> const& pilot, std::vector<double> const& weights) {
  std::vector<double> asked, spreads;
  for (std::size_t i = 0; i < pilot.size(); ++i) {
    if (!pilot[i]) continue;
    asked.resize(pilot[i]->asked.size());
    for (std::size_t r = 0; r < asked.size(); ++r) asked[r] += weights[i] * pilot[i]->asked[r];
  }
  for (std::size_t i = 0; i < pilot.size(); ++i) {
    double sum = 0;
    for (std::size_t r = 0; pilot[i] && r < asked.size(); ++r)
      if (asked[r] > 0) sum += pilot[i]->variance[r] / (asked[r] * asked[r]);
    spreads.push_back(weights[i] * std::sqrt(sum));
  }
  return spreads;
}

}  // namespace

Patients::BySource Patients::solve(model::Era const& era, Passes const& passes) const {
  auto exact = exact_visits(m_, era, passes);
  std::vector<std::optional<Visits>> pilot(exact.size());
  std::vector<double> weights;
  for (std::uint32_t i = 0; i < exact.size(); ++i) {
    weights.push_back(weight_of(era, era.sources[i]));
    if (!exact[i]) pilot[i] = walked_visits(m_, era, i, least_walkers, seed_, passes);
  }
  auto const matter = spreads(pilot, weights);
  double const all = std::accumulate(matter.begin(), matter.end(), 0.0);
  double const walkers = passes.empty() ? walkers_ : walkers_ / fewer;
  BySource visits;
  for (std::uint32_t i = 0; i < exact.size(); ++i) {
    auto const patients = all > 0 ? static_cast<std::uint32_t>(walkers * matter[i] / all) : 0;
    if (exact[i])
      visits.push_back(std::move(*exact[i]));
    else if (patients <= least_walkers)
      visits.push_back(std::move(*pilot[i]));
    else
      visits.push_back(walked_visits(m_, era, i, patients, seed_, passes));
  }
  return visits;
}

std::size_t Patients::first_like(std::size_t e) {
  for (std::size_t other = 0; other <= e && !first_like_[e]; ++other)
    if (other == e || (first_like_[other] == other && same_visits(m_.eras[other], m_.eras[e]))) first_like_[e] = other;
  return *first_like_[e];
}

Patients::BySource const& Patients::of_era(std::size_t e) {
  if (known_[e].empty()) known_[e] = solve(m_.eras[e], {});
  return known_[e];
}

Asked Patients::in(Month const& month, Passes const& passes) {
  std::size_t const places = m_.eras.front().steps.size() * m_.providers();
  Asked sum{std::vector<double>(places), std::vector<double>(places),
            std::vector<double>(m_.eras.front().resources.size())};
  for (auto const& [e, come] : arrivals(month)) {
    if (std::ranges::all_of(come, [](double n) { return n <= 0; })) continue;
    auto const held_up = passes.empty() ? BySource{} : solve(m_.eras[e], passes);
    auto const& visits = passes.empty() ? of_era(e) : held_up;
    for (std::size_t i = 0; i < come.size(); ++i) add(sum, visits[i], come[i]);
  }
  return sum;
}

}  // namespace cwtsim::study
