#pragma once
// Where money goes, compiled: the accounts of each ledger, and what things cost.

#include <array>
#include <cstdint>

namespace cwtsim::model {

enum class AccountOf : std::uint8_t { all, provider, step, resource, staff, measure };

/// What one ledger is to keep of something. Those of a ledger's whole and of its providers come first: ledger * (1 +
/// providers), and the providers in their order; then those of things.
struct Account {
  std::uint16_t ledger = 0;
  AccountOf of = AccountOf::all;
  std::uint32_t item = 0;  ///< provider, step, resource, staff role, measure
};

enum class CostOf : std::uint8_t { start, session, server_hour, year };

/// A price, and the three accounts that it goes to: the whole, the provider, the thing.
struct Cost {
  CostOf of = CostOf::start;
  std::uint32_t item = 0;   ///< step * providers + provider; resource; staff role
  std::uint64_t pence = 0;  ///< of a role: a year of one whole-time equivalent in post
  std::array<std::uint32_t, 3> accounts{};
};

}  // namespace cwtsim::model
