#pragma once
// Where money goes, as the user wrote it.

#include <cstdint>
#include <string>

#include "cwtsim/scenario/values.hpp"

namespace cwtsim::scenario {

inline constexpr double most_cost = 1e7;  ///< pounds

/// cash: pounds that are spent; capacity: the worth of time that is used; income: pounds that come in.
enum class LedgerKind : std::uint8_t { cash, capacity, income };

/// An account of costs.
struct Ledger {
  std::string label;
  LedgerKind kind = LedgerKind::cash;
  Evidence evidence;
  friend bool operator==(Ledger const&, Ledger const&) = default;
};

/// Ledger -> pounds; may depend on the provider.
using Costs = Named<NumberTable>;

}  // namespace cwtsim::scenario
