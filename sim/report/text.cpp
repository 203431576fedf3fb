#include "cwtsim/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cwtsim/files/table.hpp"
#include "layout.hpp"
#include "text_sections.hpp"

namespace cwtsim::report {
namespace {

using experiment::Ended;
using experiment::Estimates;

std::string years_of(Estimates const& e) {
  if (e.measured_days < 2) return fmt::format("{:.1f} hours", e.measured_days * 24);
  if (!e.all_as_a_year.empty()) return e.all_as_a_year;
  if (!e.years.empty() && e.measured_days / 365.25 - static_cast<double>(e.years.size()) < 0.01)
    return fmt::format("{} year{}", e.years.size(), e.years.size() == 1 ? "" : "s");
  return fmt::format("{} days", grouped(e.measured_days));
}

std::string plural(std::uint64_t n, std::string_view word) {
  return fmt::format("{} {}{}", grouped(static_cast<double>(n)), word, n == 1 ? "" : "s");
}

/// What years are, and what of the time is in none.
std::string years_told(Estimates const& e) {
  if (e.years.empty())
    return e.all_as_a_year.empty() && e.measured_days >= 2
               ? "No twelve whole months were measured, so no year is told by itself."
               : "";
  auto text = e.years.size() == 1 ? "The year is " + e.years.front()
                                  : fmt::format("Years are {} to {}", e.years.front(), e.years.back());
  if (!e.in_no_year.empty()) text += fmt::format("; {} is in none, only in figures of all the time", e.in_no_year);
  return text + (e.warm_up_days > 0 ? "; the warm-up is in no figure." : ".");
}

void append_opening(std::string& out, Estimates const& e, Colour colour) {
  auto title = printable(e.scenario);
  auto const& name = e.arms.empty() ? e.arm : e.arms.front().name;
  if (name != "base") title += ", with " + printable(name);
  out += painted(title, Tone::heading, colour) + '\n';
  auto const total = e.completed + e.limited;
  std::string text = fmt::format("{} from number {}, seed {}. Measured: {}, {} to {}", plural(total, "replication"),
                                 e.first_replication, e.seed, years_of(e), format_date(e.first_measured),
                                 format_date(e.last_measured));
  if (e.warm_up_days > 0) text += fmt::format(", after {} of warm-up", length_of_time(e.warm_up_days));
  text += fmt::format("; {} referrals in that time.", grouped(e.measured_referrals));
  if (auto const years = years_told(e); !years.empty()) text += " " + years;
  if (e.completed > 1) text += " Intervals are of chance: whether the model and its figures are right is not in them.";
  append_wrapped(out, text, 0);
}

void warn(std::string& out, std::string const& text, Colour colour) {
  std::string lines;
  append_wrapped(lines, text, 0);
  out += painted(lines, Tone::middling, colour);
}

// Where replications froze and when; those that froze in the same place together.
std::string freezes(Estimates const& e) {
  constexpr std::size_t most_told = 5;
  std::vector<std::pair<std::string, std::vector<std::string>>> places;
  for (auto const& r : e.replications) {
    if (r.frozen.empty()) continue;
    auto const here = std::find_if(places.begin(), places.end(), [&](auto const& p) { return p.first == r.frozen; });
    auto& times =
        here == places.end() ? places.emplace_back(r.frozen, std::vector<std::string>{}).second : here->second;
    times.push_back(fmt::format("replication {} on {}", r.replication, format_date(r.ended)));
  }
  std::string text;
  for (auto const& [place, times] : places) {
    text += fmt::format(" {}:", printable(place));
    for (std::size_t i = 0; i < std::min(times.size(), most_told); ++i) text += (i == 0 ? " " : ", ") + times[i];
    text += times.size() > most_told ? fmt::format(" and {} more.", times.size() - most_told) : ".";
  }
  return text;
}

void append_left_out(std::string& out, Estimates const& e, Colour colour) {
  auto const total = e.completed + e.limited;
  if (e.deadlocked > 0)
    warn(out,
         fmt::format("DEADLOCK: {} of {} replications froze and are left out of all that follows: patients who were "
                     "held, and kept their places, could never go on.{}",
                     e.deadlocked, total, freezes(e)),
         colour);
  if (e.limited > e.deadlocked)
    warn(out,
         fmt::format("LIMIT: {} of {} replications hit a limit (max_in_system, max_events or memory) and are left out "
                     "of all that follows.",
                     e.limited - e.deadlocked, total),
         colour);
}

void append_ending(std::string& out, Estimates const& e, Colour colour) {
  auto const say = [&](std::string const& text) { warn(out, text, colour); };
  auto const total = e.completed + e.limited;
  switch (e.ended) {
    case Ended::all_done:
      break;
    case Ended::precise:
      append_wrapped(out,
                     fmt::format("The number of replications was found by a sequential rule: in their order, from {} "
                                 "on, until every standard's interval reached no further than {} points either way, "
                                 "its skewness asked for no more, and both stayed so for {} more.",
                                 experiment::first_check, format_number(*e.precision_points), experiment::look_ahead),
                     0);
      break;
    case Ended::not_precise:
      say(fmt::format("NOT PRECISE: {} replications were not enough for {} points either way.", total,
                      format_number(*e.precision_points)));
      break;
    case Ended::many_limits:
      say(fmt::format("NOT PRECISE: stopped when {} replications had hit a limit or frozen.", e.limited));
      break;
    case Ended::out_of_time:
      say(fmt::format("TIME LIMIT: this is what {} that finished say.", plural(total, "replication")));
      break;
    case Ended::not_saved:
      say(fmt::format("NOT SAVED: stopped when what was found could not be written; this is what {} say.",
                      plural(total, "replication")));
      break;
    case Ended::interrupted:
      say(fmt::format("INTERRUPTED: this is what {} that finished say.", plural(total, "replication")));
      break;
  }
}

}  // namespace

std::string text_report(Estimates const& e, Colour colour) {
  std::string out;
  append_opening(out, e, colour);
  append_ending(out, e, colour);
  append_left_out(out, e, colour);
  append_first(out, e, colour);
  out += levers_text(e.pulled, false);
  append_headlines(out, e, colour);
  if (e.foundations) out += foundations_text(*e.foundations, Amount::few);
  if (e.completed == 0) return out;
  append_years(out, e, colour);
  append_divisions(out, e, colour);
  append_measures(out, e, colour);
  append_gaps(out, e, colour);
  append_comparisons(out, e, colour);
  append_steps(out, e, colour);
  append_clock_days(out, e, colour);
  append_resources(out, e, colour);
  append_staff(out, e, colour);
  append_rules(out, e, colour);
  append_waiting_list(out, e, colour);
  append_ledgers(out, e, colour);
  return out;
}

}  // namespace cwtsim::report
