#include <algorithm>

#include "state.hpp"

namespace cwtsim::engine {

using model::Index16;

namespace {
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

void Workspace::State::push_back(List& list, Row r) {
  Patient& p = rows_[r];
  p.previous = list.tail;
  p.next = no_row;
  if (list.tail == no_row)
    list.head = r;
  else
    rows_[list.tail].next = r;
  list.tail = r;
}

void Workspace::State::push_front(List& list, Row r) {
  Patient& p = rows_[r];
  p.next = list.head;
  p.previous = no_row;
  if (list.head == no_row)
    list.tail = r;
  else
    rows_[list.head].previous = r;
  list.head = r;
}

void Workspace::State::unlink(List& list, Row r) {
  Patient& p = rows_[r];
  if (p.previous == no_row)
    list.head = p.next;
  else
    rows_[p.previous].next = p.next;
  if (p.next == no_row)
    list.tail = p.previous;
  else
    rows_[p.next].previous = p.previous;
  p.next = p.previous = no_row;
}

std::int32_t Workspace::State::due_day(Patient const& p, model::Resource const& resource) const {
  std::int32_t due = INT32_MAX;
  Clock const* const clocks = clocks_of(p.root);
  for (std::size_t s = 0; s < standards_; ++s) {
    Clock const& c = clocks[s];
    if (c.runs()) due = std::min(due, c.start + c.first_adjusted + c.paused + model_.standards[s].limit);
  }
  if (due == INT32_MAX) due = static_cast<std::int32_t>(p.joined / model_.ticks_per_day) + resource.no_clock_due;
  return due;
}

// Puts a patient on the list itself (any notice is up).
void Workspace::State::enqueue(Index16 index, Row r) {
  Patient& p = rows_[r];
  ResourceState& state = resources_[index];
  p.doing = Doing::queued;
  switch (state.order) {
    case model::Order::arrival:
      push_back(lists_[state.queue], r);
      break;
    case model::Order::priority:
      push_back(lists_[state.queue + p.queue_class], r);
      break;
    case model::Order::breach_date: {
      auto& heap = heaps_[state.queue];
      heap.push_back({(std::uint64_t{p.started} << 32) | state.joins++, r, p.epoch});
      state.most_due = std::max(state.most_due, heap.size());
      std::ranges::push_heap(heap, later);
      break;
    }
  }
}

void Workspace::State::unqueue(Index16 index, Row r) {
  Patient const& p = rows_[r];
  ResourceState& state = resources_[index];
  --state.waiting;
  if (p.doing == Doing::pending) {
    unlink(state.pending, r);
    return;
  }
  switch (state.order) {
    case model::Order::arrival:
      unlink(lists_[state.queue], r);
      break;
    case model::Order::priority:
      unlink(lists_[state.queue + p.queue_class], r);
      break;
    case model::Order::breach_date:
      break;  // its place in the heap is stale once the epoch moves on
  }
}

// Who is next on the list, or nobody. In each priority class the one at the head has waited longest, so only heads
// compete: the lowest class after promotion, then the earliest to join.
Row Workspace::State::first_waiting(Index16 index) {
  ResourceState const& state = resources_[index];
  switch (state.order) {
    case model::Order::arrival:
      return lists_[state.queue].head;
    case model::Order::priority: {
      Tick const promote_after = rules_[index].promote_after;
      Row best = no_row;
      std::uint32_t best_class = 16;
      for (std::uint32_t c = 0; c < 16; ++c) {
        Row const r = lists_[state.queue + c].head;
        if (r == no_row) continue;
        std::uint32_t up = 0;
        if (promote_after > 0) up = (now_ - rows_[r].joined) / promote_after;
        std::uint32_t const now_class = c > up ? c - up : 0;
        if (best == no_row || now_class < best_class ||
            (now_class == best_class && rows_[r].joined < rows_[best].joined)) {
          best = r;
          best_class = now_class;
        }
      }
      return best;
    }
    case model::Order::breach_date: {
      auto& heap = heaps_[state.queue];
      while (!heap.empty()) {
        Due const& top = heap.front();
        if (rows_[top.row].epoch == top.epoch && rows_[top.row].doing == Doing::queued) return top.row;
        pop_due(heap);
      }
      return no_row;
    }
  }
  return no_row;
}

// Takes the first on the list out of it; what is returned keeps its place should it have to go back.
Due Workspace::State::take_out(Index16 index, Row r) {
  ResourceState& state = resources_[index];
  if (state.order != model::Order::breach_date) {
    unqueue(index, r);
    return {0, r, rows_[r].epoch};
  }
  auto& heap = heaps_[state.queue];
  Due const due = pop_due(heap);
  if (!heap.empty()) ask_for(heap.front().row);
  --state.waiting;
  return due;
}

// Puts back one who was passed over, before all who came later.
void Workspace::State::put_back(Index16 index, Due const& due) {
  ResourceState& state = resources_[index];
  rows_[due.row].doing = Doing::queued;
  switch (state.order) {
    case model::Order::arrival:
      push_front(lists_[state.queue], due.row);
      break;
    case model::Order::priority:
      push_front(lists_[state.queue + rows_[due.row].queue_class], due.row);
      break;
    case model::Order::breach_date: {
      auto& heap = heaps_[state.queue];
      heap.push_back(due);
      std::ranges::push_heap(heap, later);
      break;
    }
  }
}

void Workspace::State::release_notices(Index16 index) {
  ResourceState& state = resources_[index];
  Tick const notice = state.notice;
  while (state.pending.head != no_row && rows_[state.pending.head].joined + notice <= now_) {
    Row const r = state.pending.head;
    unlink(state.pending, r);
    ask_for(state.pending.head);
    enqueue(index, r);
  }
}

}  // namespace cwtsim::engine
