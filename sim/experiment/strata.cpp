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

std::vector<Ratio> ratios_of(std::vector<Replication> const& replications, std::size_t first_cell,
                             std::uint32_t count) {
  std::vector<Ratio> ratios;
  ratios.reserve(replications.size());
  for (auto const& r : replications) {
    Ratio own;
    for (std::size_t c = first_cell; c < first_cell + count; ++c) {
      own.met += r.met[c];
      own.counted += r.counted[c];
    }
    ratios.push_back(own);
  }
  return ratios;
}

std::optional<Estimate> mean_of(Moments const& moments, std::uint64_t n) {
  if (n == 0) return std::nullopt;
  auto const count = static_cast<double>(n);
  auto const sum = static_cast<double>(moments.sum);
  Estimate estimate{sum / count, {}, {}};
  if (n < 2) return estimate;
  double const variance = std::max(0.0, static_cast<double>(moments.squares) - sum * sum / count) / (count - 1);
  double const half = t_975(static_cast<std::int64_t>(n) - 1) * std::sqrt(variance / count);
  estimate.low = estimate.value - half;
  estimate.high = estimate.value + half;
  return estimate;
}

}  // namespace cwtsim::experiment
