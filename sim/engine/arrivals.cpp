#include <algorithm>
#include <memory>
#include <span>

#include "state.hpp"

namespace cwtsim::engine {

using model::none16;

Row Workspace::State::new_row() {
  if (free_rows_ != no_row) {
    Row const r = free_rows_;
    free_rows_ = rows_[r].next;
    std::uint32_t const epoch = rows_[r].epoch;
    rows_[r] = Patient{};
    rows_[r].epoch = epoch;
    return r;
  }
  auto const r = static_cast<Row>(rows_.size());
  rows_.emplace_back();
  persons_.resize(persons_.size() + person_size_ / sizeof(CacheLine));
  courses_.resize(courses_.size() + course_size_);
  return r;
}

void Workspace::State::free_row(Row r) {
  Patient& p = rows_[r];
  ++p.epoch;
  p.doing = Doing::nothing;
  p.next = free_rows_;
  free_rows_ = r;
  --in_system_;
}

void Workspace::State::stop_for_too_many() {
  result_.outcome = Outcome::too_many_in_system;
  stopped_ = true;
}

// Arrivals of one piece of a day, in which the rate is constant: a Poisson number of them, each at a time uniform in
// the piece. That is exactly the Poisson process, and more demand adds patients without changing the others.
void Workspace::State::generate(std::uint32_t index, std::uint32_t pieces, std::uint32_t piece) {
  model::Source const& s = phase_->sources[index];
  if (s.pieces != pieces || s.per_day <= 0) return;
  std::uint32_t const day = today();
  double mean = s.per_day * phase_->growth[s.growth][day] / pieces;
  if (s.profile != model::none32) {
    model::Profile const& profile = phase_->profiles[s.profile];
    mean *= profile.month[model_.calendar_month[day]] * profile.day[model_.weekday_of_day[day]];
    if (model_.holiday[day]) mean *= profile.day[7];
    if (profile.has_hours) mean *= profile.hour[piece * 24 / pieces];
  }
  if (mean <= 0) return;
  if (!(mean <= most_expected())) return stop_for_too_many();
  std::uint64_t const piece_serial = (static_cast<std::uint64_t>(day) << 11) | piece;
  std::uint32_t const n = poisson(mean, draw(key_, s.place, piece_serial).first);
  Tick const length = std::max<Tick>(model_.ticks_per_day / pieces, 1);
  Tick const from = day * model_.ticks_per_day + piece * length;
  for (std::uint32_t k = 0; k < n && !stopped_; ++k) expect(index, (piece_serial << 20) | k, from, length);
}

// The patients of one arrival, at a time uniform in [at, at + within).
void Workspace::State::expect(std::uint32_t index, std::uint64_t serial, Tick at, Tick within) {
  model::Source const& s = phase_->sources[index];
  Words const w = draw(key_, s.place ^ 0x70617469656e74ULL, serial);
  if (within > 1) at += static_cast<Tick>(((w.second >> 32) * within) >> 32);
  if (at < now_) return;  // before the first moment
  std::uint32_t batch = 1;
  if (s.batch.given()) {
    Who const nobody{nullptr, s.provider, s.stream};
    batch = choose(*phase_, s.batch, nobody, w.first, repeats_place, 0);
  }
  expected_ += batch;
  if (expected_ > most_expected()) return stop_for_too_many();
  for (std::uint32_t b = 0; b < batch; ++b) {
    Row const r = new_row();
    Patient& p = rows_[r];
    p.key = b == 0 ? w.first : draw(w.first, s.place, b).first;
    p.root = r;
    p.provider = s.provider;
    p.doing = Doing::expected;
    p.visits = static_cast<std::uint16_t>(index);  // its source, until it arrives
    events_.push(at, Phase::referring, static_cast<std::uint8_t>(EventKind::referral), p.epoch, r);
  }
}

void Workspace::State::follow_timetables() {
  std::uint32_t const day = today();
  for (std::uint32_t i = 0; i < phase_->sources.size(); ++i) {
    model::Source const& s = phase_->sources[i];
    for (std::uint32_t t = 0; t < s.timetable.count; ++t) {
      model::TimetableEntry const& entry = phase_->timetable[s.timetable.first + t];
      if (!(entry.weekdays >> model_.weekday_of_day[day] & 1)) continue;
      Tick const at = day * model_.ticks_per_day + entry.at;
      std::uint64_t const serial = ((static_cast<std::uint64_t>(day) << 11 | t) << 20);
      for (std::uint32_t k = 0; k < entry.patients && !stopped_; ++k) expect(i, serial | k, at, 1);
    }
  }
}

void Workspace::State::describe_patient(Row r, model::Source const& source) {
  Patient const& p = rows_[r];
  std::memcpy(person_of(r), &source.stream, sizeof source.stream);
  std::uint8_t* const levels = levels_of(r);
  std::copy_n(phase_->source_levels.data() + source.levels, model_.attributes, levels);
  Who const w{levels, p.provider, source.stream};
  model::Phase const& phase = *phase_;
  for (model::AttributeSet const& set :
       std::span(phase.source_attributes).subspan(source.attributes.first, source.attributes.count)) {
    levels[set.attribute] =
        static_cast<std::uint8_t>(choose_by_odds(phase, set.choice, set.odds, w, p.key, set.place, 0));
  }
  std::uninitialized_fill_n(clocks_of(r), standards_, Clock{});
  if (!model_.remembered.empty()) std::uninitialized_fill_n(first_days_of(r), model_.remembered.size(), not_running);
  if (!model_.numbered.empty()) std::uninitialized_fill_n(numbers_of(r), model_.numbered.size(), std::uint16_t{0});
}

// What will become of its levels, for one who arrived at a tick.
void Workspace::State::foresee(Row r, std::int64_t since) {
  draw_course(*phase_, who(rows_[r]), rows_[r].key, since, course_of(r));
}

void Workspace::State::refer(Row r) {
  model::Source const& source = phase_->sources[rows_[r].visits];
  std::uint32_t const index = rows_[r].visits;
  rows_[r].visits = 0;
  --expected_;
  ++result_.referred;
  if (measuring_) {
    ++result_.measured_referrals;
    ++result_.arrivals[index];
  }
  if (++in_system_ > model_.max_in_system) stop_for_too_many();
  describe_patient(r, source);
  if (source.progresses) foresee(r, now_);
  note(Happening::referred, rows_[r], none16);
  if (source.marks.matter()) mark(r, source.marks, static_cast<std::int32_t>(today()));
  move(r, source.step);
}

// Those who have waited longest join first, whatever group they are of.
void Workspace::State::place_waiting_patients() {
  ages_.clear();
  for (std::size_t i = 0; i < model_.waiting.size(); ++i) {
    model::Waiting const& w = model_.waiting[i];
    for (std::uint32_t k = 0; k < w.patients && !stopped_; ++k) {
      Row const r = new_row();
      Patient& p = rows_[r];
      p.key = draw(key_, w.place, k).first;
      p.root = r;
      p.provider = w.provider;
      p.next_step = w.step;
      p.visits = static_cast<std::uint16_t>(i);  // its list, until it joins
      ++result_.referred;
      if (++in_system_ > model_.max_in_system) stop_for_too_many();
      model::Source const& source = phase_->sources[w.source];
      describe_patient(r, source);
      Tick const days = sample(model_.phases.front(), w.waited, who(p), p.key, w.place, 1);
      ages_.emplace_back(-static_cast<std::int32_t>(days), r);
      if (source.progresses) foresee(r, std::int64_t{now_} - std::int64_t{days} * model_.ticks_per_day);
    }
  }
  std::ranges::sort(ages_);
  for (auto const& [since, r] : ages_) {
    Patient& p = rows_[r];
    model::Marks const& marks = model_.waiting[p.visits].marks;
    p.visits = 0;
    note(Happening::referred, p, none16);
    mark(r, marks, static_cast<std::int32_t>(today()) + since);
    move(r, p.next_step);
  }
}

}  // namespace cwtsim::engine
