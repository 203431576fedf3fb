#pragma once
// The ledgers: what has happened, at the prices that held, by month and account.

#include <array>
#include <vector>

#include "now.hpp"
#include "overflow.hpp"

namespace cwtsim::engine {

inline constexpr char const* pence_of_a_ledger = "the pence of a ledger";

class Books {
 public:
  explicit Books(Now const& now);
  /// Takes the accounts back from a result that is no longer wanted.
  void reset(ReplicationResult& spare);
  void close(ReplicationResult& result) { pence_.swap(result.pence); }

  [[nodiscard]] bool kept() const { return !now_.model.accounts.empty(); }
  /// Another month has begun than the one that is being booked.
  [[nodiscard]] bool month_is_over() const { return month_ != now_.model.month_of_day[now_.day]; }

  /// What totals are priced by.
  struct Totals {
    std::vector<StepTotals> const& steps;
    std::vector<ResourceTotals> const& resources;
    std::vector<StaffTotals> const& staff;
  };
  /// Whatever has happened since it was last asked goes, at the prices that held meanwhile, to the month that was then.
  void book(Totals const& totals);
  /// The same amount to each of some accounts.
  template <std::size_t n>
  void post(std::array<std::uint32_t, n> const& accounts, std::uint32_t month, std::uint64_t pence) {
    for (std::uint32_t const account : accounts)
      add_to(pence_[now_.model.account_cell(account, month)], pence, pence_of_a_ledger);
  }

 private:
  [[nodiscard]] std::uint64_t due(model::Cost const& cost, Totals const& totals) const;

  Now const& now_;
  std::vector<std::uint64_t> pence_;
  // what has been booked, as in the totals
  std::vector<std::uint64_t> starts_, sessions_, open_ticks_, in_post_;
  model::Index16 month_ = model::none16;
};

}  // namespace cwtsim::engine
