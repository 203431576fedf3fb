#pragma once
// What the parts of the generator share: the choices made so far, and how values are written.

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "json_text.hpp"
#include "random_scenario.hpp"

namespace cwtsim::oracle {

enum class Kind { sessions, servers, meeting };

struct ResourceName {
  std::string name;
  Kind kind;
};

/// Somewhere a dated lever may reach, and what it may put there.
struct Reach {
  std::string pointer;
  std::vector<std::string> values;
};

class World {
 public:
  explicit World(Choices choices) : c(std::move(choices)) {}
  ScenarioText write();

 private:
  // random_scenario.cpp
  std::string horizon();
  std::string attributes();
  std::string demand();
  std::string volume(std::vector<std::string>& members);
  std::string profile();
  std::string by_provider(std::string const& first, std::string const& rest);
  std::string waiting();
  void waiting_time(std::string const& step, std::vector<std::string>& parts);
  std::string standards();
  // random_levers.cpp
  std::string levers(std::string const& scenario);
  std::string change(Reach const& reach, nlohmann::json const& written);
  std::string for_many(std::string pointer);
  // random_providers.cpp
  std::string providers();
  std::string staff(std::size_t provider);
  std::string rules();
  std::string resource(std::string const& provider, ResourceName const& r);
  std::string sessions(std::string const& at, bool& per_week);
  std::string hours(std::string const& at);
  std::string meets(std::string const& at);
  std::string time_of_day(int from_hour, int to_hour);
  // random_pathways.cpp
  struct Chain;
  std::string pathways();
  std::string chain(Chain const& chain, std::vector<std::string>& steps);
  std::string step(Chain const& chain, std::string const& name, std::vector<std::string> const& later,
                   std::string const& back, std::vector<std::string>& steps);
  void queue(Chain const& chain, std::vector<std::string> const& later, std::string const& at, bool of_a_loop,
             std::vector<std::string>& members);
  void queue_extras(Chain const& chain, std::vector<std::string> const& later, std::string const& at, bool appointment,
                    std::vector<std::string>& members);
  std::string reasons(Chain const& chain, std::vector<std::string> const& later);
  void milestones(std::vector<std::string>& members);
  std::string sideways(Chain const& chain, std::vector<std::string> const& later);
  // random_measures.cpp
  std::string measures();
  std::vector<std::string> random_strata();
  std::string ledgers();
  void costs(std::string const& at, int chance, std::vector<std::string>& members);
  // values
  std::string shares(std::vector<std::string> const& names);
  std::string table(std::function<std::string()> const& value);
  std::string factors(bool of_a_loop = false);
  std::string odds(std::vector<std::string> const& outcomes, bool of_a_loop = false);
  std::string short_time(bool of_a_loop = false);
  std::string long_time();
  std::string number(std::initializer_list<char const*> values) { return c.text_of(values); }

  Choices c;
  int minutes = 30;    ///< times of day are multiples of this
  int days = 7;        ///< of the horizon
  bool brief = false;  ///< some hours with many arrivals
  bool doubles = false;
  bool hold_allowed = true;
  bool money = false;
  std::string first_date;
  std::vector<std::string> attribute_names, settable, findable;
  std::vector<std::vector<std::string>> attribute_levels;
  std::vector<std::string> provider_names, stream_names, groups;
  std::vector<ResourceName> resources;
  std::vector<std::vector<std::string>> owned;  ///< by provider: resources of its own
  std::vector<std::string> profile_names;
  std::vector<std::vector<std::string>> steps_of;  ///< by pathway; no ends
  std::vector<std::size_t> pathway_of;             ///< by stream
  std::set<std::string> lists, missable;           ///< "/pathways/way0/steps/s1": those waited at, and missed
  std::vector<std::string> milestones_reached, made_adjustments;
  std::vector<Reach> reaches;
  int standard_count = 0;
  int pathway_count = 1;
};

}  // namespace cwtsim::oracle
