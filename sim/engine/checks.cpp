#ifdef CWTSIM_CHECKS

#include "checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "steps/steps.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::none16;
using model::ResourceKind;

namespace {

constexpr std::size_t few_resources = 16;  // areas under their use are kept only for so many
constexpr std::uint32_t wrapped_slots = 1U << 31;

}  // namespace

void Checks::broken(std::string const& what) const {
  throw std::logic_error(fmt::format("invariant broken at tick {}, event {}, of replication {}: {}", parts_.now.tick,
                                     events_, replication_, what));
}

std::string Checks::name_of(std::size_t index) const {
  auto const& resource = parts_.now.resource_rules[index];
  auto const& names = parts_.now.model.names;
  return names.resource_names[resource.name] + " at " + names.providers[resource.provider];
}

void Checks::reset(std::uint64_t replication) {
  AtStep nobody;
  nobody.since = parts_.now.model.start;
  recount_.steps.assign(parts_.counting.steps().size(), nobody);
  AtResource unused;
  unused.since = parts_.now.model.start;
  recount_.resources.assign(parts_.capacity.size(), unused);
  recount_.here.clear();
  recount_.present.assign(recount_.steps.size(), {});
  recount_.manned.clear();
  recount_.listed.reserve(parts_.patients.room());
  recount_.referred = recount_.left = recount_.full_check_at = 0;
  recount_.last = parts_.now.model.start;
  events_ = 0;
  replication_ = replication;
}

void Checks::see(Happening what, Patient const& p, Index16 step) {
  Now const& now = parts_.now;
  if (what == Happening::referred) ++recount_.referred;
  if (what == Happening::left) ++recount_.left;
  if (step == none16 || !waits(now.steps[step].kind)) return;
  AtStep& at = recount_.steps[now.at(step, p.provider)];
  switch (what) {
    case Happening::joined:
    case Happening::joined_again:
      at.area += at.waiting++ * (now.tick - at.since) + (now.tick - p.joined);  // the wait before the start
      at.since = now.tick;
      return;
    case Happening::started:
      check_start(p, now.steps[step]);
      if (now.measuring) {
        ++at.starts;
        at.measured += p.carried + (now.tick - p.joined);
        if (auto const lead = waited_for(p); lead != none16) {
          ++recount_.resources[lead].starts;
          recount_.resources[lead].measured += p.carried + (now.tick - p.joined);
        }
      }
      see_off_list(p);
      return;
    case Happening::missed:
    case Happening::gave_up:
    case Happening::moved:
      see_off_list(p);
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

void Checks::see_off_list(Patient const& p) {
  Now const& now = parts_.now;
  AtStep& at = recount_.steps[now.at(p.step, p.provider)];
  auto const& name = now.model.names.steps[p.step];
  if (now.has_not_come(p.joined)) broken(fmt::format("{}: a wait below zero, since tick {}", name, p.joined));
  if (at.waiting == 0) broken(fmt::format("{}: somebody left the list who was not on it", name));
  at.area += at.waiting-- * (now.tick - at.since);
  at.since = now.tick;
  at.waits += now.tick - p.joined;
}

// The time until now of a row where it is, and of the branches of it that wait.
void Checks::see_time(Row r) {
  Now const& now = parts_.now;
  Here& here = recount_.here[r];
  Present& present = recount_.present[here.at];
  auto const measured = [&](Tick since) {
    return std::max(now.tick, now.measure_from) - std::max(since, now.measure_from);
  };
  (here.is_branch ? present.branches : present.patients) += measured(here.since);
  present.joining += here.joining * measured(here.joining_since);
  here.since = here.joining_since = now.tick;
}

void Checks::see_at(Row r, Index16 step, Index16 provider) {
  if (recount_.here.size() <= r) recount_.here.resize(r + 1);
  Here& here = recount_.here[r];
  if (here.there) see_time(r);
  here = {parts_.now.at(step, provider),      parts_.now.tick, parts_.now.tick, 0, true,
          parts_.patients[r].parent != no_row};
}

void Checks::see_gone(Row r, bool waits_for_others) {
  if (r < recount_.here.size() && recount_.here[r].there) {  // else it has not begun
    see_time(r);
    recount_.here[r].there = false;
  }
  if (!waits_for_others) return;
  Row const parent = parts_.patients[r].parent;
  see_time(parent);
  ++recount_.here[parent].joining;
}

// Nobody mans two sessions at once.
void Checks::see_manned(Index16 role, std::uint32_t people, std::uint32_t at_work, Tick closes) {
  std::erase_if(recount_.manned, [&](Manned const& m) { return m.closes <= parts_.now.tick; });
  recount_.manned.push_back({closes, role, people});
  std::uint32_t there = 0;
  for (Manned const& m : recount_.manned)
    if (m.role == role) there += m.people;
  auto const& staff = parts_.now.era->staff[role];
  if (there > at_work || at_work > staff.people)
    broken(fmt::format("{}: {} man sessions at once, {} of {} are at work", parts_.now.model.names.staff[role], there,
                       at_work, staff.people));
}

// The accounts of a step add up to the time that patients, and branches, were there.
void Checks::check_accounts() {
  for (Row r = 0; r < recount_.here.size(); ++r)
    if (recount_.here[r].there) see_time(r);
  model::Model const& model = parts_.now.model;
  for (std::size_t i = 0; i < recount_.present.size(); ++i) {
    StepTotals const& patients = parts_.counting.steps()[i];
    StepTotals const& branches = parts_.counting.branch_steps()[i];
    Present const& present = recount_.present[i];
    auto const fault = [&](char const* whose, std::uint64_t counted, std::uint64_t were) {
      broken(fmt::format("{} at {}: {} ticks of {} are in its accounts, they were there for {}",
                         model.names.steps[i / model.providers()], model.names.providers[i % model.providers()],
                         counted, whose, were));
    };
    if (patients.time() != present.patients) fault("patients", patients.time(), present.patients);
    if (branches.time() != present.branches) fault("branches", branches.time(), present.branches);
    if (branches.joining != present.joining || patients.joining != 0)
      fault("branches that wait for others", branches.joining, present.joining);
  }
}

// What was taken for a start was there: within the capacity, in a session that is open, after the notice.
void Checks::check_start(Patient const& p, model::Step const& s) const {
  Now const& now = parts_.now;
  for (std::uint32_t n = 0; n < s.needs.count; ++n) {
    Index16 const index = now.resource_of(p.provider, now.era->needs[s.needs.first + n]);
    Capacity::Line const& line = parts_.capacity[index];
    switch (now.resource_rules[index].kind) {
      case ResourceKind::servers:
        if (line.free < 0)
          broken(fmt::format("capacity: {} has {} servers and {} in use at a start", name_of(index), line.servers,
                             line.servers - line.free));
        break;
      case ResourceKind::sessions:
        if (now.tick >= line.closes)
          broken(fmt::format("{}: a start in a session that closed at tick {}", name_of(index), line.closes));
        break;
      case ResourceKind::meeting:
        break;
    }
  }
  Index16 const lead = waited_for(p);
  if (lead == none16) return;
  Tick notice = now.resource_rules[lead].notice;  // who has been called stays called when a dated lever makes it longer
  for (auto const& era : now.model.eras) notice = std::min(notice, era.resources[lead].notice);
  if (now.tick - p.joined < notice)
    broken(fmt::format("{}: started {} ticks after joining, the notice is {}", name_of(lead), now.tick - p.joined,
                       notice));
}

void Checks::see_after(Event<EventKind> const& e, std::uint64_t events) {
  Now const& now = parts_.now;
  events_ = events;
  if (tamper_ != nullptr) tamper_();
  if (now.tick < recount_.last) broken(fmt::format("time went back from tick {}", recount_.last));
  std::uint64_t const referred = parts_.counting.referred(), finished = parts_.counting.finished();
  if (referred - finished != recount_.referred - recount_.left)
    broken(fmt::format("conservation: {} referred, {} finished, but {} arrived and {} left", referred, finished,
                       recount_.referred, recount_.left));
  std::size_t const resources = parts_.capacity.size();
  for (std::size_t i = 0; i < resources && resources <= few_resources; ++i) {
    Capacity::Line const& line = parts_.capacity[static_cast<Index16>(i)];
    AtResource const& was = recount_.resources[i];
    if (line.servers - line.free != was.in_use || line.servers != was.servers || line.slots_left > wrapped_slots)
      check_capacity(i);
  }
  recount_.last = now.tick;
  bool const due = e.kind == EventKind::day_begins &&
                   events_ - recount_.full_check_at >= 2 * (parts_.patients.size() + recount_.steps.size());
  if (due || e.kind == EventKind::month_ends) check_state();
}

// More may be in use than there is only after a closing, and then nothing is added to it.
void Checks::check_capacity(std::size_t index) {
  Now const& now = parts_.now;
  Capacity::Line const& line = parts_.capacity[static_cast<Index16>(index)];
  AtResource& was = recount_.resources[index];
  auto const fault = [&](std::string const& what) { broken(name_of(index) + ": " + what); };
  if (now.tick > now.model.measure_from) {
    std::uint64_t const measured = now.measured_since(was.since);
    was.busy += static_cast<std::uint64_t>(was.in_use) * measured;
    was.open += was.servers * measured;
    was.overrun += static_cast<std::uint64_t>(std::max<std::int64_t>(was.in_use - was.servers, 0)) * measured;
  }
  was.since = now.tick;
  std::int64_t const in_use = line.servers - line.free;
  if (in_use < 0) fault(fmt::format("capacity: {} of {} servers are free", line.free, line.servers));
  if (in_use > line.servers && in_use > was.in_use)
    fault(fmt::format("capacity: {} of {} servers are in use, {} were before", in_use, line.servers, was.in_use));
  if (line.slots_left > wrapped_slots) fault(fmt::format("capacity: {} slots are left", line.slots_left));
  was.in_use = in_use;
  was.servers = line.servers;
}

void Checks::see_end(std::uint64_t events, std::uint64_t still_in) {
  events_ = events;
  check_state();
  check_accounts();
  std::size_t const resources = parts_.capacity.size();
  for (std::size_t i = 0; i < resources && resources <= few_resources; ++i) {
    check_capacity(i);
    auto const& totals = parts_.capacity.totals()[i];
    if (parts_.now.resource_rules[i].kind != ResourceKind::servers) continue;
    std::uint64_t const busy = parts_.capacity[static_cast<Index16>(i)].busy_ticks;
    if (busy != recount_.resources[i].busy)
      broken(fmt::format("{}: {} server ticks in use were counted, the area is {}", name_of(i), busy,
                         recount_.resources[i].busy));
    if (totals.overrun_ticks != recount_.resources[i].overrun)
      broken(fmt::format("{}: {} server ticks beyond what was open were counted, the area is {}", name_of(i),
                         totals.overrun_ticks, recount_.resources[i].overrun));
    if (totals.open_ticks != recount_.resources[i].open)
      broken(fmt::format("{}: {} server ticks open were counted, the area is {}", name_of(i), totals.open_ticks,
                         recount_.resources[i].open));
  }
  for (std::size_t i = 0; i < resources; ++i) {
    auto const& totals = parts_.capacity.totals()[i];
    if (totals.starts != recount_.resources[i].starts || totals.wait_ticks != recount_.resources[i].measured)
      broken(fmt::format("{}: the waits counted are not those that happened", name_of(i)));
  }
  std::uint64_t const referred = parts_.counting.referred(), finished = parts_.counting.finished();
  if (referred != finished + still_in)
    broken(fmt::format("conservation: {} referred, {} finished, {} still in", referred, finished, still_in));
}

}  // namespace cwtsim::engine

#endif
