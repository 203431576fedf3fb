// The full check: every row is where it says that it is, and what the rows hold and wait is what was counted.
#ifdef CWTSIM_CHECKS

#include <fmt/format.h>

#include "checks.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::ResourceKind;

namespace {
constexpr std::uint8_t on_list = 1, on_free_list = 2;
}

void Checks::check_state() {
  Now const& now = parts_.now;
  Patients const& patients = parts_.patients;
  recount_.full_check_at = events_;
  recount_.listed.assign(patients.size(), 0);
  for (auto& s : recount_.steps) s.rows = s.ages = 0;
  for (auto& r : recount_.resources) r.held = r.kept = 0;
  for (Row r = patients.first_free(); r != no_row; r = patients[r].next) {
    if (recount_.listed[r] != 0) broken(fmt::format("row {} is twice among the free ones", r));
    recount_.listed[r] = on_free_list;
  }
  for (std::size_t i = 0; i < parts_.lists.size(); ++i) check_lists(static_cast<Index16>(i));
  check_groups();
  std::uint64_t there = 0;
  for (Row r = 0; r < patients.size(); ++r) {
    check_row(r);
    Patient const& p = patients[r];
    if (p.doing != Doing::nothing && p.doing != Doing::expected && p.root == r) ++there;
  }
  std::uint64_t const referred = parts_.counting.referred(), finished = parts_.counting.finished();
  if (there != referred - finished)
    broken(fmt::format("conservation: {} referred, {} finished, {} in the system", referred, finished, there));
  for (std::size_t i = 0; i < parts_.capacity.size(); ++i) {
    Capacity::Line const& line = parts_.capacity[static_cast<Index16>(i)];
    std::int64_t const in_use = line.servers - line.free;
    if (now.resource_rules[i].kind == ResourceKind::servers &&
        in_use != static_cast<std::int64_t>(recount_.resources[i].held))
      broken(fmt::format("capacity: {} has {} in use, its patients hold {}", name_of(i), in_use,
                         recount_.resources[i].held));
    std::int64_t const kept = parts_.deadlocks.kept(static_cast<Index16>(i));
    if (kept != static_cast<std::int64_t>(recount_.resources[i].kept))
      broken(fmt::format("capacity: {} of {} was counted as kept by those held, they keep {}", kept, name_of(i),
                         recount_.resources[i].kept));
  }
  check_steps();
}

// Little's law, exactly: the area under the number waiting is the sum of the waits and of the ages of those who wait.
void Checks::check_steps() {
  model::Model const& model = parts_.now.model;
  for (std::size_t i = 0; i < recount_.steps.size(); ++i) {
    AtStep& s = recount_.steps[i];
    s.area += s.waiting * (parts_.now.tick - s.since);
    s.since = parts_.now.tick;
    auto const fault = [&](std::string const& what) {
      broken(fmt::format("{} at {}: {}", model.names.steps[i / model.providers()],
                         model.names.providers[i % model.providers()], what));
    };
    if (s.waiting != s.rows) fault(fmt::format("{} joined and did not leave, {} wait", s.waiting, s.rows));
    if (s.area != s.waits + s.ages)
      fault(fmt::format("Little's law: area {}, waits {} and ages {}", s.area, s.waits, s.ages));
    auto const& totals = parts_.counting.steps()[i];
    bool const list = s.starts > 0;
    if (list && (totals.starts != s.starts || totals.wait_ticks != s.measured))
      fault(fmt::format("{} starts after {} ticks were counted, there were {} after {}", totals.starts,
                        totals.wait_ticks, s.starts, s.measured));
  }
}

void Checks::check_row(Row r) {
  Now const& now = parts_.now;
  Patients const& patients = parts_.patients;
  Patient const& p = patients[r];
  auto const fault = [&](std::string const& what) { broken(fmt::format("row {}: {}", r, what)); };
  bool const free = recount_.listed[r] == on_free_list;
  if (free != (p.doing == Doing::nothing && !patients.is_worn_out(r)))
    fault(free ? "in use and among the free ones" : "does nothing and is not free");
  if (p.doing == Doing::nothing && parts_.counting.keeps_diary(r)) fault("the diary of one who has left");
  if (p.doing == Doing::nothing) return;
  bool const of_nobody = p.parent == no_row
                             ? p.root != r
                             : p.root != patients[p.parent].root || patients[p.parent].doing != Doing::branched;
  if (of_nobody) fault("a branch of nobody");
  model::Step const& s = now.steps[p.step];
  bool const listed = recount_.listed[r] == on_list;
  std::uint32_t holds_from = s.needs.count;
  switch (p.doing) {
    case Doing::pending:
    case Doing::queued:
    case Doing::gathered: {
      AtStep& at = recount_.steps[now.at(p.step, p.provider)];
      ++at.rows;
      if (now.has_not_come(p.joined)) fault("joined its list in the future");
      at.ages += now.tick - p.joined;
      if (!listed) fault("waits and is on no list");
      break;
    }
    case Doing::in_service: {
      holds_from = 0;
      if (p.started > now.tick || p.finishes < now.tick)
        fault(fmt::format("in service from tick {} to {}", p.started, p.finishes));
      bool const may_stop = now.resource_rules[waited_for(p)].at_closing != model::AtClosing::finish;
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
    case Doing::branched:
      check_branches(r);
      if (listed) fault("branched and on a list");
      break;
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
    model::Need const& need = now.era->needs[s.needs.first + n];
    AtResource& at = recount_.resources[now.resource_of(p.provider, need)];
    at.held += need.count;
    bool const is_servers = now.resource_rules[now.resource_of(p.provider, need)].kind == ResourceKind::servers;
    if (p.doing == Doing::blocked && is_servers) at.kept += need.count;
  }
}

void Checks::check_branches(Row r) const {
  Patients const& patients = parts_.patients;
  std::uint32_t children = 0;
  for (Row c = patients[r].first_child; c != no_row && children <= patients[r].children;
       c = patients[c].sibling, ++children)
    if (patients[c].parent != r) broken(fmt::format("row {}: another row's branch", r));
  if (children != patients[r].children || children == 0)
    broken(fmt::format("row {}: {} branches, not {}", r, children, patients[r].children));
}

void Checks::check_lists(Index16 index) {
  WaitingLists::Line const& line = parts_.lists[index];
  Patients const& patients = parts_.patients;
  std::uint32_t waiting = check_list(line.pending, Doing::pending, index);
  switch (line.order) {
    case model::Order::arrival:
      waiting += check_list(parts_.lists.list(line.queue), Doing::queued, index);
      break;
    case model::Order::priority:
      for (std::uint32_t c = 0; c < queue_classes; ++c)
        waiting += check_list(parts_.lists.list(line.queue + c), Doing::queued, index);
      break;
    case model::Order::breach_date:
      for (Due const& due : parts_.lists.heap(line.queue))
        if (patients[due.row].epoch == due.epoch && patients[due.row].doing == Doing::queued) {
          check_listed(due.row, Doing::queued, index);
          ++waiting;
        }
      break;
  }
  std::uint32_t const outside = check_list(line.held, Doing::blocked, index);
  if (outside != line.outside)
    broken(fmt::format("{}: {} are outside, its list holds {}", name_of(index), line.outside, outside));
  check_list(parts_.capacity[index].serving, Doing::in_service, index);
  check_list(parts_.capacity[index].paused, Doing::paused, index);
  if (waiting != line.waiting)
    broken(fmt::format("{}: {} wait, its lists hold {}", name_of(index), line.waiting, waiting));
  if (line.waiting + outside > line.longest)
    broken(fmt::format("{}: {} wait, the longest list was {}", name_of(index), line.waiting + outside, line.longest));
  if (line.moving || line.move_again) broken(name_of(index) + ": its list is still being worked through");
}

// The length of a list, all of whose members are what they should be and linked both ways.
std::uint32_t Checks::check_list(RowList const& list, Doing doing, Index16 index) {
  Patients const& patients = parts_.patients;
  std::uint32_t length = 0;
  Row before = no_row;
  for (Row r = list.head; r != no_row; before = r, r = patients[r].next, ++length) {
    check_listed(r, doing, index);
    if (patients[r].previous != before) broken(fmt::format("row {}: the list it stands in is torn", r));
    // a notice that a dated lever shortens lets those who come later overtake
    bool const waits = doing == Doing::queued || doing == Doing::pending;
    if (waits && before != no_row && parts_.now.tick - patients[r].joined > parts_.now.tick - patients[before].joined &&
        parts_.now.model.eras.size() == 1)
      broken(fmt::format("row {}: joined before the one in front of it", r));
  }
  if (list.tail != before) broken(fmt::format("row {}: the last of its list, but not its tail", before));
  return length;
}

// Everybody in a group is of its step and waits for others; a group that is large enough has gone on.
void Checks::check_groups() {
  Now const& now = parts_.now;
  Patients const& patients = parts_.patients;
  for (std::size_t at = 0; at < parts_.gatherings.size(); ++at) {
    Gatherings::Group const& group = parts_.gatherings[at];
    std::uint32_t size = 0;
    for (Row r = group.there.head; r != no_row; r = patients[r].next, ++size) {
      if (r >= patients.size() || recount_.listed[r] != 0) broken(fmt::format("row {}: on two lists", r));
      recount_.listed[r] = on_list;
      Patient const& p = patients[r];
      if (p.doing != Doing::gathered || now.at(p.step, p.provider) != at)
        broken(fmt::format("row {}: in a group of others than itself", r));
    }
    if (size != group.size) broken(fmt::format("a group of {} has {} members", group.size, size));
    if (size > 0 && size >= now.steps[at / now.providers].together)
      broken(fmt::format("a group of {} has not gone on", size));
  }
}

void Checks::check_listed(Row r, Doing doing, Index16 index) {
  if (r >= parts_.patients.size() || recount_.listed[r] != 0) broken(fmt::format("row {}: on two lists", r));
  recount_.listed[r] = on_list;
  Patient const& p = parts_.patients[r];
  if (p.doing != doing) broken(fmt::format("row {}: on a list of others than itself", r));
  if (parts_.now.waited_for(doing == Doing::blocked ? p.next_step : p.step, p.provider) != index)
    broken(fmt::format("row {}: on the list of a resource that it does not wait for", r));
}

}  // namespace cwtsim::engine

#endif
