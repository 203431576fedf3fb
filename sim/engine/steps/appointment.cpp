// An appointment may be missed: its slot is used up, and the patient is booked again.

#include "steps.hpp"

namespace cwtsim::engine::steps {

bool miss(Flow& flow, Row r, model::Index16 resource) {
  Patient& p = flow.patients[r];
  model::Step const& s = flow.now.steps[p.step];
  Luck const luck = flow.luck(p, s);
  if (p.missed == UINT16_MAX) return false;  // whoever has missed so many in a row comes
  if (!luck.happens(s.dna_share, s.dna_odds, Draw::missing)) return false;
  flow.log.note(Happening::missed, p, p.step);
  flow.capacity.take_slots(resource, s.lead_count);
  if (flow.now.measuring) {
    flow.capacity.totals(resource).used += s.lead_count;
    flow.capacity.totals(resource).did_not_attend += s.lead_count;
  }
  flow.counting.charge_wait(p);
  ++p.missed;
  p.joined = flow.now.tick;
  p.doing = Doing::delayed;
  p.away = Away::rebooking;
  if (s.dna_then != model::none16 && p.missed >= s.dna_up_to) {
    p.next_step = s.dna_then;
    flow.schedule(flow.now.tick, EventKind::gives_up, r);
    return true;
  }
  Tick const rebook = s.dna_rebook.given() ? flow.luck(p, s).sample(s.dna_rebook, Draw::rebooking) : 0;
  flow.schedule(flow.now.tick + rebook, EventKind::joins_again, r);
  return true;
}

}  // namespace cwtsim::engine::steps
