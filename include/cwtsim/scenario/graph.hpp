#pragma once
// The pathways as a graph: what can be reached, what goes round, and how fast a patient can be at best.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {

/// A step, by the places of its pathway and itself in the file.
struct StepAt {
  std::size_t pathway = 0;
  std::size_t step = 0;
  friend bool operator==(StepAt const&, StepAt const&) = default;
};

/// The steps of all pathways and the arrows between them (next steps, giving up, turned away, not attending, branches,
/// `continues`). Names that do not exist have no arrow. Keeps a reference to the scenario.
class PathwayGraph {
 public:
  /// The graph of a scenario, which must outlive it.
  explicit PathwayGraph(Scenario const& scenario);
  ~PathwayGraph();
  PathwayGraph(PathwayGraph&&) noexcept;
  PathwayGraph& operator=(PathwayGraph&&) noexcept;

  /// Can a patient come to this step more than once? Repeats and rebooking of the step itself do not count.
  [[nodiscard]] bool in_cycle(std::size_t pathway, std::size_t step) const;
  /// Can somebody come to this step, from the start of its pathway or from the initial waiting list?
  [[nodiscard]] bool reachable(std::size_t pathway, std::size_t step) const;
  /// Does some way lead from this step to an `end`?
  [[nodiscard]] bool can_end(std::size_t pathway, std::size_t step) const;
  /// Loops that can be gone round without any time passing, each in order.
  [[nodiscard]] std::vector<std::vector<StepAt>> loops_without_time() const;
  /// Steps that a branch may go through before its join (the branches of one parallel step together).
  [[nodiscard]] std::vector<std::size_t> between(std::size_t pathway, std::size_t parallel) const;

  struct Moments;  ///< the graph itself
  /// For the parts of this room that walk over it.
  [[nodiscard]] Moments const& moments() const { return *moments_; }

 private:
  std::unique_ptr<Moments> moments_;
};

/// The fastest way from a start to a stop of a standard's clock: delays and services at their least, and no waiting.
struct ClockPath {
  std::string standard;
  bool can_stop = false;  ///< false: no way leads from a start to a stop; then days and path say nothing
  double days = 0;
  std::int64_t limit_days = 0;
  std::vector<std::string> path;  ///< names of the steps, from the start of the clock to its stop
};

/// A step, and where its arrows lead.
struct StepSummary {
  std::string name;
  StepKind kind = StepKind::delay;
  std::vector<std::string> leads_to;  ///< names of steps; "pathway x" for a step that continues elsewhere
};

/// One pathway for `cwtsim check`.
struct PathSummary {
  std::string pathway;
  std::vector<StepSummary> steps;         ///< in the order a patient may come to them
  std::vector<ClockPath> clocks;          ///< of the standards whose clock can start in this pathway
  std::vector<std::string> observations;  ///< not wrong, but worth knowing: clocks that can be left running
};

/// A summary of each pathway of a sound scenario.
[[nodiscard]] std::vector<PathSummary> summarise_pathways(Scenario const& scenario);

}  // namespace cwtsim::scenario
