#include <algorithm>

#include "cwtsim/core/statistics.hpp"
#include "state.hpp"

namespace cwtsim::engine {

namespace {

constexpr std::uint64_t days_of_a_year = 365, millionths = 1'000'000;

/// price * amount / whole, to the nearest, half up.
std::uint64_t part_of(std::uint64_t price, std::uint64_t amount, std::uint64_t whole) {
  Wide const product = Wide{price} * amount;
  return static_cast<std::uint64_t>((2 * product + whole) / (2 * Wide{whole}));
}

}  // namespace

void Workspace::State::begin_books() {
  if (model_.accounts.empty()) return;
  std::ranges::fill(booked_starts_, 0);
  std::ranges::fill(booked_sessions_, 0);
  std::ranges::fill(booked_open_, 0);
  std::ranges::fill(booked_staff_, 0);
  booking_month_ = model_.month_of_day[today()];
}

void Workspace::State::post(std::array<std::uint32_t, 3> const& accounts, std::uint32_t month, std::uint64_t pence) {
  for (std::uint32_t const account : accounts) result_.pence[model_.account_cell(account, month)] += pence;
}

// Whatever has happened since it was last asked, at the prices that held meanwhile, goes to the month that was then.
void Workspace::State::book() {
  // of all servers: those that cost nothing now may later
  for (std::size_t i = 0; i < resources_.size(); ++i)
    if (rules_[i].kind == model::ResourceKind::servers) count_open_time(static_cast<model::Index16>(i), now_);
  for (model::Cost const& cost : phase_->costs) {
    if (booking_month_ == model::none16) break;  // nothing was measured
    std::uint64_t pence = 0;
    switch (cost.of) {
      case model::CostOf::start:
        pence = cost.pence * (result_.steps[cost.item].starts - booked_starts_[cost.item]);
        break;
      case model::CostOf::session:
        pence = cost.pence * (result_.resources[cost.item].sessions - booked_sessions_[cost.item]);
        break;
      case model::CostOf::server_hour:
        pence = part_of(cost.pence, result_.resources[cost.item].open_ticks - booked_open_[cost.item],
                        model_.ticks_per_day / 24);
        break;
      case model::CostOf::year:
        pence = part_of(cost.pence, result_.staff[cost.item].in_post - booked_staff_[cost.item],
                        days_of_a_year * millionths);
        break;
    }
    if (pence > 0) post(cost.accounts, booking_month_, pence);
  }
  for (std::size_t i = 0; i < booked_starts_.size(); ++i) booked_starts_[i] = result_.steps[i].starts;
  for (std::size_t i = 0; i < booked_sessions_.size(); ++i) {
    booked_sessions_[i] = result_.resources[i].sessions;
    booked_open_[i] = result_.resources[i].open_ticks;
  }
  for (std::size_t i = 0; i < booked_staff_.size(); ++i) booked_staff_[i] = result_.staff[i].in_post;
  booking_month_ = today() < model_.days ? model_.month_of_day[today()] : model::none16;
}

}  // namespace cwtsim::engine
