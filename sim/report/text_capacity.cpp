#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cwtsim/files/table.hpp"
#include "layout.hpp"
#include "text_sections.hpp"

namespace cwtsim::report {
namespace {

using experiment::Estimates;

constexpr std::size_t most_rows = 12;

std::string interval(std::optional<Estimate> const& e) {
  if (!e) return "-";
  if (!e->low) return a_few(e->value);
  return fmt::format("{} ({} to {})", a_few(e->value), a_few(std::max(0.0, *e->low)), a_few(*e->high));
}

Tone tone_of_use(double utilisation) {
  if (utilisation >= 0.95) return Tone::bad;
  return utilisation >= 0.85 ? Tone::middling : Tone::plain;
}

}  // namespace

void append_steps(std::string& out, Estimates const& e, Colour colour) {
  struct Days {
    double visits = 0, waiting = 0, taken = 0;
  };
  std::map<std::string, Days> by_step;
  Days all;
  for (auto const& s : e.steps) {
    auto& days = by_step[s.step];
    days.visits += s.visits;
    days.waiting += s.visits * s.mean_wait_days;
    days.taken += s.visits * s.mean_service_days;
    all.waiting += s.visits * s.mean_wait_days;
    all.taken += s.visits * s.mean_service_days;
  }
  std::vector<std::pair<std::string, Days>> steps(by_step.begin(), by_step.end());
  std::stable_sort(steps.begin(), steps.end(), [](auto const& a, auto const& b) {
    return a.second.waiting + a.second.taken > b.second.waiting + b.second.taken;
  });
  double const total = all.waiting + all.taken;
  if (total <= 0) return;
  append_heading(out, "Where the days go", colour);
  Columns columns{{"pathway/step", "visits", "mean wait", "mean time taken", "% of waiting", "% of all days"}, 1, {}};
  for (auto const& [name, days] : steps) {
    if (columns.rows.size() == most_rows || days.visits == 0) break;
    columns.rows.push_back({printable(name), grouped(days.visits), length_of_time(days.waiting / days.visits),
                            length_of_time(days.taken / days.visits),
                            all.waiting > 0 ? percent(days.waiting / all.waiting) : "-",
                            percent((days.waiting + days.taken) / total)});
  }
  append_columns(out, columns, colour);
  if (steps.size() > columns.rows.size())
    out += fmt::format("  and {} steps more, with fewer days\n", steps.size() - columns.rows.size());
}

void append_resources(std::string& out, Estimates const& e, Colour colour) {
  std::vector<experiment::ResourceUse const*> fullest;
  for (auto const& r : e.resources)
    if (r.utilisation) fullest.push_back(&r);
  if (fullest.empty()) return;
  std::stable_sort(fullest.begin(), fullest.end(),
                   [](auto const* a, auto const* b) { return a->utilisation->value > b->utilisation->value; });
  append_heading(out, "The fullest resources", colour);
  Columns columns{{"resource", "at", "offered a week", "% used", "mean wait", "waiting at the end"}, 2, {}};
  for (auto const* r : fullest) {
    if (columns.rows.size() == most_rows) break;
    columns.rows.push_back({printable(r->name),
                            name_for_people(e, "provider", r->provider),
                            a_few(r->offered_per_week) + " " + r->unit,
                            {percent(r->utilisation->value), tone_of_use(r->utilisation->value)},
                            r->mean_wait_days ? length_of_time(r->mean_wait_days->value) : "-",
                            interval(r->waiting_at_end)});
  }
  append_columns(out, columns, colour);
  if (fullest.size() > columns.rows.size())
    out += fmt::format("  and {} less full\n", fullest.size() - columns.rows.size());
}

void append_waiting_list(std::string& out, Estimates const& e, Colour colour) {
  if (e.open.empty()) return;
  append_heading(out, "Waiting at the end", colour);
  auto const& last = e.open.back().month;
  for (auto const& o : e.open) {
    auto const& stratum = e.strata[o.stratum];
    if (stratum.dimension != "all" || o.month != last) continue;
    auto const& standard = e.standards[stratum.standard];
    auto text = fmt::format("{}: {} clocks running at the end of {}", printable(standard.label), interval(o.open),
                            printable(o.month));
    for (std::size_t k = 0; k < o.beyond.size(); ++k)
      text += fmt::format("; {} for more than {} days", interval(o.beyond[k]), standard.long_waits[k]);
    append_wrapped(out, text + ".", 2);
  }
}

}  // namespace cwtsim::report
