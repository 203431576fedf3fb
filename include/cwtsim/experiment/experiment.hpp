#pragma once
// Many replications of one model, folded in the order of their numbers: the same result for any number of threads.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "cwtsim/engine/result.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::experiment {

/// The sequential rule of `precision_points`: checked in replication order from this many on ...
inline constexpr std::uint64_t first_check = 20;
/// ... held for this many more ...
inline constexpr std::uint64_t look_ahead = 5;
/// ... and given up after this many, or after `first_check` that hit a limit.
inline constexpr std::uint64_t most_replications = 10'000;

/// How many replications are folded so far, and how many there will be (an estimate under a precision).
struct Progress {
  std::uint64_t done = 0;
  std::uint64_t expected = 0;
};

/// What to run: a number of replications, or as many as a precision needs (just one of the two is given).
struct RunRequest {
  std::uint64_t seed = 1;
  std::uint64_t first_replication = 0;
  std::optional<std::uint64_t> replications;
  std::optional<double> precision_points;   ///< half width of the 95 % interval of every standard's attainment, points
  int threads = 0;                          ///< 0: all of the machine's
  std::function<void(Progress)> progress;   ///< called after each folded replication, never twice at once; may be empty
  std::atomic<bool> const* stop = nullptr;  ///< when it turns true nothing new is started
};

/// Why there are no more replications.
enum class Ended : std::uint8_t {
  all_done,     ///< as many as were asked for
  precise,      ///< the precision was reached
  not_precise,  ///< `most_replications` were not enough
  many_limits,  ///< under a precision, `first_check` replications hit a limit
  interrupted   ///< the stop flag
};

/// What is kept of each replication. One that hit a limit has no counts and no resources.
struct Replication {
  std::uint64_t replication = 0;
  engine::Outcome outcome = engine::Outcome::completed;
  Tick stopped_at = 0;
  std::uint64_t events = 0;
  std::uint64_t referred = 0;
  std::uint64_t finished = 0;
  std::uint64_t still_in = 0;
  std::uint64_t measured_referrals = 0;
  std::vector<std::uint32_t> counted;   ///< [stratum * months + month] halves of a patient
  std::vector<std::uint32_t> met;       ///< likewise
  std::vector<std::uint64_t> arrivals;  ///< [source]
  std::vector<engine::ResourceTotals> resources;
  friend bool operator==(Replication const& a, Replication const& b);
};

/// Sum and sum of squares over replications, exact in integers.
struct Moments {
  std::uint64_t sum = 0;
  std::uint64_t squares = 0;
  void add(std::uint64_t value) {
    sum += value;
    squares += value * value;
  }
  friend bool operator==(Moments const&, Moments const&) = default;
};

/// The replications of one arm. Sums are over the completed ones only: those that hit a limit are kept apart.
struct Experiment {
  std::uint64_t seed = 1;
  std::uint64_t first_replication = 0;
  std::optional<double> precision_points;  ///< the rule was sequential
  Ended ended = Ended::all_done;
  std::vector<Replication> completed;     ///< in replication order
  std::vector<Replication> limited;       ///< in replication order
  std::uint64_t events = 0;               ///< of all of them
  std::vector<std::uint64_t> days;        ///< [stratum * day_cells + days] halves, summed
  std::vector<Moments> open;              ///< [stratum * months + month]
  std::vector<Moments> open_long;         ///< [(stratum * months + month) * 2 + k]
  std::vector<engine::StepTotals> steps;  ///< [step * providers + provider], summed
  [[nodiscard]] std::uint64_t replications() const { return completed.size() + limited.size(); }
};

/// Runs the request on oneTBB. An exception inside a replication comes out of here.
[[nodiscard]] Experiment run(model::Model const& model, RunRequest const& request);
/// The number of threads that `threads = 0` stands for.
[[nodiscard]] int available_threads();

}  // namespace cwtsim::experiment
