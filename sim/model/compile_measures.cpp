#include <algorithm>

#include "builder.hpp"

namespace cwtsim::model {

namespace {

constexpr std::uint64_t millionths = 1'000'000, pence = 100;

/// Where something is kept of a milestone, among the milestones of which it is.
std::uint8_t keep(std::string const& milestone, Index const& index, std::vector<std::uint8_t>& milestones) {
  auto const bit =
      static_cast<std::uint8_t>(std::ranges::find(index.names.milestones, milestone) - index.names.milestones.begin());
  auto const known = std::ranges::find(milestones, bit);
  auto const index_of_it = static_cast<std::uint8_t>(known - milestones.begin());
  if (known == milestones.end()) milestones.push_back(bit);
  return index_of_it;
}

std::uint64_t scale_of(scenario::Measure const& measure) {
  if (!measure.ledger.empty()) return pence;
  return measure.value.given() ? millionths : 1;
}

/// The place of a level ("lung", or "cwft+lung" of a pair) in a cut.
std::uint32_t level_in(Cut const& cut, std::string const& level, Index const& index) {
  auto const plus = level.find('+');
  std::uint32_t at = 0;
  for (std::uint8_t a = 0; a < cut.axes; ++a) {
    std::string const name = cut.axes == 1 ? level : a == 0 ? level.substr(0, plus) : level.substr(plus + 1);
    for (std::uint32_t l = 0; l < index.size_of(cut.axis[a]); ++l)
      if (index.level_name(cut.axis[a], l) == name) at += l * cut.axis[a].stride;
  }
  return at;
}

}  // namespace

void compile_measures(scenario::Scenario const& s, Index const& index, Model& model) {
  for (auto const& [name, measure] : s.measures) {
    Measure out;
    out.on = index.milestones(measure.on);
    out.scale = scale_of(measure);
    out.is_share = measure.unit == "share";
    out.target_at_most = measure.target_is == scenario::TargetIs::at_most;
    if (measure.value.given()) out.what = Recorded::value;
    if (!measure.days_since.empty()) {
      out.what = Recorded::days;
      out.since = keep(measure.days_since, index, model.remembered);
    }
    if (!measure.number_of.empty()) {
      out.what = Recorded::number;
      out.since = keep(measure.number_of, index, model.numbered);
    }
    if (measure.hazard) {
      out.has_hazard = true;
      out.since = keep(measure.hazard->since, index, model.remembered);
      out.beyond = static_cast<std::int32_t>(measure.hazard->beyond_days);
      out.per = static_cast<std::int32_t>(measure.hazard->per_days);
    }
    out.condition = compile_condition(measure.only_when, index, model);
    out.cuts = compile_cuts(measure.by, index, model, model.measure_strata);
    out.targets = targets_by_month(measure.targets, model);
    out.in_ledger = !measure.ledger.empty();
    compile_gaps(measure.gaps, out.cuts, true, index, model);
    model.measures.push_back(out);
  }
}

void compile_gaps(Named<scenario::Gap> const& gaps, Range cuts, bool of_measure, Index const& index, Model& model) {
  for (auto const& [name, gap] : gaps) {
    Gap out{name, gap.by, gap.from, gap.to, of_measure};
    out.of = static_cast<std::uint32_t>(of_measure ? model.measures.size() : model.standards.size());
    out.is_spread = gap.at_least.has_value();
    out.at_least = static_cast<std::uint64_t>(gap.at_least.value_or(1));
    for (std::uint32_t c = cuts.first; c < cuts.first + cuts.count; ++c) {
      Cut const& cut = model.cuts[c];
      if (cut.name != gap.by) continue;
      out.first = cut.first;
      out.levels = cut.levels;
      if (out.is_spread) continue;
      out.lower = cut.first + level_in(cut, gap.from, index);
      out.upper = cut.first + level_in(cut, gap.to, index);
    }
    model.gaps.push_back(out);
  }
}

void compile_measure_values(scenario::Scenario const& s, Pools& pools, Era& era) {
  for (auto const& [name, measure] : s.measures) {
    era.measure_values.push_back(pools.amounts(measure.value, scale_of(measure)));
    era.measure_ratios.push_back(measure.hazard ? pools.probabilities(measure.hazard->ratio) : Lookup{});
  }
}

std::uint64_t measures_at(std::uint64_t milestones, Model const& model) {
  std::uint64_t bits = 0;
  for (std::size_t m = 0; m < model.measures.size(); ++m)
    if (milestones & model.measures[m].on) bits |= 1ULL << std::min<std::size_t>(m, other_measures);
  for (auto const* kept : {&model.remembered, &model.numbered})
    for (auto const milestone : *kept)
      if (milestones >> milestone & 1) bits |= 1ULL << remembers;
  return bits;
}

}  // namespace cwtsim::model
