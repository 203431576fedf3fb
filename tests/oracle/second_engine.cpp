#include "second_engine.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace cwtsim::oracle {

Story tell(scenario::DatedScenario const& scenario, std::uint64_t seed, std::uint64_t followed) {
  return SecondEngine(scenario, seed, followed).run();
}

SecondEngine::SecondEngine(scenario::DatedScenario const& scenario, std::uint64_t seed, std::uint64_t followed)
    : dated_(scenario), scenario_(&scenario.base), followed_(followed), key_(replication_key(seed, 0)) {
  auto const& horizon = scenario.base.horizon;
  seconds_ = horizon.resolution.seconds;
  first_day_ = horizon.starts.date;
  day_ = ticks(Duration{seconds_per_day});
  start_ = ticks(horizon.starts.time);
  double const measured = end_of_span(horizon.starts, horizon.warm_up);
  measure_from_ = ticks(Duration{measured});
  // months and years of the measured time are counted from the day on which it begins
  double const midnight = std::floor(measured / seconds_per_day) * seconds_per_day;
  DateTime const from{date_of(static_cast<std::int64_t>(midnight / seconds_per_day)), {}};
  end_ = ticks(Duration{measured + end_of_span(from, horizon.run_for)});
  for (auto const& [provider, what] : scenario.base.providers)
    for (auto const& [name, resource] : what.resources)
      if (resource.at.empty()) {
        Resource r;
        r.provider = provider;
        r.name = name;
        resources_.push_back(r);
      }
}

Story SecondEngine::run() {
  now_ = start_;
  if (measure_from_ > start_) use("warm-up");
  if (seconds_ != 60) use("ticks of other than a minute");
  for (auto& r : resources_) r.counted_until = start_;
  settled_ = start_;
  measuring_ = measure_from_ <= start_;
  if (!measuring_)
    schedule(measure_from_, Turn::beginning, [this] {
      for (auto& r : resources_) count_time(r);
      measuring_ = true;
    });
  for (auto const& [date, changed] : dated_.changes) {
    std::int64_t const at = std::int64_t{date - first_day_} * day_;
    if (at <= start_)
      scenario_ = &changed;
    else
      schedule(at, Turn::beginning, [this, &now = changed] { change_scenario(now); });
  }
  read_graph();
  for (auto& r : resources_)
    if (what_is(r).servers) open_servers(r, *what_is(r).servers, 0);
  place_waiting();
  schedule(start_, Turn::beginning, [this] { begin_day(); });
  for (std::int64_t const pieces : {24, 1440})
    if (some_stream_comes_in(pieces)) schedule(start_, Turn::beginning, [this, pieces] { begin_piece(pieces); });
  while (!calendar_.empty() && !stopped_) {
    auto const first = calendar_.begin();
    if (std::get<0>(first->first) >= end_) break;
    now_ = std::get<0>(first->first);
    turn_ = std::get<1>(first->first);
    auto const what = std::move(first->second);
    calendar_.erase(first);
    what();
  }
  if (!stopped_) now_ = end_;
  story_.stopped_at = now_;
  for (auto const& [name, rule] : scenario_->rules)
    for (auto const* r : lists_of(rule)) count_surge(name, r->provider);
  settle();
  for (auto& r : resources_) {
    count_time(r);
    add("waiting_at_end " + r.full(), static_cast<std::int64_t>(r.waiting.size() + r.held.size()));
  }
  if (!stopped_) count_lists();
  for (auto const& p : people_) {
    if (p.doing == Doing::waiting || p.doing == Doing::gathering)
      add("waiting_at_end " + p.pathway + "/" + p.step + "@" + p.provider);
    if (p.doing == Doing::held) add("waiting_at_end " + p.pathway + "/" + p.next + "@" + p.provider);
  }
  for (auto& p : people_) end_account(p);
  for (auto const& [p, next] : frozen_)
    if (p->doing != Doing::held || !p->keeps || p->next != next) story_.outcome = "thawed";
  for (auto const& p : people_)
    if (p.patient == &p && p.doing != Doing::gone && p.has_come) ++story_.totals["still_in"];
  return std::move(story_);
}

EventId SecondEngine::schedule(std::int64_t at, Turn turn, std::function<void()> what) {
  // what should have come earlier in this tick comes now, after what is due
  if (at == now_ && turn < turn_) turn = turn_;
  EventId const id{at, turn, scheduled_++};
  calendar_[id] = std::move(what);
  return id;
}

void SecondEngine::cancel(Person& p) {
  for (auto const& id : p.pending) calendar_.erase(id);
  p.pending.clear();
}

void SecondEngine::add(std::string const& what, std::int64_t n) {
  static std::set<std::string> const by_month{"starts",        "finished",   "wait_ticks", "gave_up",    "sessions",
                                              "cancelled",     "offered",    "used",       "busy_ticks", "open_ticks",
                                              "overrun_ticks", "staff_days", "posts",      "in_post",    "wanted",
                                              "manned",        "stood_in",   "lacking"};
  if (n == 0) return;
  story_.totals[what] += n;
  if (by_month.contains(what.substr(0, what.find(' '))))
    story_.totals["month " + month_of(date_of(std::min(now_, end_ - 1) / day_)) + " " + what] += n;
}

void SecondEngine::note(Person const& p, std::string const& what, std::string const& step) {
  story_.moments.push_back({p.key, now_, step.empty() ? "" : p.pathway + "/" + step, p.provider, what});
}

std::int64_t SecondEngine::ticks(Duration d) const {
  return std::llround(d.seconds / seconds_);
}

bool SecondEngine::holiday(std::int64_t day) const {
  return scenario_->horizon.bank_holidays == scenario::BankHolidays::england && is_bank_holiday(date_of(day));
}

void SecondEngine::begin_day() {
  look_for_deadlock(nullptr);
  if (stopped_) return;
  count_lists();
  if (now_ > start_ && month_number(date_of(today())) != month_number(date_of(today() - 1))) settle();
  generate(1);
  follow_timetables();
  begin_day_of_staff();
  schedule_rules();
  if (now_ == start_) schedule_openings(today() - 1);
  schedule_openings(today());
  std::int64_t const tomorrow = (today() + 1) * day_;
  bool const last = tomorrow >= end_ || month_number(date_of(today())) != month_number(date_of(today() + 1));
  if (last && tomorrow > measure_from_)
    schedule(std::min(tomorrow, end_) - 1, Turn::auditing, [this] { count_open_clocks(); });
  schedule(tomorrow, Turn::beginning, [this] { begin_day(); });
}

// At the beginning and at the end of the measured time and seven times between, on whole days of it; in whole weeks
// where there are eight or more.
void SecondEngine::count_lists() {
  std::int64_t const first = (measure_from_ + day_ - 1) / day_, days = end_ / day_ - first;
  std::int64_t const unit = days < 56 ? 1 : 7;
  if (days < 8) return;
  for (std::int64_t k = 0; k <= 8; ++k)
    if (now_ == (k == 8 && now_ == end_ ? end_ : (first + unit * (k * (days / unit) / 8)) * day_)) {
      std::string const when = "list " + std::to_string(k) + " ";
      for (auto const& r : resources_)
        if (lists_counted_.insert(when + r.full()).second)
          add(when + r.full(), static_cast<std::int64_t>(r.waiting.size() + r.held.size()));
    }
}

void SecondEngine::begin_piece(std::int64_t pieces) {
  generate(pieces);
  std::int64_t const length = day_ / pieces;
  schedule((now_ / length + 1) * length, Turn::beginning, [this, pieces] { begin_piece(pieces); });
}

void SecondEngine::change_scenario(scenario::Scenario const& changed) {
  use("dated levers");
  settle();
  scenario_ = &changed;
  read_graph();
  for (auto& r : resources_) {
    if (what_is(r).servers && *what_is(r).servers != r.servers) {
      use("always open servers change on a date");
      open_servers(r, *what_is(r).servers, 0);
    }
    call(r);
    if (what_is(r).kind == scenario::ResourceKind::sessions && slots_left(r) > 0) {
      offer(r);
      r.call_is_due = false;
      schedule_call(r);
    }
    admit_held(r);
  }
  regroup();
}

// The steps to which a patient can come more than once: those from which some way leads back to them.
void SecondEngine::read_graph() {
  std::map<std::string, std::set<std::string>> next;
  for (auto const& [pathway, what] : scenario_->pathways)
    for (auto const& [name, step] : what.steps) {
      auto& to = next[pathway + "/" + name];
      auto const lead_to = [&, &in = pathway](std::string const& other) {
        if (!other.empty()) to.insert(in + "/" + other);
      };
      for (auto const& row : step.then.rows)
        for (auto const& [other, share] : row.value) lead_to(other);
      for (auto const& [branch, chance] : step.starts) lead_to(branch);
      for (auto const& [reason, gives_up] : step.gives_up) lead_to(gives_up.then);
      if (step.when_full != name) lead_to(step.when_full);
      if (step.did_not_attend) lead_to(step.did_not_attend->then);
      if (step.kind == scenario::StepKind::continues)
        to.insert(step.pathway + "/" + scenario_->pathways.find(step.pathway)->start);
    }
  in_cycle_.clear();
  for (auto const& [from, to] : next) {
    std::set<std::string> reached = to;
    for (bool more = true; more;) {
      auto const before = reached;
      for (auto const& step : before) reached.insert(next[step].begin(), next[step].end());
      more = reached.size() > before.size();
    }
    if (reached.count(from)) in_cycle_.insert(from);
  }
}

}  // namespace cwtsim::oracle
