#include "leaning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "cwtsim/report/table.hpp"

namespace cwtsim::cli {
namespace {

using report::printable;
using scenario::Mark;

constexpr std::size_t few = 5;

/// A number nobody measured, in words, and how much leans on it.
struct Leaning {
  std::string words;
  double weight = 0;
};

bool unfounded(scenario::Evidence const& evidence) {
  return evidence.mark == Mark::assumed || evidence.mark == Mark::none;
}

std::string unmarked(scenario::Evidence const& evidence) {
  return evidence.mark == Mark::none ? " (unmarked)" : "";
}

/// The heaviest first, on one line each kind; nothing where there are none.
std::string line(std::string_view what, std::vector<Leaning> leanings, bool all) {
  std::erase_if(leanings, [](Leaning const& l) { return l.weight <= 0; });
  if (leanings.empty()) return {};
  auto const heavier = [](Leaning const& a, Leaning const& b) { return a.weight > b.weight; };
  std::stable_sort(leanings.begin(), leanings.end(), heavier);
  auto const told = all ? leanings.size() : std::min(few, leanings.size());
  auto out = fmt::format("  {}: ", what);
  for (std::size_t i = 0; i < told; ++i) out += (i == 0 ? "" : ", ") + leanings[i].words;
  if (told < leanings.size()) out += fmt::format(" and {} more", leanings.size() - told);
  return out + '\n';
}

scenario::Step const* step_of(scenario::Scenario const& s, std::string const& name) {
  auto const slash = name.find('/');
  auto const* const pathway = s.pathways.find(name.substr(0, slash));
  return pathway == nullptr ? nullptr : pathway->steps.find(name.substr(slash + 1));
}

std::string times_text(scenario::Scenario const& s, model::Model const& model, engine::Walk const& walk,
                       std::size_t standard, bool all) {
  auto const& days = walk.days_in[standard];
  double total = 0;
  for (double d : days) total += d;
  std::vector<Leaning> leanings;
  for (std::size_t i = 0; i < days.size(); ++i) {
    auto const* const step = step_of(s, model.names.steps[i]);
    if (step == nullptr || !unfounded(step->evidence)) continue;
    double const share = days[i] / total;
    leanings.push_back(
        {fmt::format("{} {:.1f}%{}", printable(model.names.steps[i]), 100 * share, unmarked(step->evidence)), share});
  }
  return line(fmt::format("times, of all days of {}", printable(model.names.standards[standard])), std::move(leanings),
              all);
}

std::string ways_text(scenario::Scenario const& s, model::Model const& model, engine::Walk const& walk, bool all) {
  std::vector<Leaning> leanings;
  for (std::size_t i = 0; i < walk.apart.size(); ++i) {
    auto const* const step = step_of(s, model.names.steps[i]);
    if (step == nullptr || !unfounded(step->evidence)) continue;
    leanings.push_back(
        {fmt::format("{} {:.0f}{}", printable(model.names.steps[i]), walk.apart[i], unmarked(step->evidence)),
         walk.apart[i]});
  }
  return line("shares, patients a week who go another way than most", std::move(leanings), all);
}

std::string capacities_text(scenario::Scenario const& s, model::Model const& model, engine::Walk const& walk,
                            bool all) {
  std::vector<Leaning> leanings;
  for (std::size_t i = 0; i < walk.wanted.size(); ++i) {
    auto const& resource = model.phases.front().resources[i];
    auto const& provider = model.names.providers[resource.provider];
    auto const& name = model.names.resource_names[resource.name];
    auto const* const written = s.providers.find(provider);
    auto const* const evidence = written == nullptr ? nullptr : written->resources.find(name);
    if (evidence == nullptr || !evidence->at.empty() || !unfounded(evidence->evidence)) continue;
    if (walk.offered[i] <= 0 || std::isinf(walk.offered[i])) continue;
    double const load = walk.wanted[i] / walk.offered[i];
    leanings.push_back({fmt::format("{} at {} {:.0f}%{}", printable(name), printable(provider), 100 * load,
                                    unmarked(evidence->evidence)),
                        load});
  }
  return line("capacities, wanted of offered", std::move(leanings), all);
}

bool is_drawn(scenario::Attribute const& attribute) {
  auto const uncertain = [](auto const& row) { return row.value.size() > 1; };
  return std::any_of(attribute.shares.rows.begin(), attribute.shares.rows.end(), uncertain);
}

std::string attributes_text(scenario::Scenario const& s, bool all) {
  std::vector<std::string> cuts;
  for (auto const& [name, standard] : s.standards) cuts.insert(cuts.end(), standard.by.begin(), standard.by.end());
  std::vector<Leaning> leanings;
  for (auto const& [name, attribute] : s.attributes) {
    if (!unfounded(attribute.evidence) || !is_drawn(attribute)) continue;
    std::size_t tables = 0;
    for (auto const& cut : cuts) tables += ('+' + cut + '+').find('+' + name + '+') != std::string::npos ? 1 : 0;
    leanings.push_back(
        {fmt::format("{} {}{}", printable(name), tables, unmarked(attribute.evidence)), static_cast<double>(tables)});
  }
  return line("who the patients are, standards cut by it", std::move(leanings), all);
}

}  // namespace

std::string leaning_text(scenario::Scenario const& scenario, model::Model const& model, engine::Walk const& walk,
                         bool all) {
  std::string out;
  for (std::size_t i = 0; i < model.standards.size(); ++i) out += times_text(scenario, model, walk, i, all);
  out += ways_text(scenario, model, walk, all);
  out += capacities_text(scenario, model, walk, all);
  out += attributes_text(scenario, all);
  return out.empty() ? out : "\nAssumed numbers that the results lean on most\n" + out;
}

}  // namespace cwtsim::cli
