#include "estimate_parts.hpp"

namespace cwtsim::experiment {
namespace {

std::optional<Estimate> divided(std::optional<Estimate> e, double by) {
  if (!e || by <= 0) return std::nullopt;
  e->value /= by;
  if (e->low) *e->low /= by;
  if (e->high) *e->high /= by;
  return e;
}

}  // namespace

void add_staff(Estimates& into, model::Model const& model, Experiment const& experiment) {
  constexpr double days_per_week = 7, millionths = 1e6;
  auto const n = static_cast<std::uint64_t>(experiment.tally.completed.size());
  if (n == 0) return;
  double const weeks = into.measured_days / days_per_week;
  auto const& roles = model.eras.front().staff;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    auto const& sums = experiment.tally.staff[i];
    auto const& total = sums.total;
    auto const weekly = [&](std::uint64_t count) {
      return static_cast<double>(count) / weeks / static_cast<double>(n);
    };
    double const days = static_cast<double>(total.days) * millionths;
    auto const daily = [&](std::uint64_t count) { return days > 0 ? static_cast<double>(count) / days : 0; };
    StaffUse use;
    use.provider = model.names.providers[roles[i].provider];
    use.role = model.names.staff[i].substr(use.provider.size() + 1);
    use.posts = daily(total.posts);
    use.in_post = divided(mean_estimate(total.in_post, sums.in_post_squares, n), days / static_cast<double>(n));
    use.in_training = daily(total.in_training);
    use.wanted_per_week = weekly(total.wanted);
    use.manned_per_week = weekly(total.manned);
    use.stood_in_per_week = weekly(total.stood_in);
    use.lent_per_week = weekly(total.lent);
    use.lacking_per_week = divided(mean_estimate(total.lacking, sums.lacking_squares, n), weeks);
    into.staff.push_back(std::move(use));
  }
}

void add_rules(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const n = static_cast<std::uint64_t>(experiment.tally.completed.size());
  if (n == 0) return;
  double const measured = static_cast<double>(model.end - model.measure_from);
  auto const& era = model.eras.front();
  for (std::size_t i = 0; i < era.rule_sites.size(); ++i) {
    auto const& site = era.rule_sites[i];
    auto const& sums = experiment.tally.rules[i];
    auto const& total = sums.total;
    auto const mean = [n](std::uint64_t count) { return static_cast<double>(count) / static_cast<double>(n); };
    bool const moves = era.rules[site.rule].kind == model::RuleKind::move;
    RuleUse use;
    use.rule = model.names.rules[site.rule];
    use.kind = moves ? "move" : "capacity";
    use.resource = model.names.resource_names[era.resources[site.resource].name];
    use.provider = model.names.providers[site.provider];
    use.looked = mean(total.looked);
    use.begun = mean(total.begun);
    use.sessions = mean(total.sessions);
    use.slots = mean(total.slots);
    use.moved_to = mean(total.moved_to);
    if (moves)
      use.moved_from = mean_estimate(total.moved_from, sums.moved_squares, n);
    else
      use.share_in_force = divided(mean_estimate(total.in_force, sums.in_force_squares, n), measured);
    into.rules.push_back(std::move(use));
  }
}

}  // namespace cwtsim::experiment
