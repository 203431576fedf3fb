#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/engine/walk.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/report/table.hpp"
#include "cwtsim/scenario/graph.hpp"
#include "evidence.hpp"
#include "leaning.hpp"

namespace cwtsim::cli {
namespace {

using report::printable;

constexpr std::uint32_t walkers = 400'000;
constexpr std::size_t few_pathways = 6, few_resources = 12;
constexpr double worth_telling = 0.85;

std::string joined(std::vector<std::string> const& words, std::string_view between) {
  std::string out;
  for (auto const& word : words) out += (out.empty() ? "" : std::string(between)) + printable(word);
  return out;
}

std::string counted(std::size_t n, std::string_view one, std::string_view more) {
  return fmt::format("{} {}", n, n == 1 ? one : more);
}

void append_opening(std::string& out, scenario::Scenario const& s, model::Model const& model) {
  out += printable(s.name) + (s.summary.empty() ? "" : ": " + printable(s.summary)) + '\n';
  auto const day = [&](Tick t) {
    return format_date(model.first_day + static_cast<std::int32_t>(t / model.ticks_per_day));
  };
  out += fmt::format(
      "{} to {} measured, after {} of warm-up. {}, {}, {}, {}.\n", day(model.measure_from), day(model.end - 1),
      format_period(s.horizon.warm_up), counted(s.providers.size(), "provider", "providers"),
      counted(s.demand.size(), "stream of referrals", "streams of referrals"),
      counted(s.pathways.size(), "pathway", "pathways"), counted(s.standards.size(), "standard", "standards"));
}

std::string clock_text(scenario::ClockPath const& clock) {
  if (!clock.can_stop) return fmt::format("{} starts and never stops", printable(clock.standard));
  return fmt::format("{} {:.1f} of {} days", printable(clock.standard), clock.days, clock.limit_days);
}

/// A line a pathway.
void append_pathway_line(std::string& out, scenario::PathSummary const& summary) {
  std::vector<std::string> clocks;
  for (auto const& clock : summary.clocks) clocks.push_back(clock_text(clock));
  out += fmt::format("  {}: {}{}\n", printable(summary.pathway), counted(summary.steps.size(), "step", "steps"),
                     clocks.empty() ? "" : "; at best " + joined(clocks, ", "));
}

/// With its steps, and the fastest way through them.
void append_pathway(std::string& out, scenario::PathSummary const& summary) {
  std::vector<std::string> names;
  for (auto const& step : summary.steps) names.push_back(step.name);
  out += fmt::format("  {}: {}: {}\n", printable(summary.pathway), counted(names.size(), "step", "steps"),
                     joined(names, ", "));
  for (auto const& clock : summary.clocks)
    out +=
        fmt::format("    at best {}{}\n", clock_text(clock), clock.can_stop ? ", by " + joined(clock.path, " > ") : "");
}

void append_pathways(std::string& out, scenario::Scenario const& s, bool all) {
  auto const summaries = scenario::summarise_pathways(s);
  bool const brief = !all && summaries.size() > few_pathways;
  out += brief ? "\nPathways (--all tells their steps)\n" : "\nPathways\n";
  for (auto const& summary : summaries) {
    if (brief)
      append_pathway_line(out, summary);
    else
      append_pathway(out, summary);
    for (auto const& observation : summary.observations) out += "    " + printable(observation) + '\n';
  }
}

void append_times(std::string& out, model::Model const& model, engine::Walk const& walk) {
  if (model.standards.empty()) return;
  out += "\nIf nobody ever waited\n";
  for (std::size_t i = 0; i < model.standards.size(); ++i) {
    auto const name = printable(model.names.standards[i]);
    if (walk.median_days[i] < 0)
      out += fmt::format("  {}: no clock stops\n", name);
    else
      out += fmt::format("  {}: half would take {:.1f} days or less, {} allowed\n", name, walk.median_days[i],
                         model.standards[i].limit);
  }
}

std::string_view unit_of(model::ResourceKind kind) {
  switch (kind) {
    case model::ResourceKind::sessions:
      return "slots";
    case model::ResourceKind::servers:
      return "server-hours";
    case model::ResourceKind::meeting:
      return "cases";
  }
  return "";
}

struct Load {
  std::size_t resource = 0;
  double share = 0;  ///< wanted, of offered
};

std::string load_line(model::Model const& model, engine::Walk const& walk, Load const& load) {
  auto const& resource = model.phases.front().resources[load.resource];
  auto line = fmt::format("  {} at {}: {:.1f} {}/week wanted, {:.1f} offered",
                          printable(model.names.resource_names[resource.name]),
                          printable(model.names.providers[resource.provider]), walk.wanted[load.resource],
                          unit_of(resource.kind), walk.offered[load.resource]);
  if (walk.offered[load.resource] > 0) line += fmt::format(" ({:.0f}%)", 100 * load.share);
  if (load.share >= 1) line += ": this list grows without limit";
  return line + '\n';
}

void append_loads(std::string& out, model::Model const& model, engine::Walk const& walk, bool all) {
  std::vector<Load> loads;
  for (std::size_t i = 0; i < walk.wanted.size(); ++i) {
    double const wanted = walk.wanted[i], offered = walk.offered[i];
    loads.push_back({i, wanted <= 0 ? 0 : offered <= 0 ? HUGE_VAL : wanted / offered});
  }
  if (loads.empty()) return;
  std::stable_sort(loads.begin(), loads.end(), [](Load const& a, Load const& b) { return a.share > b.share; });
  bool const every = all || loads.size() <= few_resources;
  out += "\nOffered load against capacity\n";
  std::size_t told = 0;
  for (auto const& load : loads)
    if (every || load.share >= worth_telling) {
      out += load_line(model, walk, load);
      ++told;
    }
  if (told < loads.size())
    out += fmt::format("  and {} below {:.0f}% (--all tells them too)\n",
                       counted(loads.size() - told, "resource", "resources"), 100 * worth_telling);
}

void append_evidence(std::string& out, scenario::Scenario const& s) {
  auto const counts = count_evidence(s).by_mark;
  auto const of = [&counts](scenario::Mark mark) { return counts[static_cast<std::size_t>(mark)]; };
  using scenario::Mark;
  out += fmt::format("\nEvidence: {} observed, {} cited, {} from a strategy, {} derived, {} assumed, {} unmarked\n",
                     of(Mark::observed), of(Mark::cited), of(Mark::strategy), of(Mark::derived), of(Mark::assumed),
                     of(Mark::none));
}

}  // namespace

ExitCode check(CheckOptions const& options) {
  auto const read = load(options.scenario);
  if (!read) return ExitCode::bad_input;
  auto const& base = read->scenario.base;
  auto const model = model::compile(read->scenario);
  auto const walk = engine::walk(model, walkers, static_cast<std::uint64_t>(base.experiment.seed));
  std::string out;
  append_opening(out, base, model);
  append_pathways(out, base, options.everything);
  append_times(out, model, walk);
  append_loads(out, model, walk, options.everything);
  append_evidence(out, base);
  out += leaning_text(base, model, walk, options.everything);
  return say(out);
}

}  // namespace cwtsim::cli
