// How often the standards would be met if nobody ever waited for capacity.

#include <algorithm>

#include "cwtsim/engine/replication.hpp"
#include "cwtsim/model/timetable.hpp"
#include "cwtsim/study/summary.hpp"

namespace cwtsim::study {
namespace {

// Shares of 80 % are then known to about half a point, and West London takes a third of a second.
constexpr double least_patients = 20'000, most_patients = 300'000;

double patients_of(model::Model const& model) {
  auto const& era = model.eras.front();
  double patients = 0;
  for (auto const& source : era.sources)
    for (std::uint32_t day = 0; day < model.days; ++day) patients += model::mean_patients(model, era, source, day);
  return patients;
}

/// Whatever is open when has room for everybody, with nobody's work missing; what is closed stays closed.
void open_without_end(model::Era& era) {
  constexpr std::uint32_t enough = 1U << 29;
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

/// The same scenario with room for everybody, nobody on its lists at the start, and about so many patients.
model::Model with_room_for_all(model::Model model, double wanted) {
  double const there = patients_of(model);
  double const by = there > 0 ? wanted / there : 1;
  model.waiting.clear();
  model.max_events = UINT64_MAX;
  for (auto& era : model.eras) {
    open_without_end(era);
    for (auto& source : era.sources) source.per_day *= by;
    era.rules.clear();
  }
  return model;
}

}  // namespace

std::vector<experiment::Ceiling> ceilings_of(model::Model const& model, std::uint64_t seed,
                                             std::atomic<bool> const* stop) {
  std::vector<experiment::Ceiling> ceilings;
  if (model.standards.empty()) return ceilings;
  auto const roomy = with_room_for_all(model, std::clamp(patients_of(model), least_patients, most_patients));
  engine::Workspace workspace(roomy);
  auto const& result = workspace.run(seed, 0, nullptr, stop);
  for (std::size_t s = 0; s < model.standards.size(); ++s) {
    auto const& standard = model.standards[s];
    auto const cuts = model.cuts.begin() + standard.cuts.first;
    auto const all =
        std::find_if(cuts, cuts + standard.cuts.count, [](model::Cut const& cut) { return cut.axes == 0; });
    std::uint64_t met = 0, counted = 0;
    for (std::uint32_t m = 0; m < model.months && all != cuts + standard.cuts.count; ++m) {
      met += result.met[model.cell(all->first, m)];
      counted += result.counted[model.cell(all->first, m)];
    }
    experiment::Ceiling ceiling{model.names.standards[s], standard.limit, {}};
    if (result.outcome == engine::Outcome::completed && counted > 0)
      ceiling.share = static_cast<double>(met) / static_cast<double>(counted);
    ceilings.push_back(std::move(ceiling));
  }
  return ceilings;
}

}  // namespace cwtsim::study
