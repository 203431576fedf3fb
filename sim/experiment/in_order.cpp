#include "in_order.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <vector>

#include "cwtsim/engine/replication.hpp"
#include "cwtsim/experiment/experiment.hpp"

namespace cwtsim::experiment {

void run_in_order(model::Model const& model, Terms const& terms, Next const& next, Fold const& fold) {
  int const threads = terms.threads;
  // The arena alone would be cut to the machine's cores, and then seven threads on two cores were never tried.
  tbb::global_control const allowed(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  tbb::enumerable_thread_specific<engine::Workspace> workspaces([&model] { return engine::Workspace(model); });
  // A few more results than threads, so that a slow replication does not hold the others up at once. Both ends keep
  // the order, so what is under way is always a run of consecutive items and a ring of slots is enough.
  std::size_t const tokens = static_cast<std::size_t>(threads) + static_cast<std::size_t>(threads) / 2 + 1;
  struct Slot {
    std::uint64_t replication = 0;
    engine::ReplicationResult result;
  };
  std::vector<Slot> slots(threads == 1 ? 1 : tokens);
  std::size_t items = 0;
  std::atomic<bool> enough = false;

  auto const begin = [&](tbb::flow_control& control) -> Slot* {
    auto const replication = enough ? std::nullopt : next();
    if (!replication) {
      control.stop();
      return nullptr;
    }
    Slot& slot = slots[items++ % slots.size()];
    slot.replication = *replication;
    return &slot;
  };
  auto const work = [&](Slot* slot) {
    if (!enough) slot->result = workspaces.local().run(terms.seed, slot->replication, nullptr, terms.stop);
    return slot;
  };
  auto const end = [&](Slot* slot) {
    if (!enough && !fold(slot->result)) enough = true;
  };
  arena.execute([&] {
    tbb::parallel_pipeline(slots.size(), tbb::make_filter<void, Slot*>(tbb::filter_mode::serial_in_order, begin) &
                                             tbb::make_filter<Slot*, Slot*>(tbb::filter_mode::parallel, work) &
                                             tbb::make_filter<Slot*, void>(tbb::filter_mode::serial_in_order, end));
  });
}

}  // namespace cwtsim::experiment
