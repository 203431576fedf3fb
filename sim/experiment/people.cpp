#include "estimate_parts.hpp"
#include "tell.hpp"

namespace cwtsim::experiment {

void add_staff(Estimates& into, model::Model const& model, Experiment const& experiment) {
  constexpr double days_per_week = 7, millionths = 1e6;
  auto const n = static_cast<std::uint64_t>(experiment.tally.completed.size());
  if (n == 0) return;
  Telling telling{.replications = n, .weeks = into.measured_days / days_per_week};
  auto const& roles = model.eras.front().staff;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    auto const& sums = experiment.tally.staff[i];
    telling.millionths_of_days = static_cast<double>(sums.total.days) * millionths / static_cast<double>(n);
    StaffUse use;
    tell(use, sums, telling);
    use.provider = model.names.providers[roles[i].provider];
    use.role = model.names.staff[i].substr(use.provider.size() + 1);
    into.staff.push_back(std::move(use));
  }
}

void add_rules(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const n = static_cast<std::uint64_t>(experiment.tally.completed.size());
  if (n == 0) return;
  Telling const telling{.replications = n, .ticks = static_cast<double>(model.end - model.measure_from)};
  auto const& era = model.eras.front();
  for (std::size_t i = 0; i < era.rule_sites.size(); ++i) {
    auto const& site = era.rule_sites[i];
    bool const moves = era.rules[site.rule].kind == model::RuleKind::move;
    RuleUse use;
    tell(use, experiment.tally.rules[i], telling);
    use.rule = model.names.rules[site.rule];
    use.kind = moves ? "move" : "capacity";
    use.resource = model.names.resource_names[era.resources[site.resource].name];
    use.provider = model.names.providers[site.provider];
    (moves ? use.share_in_force : use.moved_from).reset();
    into.rules.push_back(std::move(use));
  }
}

}  // namespace cwtsim::experiment
