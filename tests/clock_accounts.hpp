#pragma once
// What the days of a clock go on.

#include <string>
#include <tuple>
#include <vector>

#include "cwtsim/engine/result.hpp"

namespace cwtsim {

/// The names of the accounts, in the order of ReplicationResult::clock_ticks.
inline std::vector<std::string> clock_accounts() {
  std::vector<std::string> names;
  std::apply([&names](auto const&... account) { (names.emplace_back(account.name), ...); },
             engine::StepTotals::accounts());
  names.emplace_back("paused");
  return names;
}

}  // namespace cwtsim
