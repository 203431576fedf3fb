// Rules that look at the waiting lists: patients are moved to a shorter one, or sessions have more slots for a time.

#include <algorithm>
#include <cmath>
#include <limits>

#include "state.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::RuleKind;
using model::RulePlace;

namespace {
constexpr double days_per_week = 7;
}

void Workspace::State::schedule_rules(std::uint32_t day) {
  for (std::uint32_t i = 0; i < phase_->rules.size(); ++i) {
    model::Rule const& rule = phase_->rules[i];
    if (!(rule.weekdays >> model_.weekday_of_day[day] & 1)) continue;
    if (rule.every_weeks > 1 && model_.week_of_day[day] % rule.every_weeks != 0) continue;
    Tick const at = day * model_.ticks_per_day + rule.at;
    if (at < now_) continue;
    events_.push(at, Phase::referring, static_cast<std::uint8_t>(EventKind::rule_acts), 0, rules_from + i);
  }
}

void Workspace::State::act(std::uint32_t index) {
  model::Rule const& rule = phase_->rules[index];
  for (std::uint32_t i = 0; i < rule.places.count; ++i)
    if (measuring_) ++result_.rules[rule.places.first + i].looked;
  switch (rule.kind) {
    case RuleKind::move:
      move_patients(rule);
      break;
    case RuleKind::capacity:
      change_capacity(rule);
      break;
  }
}

// So many who wait, over the slots a week of the timetable, in ticks.
double Workspace::State::expected_wait(std::uint32_t place, std::uint64_t waiting) const {
  double const slots = phase_->rule_places[place].slots_per_week;
  if (!(slots > 0)) return std::numeric_limits<double>::infinity();
  return static_cast<double>(waiting) / slots * days_per_week * model_.ticks_per_day;
}

// One by one from the list with the longest expected wait to that with the shortest. Those on their way count where
// they go to. Only then do the lists move.
void Workspace::State::move_patients(model::Rule const& rule) {
  std::uint32_t const first = rule.places.first, end = first + rule.places.count;
  for (std::uint32_t i = first; i < end; ++i) list_lengths_[i] = resources_[phase_->rule_places[i].resource].waiting;
  for (std::uint32_t moved = 0; moved < rule.at_most; ++moved) {
    std::uint32_t longest = end, shortest = end;
    double most = 0, least = std::numeric_limits<double>::infinity();
    for (std::uint32_t i = first; i < end; ++i) {
      double const wait = expected_wait(i, list_lengths_[i]);
      if (resources_[phase_->rule_places[i].resource].waiting > 0 && (longest == end || wait > most)) {
        longest = i;
        most = wait;
      }
      if (wait < least) {
        shortest = i;
        least = wait;
      }
    }
    if (longest == end || shortest == end || !(most - least > rule.when)) break;
    if (!(expected_wait(shortest, list_lengths_[shortest] + 1) < most)) break;  // nothing would be gained
    RulePlace const& from = phase_->rule_places[longest];
    move_away(rule, from, phase_->rule_places[shortest], last_to_join(from.resource));
    --list_lengths_[longest];
    ++list_lengths_[shortest];
    if (!measuring_) continue;
    ++result_.rules[longest].moved_from;
    ++result_.rules[shortest].moved_to;
  }
  for (std::uint32_t i = first; i < end; ++i) dispatch(phase_->rule_places[i].resource);
}

// Whose notice is not over has joined after all others. Of those of several classes who joined at one tick, one of the
// highest class.
Row Workspace::State::last_to_join(Index16 index) const {
  ResourceState const& state = resources_[index];
  if (state.pending.head != no_row) return state.pending.tail;
  switch (state.order) {
    case model::Order::arrival:
      return lists_[state.queue].tail;
    case model::Order::priority: {
      Row last = no_row;
      for (std::uint32_t c = 0; c < 16; ++c) {
        Row const r = lists_[state.queue + c].tail;
        if (r != no_row && (last == no_row || rows_[r].joined >= rows_[last].joined)) last = r;
      }
      return last;
    }
    case model::Order::breach_date: {
      Due const* last = nullptr;
      auto const joined = [](Due const& due) { return static_cast<std::uint32_t>(due.key); };
      for (Due const& due : heaps_[state.queue])
        if (rows_[due.row].epoch == due.epoch && rows_[due.row].doing == Doing::queued &&
            (last == nullptr || joined(due) > joined(*last)))
          last = &due;
      return last == nullptr ? no_row : last->row;
    }
  }
  return no_row;
}

void Workspace::State::move_away(model::Rule const& rule, RulePlace const& from, RulePlace const& to, Row r) {
  unqueue(from.resource, r);
  Patient& p = rows_[r];
  note(Happening::moved, p, p.step);
  p.provider = to.provider;
  hand_over(p.root);
  p.doing = Doing::delayed;
  ++p.epoch;
  QuantileTable const& takes = phase_->quantiles[rule.takes];
  Tick const until =
      now_ + (takes.is_constant() ? takes.constant_value() : takes.sample(draw(p.key, rule.place, now_).first));
  events_.push(until, Phase::finishing, static_cast<std::uint8_t>(EventKind::rule_acts), p.epoch, r);
}

void Workspace::State::arrive_from_elsewhere(Row r) {
  Patient& p = rows_[r];
  p.joined = p.started = now_;
  note(Happening::joined_again, p, p.step);
  join(r, steps_[p.step]);
}

void Workspace::State::change_capacity(model::Rule const& rule) {
  for (std::uint32_t i = rule.places.first; i < rule.places.first + rule.places.count; ++i) {
    RuleState& state = rule_states_[i];
    RulePlace const& place = phase_->rule_places[i];
    double const wait = expected_wait(i, resources_[place.resource].waiting);
    if (state.holds && wait < rule.until) {
      count_in_force(i);
      state.holds = false;
    } else if (!state.holds && wait > rule.when) {
      QuantileTable const& takes = phase_->quantiles[rule.takes];
      state.holds = true;
      state.from =
          now_ + (takes.is_constant() ? takes.constant_value() : takes.sample(draw(key_, place.place, now_).first));
      if (measuring_) ++result_.rules[i].begun;
    }
  }
}

bool Workspace::State::in_force(std::uint32_t place) const {
  return rule_states_[place].holds && rule_states_[place].from <= now_;
}

// The time in force until now, of a rule that ends.
void Workspace::State::count_in_force(std::uint32_t place) {
  if (!in_force(place) || !measuring_) return;
  result_.rules[place].in_force += now_ - std::max(rule_states_[place].from, model_.measure_from);
}

// The slots of a session as rules have changed them; fractions are carried to the next one.
std::uint32_t Workspace::State::slots_of(Index16 index, model::Opening const& o) {
  model::Span const scaled_by = rules_[index].scaled_by;
  double factor = 1;
  bool scaled = o.share_fixed > 0;
  for (std::uint32_t i = 0; i < scaled_by.count; ++i) {
    std::uint32_t const place = phase_->scalings[scaled_by.first + i];
    if (!in_force(place)) continue;
    factor *= phase_->rules[phase_->rule_places[place].rule].scale;
    scaled = true;
  }
  if (!scaled) return o.amount;
  double const share = o.share_fixed > 0 ? static_cast<double>(o.share_fixed) : o.amount * 0x1.0p32;
  std::uint64_t& owed = resources_[index].share;
  owed += static_cast<std::uint64_t>(std::llround(std::min(share * factor, 0x1.0p62)));
  auto const slots = static_cast<std::uint32_t>(owed >> 32);
  owed &= 0xFFFFFFFFULL;
  return slots;
}

void Workspace::State::count_scaled(model::Resource const& resource, std::uint32_t slots) {
  for (std::uint32_t i = 0; i < resource.scaled_by.count; ++i) {
    std::uint32_t const place = phase_->scalings[resource.scaled_by.first + i];
    if (!in_force(place)) continue;
    ++result_.rules[place].sessions;
    result_.rules[place].slots += slots;
  }
}

}  // namespace cwtsim::engine
