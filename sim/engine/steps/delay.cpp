// A delay takes time and needs nothing; so does a transfer on its way.

#include "steps.hpp"

namespace cwtsim::engine::steps {

using model::Index16;

namespace {

// Who begins on a day off begins as if at this time of the working day before, as a spreadsheet counts: one working day
// from a Saturday ends on Monday. It ends on a working day after that all the same.
Tick after_working(Now const& now, Tick duration) {
  model::Model const& model = now.model;
  std::uint32_t const index = model.working_index[now.day];
  bool const working = index < model.working_days.size() && model.working_days[index] == now.day;
  if (duration == 0 && !working) return now.tick;
  std::uint64_t const total = std::uint64_t{now.tick % model.ticks_per_day} + duration;
  std::uint64_t const days = total / model.ticks_per_day;
  bool const too_soon = !working && days == 0;  // it would be over before today
  std::uint64_t const at = index + days - (working || too_soon ? 0 : 1);
  if (at >= model.working_days.size() || model.working_days[at] >= model.days) return model.end;
  return model.working_days[at] * model.ticks_per_day + (too_soon ? 0 : static_cast<Tick>(total % model.ticks_per_day));
}

Tick end_of(Flow const& flow, Patient const& p, model::Step const& s) {
  if (!s.takes_time) return s.working_days ? after_working(flow.now, 0) : flow.now.tick;
  Tick const takes = flow.length_of(p, s);
  return s.working_days ? after_working(flow.now, takes) : flow.now.tick + takes;
}

// True if it is left before it is over: then that is all that is due.
bool is_left(Flow& flow, Row r, model::Step const& s, Tick until) {
  Tick const earliest = flow.first_to_give_up(r, s);
  if (earliest >= until - flow.now.tick) return false;
  flow.schedule(flow.now.tick + earliest, EventKind::gives_up, r);
  return true;
}

[[gnu::always_inline]] inline void start_delay(Flow& flow, Row r, model::Step const& s, Tick until) {
  Patient& p = flow.patients[r];
  p.doing = Doing::delayed;
  p.away = Away::step;
  ++p.epoch;
  if (s.may_be_given_up && is_left(flow, r, s, until)) return;
  flow.schedule(until, EventKind::step_finished, r);
}

}  // namespace

bool enter_delay(Flow& flow, model::Step const& s, Row r, Index16& step) {
  Patient& p = flow.patients[r];
  flow.log.note(Happening::started, p, step);
  if (s.starting_matters) flow.begin_step(r, s);
  if (flow.now.measuring) ++flow.counting.of_step(flow.now.at(step, p.provider)).starts;
  Tick const until = end_of(flow, p, s);
  if (until > flow.now.tick) {
    start_delay(flow, r, s, until);
    return false;
  }
  return flow.complete(r, step);
}

void delay_again(Flow& flow, Row r, model::Step const& s) {
  Patient const& p = flow.patients[r];
  flow.log.note(Happening::started, p, p.step);
  if (s.starting_matters) flow.begin_step(r, s);
  start_delay(flow, r, s, end_of(flow, p, s));
}

}  // namespace cwtsim::engine::steps
