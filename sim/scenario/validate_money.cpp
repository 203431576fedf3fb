#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

void check_costs(Sheet& sheet, std::string const& at, Costs const& costs) {
  for (auto const& [ledger, pounds] : costs) {
    auto const here = under(at, ledger);
    is_known(sheet, here, "ledger", ledger, names_of(sheet.scenario.ledgers));
    check_table(sheet, here, pounds, Depends{.attributes = false, .provider = true, .stream = false},
                [&](std::string const& place, double value) {
                  if (!(value >= 0 && value <= most_cost))
                    sheet.add(place, "a cost of " + number(value) + " pounds is not between 0 and ten million");
                });
  }
}

}  // namespace

void check_ledgers(Sheet& sheet) {
  auto const& scenario = sheet.scenario;
  for (auto const& [name, pathway] : scenario.pathways)
    for (auto const& [step_name, step] : pathway.steps)
      check_costs(sheet, under("/pathways", name, "steps", step_name, "costs"), step.costs);
  for (auto const& [name, provider] : scenario.providers) {
    for (auto const& [resource_name, resource] : provider.resources)
      check_costs(sheet, under("/providers", name, "resources", resource_name, "costs"), resource.costs);
    for (auto const& [role, staff] : provider.staff)
      check_costs(sheet, under("/providers", name, "staff", role, "costs"), staff.costs);
  }
}

}  // namespace cwtsim::scenario
