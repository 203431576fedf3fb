// Where the time of everybody goes.

#include <algorithm>
#include <cmath>

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
  if (p.account.empty()) return;
  if (p.account == "branched") count_joining(p);
  tell_account(p);
  std::int64_t const since = std::max(p.account_since, measure_from_);
  if (measuring_)
    for (auto const& spell : spells(p, since)) {
      add((p.parent ? "branch " : "") + spell.account + " " + p.account_at, spell.until - spell.from);
      if (spell.account != "held") continue;
      for (auto const& need : needs_of(step_of(p), p.provider))
        if (what_is(*need.resource).kind == scenario::ResourceKind::servers)
          add("held_ticks " + need.resource->full(), spell.until - spell.from);
    }
  p.account = "";
}

/// What somebody's time from a moment until now went on.
std::vector<Spell> SecondEngine::spells(Person& p, std::int64_t from) {
  std::vector<Spell> spells;
  auto const add = [&](std::string const& what, std::int64_t begin, std::int64_t end) {
    spells.push_back({begin, end, what, p.account_at, p.parent != nullptr});
  };
  if (now_ <= from) return {};
  if (p.account != "list") {
    add(p.account, from, now_);
    return spells;
  }
  Resource const& r = *needs_of(step_of(p), p.provider)[0].resource;
  for (std::int64_t t = from; t < now_;) {
    std::int64_t const called = p.joined + notice_of(r);
    std::int64_t until = std::min(now_, (t / day_ + 1) * day_);
    if (t < called) until = std::min(until, called);
    add(t < called ? "notice" : is_open_on(what_is(r), t / day_) ? "waiting" : "closed", t, until);
    t = until;
  }
  return spells;
}

/// Its time until now stands in the history of the patient; so does that of the branches that wait for others.
void SecondEngine::tell_account(Person& p) {
  if (p.account.empty()) return;
  for (auto const& spell : spells(p, std::max(p.account_since, p.told_until))) p.patient->history.push_back(spell);
  p.told_until = now_;
}

void SecondEngine::tell_joining(Person& p) {
  for (auto const since : p.joining)
    p.patient->history.push_back({std::max(since, p.joining_told_until), now_, "joining", p.account_at, true});
  p.joining_told_until = now_;
}

void SecondEngine::tell_all(Person& p) {
  tell_account(p);
  tell_joining(p);
  for (auto* b : p.branches) tell_all(*b);
}

/// Where the days of a clock went that stops now, of all its history the part between.
void SecondEngine::count_clock(std::string const& name, Person const& patient, bool met, std::int64_t waited) {
  if (patient.key % followed_ != 0) return use("patients who are not followed");
  Clock const& clock = patient.clocks.at(name);
  auto const& adjustments = dated_.base.standards.find(name)->adjustments;
  std::string const whose = "clock " + name + (met ? " met " : " breached ");
  add(whose + "patients");
  add(whose + "days", std::max<std::int64_t>(waited, 0));
  add(whose + "days_before", clock.days_before);
  std::set<std::int64_t> cuts{clock.since, now_};
  for (auto const& pause : patient.pauses) cuts.insert({pause.from_tick, pause.until_tick});
  auto const is_paused = [&](std::int64_t t) {
    return std::any_of(patient.pauses.begin(), patient.pauses.end(), [&](Pause const& pause) {
      return pause.from_tick <= t && t < pause.until_tick &&
             std::count(adjustments.begin(), adjustments.end(), pause.adjustment) > 0;
    });
  };
  for (auto const& spell : patient.history)
    for (auto cut = cuts.begin(); cut != cuts.end() && std::next(cut) != cuts.end(); ++cut) {
      std::int64_t const from = std::max({spell.from, *cut, clock.since});
      std::int64_t const until = std::min({spell.until, *std::next(cut), now_});
      if (from >= until) continue;
      if (is_paused(from)) use(spell.of_branch ? "paused days of a branch" : "paused days");
      add(whose + (spell.of_branch ? "branch " : "") + (is_paused(from) ? "paused" : spell.account) + " " +
              spell.step.substr(0, spell.step.find('@')),
          until - from);
    }
}

/// Branches that have come to where they join, until now.
void SecondEngine::count_joining(Person& p) {
  tell_joining(p);
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
  auto const days = days_written(opening.on);
  // weeks from Monday to Sunday, the first one being that of the first day
  auto const week = static_cast<std::int64_t>(
      std::floor(static_cast<double>(day + static_cast<std::int64_t>(place_in_week(first_day_))) / 7.0));
  return days[place_in_week(date_of(day))] && week % opening.every_weeks == 0 &&
         !(what.holidays == scenario::OnHolidays::closed && holiday(day));
}

}  // namespace cwtsim::oracle
