#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "estimate_parts.hpp"

namespace cwtsim::experiment {
namespace {

std::vector<std::string> levels_of(model::Model const& model, model::Axis const& axis) {
  switch (axis.dimension) {
    case model::Dimension::attribute:
      return model.names.levels[axis.attribute];
    case model::Dimension::provider:
      return model.names.providers;
    case model::Dimension::group:
      return model.names.groups;
    case model::Dimension::stream:
      return model.names.streams;
  }
  return {};
}

void add_cut(std::vector<Stratum>& strata, model::Model const& model, std::size_t standard, model::Cut const& cut) {
  if (cut.axes == 0) {
    strata.push_back({standard, "all", "all", cut.first});
    return;
  }
  auto const outer = levels_of(model, cut.axis[0]);
  auto const inner = cut.axes > 1 ? levels_of(model, cut.axis[1]) : std::vector<std::string>{""};
  for (std::uint32_t i = 0; i < outer.size(); ++i)
    for (std::uint32_t j = 0; j < inner.size(); ++j) {
      std::uint32_t const level = i * cut.axis[0].stride + (cut.axes > 1 ? j * cut.axis[1].stride : 0);
      strata.push_back({standard, cut.name, cut.axes > 1 ? outer[i] + "+" + inner[j] : outer[i], cut.first + level});
    }
}

/// 4 is "Apr".
std::string_view name_of_month(int month) {
  constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  return names.substr(static_cast<std::size_t>(month - 1) * 3, 3);
}

/// Twelve whole months from one on: "2026/27" is April to March and nothing else; "Jan-Dec 2026", "Oct 2026-Sep 2027".
std::string name_of_year(std::string const& first_month) {
  int const year = std::stoi(first_month), month = std::stoi(first_month.substr(5));
  constexpr int january = 1, april = 4, months = 12;
  if (month == april) return fmt::format("{}/{:02}", year, (year + 1) % 100);
  if (month == january) return fmt::format("Jan-Dec {}", year);
  int const last = (month + months - 2) % months + 1;
  return fmt::format("{} {}-{} {}", name_of_month(month), year, name_of_month(last), year + 1);
}

/// "12 months from 15 Oct 2026", "364 days from 1 Apr 2026"; nothing where it is no year.
std::string name_of_days(Date first, Date last, double days) {
  constexpr double least = 364, most = 367;
  if (days < least || days > most) return {};
  auto const from = to_ymd(first), after = to_ymd(last + 1);
  bool const to_the_day = from.day == after.day && from.month == after.month && days == last + 1 - first;
  auto const length = to_the_day ? std::string("12 months") : fmt::format("{:.0f} days", days);
  return fmt::format("{} from {} {} {}", length, from.day, name_of_month(static_cast<int>(from.month)), from.year);
}

}  // namespace

std::vector<Stratum> strata_of(model::Model const& model) {
  std::vector<Stratum> strata;
  for (std::size_t s = 0; s < model.standards.size(); ++s)
    for (std::uint32_t c = 0; c < model.standards[s].cuts.count; ++c)
      add_cut(strata, model, s, model.cuts[model.standards[s].cuts.first + c]);
  return strata;
}

std::vector<Stratum> measure_strata_of(model::Model const& model) {
  std::vector<Stratum> strata;
  for (std::size_t m = 0; m < model.measures.size(); ++m)
    for (std::uint32_t c = 0; c < model.measures[m].cuts.count; ++c)
      add_cut(strata, model, m, model.cuts[model.measures[m].cuts.first + c]);
  return strata;
}

MeasuredTime measured_time(model::Model const& model) {
  MeasuredTime time;
  Tick const day = model.ticks_per_day;
  auto const first = static_cast<std::int32_t>(model.measure_from / day);
  auto const last = static_cast<std::int32_t>((model.end - 1) / day);
  time.first = model.first_day + first;
  time.last = model.first_day + last;
  time.days = static_cast<double>(model.end - model.measure_from) / day;
  bool const first_is_whole = to_ymd(time.first).day == 1 && model.measure_from % day == 0;
  bool const last_is_whole = to_ymd(time.last + 1).day == 1 && model.end % day == 0;
  std::uint32_t month = first_is_whole ? 0 : 1;
  std::uint32_t const whole_until = model.months - (last_is_whole ? 0 : 1);
  for (; month + 12 <= whole_until; month += 12) {
    time.years.push_back({name_of_year(model.names.months[month]), month});
  }
  if (time.years.empty()) time.all_as_a_year = name_of_days(time.first, time.last, time.days);
  return time;
}

std::optional<MonthRange> measured_months(model::Model const& model, ObservedFigure const& figure) {
  auto const time = measured_time(model);
  if (figure.from < time.first || time.last < figure.until) return std::nullopt;
  auto const& names = model.names.months;
  auto const at = [&names](Date d) { return std::find(names.begin(), names.end(), format_month(d)) - names.begin(); };
  auto const first = static_cast<std::uint32_t>(at(figure.from));
  return MonthRange{first, static_cast<std::uint32_t>(at(figure.until)) - first + 1};
}

namespace {

std::optional<double> last_target(std::vector<double> const& targets, Months const& months) {
  auto const last = months.first + months.count - 1;
  if (last >= targets.size() || std::isnan(targets[last])) return std::nullopt;
  return targets[last];
}

}  // namespace

std::optional<double> target_of(std::vector<double> const& targets, std::vector<Months> const& spans,
                                Months const& months) {
  if (months.span != Span::all || months.year) return last_target(targets, months);
  std::vector<Months> parts;
  for (auto const& span : spans)
    if (span.span == Span::year) parts.push_back(span);
  auto const in_a_year = [years = parts](Months const& month) {
    return std::any_of(years.begin(), years.end(), [&month](Months const& year) {
      return year.first <= month.first && month.first < year.first + year.count;
    });
  };
  for (auto const& span : spans)
    if (span.span == Span::month && !in_a_year(span)) parts.push_back(span);
  for (auto const& part : parts)
    if (last_target(targets, part) != last_target(targets, parts.front())) return std::nullopt;
  return last_target(targets, months);
}

std::vector<Months> spans_of(model::Model const& model, std::vector<ObservedFigure> const& observed) {
  auto const time = measured_time(model);
  std::uint32_t years = 0;
  std::vector<Months> spans{{Span::all, "all", 0, model.months, {}}};
  if (!time.all_as_a_year.empty()) spans.front().year = years++;
  for (std::uint32_t m = 0; m < model.months; ++m) spans.push_back({Span::month, model.names.months[m], m, 1, {}});
  for (auto const& year : time.years) spans.push_back({Span::year, year.name, year.first_month, 12, years++});
  for (auto const& figure : observed)
    if (auto const months = measured_months(model, figure)) {
      auto const same = [&months](Months const& s) { return s.first == months->first && s.count == months->count; };
      if (std::none_of(spans.begin(), spans.end(), same))
        spans.push_back({Span::figure, {}, months->first, months->count, {}});
    }
  return spans;
}

}  // namespace cwtsim::experiment
