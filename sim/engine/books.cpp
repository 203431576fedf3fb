#include "books.hpp"

#include <algorithm>

#include "cwtsim/core/statistics.hpp"

namespace cwtsim::engine {

namespace {

constexpr std::uint64_t days_of_a_year = 365, millionths = 1'000'000;

std::uint64_t whole(Wide sum) {
  if (sum > UINT64_MAX) too_large_to_count(pence_of_a_ledger);
  return static_cast<std::uint64_t>(sum);
}

/// price * amount / parts, to the nearest, half up.
std::uint64_t part_of(std::uint64_t price, std::uint64_t amount, std::uint64_t parts) {
  Wide const product = Wide{price} * amount;
  return whole((2 * product + parts) / (2 * Wide{parts}));
}

}  // namespace

Books::Books(Now const& now) : now_(now) {
  model::Model const& model = now.model;
  if (!kept()) return;
  model::Era const& first = model.eras.front();
  pence_.resize(model.accounts.size() * model.months);
  starts_.resize(first.steps.size() * model.providers());
  sessions_.resize(first.resources.size());
  open_ticks_.resize(first.resources.size());
  in_post_.resize(first.staff.size());
}

void Books::reset(ReplicationResult& spare) {
  if (!kept()) return;
  if (!spare.pence.empty()) pence_.swap(spare.pence);
  for (auto* list : {&pence_, &starts_, &sessions_, &open_ticks_, &in_post_}) std::ranges::fill(*list, 0);
  month_ = now_.model.month_of_day[now_.day];
}

std::uint64_t Books::due(model::Cost const& cost, Totals const& totals) const {
  switch (cost.of) {
    case model::CostOf::start:
      return whole(Wide{cost.pence} * (totals.steps[cost.item].starts - starts_[cost.item]));
    case model::CostOf::session:
      return whole(Wide{cost.pence} * (totals.resources[cost.item].sessions - sessions_[cost.item]));
    case model::CostOf::server_hour:
      return part_of(cost.pence, totals.resources[cost.item].open_ticks - open_ticks_[cost.item],
                     now_.model.ticks_per_day / 24);
    case model::CostOf::year:
      return part_of(cost.pence, totals.staff[cost.item].in_post - in_post_[cost.item], days_of_a_year * millionths);
  }
  return 0;
}

void Books::book(Totals const& totals) {
  for (model::Cost const& cost : now_.era->costs) {
    if (month_ == model::none16) break;  // nothing was measured
    if (std::uint64_t const pence = due(cost, totals); pence > 0) post(cost.accounts, month_, pence);
  }
  for (std::size_t i = 0; i < starts_.size(); ++i) starts_[i] = totals.steps[i].starts;
  for (std::size_t i = 0; i < sessions_.size(); ++i) {
    sessions_[i] = totals.resources[i].sessions;
    open_ticks_[i] = totals.resources[i].open_ticks;
  }
  for (std::size_t i = 0; i < in_post_.size(); ++i) in_post_[i] = totals.staff[i].in_post;
  month_ = now_.day < now_.model.days ? now_.model.month_of_day[now_.day] : model::none16;
}

}  // namespace cwtsim::engine
