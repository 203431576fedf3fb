// When resources exist: shifts, sessions, meetings and the staff they need.

#include <algorithm>
#include <cmath>

#include "second_engine.hpp"

namespace cwtsim::oracle {

using scenario::AtClosing;
using scenario::Opening;
using scenario::ResourceKind;

namespace {

std::int64_t days_of(std::string const& on) {
  auto const days = days_written(on);
  return std::count(days.begin(), days.end(), true);
}

}  // namespace

// Busy and open time of servers since it was last counted.
void SecondEngine::count_time(Resource& r) {
  std::int64_t const since = std::max(r.counted_until, measure_from_);
  if (now_ > since && what_is(r).kind == ResourceKind::servers) {
    add("busy_ticks " + r.full(), (now_ - since) * r.in_use);
    add("open_ticks " + r.full(), (now_ - since) * r.servers);
    if (r.in_use > r.servers) {
      use("overrun");
      add("overrun_ticks " + r.full(), (now_ - since) * (r.in_use - r.servers));
    }
    r.unpaid += (now_ - since) * r.servers;
  }
  r.counted_until = now_;
}

// From now on so many servers are at work; length 0: until something else is said.
void SecondEngine::open_servers(Resource& r, std::int64_t servers, std::int64_t length) {
  count_time(r);
  r.servers = servers;
  calendar_.erase(r.closing);  // a new shift takes the place of one that would go on
  if (measuring_ && length > 0) add("sessions " + r.full());
  if (length > 0)
    r.closing = schedule(now_ + length, Turn::closing, [this, &r] {
      count_time(r);
      r.servers = 0;
      // after what finishes or opens in this very tick: servers may go on in the next shift
      if (what_is(r).at_closing != AtClosing::finish && !r.serving.empty())
        schedule(now_, Turn::opening, [this, &r] { interrupt(r); });
    });
  offer(r);
}

// Stops the work for which there is no server any more; where some are left, the work that began last.
void SecondEngine::interrupt(Resource& r) {
  while (r.in_use > r.servers && !r.serving.empty()) {
    Person& p = r.servers == 0 ? *r.serving.front() : *r.serving.back();
    r.serving.remove(&p);
    cancel(p);
    auto const lead = needs_of(step_of(p), p.provider)[0];
    bool const pause = what_is(r).at_closing == AtClosing::pause;
    use(pause ? "paused at closing" : "restarted after closing");
    count_time(r);
    r.in_use -= lead.count;
    begin_account(p, "interrupted", p.step);
    p.served += now_ - p.started;
    p.left = p.finishes - (pause ? now_ : p.started);
    p.doing = Doing::interrupted;
    note(p, "interrupted", p.step);
    r.interrupted.push_back(&p);
  }
  offer(r);
}

// The openings of a day. Those that began before the first moment are kept for servers, who are then at work.
void SecondEngine::schedule_openings(std::int64_t day) {
  for (auto& r : resources_) {
    auto const& what = what_is(r);
    for (auto const& [name, opening] : what.openings) {
      auto const days = days_written(opening.on);
      bool const on_weekday = days[place_in_week(date_of(day))];
      if (on_weekday && what.holidays == scenario::OnHolidays::closed && holiday(day)) use("closed on a bank holiday");
      if (!held_on(what, opening, day)) continue;
      if (opening.every_weeks > 1) use("every few weeks");
      std::int64_t const opens = day * day_ + ticks(opening.opens);
      std::int64_t length = ticks(opening.closes) - ticks(opening.opens);
      if (length <= 0) length += day_;
      if (what.kind == ResourceKind::servers) {
        if (opens < now_ && opens + length > now_) {
          use("open before the first moment");
          open_servers(r, *opening.amount, opens + length - now_);
        }
        if (opens >= now_)
          schedule(opens, Turn::opening, [this, &r, o = &opening, length] { open_servers(r, *o->amount, length); });
      } else if (opens >= now_) {
        schedule(opens, what.kind == ResourceKind::meeting ? Turn::meeting : Turn::opening,
                 [this, &r, o = &opening] { open_session(r, *o); });
      }
    }
  }
}

void SecondEngine::open_session(Resource& r, Opening const& opening) {
  auto const& what = what_is(r);
  std::int64_t slots = opening.amount.value_or(0);
  double factor = 1;
  for (auto const& name : surges_at(r)) factor *= *scenario_->rules.find(name)->scale;
  bool const surges = !surges_at(r).empty();
  if (surges) use("capacity in force");
  if (what.per_week || surges) {
    double a_week = 0;
    for (auto const& [name, o] : what.openings)
      a_week += static_cast<double>(days_of(o.on)) / static_cast<double>(o.every_weeks);
    double share = static_cast<double>(slots) * 0x1.0p32;
    if (what.per_week) share = std::round(*what.per_week / a_week * 0x1.0p32);
    r.owed += static_cast<std::uint64_t>(std::llround(surges ? std::min(share * factor, 1e6 * 0x1.0p32) : share));
    slots = static_cast<std::int64_t>(r.owed >> 32);
    r.owed &= 0xFFFFFFFF;
    if (what.per_week) use("slots a week");
  }
  std::int64_t length = ticks(opening.closes) - ticks(opening.opens);
  if (length <= 0) length += day_;
  if (!find_staff(r, now_ + length)) {
    use("cancelled for want of staff");
    if (measuring_) add("cancelled " + r.full());
    return;
  }
  std::int64_t others = 0;
  if (what.other_work.given()) {
    double const share = value_of(what.other_work, {{"provider", r.provider}});
    others = binomial(static_cast<std::uint32_t>(slots), share,
                      draw(key_, draws_at("resource:" + r.full()), static_cast<std::uint64_t>(now_)).first);
    if (others > 0) use("other work");
  }
  bool const takes_all = what.kind == ResourceKind::meeting && !opening.amount;
  if (takes_all) slots = 1'000'000'000;
  if (measuring_) {
    add("sessions " + r.full());
    add("other_work " + r.full(), others);
    if (!takes_all) add("offered " + r.full(), slots - others);
    for (auto const& name : surges_at(r)) {
      add("rule_sessions " + name + "@" + r.provider);
      add("rule_slots " + name + "@" + r.provider, slots);
    }
  }
  pay(what.costs, r.provider, "resource=" + r.full());
  call(r);
  if (what.kind == ResourceKind::meeting) {
    use(takes_all ? "meeting that takes all" : "meeting");
    r.cases = slots;
    offer(r);
    if (takes_all && measuring_) add("offered " + r.full(), slots - r.cases);
    r.cases = 0;
    return;
  }
  if (slots_left(r) > 0) use("overlapping sessions");
  if (slots_left(r) == 0) r.sessions.clear();
  r.sessions.push_back({now_ + length, slots - others});
  offer(r);
  schedule_call(r);
}

}  // namespace cwtsim::oracle
