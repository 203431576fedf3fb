// Where the time of everybody goes.

#include <algorithm>
#include <cmath>

#include "cwtsim/scenario/days.hpp"
#include "second_engine.hpp"

namespace cwtsim::oracle {

/// From now on somebody's time goes on something, at a step; what it went on until now is counted.
void SecondEngine::begin_account(Person& p, std::string const& account, std::string const& step) {
  end_account(p);
  p.account = account;
  p.account_at = p.pathway + "/" + step + "@" + p.provider;
  p.account_since = now_;
}

void SecondEngine::end_account(Person& p) {
  std::string const account = std::exchange(p.account, "");
  if (account.empty()) return;
  if (account == "branched") count_joining(p);
  std::int64_t const since = std::max(p.account_since, measure_from_);
  if (!measuring_ || now_ <= since) return;
  auto const count = [&](std::string const& what, std::int64_t n) {
    add((p.parent ? "branch " : "") + what + " " + p.account_at, n);
  };
  if (account == "held")
    for (auto const& need : needs_of(step_of(p), p.provider))
      if (what_is(*need.resource).kind == scenario::ResourceKind::servers)
        add("kept_ticks " + need.resource->full(), (now_ - since) * need.count);
  if (account != "list") return count(account, now_ - since);
  Resource const& r = *needs_of(step_of(p), p.provider)[0].resource;
  for (std::int64_t t = since; t < now_;) {
    std::int64_t const called = p.joined + notice_of(r);
    std::int64_t until = std::min(now_, (t / day_ + 1) * day_);
    if (t < called) until = std::min(until, called);
    count(t < called ? "notice" : is_open_on(what_is(r), t / day_) ? "waiting" : "closed", until - t);
    t = until;
  }
}

/// Branches that have come to where they join, until now.
void SecondEngine::count_joining(Person& p) {
  for (auto const since : p.joining) {
    std::int64_t const from = std::max(since, measure_from_);
    if (measuring_ && now_ > from) add("branch joining " + p.account_at, now_ - from);
  }
  p.joining.clear();
}

/// Something opens on that day, or has not closed since the day before.
bool SecondEngine::is_open_on(scenario::Resource const& what, std::int64_t day) const {
  if (what.servers) return true;
  return std::any_of(what.openings.begin(), what.openings.end(), [&](auto const& named) {
    auto const& opening = named.second;
    std::int64_t length = ticks(opening.closes) - ticks(opening.opens);
    if (what.kind == scenario::ResourceKind::meeting)
      length = 0;
    else if (length <= 0)
      length += day_;
    bool const overnight = ticks(opening.opens) + length > day_;
    return held_on(what, opening, day) || (overnight && held_on(what, opening, day - 1));
  });
}

bool SecondEngine::held_on(scenario::Resource const& what, scenario::Opening const& opening, std::int64_t day) const {
  auto const days = *scenario::parse_days(opening.on);
  // weeks from Monday to Sunday, the first one being that of the first day
  auto const week =
      static_cast<std::int64_t>(std::floor(static_cast<double>(day + static_cast<int>(weekday_of(first_day_))) / 7.0));
  return days[static_cast<std::size_t>(weekday_of(date_of(day)))] && week % opening.every_weeks == 0 &&
         !(what.holidays == scenario::OnHolidays::closed && holiday(day));
}

}  // namespace cwtsim::oracle
