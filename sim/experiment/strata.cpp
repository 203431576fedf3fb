#include <algorithm>
#include <cmath>

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
    auto const& name = model.names.months[month];  // "2026-04"
    int const year = std::stoi(name.substr(0, 4));
    auto const following = std::to_string((year + 1) % 100);
    bool const calendar_year = name.substr(5) == "01";
    time.years.push_back({calendar_year
                              ? std::to_string(year)
                              : std::to_string(year) + "/" + std::string(following.size() == 1 ? "0" : "") + following,
                          month});
  }
  return time;
}

bool all_is_a_year(MeasuredTime const& time) {
  return time.years.empty() && time.days >= 364 && time.days <= 367;
}

std::optional<MonthRange> measured_months(model::Model const& model, ObservedFigure const& figure) {
  auto const time = measured_time(model);
  if (figure.from < time.first || time.last < figure.until) return std::nullopt;
  auto const& names = model.names.months;
  auto const at = [&names](Date d) { return std::find(names.begin(), names.end(), format_month(d)) - names.begin(); };
  auto const first = static_cast<std::uint32_t>(at(figure.from));
  return MonthRange{first, static_cast<std::uint32_t>(at(figure.until)) - first + 1};
}

std::optional<double> target_of(std::vector<double> const& targets, Months const& months) {
  auto const last = months.first + months.count - 1;
  if (last >= targets.size() || std::isnan(targets[last])) return std::nullopt;
  return targets[last];
}

std::vector<Months> spans_of(model::Model const& model, std::vector<ObservedFigure> const& observed) {
  auto const time = measured_time(model);
  std::uint32_t years = 0;
  std::vector<Months> spans{{Span::all, "all", 0, model.months, {}}};
  if (all_is_a_year(time)) spans.front().year = years++;
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
