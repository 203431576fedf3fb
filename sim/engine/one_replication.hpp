#pragma once
// One replication: it owns the parts, takes events from the calendar and says whose they are.

#include <atomic>
#include <vector>

#include "arrivals.hpp"
#include "books.hpp"
#include "capacity.hpp"
#include "checks.hpp"
#include "counting.hpp"
#include "cwtsim/engine/replication.hpp"
#include "events.hpp"
#include "flow.hpp"
#include "log.hpp"
#include "months.hpp"
#include "now.hpp"
#include "openings.hpp"
#include "patients.hpp"
#include "rules.hpp"
#include "staff.hpp"
#include "waiting_lists.hpp"

namespace cwtsim::engine {

class Workspace::Replication {
 public:
  explicit Replication(model::Model const& model);
  ReplicationResult const& run(std::uint64_t seed, std::uint64_t replication, Trace* trace,
                               std::atomic<bool> const* stop);

 private:
  friend struct Tampering;
  void reset(std::uint64_t seed, std::uint64_t replication);
  void begin();
  void loop();
  [[gnu::always_inline]] inline void handle(Event<EventKind> const& e);
  [[gnu::noinline]] void handle_other(Event<EventKind> const& e);
  void begin_day();
  void begin_piece(std::uint32_t pieces, EventKind again);
  void begin_era();
  void begin_measuring();
  void take_era(std::uint32_t index);
  void book();
  void count_lists();
  void close();
  void push(Tick at, EventKind kind, std::uint32_t subject = 0) {
    flow_.events.push(at, Phase::beginning, kind, 0, subject);
  }

  Flow flow_;
  Staff staff_;
  Rules rules_;
  Openings openings_;
  Arrivals arrivals_;
  Months months_;
  std::atomic<bool> const* stop_ = nullptr;
  std::uint64_t handled_ = 0;            ///< events
  std::vector<std::uint32_t> count_on_;  ///< the days on which lists are counted
  std::size_t counted_ = 0;              ///< so often
  std::vector<std::uint32_t> lists_;     ///< as in the result
  ReplicationResult result_;
};

}  // namespace cwtsim::engine
