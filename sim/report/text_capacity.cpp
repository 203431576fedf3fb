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

std::string interval(std::optional<Estimate> const& e, Advice& advice) {
  if (!e) return "-";
  if (!e->low) return a_few(e->value);
  return fmt::format("{} ({} to {}){}", a_few(e->value), a_few(*e->low), a_few(*e->high), advice.mark(e));
}

Tone tone_of_use(double utilisation) {
  if (utilisation >= 0.95) return Tone::bad;
  return utilisation >= 0.85 ? Tone::middling : Tone::plain;
}

}  // namespace

namespace {

std::string days_of(double days) {
  return days < 100 ? a_few(days) : grouped(days);
}

// What the time goes on, over all steps.
void append_accounts(std::string& out, Estimates const& e, Colour colour) {
  struct Account {
    double days = 0, of_branches = 0;
  };
  std::map<std::string, Account> by_name;
  Account all;
  for (auto const& row : e.days) {
    bool const of_patients = row.whose == "patients";
    (of_patients ? by_name[row.meaning].days : by_name[row.meaning].of_branches) += row.days;
    (of_patients ? all.days : all.of_branches) += row.days;
  }
  std::vector<std::pair<std::string, Account>> accounts(by_name.begin(), by_name.end());
  std::stable_sort(accounts.begin(), accounts.end(), [](auto const& a, auto const& b) {
    return a.second.days + a.second.of_branches > b.second.days + b.second.of_branches;
  });
  auto const of = [](double part, double whole) { return whole > 0 ? percent(part / whole) : "-"; };
  Columns columns{{"what the time goes on", "patient-days", "% of them"}, 1, {}};
  if (all.of_branches > 0) columns.headers.insert(columns.headers.end(), {"days of parallel branches", "% of them"});
  for (auto const& [name, days] : accounts) {
    columns.rows.push_back({name, days_of(days.days), of(days.days, all.days)});
    if (all.of_branches > 0) {
      columns.rows.back().push_back(days_of(days.of_branches));
      columns.rows.back().push_back(of(days.of_branches, all.of_branches));
    }
  }
  append_columns(out, columns, colour);
}

}  // namespace

void append_steps(std::string& out, Estimates const& e, Colour colour) {
  if (e.days.empty()) return;
  struct Visits {
    double started = 0, finished = 0, waiting = 0, taken = 0, held = 0, share_of_days = 0;
    std::optional<double> share_of_waiting;  ///< nothing where nobody waits anywhere
  };
  std::map<std::string, Visits> by_step;
  bool any_held = false;
  for (auto const& s : e.steps) {
    auto& step = by_step[s.step];
    step.started += s.visits;
    step.finished += s.finished;
    step.waiting += s.visits * s.mean_wait_days.value_or(0);
    step.taken += s.finished * s.mean_service_days.value_or(0);
    if (s.share_of_waiting) step.share_of_waiting = step.share_of_waiting.value_or(0) + *s.share_of_waiting;
    step.share_of_days += s.share_of_days.value_or(0);
  }
  for (auto const& row : e.days)
    if (row.account == "held") {
      by_step[row.step].held += row.days;
      any_held = true;
    }
  std::vector<std::pair<std::string, Visits>> steps(by_step.begin(), by_step.end());
  std::stable_sort(steps.begin(), steps.end(),
                   [](auto const& a, auto const& b) { return a.second.share_of_days > b.second.share_of_days; });
  append_heading(out, "Where the days go", colour);
  Columns columns{{"pathway/step", "visits", "mean wait", "mean time taken", "% of waiting", "% of all days"}, 1, {}};
  if (any_held) columns.headers.insert(columns.headers.begin() + 4, "days held after it");
  for (auto const& [name, step] : steps) {
    if (columns.rows.size() == most_rows) break;
    columns.rows.push_back(
        {printable(name), grouped(step.started), step.started > 0 ? length_of_time(step.waiting / step.started) : "-",
         step.finished > 0 ? length_of_time(step.taken / step.finished) : "-",
         step.share_of_waiting ? percent(*step.share_of_waiting) : "-", percent(step.share_of_days)});
    auto& row = columns.rows.back();
    if (any_held) row.insert(row.begin() + 4, step.held > 0 ? days_of(step.held) : "-");
  }
  append_columns(out, columns, colour);
  if (steps.size() > columns.rows.size())
    out += fmt::format("  and {} steps more, with fewer days\n", steps.size() - columns.rows.size());
  out += '\n';
  append_accounts(out, e, colour);
}

namespace {

/// Work that goes on after closing is no part of "% used", which is of what was open.
void append_overruns(std::string& out, std::vector<experiment::ResourceUse const*> resources, Estimates const& e) {
  std::erase_if(resources, [](auto const* r) { return !(r->overrun_per_week > 0); });
  if (resources.empty()) return;
  std::stable_sort(resources.begin(), resources.end(),
                   [](auto const* a, auto const* b) { return a->overrun_per_week > b->overrun_per_week; });
  constexpr std::size_t most = 3;
  std::string text = "Overrun, which is not in these percentages:";
  for (std::size_t i = 0; i < resources.size() && i < most; ++i)
    text += fmt::format("{} {} at {} {} server hours a week", i > 0 ? "," : "", printable(resources[i]->name),
                        name_for_people(e, "provider", resources[i]->provider), a_few(resources[i]->overrun_per_week));
  if (resources.size() > most) text += fmt::format(", and {} more", resources.size() - most);
  append_wrapped(out, text + ".", 2);
}

}  // namespace

void append_resources(std::string& out, Estimates const& e, Colour colour) {
  std::vector<experiment::ResourceUse const*> fullest;
  for (auto const& r : e.resources)
    if (r.utilisation) fullest.push_back(&r);
  if (fullest.empty()) return;
  std::stable_sort(fullest.begin(), fullest.end(),
                   [](auto const* a, auto const* b) { return a->utilisation->value > b->utilisation->value; });
  append_heading(out, "The fullest resources", colour);
  Advice advice;
  Columns columns{{"resource", "at", "offered a week", "% used", "mean wait", "waiting at the end"}, 2, {}};
  for (auto const* r : fullest) {
    if (columns.rows.size() == most_rows) break;
    columns.rows.push_back({printable(r->name),
                            name_for_people(e, "provider", r->provider),
                            a_few(r->offered_per_week) + " " + r->unit,
                            {percent(r->utilisation->value), tone_of_use(r->utilisation->value)},
                            r->mean_wait_days ? length_of_time(r->mean_wait_days->value) : "-",
                            interval(r->waiting_at_end, advice)});
  }
  append_columns(out, columns, colour);
  if (fullest.size() > columns.rows.size())
    out += fmt::format("  and {} less full\n", fullest.size() - columns.rows.size());
  append_overruns(out, fullest, e);
  advice.append_to(out, e.completed);
}

void append_waiting_list(std::string& out, Estimates const& e, Colour colour) {
  if (e.open.empty()) return;
  append_heading(out, "Waiting at the end", colour);
  auto const& last = e.open.back().month;
  Advice advice;
  for (auto const& o : e.open) {
    auto const& stratum = e.strata[o.stratum];
    if (stratum.dimension != "all" || o.month != last) continue;
    auto const& standard = e.standards[stratum.standard];
    auto text = fmt::format("{}: {} clocks running at the end of {}", printable(standard.label),
                            interval(o.open, advice), printable(o.month));
    for (std::size_t k = 0; k < o.beyond.size(); ++k)
      text += fmt::format("; {} for more than {} days", interval(o.beyond[k], advice), standard.long_waits[k]);
    append_wrapped(out, text + ".", 2);
  }
  advice.append_to(out, e.completed);
}

}  // namespace cwtsim::report
