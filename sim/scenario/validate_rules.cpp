#include <algorithm>
#include <cmath>

#include "cwtsim/scenario/days.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

struct RuleCheck {
  Sheet& sheet;
  Rule const& rule;
  std::string at;

  void moments() const {
    if (!parse_days(rule.on))
      sheet.add(under(at, "on"), "\"" + rule.on + "\" does not name days of the week, each once",
                "Write \"daily\", \"mon-fri\" or \"tue,thu\", say");
    check_on_tick(sheet, under(at, "at"), rule.at);
    check_distribution(sheet, under(at, "takes"), rule.takes);
  }

  // Its resource is of kind sessions, at each of its providers.
  void places() const {
    auto const& providers = sheet.scenario.providers;
    bool const anywhere = std::any_of(providers.begin(), providers.end(), [&](auto const& provider) {
      return provider.second.resources.find(rule.resource) != nullptr;
    });
    if (!anywhere) {
      std::vector<std::string> names;
      for (auto const& [provider, what] : providers)
        for (auto const& [name, resource] : what.resources)
          if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      is_known(sheet, under(at, "resource"), "resource", rule.resource, names);
      return;
    }
    for (std::size_t i = 0; i < rule.among.size(); ++i) {
      auto const pointer = item_pointer(under(at, "among"), rule.among, i);
      if (is_known(sheet, pointer, "provider", rule.among[i], names_of(providers))) place(pointer, rule.among[i]);
    }
    if (rule.among.empty())
      for (auto const& name : among(sheet.scenario, rule)) place(under(at, "resource"), name);
    if (rule.kind == RuleKind::move && among(sheet.scenario, rule).size() < 2)
      sheet.add(under(at, rule.among.empty() ? "resource" : "among"), "there is nowhere else to move patients to",
                "name two providers or more that have a list of their own");
  }

  void place(std::string const& pointer, std::string const& provider) const {
    auto const* resource = sheet.scenario.providers.find(provider)->resources.find(rule.resource);
    if (!resource)
      sheet.add(pointer, "there is no resource \"" + rule.resource + "\" at \"" + provider + "\"");
    else if (!resource->at.empty())
      sheet.add(pointer, "the \"" + rule.resource + "\" of \"" + provider + "\" is that of \"" + resource->at + "\"",
                "name \"" + resource->at + "\"");
    else if (resource->kind != ResourceKind::sessions)
      sheet.add(pointer,
                "the \"" + rule.resource + "\" of \"" + provider + "\" is of kind " +
                    std::string(word_of(resource->kind)) +
                    ", and rules look at sessions: only these offer slots a week",
                "");
  }

  void amounts() const {
    if (rule.kind == RuleKind::move && !rule.when_gap)
      sheet.add(at, "it does not say when patients are moved", "add \"when_gap\"");
    if (rule.kind == RuleKind::capacity && !rule.when_waiting)
      sheet.add(at, "it does not say when the capacity begins", "add \"when_waiting\"");
    if (rule.when_waiting && rule.until_waiting && rule.until_waiting->seconds > rule.when_waiting->seconds)
      sheet.add(under(at, "until_waiting"), "it would end before it begins", "Write no more than \"when_waiting\"");
    if (rule.scale && !(*rule.scale >= 0 && std::isfinite(*rule.scale)))
      sheet.add(under(at, "scale"), "slots cannot be " + number(*rule.scale) + " times as many");
  }
};

}  // namespace

std::vector<std::string> among(Scenario const& scenario, Rule const& rule) {
  std::vector<std::string> providers = rule.among;
  if (!providers.empty()) return providers;
  for (auto const& [name, provider] : scenario.providers)
    if (auto const* resource = provider.resources.find(rule.resource); resource && resource->at.empty())
      providers.push_back(name);
  return providers;
}

void check_rules(Sheet& sheet) {
  for (auto const& [name, rule] : sheet.scenario.rules) {
    RuleCheck const check{sheet, rule, under("/rules", name)};
    check.moments();
    check.places();
    check.amounts();
  }
}

}  // namespace cwtsim::scenario
