#pragma once
// The pathway graph in moments: each step has one for joining, starting and finishing, each stream one for arriving.

#include <array>
#include <limits>

#include "cwtsim/scenario/graph.hpp"
#include "possible.hpp"

namespace cwtsim::scenario {

inline constexpr double no_way = std::numeric_limits<double>::infinity();

/// From one moment to another. Those with a table can be followed only where one of its rows gives `name` a share.
struct Arrow {
  std::size_t from = 0;
  std::size_t to = 0;
  double least = 0;         ///< seconds that it takes at least
  bool takes_time = false;  ///< never instant
  bool is_join = false;     ///< from a parallel step over all its branches to the join
  ShareTable const* shares = nullptr;
  Odds const* odds = nullptr;  ///< of `shares`
  NumberTable const* chance = nullptr;
  std::string const* name = nullptr;
  std::string const* pauses = nullptr;  ///< the adjustment for which its time is taken off
  bool never_full = false;              ///< for those turned away, where nobody is
};

/// A parallel step, by steps counted through all pathways.
struct Fork {
  std::size_t step = 0;
  std::size_t join = 0;
  struct Branch {
    std::size_t step = 0;
    bool certain = false;
    NumberTable const* chance = nullptr;
  };
  std::vector<Branch> branches;
  std::vector<bool> within;              ///< steps that a branch may go through before the join
  std::vector<std::size_t> last_arrows;  ///< from within to the join
  std::size_t join_arrow = 0;
};

enum class When : std::size_t { joined, started, finished };

struct PathwayGraph::Moments {
  Scenario const* scenario = nullptr;
  std::vector<StepAt> all_steps;
  std::vector<std::size_t> first_step;            ///< of each pathway
  std::vector<Arrow> arrows;                      ///< without the joins of the forks, which come last
  std::vector<std::vector<std::size_t>> leaving;  ///< arrows by the moment they leave
  std::vector<Fork> forks;
  std::vector<std::vector<std::string> const*> milestones;  ///< by moment; nullptr: none
  std::vector<bool> reached, ending, cyclic;                ///< by step

  [[nodiscard]] std::size_t step_at(std::size_t pathway, std::size_t step) const { return first_step[pathway] + step; }
  [[nodiscard]] static std::size_t moment(std::size_t step, When when) {
    return 3 * step + static_cast<std::size_t>(when);
  }
  [[nodiscard]] std::size_t arrival(std::size_t stream) const { return 3 * all_steps.size() + stream; }
  [[nodiscard]] std::size_t size() const { return 3 * all_steps.size() + scenario->demand.size(); }
  [[nodiscard]] bool is_step(std::size_t moment_at) const { return moment_at < 3 * all_steps.size(); }
  [[nodiscard]] Step const& step(std::size_t at) const {
    return scenario->pathways.items[all_steps[at].pathway].second.steps.items[all_steps[at].step].second;
  }
  [[nodiscard]] std::string const& step_name(std::size_t at) const {
    return scenario->pathways.items[all_steps[at].pathway].second.steps.items[all_steps[at].step].first;
  }
  /// Moments at which one of the milestones is reached.
  [[nodiscard]] std::vector<std::size_t> moments_of(std::vector<std::string> const& wanted) const;
  /// Of each arrow: can it be followed by those patients?
  [[nodiscard]] std::vector<bool> possible(Possible const& patients) const;
  /// Likewise, but for arrows that factors of 0 shut for all of them.
  [[nodiscard]] std::vector<bool> left_open(Possible const& patients) const;
};

/// Builds arrows, forks and milestones; cycles are left to the graph.
[[nodiscard]] std::unique_ptr<PathwayGraph::Moments> build_moments(Scenario const& scenario);

/// Moments that can be reached from some moments along the arrows that `follow` allows (joins of forks left out).
template <class Follow>
[[nodiscard]] std::vector<bool> reached_from(PathwayGraph::Moments const& graph, std::vector<std::size_t> open,
                                             Follow follow) {
  std::vector<bool> reached(graph.size(), false);
  for (auto const m : open) reached[m] = true;
  while (!open.empty()) {
    auto const m = open.back();
    open.pop_back();
    for (auto const a : graph.leaving[m]) {
      auto const& arrow = graph.arrows[a];
      if (arrow.is_join || reached[arrow.to] || !follow(arrow)) continue;
      reached[arrow.to] = true;
      open.push_back(arrow.to);
    }
  }
  return reached;
}

/// The fastest ways from a moment: seconds to each moment (no_way if none), and the moment before it.
struct FastestWays {
  std::vector<double> seconds;
  std::vector<std::size_t> before;
};

/// Fastest ways (Dijkstra). A join that is reached from before its fork needs every certain branch.
class Ways {
 public:
  /// `allowed` and `blocked`: arrows that may be followed, moments that may not be come to. Steps that pause a clock
  /// for one of `adjustments` take none of its time.
  Ways(PathwayGraph::Moments const& graph, std::vector<bool> allowed, std::vector<bool> blocked,
       std::vector<std::string> const& adjustments = {});
  ~Ways();
  Ways(Ways const&) = delete;
  Ways& operator=(Ways const&) = delete;
  [[nodiscard]] FastestWays from(std::size_t moment);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace cwtsim::scenario
