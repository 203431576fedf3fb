// Where the time goes: every moment of every patient belongs to one account of one step.

#include <algorithm>

#include "counting.hpp"
#include "cwtsim/model/timetable.hpp"

namespace cwtsim::engine {

namespace {

/// Its place among the accounts.
std::size_t index_of(std::uint64_t StepTotals::*account) {
  std::size_t i = 0;
  std::apply([&](auto const&... each) { static_cast<void>(((each.member == account || (++i, false)) || ...)); },
             StepTotals::accounts());
  return i;
}

}  // namespace

// The notice and the timetable are those in force now. A wait may have begun long before the start: lengths of time are
// compared, not moments.
Counting::Wait Counting::divide(model::Resource const& resource, Tick joined, Tick length) const {
  Tick const waited = now_.tick - joined;
  Tick const since_call = std::min(length, waited > resource.notice ? waited - resource.notice : 0);
  std::uint64_t closed = 0;
  if (resource.closed != model::none32 && since_call > 0) {
    auto const before = [&](Tick t, Tick day) { return closed_before(now_.model, *now_.era, resource, t, day); };
    Tick const called = now_.tick - since_call;
    closed = before(now_.tick, now_.day) - before(called, called / now_.model.ticks_per_day);
  }
  return {length - since_call, closed, since_call - closed};
}

void Counting::charge_divided(model::Resource const& resource, Tick joined, StepTotals& time) const {
  Wait const wait = divide(resource, joined, static_cast<Tick>(now_.measured_since(joined)));
  time.notice += wait.notice;
  time.closed += wait.closed;
  time.waiting += wait.waiting;
}

void Counting::charge_joining(Patient const& parent) {
  if (now_.measuring)
    branch_steps_[now_.at(parent.step, parent.provider)].joining +=
        parent.absorbed * now_.measured_since(parent.joining);
  if (follows(parent)) [[unlikely]]
    write_joining(parent);
}

Counting::Spent Counting::spent(Patient const& p) const {
  std::size_t const here = now_.at(p.step, p.provider);
  switch (p.doing) {
    case Doing::gathered:
      return {here, &StepTotals::gathering, p.joined};
    case Doing::delayed:
      switch (p.away) {
        case Away::step:
          return {here, own_time_of(now_.steps[p.step].kind), p.started};
        case Away::repeat:
          return {here, &StepTotals::between, p.joined};
        case Away::rebooking:
          return {here, &StepTotals::rebooking, p.joined};
        case Away::move:
          return {here, &StepTotals::travelling, p.joined};
      }
      return {};
    case Doing::in_service:
      return {here, &StepTotals::service, p.started};
    case Doing::paused:
      return {here, &StepTotals::interrupted, p.started};
    case Doing::blocked:
      if (p.holding) return {here, &StepTotals::held, p.joined};
      return {now_.at(p.next_step, p.provider), &StepTotals::outside, p.joined};
    case Doing::branched:
      return {here, &StepTotals::branched, p.joined};
    case Doing::pending:
    case Doing::queued:
    case Doing::set_aside:
    case Doing::nothing:
    case Doing::expected:
    case Doing::withdrawn:
      return {};
  }
  return {};
}

void Counting::settle(Patient const& p) {
  if (is_on_list(p.doing)) return charge_wait(p);
  if (p.doing == Doing::branched) charge_joining(p);
  if (Spent const now = spent(p); now.account != nullptr) charge(p, now.at, now.account, now.since);
}

void Counting::note(Patient const& p, std::size_t at, std::uint64_t StepTotals::*account, Tick since) {
  if (!diaries_.is_open(p.root)) return;
  Row const r = patients_.row_of(p);
  auto const step = static_cast<model::Index16>(at / now_.providers);
  Tick const length = diaries_.unwritten(r, since);
  if (length > 0) diaries_.write(p.root, p.parent != no_row, step, index_of(account), length);
}

void Counting::note_wait(Patient const& p, std::size_t at) {
  if (!diaries_.is_open(p.root)) return;
  Row const r = patients_.row_of(p);
  Wait const wait = divide(now_.resource_rules[now_.leads[at]], p.joined, diaries_.unwritten(r, p.joined));
  auto const write = [&](std::uint64_t StepTotals::*account, std::uint64_t ticks) {
    diaries_.write(p.root, p.parent != no_row, p.step, index_of(account), ticks);
  };
  write(&StepTotals::notice, wait.notice);
  write(&StepTotals::closed, wait.closed);
  write(&StepTotals::waiting, wait.waiting);
}

void Counting::write_joining(Patient const& parent) {
  if (!diaries_.is_open(parent.root)) return;
  Tick const length = diaries_.still_unwritten(patients_.row_of(parent), parent.joining);
  diaries_.write(parent.root, true, parent.step, index_of(&StepTotals::joining),
                 std::uint64_t{parent.absorbed} * length);
}

void Counting::write_up(Row r) {
  Patient const& p = patients_[r];
  if (p.doing == Doing::nothing) return;
  bool const is_open = diaries_.is_open(p.root);
  if (p.doing == Doing::branched) {
    if (is_open) write_joining(p);
    for (Row c = p.first_child; c != no_row; c = patients_[c].sibling) write_up(c);
  }
  if (!is_open)
    diaries_.leave_out(r);
  else if (is_on_list(p.doing))
    note_wait(p, now_.at(p.step, p.provider));
  else if (Spent const now = spent(p); now.account != nullptr)
    note(p, now.at, now.account, now.since);
}

void Counting::note_pauses(Row root) {
  if (!diaries_.is_open(root)) return;
  write_up(root);
  diaries_.pauses_change(root, diaries_.pauses(root));
}

void Counting::begin_diary(std::uint32_t standard, Row root, std::int32_t day) {
  write_up(root);
  diaries_.begin(root, standard, static_cast<std::uint32_t>(now_.date() - day));
}

void Counting::close_diary(std::uint32_t standard, Row root, bool met, std::int32_t waited) {
  write_up(root);
  diaries_.count(root, standard, !met, waited);
}

}  // namespace cwtsim::engine
