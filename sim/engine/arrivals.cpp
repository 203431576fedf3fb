#include "arrivals.hpp"

#include <algorithm>
#include <span>

#include "cwtsim/model/timetable.hpp"
#include "progress.hpp"

namespace cwtsim::engine {

using model::none16;

namespace {
// Far fewer than the 2^20 that the number of an arrival has room for; no draw comes to so many more than its mean.
constexpr double most_in_a_piece = 1e6;
}  // namespace

Arrivals::Arrivals(Parts const& parts)
    : parts_(parts), most_expected_(std::max(parts.now.model.max_in_system, 2'000'000U)) {}

bool Arrivals::any_in(std::uint32_t pieces) const {
  for (auto const& era : parts_.now.model.eras)
    for (auto const& s : era.sources)
      if (s.pieces == pieces) return true;
  return false;
}

// In a piece of a day the rate is constant: a Poisson number of arrivals, each at a time uniform in the piece. That is
// exactly the Poisson process, and more demand adds patients without changing the others.
void Arrivals::generate(std::uint32_t pieces) {
  Now const& now = parts_.now;
  Tick const length = std::max<Tick>(now.model.ticks_per_day / pieces, 1);
  std::uint32_t const piece = pieces == 1 ? 0 : now.tick % now.model.ticks_per_day / length;
  for (std::uint32_t i = 0; i < now.era->sources.size(); ++i) {
    model::Source const& s = now.era->sources[i];
    if (s.pieces != pieces || s.per_day <= 0) continue;
    double const mean = mean_arrivals_in(now.model, *now.era, s, now.day, piece);
    if (mean <= 0) continue;
    if (!(mean <= most_expected_ && mean <= most_in_a_piece)) {
      stop_for_too_many();
      continue;
    }
    std::uint64_t const piece_serial = (static_cast<std::uint64_t>(now.day) << 11) | piece;
    std::uint32_t const n = poisson(mean, draw(now.key, s.draws_at, piece_serial).first);
    Tick const from = now.day * now.model.ticks_per_day + piece * length;
    for (std::uint32_t k = 0; k < n && !now.stopped(); ++k) expect(i, (piece_serial << 20) | k, from, length);
  }
}

// The patients of one arrival, at a time uniform in [at, at + within).
void Arrivals::expect(std::uint32_t index, std::uint64_t serial, Tick at, Tick within) {
  Now const& now = parts_.now;
  model::Source const& s = now.era->sources[index];
  Words const w = draw(now.key, s.draws_at ^ 0x70617469656e74ULL, serial);
  if (within > 1) at += static_cast<Tick>(((w.second >> 32) * within) >> 32);
  if (at < now.tick) return;  // before the first moment
  std::uint32_t batch = 1;
  if (s.batch.given()) {
    Who const nobody{nullptr, s.provider, s.stream};
    batch = choose(*now.era, s.batch, nobody, w.first, beside(0, Draw::repeats), 0);
  }
  expected_ += batch;
  if (expected_ > most_expected_) return stop_for_too_many();
  for (std::uint32_t b = 0; b < batch; ++b) {
    Row const r = parts_.patients.add();
    Patient& p = parts_.patients[r];
    p.key = b == 0 ? w.first : draw(w.first, s.draws_at, b).first;
    p.root = r;
    p.provider = s.provider;
    p.doing = Doing::expected;
    p.source = static_cast<model::Index16>(index);
    parts_.events.push(at, Phase::referring, EventKind::referral, p.epoch, r);
  }
}

void Arrivals::follow_timetables() {
  Now const& now = parts_.now;
  for (std::uint32_t i = 0; i < now.era->sources.size(); ++i) {
    model::Source const& s = now.era->sources[i];
    for (std::uint32_t t = 0; t < s.timetable.count; ++t) {
      model::TimetableEntry const& entry = now.era->timetable[s.timetable.first + t];
      if (!held(now.model, entry.days, now.day)) continue;
      Tick const at = now.day * now.model.ticks_per_day + entry.at;
      std::uint64_t const serial = ((static_cast<std::uint64_t>(now.day) << 11 | t) << 20);
      for (std::uint32_t k = 0; k < entry.patients && !now.stopped(); ++k) expect(i, serial | k, at, 1);
    }
  }
}

void Arrivals::describe(Row r, model::Source const& source, std::span<model::KnownLevel const> known) {
  Patients& patients = parts_.patients;
  patients.begin_person(r, source.stream);
  model::Era const& era = *parts_.now.era;
  Patient const& p = patients[r];
  std::uint8_t* const levels = patients.levels_of(r);
  std::copy_n(era.source_levels.data() + source.levels, parts_.now.model.attributes, levels);
  for (auto const& [attribute, level] : known) levels[attribute] = level;
  Who const w{levels, p.provider, source.stream};
  for (model::AttributeSet const& set :
       std::span(era.source_attributes).subspan(source.attributes.first, source.attributes.count)) {
    if (!known.empty() && std::ranges::any_of(known, [&set](auto const& of) { return of.attribute == set.attribute; }))
      continue;
    levels[set.attribute] =
        static_cast<std::uint8_t>(choose_by_odds(era, set.choice, set.odds, w, p.key, set.draws_at, 0));
  }
}

// What will become of its levels, for one who arrived at a tick.
void Arrivals::foresee(Row r, std::int64_t since) {
  Patient const& p = parts_.patients[r];
  draw_course(*parts_.now.era, parts_.patients.who(p), p.key, since, parts_.patients.course_of(r));
}

void Arrivals::refer(Row r) {
  Now const& now = parts_.now;
  Patient& p = parts_.patients[r];
  std::uint32_t const index = p.source;
  model::Source const& source = now.era->sources[index];
  p.visits = 0;
  --expected_;
  parts_.counting.refer(index);
  count_in();
  describe(r, source);
  if (source.progresses) foresee(r, now.tick);
  parts_.log.note(Happening::referred, p, none16);
  if (source.milestones.matter()) parts_.counting.reach(r, source.milestones, now.date());
  parts_.flow.move(r, source.step);
}

void Arrivals::add_waiting_patient(std::uint32_t list, std::uint32_t number) {
  Now const& now = parts_.now;
  model::Waiting const& w = now.model.waiting[list];
  Row const r = parts_.patients.add();
  Patient& p = parts_.patients[r];
  p.key = draw(now.key, w.draws_at, number).first;
  p.root = r;
  p.provider = w.provider;
  p.visits = 0;
  parts_.counting.refer_waiting();
  count_in();
  model::Source const& source = now.era->sources[w.source];
  describe(r, source, std::span(now.model.waiting_levels).subspan(w.levels.first, w.levels.count));
  Who const who = parts_.patients.who(p);
  Tick const days = std::min(sample(*now.era, w.waited, who, p.key, w.draws_at, 1), model::most_days_waited);
  Tick const listed = w.on_list.given() ? sample(*now.era, w.on_list, who, p.key, w.draws_at, 2) : days;
  Tick const on_list = waits(now.steps[w.step].kind) ? std::min(listed, days) : 0;
  placed_.push_back({-static_cast<std::int32_t>(on_list), -static_cast<std::int32_t>(days), r, list});
  if (source.progresses) foresee(r, std::int64_t{now.tick} - std::int64_t{days} * now.model.ticks_per_day);
}

void Arrivals::place_waiting_patients() {
  Now const& now = parts_.now;
  placed_.clear();
  for (std::uint32_t i = 0; i < now.model.waiting.size(); ++i) {
    model::Waiting const& w = now.model.waiting[i];
    for (std::uint32_t k = 0; k < w.patients && !now.stopped(); ++k) add_waiting_patient(i, w.first + k);
  }
  std::ranges::sort(placed_);
  for (auto const& [joined, arrived, r, list] : placed_) {
    model::Waiting const& w = now.model.waiting[list];
    parts_.log.note(Happening::referred, parts_.patients[r], none16);
    parts_.counting.reach(r, w.milestones, now.date() + arrived);
    auto const on_list = std::min<std::int64_t>(-std::int64_t{joined} * now.model.ticks_per_day, now.longest_wait());
    parts_.flow.place(r, w.step, static_cast<Tick>(on_list), w.missed);
  }
}

}  // namespace cwtsim::engine
