#include "in_order.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <utility>
#include <vector>

namespace cwtsim::experiment {

void run_in_order(Terms const& terms, Next const& next, Fold const& fold) {
  int const threads = terms.threads;
  // The arena alone would be cut to the machine's cores, and then seven threads on two cores were never tried.
  tbb::global_control const allowed(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  tbb::enumerable_thread_specific<Desk> desks;
  // A few more results than threads, so that a slow replication does not hold the others up at once. Both ends keep
  // the order, so what is under way is always a run of consecutive items and a ring of slots is enough.
  std::size_t const tokens = static_cast<std::size_t>(threads) + static_cast<std::size_t>(threads) / 2 + 1;
  struct Slot {
    Item item;
    engine::ReplicationResult result;
  };
  std::vector<Slot> slots(threads == 1 ? 1 : tokens);
  std::size_t items = 0;
  std::atomic<bool> enough = false;

  auto const begin = [&](tbb::flow_control& control) -> Slot* {
    auto item = enough ? std::nullopt : next();
    if (!item) {
      control.stop();
      return nullptr;
    }
    Slot& slot = slots[items++ % slots.size()];
    slot.item = std::move(*item);
    return &slot;
  };
  auto const work = [&](Slot* slot) {
    if (!enough) slot->result = desks.local().run(slot->item, terms.stop);
    return slot;
  };
  auto const end = [&](Slot* slot) {
    if (!enough && !fold(slot->item.arm, slot->result)) enough = true;
    slot->item.model.reset();
  };
  arena.execute([&] {
    tbb::parallel_pipeline(slots.size(), tbb::make_filter<void, Slot*>(tbb::filter_mode::serial_in_order, begin) &
                                             tbb::make_filter<Slot*, Slot*>(tbb::filter_mode::parallel, work) &
                                             tbb::make_filter<Slot*, void>(tbb::filter_mode::serial_in_order, end));
  });
}

}  // namespace cwtsim::experiment
