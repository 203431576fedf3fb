// How lists move when there is something to be served with, and stop when there is not.

#include <algorithm>

#include "flow.hpp"

namespace cwtsim::engine {

using model::Index16;

void Flow::dispatch(Index16 index) {
  WaitingLists::Line& list = lists[index];
  Capacity::Line const& here = capacity[index];
  if (list.waiting == 0 && here.paused.empty() && list.held.empty()) return;
  if (list.moving) {
    list.move_again = true;
    return;
  }
  list.moving = true;
  do {
    list.move_again = false;
    if (!here.paused.empty()) resume_paused(index);
    if (list.waiting == 0 || !here.paused.empty()) continue;
    if (list.shared_needs) {
      dispatch_shared(index);
    } else {
      while (capacity.any(index)) {
        Row const r = lists.first(index);
        if (r == no_row || !suffices(patients[r], now.steps[patients[r].step], index)) break;
        lists.take_out(index, r);
        start(r, index);
      }
    }
  } while (list.move_again);
  list.moving = false;
  if (!list.held.empty()) admit_held(index);
}

// Some who wait here need another resource too: whoever finds enough of this one but not of that is passed over and
// keeps its place. The list stops at the first who finds too little of this one, be it because others have started; it
// is looked through again from its head when something has become free meanwhile.
void Flow::dispatch_shared(Index16 index) {
  std::size_t const base = lists.passed_over();
  std::int64_t most = 1;  // of this resource, wanted by somebody passed over
  while (capacity.any(index) && capacity.left(index) >= most) {
    Row const r = lists.first(index);
    if (r == no_row) break;
    model::Step const& step = now.steps[patients[r].step];
    if (capacity.left(index) < step.lead_count) break;
    Due const due = lists.take_out(index, r);
    if (suffices(patients[r], step, index)) {
      start(r, index);
      if (lists[index].move_again) break;
      continue;
    }
    lists.pass_over(index, due);
    most = std::max<std::int64_t>(most, step.lead_count);
  }
  lists.put_back(index, base);
}

// Those interrupted by a closing go on before anyone else starts.
void Flow::resume_paused(Index16 index) {
  Capacity::Line& here = capacity[index];
  while (!here.paused.empty()) {
    Row const r = here.paused.head;
    Patient& p = patients[r];
    model::Step const& step = now.steps[p.step];
    if (here.free < step.lead_count) return;
    patients.unlink(here.paused, r);
    here.free -= step.lead_count;
    capacity.count_busy(step, p.provider, p.started, 1);
    counting.settle(p);
    p.doing = Doing::in_service;
    p.started = now.tick;
    p.finishes = now.tick + p.left;
    log.note(Happening::resumed, p, p.step);
    ++p.epoch;
    capacity.serve(index, r);
    schedule(p.finishes, EventKind::step_finished, r);
  }
}

void Flow::stop_work(Index16 index) {
  Capacity::Line& here = capacity[index];
  bool const goes_on = now.resource_rules[index].at_closing == model::AtClosing::pause;
  while (here.free < 0 && !here.serving.empty()) {
    Row const r = here.servers == 0 ? here.serving.head : here.serving.tail;
    Patient& p = patients[r];
    capacity.end_service(index, r);
    model::Step const& step = now.steps[p.step];
    here.free += step.lead_count;
    capacity.count_busy(step, p.provider, p.started);
    counting.settle(p);
    p.carried += now.tick - p.started;
    p.left = p.finishes - (goes_on ? now.tick : p.started);
    p.started = now.tick;  // what else it holds it goes on holding
    p.doing = Doing::paused;
    log.note(Happening::interrupted, p, p.step);
    ++p.epoch;
    patients.push_back(here.paused, r);
  }
  offer(index);  // one who stopped may have had more than was missing
}

void Flow::release(Index16 step, Index16 provider, Tick started) {
  model::Step const& s = now.steps[step];
  if (s.many_needs) {
    release_all(s, provider, started, 0);
    return;
  }
  Index16 const index = now.waited_for(step, provider);
  if (capacity[index].kind != model::ResourceKind::servers) return;
  capacity.give_back(index, s.lead_count, started);
  offer(index);
}

void Flow::release_all(model::Step const& s, Index16 provider, Tick started, std::uint32_t from) {
  auto const each_server = [&](auto const& act) {
    for (std::uint32_t n = from; n < s.needs.count; ++n) {
      model::Need const& need = now.era->needs[s.needs.first + n];
      Index16 const index = now.resource_of(provider, need);
      if (capacity[index].kind == model::ResourceKind::servers) act(index, need.count);
    }
  };
  each_server([&](Index16 index, std::uint32_t count) { capacity.give_back(index, count, started); });
  each_server([&](Index16 index, std::uint32_t) { offer(index); });
}

void Flow::offer(Index16 index) {
  WaitingLists::Line const& list = lists[index];
  if (list.waiting > 0 || !capacity[index].paused.empty() || !list.held.empty()) dispatch(index);
  if (!list.has_dependents) return;
  model::Range const dependents = now.resource_rules[index].dependents;
  for (std::uint32_t d = 0; d < dependents.count; ++d) dispatch(now.model.dependents[dependents.first + d]);
}

void Flow::call_after_notice(Index16 index) {
  WaitingLists::Line& list = lists[index];
  Capacity::Line const& here = capacity[index];
  if (list.notice_event_due || here.slots_left == 0 || list.pending.empty() || now.tick >= here.closes) return;
  Tick const waited = now.tick - patients[list.pending.head].joined;
  Tick const at = now.tick + (list.notice > waited ? list.notice - waited : 0);
  if (at >= here.closes) return;
  list.notice_event_due = true;
  events.push(at, Phase::opening, EventKind::notice_is_up, 0, index);
}

void Flow::end_notice(Index16 index) {
  lists[index].notice_event_due = false;
  lists.release_notices(index);
  dispatch(index);
  call_after_notice(index);
}

}  // namespace cwtsim::engine
