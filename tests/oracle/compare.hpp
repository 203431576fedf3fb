#pragma once
// Runs one scenario through the engine and through the second engine, and says where they differ.

#include <cstdint>
#include <map>
#include <string>

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::oracle {

struct Comparison {
  std::string difference;           ///< "" if there is none; else the first that differs
  std::map<std::string, int> used;  ///< mechanisms that worked
  std::size_t moments = 0;
  std::size_t patients = 0;
};

[[nodiscard]] Comparison compare(scenario::DatedScenario const& scenario, std::uint64_t seed);

}  // namespace cwtsim::oracle
