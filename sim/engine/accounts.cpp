// Where the time goes: every moment of every patient belongs to one account of one step.

#include <algorithm>

#include "counting.hpp"
#include "cwtsim/model/timetable.hpp"

namespace cwtsim::engine {

// The notice and the timetable are those in force when the wait ends.
void Counting::divide_wait(model::Resource const& resource, Tick joined, StepTotals& time) const {
  Tick const waited = now_.tick - joined;
  auto const measured = static_cast<Tick>(now_.measured_since(joined));
  Tick const since_call = std::min(measured, waited > resource.notice ? waited - resource.notice : 0);
  time.notice += measured - since_call;
  std::uint64_t closed = 0;
  if (resource.closed != model::none32 && since_call > 0) {
    auto const before = [&](Tick t, Tick day) { return closed_before(now_.model, *now_.era, resource, t, day); };
    Tick const called = now_.tick - since_call;
    closed = before(now_.tick, now_.day) - before(called, called / now_.model.ticks_per_day);
  }
  time.closed += closed;
  time.waiting += since_call - closed;
}

void Counting::charge_joining(Patient const& parent) {
  if (now_.measuring)
    branch_steps_[now_.at(parent.step, parent.provider)].joining +=
        parent.absorbed * now_.measured_since(parent.joining);
}

void Counting::settle(Patient const& p) {
  switch (p.doing) {
    case Doing::pending:
    case Doing::queued:
    case Doing::set_aside:
      return charge_wait(p);
    case Doing::gathered:
      return charge(p, &StepTotals::gathering, p.joined);
    case Doing::delayed:
      switch (p.away) {
        case Away::step:
          return charge(p, own_time_of(now_.steps[p.step].kind), p.started);
        case Away::repeat:
          return charge(p, &StepTotals::between, p.joined);
        case Away::rebooking:
          return charge(p, &StepTotals::rebooking, p.joined);
        case Away::move:
          return charge(p, &StepTotals::travelling, p.joined);
      }
      return;
    case Doing::in_service:
      return charge(p, &StepTotals::service, p.started);
    case Doing::paused:
      return charge(p, &StepTotals::interrupted, p.started);
    case Doing::blocked:
      if (p.holding) return charge(p, &StepTotals::held, p.joined);
      return charge(p, now_.at(p.next_step, p.provider), &StepTotals::outside, p.joined);
    case Doing::branched:
      charge_joining(p);
      return charge(p, &StepTotals::branched, p.joined);
    case Doing::nothing:
    case Doing::expected:
    case Doing::withdrawn:
      return;
  }
}

}  // namespace cwtsim::engine
