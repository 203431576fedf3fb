#include "cwtsim/scenario/graph.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <utility>

#include "moments.hpp"

namespace cwtsim::scenario {
namespace {

using Drawn = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                    boost::property<boost::edge_index_t, std::size_t>>;

struct Followed {
  Drawn const* drawn = nullptr;
  std::vector<bool> const* open = nullptr;
  bool operator()(Drawn::edge_descriptor const& e) const { return (*open)[get(boost::edge_index, *drawn, e)]; }
};

// boost graphs are copied where others move, so each is drawn in place
void draw(PathwayGraph::Moments const& graph, Drawn& drawn) {
  for (std::size_t a = 0; a < graph.arrows.size(); ++a) add_edge(graph.arrows[a].from, graph.arrows[a].to, a, drawn);
}

std::vector<std::size_t> components(PathwayGraph::Moments const& graph, std::vector<bool> const& open) {
  Drawn drawn(graph.size());
  draw(graph, drawn);
  boost::filtered_graph<Drawn, Followed> const followed(drawn, Followed{&drawn, &open});
  std::vector<std::size_t> component(graph.size());
  boost::strong_components(followed,
                           boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, drawn)));
  return component;
}

// The steps of the shortest loop from a moment back to itself along open arrows within its component.
std::vector<StepAt> loop_through(PathwayGraph::Moments const& graph, std::vector<bool> const& open,
                                 std::vector<std::size_t> const& component, std::size_t start) {
  std::vector<std::size_t> before(graph.size(), graph.size()), line{start};
  for (std::size_t i = 0; i < line.size() && before[start] == graph.size(); ++i)
    for (auto const a : graph.leaving[line[i]]) {
      auto const to = graph.arrows[a].to;
      if (!open[a] || component[to] != component[start] || before[to] != graph.size()) continue;
      before[to] = line[i];
      line.push_back(to);
    }
  std::vector<StepAt> loop;
  for (auto m = start;;) {
    auto const& step = graph.all_steps[m / 3];
    if (loop.empty() || !(loop.back() == step)) loop.push_back(step);
    m = before[m];
    if (m == start) break;
  }
  if (loop.size() > 1 && loop.back() == loop.front()) loop.pop_back();
  std::reverse(loop.begin() + 1, loop.end());
  return loop;
}

}  // namespace

PathwayGraph::PathwayGraph(Scenario const& scenario) : moments_(build_moments(scenario)) {
  std::vector<bool> open(moments_->arrows.size());
  for (std::size_t a = 0; a < open.size(); ++a) open[a] = !moments_->arrows[a].is_join;
  auto const component = components(*moments_, open);
  moments_->cyclic.assign(moments_->all_steps.size(), false);
  for (auto const& arrow : moments_->arrows)
    // going round means coming back to where one joined
    if (!arrow.is_join && component[arrow.from] == component[arrow.to] && moments_->is_step(arrow.from)) {
      if (moments_->is_step(arrow.to) && arrow.to % 3 == 0) moments_->cyclic[arrow.to / 3] = true;
    }
}
PathwayGraph::~PathwayGraph() = default;
PathwayGraph::PathwayGraph(PathwayGraph&&) noexcept = default;
PathwayGraph& PathwayGraph::operator=(PathwayGraph&&) noexcept = default;

bool PathwayGraph::in_cycle(std::size_t pathway, std::size_t step) const {
  return moments_->cyclic[moments_->step_at(pathway, step)];
}
bool PathwayGraph::reachable(std::size_t pathway, std::size_t step) const {
  return moments_->reached[moments_->step_at(pathway, step)];
}
bool PathwayGraph::can_end(std::size_t pathway, std::size_t step) const {
  return moments_->ending[moments_->step_at(pathway, step)];
}

std::vector<std::vector<StepAt>> PathwayGraph::loops_without_time() const {
  auto const& graph = *moments_;
  std::vector<bool> open(graph.arrows.size());
  for (std::size_t a = 0; a < open.size(); ++a) {
    auto const& arrow = graph.arrows[a];
    open[a] = !arrow.is_join && !arrow.takes_time;
    if (arrow.shares)  // an arrow that nobody takes closes no loop
      open[a] = open[a] && std::any_of(arrow.shares->rows.begin(), arrow.shares->rows.end(), [&](auto const& row) {
                  auto const* share = row.value.find(*arrow.name);
                  return share && *share > 0;
                });
  }
  auto const component = components(graph, open);
  std::vector<bool> told(graph.size(), false);
  std::vector<std::vector<StepAt>> loops;
  for (std::size_t s = 0; s < graph.all_steps.size(); ++s) {
    auto const joined = Moments::moment(s, When::joined);
    bool const in_loop = std::any_of(graph.arrows.begin(), graph.arrows.end(), [&](Arrow const& arrow) {
      return open[static_cast<std::size_t>(&arrow - graph.arrows.data())] && arrow.to == joined &&
             component[arrow.from] == component[joined];
    });
    if (!in_loop || told[component[joined]]) continue;
    told[component[joined]] = true;
    loops.push_back(loop_through(graph, open, component, joined));
  }
  return loops;
}

std::vector<std::size_t> PathwayGraph::between(std::size_t pathway, std::size_t parallel) const {
  std::vector<std::size_t> steps;
  for (auto const& fork : moments_->forks)
    if (fork.step == moments_->step_at(pathway, parallel))
      for (std::size_t s = 0; s < fork.within.size(); ++s)
        if (fork.within[s] && moments_->all_steps[s].pathway == pathway) steps.push_back(moments_->all_steps[s].step);
  return steps;
}

struct Ways::Parts {
  using Moments = PathwayGraph::Moments;
  PathwayGraph::Moments const& graph;
  Drawn drawn;
  std::vector<bool> allowed;
  std::vector<bool> blocked;
  std::vector<double> weights;
  std::vector<bool> settled;  ///< by fork

  Parts(PathwayGraph::Moments const& of, std::vector<bool> follow, std::vector<bool> stop,
        std::vector<std::string> const& adjustments)
      : graph(of), drawn(of.size()), allowed(std::move(follow)), blocked(std::move(stop)) {
    draw(graph, drawn);
    for (std::size_t a = 0; a < graph.arrows.size(); ++a) {
      auto const& arrow = graph.arrows[a];
      bool const paused = arrow.pauses && std::ranges::find(adjustments, *arrow.pauses) != adjustments.end();
      weights.push_back(paused ? 0 : arrow.least);
      if (blocked[graph.arrows[a].to]) allowed[a] = false;
    }
    settled.assign(graph.forks.size(), false);
  }

  // From outside a fork the join is reached over all certain branches, from inside along the branch.
  FastestWays run(std::size_t source) {
    auto open = allowed;
    for (auto const& fork : graph.forks) {
      open[fork.join_arrow] = allowed[fork.join_arrow] && weights[fork.join_arrow] < no_way;
      if (!graph.is_step(source) || !fork.within[source / 3])
        for (auto const a : fork.last_arrows) open[a] = false;
    }
    FastestWays ways{std::vector<double>(graph.size(), no_way), std::vector<std::size_t>(graph.size())};
    boost::filtered_graph<Drawn, Followed> const followed(drawn, Followed{&drawn, &open});
    auto const at = get(boost::vertex_index, drawn);
    boost::dijkstra_shortest_paths(
        followed, source,
        boost::weight_map(boost::make_iterator_property_map(weights.begin(), get(boost::edge_index, drawn)))
            .distance_map(boost::make_iterator_property_map(ways.seconds.begin(), at))
            .predecessor_map(boost::make_iterator_property_map(ways.before.begin(), at))
            .distance_inf(no_way));
    return ways;
  }

  void settle(std::size_t f) {
    if (settled[f]) return;
    settled[f] = true;
    auto const& fork = graph.forks[f];
    for (std::size_t inner = 0; inner < graph.forks.size(); ++inner)
      if (fork.within[graph.forks[inner].step]) settle(inner);
    double slowest = 0;
    for (auto const& branch : fork.branches) {
      if (!branch.certain) continue;
      auto const first = Moments::moment(branch.step, When::joined);
      auto const last = Moments::moment(fork.join, When::joined);
      slowest = std::max(slowest, blocked[first] ? no_way : run(first).seconds[last]);
    }
    weights[fork.join_arrow] = slowest;
  }
};

Ways::Ways(PathwayGraph::Moments const& graph, std::vector<bool> allowed, std::vector<bool> blocked,
           std::vector<std::string> const& adjustments)
    : parts_(std::make_unique<Parts>(graph, std::move(allowed), std::move(blocked), adjustments)) {}
Ways::~Ways() = default;

FastestWays Ways::from(std::size_t moment) {
  auto const& graph = parts_->graph;
  auto const reached = reached_from(graph, {moment}, [&](Arrow const& arrow) {
    return parts_->allowed[static_cast<std::size_t>(&arrow - graph.arrows.data())];
  });
  for (std::size_t f = 0; f < graph.forks.size(); ++f)
    if (reached[PathwayGraph::Moments::moment(graph.forks[f].step, When::joined)]) parts_->settle(f);
  return parts_->run(moment);
}

}  // namespace cwtsim::scenario
