#pragma once
// Runs one scenario through the engine and through the second engine, and says where they differ.

#include <cstdint>
#include <map>
#include <string>

#include "cwtsim/scenario/scenario.hpp"
#include "random_scenario.hpp"

namespace cwtsim::oracle {

struct Comparison {
  std::string difference;           ///< "" if there is none; else the first that differs
  std::map<std::string, int> used;  ///< mechanisms that worked
  std::size_t moments = 0;
  std::size_t patients = 0;
};

/// The engine runs what the program's reader has read, the second engine what the plain reader has.
[[nodiscard]] Comparison compare(scenario::DatedScenario const& read, ScenarioText const& text, std::uint64_t seed);

}  // namespace cwtsim::oracle
