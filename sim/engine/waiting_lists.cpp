#include "waiting_lists.hpp"

#include <algorithm>

namespace cwtsim::engine {

using model::Index16;
using model::Order;

namespace {

constexpr std::int32_t due_offset = 100'000;  // days, so that due days are above 0

// A heap with the earliest due date on top.
constexpr auto later = [](Due const& a, Due const& b) { return a.key > b.key; };

// Takes the top out: its place sinks to a leaf along the earlier children, chosen without a jump, for no machine could
// guess which; the last one climbs from there. No two keys are equal.
Due pop_due(std::vector<Due>& heap) {
  Due const top = heap.front(), last = heap.back();
  heap.pop_back();
  std::size_t const size = heap.size();
  std::size_t hole = 0;
  for (std::size_t left = 1; left < size; left = 2 * hole + 1) {
    std::size_t const right = left + (left + 1 < size ? 1 : 0);
    std::size_t const earlier = left + (heap[right].key < heap[left].key ? 1 : 0);
    heap[hole] = heap[earlier];
    hole = earlier;
  }
  for (; hole > 0 && heap[(hole - 1) / 2].key > last.key; hole = (hole - 1) / 2) heap[hole] = heap[(hole - 1) / 2];
  if (size > 0) heap[hole] = last;
  return top;
}

}  // namespace

WaitingLists::WaitingLists(Now const& now, Patients& patients)
    : now_(now),
      patients_(patients),
      standards_(now.model.standards.size()),
      lines_(now.model.eras.front().resources.size()) {
  std::uint32_t lists = 0, heaps = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    lines_[i].order = now.model.eras.front().resources[i].order;  // the same in every era
    switch (lines_[i].order) {
      case Order::arrival:
        lines_[i].queue = lists++;
        break;
      case Order::priority:
        lines_[i].queue = lists;
        lists += queue_classes;
        break;
      case Order::breach_date:
        lines_[i].queue = heaps++;
        break;
    }
  }
  lists_.resize(lists);
  heaps_.resize(heaps);
}

void WaitingLists::reset() {
  keep_slack(set_aside_, most_set_aside_);
  for (Line& line : lines_) {
    // a short list may well be several times as long in another replication
    if (line.order == Order::breach_date)
      keep_slack(heaps_[line.queue], std::max<std::size_t>(line.most_due, 64), std::size_t{4});
    Line fresh;
    fresh.queue = line.queue;
    fresh.order = line.order;
    line = fresh;
  }
  std::ranges::fill(lists_, RowList{});
  take_era();
}

void WaitingLists::take_era() {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    lines_[i].notice = now_.resource_rules[i].notice;
    lines_[i].shared_needs = now_.resource_rules[i].shared_needs;
    lines_[i].has_dependents = now_.resource_rules[i].dependents.count > 0;
  }
}

void WaitingLists::begin_measuring() {
  for (Line& line : lines_) line.longest = line.waiting + line.outside;
}

std::int32_t WaitingLists::due_day(Patient const& p, std::int32_t no_clock_due) const {
  std::int32_t due = INT32_MAX;
  Clock const* const clocks = patients_.clocks_of(p.root);
  for (std::size_t s = 0; s < standards_; ++s) {
    Clock const& c = clocks[s];
    if (!c.runs()) continue;
    model::Standard const& standard = now_.model.standards[s];
    std::int32_t on = c.start + c.first_adjusted + c.paused + standard.limit;
    if (patients_.is_paused(standard, p.root)) [[unlikely]]
      on += now_.date();
    due = std::min(due, on);
  }
  if (due == INT32_MAX) {
    Tick const day = now_.model.ticks_per_day, today = now_.tick % day, waited = now_.tick - p.joined;
    due = now_.date() - static_cast<std::int32_t>(waited > today ? (waited - today + day - 1) / day : 0) + no_clock_due;
  }
  return due;
}

void WaitingLists::join(Index16 index, Row r, model::Step const& step) {
  Patient& p = patients_[r];
  Line& line = lines_[index];
  p.queue_class = 0;
  if (line.order == Order::priority && step.priority.given())
    p.queue_class = static_cast<std::uint8_t>(
        std::min<std::uint32_t>(look_up(*now_.era, step.priority, patients_.who(p)), queue_classes - 1));
  if (line.order == Order::breach_date)
    p.due = static_cast<Tick>(due_day(p, now_.resource_rules[index].no_clock_due) + due_offset);
  ++line.waiting;
  line.longest = std::max(line.longest, line.waiting + line.outside);
  if (line.notice > 0) {
    p.doing = Doing::pending;
    patients_.push_back(line.pending, r);
  } else {
    enqueue(line, r);
  }
}

void WaitingLists::enqueue(Line& line, Row r) {
  Patient& p = patients_[r];
  p.doing = Doing::queued;
  switch (line.order) {
    case Order::arrival:
      patients_.push_back(lists_[line.queue], r);
      break;
    case Order::priority:
      patients_.push_back(lists_[line.queue + p.queue_class], r);
      break;
    case Order::breach_date: {
      auto& heap = heaps_[line.queue];
      heap.push_back({(std::uint64_t{p.due} << 32) | line.joins++, r, p.epoch});
      line.most_due = std::max(line.most_due, heap.size());
      std::ranges::push_heap(heap, later);
      break;
    }
  }
}

void WaitingLists::leave(Index16 index, Row r) {
  Patient const& p = patients_[r];
  Line& line = lines_[index];
  --line.waiting;
  if (p.doing == Doing::pending) {
    patients_.unlink(line.pending, r);
    return;
  }
  switch (line.order) {
    case Order::arrival:
      patients_.unlink(lists_[line.queue], r);
      break;
    case Order::priority:
      patients_.unlink(lists_[line.queue + p.queue_class], r);
      break;
    case Order::breach_date:
      break;  // its place in the heap is stale once the epoch moves on
  }
}

Row WaitingLists::first(Index16 index) {
  Line const& line = lines_[index];
  switch (line.order) {
    case Order::arrival:
      return lists_[line.queue].head;
    case Order::priority:
      return first_by_priority(line, now_.resource_rules[index].promote_after);
    case Order::breach_date:
      return first_by_breach_date(line);
  }
  return no_row;
}

// In each class the one at the head has waited longest, so only heads compete: the lowest class after promotion, then
// the earliest to join.
Row WaitingLists::first_by_priority(Line const& line, Tick promote_after) const {
  Row best = no_row;
  std::uint32_t best_class = queue_classes;
  for (std::uint32_t c = 0; c < queue_classes; ++c) {
    Row const r = lists_[line.queue + c].head;
    if (r == no_row) continue;
    std::uint32_t up = 0;
    if (promote_after > 0) up = (now_.tick - patients_[r].joined) / promote_after;
    std::uint32_t const now_class = c > up ? c - up : 0;
    bool const earlier = best == no_row || now_.tick - patients_[r].joined > now_.tick - patients_[best].joined;
    if (best == no_row || now_class < best_class || (now_class == best_class && earlier)) {
      best = r;
      best_class = now_class;
    }
  }
  return best;
}

Row WaitingLists::first_by_breach_date(Line const& line) {
  auto& heap = heaps_[line.queue];
  while (!heap.empty()) {
    Due const& top = heap.front();
    if (patients_[top.row].epoch == top.epoch && patients_[top.row].doing == Doing::queued) return top.row;
    pop_due(heap);
  }
  return no_row;
}

Due WaitingLists::take_out(Index16 index, Row r) {
  Line& line = lines_[index];
  if (line.order != Order::breach_date) {
    leave(index, r);
    return {0, r, patients_[r].epoch};
  }
  auto& heap = heaps_[line.queue];
  Due const due = pop_due(heap);
  if (!heap.empty()) patients_.prefetch(heap.front().row);
  --line.waiting;
  return due;
}

void WaitingLists::pass_over(Index16 index, Due const& due) {
  ++lines_[index].waiting;
  patients_[due.row].doing = Doing::set_aside;
  set_aside_.push_back(due);
  most_set_aside_ = std::max(most_set_aside_, set_aside_.size());
}

void WaitingLists::put_back(Index16 index, std::size_t since) {
  for (std::size_t i = set_aside_.size(); i > since; --i) put_back(lines_[index], set_aside_[i - 1]);
  set_aside_.resize(since);
}

// Before all who came later.
void WaitingLists::put_back(Line& line, Due const& due) {
  patients_[due.row].doing = Doing::queued;
  switch (line.order) {
    case Order::arrival:
      patients_.push_front(lists_[line.queue], due.row);
      break;
    case Order::priority:
      patients_.push_front(lists_[line.queue + patients_[due.row].queue_class], due.row);
      break;
    case Order::breach_date: {
      auto& heap = heaps_[line.queue];
      heap.push_back(due);
      std::ranges::push_heap(heap, later);
      break;
    }
  }
}

void WaitingLists::release_notices(Index16 index) {
  Line& line = lines_[index];
  while (!line.pending.empty() && now_.tick - patients_[line.pending.head].joined >= line.notice) {
    Row const r = line.pending.head;
    patients_.unlink(line.pending, r);
    patients_.prefetch(line.pending.head);
    enqueue(line, r);
  }
}

// Whose notice is not over has joined after all others. Of those of several classes who joined at one tick, one of the
// highest class.
Row WaitingLists::last_to_join(Index16 index) const {
  Line const& line = lines_[index];
  if (!line.pending.empty()) return line.pending.tail;
  switch (line.order) {
    case Order::arrival:
      return lists_[line.queue].tail;
    case Order::priority: {
      Row last = no_row;
      for (std::uint32_t c = 0; c < queue_classes; ++c) {
        Row const r = lists_[line.queue + c].tail;
        if (r != no_row && (last == no_row || now_.tick - patients_[r].joined <= now_.tick - patients_[last].joined))
          last = r;
      }
      return last;
    }
    case Order::breach_date:
      return last_by_breach_date(line);
  }
  return no_row;
}

Row WaitingLists::last_by_breach_date(Line const& line) const {
  Due const* last = nullptr;
  auto const joined = [](Due const& due) { return static_cast<std::uint32_t>(due.key); };
  for (Due const& due : heaps_[line.queue])
    if (patients_[due.row].epoch == due.epoch && patients_[due.row].doing == Doing::queued &&
        (last == nullptr || joined(due) > joined(*last)))
      last = &due;
  return last == nullptr ? no_row : last->row;
}

}  // namespace cwtsim::engine
