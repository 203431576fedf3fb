#include <algorithm>

#include "moments.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

using Moments = PathwayGraph::Moments;

// Branches of one parallel step run at the same time, so what happens in one may come before what happens in another.
std::vector<bool> may_come_after(Moments const& graph, std::vector<std::size_t> const& starts,
                                 std::vector<bool> const& allowed) {
  auto const follow = [&](Arrow const& arrow) {
    return allowed[static_cast<std::size_t>(&arrow - graph.arrows.data())];
  };
  auto reached = reached_from(graph, starts, follow);
  for (bool more = true; more;) {
    more = false;
    for (auto const& fork : graph.forks) {
      bool within = false;
      for (std::size_t s = 0; s < fork.within.size() && !within; ++s)
        for (auto const when : {When::joined, When::started, When::finished})
          within = within || (fork.within[s] && reached[Moments::moment(s, when)]);
      if (!within) continue;
      std::vector<std::size_t> others;
      for (auto const& branch : fork.branches)
        if (!reached[Moments::moment(branch.step, When::joined)])
          others.push_back(Moments::moment(branch.step, When::joined));
      if (others.empty()) continue;
      auto const further = reached_from(graph, others, follow);
      for (std::size_t m = 0; m < reached.size(); ++m) reached[m] = reached[m] || further[m];
      more = true;
    }
  }
  return reached;
}

std::vector<std::size_t> among(std::vector<std::size_t> const& moments, std::vector<bool> const& reached) {
  std::vector<std::size_t> found;
  for (auto const m : moments)
    if (reached[m]) found.push_back(m);
  return found;
}

struct Streams {
  std::vector<std::string> never_started, stopped_before;
};

void tell(Sheet& sheet, std::string const& name, Standard const& standard, Streams const& streams) {
  auto const at = under("/standards", name, "stops");
  if (!streams.never_started.empty())
    sheet.add(at,
              "patients of " + list_of(streams.never_started) + " come to " + list_of(standard.stops) +
                  ", but nothing ever starts their clock, so they would not be counted",
              "give the stream a milestone that starts it (" + list_of(standard.starts) +
                  "), or say with \"for\" whom the standard is for");
  if (!streams.stopped_before.empty())
    sheet.add(at,
              "for patients of " + list_of(streams.stopped_before) + ", " + list_of(standard.stops) +
                  " can only come before " + list_of(standard.starts) + ", so the clock would never stop",
              "see in which order the steps reach these milestones");
}

}  // namespace

void check_clocks(Sheet& sheet, PathwayGraph const& pathways) {
  if (std::find(sheet.unsound.begin(), sheet.unsound.end(), true) != sheet.unsound.end()) return;
  auto const& scenario = sheet.scenario;
  auto const& graph = pathways.moments();
  std::vector<Streams> found(scenario.standards.size());
  for (std::size_t k = 0; k < scenario.demand.size(); ++k) {
    auto const patients = possible_patients({&scenario}, k);
    auto const allowed = graph.possible(patients);
    auto const reached = reached_from(graph, {graph.arrival(k)}, [&](Arrow const& arrow) {
      return allowed[static_cast<std::size_t>(&arrow - graph.arrows.data())];
    });
    for (std::size_t i = 0; i < scenario.standards.size(); ++i) {
      auto const& standard = scenario.standards.items[i].second;
      if (!condition_possible(scenario, standard.only_when, patients)) continue;
      auto const starts = among(graph.moments_of(standard.starts), reached);
      auto const stops = among(graph.moments_of(standard.stops), reached);
      if (stops.empty()) continue;
      // a milestone that nothing makes has been told
      bool const can_start = !graph.moments_of(standard.starts).empty();
      if (starts.empty() && can_start) found[i].never_started.push_back(scenario.demand.items[k].first);
      if (!starts.empty() && among(stops, may_come_after(graph, starts, allowed)).empty())
        found[i].stopped_before.push_back(scenario.demand.items[k].first);
    }
  }
  for (std::size_t i = 0; i < found.size(); ++i)
    tell(sheet, scenario.standards.items[i].first, scenario.standards.items[i].second, found[i]);
}

}  // namespace cwtsim::scenario
