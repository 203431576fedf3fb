// Patients who are held keep what their step needed until there is room at the next: where that can go round in a
// circle it may freeze for ever, and where one patient alone needs what it keeps it must.

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "cwtsim/scenario/validate.hpp"
#include "influences.hpp"
#include "possible.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

/// Whoever has finished `from` may be held there until there is room on the list of `list`.
struct Hold {
  std::size_t provider = 0;
  StepAt at;
  std::string const* from = nullptr;
  std::string const* to = nullptr;
  Step const* step = nullptr;
  Step const* next = nullptr;
  std::string list_name;
  Resource const* list = nullptr;
};

bool holds(Resource const& resource) {
  return resource.waiting_room && resource.when_full == WhenFull::hold;
}

bool any_holds(Scenario const& scenario) {
  return std::any_of(scenario.providers.begin(), scenario.providers.end(), [](auto const& provider) {
    auto const& resources = provider.second.resources;
    return std::any_of(resources.begin(), resources.end(), [](auto const& r) { return holds(r.second); });
  });
}

/// Anybody, at a provider.
Possible anybody(Scenario const& scenario, std::string const& provider) {
  Possible possible;
  for (auto const& [name, attribute] : scenario.attributes) possible.levels.emplace_back(attribute.levels.size(), true);
  possible.provider = &provider;
  return possible;
}

// A version of the scenario has the shape of the one that is looked at.
Step const& step_in(Scenario const& version, StepAt at) {
  return version.pathways.items[at.pathway].second.steps.items[at.step].second;
}

/// The servers that a step keeps at a provider.
template <class Use>
void each_kept(Scenario const& scenario, std::size_t provider, Step const& step, Use const& use) {
  for (auto const& [name, count] : step.needs) {
    auto const* resource = resource_at(scenario, scenario.providers.items[provider].second, name);
    if (resource && resource->kind == ResourceKind::servers) use(name, resource, count);
  }
}

class Holds {
 public:
  explicit Holds(Sheet& sheet, PathwayGraph const& graph)
      : sheet_(sheet), scenario_(sheet.scenario), graph_(graph), places_(places_of(sheet)) {
    for (std::size_t p = 0; p < scenario_.pathways.size(); ++p)
      for (std::size_t s = 0; s < scenario_.pathways.items[p].second.steps.size(); ++s)
        for (std::size_t i = 0; i < scenario_.providers.size(); ++i)
          if (places_[i][p][s]) add_step(i, {p, s});
  }
  [[nodiscard]] std::vector<Hold> const& all() const { return holds_; }

  /// The places in its waiting room, at any date: the most, or the least.
  [[nodiscard]] std::int64_t most_room(Hold const& hold) const { return room(hold, true); }
  [[nodiscard]] std::int64_t least_room(Hold const& hold) const { return room(hold, false); }

  /// Whoever has what the one needs may wait, or make others wait, for the other: by resource.
  [[nodiscard]] std::map<Resource const*, std::vector<Resource const*>> waits() const {
    std::map<Resource const*, std::vector<Resource const*>> found;
    auto const all_needs = [&](std::size_t provider, Step const& step, auto const& use) {
      for (auto const& [name, count] : step.needs)
        if (auto const* r = resource_at(scenario_, scenario_.providers.items[provider].second, name)) use(r);
    };
    for (auto const& hold : holds_)
      each_kept(scenario_, hold.provider, *hold.step, [&](std::string const&, Resource const* kept, std::int64_t) {
        all_needs(hold.provider, *hold.next, [&](Resource const* wanted) { found[kept].push_back(wanted); });
      });
    for (std::size_t i = 0; i < scenario_.providers.size(); ++i)
      for (std::size_t p = 0; p < scenario_.pathways.size(); ++p)
        for (std::size_t s = 0; s < places_[i][p].size(); ++s) {
          auto const& step = step_in(scenario_, {p, s});
          if (!places_[i][p][s] || !waits_on_list(step.kind) || step.needs.size() < 2) continue;
          auto const* list = waited_for(scenario_, scenario_.providers.items[i].second, step).second;
          all_needs(i, step, [&](Resource const* other) {
            if (!list || other == list) return;
            found[list].push_back(other);
            if (list->at_closing != AtClosing::finish) found[other].push_back(list);
          });
        }
    return found;
  }

 private:
  [[nodiscard]] std::int64_t room(Hold const& hold, bool greatest) const {
    std::int64_t found = *hold.list->waiting_room;
    for (auto const* version : sheet_.versions) {
      auto const* r = resource_at(*version, version->providers.items[hold.provider].second, hold.list_name);
      if (r && r->waiting_room)
        found = greatest ? std::max(found, *r->waiting_room) : std::min(found, *r->waiting_room);
    }
    return found;
  }

  // Where the branches of a parallel step join nobody is held.
  [[nodiscard]] bool joins(StepAt at, std::string const& next) const {
    auto const& steps = scenario_.pathways.items[at.pathway].second.steps;
    for (std::size_t f = 0; f < steps.size(); ++f) {
      if (!record_of(steps.items[f].second.kind).branches || steps.items[f].second.joins_at != next) continue;
      auto const within = graph_.between(at.pathway, f);
      if (std::find(within.begin(), within.end(), at.step) != within.end()) return true;
    }
    return false;
  }

  void add_step(std::size_t provider, StepAt at) {
    auto const& [name, step] = scenario_.pathways.items[at.pathway].second.steps.items[at.step];
    if (!waits_on_list(step.kind)) return;
    auto const& [provider_name, here] = scenario_.providers.items[provider];
    std::vector<std::string const*> done;
    for (auto const* version : sheet_.versions) {
      auto const& then = step_in(*version, at);
      for (auto const* row : possible_rows(*version, then.then, anybody(scenario_, provider_name)))
        for (auto const& [to, share] : row->value) {
          auto const& steps = scenario_.pathways.items[at.pathway].second.steps;
          auto const index = steps.index_of(to);
          if (!index || share <= 0 || never(then.odds, to)) continue;
          auto const& [to_name, next] = steps.items[*index];
          if (!waits_on_list(next.kind) || std::find(done.begin(), done.end(), &to_name) != done.end()) continue;
          auto const [list_name, list] = waited_for(scenario_, here, next);
          if (!list || !holds(*list) || joins(at, to_name)) continue;
          done.push_back(&to_name);
          holds_.push_back({provider, at, &name, &to_name, &step, &next, list_name, list});
        }
    }
  }

  Sheet& sheet_;
  Scenario const& scenario_;
  PathwayGraph const& graph_;
  Places const places_;
  std::vector<Hold> holds_;
};

std::string step_pointer(Scenario const& scenario, Hold const& hold) {
  return under("/pathways", scenario.pathways.items[hold.at.pathway].first, "steps", *hold.from);
}

/// What can be come to from a resource, itself only by a way round.
std::vector<Resource const*> reached(std::map<Resource const*, std::vector<Resource const*>> const& waits,
                                     Resource const* from) {
  std::vector<Resource const*> found, open{from};
  while (!open.empty()) {
    auto const next = waits.find(open.back());
    open.pop_back();
    if (next == waits.end()) continue;
    for (auto const* to : next->second)
      if (std::find(found.begin(), found.end(), to) == found.end()) {
        found.push_back(to);
        open.push_back(to);
      }
  }
  return found;
}

/// A circle of people who may wait for each other, and the providers where it is.
struct Circle {
  std::string pointer, what;
  std::vector<std::string> providers;
};

std::string in_words(Scenario const& scenario, Hold const& hold) {
  std::vector<std::string> kept;
  each_kept(scenario, hold.provider, *hold.step,
            [&](std::string const& name, Resource const*, std::int64_t) { kept.push_back(name); });
  return fmt::format("who has finished \"{}\" keeps {} until there is room at \"{}\" (list of \"{}\")", *hold.from,
                     list_of(kept), *hold.to, hold.list_name);
}

/// The circles through the resources that the holds keep, each once.
std::vector<Circle> circles(Scenario const& scenario, Holds const& holds) {
  auto const waits = holds.waits();
  std::map<Resource const*, std::vector<Resource const*>> ways;
  for (auto const& [resource, to] : waits) ways[resource] = reached(waits, resource);
  auto const leads = [&](Resource const* from, Resource const* to) {
    auto const found = ways.find(from);
    return found != ways.end() && std::find(found->second.begin(), found->second.end(), to) != found->second.end();
  };
  std::vector<Circle> found;
  std::vector<Resource const*> told;
  for (auto const& first : holds.all()) {
    each_kept(scenario, first.provider, *first.step, [&](std::string const&, Resource const* kept, std::int64_t) {
      if (!leads(kept, kept) || std::find(told.begin(), told.end(), kept) != told.end()) return;
      Circle circle;
      for (auto const& hold : holds.all()) {
        bool within = false;
        each_kept(scenario, hold.provider, *hold.step, [&](std::string const&, Resource const* own, std::int64_t) {
          if (own != kept && !(leads(kept, own) && leads(own, kept))) return;
          auto const& here = scenario.providers.items[hold.provider].second;
          if (std::none_of(hold.next->needs.begin(), hold.next->needs.end(), [&](auto const& need) {
                auto const* wanted = resource_at(scenario, here, need.first);
                return wanted == kept || leads(wanted, kept);
              }))
            return;
          within = true;
          if (std::find(told.begin(), told.end(), own) == told.end()) told.push_back(own);
        });
        if (!within || holds.least_room(hold) >= scenario.limits.max_in_system) continue;
        auto const words = in_words(scenario, hold);
        auto const& provider = scenario.providers.items[hold.provider].first;
        if (circle.what.empty()) circle.pointer = under(step_pointer(scenario, hold), "then");
        if (circle.what.find(words) == std::string::npos) circle.what += (circle.what.empty() ? "" : "; ") + words;
        if (std::find(circle.providers.begin(), circle.providers.end(), provider) == circle.providers.end())
          circle.providers.push_back(provider);
      }
      if (circle.what.empty()) return;
      auto const same = std::find_if(found.begin(), found.end(), [&](auto const& c) { return c.what == circle.what; });
      if (same == found.end())
        found.push_back(std::move(circle));
      else
        same->providers.insert(same->providers.end(), circle.providers.begin(), circle.providers.end());
    });
  }
  return found;
}

}  // namespace

void check_holds(Sheet& sheet, PathwayGraph const& graph) {
  auto const& scenario = sheet.scenario;
  // what has been refused until now may be why
  if (!any_holds(scenario) || !sheet.problems.empty()) return;
  Holds const holds(sheet, graph);
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> found;
  for (auto const& hold : holds.all()) {
    if (holds.most_room(hold) > 0) continue;
    each_kept(scenario, hold.provider, *hold.step,
              [&](std::string const& name, Resource const* kept, std::int64_t own) {
                for (auto const& [wanted, count] : hold.next->needs) {
                  auto const* resource = resource_at(scenario, scenario.providers.items[hold.provider].second, wanted);
                  if (resource != kept) continue;
                  auto const most = most_ever(sheet, scenario.providers.items[hold.provider].first, name);
                  if (most < 0 || own + count <= most) continue;
                  auto const what = fmt::format(
                      "who has finished this step keeps {} of \"{}\" until there is room at \"{}\", which needs {} of "
                      "it too, and there {} never more than {}: nobody could ever go on (a deadlock), at ",
                      own, name, *hold.to, count, most == 1 ? "is" : "are", most);
                  found[{under(step_pointer(scenario, hold), "then"), what}].push_back(
                      scenario.providers.items[hold.provider].first);
                }
              });
  }
  for (auto const& [where, providers] : found)
    sheet.add(where.first, where.second + list_of(providers),
              "give the list a \"waiting_room\" of at least 1, or make one step of the two");
}

void point_out_circles(DatedScenario const& dated, Problems& told) {
  auto const& scenario = dated.base;
  if (!any_holds(scenario)) return;
  Problems none;
  Sheet sheet(scenario, none);
  for (auto const& [date, changed] : dated.changes) sheet.versions.push_back(&changed);
  PathwayGraph const graph(scenario);
  for (auto const& circle : circles(scenario, Holds(sheet, graph)))
    told.add(circle.pointer,
             "patients may come to wait for each other for ever (a deadlock) at " + list_of(circle.providers) + ": " +
                 circle.what,
             "A run says whether and when it froze; a waiting room that is never full, or \"when_full\": "
             "\"turn_away\", breaks the circle");
}

}  // namespace cwtsim::scenario
