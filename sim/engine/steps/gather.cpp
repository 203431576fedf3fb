// Patients wait until so many are together, or until the first of them has waited long enough; then all go on.

#include "steps.hpp"

namespace cwtsim::engine::steps {

namespace {

// Each finishes the step as one whose service takes no time: after what is already due.
void go_on(Flow& flow, std::size_t at) {
  Now const& now = flow.now;
  Gatherings::Group const& group = flow.gatherings[at];
  while (!group.there.empty()) {
    Row const r = group.there.head;
    Patient& p = flow.patients[r];
    flow.gatherings.leave(r);
    ++p.epoch;
    if (now.measuring) {
      StepTotals& totals = flow.counting.of_step(at);
      ++totals.starts;
      totals.wait_ticks += now.tick - p.joined;
    }
    flow.counting.settle(p);
    flow.log.note(Happening::started, p, p.step);
    p.started = now.tick;
    model::Step const& s = now.steps[p.step];
    if (s.starting_matters) flow.begin_step(r, s);
    p.doing = Doing::delayed;
    p.away = Away::step;
    flow.schedule(now.tick, EventKind::step_finished, r);
  }
}

}  // namespace

void gather(Flow& flow, model::Step const& s, Row r) {
  Patient& p = flow.patients[r];
  std::size_t const at = flow.now.at(p.step, p.provider);
  ++p.epoch;
  flow.gatherings.join(r);
  Gatherings::Group const& group = flow.gatherings[at];
  if (group.size >= s.together) return go_on(flow, at);
  if (s.may_be_given_up) flow.schedule_giving_up(r, s);
  if (group.size > 1 || !s.wait_at_most().given()) return;
  Luck const luck = flow.luck(p, s);
  Tick const since = flow.now.tick - p.joined;
  Tick const wait = luck.rest(s.wait_at_most(), {}, since, Draw::group);
  if (wait < never - flow.now.tick)
    flow.events.push(flow.now.tick + wait, Phase::finishing, EventKind::group_leaves, group.epoch,
                     static_cast<std::uint32_t>(at));
}

void leave_together(Flow& flow, std::size_t at, std::uint32_t epoch) {
  if (!flow.gatherings.is_stale(at, epoch)) go_on(flow, at);
}

void regroup(Flow& flow) {
  for (std::size_t at = 0; at < flow.gatherings.size(); ++at) {
    model::Step const& s = flow.now.steps[at / flow.now.providers];
    if (flow.gatherings[at].size > 0 && flow.gatherings[at].size >= s.together) go_on(flow, at);
  }
}

}  // namespace cwtsim::engine::steps
