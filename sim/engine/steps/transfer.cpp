// A transfer makes the patient (or the branch) another provider's.

#include "steps.hpp"

namespace cwtsim::engine::steps {

void hand_over(Flow& flow, Row r, model::Step const& s) {
  Patient& p = flow.patients[r];
  auto const to = static_cast<model::Index16>(flow.luck(p, s).choose(s.to(), Draw::to));
  if (to == p.provider) return;
  p.provider = to;
  flow.counting.hand_over(p.root);
}

}  // namespace cwtsim::engine::steps
