// What it costs: pence by ledger, and of these by provider and by what they are spent on.

#include <algorithm>
#include <cmath>

#include "second_engine.hpp"

namespace cwtsim::oracle {

// `on` is "step=PATHWAY/STEP" or the like.
void SecondEngine::spend(std::string const& ledger, std::string const& provider, std::string const& on,
                         std::string const& month, std::int64_t pence) {
  for (auto const& account : {std::string("all"), "provider=" + provider, on})
    add("pence " + ledger + " " + account + " " + month, pence);
}

// For something that has just happened, once.
void SecondEngine::pay(scenario::Costs const& costs, std::string const& provider, std::string const& on) {
  if (!measuring_) return;
  for (auto const& [ledger, pounds] : costs) {
    use("cost of a " + on.substr(0, on.find('=')));
    spend(ledger, provider, on, month_of(date_of(today())),
          std::llround(value_of(pounds, {{"provider", provider}}) * 100));
  }
}

// Open servers and people in post are paid for at the end of each month, when prices may change, and at the end; each
// such sum is rounded to the nearest penny.
void SecondEngine::settle() {
  std::string const month = month_of(date_of(settled_ / day_));
  auto const rounded = [](std::int64_t price, std::int64_t amount, std::int64_t whole) {
    return (2 * price * amount + whole) / (2 * whole);
  };
  for (auto& r : resources_) {
    count_time(r);
    for (auto const& [ledger, pounds] : what_is(r).costs) {
      if (r.unpaid > 0) use("cost of an open server");
      std::int64_t const hour = std::llround(value_of(pounds, {{"provider", r.provider}}) * 100);
      spend(ledger, r.provider, "resource=" + r.full(), month, rounded(hour, r.unpaid, day_ / 24));
    }
    r.unpaid = 0;
  }
  for (auto const& [provider, what] : scenario_->providers)
    for (auto const& [role, staff] : what.staff) {
      std::int64_t& unpaid = roles_[{provider, role}].unpaid;
      for (auto const& [ledger, pounds] : staff.costs) {
        if (unpaid > 0) use("cost of staff");
        std::int64_t const year = std::llround(value_of(pounds, {{"provider", provider}}) * 100);
        spend(ledger, provider, "staff=" + provider + "/" + role, month, rounded(year, unpaid, 365'000'000));
      }
      unpaid = 0;
    }
  settled_ = now_;
}

}  // namespace cwtsim::oracle
