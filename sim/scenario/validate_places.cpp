#include <fmt/core.h>

#include <algorithm>

#include "influences.hpp"
#include "possible.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

/// A provider and a step of a pathway, by index.
struct Place {
  std::size_t provider, pathway, step;
};

/// Of each step of a pathway the scenarios of the dates on which the ways on from it are different ones.
using Differing = std::vector<std::vector<std::vector<Scenario const*>>>;

Differing differing(std::vector<Scenario const*> const& versions) {
  Differing all;
  auto const& pathways = versions[0]->pathways;
  for (std::size_t p = 0; p < pathways.size(); ++p) {
    auto& of_pathway = all.emplace_back();
    for (std::size_t s = 0; s < pathways.items[p].second.steps.size(); ++s) {
      auto& kept = of_pathway.emplace_back();
      for (auto const* version : versions) {
        auto const& step = version->pathways.items[p].second.steps.items[s].second;
        bool const known = std::any_of(kept.begin(), kept.end(), [&](Scenario const* other) {
          auto const& before = other->pathways.items[p].second.steps.items[s].second;
          return before.then == step.then && before.to == step.to && before.odds == step.odds &&
                 before.starts == step.starts;
        });
        if (!known) kept.push_back(version);
      }
    }
  }
  return all;
}

// Where patients of a stream can come to: providers matter, since transfers and next steps may depend on them.
class Walk {
 public:
  Walk(Scenario const& scenario, std::vector<Scenario const*> const& versions, Places& seen)
      : scenario_(scenario), versions_(versions), differing_(differing(versions)), seen_(seen), nobody_(seen) {}

  void stream(std::size_t k) {
    auto const& stream = scenario_.demand.items[k].second;
    auto const pathway = scenario_.pathways.index_of(stream.pathway);
    if (!pathway) return;
    patients_ = possible_patients(versions_, k);
    here_ = nobody_;
    if (stream.volume.empty() || !stream.provider.empty()) {
      if (auto const provider = scenario_.providers.index_of(stream.provider)) begin(*provider, *pathway);
    } else {
      for (auto const& [name, volume] : stream.volume)
        if (auto const provider = scenario_.providers.index_of(name)) begin(*provider, *pathway);
    }
    for (auto const& [name, waiting] : scenario_.waiting)
      for (auto const& place : places_of(waiting, scenario_)) {
        auto const provider = scenario_.providers.index_of(place.provider);
        auto const in = scenario_.pathways.index_of(place.pathway);
        if (place.like == scenario_.demand.items[k].first && provider && in) come_to({*provider, *in, 0}, place.step);
      }
    run();
  }

 private:
  void begin(std::size_t provider, std::size_t pathway) {
    come_to({provider, pathway, 0}, scenario_.pathways.items[pathway].second.start);
  }
  void come_to(Place place, std::string const& name) {
    auto const step = scenario_.pathways.items[place.pathway].second.steps.index_of(name);
    if (!step || here_[place.provider][place.pathway][*step]) return;
    here_[place.provider][place.pathway][*step] = true;
    seen_[place.provider][place.pathway][*step] = true;
    open_.push_back({place.provider, place.pathway, *step});
  }
  template <class T, class Follow>
  void each(Scenario const& version, Table<T> const& table, Follow follow) const {
    for (auto const* row : possible_rows(version, table, patients_)) follow(row->value);
  }

  // Patients who come in on one date go on as it is at a later one, so the ways of all dates count.
  void run() {
    while (!open_.empty()) {
      auto const at = open_.back();
      open_.pop_back();
      for (auto const* version : differing_[at.pathway][at.step]) follow(*version, at);
    }
  }

  void follow(Scenario const& version, Place at) {
    auto const& step = version.pathways.items[at.pathway].second.steps.items[at.step].second;
    patients_.provider = &scenario_.providers.items[at.provider].first;
    std::vector<std::size_t> providers{at.provider};
    if (record_of(step.kind).moves) {
      providers.clear();
      each(version, step.to, [&](Shares const& shares) {
        for (auto const& [name, share] : shares)
          if (auto const provider = scenario_.providers.index_of(name); provider && share > 0)
            providers.push_back(*provider);
      });
    }
    move(step, at);
    for (auto const provider : providers) {
      // the next step is chosen where the patient then is
      patients_.provider = &scenario_.providers.items[provider].first;
      each(version, step.then, [&](Shares const& shares) {
        for (auto const& [name, share] : shares)
          if (share > 0 && !never(step.odds, name)) come_to({provider, at.pathway, 0}, name);
      });
    }
    patients_.provider = &scenario_.providers.items[at.provider].first;
    for (auto const& [name, chance] : step.starts)
      each(version, chance, [&, &first = name](double probability) {
        if (probability > 0) come_to(at, first);
      });
    for (auto const* name : {&step.joins_at, &step.when_full}) come_to(at, *name);
    for (auto const& [name, leaves] : step.gives_up) come_to(at, leaves.then);
    if (step.did_not_attend) come_to(at, step.did_not_attend->then);
    if (record_of(step.kind).continues)
      if (auto const pathway = scenario_.pathways.index_of(step.pathway)) begin(at.provider, *pathway);
  }

  // Those who wait for a session, which is what rules look at, may be moved to the list of another provider.
  void move(Step const& step, Place at) {
    if (scenario_.rules.empty() || record_of(step.kind).waits_for != ResourceKind::sessions) return;
    auto const& [name, here] = scenario_.providers.items[at.provider];
    auto const waited = waited_for(scenario_, here, step);
    for (auto const& [rule_name, rule] : scenario_.rules) {
      if (rule.kind != RuleKind::move || !waited.second || rule.resource != waited.first) continue;
      auto const places = among(scenario_, rule);
      auto const* resource = here.resources.find(rule.resource);
      auto const& owner = resource && !resource->at.empty() ? resource->at : name;
      if (std::find(places.begin(), places.end(), owner) == places.end()) continue;
      for (auto const& there : places)
        if (auto const provider = scenario_.providers.index_of(there))
          come_to({*provider, at.pathway, at.step},
                  scenario_.pathways.items[at.pathway].second.steps.items[at.step].first);
    }
  }

  Scenario const& scenario_;
  std::vector<Scenario const*> const& versions_;
  Differing const differing_;
  Places& seen_;
  Places nobody_, here_;
  std::vector<Place> open_;
  Possible patients_;
};

bool exists_anywhere(Scenario const& scenario, std::string const& resource) {
  return std::any_of(scenario.providers.begin(), scenario.providers.end(),
                     [&](auto const& provider) { return provider.second.resources.find(resource) != nullptr; });
}

// "appointments wait for sessions, servers for servers, meetings for a meeting"
std::string who_waits_for_what() {
  std::string text;
  for (auto const& record : step_records)
    if (record.waits_on_list())
      text += fmt::format("{}{}{} for {}", text.empty() ? "" : ", ", record.plural, text.empty() ? " wait" : "",
                          record_of(*record.waits_for).noun);
  return text;
}

// What is wrong at several providers is told once, with their names between `before` and `after`.
struct Finding {
  std::string pointer, before, after, mend;
  std::vector<std::string> providers;
};

struct PlaceCheck {
  Sheet& sheet;
  std::string const& provider_name;
  Provider const& provider;
  std::string const& step_name;
  Step const& step;
  std::string at;
  std::vector<Finding>& found;

  [[nodiscard]] std::string needs_pointer(std::string const& resource) const {
    return step.needs.size() == 1 && step.needs.items[0].second == 1 ? under(at, "needs")
                                                                     : under(at, "needs", resource);
  }
  void tell(std::string const& pointer, std::string const& before, std::string const& after,
            std::string const& mend) const {
    for (auto& finding : found)
      if (finding.pointer == pointer && finding.before == before && finding.after == after) {
        finding.providers.push_back(provider_name);
        return;
      }
    found.push_back({pointer, before, after, mend, {provider_name}});
  }

  void run() const {
    bool complete = true;
    for (auto const& [name, count] : step.needs) {
      auto const* resource = resource_at(sheet.scenario, provider, name);
      if (!resource) {
        complete = false;
        // a resource that is nowhere, or elsewhere in vain, has been told
        if (!provider.resources.find(name) && exists_anywhere(sheet.scenario, name))
          tell(needs_pointer(name), "patients come to this step at ", ", where there is no resource \"" + name + "\"",
               "add it there, or say with \"at\" whose is used, or transfer the patients");
        continue;
      }
      bool const exists = !resource->openings.empty() || resource->servers;
      auto const most = most_ever(sheet, provider_name, name);
      if (exists && most == 0)
        tell(needs_pointer(name), "this step needs \"" + name + "\", but at ",
             " there is never any, so nobody would ever be served", "");
      else if (exists && most > 0 && count > most)
        tell(needs_pointer(name), fmt::format("this step needs {} of \"{}\", but at ", count, name),
             fmt::format(" there {} never more than {} at one time, so nobody would ever be served",
                         most == 1 ? "is" : "are", most),
             "");
    }
    if (!complete) return;
    kinds();
    rooms();
  }

  void kinds() const {
    auto const [waited, resource] = waited_for(sheet.scenario, provider, step);
    if (!resource) return;
    auto const& kind = record_of(step.kind);
    if (kind.waits_for != resource->kind)
      return tell(needs_pointer(waited), fmt::format("{} cannot wait for \"{}\", which at ", kind.noun, waited),
                  fmt::format(" is of kind {}", word_of(resource->kind)), who_waits_for_what());
    for (auto const& [name, count] : step.needs) {
      auto const* other = resource_at(sheet.scenario, provider, name);
      if (other == resource) continue;
      if (other->kind == ResourceKind::meeting || resource->kind == ResourceKind::meeting)
        tell(under(at, "needs", name), "a meeting cannot be needed together with other resources (at ", ")", "");
    }
  }

  void rooms() const {
    auto const [waited, resource] = waited_for(sheet.scenario, provider, step);
    if (resource && resource->waiting_room && resource->when_full == WhenFull::turn_away && step.when_full.empty())
      tell(at, "the waiting room of \"" + waited + "\" at ",
           " can be full, but this step does not say where those turned away go",
           "add \"when_full\" to the step, or \"when_full\": \"hold\" to the resource");
  }
};

Places seen_by_patients(Sheet const& sheet) {
  auto const& scenario = sheet.scenario;
  std::vector<std::vector<bool>> of_provider;
  for (auto const& [name, pathway] : scenario.pathways) of_provider.emplace_back(pathway.steps.size(), false);
  Places seen(scenario.providers.size(), of_provider);
  Walk walk(scenario, sheet.versions, seen);
  for (std::size_t k = 0; k < scenario.demand.size(); ++k) walk.stream(k);
  return seen;
}

}  // namespace

Places places_of(Sheet const& sheet) {
  if (sheet.of_all_dates == nullptr) return seen_by_patients(sheet);
  if (!sheet.of_all_dates->seen) sheet.of_all_dates->seen = seen_by_patients(sheet);
  return *sheet.of_all_dates->seen;
}

void check_places(Sheet& sheet) {
  auto const& scenario = sheet.scenario;
  auto const seen = places_of(sheet);
  std::vector<Finding> found;
  for (std::size_t p = 0; p < scenario.pathways.size(); ++p) {
    auto const& [pathway_name, pathway] = scenario.pathways.items[p];
    for (std::size_t s = 0; s < pathway.steps.size(); ++s) {
      auto const& [name, step] = pathway.steps.items[s];
      if (!waits_on_list(step.kind)) continue;
      for (std::size_t i = 0; i < scenario.providers.size(); ++i)
        if (seen[i][p][s])
          PlaceCheck{sheet,
                     scenario.providers.items[i].first,
                     scenario.providers.items[i].second,
                     name,
                     step,
                     under("/pathways", pathway_name, "steps", name),
                     found}
              .run();
    }
  }
  for (auto const& finding : found)
    sheet.add(finding.pointer, finding.before + list_of(finding.providers) + finding.after, finding.mend);
}

std::int64_t most_ever(Sheet const& sheet, std::string const& provider, std::string const& resource) {
  auto const [known, is_new] = sheet.of_all_dates->most.try_emplace({provider, resource}, 0);
  std::int64_t& most = known->second;
  if (!is_new) return most;
  for (auto const* version : sheet.versions) {
    auto const* there = version->providers.find(provider);
    auto const* what = there ? resource_at(*version, *there, resource) : nullptr;
    if (!what) continue;
    auto const now = most_at_once(*what);
    if (now < 0) return most = -1;
    most = std::max(most, now);
  }
  return most;
}

}  // namespace cwtsim::scenario
