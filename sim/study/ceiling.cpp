// How often the standards would be met if nobody ever waited for capacity.

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include "cwtsim/engine/replication.hpp"
#include "cwtsim/model/timetable.hpp"
#include "cwtsim/study/summary.hpp"

namespace cwtsim::study {
namespace {

// Shares of 80 % are then known to about half a point, and West London takes a third of a second.
constexpr double least_patients = 20'000, most_patients = 300'000;
constexpr std::uint64_t most_replications = 64, most_events = 100'000'000;

double patients_of(model::Model const& model) {
  auto const& era = model.eras.front();
  double patients = 0;
  for (auto const& source : era.sources)
    for (std::uint32_t day = 0; day < model.days; ++day) patients += model::mean_patients(model, era, source, day);
  return patients;
}

/// Whether the others go the same ways in the same time if fewer come: not where groups fill, nor beside those who come
/// by a timetable, all of whom do.
bool can_be_thinned(model::Model const& model) {
  return std::ranges::all_of(model.eras, [](model::Era const& era) {
    return std::ranges::none_of(era.steps, [](auto const& step) { return record_of(step.kind).gathers; }) &&
           std::ranges::none_of(era.sources, [](auto const& source) { return source.timetable.count > 0; });
  });
}

/// Whatever is open when has room for everybody, with nobody's work missing; what is closed stays closed.
void open_without_end(model::Era& era) {
  // All of a resource together are less than can be counted, should all be open at once.
  std::vector<std::uint32_t> openings(era.resources.size());
  for (auto const& opening : era.openings) ++openings[opening.resource];
  auto const enough = (1U << 30) / std::max(1U, openings.empty() ? 0 : std::ranges::max(openings));
  for (auto& opening : era.openings) {
    if (opening.amount == 0 && opening.exact_slots == 0) continue;
    opening.exact_slots = 0;
    opening.amount = enough;
  }
  for (auto& resource : era.resources) {
    if (resource.servers > 0) resource.servers = enough;
    resource.waiting_room = model::none32;
    resource.other_work = 0;
    resource.staff.count = resource.scaled_by.count = 0;
  }
}

/// The same scenario with room for everybody, nobody on its lists at the start, and no more patients than that.
model::Model with_room_for_all(model::Model model) {
  double const there = patients_of(model);
  double const by = there > most_patients && can_be_thinned(model) ? most_patients / there : 1;
  constexpr std::uint32_t more_in_system = 2'000'000;
  model.waiting.clear();
  model.max_events = most_events;
  model.max_in_system = std::max(model.max_in_system, more_in_system);
  for (auto& era : model.eras) {
    open_without_end(era);
    for (auto& source : era.sources) source.per_day *= by;
    era.rules.clear();
    era.costs.clear();
  }
  return model;
}

/// Where all patients of a standard stand among the strata; nothing if it is not counted so.
std::optional<std::uint32_t> all_of(model::Model const& model, model::Standard const& standard) {
  for (model::Cut const& cut : std::span(model.cuts).subspan(standard.cuts.first, standard.cuts.count))
    if (cut.axes == 0) return cut.first;
  return std::nullopt;
}

}  // namespace

std::vector<experiment::Ceiling> ceilings_of(model::Model const& model, std::uint64_t seed,
                                             std::atomic<bool> const* stop) {
  std::vector<experiment::Ceiling> ceilings;
  if (model.standards.empty()) return ceilings;
  auto const roomy = with_room_for_all(model);
  auto const replications = static_cast<std::uint64_t>(
      std::clamp(least_patients / std::max(patients_of(roomy), 1.0), 1.0, static_cast<double>(most_replications)));
  engine::Workspace workspace(roomy);
  std::vector<std::uint64_t> met(model.standards.size()), counted(model.standards.size());
  bool complete = true;
  std::uint64_t events = 0;
  for (std::uint64_t r = 0; r < replications && complete && events < most_events; ++r) {
    auto const& result = workspace.run(seed, r, nullptr, stop);
    complete = result.outcome == engine::Outcome::completed;
    events += result.events;
    for (std::size_t s = 0; s < model.standards.size(); ++s) {
      auto const all = all_of(model, model.standards[s]);
      for (std::uint32_t m = 0; m < model.months && all; ++m) {
        met[s] += result.met[model.cell(*all, m)];
        counted[s] += result.counted[model.cell(*all, m)];
      }
    }
  }
  for (std::size_t s = 0; s < model.standards.size(); ++s) {
    experiment::Ceiling ceiling{model.names.standards[s], model.standards[s].limit, {}, 0};
    if (complete && counted[s] > 0) {
      double const halves = 2;
      double const share = static_cast<double>(met[s]) / static_cast<double>(counted[s]);
      ceiling.share = share;
      ceiling.error = std::sqrt(share * (1 - share) * halves / static_cast<double>(counted[s]));
    }
    ceilings.push_back(std::move(ceiling));
  }
  return ceilings;
}

}  // namespace cwtsim::study
