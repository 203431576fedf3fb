// How many branches of one patient may be under way at one time.

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "cwtsim/scenario/limits.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

/// Under way at one time.
struct Many {
  std::size_t branches = 0, pausing = 0;  ///< of these so many in steps that pause clocks
};

/// The steps of a pathway, with the ways on of every date: who comes in on one goes on as it is at another.
class Forks {
 public:
  Forks(std::vector<Scenario const*> const& versions, std::size_t pathway)
      : steps_(versions[0]->pathways.items[pathway].second.steps),
        next_(steps_.size()),
        most_(steps_.size()),
        open_(steps_.size(), false) {
    for (auto const* version : versions) {
      auto const& steps = version->pathways.items[pathway].second.steps;
      for (std::size_t s = 0; s < steps.size(); ++s) add_ways(steps.items[s].second, next_[s]);
    }
    for (auto& next : next_) {
      std::sort(next.begin(), next.end());
      next.erase(std::unique(next.begin(), next.end()), next.end());
    }
  }

  /// Branches that one patient may have from a parallel step until its join, those of branches among them.
  Many most_from(std::size_t fork) {
    if (most_[fork]) return *most_[fork];
    if (open_[fork]) return {};  // branches that start branches for ever have been told
    open_[fork] = true;
    auto const& step = steps_.items[fork].second;
    Many sum;
    for (auto const& [first, chance] : step.starts) {
      auto const of_branch = within(first, step.joins_at);
      sum.branches = std::min(sum.branches + 1 + of_branch.branches, 2 * most_branches);
      sum.pausing = std::min(sum.pausing + of_branch.pausing, 2 * most_branches);
    }
    open_[fork] = false;
    most_[fork] = sum;
    return sum;
  }

 private:
  void add_ways(Step const& step, std::vector<std::size_t>& next) const {
    auto const to = [&](std::string const& name) {
      if (auto const s = steps_.index_of(name)) next.push_back(*s);
    };
    for (auto const& row : step.then.rows)
      for (auto const& [name, share] : row.value) to(name);
    for (auto const& [reason, leaves] : step.gives_up) to(leaves.then);
    to(step.when_full);
    to(step.joins_at);
    if (step.did_not_attend) to(step.did_not_attend->then);
  }

  /// The most that a branch has itself, whatever way it takes until the join; it may be in a step that pauses clocks.
  Many within(std::string const& first, std::string const& join) {
    std::vector<bool> seen(steps_.size(), false);
    std::vector<std::size_t> open;
    auto const come_to = [&](std::size_t s) {
      if (seen[s] || steps_.items[s].first == join) return;
      seen[s] = true;
      open.push_back(s);
    };
    if (auto const s = steps_.index_of(first)) come_to(*s);
    Many most;
    while (!open.empty()) {
      auto const s = open.back();
      open.pop_back();
      auto const& step = steps_.items[s].second;
      auto const there = record_of(step.kind).branches ? most_from(s) : Many{0, step.pauses.empty() ? 0U : 1U};
      most = {std::max(most.branches, there.branches), std::max(most.pausing, there.pausing)};
      for (auto const next : next_[s]) come_to(next);
    }
    return most;
  }

  Named<Step> const& steps_;
  std::vector<std::vector<std::size_t>> next_;
  std::vector<std::optional<Many>> most_;
  std::vector<bool> open_;
};

}  // namespace

void check_branches(Sheet& sheet) {
  // the ways of all dates are looked at together, once
  if (sheet.versions.front() != &sheet.scenario) return;
  auto const& pathways = sheet.scenario.pathways;
  for (std::size_t p = 0; p < pathways.size(); ++p) {
    auto const& [name, pathway] = pathways.items[p];
    bool const any = std::any_of(pathway.steps.begin(), pathway.steps.end(),
                                 [](auto const& step) { return record_of(step.second.kind).branches; });
    if (!any) continue;
    Forks forks(sheet.versions, p);
    for (std::size_t s = 0; s < pathway.steps.size(); ++s) {
      if (!record_of(pathway.steps.items[s].second.kind).branches) continue;
      auto const many = forks.most_from(s);
      bool const too_many = many.branches > most_branches;
      if (!too_many && many.pausing <= most_pauses) continue;
      auto const what =
          too_many ? fmt::format(
                         "a patient could have more than {} branches under way at one time from here, those "
                         "that branches start among them",
                         most_branches)
                   : fmt::format(
                         "a patient could be in {} steps that pause clocks at one time from here; at most {} are "
                         "allowed",
                         many.pausing, most_pauses);
      // what holds of the first that has too many holds of all that lead there
      return sheet.add(under("/pathways", name, "steps", pathway.steps.items[s].first, "starts"), what,
                       "let fewer steps run beside each other");
    }
  }
}

}  // namespace cwtsim::scenario
