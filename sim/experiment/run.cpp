#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "cwtsim/experiment/allotted.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "in_order.hpp"
#include "precision.hpp"

namespace cwtsim::experiment {
namespace {

/// One run: which replications are still to be named, what has been folded, and what ends it.
class Course {
 public:
  Course(model::Model const& model, RunRequest const& request)
      : request_(request), planned_(request.replications.value_or(most_replications)) {
    result_.seed = request.seed;
    result_.first_replication = named_ = next_ = request.first_replication;
    result_.precision_points = request.precision_points;
    result_.layout = Layout(model, request.observed);
    result_.tally = request.done;
    if (request.precision_points) rule_.emplace(result_.layout, *request.precision_points);
    result_.ended = rule_ ? Ended::not_precise : Ended::all_done;
    for (auto const* rows : {&request.done.completed, &request.done.limited})
      for (auto const& row : *rows) done_.emplace(row.replication, &row);
    if (!done_.empty() && (done_.begin()->first < next_ || done_.rbegin()->first - next_ >= planned_))
      throw Unfitting(fmt::format(
          "it holds replications {} to {}, and {} to {} are wanted: what was added up cannot be taken apart",
          done_.begin()->first, done_.rbegin()->first, next_, next_ + planned_ - 1));
    pass_done();
  }

  [[nodiscard]] bool complete() const { return enough() || next_ - request_.first_replication == planned_; }
  [[nodiscard]] std::uint64_t still_planned() const { return planned_ - (next_ - request_.first_replication); }

  // Called while another thread may fold: of what that changes it reads `stopped_` alone.
  std::optional<std::uint64_t> name() {
    while (done_.contains(named_)) ++named_;
    if (stopped_ || named_ - request_.first_replication >= planned_) return std::nullopt;
    if (request_.stop != nullptr && request_.stop->load()) {
      interrupted_ = true;
      return std::nullopt;
    }
    return named_++;
  }

  bool fold(engine::ReplicationResult const& result) {
    if (result.outcome == engine::Outcome::abandoned) {
      interrupted_ = true;
      return false;
    }
    if (request_.memory_bounds_patients && result.outcome == engine::Outcome::too_many_in_system) {
      auto out_of_memory = result;
      out_of_memory.outcome = engine::Outcome::too_much_memory;
      block_.add(result_.layout, out_of_memory);
    } else {
      block_.add(result_.layout, result);
    }
    ++result_.simulated;
    auto const& rows = result.outcome == engine::Outcome::completed ? block_.completed : block_.limited;
    pass(rows.back());
    bool const closes = next_ == block_end(result.replication) || done_.contains(next_) || complete();
    if (closes && !save_block()) return false;
    pass_done();
    if (request_.progress) {
      auto const done = next_ - request_.first_replication;
      request_.progress({done, enough() ? done : rule_ ? rule_->expected() : planned_});
    }
    return !enough();
  }

  Experiment finish() {
    save_block();
    if (result_.ended != Ended::not_saved && interrupted_ && !enough()) result_.ended = Ended::interrupted;
    if (enough() && !done_.empty() && done_.rbegin()->first >= next_)
      throw Unfitting(
          fmt::format("it holds replications up to {}, and {} are enough now: what was added up cannot be taken apart",
                      done_.rbegin()->first, next_ - request_.first_replication));
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool enough() const { return result_.ended == Ended::precise || result_.ended == Ended::many_limits; }
  void stop_as(Ended ended) {
    result_.ended = ended;
    stopped_ = true;
  }

  /// The rule sees every replication in the order of their numbers, whenever it was run.
  void pass(Replication const& row) {
    ++next_;
    if (!rule_) return;
    if (row.outcome == engine::Outcome::completed) {
      if (rule_->satisfied_by(row)) stop_as(Ended::precise);
    } else if (++limited_ == most_limited) {
      stop_as(Ended::many_limits);
    }
  }
  void pass_done() {
    for (auto at = done_.find(next_); at != done_.end() && !complete(); at = done_.find(next_)) pass(*at->second);
  }

  bool save_block() {
    if (block_.empty() || result_.ended == Ended::not_saved) return result_.ended != Ended::not_saved;
    bool const saved = !request_.save || request_.save(block_);
    result_.tally.merge(block_);
    block_ = {};
    if (!saved) result_.ended = Ended::not_saved;
    return saved;
  }

  RunRequest const& request_;
  std::uint64_t planned_;
  Experiment result_;
  std::optional<PrecisionRule> rule_;
  std::map<std::uint64_t, Replication const*> done_;
  Tally block_;
  std::uint64_t named_ = 0;                ///< the next that may be named
  std::uint64_t next_ = 0;                 ///< the next in order
  std::uint64_t limited_ = 0;              ///< seen by the rule
  std::atomic<bool> stopped_ = false;      ///< the rule is satisfied, or has seen too many limits
  std::atomic<bool> interrupted_ = false;  ///< by whoever names or whoever folds
};

}  // namespace

std::uint64_t block_end(std::uint64_t replication) {
  std::uint64_t const length = replication < 200       ? 5
                               : replication < 2'000   ? 20
                               : replication < 20'000  ? 100
                               : replication < 200'000 ? 1'000
                                                       : 10'000;
  return (replication / length + 1) * length;
}

namespace {

void run_on_threads(Terms const& terms, Next const& next, Fold const& fold) {
  auto const& in_order = on_plain_threads ? run_in_order_on_plain_threads : run_in_order;
  in_order(terms, next, fold);
}

/// An arm under way. Its course has the request's address.
struct UnderWay {
  ArmRun run;
  Course course;
  bool closed = false;  ///< nothing more of it is folded
  explicit UnderWay(ArmRun of) : run(std::move(of)), course(*run.model, run.request) {}
};

/// The arms between the one of which replications are named and the one of which they are folded.
class Arms {
 public:
  Arms(std::atomic<bool> const* stop, std::function<std::optional<ArmRun>()> const& next,
       std::function<bool(Experiment)> const& done)
      : stop_(stop), next_(next), done_(done) {}

  std::optional<Item> name() {
    while (!ended_) {
      if (naming_)
        if (auto const replication = naming_->course.name())
          return Item{naming_->run.model, naming_->run.request.seed, *replication, named_ - 1};
      if (ended_ || (stop_ != nullptr && stop_->load())) break;
      auto arm = next_();
      if (!arm) break;
      arm->request.stop = stop_;
      naming_ = std::make_shared<UnderWay>(std::move(*arm));
      ++named_;
      std::scoped_lock const lock(gate_);
      under_way_.push_back(naming_);
    }
    return std::nullopt;
  }

  bool fold(std::size_t arm, engine::ReplicationResult const& result) {
    while (folded_ < arm)
      if (!finish_first()) return false;
    if (auto const own = first(); !own->closed) own->closed = !own->course.fold(result);
    return !ended_;
  }

  void finish() {
    while (!ended_ && first() != nullptr && finish_first()) {
    }
  }

 private:
  [[nodiscard]] std::shared_ptr<UnderWay> first() {
    std::scoped_lock const lock(gate_);
    return under_way_.empty() ? nullptr : under_way_.front();
  }
  bool finish_first() {
    auto const arm = first();
    bool const more = done_(arm->course.finish());
    if (!more) ended_ = true;
    ++folded_;
    std::scoped_lock const lock(gate_);
    under_way_.pop_front();
    return more;
  }

  std::atomic<bool> const* stop_;
  std::function<std::optional<ArmRun>()> const& next_;
  std::function<bool(Experiment)> const& done_;
  std::mutex gate_;
  std::deque<std::shared_ptr<UnderWay>> under_way_;  ///< the first is folded, the last is named
  std::shared_ptr<UnderWay> naming_;
  std::size_t named_ = 0, folded_ = 0;  ///< arms begun, by whoever names; and finished, by whoever folds
  std::atomic<bool> ended_ = false;
};

}  // namespace

void run_arms(int threads, std::atomic<bool> const* stop, std::function<std::optional<ArmRun>()> const& next,
              std::function<bool(Experiment)> const& done) {
  Arms arms(stop, next, done);
  run_on_threads(
      {std::max(1, threads), stop}, [&arms] { return arms.name(); },
      [&arms](std::size_t arm, engine::ReplicationResult const& result) { return arms.fold(arm, result); });
  arms.finish();
}

Experiment run(model::Model const& model, RunRequest const& request) {
  if (request.replications.has_value() == request.precision_points.has_value())
    throw std::invalid_argument("a run needs either a number of replications or a precision");
  Course course(model, request);
  if (!course.complete()) {
    int const wanted = request.threads > 0 ? request.threads : allotted().threads;
    auto const most = static_cast<std::uint64_t>(std::numeric_limits<int>::max() / 2);
    int const threads = std::max(1, std::min(wanted, static_cast<int>(std::min(course.still_planned(), most))));
    std::shared_ptr<model::Model const> const shared(std::shared_ptr<void>(), &model);  // it outlives the run
    run_on_threads(
        {threads, request.stop},
        [&]() -> std::optional<Item> {
          auto const replication = course.name();
          return replication ? std::optional(Item{shared, request.seed, *replication, 0}) : std::nullopt;
        },
        [&course](std::size_t, engine::ReplicationResult const& result) { return course.fold(result); });
  }
  return course.finish();
}

}  // namespace cwtsim::experiment
