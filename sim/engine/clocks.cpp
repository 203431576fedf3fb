#include <algorithm>
#include <bit>
#include <span>

#include "counting.hpp"
#include "cwtsim/model/timetable.hpp"
#include "overflow.hpp"

namespace cwtsim::engine {

using model::CreditedTo;
using model::none16;

// Clock events of one moment: a clock is stopped before one is started, so that one event can end a period and begin
// the next.
void Counting::reach(Row r, model::Milestones const& milestones, std::int32_t day) {
  constexpr std::uint32_t rest = 63;
  for (std::uint64_t left = milestones.standards; left != 0; left &= left - 1) {
    auto const s = static_cast<std::uint32_t>(std::countr_zero(left));
    if (s < rest) {
      reach_in_clock(s, r, milestones.bits, day);
      continue;
    }
    for (std::uint32_t i = rest; i < standards_; ++i) reach_in_clock(i, r, milestones.bits, day);
  }
  if (milestones.measures != 0) [[unlikely]]
    measure(r, milestones, day);
}

// What starts and ends a clock in one moment, where none runs, is a period of no days.
void Counting::reach_in_clock(std::uint32_t s, Row r, std::uint64_t milestones, std::int32_t day) {
  model::Standard const& standard = now_.model.standards[s];
  Clock& clock = patients_.clocks_of(patients_[r].root)[s];
  bool const ran = clock.runs(), starts = milestones & standard.starts;
  if (!ran) {
    if (!starts) return;
    start_clock(s, r, day);
  }
  bool const ends = clock.runs() && milestones & (standard.stops | standard.late | standard.excluded);
  if (ends) end_clock(s, r, milestones, day);
  if (!ran || !starts) return;
  if (ends)
    start_clock(s, r, day);
  else if (now_.measuring)
    ++second_starts_[s];
}

inline void Counting::end_clock(std::uint32_t s, Row r, std::uint64_t milestones, std::int32_t day) {
  model::Standard const& standard = now_.model.standards[s];
  Row const root = patients_[r].root;
  Clock& clock = patients_.clocks_of(root)[s];
  bool const counts =
      milestones & standard.stops ||
      (milestones & standard.late && clock.waited(day, patients_.is_paused(standard, root)) > standard.limit);
  if (counts) stop_clock(s, r, day);
  clock = Clock{};
  if (follows(patients_[r])) [[unlikely]]
    diaries_.end(root);
}

void Counting::start_clock(std::uint32_t s, Row r, std::int32_t day) {
  model::Standard const& standard = now_.model.standards[s];
  Patient const& p = patients_[r];
  if (!holds(now_.model, standard.condition, patients_.levels_of(p.root))) return;
  Clock& clock = patients_.clocks_of(p.root)[s];
  clock = Clock{};
  clock.start = static_cast<std::int16_t>(day);
  clock.provider = p.provider;
  if (patients_.is_paused(standard, p.root)) clock.paused = static_cast<std::int16_t>(-day);
  if (follows(p)) [[unlikely]]
    begin_diary(s, p.root, day);
}

void Counting::count(std::uint32_t s, Who const& w, std::uint32_t halves, bool met, std::int32_t waited,
                     std::uint32_t month) {
  model::Standard const& standard = now_.model.standards[s];
  auto const days = static_cast<std::uint32_t>(std::clamp(waited, 0, static_cast<std::int32_t>(model::day_cells) - 1));
  Strata const strata(now_.model, w);
  for (std::uint32_t c = 0; c < standard.cuts.count; ++c) {
    std::uint32_t const stratum = strata.of(now_.model.cuts[standard.cuts.first + c]);
    std::size_t const cell = now_.model.cell(stratum, month);
    counted_[cell] += halves;
    if (met) met_[cell] += halves;
    days_[now_.model.day_cell(stratum, days)] += halves;
  }
}

// Counts a period. A patient shared between two providers is divided by the six rules of breach allocation: by whether
// the whole was in time, whether it was handed over by day 38, and whether treatment followed within 24 days.
void Counting::stop_clock(std::uint32_t s, Row r, std::int32_t day) {
  if (!now_.measuring || day < 0) return;  // a period of no days may lie before the first day
  model::Standard const& standard = now_.model.standards[s];
  Patient const& p = patients_[r];
  Clock const& clock = patients_.clocks_of(p.root)[s];
  model::Index16 const month = now_.model.month_of_day[static_cast<std::size_t>(day)];
  if (month == none16) return;
  if (stops_++ == most_stops) [[unlikely]]
    too_large_to_count("clocks that stop");
  bool const is_paused = patients_.is_paused(standard, p.root);
  std::int32_t const waited = clock.waited(day, is_paused);
  bool const met = waited <= standard.limit;
  if (follows(p)) [[unlikely]]
    close_diary(s, p.root, met, waited);
  Who at_stop = patients_.who(p);
  Who at_start = at_stop;
  at_start.provider = clock.provider;
  switch (standard.credited_to) {
    case CreditedTo::at_start:
      count(s, at_start, 2, met, waited, month);
      return;
    case CreditedTo::at_stop:
      count(s, at_stop, 2, met, waited, month);
      return;
    case CreditedTo::shared:
      break;
  }
  if (clock.provider == p.provider) {
    count(s, at_stop, 2, met, waited, month);
    return;
  }
  bool const by_38 = clock.handed_over <= standard.handover_by;
  bool const in_24 = waited - clock.handed_over <= standard.treat_within;
  bool const all_to_treating = met ? !by_38 : by_38 && !in_24;
  bool const all_to_investigating = !met && !by_38 && in_24;
  if (all_to_treating) {
    count(s, at_stop, 2, met, waited, month);
  } else if (all_to_investigating) {
    count(s, at_start, 2, met, waited, month);
  } else {
    count(s, at_start, 1, met, waited, month);
    count(s, at_stop, 1, met, waited, month);
  }
}

// The clock restarts on the day on which a missed first appointment is rebooked.
void Counting::adjust_first(Row root, std::int8_t adjustment) {
  std::int32_t const day = now_.date();
  Clock* const clocks = patients_.clocks_of(root);
  bool const is_followed = follows(patients_[root]);
  if (is_followed) write_up(root);
  for (std::uint32_t s = 0; s < standards_; ++s) {
    if (!clocks[s].runs() || !(now_.model.standards[s].adjustments >> adjustment & 1)) continue;
    if (is_followed) diaries_.restart(root, s);
    clocks[s].first_adjusted = static_cast<std::int16_t>(day - clocks[s].start);
    clocks[s].handed_over = 0;
    clocks[s].paused = static_cast<std::int16_t>(patients_.is_paused(now_.model.standards[s], root) ? -day : 0);
  }
}

void Counting::begin_pause(Row root, std::int8_t adjustment) {
  move_pauses(root, adjustment, -now_.date());
  if (follows(patients_[root])) [[unlikely]]
    note_pauses(root);
  ++patients_.pauses_of(root)[adjustment];
}

void Counting::end_pause(Row root, std::int8_t adjustment) {
  if (follows(patients_[root])) [[unlikely]]
    note_pauses(root);
  --patients_.pauses_of(root)[adjustment];
  move_pauses(root, adjustment, now_.date());
}

// Of the clocks that run, with that adjustment, which nothing else pauses.
void Counting::move_pauses(Row root, std::int8_t adjustment, std::int32_t days) {
  Clock* const clocks = patients_.clocks_of(root);
  for (std::uint32_t s = 0; s < standards_; ++s)
    if (clocks[s].runs() && now_.model.standards[s].pauses >> adjustment & 1 &&
        !patients_.is_paused(now_.model.standards[s], root))
      clocks[s].paused = static_cast<std::int16_t>(clocks[s].paused + days);
}

void Counting::hand_over(Row root) {
  std::int32_t const day = now_.date();
  Clock* const clocks = patients_.clocks_of(root);
  for (std::size_t s = 0; s < standards_; ++s)
    if (clocks[s].runs())
      clocks[s].handed_over =
          static_cast<std::int16_t>(clocks[s].waited(day, patients_.is_paused(now_.model.standards[s], root)));
}

// The waiting list on the last day of a month: every clock that runs.
void Counting::end_month(std::uint32_t month) {
  if (standards_ == 0) return;
  std::int32_t const day = now_.date();
  for (Row r = 0; r < patients_.size(); ++r) {
    Patient const& p = patients_[r];
    if (p.root != r || p.doing == Doing::nothing || p.doing == Doing::expected) continue;
    Clock const* const clocks = patients_.clocks_of(r);
    if (std::none_of(clocks, clocks + standards_, [](Clock const& c) { return c.runs(); })) continue;
    Strata const strata(now_.model, patients_.who(p));
    for (std::uint32_t s = 0; s < standards_; ++s)
      if (clocks[s].runs()) {
        bool const is_paused = patients_.is_paused(now_.model.standards[s], r);
        count_open(now_.model.standards[s], strata, clocks[s].waited(day, is_paused), month);
      }
  }
}

void Counting::count_open(model::Standard const& standard, Strata const& strata, std::int32_t waited,
                          std::uint32_t month) {
  auto const cuts = std::span(now_.model.cuts).subspan(standard.cuts.first, standard.cuts.count);
  for (model::Cut const& cut : cuts) ++open_[now_.model.cell(strata.of(cut), month)];
  for (std::size_t k = 0; k < standard.long_waits.size() && k < 2; ++k)
    if (waited > standard.long_waits[k])
      for (model::Cut const& cut : cuts) ++open_long_[now_.model.cell(strata.of(cut), month) * 2 + k];
}

}  // namespace cwtsim::engine
