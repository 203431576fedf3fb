#pragma once
// One arm of an experiment: a scenario with its levers, read, compiled and laid out, whatever is then done with it.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cwtsim/core/problem.hpp"
#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/experiment/part.hpp"
#include "cwtsim/files/manifest.hpp"
#include "cwtsim/io/read.hpp"
#include "cwtsim/model/model.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::study {

/// Limits of one replication that stand in the place of the scenario's.
struct Limits {
  std::optional<std::uint64_t> max_events;
  std::optional<std::uint64_t> max_memory;  ///< bytes
};

/// What makes an arm.
struct ArmRequest {
  io::ReadRequest scenario;
  std::string name;  ///< what tables and reports call it; empty: what its levers are called
  Limits limits{};
  std::string options{};       ///< those of the command line on which results depend
  bool shares_levers = false;  ///< those of the command line are of all arms that are compared: none is called by them
};

/// A value that never changes: any number of runs may share it, one after another or at once.
struct Arm {
  experiment::ArmSummary summary;  ///< what it stands for
  scenario::Scenario scenario;     ///< as in force on the first day
  std::string composed_json;       ///< the scenario as it is run, levers and all
  model::Model model;              ///< under the limits of the request
  bool memory_bounds_patients = false;
  std::vector<experiment::ObservedFigure> observed;
  std::vector<experiment::Outlay> outlays;
  experiment::PulledLevers pulled;  ///< what its levers did
  experiment::Layout layout;
  Limits limits;                       ///< as given
  std::vector<files::FileRead> files;  ///< what was read
  Problems told;                       ///< nothing wrong with what was read, but to be told
};

/// What one replication needs before its first patient, where that is more than was allowed.
struct TooLittleMemory {
  std::uint64_t bytes_needed = 0;
};

/// A scenario that nothing is wrong with, as read and as compiled.
struct Sound {
  io::ReadResult read;
  model::Model model;
};

/// A scenario that may be run, or all that is wrong with it, each with its place.
[[nodiscard]] std::variant<Sound, Problems> read_sound(io::ReadRequest const& request);
/// The arm of a scenario that read_sound found sound.
[[nodiscard]] std::variant<Arm, TooLittleMemory> arm_of(Sound sound, experiment::ArmSummary summary,
                                                        Limits const& limits);
/// What tables say of an arm: it is called as asked, or "base" without levers, or "a1".
[[nodiscard]] experiment::ArmSummary summary_of(ArmRequest const& request, io::ReadResult const& sound);
/// Both in one: an arm, or why there is none.
[[nodiscard]] std::variant<Arm, Problems, TooLittleMemory> make_arm(ArmRequest const& request);

/// Everything that the results of a replication of the arm depend on, but its number: the sources, the scenario as
/// composed, the limits and the seed.
[[nodiscard]] experiment::PartOwner owner_of(Arm const& arm, std::uint64_t seed);

/// What a scenario says was observed, a figure a standard, dimension and value.
[[nodiscard]] std::vector<experiment::ObservedFigure> figures_of(scenario::Scenario const& scenario);
/// What the levers of a scenario did, in their order.
[[nodiscard]] experiment::PulledLevers pulled_levers(std::vector<io::Pulled> const& pulled);
/// The costs that interventions name, in the order of the files; dates are those of the calendar, sums pounds.
[[nodiscard]] std::vector<experiment::Outlay> outlays_of(std::vector<io::Intervention> const& interventions);

}  // namespace cwtsim::study
