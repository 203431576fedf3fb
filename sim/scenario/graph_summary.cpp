#include <algorithm>
#include <map>

#include "cwtsim/scenario/graph.hpp"
#include "moments.hpp"
#include "words.hpp"

namespace cwtsim::scenario {
namespace {

using Moments = PathwayGraph::Moments;

// Names of the steps along the fastest way, each once.
std::vector<std::string> names_along(Moments const& graph, FastestWays const& ways, std::size_t from, std::size_t to) {
  std::vector<std::string> names;
  for (auto m = to;; m = ways.before[m]) {
    auto const name = graph.is_step(m) ? graph.step_name(m / 3) : std::string("referral");
    if (names.empty() || names.back() != name) names.push_back(name);
    if (m == from || ways.before[m] == m) break;
  }
  std::reverse(names.begin(), names.end());
  return names;
}

std::vector<StepSummary> steps_in_order(Scenario const& scenario, Pathway const& pathway) {
  std::vector<std::size_t> line;
  std::vector<bool> seen(pathway.steps.size(), false);
  auto const come_to = [&](std::string const& name) {
    auto const s = pathway.steps.index_of(name);
    if (s && !seen[*s]) {
      seen[*s] = true;
      line.push_back(*s);
    }
  };
  come_to(pathway.start);
  std::vector<StepSummary> steps;
  while (steps.size() < line.size()) {
    auto const& [name, step] = pathway.steps.items[line[steps.size()]];
    StepSummary summary{name, step.kind, {}};
    auto const lead = [&](std::string const& to) {
      if (to.empty() || std::find(summary.leads_to.begin(), summary.leads_to.end(), to) != summary.leads_to.end())
        return;
      summary.leads_to.push_back(to);
      come_to(to);
    };
    for (auto const& [first, chance] : step.starts) lead(first);
    if (record_of(step.kind).branches) lead(step.joins_at);
    for (auto const& row : step.then.rows)
      for (auto const& [to, share] : row.value) lead(to);
    lead(step.when_full);
    if (step.did_not_attend) lead(step.did_not_attend->then);
    for (auto const& [reason, leaves] : step.gives_up) lead(leaves.then);
    if (record_of(step.kind).continues && scenario.pathways.find(step.pathway))
      summary.leads_to.push_back("pathway " + step.pathway);
    steps.push_back(std::move(summary));
  }
  return steps;
}

// Starts of a clock in a pathway: its own steps' milestones and those of the streams that come into it.
std::vector<std::size_t> starts_in(Moments const& graph, std::size_t pathway, Standard const& standard) {
  std::vector<std::size_t> starts;
  auto const& name = graph.scenario->pathways.items[pathway].first;
  for (auto const m : graph.moments_of(standard.starts))
    if (graph.is_step(m) ? graph.all_steps[m / 3].pathway == pathway && graph.reached[m / 3]
                         : graph.scenario->demand.items[m - 3 * graph.all_steps.size()].second.pathway == name)
      starts.push_back(m);
  return starts;
}

// The fastest way counts for the patient who has it: each stream by its own attributes.
std::vector<std::vector<bool>> arrows_by_stream(Moments const& graph) {
  std::vector<std::vector<bool>> allowed;
  for (std::size_t k = 0; k < graph.scenario->demand.size(); ++k)
    allowed.push_back(graph.possible(possible_patients({graph.scenario}, k)));
  return allowed;
}

ClockPath clock_path(Moments const& graph, std::vector<std::size_t> const& starts, std::string const& name,
                     Standard const& standard, std::vector<bool> const& anything) {
  ClockPath path{name, false, 0, standard.limit_days, {}};
  auto const stops = graph.moments_of(standard.stops);
  double best = no_way;
  Ways ways(graph, anything, std::vector<bool>(graph.size(), false), standard.adjustments);
  for (auto const start : starts) {
    auto const fastest = ways.from(start);
    for (auto const stop : stops)
      if (fastest.seconds[stop] < best) {
        best = fastest.seconds[stop];
        path.path = names_along(graph, fastest, start, stop);
      }
  }
  path.can_stop = best < no_way;
  path.days = path.can_stop ? best / seconds_per_day : 0;
  return path;
}

struct Left {
  std::vector<std::string> streams;
  std::string way;
};

// Ways by which a clock that has started is never stopped, excluded or counted as a breach, by where they end.
std::map<std::string, Left> left_running(Moments const& graph, std::size_t pathway, Standard const& standard,
                                         std::vector<std::vector<bool>> const& allowed) {
  std::map<std::string, Left> left;
  auto const& scenario = *graph.scenario;
  std::vector<bool> blocked(graph.size(), false);
  for (auto const* milestones : {&standard.stops, &standard.excluded_by, &standard.breach_if_late})
    for (auto const m : graph.moments_of(*milestones)) blocked[m] = true;
  auto const starts = graph.moments_of(standard.starts);
  for (std::size_t k = 0; k < scenario.demand.size(); ++k) {
    auto const& [name, stream] = scenario.demand.items[k];
    if (stream.pathway != scenario.pathways.items[pathway].first) continue;
    if (!condition_possible(scenario, standard.only_when, possible_patients({&scenario}, k))) continue;
    auto const reached = reached_from(graph, {graph.arrival(k)}, [&](Arrow const& arrow) {
      return allowed[k][static_cast<std::size_t>(&arrow - graph.arrows.data())];
    });
    Ways ways(graph, allowed[k], blocked);
    for (auto const start : starts) {
      if (!reached[start] || blocked[start]) continue;
      auto const fastest = ways.from(start);
      for (std::size_t s = 0; s < graph.all_steps.size(); ++s) {
        auto const last = Moments::moment(s, When::finished);
        if (!record_of(graph.step(s).kind).ends || !(fastest.seconds[last] < no_way)) continue;
        auto& found = left[graph.step_name(s)];
        if (found.streams.empty()) found.way = joined_by(names_along(graph, fastest, start, last), " -> ");
        if (std::find(found.streams.begin(), found.streams.end(), name) == found.streams.end())
          found.streams.push_back(name);
      }
    }
  }
  return left;
}

// Starts that may come while the clock of the patient runs, further on or in a branch beside, by step: they begin none.
std::map<std::string, std::string> starts_while_running(Moments const& graph, std::size_t pathway,
                                                        Standard const& standard, std::vector<bool> const& anything) {
  std::map<std::string, std::string> found;
  std::vector<bool> ended(graph.size(), false);
  for (auto const* milestones : {&standard.stops, &standard.excluded_by, &standard.breach_if_late})
    for (auto const m : graph.moments_of(*milestones)) ended[m] = true;
  auto const starts = graph.moments_of(standard.starts);
  Ways ways(graph, anything, ended);
  auto const is_within = [](Fork const& fork, std::size_t moment) { return fork.within[moment / 3]; };
  for (auto const first : starts_in(graph, pathway, standard)) {
    if (ended[first]) continue;
    auto const fastest = ways.from(first);
    for (auto const then : starts) {
      if (!graph.is_step(then) || then == first) continue;
      auto const& name = graph.step_name(then / 3);
      if (fastest.seconds[then] < no_way) {
        found.try_emplace(name, joined_by(names_along(graph, fastest, first, then), " -> "));
        continue;
      }
      // one branch may start it while it runs for another
      if (!graph.is_step(first) || !graph.reached[then / 3]) continue;
      for (auto const& fork : graph.forks)
        if (is_within(fork, first) && is_within(fork, then) && then / 3 != first / 3 &&
            !(ways.from(then).seconds[first] < no_way))
          found.try_emplace(name, "beside " + graph.step_name(first / 3));
    }
  }
  return found;
}

}  // namespace

std::vector<PathSummary> summarise_pathways(Scenario const& scenario) {
  PathwayGraph const pathways(scenario);
  auto const& graph = pathways.moments();
  auto const allowed = arrows_by_stream(graph);
  std::vector<bool> anything(graph.arrows.size(), false);
  for (auto const& of_stream : allowed)
    for (std::size_t a = 0; a < anything.size(); ++a)
      if (of_stream[a]) anything[a] = true;
  std::vector<PathSummary> summaries;
  for (std::size_t p = 0; p < scenario.pathways.size(); ++p) {
    auto const& [name, pathway] = scenario.pathways.items[p];
    PathSummary summary{name, steps_in_order(scenario, pathway), {}, {}};
    for (auto const& [key, standard] : scenario.standards) {
      auto const starts = starts_in(graph, p, standard);
      if (!starts.empty()) summary.clocks.push_back(clock_path(graph, starts, key, standard, anything));
      for (auto const& [end, left] : left_running(graph, p, standard, allowed))
        summary.observations.push_back("the clock of \"" + key + "\" can be left running at \"" + end + "\" (" +
                                       left.way + ") by patients of " + list_of(left.streams));
      for (auto const& [step, way] : starts_while_running(graph, p, standard, anything))
        summary.observations.push_back("the clock of \"" + key + "\" may be running when \"" + step + "\" starts it (" +
                                       way + "): that start begins none, and is in no count");
    }
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

}  // namespace cwtsim::scenario
