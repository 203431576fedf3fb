#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "cwtsim/core/statistics.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "in_order.hpp"

namespace cwtsim::experiment {
namespace {

bool same(engine::ResourceTotals const& a, engine::ResourceTotals const& b) {
  return a.sessions == b.sessions && a.cancelled == b.cancelled && a.offered == b.offered &&
         a.other_work == b.other_work && a.used == b.used && a.did_not_attend == b.did_not_attend &&
         a.turned_away == b.turned_away && a.busy_ticks == b.busy_ticks && a.open_ticks == b.open_ticks &&
         a.wait_ticks == b.wait_ticks && a.starts == b.starts && a.waiting_at_end == b.waiting_at_end &&
         a.longest_list == b.longest_list;
}

Replication summary_of(engine::ReplicationResult const& r) {
  Replication kept;
  kept.replication = r.replication;
  kept.outcome = r.outcome;
  kept.stopped_at = r.stopped_at;
  kept.events = r.events;
  kept.referred = r.referred;
  kept.finished = r.finished;
  kept.still_in = r.still_in;
  kept.measured_referrals = r.measured_referrals;
  return kept;
}

template <class Value>
void add_moments(std::vector<Moments>& sums, std::vector<Value> const& values) {
  sums.resize(std::max(sums.size(), values.size()));
  for (std::size_t i = 0; i < values.size(); ++i) sums[i].add(values[i]);
}

void add_steps(std::vector<engine::StepTotals>& sums, std::vector<engine::StepTotals> const& values) {
  sums.resize(std::max(sums.size(), values.size()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    sums[i].starts += values[i].starts;
    sums[i].wait_ticks += values[i].wait_ticks;
    sums[i].service_ticks += values[i].service_ticks;
    sums[i].gave_up += values[i].gave_up;
  }
}

void add(Experiment& experiment, engine::ReplicationResult const& r) {
  experiment.events += r.events;
  Replication kept = summary_of(r);
  if (r.outcome != engine::Outcome::completed) {
    experiment.limited.push_back(std::move(kept));
    return;
  }
  kept.counted = r.counted;
  kept.met = r.met;
  kept.arrivals = r.arrivals;
  kept.resources = r.resources;
  experiment.completed.push_back(std::move(kept));
  experiment.days.resize(std::max(experiment.days.size(), r.days.size()));
  for (std::size_t i = 0; i < r.days.size(); ++i) experiment.days[i] += r.days[i];
  add_moments(experiment.open, r.open);
  add_moments(experiment.open_long, r.open_long);
  add_steps(experiment.steps, r.steps);
}

/// The sequential rule: has the interval of every standard's attainment been narrow enough for long enough?
class PrecisionRule {
 public:
  PrecisionRule(model::Model const& model, double points) : months_(model.months), points_(points) {
    for (auto const& standard : model.standards)
      for (std::uint32_t i = 0; i < standard.cuts.count; ++i)
        if (auto const& cut = model.cuts[standard.cuts.first + i]; cut.axes == 0) strata_.push_back(cut.first);
    history_.resize(strata_.size());
  }

  /// Takes the next completed replication; true when no more are needed.
  bool satisfied_by(Replication const& r) {
    ++completed_;
    for (std::size_t s = 0; s < strata_.size(); ++s) {
      Ratio own;
      for (std::uint32_t m = 0; m < months_; ++m) {
        own.met += r.met[std::size_t{strata_[s]} * months_ + m];
        own.counted += r.counted[std::size_t{strata_[s]} * months_ + m];
      }
      history_[s].push_back(own);
    }
    if (completed_ < first_check) return false;
    widest_ = widest();
    held_ = widest_ <= points_ ? held_ + 1 : 0;
    return held_ > look_ahead;
  }

  /// How many replications it will take, by the square root law from the widest interval so far.
  [[nodiscard]] std::uint64_t expected() const {
    std::uint64_t const least = first_check + look_ahead;
    if (completed_ < first_check) return least;
    if (held_ > 0) return completed_ + (look_ahead + 1 - held_);
    double const more = static_cast<double>(completed_) * std::pow(widest_ / points_, 2);
    auto const n = static_cast<std::uint64_t>(std::min(more, static_cast<double>(most_replications)));
    return std::min(std::max(n, completed_) + look_ahead, most_replications);
  }

 private:
  /// Widest half width in points. Where all or none met the standard (or nobody was counted) every replication agreed,
  /// so there is nothing to wait for.
  [[nodiscard]] double widest() const {
    double widest = 0;
    for (auto const& ratios : history_)
      if (auto const estimate = pooled_ratio(ratios); estimate && estimate->half_width())
        widest = std::max(widest, 100 * *estimate->half_width());
    return widest;
  }

  std::uint32_t months_;
  double points_;
  double widest_ = 0;
  std::vector<std::uint32_t> strata_;
  std::vector<std::vector<Ratio>> history_;
  std::uint64_t completed_ = 0;
  std::uint64_t held_ = 0;
};

}  // namespace

bool operator==(Replication const& a, Replication const& b) {
  return a.replication == b.replication && a.outcome == b.outcome && a.stopped_at == b.stopped_at &&
         a.events == b.events && a.referred == b.referred && a.finished == b.finished && a.still_in == b.still_in &&
         a.measured_referrals == b.measured_referrals && a.counted == b.counted && a.met == b.met &&
         a.arrivals == b.arrivals &&
         std::equal(a.resources.begin(), a.resources.end(), b.resources.begin(), b.resources.end(), same);
}

Experiment run(model::Model const& model, RunRequest const& request) {
  if (request.replications.has_value() == request.precision_points.has_value())
    throw std::invalid_argument("a run needs either a number of replications or a precision");
  Experiment experiment;
  experiment.seed = request.seed;
  experiment.first_replication = request.first_replication;
  experiment.precision_points = request.precision_points;
  std::uint64_t const planned = request.replications.value_or(most_replications);
  std::optional<PrecisionRule> rule;
  if (request.precision_points) rule.emplace(model, *request.precision_points);
  experiment.ended = rule ? Ended::not_precise : Ended::all_done;

  std::uint64_t named = 0;
  bool interrupted = false;
  auto const next = [&]() -> std::optional<std::uint64_t> {
    if (named == planned) return std::nullopt;
    if (request.stop != nullptr && request.stop->load()) {
      interrupted = true;
      return std::nullopt;
    }
    return request.first_replication + named++;
  };
  auto const fold = [&](engine::ReplicationResult const& result) {
    add(experiment, result);
    bool const completed = result.outcome == engine::Outcome::completed;
    if (rule && completed && rule->satisfied_by(experiment.completed.back())) experiment.ended = Ended::precise;
    if (rule && experiment.limited.size() == first_check) experiment.ended = Ended::many_limits;
    bool const enough = experiment.ended == Ended::precise || experiment.ended == Ended::many_limits;
    auto const done = experiment.replications();
    if (request.progress) request.progress({done, enough ? done : rule ? rule->expected() : planned});
    return !enough;
  };
  int const wanted = request.threads > 0 ? request.threads : available_threads();
  auto const most = static_cast<std::uint64_t>(std::numeric_limits<int>::max() / 2);
  int const threads = std::max(1, std::min(wanted, static_cast<int>(std::min(planned, most))));
  auto const& in_order = on_plain_threads ? run_in_order_on_plain_threads : run_in_order;
  in_order(model, request.seed, threads, next, fold);
  bool const enough = experiment.ended == Ended::precise || experiment.ended == Ended::many_limits;
  if (interrupted && !enough) experiment.ended = Ended::interrupted;
  return experiment;
}

}  // namespace cwtsim::experiment
