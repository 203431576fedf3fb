#include <fmt/format.h>

#include <algorithm>

#include "cwtsim/files/table.hpp"
#include "cwtsim/report/text.hpp"
#include "layout.hpp"
#include "text_sections.hpp"
#include "year_words.hpp"

namespace cwtsim::report {
namespace {

using experiment::Attainment;
using experiment::Estimates;
using experiment::Span;

Tone tone_of(double share, std::optional<double> const& target) {
  if (!target) return Tone::plain;
  return share >= *target ? Tone::good : Tone::bad;
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

std::string range_sentence(experiment::AnyYear const& any, std::uint64_t completed) {
  if (any.years == 0) return {};
  if (!any.range_low) return "The range a single year may show is " + not_estimable(completed) + ".";
  if (*any.range_low == *any.range_high)
    return fmt::format("Every year of each of {} replications showed {}%.", completed, percent(*any.range_low));
  return fmt::format("A single year may show {} to {}%{}", percent(*any.range_low), percent(*any.range_high),
                     completed < least_for_order
                         ? fmt::format(" (by a normal curve: fewer than {} replications).", least_for_order)
                         : ".");
}

/// What is known of a stratum, over all and year by year.
struct Headline {
  Attainment const* all = nullptr;
  std::vector<Attainment const*> years;
  std::vector<YearFigure> figures;   ///< of these
  std::vector<TargetUntil> targets;  ///< by year, or by month where a year has more than one
  bool of_last_months = false;       ///< those of months, since some year has more than one
  bool alike = true;                 ///< the years may be told as one, and so may the target
};

Headline headline_of(Estimates const& e, std::size_t stratum) {
  constexpr std::size_t months_a_year = 12;
  Headline h;
  std::vector<TargetUntil> by_month;
  for (auto const& a : e.attainments) {
    if (a.stratum != stratum) continue;
    if (a.span == Span::all) h.all = &a;
    if (a.span == Span::month) by_month.push_back({a.target, a.when});
    if (a.span != Span::year) continue;
    h.years.push_back(&a);
    h.figures.push_back({a.when, a.attainment, a.target, a.probability_met});
    h.targets.push_back({a.target, a.when});
  }
  if (h.all == nullptr) return h;
  if (h.years.empty() && h.all->target)
    h.figures.push_back({e.all_as_a_year, h.all->attainment, h.all->target, h.all->probability_met});
  auto const has_target = [](TargetUntil const& t) { return t.target.has_value(); };
  bool const one = h.all->target.has_value() || (std::none_of(by_month.begin(), by_month.end(), has_target) &&
                                                 std::none_of(h.targets.begin(), h.targets.end(), has_target));
  if (one)
    h.targets = {{h.all->target, {}}};
  else if (h.targets.empty() || !e.in_no_year.empty() || !std::all_of(h.targets.begin(), h.targets.end(), has_target))
    h.targets = by_month;
  bool const only_years = e.in_no_year.empty() && by_month.size() == h.years.size() * months_a_year;
  for (std::size_t m = 0; m < by_month.size() && !h.of_last_months; ++m)
    h.of_last_months = by_month[m].target != (only_years ? h.years[m / months_a_year]->target : by_month.back().target);
  if (h.of_last_months) h.targets = by_month;
  // What is in no year may be worse or better than the years.
  bool const is_all_told = h.years.empty() || e.in_no_year.empty();
  h.alike = are_alike(h.figures, e.completed) && (one || h.years.empty()) && is_all_told;
  return h;
}

/// "78.1% (77.9 to 78.3) in 2024/25, 78.1% (77.9 to 78.2) in 2025/26"
std::string year_by_year(Headline const& h, Advice& advice) {
  std::string text;
  for (auto const* a : h.years) {
    if (!a->attainment) continue;
    auto const& v = *a->attainment;
    text += (text.empty() ? "" : ", ") + percent(v.value) + "%";
    if (v.low) text += fmt::format(" ({} to {}){}", percent(*v.low), percent(*v.high), advice.mark(v));
    text += " in " + printable(a->when);
  }
  return text;
}

/// "10,998 patients a year, 2,101 of them beyond the limit; 12 more in time would meet the target."
std::string patients_sentence(Attainment const& a, std::string const& when) {
  auto text = when.empty() ? grouped(a.patients_a_year) + " patients a year, "
                           : fmt::format("In {} {} patients, ", printable(when), grouped(a.patients_a_year));
  text += grouped(a.breaches_a_year) + " of them breaches";
  if (a.more_to_meet_target && *a.more_to_meet_target == 0) {
    bool const always = !a.probability_met || a.probability_met->value == 1;
    return text + (always ? "; that meets the target." : "; on average that meets the target.");
  }
  if (a.more_to_meet_target)
    text +=
        fmt::format("; {} more in time would meet the target", grouped(static_cast<double>(*a.more_to_meet_target)));
  return text + ".";
}

std::string targets_sentence(Headline const& h) {
  auto const targets = targets_in_words(h.targets);
  if (targets.empty()) return "No target.";
  return fmt::format("The target is {}{}.", targets,
                     !h.of_last_months ? ""
                     : h.years.empty() ? "; the whole time is held against that of its last month"
                                       : "; a year is held against that of its last month");
}

std::string met_sentence(Estimates const& e, Headline const& h) {
  auto const words = met_in_words(h.figures);
  if (words.empty())
    return targets_in_words(h.targets).empty() || h.years.empty()
               ? ""
               : "No year has one target throughout, so none is met or missed as a whole.";
  if (h.years.empty() && e.all_as_a_year.empty()) {
    auto const& p = *h.figures.front().probability_met;
    return fmt::format("The probability that the target is met over the whole time is {}% (95% interval {} to {}%).",
                       percent(p.value), percent(*p.low), percent(*p.high));
  }
  return h.figures.size() > 1 ? fmt::format("The year's target is {}.", words)
                              : fmt::format("The target is {}.", words);
}

std::string ceiling_sentence(experiment::Ceiling const& ceiling, std::optional<double> const& target) {
  auto const words = ceiling_words(ceiling);
  if (words.empty()) return {};
  constexpr double sure = 2;  // standard errors
  bool const is_short = target && *ceiling.share + sure * ceiling.error < *target;
  return fmt::format("If nobody ever waited for capacity, only for the next opening: {}.{}", words,
                     is_short ? " That is less than the target, which capacity alone cannot meet." : "");
}

void append_told(std::string& out, Estimates const& e, Headline const& h, std::size_t stratum, Advice& advice,
                 Colour colour) {
  auto const limit = e.standards[e.strata[stratum].standard].limit_days;
  auto const& last = h.alike || h.years.empty() ? *h.all : *h.years.back();
  auto text = h.alike ? fmt::format("{}% within {} days; {}", percent(h.all->attainment->value), limit,
                                    interval_sentence(*h.all->attainment, e.completed))
                      : fmt::format("Within {} days: {}.", limit, year_by_year(h, advice));
  std::string lines;
  append_wrapped(lines, text + " " + targets_sentence(h), 4);
  auto const tone = last.attainment ? tone_of(last.attainment->value, last.target) : Tone::plain;
  out += painted(lines, tone, colour);
  text = met_sentence(e, h);
  if (h.alike)
    if (auto const range = range_sentence(e.any_year[stratum], e.completed); !range.empty())
      text += (text.empty() ? "" : " ") + range;
  if (!text.empty()) append_wrapped(out, text, 4);
  append_wrapped(out, patients_sentence(last, h.alike ? "" : last.when), 4);
  if (e.foundations)
    if (auto const words = ceiling_sentence(e.foundations->ceilings[e.strata[stratum].standard], last.target);
        !words.empty())
      append_wrapped(out, words, 4);
}

void append_headline(std::string& out, Estimates const& e, std::size_t stratum, Advice& advice, Colour colour) {
  auto const& standard = e.standards[e.strata[stratum].standard];
  auto const h = headline_of(e, stratum);
  if (h.all == nullptr) return;
  auto title = printable(standard.label);
  if (standard.label != standard.name) title += " (" + printable(standard.name) + ")";
  out += "  " + painted(title, Tone::heading, colour) + '\n';
  if (!h.all->attainment) {
    append_wrapped(out,
                   e.completed == 0 ? "Attainment is " + not_estimable(e.completed) + "."
                                    : "Nobody was counted: no clock of this standard stopped in the measured time.",
                   4);
    return;
  }
  append_told(out, e, h, stratum, advice, colour);
  auto const& waits = e.waits[stratum];
  append_wrapped(
      out,
      fmt::format("{} {} or less, nine in ten {} or less; {} patients counted.",
                  h.alike ? "Half wait" : "Over all the time half wait", quantile(waits.median, " days", advice),
                  quantile(waits.p90, "", advice), grouped(h.all->patients)),
      4);
  if (standard.second_starts > 0)
    append_wrapped(out,
                   fmt::format("Starts that came while the patient's clock ran, and began none: {} a replication.",
                               a_few(standard.second_starts)),
                   4);
}

}  // namespace

void append_headlines(std::string& out, Estimates const& e, Colour colour) {
  if (e.standards.empty()) return;
  append_heading(out, "How often the standards are met", colour);
  Advice advice;
  for (std::size_t s = 0; s < e.strata.size(); ++s)
    if (e.strata[s].dimension == "all") append_headline(out, e, s, advice, colour);
  advice.append_to(out, e.completed);
}

bool years_are_alike(Estimates const& e, std::size_t standard) {
  for (std::size_t s = 0; s < e.strata.size(); ++s)
    if (e.strata[s].standard == standard && e.strata[s].dimension == "all") return headline_of(e, s).alike;
  return true;
}

}  // namespace cwtsim::report
