// Steps at which patients wait for each other.

#include "second_engine.hpp"

namespace cwtsim::oracle {

std::string SecondEngine::group_of(Person const& p) {
  return p.pathway + "/" + p.step + "@" + p.provider;
}

void SecondEngine::gather(Person& p) {
  auto const& s = step_of(p);
  auto const name = group_of(p);
  Group& group = groups_[name];
  p.doing = Doing::gathering;
  begin_account(p, "gathering", p.step);
  group.there.push_back(&p);
  if (static_cast<std::int64_t>(group.there.size()) >= *s.together) {
    use("gathered");
    return go_on_together(name);
  }
  if (auto const first = first_to_give_up(p))
    p.pending = {schedule(now_ + first->first, Turn::finishing,
                          [this, &p, then = first->second] { give_up_gathering(p, then); })};
  if (group.there.size() > 1 || !s.wait_at_most.given()) return;
  Draw const where = draw_at(p, "step");
  std::int64_t const wait = rest(s.wait_at_most, p, where.at(where.draws_at ^ letters("gro")));
  group.end = schedule(now_ + wait, Turn::finishing, [this, name] {
    use("gathered too few");
    groups_[name].end.reset();
    go_on_together(name);
  });
}

void SecondEngine::go_on_together(std::string const& name) {
  auto const there = std::move(groups_[name].there);
  end_group(name);
  for (auto* p : there) {
    cancel(*p);
    if (measuring_) add("starts " + name);
    if (measuring_) add("wait_ticks " + name, now_ - p->joined);
    pay(step_of(*p).costs, p->provider, "step=" + p->pathway + "/" + p->step);
    note(*p, "started", p->step);
    p->started = now_;
    begin_account(*p, "delay", p->step);
    if (p->repeat == 0) reach(*p, step_of(*p).on_start, today());
    p->doing = Doing::delayed;
    p->pending = {schedule(now_, Turn::finishing, [this, p] { finish(*p); })};
  }
}

void SecondEngine::give_up_gathering(Person& p, std::string const& then) {
  use("gave up gathering");
  p.pending.clear();
  leave_group(p);
  p.doing = Doing::nothing;
  note(p, "gave_up", p.step);
  if (measuring_) add("gave_up " + group_of(p));
  go(&p, then);
}

void SecondEngine::leave_group(Person& p) {
  auto const name = group_of(p);
  std::erase(groups_[name].there, &p);
  if (groups_[name].there.empty()) end_group(name);
}

// Nobody waits for its end any more; whoever comes next begins another one.
void SecondEngine::end_group(std::string const& name) {
  Group& group = groups_[name];
  if (group.end) calendar_.erase(*group.end);
  group = {};
}

// Groups that are large enough by the numbers of today go on, in the order in which the steps are written.
void SecondEngine::regroup() {
  for (auto const& [pathway, what] : scenario_->pathways)
    for (auto const& [step, s] : what.steps)
      for (auto const& [provider, resources] : scenario_->providers) {
        auto const name = pathway + "/" + step + "@" + provider;
        auto const group = groups_.find(name);
        if (group == groups_.end() || group->second.there.empty()) continue;
        if (static_cast<std::int64_t>(group->second.there.size()) < *s.together) continue;
        use("a group has become large enough");
        go_on_together(name);
      }
}

}  // namespace cwtsim::oracle
