// First nobody who is held or interrupted is known to go on, and all others are. Then whoever could go on if those who
// are known to go on gave back what they have does so, until there is nobody more: who is left can never go on unless
// another one of them does first. Whatever may still come is taken to come, so that nobody is left who could be freed.

#include "deadlocks.hpp"

#include <algorithm>

namespace cwtsim::engine {

using model::Index16;
using model::ResourceKind;

Deadlocks::Deadlocks(Now const& now, Patients const& patients, WaitingLists const& lists, Capacity const& capacity)
    : now_(now), patients_(patients), lists_(lists), capacity_(capacity) {
  model::Model const& model = now.model;
  std::size_t const resources = model.eras.front().resources.size();
  kept_.resize(resources);
  found_.resize(resources);
  auto const& first = model.eras.front().resources;
  for (std::size_t i = 0; i < resources; ++i) {
    if (first[i].waiting_room != model::none32 && first[i].when_full == model::WhenFull::hold)
      holding_.push_back(static_cast<Index16>(i));
    if (first[i].kind == ResourceKind::servers && first[i].at_closing != model::AtClosing::finish)
      interrupting_.push_back(static_cast<Index16>(i));
  }
  if (holding_.empty()) return;
  free_.resize(resources);
  first_held_.resize(resources, no_row);
  first_paused_.resize(resources, no_row);
  most_wanted_.resize(resources);
  moved_by_rules_.resize(resources);
  kept_interrupted_.resize(resources);
  branches_may_end_.resize(model.eras.front().steps.size());
  most_.resize(model.eras.size() * resources);
  for (std::size_t e = model.eras.size(); e-- > 0;) {
    model::Era const& era = model.eras[e];
    for (std::size_t i = 0; i < resources; ++i) {
      model::Resource const& r = era.resources[i];
      Most& m = most_[e * resources + i];
      m = e + 1 < model.eras.size() ? most_[(e + 1) * resources + i] : Most{0, 0, never};
      m.servers = std::max(m.servers, r.servers);
      for (std::uint32_t o = 0; o < r.openings.count; ++o)
        m.servers = std::max(m.servers, era.openings[r.openings.first + o].amount);
      m.room = std::max(m.room, r.waiting_room);
      m.notice = std::min(m.notice, r.notice);
    }
    for (auto const& site : era.rule_sites)
      if (era.rules[site.rule].kind == model::RuleKind::move) moved_by_rules_[site.resource] = 1;
    for (std::size_t s = 0; s < era.steps.size(); ++s) {
      model::Step const& step = era.steps[s];
      if (step.branches_may_end) branches_may_end_[s] = 1, some_branch_may_end_ = true;
      for (std::uint32_t p = 0; p < now.providers && step.needs.count > 0; ++p) {
        Index16 const lead = era.leads[s * now.providers + p];
        if (lead == model::none16) continue;
        most_wanted_[lead] = std::max<std::uint32_t>(most_wanted_[lead], step.lead_count);
        if (era.resources[lead].at_closing == model::AtClosing::finish) continue;
        for (std::uint32_t n = 1; n < step.needs.count; ++n) {
          Index16 const other = now.resource_of(static_cast<Index16>(p), era.needs[step.needs.first + n]);
          if (other != model::none16) kept_interrupted_[other] = 1;
        }
      }
    }
  }
}

void Deadlocks::reset(ReplicationResult& spare) {
  if (!spare.held_for_ever.empty()) found_.swap(spare.held_for_ever);
  std::ranges::fill(found_, 0);
  std::ranges::fill(kept_, 0);
  keeping_ = 0;
}

template <class Act>
void Deadlocks::each_server(model::Step const& step, Index16 provider, std::uint32_t from, Act const& act) const {
  for (std::uint32_t n = from; n < step.needs.count; ++n) {
    model::Need const& need = now_.era->needs[step.needs.first + n];
    Index16 const resource = now_.resource_of(provider, need);
    if (capacity_[resource].kind == ResourceKind::servers) act(resource, std::int64_t{need.count});
  }
}

void Deadlocks::count(Patient const& p, std::int64_t by) {
  keeping_ += static_cast<std::uint64_t>(by);
  each_server(now_.steps[p.step], p.provider, 0,
              [&](Index16 resource, std::int64_t count) { kept_[resource] += by * count; });
}

// A shift that is open may be one of before a dated lever.
std::int64_t Deadlocks::most_servers(Index16 resource) const {
  return std::max(most(resource).servers, capacity_[resource].servers);
}

// There is always enough of it for those who wait for it, and it is all that they need.
bool Deadlocks::is_plain(Index16 resource) const {
  if (lists_[resource].shared_needs || kept_interrupted_[resource] != 0) return false;
  if (most(resource).room == 0 && most(resource).notice > 0) return false;
  return capacity_[resource].kind != ResourceKind::servers ||
         most_servers(resource) - kept_[resource] >= most_wanted_[resource];
}

bool Deadlocks::caught(Index16 resource) {
  if (is_plain(resource)) return false;
  look();
  return !goes_on(lists_[resource].held.tail) && tell();
}

bool Deadlocks::any() {
  if (keeping_ == 0) return false;
  look();
  return tell();
}

void Deadlocks::look() {
  ++looks_;
  if (went_on_.size() < patients_.size()) went_on_.resize(patients_.room());
  for (std::size_t i = 0; i < free_.size(); ++i) {
    auto const r = static_cast<Index16>(i);
    free_[i] = most_servers(r) - kept_[i];
    first_held_[i] = lists_[r].held.head;
    first_paused_[i] = capacity_[r].paused.head;
  }
  for (Index16 const i : interrupting_)
    for (Row r = first_paused_[i]; r != no_row; r = patients_[r].next)
      each_server(now_.steps[patients_[r].step], patients_[r].provider, 1,
                  [&](Index16 resource, std::int64_t count) { free_[resource] -= count; });
  for (bool more = true; more;) {
    more = false;
    for (Index16 const i : interrupting_) more = resume(i) || more;
    for (Index16 const i : holding_) more = let_in(i) || more;
  }
}

// In their order, as long as each is able to; and whoever may be ended, wherever it stands. True if anybody goes on.
template <class Able>
bool Deadlocks::go_on(Row& first, std::uint32_t gives_back_from, Able const& able) {
  bool next = true, any = false;
  for (Row r = first; r != no_row && (next || some_branch_may_end_); r = patients_[r].next) {
    if (goes_on(r)) continue;
    Patient const& p = patients_[r];
    next = next && able(p);
    if (!next && !may_be_ended(r)) continue;
    if (p.doing == Doing::paused || p.holding)
      each_server(now_.steps[p.step], p.provider, gives_back_from,
                  [&](Index16 resource, std::int64_t count) { free_[resource] += count; });
    went_on_[r] = looks_;
    any = true;
  }
  while (first != no_row && goes_on(first)) first = patients_[first].next;
  return any;
}

bool Deadlocks::resume(Index16 resource) {
  return go_on(first_paused_[resource], 1,
               [&](Patient const& p) { return free_[resource] >= now_.steps[p.step].lead_count; });
}

bool Deadlocks::let_in(Index16 resource) {
  if (first_held_[resource] == no_row) return false;
  Most const& here = most(resource);
  std::uint32_t const stuck = wait_for_ever(resource);
  return go_on(first_held_[resource], 0, [&](Patient const& p) {
    return stuck < here.room || (stuck == 0 && here.notice == 0 && enough(now_.steps[p.next_step], p.provider));
  });
}

// Sessions and meetings are taken to come.
bool Deadlocks::enough(model::Step const& step, Index16 provider) const {
  bool all = true;
  each_server(step, provider, 0, [&](Index16 resource, std::int64_t count) { all = all && free_[resource] >= count; });
  return all;
}

// How many of a list can neither start nor leave it otherwise. By order of arrival nobody starts behind one who wants
// more than there can be of what the list is for.
std::uint32_t Deadlocks::wait_for_ever(Index16 resource) const {
  if (lists_[resource].waiting == 0 || moved_by_rules_[resource] != 0) return 0;
  bool moves = first_paused_[resource] == no_row;
  bool const in_line = lists_[resource].order == model::Order::arrival;
  bool const is_servers = capacity_[resource].kind == ResourceKind::servers;
  std::uint32_t stuck = 0;
  lists_.each_waiting(resource, [&](Row r) {
    Patient const& p = patients_[r];
    model::Step const& step = now_.steps[p.step];
    if (step.may_be_given_up || may_be_ended(r)) return;
    if (in_line && is_servers && free_[resource] < step.lead_count) moves = false;
    if (!moves || !enough(step, p.provider)) ++stuck;
  });
  return stuck;
}

// By another branch of its patient, which comes to an end.
bool Deadlocks::may_be_ended(Row r) const {
  return some_branch_may_end_ && patients_[r].parent != no_row && some_may_end(patients_[r].root, r, false);
}

bool Deadlocks::some_may_end(Row r, Row other_than, bool may_end) const {
  Patient const& p = patients_[r];
  if (p.doing == Doing::branched) {
    may_end = may_end || branches_may_end_[p.step] != 0;
    for (Row c = p.first_child; c != no_row; c = patients_[c].sibling)
      if (some_may_end(c, other_than, may_end)) return true;
    return false;
  }
  bool const stands = (p.doing == Doing::blocked || p.doing == Doing::paused) && !goes_on(r);
  return may_end && r != other_than && !stands;
}

// Who is left and keeps something, by what it waits for and by what it keeps.
bool Deadlocks::tell() {
  bool any = false;
  for (Index16 const i : holding_)
    for (Row r = first_held_[i]; r != no_row; r = patients_[r].next) {
      Patient const& p = patients_[r];
      if (!p.holding || goes_on(r)) continue;
      any = true;
      ++found_[i];
      each_server(now_.steps[p.step], p.provider, 0, [&](Index16 resource, std::int64_t) {
        if (resource != i) ++found_[resource];
      });
    }
  return any;
}

}  // namespace cwtsim::engine
