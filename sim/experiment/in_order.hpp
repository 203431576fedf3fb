#pragma once
// The one place where replications run on threads: at once, folded one after the other.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "cwtsim/engine/replication.hpp"
#include "cwtsim/engine/result.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::experiment {

/// A replication to run. Whoever runs it keeps the model until it runs one of another.
struct Item {
  std::shared_ptr<model::Model const> model;
  std::uint64_t seed = 0, replication = 0;
  std::size_t arm = 0;  ///< whose it is
};
/// Names the next replication to run, or nothing when there is none; never called twice at once.
using Next = std::function<std::optional<Item>()>;
/// Takes the results in the order in which they were named, with the arm; false when no more are wanted (those under
/// way are dropped).
using Fold = std::function<bool(std::size_t arm, engine::ReplicationResult const&)>;

struct Terms {
  int threads = 1;
  std::atomic<bool> const* stop = nullptr;  ///< a replication that sees it true is abandoned
};

/// What a thread runs replications in: its memory fits one model at a time.
class Desk {
 public:
  engine::ReplicationResult const& run(Item const& item, std::atomic<bool> const* stop) {
    if (item.model != model_) {
      workspace_.emplace(*item.model);
      model_ = item.model;
    }
    return workspace_->run(item.seed, item.replication, nullptr, stop);
  }

 private:
  std::shared_ptr<model::Model const> model_;
  std::optional<engine::Workspace> workspace_;
};

/// Runs replications until `next` names none or `fold` wants none. oneTBB.
void run_in_order(Terms const& terms, Next const& next, Fold const& fold);
/// The same on plain threads, which the thread sanitizer understands (it sees races in a oneTBB not built for it).
void run_in_order_on_plain_threads(Terms const& terms, Next const& next, Fold const& fold);

#ifdef CWTSIM_PLAIN_THREADS
inline constexpr bool on_plain_threads = true;
#else
inline constexpr bool on_plain_threads = false;
#endif

}  // namespace cwtsim::experiment
