// The full check: every row is where it says that it is, and what the rows hold and wait is what was counted.
#ifdef CWTSIM_CHECKS

#include <fmt/format.h>

#include "state.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::ResourceKind;

namespace {
constexpr std::uint8_t on_list = 1, on_free_list = 2;
}

void Workspace::State::check_state() {
  ledger_.full_check_at = result_.events;
  ledger_.listed.assign(rows_.size(), 0);
  for (auto& s : ledger_.steps) s.rows = s.ages = 0;
  for (auto& r : ledger_.resources) r.held = 0;
  for (Row r = free_rows_; r != no_row; r = rows_[r].next) {
    if (ledger_.listed[r] != 0) broken(fmt::format("row {} is twice among the free ones", r));
    ledger_.listed[r] = on_free_list;
  }
  for (std::size_t i = 0; i < resources_.size(); ++i) check_lists(i);
  std::uint64_t patients = 0, in_use = 0;
  for (Row r = 0; r < rows_.size(); ++r) {
    check_row(r);
    Patient const& p = rows_[r];
    if (p.doing == Doing::nothing || p.doing == Doing::expected) continue;
    ++in_use;
    if (p.root == r) ++patients;
  }
  if (patients != result_.referred - result_.finished)
    broken(fmt::format("conservation: {} referred, {} finished, {} in the system", result_.referred, result_.finished,
                       patients));
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    auto const& resource = phase_->resources[i];
    std::int64_t const in_use_here = resources_[i].capacity - resources_[i].free;
    if (resource.kind == ResourceKind::servers && in_use_here != static_cast<std::int64_t>(ledger_.resources[i].held))
      broken(fmt::format("capacity: {} at {} has {} in use, its patients hold {}",
                         model_.names.resource_names[resource.name], model_.names.providers[resource.provider],
                         in_use_here, ledger_.resources[i].held));
  }
  check_steps();
}

// Little's law, exactly: the area under the number waiting is the sum of the waits and of the ages of those who wait.
void Workspace::State::check_steps() {
  for (std::size_t i = 0; i < ledger_.steps.size(); ++i) {
    auto& s = ledger_.steps[i];
    s.area += s.waiting * (now_ - s.since);
    s.since = now_;
    auto const fault = [&](std::string const& what) {
      broken(fmt::format("{} at {}: {}", model_.names.steps[i / model_.providers()],
                         model_.names.providers[i % model_.providers()], what));
    };
    if (s.waiting != s.rows) fault(fmt::format("{} joined and did not leave, {} wait", s.waiting, s.rows));
    if (s.area != s.waits + s.ages)
      fault(fmt::format("Little's law: area {}, waits {} and ages {}", s.area, s.waits, s.ages));
    auto const& totals = result_.steps[i];
    bool const list = s.starts > 0;
    if (list && (totals.starts != s.starts || totals.wait_ticks != s.measured))
      fault(fmt::format("{} starts after {} ticks were counted, there were {} after {}", totals.starts,
                        totals.wait_ticks, s.starts, s.measured));
  }
}

void Workspace::State::check_row(Row r) {
  Patient const& p = rows_[r];
  auto const fault = [&](std::string const& what) { broken(fmt::format("row {}: {}", r, what)); };
  bool const free = ledger_.listed[r] == on_free_list;
  if (free != (p.doing == Doing::nothing))
    fault(free ? "in use and among the free ones" : "does nothing and is not free");
  if (p.doing == Doing::nothing) return;
  if (p.parent == no_row ? p.root != r : p.root != rows_[p.parent].root || rows_[p.parent].doing != Doing::branched)
    fault("a branch of nobody");
  model::Step const& s = phase_->steps[p.step];
  bool listed = ledger_.listed[r] == on_list;
  std::uint32_t holds_from = s.needs.count;
  switch (p.doing) {
    case Doing::pending:
    case Doing::queued: {
      auto& at = ledger_.steps[static_cast<std::size_t>(p.step) * model_.providers() + p.provider];
      ++at.rows;
      if (p.joined > now_) fault("joined its list in the future");
      at.ages += now_ - p.joined;
      if (!listed) fault("waits and is on no list");
      break;
    }
    case Doing::in_service: {
      holds_from = 0;
      if (p.started > now_ || p.joined < now_) fault(fmt::format("in service from tick {} to {}", p.started, p.joined));
      bool const may_stop = phase_->resources[waited_for(p)].at_closing != model::AtClosing::finish;
      if (listed != may_stop)
        fault(listed ? "in service and on a list" : "in service and not on the list of those who may be interrupted");
      break;
    }
    case Doing::paused:
      holds_from = 1;
      if (!listed) fault("interrupted and on no list");
      break;
    case Doing::blocked:
      if (p.holding) holds_from = 0;
      if (!listed) fault("held and on no list");
      break;
    case Doing::branched: {
      std::uint32_t children = 0;
      for (Row c = p.first_child; c != no_row && children <= 255; c = rows_[c].sibling, ++children)
        if (rows_[c].parent != r) fault("another row's branch");
      if (children != p.children || children == 0) fault(fmt::format("{} branches, not {}", children, p.children));
      if (listed) fault("branched and on a list");
      break;
    }
    case Doing::expected:
    case Doing::delayed:
      if (listed) fault("delayed and on a list");
      break;
    case Doing::nothing:
    case Doing::set_aside:
    case Doing::withdrawn:
      fault("is between two states");
  }
  for (std::uint32_t n = holds_from; n < s.needs.count; ++n) {
    model::Need const& need = phase_->needs[s.needs.first + n];
    ledger_.resources[resource_of(p.provider, need)].held += need.count;
  }
}

void Workspace::State::check_lists(std::size_t index) {
  ResourceState const& state = resources_[index];
  model::Resource const& resource = phase_->resources[index];
  std::uint32_t waiting = check_list(state.pending, Doing::pending, index);
  switch (resource.order) {
    case model::Order::arrival:
      waiting += check_list(lists_[state.queue], Doing::queued, index);
      break;
    case model::Order::priority:
      for (std::uint32_t c = 0; c < 16; ++c) waiting += check_list(lists_[state.queue + c], Doing::queued, index);
      break;
    case model::Order::breach_date:
      for (Due const& due : heaps_[state.queue])
        if (rows_[due.row].epoch == due.epoch && rows_[due.row].doing == Doing::queued) {
          check_listed(due.row, Doing::queued, index);
          ++waiting;
        }
      break;
  }
  check_list(state.serving, Doing::in_service, index);
  check_list(state.paused, Doing::paused, index);
  check_list(state.blocked, Doing::blocked, index);
  auto const name = [&] {
    return model_.names.resource_names[resource.name] + " at " + model_.names.providers[resource.provider];
  };
  if (waiting != state.waiting) broken(fmt::format("{}: {} wait, its lists hold {}", name(), state.waiting, waiting));
  if (state.waiting > state.longest)
    broken(fmt::format("{}: {} wait, the longest list was {}", name(), state.waiting, state.longest));
  if (state.dispatching || state.dispatch_again) broken(name() + ": its list is still being worked through");
}

// The length of a list, all of whose members are what they should be and linked both ways.
std::uint32_t Workspace::State::check_list(List const& list, Doing doing, std::size_t index) {
  std::uint32_t length = 0;
  Row before = no_row;
  for (Row r = list.head; r != no_row; before = r, r = rows_[r].next, ++length) {
    check_listed(r, doing, index);
    if (rows_[r].previous != before) broken(fmt::format("row {}: the list it stands in is torn", r));
    // a notice that a dated lever shortens lets those who come later overtake
    bool const waits = doing == Doing::queued || doing == Doing::pending;
    if (waits && before != no_row && rows_[before].joined > rows_[r].joined && model_.phases.size() == 1)
      broken(fmt::format("row {}: joined before the one in front of it", r));
  }
  if (list.tail != before) broken(fmt::format("row {}: the last of its list, but not its tail", before));
  return length;
}

void Workspace::State::check_listed(Row r, Doing doing, std::size_t index) {
  if (r >= rows_.size() || ledger_.listed[r] != 0) broken(fmt::format("row {}: on two lists", r));
  ledger_.listed[r] = on_list;
  Patient const& p = rows_[r];
  if (p.doing != doing) broken(fmt::format("row {}: on a list of others than itself", r));
  if (waited_for(doing == Doing::blocked ? p.next_step : p.step, p.provider) != index)
    broken(fmt::format("row {}: on the list of a resource that it does not wait for", r));
}

}  // namespace cwtsim::engine

#endif
