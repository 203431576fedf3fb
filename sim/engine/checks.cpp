// What must hold at every moment of a replication; what does not is a defect of the engine and throws. Only in builds
// with CWTSIM_CHECKS: the cheap part after every event, all of it at the end of a day (as long as that costs no more
// than the events did), of a month and of the replication.
#ifdef CWTSIM_CHECKS

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "state.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::none16;
using model::ResourceKind;

namespace {

constexpr std::size_t few_resources = 16;  // areas under their use are kept only for so many
constexpr std::uint32_t most_slots = 1U << 31;

bool waits_in_a_list(model::StepKind kind) {
  return kind == model::StepKind::appointment || kind == model::StepKind::servers || kind == model::StepKind::meeting;
}

}  // namespace

void Workspace::State::broken(std::string const& what) const {
  throw std::logic_error(fmt::format("invariant broken at tick {}, event {}, of replication {}: {}", now_,
                                     result_.events, result_.replication, what));
}

void Workspace::State::check_reset() {
  Ledger::AtStep nobody;
  nobody.since = model_.start;
  ledger_.steps.assign(result_.steps.size(), nobody);
  Ledger::AtResource unused;
  unused.since = model_.start;
  ledger_.resources.assign(resources_.size(), unused);
  ledger_.listed.reserve(rows_.capacity());
  ledger_.referred = ledger_.left = ledger_.full_check_at = 0;
  ledger_.last = model_.start;
}

// A moment of one patient: the lists of the steps are counted from these alone.
void Workspace::State::check_moment(Happening what, Patient const& p, Index16 step) {
  if (what == Happening::referred) ++ledger_.referred;
  if (what == Happening::left) ++ledger_.left;
  if (step == none16 || !waits_in_a_list(phase_->steps[step].kind)) return;
  model::Step const& s = phase_->steps[step];
  switch (what) {
    case Happening::joined:
    case Happening::joined_again: {
      auto& at = ledger_.steps[static_cast<std::size_t>(step) * model_.providers() + p.provider];
      at.area += at.waiting++ * (now_ - at.since);
      at.since = now_;
      return;
    }
    case Happening::started:
      check_start(p, s);
      if (measuring_) {
        auto& at = ledger_.steps[static_cast<std::size_t>(step) * model_.providers() + p.provider];
        auto& lead = ledger_.resources[waited_for(p)];
        ++at.starts, ++lead.starts;
        at.measured += now_ - p.joined, lead.measured += now_ - p.joined;
      }
      check_off_list(p);
      return;
    case Happening::missed:
    case Happening::gave_up:
    case Happening::moved:
      check_off_list(p);
      return;
    case Happening::referred:
    case Happening::interrupted:
    case Happening::resumed:
    case Happening::finished:
    case Happening::turned_away:
    case Happening::left:
      return;
  }
}

void Workspace::State::check_off_list(Patient const& p) {
  auto& at = ledger_.steps[static_cast<std::size_t>(p.step) * model_.providers() + p.provider];
  if (p.joined > now_)
    broken(fmt::format("{}: a wait below zero, since tick {}", model_.names.steps[p.step], p.joined));
  if (at.waiting == 0) broken(fmt::format("{}: somebody left the list who was not on it", model_.names.steps[p.step]));
  at.area += at.waiting-- * (now_ - at.since);
  at.since = now_;
  at.waits += now_ - p.joined;
}

// What was taken for a start was there: within the capacity, in a session that is open, after the notice.
void Workspace::State::check_start(Patient const& p, model::Step const& s) const {
  auto const named = [&](Index16 index) {
    auto const& resource = phase_->resources[index];
    return model_.names.resource_names[resource.name] + " at " + model_.names.providers[resource.provider];
  };
  for (std::uint32_t n = 0; n < s.needs.count; ++n) {
    Index16 const index = resource_of(p.provider, phase_->needs[s.needs.first + n]);
    ResourceState const& state = resources_[index];
    switch (phase_->resources[index].kind) {
      case ResourceKind::servers:
        if (state.free < 0)
          broken(fmt::format("capacity: {} has {} servers and {} in use at a start", named(index), state.capacity,
                             state.capacity - state.free));
        break;
      case ResourceKind::sessions:
        if (now_ >= state.closes)
          broken(fmt::format("{}: a start in a session that closed at tick {}", named(index), state.closes));
        break;
      case ResourceKind::meeting:
        break;
    }
  }
  Index16 const lead = waited_for(p);
  Tick notice = phase_->resources[lead].notice;  // who has been called stays called when a dated lever makes it longer
  for (auto const& phase : model_.phases) notice = std::min(notice, phase.resources[lead].notice);
  if (now_ - p.joined < notice)
    broken(fmt::format("{}: started {} ticks after joining, the notice is {}", named(lead), now_ - p.joined, notice));
}

void Workspace::State::check_after(Event const& e) {
  if (tamper_ != nullptr) tamper_(*this);
  if (now_ < ledger_.last) broken(fmt::format("time went back from tick {}", ledger_.last));
  if (result_.referred - result_.finished != ledger_.referred - ledger_.left)
    broken(fmt::format("conservation: {} referred, {} finished, but {} arrived and {} left", result_.referred,
                       result_.finished, ledger_.referred, ledger_.left));
  for (std::size_t i = 0; i < resources_.size() && resources_.size() <= few_resources; ++i) {
    ResourceState const& state = resources_[i];
    auto const& was = ledger_.resources[i];
    if (state.capacity - state.free != was.in_use || state.capacity != was.capacity || state.slots_left > most_slots)
      check_capacity(i);
  }
  ledger_.last = now_;
  auto const kind = static_cast<EventKind>(e.kind);
  bool const due = kind == EventKind::day_begins &&
                   result_.events - ledger_.full_check_at >= 2 * (rows_.size() + ledger_.steps.size());
  if (due || kind == EventKind::month_ends) check_state();
}

// More may be in use than there is only after a closing, and then nothing is added to it.
void Workspace::State::check_capacity(std::size_t index) {
  ResourceState const& state = resources_[index];
  auto& was = ledger_.resources[index];
  auto const& resource = phase_->resources[index];
  auto const fault = [&](std::string const& what) {
    broken(model_.names.resource_names[resource.name] + " at " + model_.names.providers[resource.provider] + ": " +
           what);
  };
  if (now_ > model_.measure_from) {
    std::uint64_t const measured = now_ - std::max(was.since, model_.measure_from);
    was.busy += static_cast<std::uint64_t>(was.in_use) * measured;
    was.open += was.capacity * measured;
  }
  was.since = now_;
  std::int64_t const in_use = state.capacity - state.free;
  if (in_use < 0) fault(fmt::format("capacity: {} of {} servers are free", state.free, state.capacity));
  if (in_use > state.capacity && in_use > was.in_use)
    fault(fmt::format("capacity: {} of {} servers are in use, {} were before", in_use, state.capacity, was.in_use));
  if (state.slots_left > most_slots) fault(fmt::format("capacity: {} slots are left", state.slots_left));
  was.in_use = in_use;
  was.capacity = state.capacity;
}

void Workspace::State::check_end() {
  check_state();
  for (std::size_t i = 0; i < resources_.size() && resources_.size() <= few_resources; ++i) {
    check_capacity(i);
    auto const& totals = result_.resources[i];
    if (phase_->resources[i].kind != ResourceKind::servers) continue;
    auto const& name = model_.names.resource_names[phase_->resources[i].name];
    if (totals.busy_ticks != ledger_.resources[i].busy)
      broken(fmt::format("{}: {} server ticks in use were counted, the area is {}", name, totals.busy_ticks,
                         ledger_.resources[i].busy));
    if (totals.open_ticks != ledger_.resources[i].open)
      broken(fmt::format("{}: {} server ticks open were counted, the area is {}", name, totals.open_ticks,
                         ledger_.resources[i].open));
  }
  for (std::size_t i = 0; i < resources_.size(); ++i)
    if (result_.resources[i].starts != ledger_.resources[i].starts ||
        result_.resources[i].wait_ticks != ledger_.resources[i].measured)
      broken(fmt::format("{}: the waits counted are not those that happened",
                         model_.names.resource_names[phase_->resources[i].name]));
  if (result_.referred != result_.finished + result_.still_in)
    broken(fmt::format("conservation: {} referred, {} finished, {} still in", result_.referred, result_.finished,
                       result_.still_in));
}

}  // namespace cwtsim::engine

#endif
