#include "moments.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "influences.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

using Moments = PathwayGraph::Moments;

// A distribution that is refused elsewhere must not make a second problem here.
double least_of(DistributionTable const& table) {
  double least = table.given() ? no_way : 0;
  for (auto const& row : table.rows)
    least = std::min(least, problem_of(row.value).empty() ? least_seconds(row.value) : 0.0);
  return least;
}

// Lengths of time of less than half a tick are none.
bool always_takes_time(DistributionTable const& table, Factors const& times, Duration tick) {
  double const factor = least_product(times);
  double const least = tick.seconds / 2;
  return table.given() && factor > 0 && std::all_of(table.rows.begin(), table.rows.end(), [&](auto const& row) {
           return !problem_of(row.value).empty() || mean_seconds(row.value) * factor >= least;
         });
}

double least_repeats(Step const& step) {
  double least = step.repeats.given() ? no_way : 1;
  for (auto const& row : step.repeats.rows)
    for (auto const& [count, share] : row.value)
      if (share > 0) least = std::min(least, std::strtod(count.c_str(), nullptr));
  return std::isfinite(least) ? std::max(least, 1.0) : 1.0;
}

class Builder {
 public:
  explicit Builder(Scenario const& scenario) : graph_(std::make_unique<Moments>()) {
    graph_->scenario = &scenario;
    for (std::size_t p = 0; p < scenario.pathways.size(); ++p) {
      graph_->first_step.push_back(graph_->all_steps.size());
      for (std::size_t s = 0; s < scenario.pathways.items[p].second.steps.size(); ++s)
        graph_->all_steps.push_back({p, s});
    }
    graph_->milestones.assign(graph_->size(), nullptr);
    for (std::size_t at = 0; at < graph_->all_steps.size(); ++at) add_step(at);
    for (std::size_t k = 0; k < scenario.demand.size(); ++k) add_stream(k);
    index();
    for (std::size_t at = 0; at < graph_->all_steps.size(); ++at) add_fork(at);
    index();
    find_reached();
    find_ending();
  }
  std::unique_ptr<Moments> take() { return std::move(graph_); }

 private:
  void add_step(std::size_t at) {
    auto const& step = graph_->step(at);
    auto const joined = Moments::moment(at, When::joined);
    auto const started = Moments::moment(at, When::started);
    auto const finished = Moments::moment(at, When::finished);
    graph_->milestones[joined] = &step.on_joining;
    graph_->milestones[started] = &step.on_start;
    graph_->milestones[finished] = &step.on_finish;
    auto const& kind = record_of(step.kind);
    add({joined, started, 0, kind.uses_up});
    double const least =
        least_of(step.takes) * least_product(step.times) + (least_repeats(step) - 1) * least_of(step.every);
    Duration const tick = graph_->scenario->horizon.resolution;
    Arrow service{started, finished, least, always_takes_time(step.takes, step.times, tick)};
    if (!step.pauses.empty()) service.pauses = &step.pauses;
    add(service);
    for (auto const& row : step.then.rows)
      for (auto const& [name, share] : row.value)
        add_to(finished, at, name, {0, 0, 0, false, false, &step.then, &step.odds, nullptr, &name});
    // a step that names itself is told apart from other loops
    if (!step.when_full.empty() && step.when_full != graph_->step_name(at)) {
      Arrow away;
      away.never_full = !turned_away(step);
      add_to(joined, at, step.when_full, away);
    }
    for (auto const& [name, leaves] : step.gives_up)
      add_to(kind.given_up == GivingUp::since_start ? started : joined, at, leaves.then,
             {0, 0, least_of(leaves.after) * least_product(leaves.times),
              always_takes_time(leaves.after, leaves.times, tick)});
    if (auto const& missed = step.did_not_attend; missed && !missed->then.empty()) {
      auto const rebooked = static_cast<double>(std::max<std::int64_t>(missed->up_to.value_or(1), 1) - 1);
      add_to(joined, at, missed->then, {0, 0, rebooked * least_of(missed->rebook), true});
    }
    for (auto const& [name, chance] : step.starts)
      add_to(finished, at, name, {0, 0, 0, false, false, nullptr, nullptr, &chance, &name});
    if (kind.continues)
      if (auto const p = graph_->scenario->pathways.index_of(step.pathway)) add_start(finished, *p, {});
  }

  [[nodiscard]] bool turned_away(Step const& step) const {
    auto const& scenario = *graph_->scenario;
    return std::any_of(scenario.providers.begin(), scenario.providers.end(), [&](auto const& provider) {
      auto const* resource = waited_for(scenario, provider.second, step).second;
      return resource && resource->waiting_room && resource->when_full == WhenFull::turn_away;
    });
  }

  void add_stream(std::size_t k) {
    auto const& stream = graph_->scenario->demand.items[k].second;
    graph_->milestones[graph_->arrival(k)] = &stream.milestones;
    if (auto const p = graph_->scenario->pathways.index_of(stream.pathway)) add_start(graph_->arrival(k), *p, {});
  }

  void add(Arrow arrow) {
    // the rows of a table name the same step again and again
    for (auto i = graph_->arrows.size(); i-- > 0 && graph_->arrows[i].from == arrow.from;) {
      auto const& old = graph_->arrows[i];
      if (old.to == arrow.to && old.shares == arrow.shares && old.chance == arrow.chance && old.least <= arrow.least &&
          old.takes_time == arrow.takes_time && old.is_join == arrow.is_join && old.never_full == arrow.never_full)
        return;
    }
    graph_->arrows.push_back(arrow);
  }
  void add_to(std::size_t from, std::size_t at, std::string const& name, Arrow arrow) {
    auto const p = graph_->all_steps[at].pathway;
    auto const s = graph_->scenario->pathways.items[p].second.steps.index_of(name);
    if (!s) return;
    arrow.from = from;
    arrow.to = Moments::moment(graph_->step_at(p, *s), When::joined);
    add(arrow);
  }
  void add_start(std::size_t from, std::size_t p, Arrow arrow) {
    auto const& pathway = graph_->scenario->pathways.items[p].second;
    auto const s = pathway.steps.index_of(pathway.start);
    if (!s) return;
    arrow.from = from;
    arrow.to = Moments::moment(graph_->step_at(p, *s), When::joined);
    add(arrow);
  }

  void add_fork(std::size_t at) {
    auto const& step = graph_->step(at);
    auto const p = graph_->all_steps[at].pathway;
    auto const& steps = graph_->scenario->pathways.items[p].second.steps;
    auto const join = steps.index_of(step.joins_at);
    if (!record_of(step.kind).branches || !join) return;
    Fork fork;
    fork.step = at;
    fork.join = graph_->step_at(p, *join);
    std::vector<std::size_t> open;
    for (auto const& [name, chance] : step.starts) {
      auto const s = steps.index_of(name);
      if (!s || *s == *join) continue;
      bool const certain = chance.given() && std::all_of(chance.rows.begin(), chance.rows.end(),
                                                         [](auto const& row) { return row.value >= 1; });
      fork.branches.push_back({graph_->step_at(p, *s), certain, &chance});
      open.push_back(Moments::moment(fork.branches.back().step, When::joined));
    }
    auto const joined = Moments::moment(fork.join, When::joined);
    auto const reached = reached_from(*graph_, open, [&](Arrow const& a) { return a.to != joined; });
    for (std::size_t s = 0; s < graph_->all_steps.size(); ++s)
      fork.within.push_back(reached[Moments::moment(s, When::joined)]);
    for (std::size_t a = 0; a < graph_->arrows.size(); ++a) {
      auto const& arrow = graph_->arrows[a];
      if (arrow.to == joined && !arrow.is_join && graph_->is_step(arrow.from) && fork.within[arrow.from / 3])
        fork.last_arrows.push_back(a);
    }
    fork.join_arrow = graph_->arrows.size();
    graph_->arrows.push_back({Moments::moment(at, When::finished), joined, 0, false, true});
    graph_->forks.push_back(std::move(fork));
  }

  void index() {
    graph_->leaving.assign(graph_->size(), {});
    for (std::size_t a = 0; a < graph_->arrows.size(); ++a) graph_->leaving[graph_->arrows[a].from].push_back(a);
  }

  void find_reached() {
    auto const& scenario = *graph_->scenario;
    std::vector<std::size_t> open;
    for (std::size_t p = 0; p < scenario.pathways.size(); ++p) {
      auto const& pathway = scenario.pathways.items[p].second;
      if (auto const s = pathway.steps.index_of(pathway.start))
        open.push_back(Moments::moment(graph_->step_at(p, *s), When::joined));
    }
    for (auto const& [name, waiting] : scenario.waiting)
      for (auto const& place : places_of(waiting, scenario)) {
        auto const p = scenario.pathways.index_of(place.pathway);
        auto const s = p ? scenario.pathways.items[*p].second.steps.index_of(place.step) : std::nullopt;
        if (s) open.push_back(Moments::moment(graph_->step_at(*p, *s), When::joined));
      }
    auto const reached = reached_from(*graph_, open, [](Arrow const&) { return true; });
    for (std::size_t s = 0; s < graph_->all_steps.size(); ++s)
      graph_->reached.push_back(reached[Moments::moment(s, When::joined)]);
  }

  // A next step that nobody takes leads nowhere.
  static bool taken(Arrow const& arrow) {
    if (arrow.never_full) return false;
    if (arrow.odds && never(*arrow.odds, *arrow.name)) return false;
    if (arrow.shares)
      return std::any_of(arrow.shares->rows.begin(), arrow.shares->rows.end(), [&](auto const& row) {
        auto const* share = row.value.find(*arrow.name);
        return share && *share > 0;
      });
    if (arrow.chance)
      return std::any_of(arrow.chance->rows.begin(), arrow.chance->rows.end(),
                         [](auto const& row) { return row.value > 0; });
    return true;
  }

  void find_ending() {
    std::vector<std::vector<std::size_t>> entering(graph_->size());
    for (auto const& arrow : graph_->arrows)
      if (!arrow.is_join && taken(arrow)) entering[arrow.to].push_back(arrow.from);
    for (auto const& fork : graph_->forks)  // where it may be that no branch is started
      if (std::none_of(fork.branches.begin(), fork.branches.end(), [](auto const& branch) { return branch.certain; }))
        entering[Moments::moment(fork.join, When::joined)].push_back(Moments::moment(fork.step, When::finished));
    std::vector<bool> ends(graph_->size(), false);
    std::vector<std::size_t> open;
    for (std::size_t s = 0; s < graph_->all_steps.size(); ++s)
      if (record_of(graph_->step(s).kind).ends) {
        open.push_back(Moments::moment(s, When::joined));
        ends[open.back()] = true;
      }
    while (!open.empty()) {
      auto const m = open.back();
      open.pop_back();
      for (auto const from : entering[m])
        if (!ends[from]) {
          ends[from] = true;
          open.push_back(from);
        }
    }
    for (std::size_t s = 0; s < graph_->all_steps.size(); ++s)
      graph_->ending.push_back(ends[Moments::moment(s, When::joined)]);
  }

  std::unique_ptr<Moments> graph_;
};

/// What of the arrows some patients can follow. Arrows of one table come one after another: its rows are asked for
/// once.
class Followed {
 public:
  Followed(Scenario const& scenario, Possible const& patients) : scenario_(scenario), patients_(patients) {}

  bool possible(Arrow const& arrow) {
    if (arrow.odds && never(*arrow.odds, *arrow.name)) return false;
    if (arrow.shares) {
      auto const& rows = rows_of(*arrow.shares);
      return std::any_of(rows.begin(), rows.end(), [&](auto const* row) {
        auto const* share = row->value.find(*arrow.name);
        return share && *share > 0;
      });
    }
    if (arrow.chance) {
      auto const rows = possible_rows(scenario_, *arrow.chance, patients_);
      return std::any_of(rows.begin(), rows.end(), [](auto const* row) { return row->value > 0; });
    }
    return true;
  }

  bool left_open(Arrow const& arrow) {
    if (arrow.never_full || !possible(arrow)) return false;
    if (!arrow.odds || arrow.odds->empty()) return true;
    auto const any_factor = [&](std::string const& outcome, auto const& says) {
      auto const* factors = arrow.odds->find(outcome);
      return factors && std::any_of(factors->begin(), factors->end(), [&](auto const& factor) {
               return says(possible_rows(scenario_, factor.second, patients_));
             });
    };
    auto const is_0 = [](auto const* row) { return row->value == 0; };
    auto const is_shut = any_factor(
        *arrow.name, [&](auto const& rows) { return !rows.empty() && std::all_of(rows.begin(), rows.end(), is_0); });
    if (!is_shut) return true;
    // where all are shut the shares hold as they are written
    auto const& rows = rows_of(*arrow.shares);
    return std::any_of(rows.begin(), rows.end(), [&](auto const* row) {
      auto const* own = row->value.find(*arrow.name);
      if (!own || *own <= 0) return false;
      return std::none_of(row->value.begin(), row->value.end(), [&](auto const& other) {
        return other.second > 0 && !any_factor(other.first, [&](auto const& factors) {
                 return std::any_of(factors.begin(), factors.end(), is_0);
               });
      });
    });
  }

 private:
  std::vector<ShareTable::Row const*> const& rows_of(ShareTable const& table) {
    if (last_ != &table) {
      rows_ = possible_rows(scenario_, table, patients_);
      last_ = &table;
    }
    return rows_;
  }

  Scenario const& scenario_;
  Possible const& patients_;
  ShareTable const* last_ = nullptr;
  std::vector<ShareTable::Row const*> rows_;
};

}  // namespace

std::vector<std::size_t> PathwayGraph::Moments::moments_of(std::vector<std::string> const& wanted) const {
  std::vector<std::size_t> found;
  for (std::size_t m = 0; m < milestones.size(); ++m)
    if (milestones[m] && std::any_of(milestones[m]->begin(), milestones[m]->end(), [&](std::string const& milestone) {
          return std::find(wanted.begin(), wanted.end(), milestone) != wanted.end();
        }))
      found.push_back(m);
  return found;
}

std::vector<bool> PathwayGraph::Moments::possible(Possible const& patients) const {
  Followed ways(*scenario, patients);
  std::vector<bool> found(arrows.size());
  std::transform(arrows.begin(), arrows.end(), found.begin(), [&](Arrow const& arrow) { return ways.possible(arrow); });
  return found;
}

std::vector<bool> PathwayGraph::Moments::left_open(Possible const& patients) const {
  Followed ways(*scenario, patients);
  std::vector<bool> found(arrows.size());
  std::transform(arrows.begin(), arrows.end(), found.begin(),
                 [&](Arrow const& arrow) { return ways.left_open(arrow); });
  return found;
}

std::unique_ptr<PathwayGraph::Moments> build_moments(Scenario const& scenario) {
  return Builder(scenario).take();
}

}  // namespace cwtsim::scenario
