#pragma once
// The one place where replications run on threads: at once, folded one after the other.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>

#include "cwtsim/engine/result.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::experiment {

/// Names the next replication to run, or nothing when there is none; never called twice at once.
using Next = std::function<std::optional<std::uint64_t>()>;
/// Takes the results in the order in which they were named; false when no more are wanted (those under way are
/// dropped).
using Fold = std::function<bool(engine::ReplicationResult const&)>;

struct Terms {
  std::uint64_t seed = 0;
  int threads = 1;
  std::atomic<bool> const* stop = nullptr;  ///< a replication that sees it true is abandoned
};

/// Runs replications until `next` names none or `fold` wants none. oneTBB.
void run_in_order(model::Model const& model, Terms const& terms, Next const& next, Fold const& fold);
/// The same on plain threads, which the thread sanitizer understands (it sees races in a oneTBB not built for it).
void run_in_order_on_plain_threads(model::Model const& model, Terms const& terms, Next const& next, Fold const& fold);

#ifdef CWTSIM_PLAIN_THREADS
inline constexpr bool on_plain_threads = true;
#else
inline constexpr bool on_plain_threads = false;
#endif

}  // namespace cwtsim::experiment
