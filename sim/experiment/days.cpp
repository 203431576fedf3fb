// Visits of steps, and where the time goes.

#include <tuple>

#include "cwtsim/experiment/estimates.hpp"
#include "estimate_parts.hpp"
#include "tell.hpp"

namespace cwtsim::experiment {

namespace {

using engine::StepTotals;

std::optional<double> mean_days(std::uint64_t ticks, std::uint64_t of, model::Model const& model) {
  if (of == 0) return std::nullopt;
  return static_cast<double>(ticks) / static_cast<double>(of) / model.ticks_per_day;
}

/// On a list or outside it.
std::uint64_t waiting(StepTotals const& t) {
  return t.waiting + t.notice + t.closed + t.outside;
}

/// Nothing where there is nothing to have a share of.
std::optional<double> share(std::uint64_t part, std::uint64_t all) {
  return all > 0 ? std::optional(static_cast<double>(part) / static_cast<double>(all)) : std::nullopt;
}

}  // namespace

void add_steps(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const &steps = experiment.tally.steps, &branches = experiment.tally.branch_steps;
  auto const waiting_at = [&](std::size_t i) { return waiting(steps[i].total) + waiting(branches[i].total); };
  auto const time_at = [&](std::size_t i) {
    StepTotals const &own = steps[i].total, &of_branches = branches[i].total;
    return own.time() - own.branched + of_branches.time() - of_branches.branched;
  };
  std::uint64_t all_waiting = 0, all = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    all_waiting += waiting_at(i);
    all += time_at(i);
  }
  Telling const telling{.replications = experiment.tally.completed.size()};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto const& s = steps[i].total;
    if (s.starts == 0 && s.gave_up == 0 && time_at(i) == 0) continue;
    StepUse use;
    tell(use, steps[i], telling);
    use.step = model.names.steps[i / model.providers()];
    use.provider = model.names.providers[i % model.providers()];
    use.mean_wait_days = mean_days(s.wait_ticks, s.starts, model);
    use.mean_service_days = mean_days(s.service_ticks, s.finished, model);
    // who was kept before the measured time and let go in it is among those who went
    use.mean_stay_days =
        mean_days(s.service_ticks - s.kept_ticks + s.let_go_ticks, s.finished - s.kept + s.let_go, model);
    use.share_of_waiting = share(waiting_at(i), all_waiting);
    use.share_of_days = share(time_at(i), all);
    bool const waited = waiting_at(i) + s.gathering + branches[i].total.gathering > 0;
    if (s.starts == 0 && waited) into.never_served.push_back({use.step, use.provider, use.waiting_at_end, use.gave_up});
    into.steps.push_back(std::move(use));
  }
}

void add_days(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const replications = static_cast<double>(experiment.tally.completed.size());
  auto const add = [&](auto const& steps, char const* whose) {
    std::uint64_t all = 0;
    for (auto const& step : steps) all += step.total.time() + step.total.joining;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      auto const one = [&](auto const& account) {
        std::uint64_t const ticks = steps[i].total.*account.member;
        if (ticks == 0) return;
        into.days.push_back({model.names.steps[i / model.providers()], model.names.providers[i % model.providers()],
                             whose, account.name, account.meaning,
                             static_cast<double>(ticks) / model.ticks_per_day / replications,
                             share(ticks, all).value()});
      };
      std::apply([&one](auto const&... account) { (one(account), ...); }, StepTotals::accounts());
    }
  };
  add(experiment.tally.steps, "patients");
  add(experiment.tally.branch_steps, "branches");
}

}  // namespace cwtsim::experiment
