#include <algorithm>

#include "cwtsim/study/arm.hpp"

namespace cwtsim::study {

std::vector<experiment::ObservedFigure> figures_of(scenario::Scenario const& scenario) {
  std::vector<experiment::ObservedFigure> figures;
  auto const figure = [&figures](std::string const& standard, scenario::Observed const& observed,
                                 std::string const& dimension, std::string const& value) -> auto& {
    auto const found = std::find_if(figures.begin(), figures.end(), [&](auto const& f) {
      return f.standard == standard && f.dimension == dimension && f.value == value;
    });
    if (found != figures.end()) return *found;
    return figures.emplace_back(
        experiment::ObservedFigure{standard, dimension, value, observed.from, observed.until, {}, {}});
  };
  for (auto const& [standard, observed] : scenario.observed) {
    for (auto const& [dimension, shares] : observed.attainment)
      for (auto const& [value, share] : shares) figure(standard, observed, dimension, value).attainment = share;
    for (auto const& [dimension, counts] : observed.patients)
      for (auto const& [value, count] : counts) figure(standard, observed, dimension, value).patients = count;
  }
  return figures;
}

std::vector<experiment::Outlay> outlays_of(std::vector<io::Intervention> const& interventions) {
  std::vector<experiment::Outlay> outlays;
  for (auto const& intervention : interventions)
    for (auto const& [name, cost] : intervention.costs) {
      experiment::Outlay outlay;
      outlay.ledger = cost.ledger;
      outlay.intervention = intervention.name;
      outlay.name = name;
      outlay.fund = cost.fund;
      outlay.once = cost.once.value_or(0);
      outlay.per_year = cost.per_year.value_or(0);
      outlay.from = cost.once ? cost.on : cost.from;
      outlay.until = cost.until;
      for (auto const& [from, share] : cost.taper) outlay.taper.emplace_back(parse_date(from).value(), share);
      outlays.push_back(std::move(outlay));
    }
  return outlays;
}

}  // namespace cwtsim::study
