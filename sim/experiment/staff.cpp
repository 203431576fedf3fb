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
  auto const& roles = model.phases.front().staff;
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

}  // namespace cwtsim::experiment
