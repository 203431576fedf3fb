#include "counting.hpp"

#include <algorithm>
#include <utility>

namespace cwtsim::engine {

Counting::Counting(Now const& now, Patients& patients, Books& books)
    : now_(now),
      patients_(patients),
      books_(books),
      diaries_(now, patients),
      standards_(static_cast<std::uint32_t>(now.model.standards.size())) {
  model::Model const& model = now.model;
  std::size_t const cells = static_cast<std::size_t>(model.strata) * model.months;
  counted_.resize(cells);
  met_.resize(cells);
  open_.resize(cells);
  open_long_.resize(cells * 2);
  days_.resize(static_cast<std::size_t>(model.strata) * model::day_cells);
  recorded_.resize(static_cast<std::size_t>(model.measure_strata) * model.months);
  recorded_sums_.resize(recorded_.size());
  second_starts_.resize(standards_);
  arrivals_.resize(model.eras.front().sources.size());
  steps_.resize(model.eras.front().steps.size() * model.providers());
  branch_steps_.resize(steps_.size());
  credited_.resize(steps_.size());
}

// The arrays change hands with a result and come back with it: nothing is copied.
void Counting::reset(ReplicationResult& spare) {
  auto const fresh = [](auto& own, auto& lent) {
    if (!lent.empty()) own.swap(lent);
    std::ranges::fill(own, typename std::remove_reference_t<decltype(own)>::value_type{});
  };
  diaries_.reset(spare);
  fresh(counted_, spare.counted);
  fresh(met_, spare.met);
  fresh(days_, spare.days);
  fresh(open_, spare.open);
  fresh(open_long_, spare.open_long);
  fresh(recorded_, spare.recorded);
  fresh(recorded_sums_, spare.recorded_sums);
  fresh(arrivals_, spare.arrivals);
  fresh(second_starts_, spare.second_starts);
  fresh(steps_, spare.steps);
  fresh(branch_steps_, spare.branch_steps);
  std::ranges::fill(credited_, Credited{});
  referred_ = finished_ = measured_referrals_ = 0;
  stops_ = records_ = 0;
}

void Counting::close(ReplicationResult& result) {
  result.referred = referred_;
  result.finished = finished_;
  result.measured_referrals = measured_referrals_;
  diaries_.close(result);
  counted_.swap(result.counted);
  met_.swap(result.met);
  days_.swap(result.days);
  open_.swap(result.open);
  open_long_.swap(result.open_long);
  recorded_.swap(result.recorded);
  recorded_sums_.swap(result.recorded_sums);
  arrivals_.swap(result.arrivals);
  second_starts_.swap(result.second_starts);
  steps_.swap(result.steps);
  branch_steps_.swap(result.branch_steps);
}

void Counting::credit(Capacity& capacity) {
  for (std::size_t at = 0; at < steps_.size(); ++at) {
    StepTotals const& totals = steps_[at];
    Credited const all{totals.starts, totals.wait_ticks, totals.held + branch_steps_[at].held};
    Credited const before = std::exchange(credited_[at], all);
    std::uint64_t const starts = all.starts - before.starts, held = all.held - before.held;
    model::Range const needs = now_.steps[at / now_.providers].needs;
    if ((starts == 0 && held == 0) || needs.count == 0) continue;
    ResourceTotals& lead = capacity.totals(now_.leads[at]);
    lead.starts += starts;
    lead.wait_ticks += all.wait_ticks - before.wait_ticks;
    for (std::uint32_t n = 0; n < needs.count; ++n) {
      model::Need const& need = now_.era->needs[needs.first + n];
      auto const resource = now_.resource_of(static_cast<model::Index16>(at % now_.providers), need);
      capacity.totals(resource).used += starts * need.count;
      if (now_.resource_rules[resource].kind == model::ResourceKind::servers)
        capacity.totals(resource).held_ticks += held;
    }
  }
}

}  // namespace cwtsim::engine
