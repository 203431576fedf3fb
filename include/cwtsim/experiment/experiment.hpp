#pragma once
// Many replications of one model, folded in the order of their numbers: the same result for any number of threads.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

#include "cwtsim/experiment/tally.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::experiment {

/// The sequential rule of `precision_points`: checked in replication order from this many on, and not before there are
/// as many as every interval's skewness asks for ...
inline constexpr std::uint64_t first_check = least_advised;
/// ... held for this many more ...
inline constexpr std::uint64_t look_ahead = 5;
/// ... and given up after this many, or after so many that hit a limit or froze.
inline constexpr std::uint64_t most_replications = 10'000, most_limited = 20;

/// How many replications are folded so far, and how many there will be (an estimate under a precision).
struct SoFar {
  std::uint64_t done = 0;
  std::uint64_t expected = 0;
};

/// What to run: a number of replications, or as many as a precision needs (just one of the two is given).
struct RunRequest {
  std::uint64_t seed = 1;
  std::uint64_t first_replication = 0;
  std::optional<std::uint64_t> replications;
  std::optional<double>
      precision_points;                  ///< how far the 95 % interval of every standard's attainment may reach, points
  int threads = 0;                       ///< 0: as many as are allotted
  std::vector<ObservedFigure> observed;  ///< whose months are counted too
  Tally done;                            ///< replications run before: they are not run again
  std::function<void(SoFar)> progress;   ///< called after each folded replication, never twice at once; may be empty
  /// Called with each finished block of new replications, in order; false ends the run. May be empty.
  std::function<bool(Tally const&)> save;
  std::atomic<bool> const* stop = nullptr;  ///< when it turns true, what is being run is dropped within a simulated day
  bool memory_bounds_patients = false;      ///< the model's greatest number of patients stands for a limit on memory
};

/// The replications done before do not fit what is asked for now; the message says how.
struct Unfitting : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One past the last replication of the block to which this one belongs. A fixed rule of the number alone: blocks of
/// 5, longer ones from 200 on, so that a file a block is never more than a few hundred files.
[[nodiscard]] std::uint64_t block_end(std::uint64_t replication);

/// Why there are no more replications.
enum class Ended : std::uint8_t {
  all_done,     ///< as many as were asked for
  precise,      ///< the precision was reached
  not_precise,  ///< `most_replications` were not enough
  many_limits,  ///< under a precision, `most_limited` replications hit a limit or froze
  interrupted,  ///< the stop flag
  out_of_time,  ///< the stop flag too, raised by a limit on the time
  not_saved     ///< a block could not be saved
};

/// The replications of one arm.
struct Experiment {
  std::uint64_t seed = 1;
  std::uint64_t first_replication = 0;
  std::optional<double> precision_points;  ///< the rule was sequential
  Ended ended = Ended::all_done;
  std::uint64_t simulated = 0;  ///< replications that were not done before
  Layout layout;
  Tally tally;
  /// Completed, and those that hit a limit or froze.
  [[nodiscard]] std::uint64_t replications() const { return tally.replications(); }
};

/// One arm, and what is wanted of it. Of the requests of several arms neither threads nor the stop flag are looked at.
struct ArmRun {
  std::shared_ptr<model::Model const> model;
  RunRequest request;
};
/// Runs arms one after another, without a thread that waits for the end of one: `next` names an arm when all
/// replications of those before are under way, or none when there is no more, and `done` takes each as it is finished,
/// in their order, those that were interrupted too; false ends it all. Neither is called twice at once, but both may be
/// called at the same time. What comes of an arm is what run() makes of it. Exceptions come out of here, Unfitting too.
void run_arms(int threads, std::atomic<bool> const* stop, std::function<std::optional<ArmRun>()> const& next,
              std::function<bool(Experiment)> const& done);

/// Runs the request on oneTBB. An exception inside a replication comes out of here. Throws Unfitting.
[[nodiscard]] Experiment run(model::Model const& model, RunRequest const& request);

}  // namespace cwtsim::experiment
