#include "one_replication.hpp"

namespace cwtsim::engine {

MemoryNeed memory_need(model::Model const& model) {
  // A list that doubles holds twice what is used, and the old one beside it while it is copied.
  constexpr std::uint64_t growth = 3;
  // Finishing, giving up, and one that has become stale.
  constexpr std::uint64_t events = 3, event = 16;
  std::uint64_t const row = sizeof(Patient) + person_size(model) + sizeof(Tick) * model.eras.front().progress.size() +
                            sizeof(Due) + events * event + Diaries::bytes_a_patient(model);
  std::uint64_t const cells = std::uint64_t{model.strata} * model.months;
  std::uint64_t const a_resource =
      sizeof(ResourceTotals) + sizeof(Capacity::Line) + sizeof(WaitingLists::Line) + queue_classes * sizeof(RowList);
  std::uint64_t const counts = 12 * std::uint64_t{model.measure_strata} * model.months +
                               8 * model.accounts.size() * model.months +
                               4 * (5 * cells + std::uint64_t{model.strata} * model::day_cells) +
                               model.eras.front().steps.size() * model.providers() * sizeof(StepTotals) +
                               8 * clock_cell({.standard = model.standards.size()}, model.eras.front().steps.size()) +
                               model.eras.front().resources.size() * a_resource +
                               model.months * (model.eras.front().resources.size() * sizeof(ResourceMonth) +
                                               model::waiting_places(model).size() * sizeof(StepMonth) +
                                               model.eras.front().staff.size() * sizeof(StaffMonth));
  // The result is copied once, where it waits for its turn.
  return {2 * counts + sizeof(Events), growth * row};
}

}  // namespace cwtsim::engine
