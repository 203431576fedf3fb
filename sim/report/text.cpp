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
  if (e.all_is_a_year) return "1 year";
  if (!e.years.empty() && e.measured_days / 365.25 - static_cast<double>(e.years.size()) < 0.01)
    return fmt::format("{} year{}", e.years.size(), e.years.size() == 1 ? "" : "s");
  return fmt::format("{} days", grouped(e.measured_days));
}

std::string plural(std::uint64_t n, std::string_view word) {
  return fmt::format("{} {}{}", grouped(static_cast<double>(n)), word, n == 1 ? "" : "s");
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

Tone tone_of(double share, std::optional<double> const& target) {
  if (!target) return Tone::plain;
  return share >= *target ? Tone::good : Tone::bad;
}

/// "90.0% (95% interval 68.3 to 98.8%)"
std::string probability(Estimate const& e) {
  return fmt::format("{}% (95% interval {} to {}%)", percent(e.value), percent(*e.low), percent(*e.high));
}

/// The interval of an attainment, or why there is none.
std::string interval_sentence(Estimate const& attainment, std::uint64_t completed) {
  bool const at_an_end = attainment.value == 0 || attainment.value == 1;
  if (completed > 1 && (attainment.low ? *attainment.low == *attainment.high : at_an_end))
    return fmt::format("the same in each of {} replications.", completed);
  if (!attainment.low) return "95% interval " + not_estimable(completed) + ".";
  auto text = fmt::format("95% interval {} to {}%", percent(*attainment.low), percent(*attainment.high));
  if (attainment.advised > 0)
    text += fmt::format(" ({} replications advised: {} cannot vouch for it)",
                        grouped(static_cast<double>(attainment.advised)), completed);
  return text + ".";
}

/// "15 days (14 to 16)"
std::string quantile(std::optional<Estimate> const& days, std::string_view unit, Advice& advice) {
  if (!days) return "-";
  auto text = fmt::format("{:.0f}{}", days->value, unit);
  if (days->low && *days->low < *days->high) text += fmt::format(" ({:.0f} to {:.0f})", *days->low, *days->high);
  return text + (days->low && *days->low < *days->high ? advice.mark(days) : "");
}

std::string year_sentence(experiment::AnyYear const& any, experiment::Attainment const& all, std::uint64_t completed) {
  std::string text;
  if (any.years == 0) {
    if (all.probability_met)
      text = fmt::format("The probability that the target is met over the whole time is {}.",
                         probability(*all.probability_met));
    return text;
  }
  if (all.target) {
    text = any.probability_met
               ? fmt::format("The probability that a year's target is met is {}. ", probability(*any.probability_met))
               : fmt::format("The probability that a year's target is met is {}. ", not_estimable(completed));
  }
  if (!any.range_low) return text + "The range a single year may show is " + not_estimable(completed) + ".";
  if (*any.range_low == *any.range_high)
    return text + fmt::format("Every year of each of {} replications showed {}%.", completed, percent(*any.range_low));
  text += fmt::format("A single year may show {} to {}%", percent(*any.range_low), percent(*any.range_high));
  return text + (completed < least_for_order
                     ? fmt::format(" (by a normal curve: fewer than {} replications).", least_for_order)
                     : ".");
}

/// The target, or how it moves from the first year measured to the last.
std::string target_sentence(Estimates const& e, std::size_t stratum, experiment::Attainment const& all) {
  if (!all.target) return " No target.";
  for (auto const& a : e.attainments) {
    if (a.stratum != stratum || a.span != experiment::Span::year || !a.target) continue;
    if (*a.target == *all.target) break;
    return fmt::format(" The target is {}% in {} and {}% at the end.", format_number(100 * *a.target), a.when,
                       format_number(100 * *all.target));
  }
  return fmt::format(" The target is {}%.", format_number(100 * *all.target));
}

void append_headline(std::string& out, Estimates const& e, std::size_t stratum, Advice& advice, Colour colour) {
  auto const& standard = e.standards[e.strata[stratum].standard];
  auto const found = std::find_if(e.attainments.begin(), e.attainments.end(), [&](auto const& a) {
    return a.stratum == stratum && a.span == experiment::Span::all;
  });
  if (found == e.attainments.end()) return;
  auto title = printable(standard.label);
  if (standard.label != standard.name) title += " (" + printable(standard.name) + ")";
  out += "  " + painted(title, Tone::heading, colour) + '\n';
  if (!found->attainment) {
    append_wrapped(out,
                   e.completed == 0 ? "Attainment is " + not_estimable(e.completed) + "."
                                    : "Nobody was counted: no clock of this standard stopped in the measured time.",
                   4);
    return;
  }
  auto const& attainment = *found->attainment;
  auto text = fmt::format("{}% within {} days; ", percent(attainment.value), standard.limit_days);
  text += interval_sentence(attainment, e.completed);
  text += target_sentence(e, stratum, *found);
  std::string lines;
  append_wrapped(lines, text, 4);
  out += painted(lines, tone_of(attainment.value, found->target), colour);
  if (auto const sentence = year_sentence(e.any_year[stratum], *found, e.completed); !sentence.empty())
    append_wrapped(out, sentence, 4);
  auto const& waits = e.waits[stratum];
  append_wrapped(
      out,
      fmt::format("Half wait {} or less, nine in ten {} or less; {} patients counted.",
                  quantile(waits.median, " days", advice), quantile(waits.p90, "", advice), grouped(found->patients)),
      4);
  if (standard.second_starts > 0)
    append_wrapped(out,
                   fmt::format("Starts that came while the patient's clock ran, and began none: {} a replication.",
                               a_few(standard.second_starts)),
                   4);
}

}  // namespace

std::string text_report(Estimates const& e, Colour colour) {
  std::string out;
  append_opening(out, e, colour);
  append_ending(out, e, colour);
  append_left_out(out, e, colour);
  append_first(out, e, colour);
  out += levers_text(e.pulled, false);
  if (!e.standards.empty()) {
    append_heading(out, "How often the standards are met", colour);
    Advice advice;
    for (std::size_t s = 0; s < e.strata.size(); ++s)
      if (e.strata[s].dimension == "all") append_headline(out, e, s, advice, colour);
    advice.append_to(out, e.completed);
  }
  if (e.completed == 0) return out;
  append_years(out, e, colour);
  append_divisions(out, e, colour);
  append_measures(out, e, colour);
  append_gaps(out, e, colour);
  append_comparisons(out, e, colour);
  append_steps(out, e, colour);
  append_resources(out, e, colour);
  append_staff(out, e, colour);
  append_rules(out, e, colour);
  append_waiting_list(out, e, colour);
  append_ledgers(out, e, colour);
  return out;
}

}  // namespace cwtsim::report
