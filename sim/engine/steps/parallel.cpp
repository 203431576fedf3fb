// A parallel step starts branches, each a row of its own, and the patient goes on where they join.

#include <algorithm>

#include "steps.hpp"

namespace cwtsim::engine::steps {

using model::Index16;

bool absorb_branch(Flow& flow, Row& r, Index16& step) {
  Patients& patients = flow.patients;
  Row const parent = patients[r].parent;
  Patient& q = patients[parent];
  if (q.first_child == r) {
    q.first_child = patients[r].sibling;
  } else {
    Row c = q.first_child;
    while (patients[c].sibling != r) c = patients[c].sibling;
    patients[c].sibling = patients[r].sibling;
  }
  q.visits = std::max(q.visits, patients[r].visits);  // else the next round would draw what this one has drawn
  flow.checks.see_gone(r, true);
  patients.remove(r);
  flow.counting.charge_joining(q);
  ++q.absorbed;
  q.joining = flow.now.tick;
  if (--q.children > 0) return false;
  flow.counting.settle(q);
  q.doing = Doing::nothing;
  ++q.epoch;
  step = flow.now.steps[q.step].joins_at;
  r = parent;
  return true;
}

bool enter_parallel(Flow& flow, model::Step const& s, Row r, Index16& step) {
  Patients& patients = flow.patients;
  auto& children = flow.children;
  std::size_t const base = children.size();
  patients[r].first_child = no_row;
  patients[r].absorbed = 0;
  patients[r].joining = flow.now.tick;
  for (std::uint32_t i = 0; i < s.branches.count; ++i) {
    model::Branch const& b = flow.now.era->branches[s.branches.first + i];
    if (!flow.luck(patients[r], s).elsewhere(b.draws_at).happens(b.probability, {})) continue;
    Row const c = patients.add();
    patients.count_in();
    Patient& child = patients[c];
    Patient& p = patients[r];
    child.key = p.key;
    child.parent = r;
    child.root = p.root;
    child.provider = p.provider;
    child.visits = p.visits;
    child.next_step = b.step;
    child.sibling = p.first_child;
    p.first_child = c;
    ++p.children;
    children.push_back(c);
    flow.most_children = std::max(flow.most_children, children.size());
  }
  if (children.size() == base) {
    patients[r].carried = 0;
    step = s.joins_at;
    return true;
  }
  patients[r].doing = Doing::branched;
  std::uint32_t const epoch = ++patients[r].epoch;
  // A branch that ends the patient ends its siblings with it: they must not be started afterwards.
  for (std::size_t i = base; i < children.size() && patients[r].epoch == epoch; ++i) {
    Row const c = children[i];
    flow.move(c, patients[c].next_step);
  }
  children.resize(base);
  return false;
}

}  // namespace cwtsim::engine::steps
