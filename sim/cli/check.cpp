#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/experiment/allotted.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/report/text.hpp"
#include "cwtsim/study/summary.hpp"

namespace cwtsim::cli {
namespace {

using files::printable;

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

void append_opening(std::string& out, scenario::Scenario const& s, study::Summary const& summary) {
  out += printable(s.name) + (s.summary.empty() ? "" : ": " + printable(s.summary)) + '\n';
  out += fmt::format("{} to {} measured, after {} of warm-up. {}, {}, {}, {}.\n", format_date(summary.first_measured),
                     format_date(summary.last_measured), format_period(s.horizon.warm_up),
                     counted(s.providers.size(), "provider", "providers"),
                     counted(s.demand.size(), "stream of referrals", "streams of referrals"),
                     counted(s.pathways.size(), "pathway", "pathways"),
                     counted(s.standards.size(), "standard", "standards"));
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

void append_pathways(std::string& out, std::vector<scenario::PathSummary> const& summaries, bool all) {
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

void append_times(std::string& out, study::Summary const& summary) {
  if (summary.times.empty()) return;
  out += "\nIf nobody ever waited\n";
  for (std::size_t i = 0; i < summary.times.size(); ++i) {
    auto const& time = summary.times[i];
    out += "  " + printable(time.standard) + ": ";
    out += time.median_days < 0
               ? "no clock stops"
               : fmt::format("half would take {:.1f} days or less, {} allowed", time.median_days, time.limit_days);
    if (auto const ceiling = report::ceiling_words(summary.ceilings[i]); !ceiling.empty())
      out += fmt::format("; {} if they waited for the next opening and never for room", ceiling);
    out += '\n';
  }
}

/// To a tenth where a whole number would hide on which side of 100 % it is.
std::string percent_of(double share) {
  return share > 0.95 && share < 1.05 ? fmt::format("{:.1f}%", 100 * share) : fmt::format("{:.0f}%", 100 * share);
}

std::string verdict_of(study::Load const& load) {
  std::string const until = load.grows_from.empty() ? "" : " from " + load.grows_from + " on";
  bool const starved = load.let_through < 1;
  std::string words;
  switch (load.verdict) {
    case study::Verdict::keeps_up:
      break;
    case study::Verdict::catches_up:
      words = fmt::format("; over 100% in {}, and caught up with since", counted(load.months_over, "month", "months"));
      break;
    case study::Verdict::unsure:
      words = "; too close to 100% to say whether this list grows";
      break;
    case study::Verdict::grows:
      words = starved && load.let_through * load.share <= 1
                  ? "; this list would grow" + until + " if it got all of that"
                  : ": this list grows without limit" + until;
      break;
  }
  if (starved)
    words +=
        fmt::format("; it gets {} of that, what {} lets through", percent_of(load.let_through), printable(load.behind));
  return words;
}

std::string load_line(study::Load const& load) {
  auto line = "  " + printable(load.resource) + (load.with.empty() ? "" : " with " + printable(load.with)) +
              fmt::format(" at {}: {:.1f} {}/week wanted, ", printable(load.provider), load.wanted, load.unit);
  if (!std::isfinite(load.offered)) return line + "all who come are taken\n";
  line += fmt::format("{:.1f} offered", load.offered);
  if (load.fits < load.offered * (1 - 1e-6))
    line += fmt::format(", {:.1f} of them in whole visits", load.fits);
  else if (load.fits > load.offered * (1 + 1e-6))
    line += fmt::format(", {:.1f} with what overruns the closing", load.fits);
  if (load.fits > 0 && std::isfinite(load.share)) {
    line += " (" + percent_of(load.share);
    if (load.error >= 0.0005) line += fmt::format(" ± {:.1f}", 200 * load.error);
    line += ")";
  }
  return line + fmt::format(" in {}", load.month) + verdict_of(load) + '\n';
}

/// Those that are worth a word, the fullest of them first; with `all` every one.
void append_loads(std::string& out, std::vector<study::Load> const& loads, bool all) {
  if (loads.empty()) return;
  out += "\nOffered load against capacity, each in its worst month (all that those who come in it will ask for)\n";
  std::size_t told = 0, more = 0;
  for (auto const& load : loads) {
    bool const worth = load.share >= worth_telling;
    if (all || loads.size() <= few_resources || (worth && (told < few_resources || load.share > 1))) {
      out += load_line(load);
      ++told;
    } else if (worth) {
      ++more;
    }
  }
  if (more > 0)
    out +=
        fmt::format("  and {} more at {:.0f}% or above\n", counted(more, "resource", "resources"), 100 * worth_telling);
  if (auto const below = loads.size() - told - more; below > 0)
    out += fmt::format("  and {} below {:.0f}% (--all tells them too)\n", counted(below, "resource", "resources"),
                       100 * worth_telling);
}

/// Roles of which more are wanted than there are, in a week or at once, are told before the others.
void append_people(std::string& out, std::vector<study::PeopleLoad> const& loads, bool all) {
  if (loads.empty()) return;
  bool const every = all || loads.size() <= few_resources;
  out += "\nPeople whom sessions want, against people there\n";
  std::size_t told = 0, more = 0;
  for (auto const& load : loads) {
    bool const short_of = load.share >= worth_telling || static_cast<double>(load.at_once) > load.at_work;
    if (!every && (!short_of || told == few_resources)) {
      more += short_of ? 1 : 0;
      continue;
    }
    ++told;
    out += fmt::format("  {} at {}: {:.1f} people times sessions/week wanted, {:.1f} there", printable(load.role),
                       printable(load.provider), load.wanted, load.there);
    if (load.wanted > 0 && std::isfinite(load.share)) out += " (" + percent_of(load.share) + ")";
    if (load.at_once > 0)
      out += fmt::format("; {} at once on {}, {:.1f} at work", load.at_once, load.when, load.at_work);
    out += '\n';
  }
  if (more > 0) out += fmt::format("  and {} more that are short of people\n", counted(more, "role", "roles"));
  if (auto const rest = loads.size() - told - more; rest > 0)
    out += fmt::format("  and {} that are not (--all tells them too)\n", counted(rest, "role", "roles"));
}

}  // namespace

ExitCode check(CheckOptions const& options) {
  listen_to_signals(std::nullopt);
  auto const arm = load_arm({options.scenario, {}});
  if (!arm) return ExitCode::bad_input;
  auto const summary = study::summarise(*arm, experiment::threads_within(experiment::allotted(), 0));
  std::string out;
  append_opening(out, arm->scenario, summary);
  out += report::levers_text(arm->pulled, options.everything);
  append_pathways(out, summary.pathways, options.everything);
  append_times(out, summary);
  append_loads(out, summary.loads, options.everything);
  append_people(out, summary.people, options.everything);
  out += report::foundations_text(study::foundations_of(summary),
                                  options.everything ? report::Amount::all : report::Amount::few);
  return say(out);
}

}  // namespace cwtsim::cli
