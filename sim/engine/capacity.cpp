#include "capacity.hpp"

#include <algorithm>

namespace cwtsim::engine {

using model::Index16;
using model::ResourceKind;

Capacity::Capacity(Now const& now, Events& events, Patients& patients)
    : now_(now),
      events_(events),
      patients_(patients),
      lines_(now.model.eras.front().resources.size()),
      open_sessions_(2 * now.model.eras.front().openings.size()),
      totals_(lines_.size()),
      overrun_since_(lines_.size()) {}

void Capacity::reset(ReplicationResult& spare) {
  if (!spare.resources.empty()) totals_.swap(spare.resources);
  std::ranges::fill(totals_, ResourceTotals{});
  Line fresh;
  fresh.slots_owed = 1ULL << 31;
  std::ranges::fill(lines_, fresh);
  take_era();
}

void Capacity::take_era() {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    lines_[i].kind = now_.resource_rules[i].kind;
    lines_[i].at_closing = now_.resource_rules[i].at_closing;
  }
}

void Capacity::begin_measuring() {
  for (Line& line : lines_) line.opened = std::max(line.opened, now_.tick);
}

void Capacity::close(ReplicationResult& result) {
  for (std::size_t i = 0; i < lines_.size(); ++i) totals_[i].busy_ticks = lines_[i].busy_ticks;
  totals_.swap(result.resources);
}

void Capacity::take(model::Step const& step, Index16 provider, Index16 lead) {
  if (step.many_needs)
    take_many(step, provider);
  else
    take_one(lead, step.lead_count);
}

void Capacity::take_one(Index16 index, std::uint32_t count) {
  if (lines_[index].kind == ResourceKind::servers)
    lines_[index].free -= count;
  else
    take_slots(index, count);
}

void Capacity::take_many(model::Step const& step, Index16 provider) {
  for (std::uint32_t n = 0; n < step.needs.count; ++n) {
    model::Need const& need = now_.era->needs[step.needs.first + n];
    take_one(now_.resource_of(provider, need), need.count);
  }
}

// Of sessions that are open at one time, the slots of the one that closes first are used first.
void Capacity::take_slots(Index16 index, std::uint32_t slots) {
  Line& line = lines_[index];
  line.slots_left -= slots;
  if (!line.overlapping) return;
  model::Range const openings = now_.resource_rules[index].openings;
  while (slots > 0) {
    OpenSession* first = nullptr;
    for (std::uint32_t i = 2 * openings.first; i < 2 * (openings.first + openings.count); ++i) {
      OpenSession& s = open_sessions_[i];
      if (s.left > 0 && (first == nullptr || s.closes < first->closes)) first = &s;
    }
    std::uint32_t const taken = std::min(slots, first->left);
    first->left -= taken;
    slots -= taken;
  }
}

void Capacity::count_busy(model::Step const& s, Index16 provider, Tick started, std::uint32_t from) {
  if (!now_.measuring) return;
  for (std::uint32_t n = from; n < s.needs.count; ++n) {
    model::Need const& need = now_.era->needs[s.needs.first + n];
    Line& line = lines_[now_.resource_of(provider, need)];
    if (line.kind == ResourceKind::servers) line.busy_ticks += now_.measured_since(started) * need.count;
  }
}

void Capacity::add_busy(std::vector<std::uint64_t>& ticks, model::Step const& s, Index16 provider, Tick started,
                        std::uint32_t from) const {
  if (!now_.measuring) return;
  for (std::uint32_t n = from; n < s.needs.count; ++n) {
    model::Need const& need = now_.era->needs[s.needs.first + n];
    Index16 const index = now_.resource_of(provider, need);
    if (lines_[index].kind == ResourceKind::servers) ticks[index] += now_.measured_since(started) * need.count;
  }
}

void Capacity::count_open_time(Index16 index, Tick until) {
  Line& line = lines_[index];
  if (now_.measuring)
    totals_[index].open_ticks +=
        static_cast<std::uint64_t>(until - std::max(line.opened, now_.model.measure_from)) * line.servers;
  line.opened = until;
}

void Capacity::count_overrun(Index16 index) {
  Line const& line = lines_[index];
  if (now_.measuring && line.free < 0)
    totals_[index].overrun_ticks +=
        now_.measured_since(overrun_since_[index]) * static_cast<std::uint64_t>(-std::int64_t{line.free});
  overrun_since_[index] = now_.tick;
}

void Capacity::open_servers(Index16 index, std::uint32_t amount, Tick until) {
  Line& line = lines_[index];
  count_open_time(index, now_.tick);
  count_overrun(index);
  line.free += static_cast<std::int64_t>(amount) - line.servers;
  line.servers = amount;
  if (now_.measuring) ++totals_[index].sessions;
  line.closes = until;
}

bool Capacity::close_servers(Index16 index) {
  Line& line = lines_[index];
  if (line.closes != now_.tick) return false;
  count_open_time(index, now_.tick);
  count_overrun(index);
  line.free -= line.servers;
  line.servers = 0;
  return true;
}

std::uint32_t Capacity::whole_slots(Index16 index, std::uint64_t parts) {
  std::uint64_t& owed = lines_[index].slots_owed;
  owed += parts;
  auto const slots = static_cast<std::uint32_t>(owed >> 32);
  owed &= 0xFFFFFFFFULL;
  return slots;
}

void Capacity::add_slots(Index16 index, std::uint32_t opening, std::uint32_t slots) {
  Line& line = lines_[index];
  model::Resource const& resource = now_.resource_rules[index];
  bool const meeting = resource.kind == ResourceKind::meeting;
  Tick const closes = meeting ? never : now_.tick + now_.era->openings[opening].length;
  if (meeting || line.slots_left == 0 || now_.tick >= line.closes) {
    line.overlapping = false;
    line.slots_left = slots;
    line.closes = closes;
    line.opening = opening;
    return;
  }
  if (!line.overlapping) {
    for (std::uint32_t i = 0; i < 2 * resource.openings.count; ++i)
      open_sessions_[2 * resource.openings.first + i] = {};
    keep_session(index, line.opening, line.closes, line.slots_left);
    line.overlapping = true;
  }
  keep_session(index, opening, closes, slots);
  line.slots_left += slots;
  line.closes = std::max(line.closes, closes);
}

void Capacity::keep_session(Index16 index, std::uint32_t opening, Tick until, std::uint32_t left) {
  // a session whose hours a dated lever has changed can be held again before it closes
  std::size_t const at = std::size_t{2} * opening;
  OpenSession const& first = open_sessions_[at];
  bool const again = first.closes > now_.tick && first.left > 0;
  open_sessions_[at + (again ? 1 : 0)] = {until, left};
  events_.push(until, Phase::closing, EventKind::session_closes, 0, index);
}

void Capacity::end_sessions(Index16 index) {
  Line& line = lines_[index];
  if (!line.overlapping) return;
  model::Range const openings = now_.resource_rules[index].openings;
  for (std::uint32_t i = 2 * openings.first; i < 2 * (openings.first + openings.count); ++i) {
    if (open_sessions_[i].closes > now_.tick) continue;
    line.slots_left -= open_sessions_[i].left;
    open_sessions_[i].left = 0;
  }
}

}  // namespace cwtsim::engine
