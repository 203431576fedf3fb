#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>

#include "builder.hpp"
#include "cwtsim/model/timetable.hpp"
#include "cwtsim/scenario/days.hpp"

namespace cwtsim::model {

std::uint8_t day_bits(std::string const& on) {
  auto const days = scenario::parse_days(on);
  std::uint8_t bits = 0;
  for (std::size_t d = 0; days && d < 7; ++d)
    if ((*days)[d]) bits = static_cast<std::uint8_t>(bits | 1u << d);
  return bits;
}

namespace {

// What is longer than any run is as long as one: a sum of two moments has 32 bits.
Tick ticks_within(double seconds, Model const& model) {
  constexpr double longest = 0x1.0p31 - 1;
  return static_cast<Tick>(std::min(std::round(seconds / model.seconds_per_tick), longest));
}

void add_openings(scenario::Resource const& r, Index16 resource, double seconds_per_tick, Era& era) {
  auto const ticks = [&](std::int32_t minutes) {
    return static_cast<Tick>(std::llround(minutes * 60.0 / seconds_per_tick));
  };
  double const a_week = scenario::openings_a_week(r);
  for (auto const& [name, o] : r.openings) {
    Opening opening;
    opening.resource = resource;
    opening.days = {day_bits(o.on), r.holidays == scenario::OnHolidays::closed,
                    static_cast<std::uint32_t>(o.every_weeks)};
    opening.opens = ticks(o.opens.minutes);
    std::int32_t const minutes = o.closes.minutes - o.opens.minutes;
    if (r.kind != ResourceKind::meeting) opening.length = ticks(minutes > 0 ? minutes : minutes + 1440);
    if (o.amount)
      opening.amount = static_cast<std::uint32_t>(*o.amount);
    else if (r.kind == ResourceKind::meeting)
      opening.amount = none32;
    if (r.per_week) opening.exact_slots = static_cast<std::uint64_t>(std::llround(*r.per_week / a_week * 0x1.0p32));
    era.openings.push_back(opening);
  }
}

}  // namespace

void compile_providers(scenario::Scenario const& s, Index const& index, Model const& model, Era& era) {
  for (auto const& [provider, name] : index.resources) {
    scenario::Resource const& r = *s.providers.find(provider)->resources.find(name);
    Resource out;
    out.kind = r.kind;
    out.order = r.order;
    out.at_closing = r.at_closing;
    out.when_full = r.when_full;
    out.provider = index.provider(provider);
    out.name = index.resource_name(name);
    out.always_open = r.servers.has_value();
    out.servers = static_cast<std::uint32_t>(r.servers.value_or(0));
    double const wait = r.kind == ResourceKind::meeting ? r.cut_off.seconds : r.notice.seconds;
    out.notice = ticks_within(wait, model);
    if (r.promote_after) out.promote_after = ticks_within(r.promote_after->seconds, model);
    out.no_clock_due = static_cast<std::int32_t>(r.no_clock_due.seconds / seconds_per_day);
    if (r.waiting_room) out.waiting_room = static_cast<std::uint32_t>(*r.waiting_room);
    out.other_work = at_provider(r.other_work, provider).value_or(0);
    out.draws_at = draws_at("resource:" + provider + "/" + name);
    out.openings = {static_cast<std::uint32_t>(era.openings.size()), static_cast<std::uint32_t>(r.openings.size())};
    add_openings(r, static_cast<Index16>(era.resources.size()), model.seconds_per_tick, era);
    out.staff = {static_cast<std::uint32_t>(era.staff_needs.size()), static_cast<std::uint32_t>(r.staff.size())};
    for (auto const& [role, people] : r.staff)
      era.staff_needs.push_back({index.staff(provider, role), static_cast<Index16>(people)});
    era.resources.push_back(out);
  }
}

// Resources whose openings are on the same days share a table.
void settle_closed_days(Model const& model, Era& era) {
  using Timetable = std::vector<std::tuple<std::uint8_t, bool, std::uint32_t, bool>>;
  std::map<Timetable, std::uint32_t> known;
  for (Resource& r : era.resources) {
    if (r.always_open) continue;
    auto const openings = std::span(era.openings).subspan(r.openings.first, r.openings.count);
    Timetable timetable;
    for (Opening const& o : openings)
      timetable.emplace_back(o.days.weekdays, o.days.closed_on_holidays, o.days.every_weeks,
                             o.opens + o.length > model.ticks_per_day);
    std::ranges::sort(timetable);
    auto const [it, fresh] = known.try_emplace(timetable, static_cast<std::uint32_t>(era.closed_days.size()));
    r.closed = it->second;
    if (!fresh) continue;
    std::uint32_t closed = 0;
    for (std::uint32_t day = 0; day < model.days + 2; ++day) {
      era.closed_days.push_back(closed);
      bool const open = day < model.days && std::ranges::any_of(openings, [&](Opening const& o) {
                          if (held(model, o.days, day)) return true;
                          if (o.opens + o.length <= model.ticks_per_day) return false;
                          return held_before(model, o.days, day);
                        });
      if (!open) ++closed;
    }
  }
}

}  // namespace cwtsim::model
