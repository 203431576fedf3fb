#include <limits>

#include "builder.hpp"

namespace cwtsim::model {

namespace {

void add_cut(std::string const& by, Index const& index, Model& model, std::uint32_t& strata) {
  Cut cut;
  cut.name = by;
  cut.first = strata;
  if (by != "all") {
    std::size_t const plus = by.find('+');
    std::vector<std::string> const names =
        plus == std::string::npos ? std::vector{by} : std::vector{by.substr(0, plus), by.substr(plus + 1)};
    cut.axes = static_cast<std::uint8_t>(names.size());
    for (std::size_t a = names.size(); a-- > 0;) {
      cut.axis[a] = index.axis(names[a]);
      cut.axis[a].stride = cut.levels;
      cut.levels *= index.size_of(cut.axis[a]);
    }
  }
  strata += cut.levels;
  model.cuts.push_back(cut);
}

}  // namespace

std::vector<double> targets_by_month(Named<double> const& targets, Model const& model) {
  std::vector<double> out;
  for (auto const& month : model.names.months) {
    auto const first = parse_date(month + "-01");
    double target = std::numeric_limits<double>::quiet_NaN();
    std::optional<Date> since;
    for (auto const& [text, value] : targets) {
      auto const from = parse_date(text);
      if (from && (!first || *first < *from || (since && *from < *since))) continue;
      target = value;
      since = from;
    }
    out.push_back(target);
  }
  return out;
}

Range compile_cuts(std::vector<std::string> const& by, Index const& index, Model& model, std::uint32_t& strata) {
  auto const first = static_cast<std::uint32_t>(model.cuts.size());
  add_cut("all", index, model, strata);
  for (auto const& name : by)
    if (name != "all") add_cut(name, index, model, strata);
  return {first, static_cast<std::uint32_t>(model.cuts.size()) - first};
}

Range compile_condition(scenario::Condition const& condition, Index const& index, Model& model) {
  auto const first = static_cast<std::uint32_t>(model.conditions.size());
  for (auto const& [attribute, levels] : condition.levels) {
    ConditionTerm term;
    term.attribute = index.attribute(attribute);
    for (auto const& level : levels) {
      auto const l = index.level(term.attribute, level);
      term.levels[l >> 6] |= 1ULL << (l & 63);
    }
    model.conditions.push_back(term);
  }
  return {first, static_cast<std::uint32_t>(model.conditions.size()) - first};
}

void compile_standards(scenario::Scenario const& s, Index const& index, Model& model) {
  for (auto const& [name, standard] : s.standards) {
    Standard out;
    out.starts = index.milestones(standard.starts);
    out.stops = index.milestones(standard.stops);
    out.excluded = index.milestones(standard.excluded_by);
    out.late = index.milestones(standard.breach_if_late);
    for (auto const& a : standard.adjustments)
      if (auto const bit = index.adjustment(a); bit >= 0) out.adjustments |= 1u << bit;
    out.pauses = static_cast<std::uint32_t>(out.adjustments & ((std::uint64_t{1} << index.pausing) - 1));
    out.limit = static_cast<std::int32_t>(standard.limit_days);
    out.credited_to = standard.credited_to;
    out.handover_by = static_cast<std::int32_t>(standard.handover_by_days);
    out.treat_within = static_cast<std::int32_t>(standard.treat_within_days);
    out.condition = compile_condition(standard.only_when, index, model);
    out.cuts = compile_cuts(standard.by, index, model, model.strata);
    for (auto const days : standard.long_waits) out.long_waits.push_back(static_cast<std::int32_t>(days));
    out.targets = targets_by_month(standard.targets, model);
    compile_gaps(standard.gaps, out.cuts, false, index, model);
    model.standards.push_back(out);
  }
}

}  // namespace cwtsim::model
