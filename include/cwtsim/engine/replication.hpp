#pragma once
// One replication of a model.

#include <atomic>
#include <cstdint>
#include <memory>

#include "cwtsim/engine/result.hpp"
#include "cwtsim/engine/trace.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

/// What a workspace needs at most, in bytes: the fixed part, and for each patient (or parallel branch) in the system at
/// one time. An upper estimate: lists grow by doubling.
struct MemoryNeed {
  std::uint64_t fixed = 0, per_patient = 0;
};
/// What a replication of this model needs.
[[nodiscard]] MemoryNeed memory_need(model::Model const& model);

/// The memory of one replication at a time, kept between replications so that a warm one allocates nothing.
/// One workspace serves one thread at a time; results never depend on what it ran before.
class Workspace {
 public:
  /// Memory for replications of this model, which must outlive it.
  explicit Workspace(model::Model const& model);
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;
  ~Workspace();

  /// Runs replication `replication` under `seed`; the result lives in the workspace until the next run. What
  /// happens to each patient is added to `trace` where one is given, in the order in which it happens.
  /// Where `stop` is given and found true at the beginning of a simulated day, the replication is abandoned.
  ReplicationResult const& run(std::uint64_t seed, std::uint64_t replication, Trace* trace = nullptr,
                               std::atomic<bool> const* stop = nullptr);

 private:
  friend struct Tampering;  ///< a test's, in builds with checks
  class Replication;
  std::unique_ptr<Replication> replication_;
};

}  // namespace cwtsim::engine
