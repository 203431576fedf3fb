#pragma once
// From a scenario's name to a model that can be run, in another size if wanted.

#include <string>
#include <vector>

#include "cwtsim/model/model.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::bench {

struct Wish {
  std::string scenario;              ///< a name in scenarios/, or a path
  std::vector<std::string> set{};    ///< "/horizon/run_for=1 year"
  std::vector<std::string> scale{};  ///< "/providers/*/resources/ct/per_week=1.1"
  double size = 1;                   ///< demand and capacity, of all streams and resources
};

/// Read, resized and validated; throws with all that is wrong.
[[nodiscard]] scenario::DatedScenario read(Wish const& wish);
[[nodiscard]] model::Model load(Wish const& wish);

/// Seconds of this process's processor time that `run` takes: others on the machine shall not count.
double processor_seconds(void (*run)(void*), void* what);
template <class Run>
double processor_seconds(Run&& run) {
  return processor_seconds([](void* r) { (*static_cast<std::remove_reference_t<Run>*>(r))(); }, &run);
}
/// Seconds on the wall.
double wall_seconds(void (*run)(void*), void* what);
template <class Run>
double wall_seconds(Run&& run) {
  return wall_seconds([](void* r) { (*static_cast<std::remove_reference_t<Run>*>(r))(); }, &run);
}

[[nodiscard]] double median(std::vector<double> values);
/// Of this process, now and at most so far, in bytes.
[[nodiscard]] double resident_bytes();
[[nodiscard]] double most_resident_bytes();

}  // namespace cwtsim::bench
