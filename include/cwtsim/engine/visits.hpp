#pragma once
// What the patients of each source ask for if nobody ever waits: from the flow equations of the pathways, exactly.

#include <cstdint>
#include <optional>
#include <vector>

#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

/// Appointments that one patient misses in a row at most, by the equations and by the walk.
inline constexpr std::uint32_t most_missed = 1000;

/// What one patient of a source asks for on average.
struct Visits {
  std::vector<double> starts;           ///< [step * providers + provider] starts, missed ones among them
  std::vector<double> hours;            ///< likewise hours in service, of steps that need servers
  std::vector<double> asked, variance;  ///< walked: [resource] what is asked of it (slots, cases, server hours), and
                                        ///< the variance of that mean; else empty
};

/// Of those who come to a step at a provider the share that gets through it: [step * providers + provider]. Empty: all.
using Passes = std::vector<double>;

/// Of each source, by the flow equations: expected visits of each step, by provider and by the levels that anything
/// further on depends on. Nothing where that cannot be said so: where a level that turns into another one unseen
/// decides what comes next (`finds`), where branches end a patient or set what others read, and where there are too
/// many combinations. Of delays that are given up the shares are worked out to about 1/4096.
[[nodiscard]] std::vector<std::optional<Visits>> exact_visits(model::Model const& model, model::Era const& era,
                                                              Passes const& passes);

/// By walking so many patients through the model, each of whom counts as what of it gets through; with its variance.
[[nodiscard]] Visits walked_visits(model::Model const& model, model::Era const& era, std::uint32_t source,
                                   std::uint32_t patients, std::uint64_t seed, Passes const& passes);

/// [step][step]: whether patients may come to the second some time after the first.
[[nodiscard]] std::vector<std::vector<bool>> later_steps(model::Model const& model, model::Era const& era);

/// Whether two eras differ in nothing that what their patients ask for hangs on.
[[nodiscard]] bool same_visits(model::Era const& a, model::Era const& b);

}  // namespace cwtsim::engine
