#pragma once
// What the kinds of step do, one file a kind where there is more to say than a line.

#include "../flow.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine::steps {

// Entering a step: true if the patient goes straight on, and then `r` and `step` say who and where to.
[[gnu::always_inline]] inline bool enter_delay(Flow& flow, model::Step const& s, Row r, model::Index16& step);
void gather(Flow& flow, model::Step const& s, Row r);
bool enter_parallel(Flow& flow, model::Step const& s, Row r, model::Index16& step);

[[gnu::always_inline]] inline bool enter(Flow& flow, model::Step const& s, Row r, model::Index16& step) {
  switch (s.kind) {
    case model::StepKind::appointment:
    case model::StepKind::servers:
    case model::StepKind::meeting:
      flow.join(r, s);
      return false;
    case model::StepKind::delay:
    case model::StepKind::transfer:
      return enter_delay(flow, s, r, step);
    case model::StepKind::gather:
      gather(flow, s, r);
      return false;
    case model::StepKind::parallel:
      return enter_parallel(flow, s, r, step);
    case model::StepKind::continues:
      step = s.continues_at;
      return true;
    case model::StepKind::end:
      flow.leave(flow.patients[r].root);
      return false;
  }
  return false;
}

// delay.cpp
/// The next time of a delay that is repeated.
void delay_again(Flow& flow, Row r, model::Step const& s);

/// The next time of a step that is repeated, or after a missed appointment.
inline void enter_again(Flow& flow, model::Step const& s, Row r) {
  if (s.waits)
    flow.join(r, s);
  else if (record_of(s.kind).gathers)
    gather(flow, s, r);
  else
    delay_again(flow, r, s);
}

// gather.cpp
/// The time of a group is up; nothing, if it has gone on already.
void leave_together(Flow& flow, std::size_t step_at_provider, std::uint32_t epoch);
/// Groups that are large enough by the numbers of a new era go on.
void regroup(Flow& flow);

// appointment.cpp
/// The patient does not come: the slots of the resource waited for are used up, the rest stays free. False: comes.
bool miss(Flow& flow, Row r, model::Index16 resource);

// parallel.cpp
/// A branch has reached the step where the branches join: it disappears, and the last one brings the patient in.
bool absorb_branch(Flow& flow, Row& r, model::Index16& step);

// transfer.cpp
void hand_over(Flow& flow, Row r, model::Step const& s);

/// What only some kinds do at the end of a step, after all others.
inline void end(Flow& flow, Row r, model::Step const& s) {
  if (s.kind == model::StepKind::transfer) hand_over(flow, r, s);
}

}  // namespace cwtsim::engine::steps
