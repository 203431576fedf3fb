#include "cwtsim/cli/outlays.hpp"

namespace cwtsim::cli {

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

}  // namespace cwtsim::cli
