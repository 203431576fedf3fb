#include <algorithm>
#include <bit>
#include <cmath>

#include "builder.hpp"

namespace cwtsim::model {

namespace {

constexpr double days_per_year = 365;

/// Days of the week on which some session of this provider needs the role.
std::uint8_t days_needed(scenario::Provider const& provider, std::string const& role) {
  std::uint8_t days = 0;
  for (auto const& [name, r] : provider.resources)
    if (r.staff.find(role))
      for (auto const& [opening, o] : r.openings) days = static_cast<std::uint8_t>(days | day_bits(o.on));
  return days;
}

/// Their sessions are spread over the days on which sessions need the role; where none do, over those on which sessions
/// need a role that they stand in for; where none do, over the days of those that they cover.
std::uint8_t days_of(scenario::Scenario const& s, scenario::Provider const& provider, std::string const& role,
                     scenario::Staff const& staff) {
  std::uint8_t days = days_needed(provider, role);
  auto const add_others = [&](scenario::Provider const& at) {
    for (auto const& other : staff.stands_in_for) days = static_cast<std::uint8_t>(days | days_needed(at, other));
  };
  if (days == 0) add_others(provider);
  if (days != 0) return days;
  for (auto const& name : staff.covers) {
    auto const& there = *s.providers.find(name);
    days = static_cast<std::uint8_t>(days | days_needed(there, role));
    add_others(there);
  }
  return days;
}

bool names(std::vector<std::string> const& list, std::string const& name) {
  return std::ranges::find(list, name) != list.end();
}

/// Who mans what a role of a provider lacks: those who stand in for it there, then people of other providers.
void add_stand_ins(scenario::Scenario const& s, Index const& index, std::string const& provider,
                   std::string const& role, Era& era, Staff& out) {
  out.stand_ins.first = static_cast<std::uint32_t>(era.stand_ins.size());
  auto const add_those_of = [&](std::string const& from, scenario::Provider const& there) {
    for (auto const& [other, staff] : there.staff)
      if (names(staff.stands_in_for, role) && (from == provider || names(staff.covers, provider)))
        era.stand_ins.push_back(index.staff(from, other));
  };
  add_those_of(provider, *s.providers.find(provider));
  for (auto const& [from, there] : s.providers) {
    if (from == provider) continue;
    auto const* same = there.staff.find(role);
    if (same != nullptr && names(same->covers, provider)) era.stand_ins.push_back(index.staff(from, role));
    add_those_of(from, there);
  }
  out.stand_ins.count = static_cast<std::uint32_t>(era.stand_ins.size()) - out.stand_ins.first;
}

}  // namespace

void compile_staff(scenario::Scenario const& s, Index const& index, Pools& pools, Era& era) {
  constexpr double millionths = 1e6;
  for (auto const& [provider, what] : s.providers) {
    for (auto const& [role, staff] : what.staff) {
      Staff out;
      out.provider = index.provider(provider);
      double const in_post = staff.whole_time_equivalents * (1 - staff.vacancy);
      out.people = static_cast<std::uint32_t>(std::ceil(in_post - 1e-9));
      out.present = (1 - staff.leave) * (1 - staff.sickness);
      out.days.weekdays = days_of(s, what, role, staff);
      if (out.people > 0 && out.days.weekdays != 0)
        out.sessions_per_day = in_post / out.people * staff.sessions_per_week / std::popcount(out.days.weekdays);
      out.draws_at = draws_at("staff:" + provider + "/" + role);
      out.posts = static_cast<std::uint64_t>(std::llround(staff.whole_time_equivalents * millionths));
      if (out.people > 0) out.each = static_cast<std::uint64_t>(std::llround(in_post / out.people * millionths));
      out.leaves = staff.leavers_per_year / days_per_year;
      out.new_posts_filled = staff.new_posts == scenario::NewPosts::filled;
      if (staff.recruited_after) out.recruited_after = pools.days(*staff.recruited_after).base;
      if (staff.trained_after) out.trained_after = pools.days(*staff.trained_after).base;
      if (staff.trainer) {
        out.trainer = index.staff(provider, staff.trainer->role);
        auto const days = days_of(s, what, staff.trainer->role, *what.staff.find(staff.trainer->role));
        if (days != 0) out.training_per_day = staff.trainer->sessions_per_week / std::popcount(days);
      }
      add_stand_ins(s, index, provider, role, era, out);
      era.staff.push_back(out);
    }
  }
}

void settle_staff(Model& model) {
  for (std::size_t i = 0; i < model.eras.front().staff.size(); ++i) {
    bool const comes_and_goes = std::ranges::any_of(
        model.eras, [i](Era const& era) { return era.staff[i].leaves > 0 || !era.staff[i].new_posts_filled; });
    for (auto& era : model.eras) era.staff[i].comes_and_goes = comes_and_goes;
  }
}

}  // namespace cwtsim::model
