#include <limits>

#include "builder.hpp"

namespace cwtsim::model {

namespace {

void add_cut(std::string const& by, Index const& index, Model& model) {
  Cut cut;
  cut.name = by;
  cut.first = model.strata;
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
  model.strata += cut.levels;
  model.cuts.push_back(cut);
}

/// The target in force on the first day of each measured month.
std::vector<double> targets_by_month(scenario::Standard const& standard, Model const& model) {
  std::vector<double> out;
  for (auto const& month : model.names.months) {
    auto const first = parse_date(month + "-01");
    double target = std::numeric_limits<double>::quiet_NaN();
    std::optional<Date> since;
    for (auto const& [text, share] : standard.targets) {
      auto const from = parse_date(text);
      if (from && (!first || *first < *from || (since && *from < *since))) continue;
      target = share;
      since = from;
    }
    out.push_back(target);
  }
  return out;
}

}  // namespace

void compile_standards(scenario::Scenario const& s, Index const& index, Model& model) {
  for (auto const& [name, standard] : s.standards) {
    Standard out;
    out.starts = index.marks(standard.starts);
    out.stops = index.marks(standard.stops);
    out.excluded = index.marks(standard.excluded_by);
    out.late = index.marks(standard.breach_if_late);
    for (auto const& a : standard.adjustments) out.adjustments |= 1u << index.adjustment(a);
    out.limit = static_cast<std::int32_t>(standard.limit_days);
    out.credited_to = static_cast<CreditedTo>(standard.credited_to);
    out.handover_by = static_cast<std::int32_t>(standard.handover_by_days);
    out.treat_within = static_cast<std::int32_t>(standard.treat_within_days);
    out.condition = {static_cast<std::uint32_t>(model.conditions.size()),
                     static_cast<std::uint32_t>(standard.only_when.levels.size())};
    for (auto const& [attribute, levels] : standard.only_when.levels) {
      ConditionTerm term;
      term.attribute = index.attribute(attribute);
      for (auto const& level : levels) {
        auto const l = index.level(term.attribute, level);
        term.levels[l >> 6] |= 1ULL << (l & 63);
      }
      model.conditions.push_back(term);
    }
    out.cuts.first = static_cast<std::uint32_t>(model.cuts.size());
    add_cut("all", index, model);
    for (auto const& by : standard.by)
      if (by != "all") add_cut(by, index, model);
    out.cuts.count = static_cast<std::uint32_t>(model.cuts.size()) - out.cuts.first;
    for (auto const days : standard.long_waits) out.long_waits.push_back(static_cast<std::int32_t>(days));
    out.targets = targets_by_month(standard, model);
    model.standards.push_back(out);
  }
}

}  // namespace cwtsim::model
