#include "gatherings.hpp"

#include <algorithm>

#include "cwtsim/core/kinds.hpp"

namespace cwtsim::engine {

Gatherings::Gatherings(Now const& now, Patients& patients) : now_(now), patients_(patients) {
  auto const& steps = now.model.eras.front().steps;
  if (std::ranges::any_of(steps, [](model::Step const& s) { return record_of(s.kind).gathers; }))
    groups_.resize(steps.size() * now.providers);
}

void Gatherings::reset() {
  std::ranges::fill(groups_, Group{});
}

void Gatherings::join(Row r) {
  Patient& p = patients_[r];
  Group& group = group_of(p);
  p.doing = Doing::gathered;
  patients_.push_back(group.there, r);
  ++group.size;
}

void Gatherings::leave(Row r) {
  Group& group = group_of(patients_[r]);
  patients_.unlink(group.there, r);
  if (--group.size == 0) ++group.epoch;
}

}  // namespace cwtsim::engine
