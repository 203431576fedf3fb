#include "cwtsim/engine/replication.hpp"

#include <algorithm>
#include <utility>

#include "cwtsim/model/timetable.hpp"
#include "one_replication.hpp"
#include "steps/steps.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::none16;

Workspace::Workspace(model::Model const& model) : replication_(std::make_unique<Replication>(model)) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

ReplicationResult const& Workspace::run(std::uint64_t seed, std::uint64_t replication, Trace* trace,
                                        std::atomic<bool> const* stop) {
  return replication_->run(seed, replication, trace, stop);
}

namespace {

Index16 month_of(model::Model const& model, Tick at) {
  return model.month_of_day[std::min(at, model.end - 1) / model.ticks_per_day];
}

}  // namespace

Workspace::Replication::Replication(model::Model const& model)
    : flow_(model),
      staff_(flow_.now, flow_.checks),
      rules_(flow_.now, flow_.events, flow_),
      openings_({flow_.now, flow_.events, flow_.capacity, staff_, rules_, flow_}),
      arrivals_({flow_.now, flow_.events, flow_.patients, flow_.counting, flow_.log, flow_}),
      months_(model),
      count_on_(model::days_to_count_lists(model)),
      lists_(model::list_counts * flow_.lists.size()) {}

void Workspace::Replication::reset(std::uint64_t seed, std::uint64_t replication) {
  flow_.now.reset(replication_key(seed, replication));
  flow_.events.clear(flow_.now.tick);
  flow_.patients.reset();
  flow_.lists.reset();
  flow_.gatherings.reset();
  flow_.capacity.reset(result_);
  flow_.counting.reset(result_);
  flow_.deadlocks.reset(result_);
  flow_.reset();
  staff_.reset(result_);
  rules_.reset(result_);
  arrivals_.reset();
  flow_.books.reset(result_);
  months_.reset(result_);
  handled_ = 0;
  counted_ = 0;
  if (!result_.lists.empty()) lists_.swap(result_.lists);
  std::ranges::fill(lists_, 0);
  result_ = ReplicationResult{};
  result_.replication = replication;
  flow_.checks.reset(replication);
}

ReplicationResult const& Workspace::Replication::run(std::uint64_t seed, std::uint64_t replication, Trace* trace,
                                                     std::atomic<bool> const* stop) {
  flow_.log.write_to(trace);
  stop_ = stop;
  reset(seed, replication);
  begin();
  loop();
  close();
  return result_;
}

void Workspace::Replication::begin() {
  model::Model const& model = flow_.now.model;
  if (model.measure_from <= model.start)
    flow_.now.measuring = true;
  else
    push(model.measure_from, EventKind::measuring_begins);
  while (flow_.now.era_index + 1 < model.eras.size() && model.eras[flow_.now.era_index + 1].from <= model.start)
    take_era(flow_.now.era_index + 1);
  for (std::size_t i = flow_.now.era_index + 1; i < model.eras.size(); ++i)
    push(model.eras[i].from, EventKind::era_begins);
  openings_.begin();
  arrivals_.place_waiting_patients();
  push(model.start, EventKind::day_begins);
  if (arrivals_.any_in(24)) push(model.start, EventKind::hour_begins);
  if (arrivals_.any_in(1440)) push(model.start, EventKind::minute_begins);
}

void Workspace::Replication::loop() {
  while (!flow_.events.empty() && !flow_.now.stopped()) {
    auto const e = flow_.events.pop([this](Row r) { flow_.patients.prefetch(r); });
    if (e.at >= flow_.now.model.end) break;
    flow_.now.move_to(e.at);
    ++handled_;
    flow_.patients.prefetch(flow_.events.upcoming());
    handle(e);
    flow_.checks.see_after(e, handled_);
    if (handled_ >= flow_.now.model.max_events && !flow_.now.stopped()) {
      flow_.now.outcome = Outcome::too_many_events;
      break;
    }
  }
  if (!flow_.now.stopped()) flow_.now.tick = flow_.now.model.end;
}

// Nearly all events are ends of steps: the rest is kept apart from them.
void Workspace::Replication::handle(Event<EventKind> const& e) {
  if (e.kind != EventKind::step_finished)
    handle_other(e);
  else if (!flow_.patients.is_stale(e.subject, e.epoch))
    flow_.finish(e.subject);
}

void Workspace::Replication::handle_other(Event<EventKind> const& e) {
  Row const r = e.subject;
  auto const resource = static_cast<Index16>(e.subject);
  switch (e.kind) {
    case EventKind::step_finished:
      break;
    case EventKind::referral:
      arrivals_.refer(r);
      break;
    case EventKind::joins_again:
      if (!flow_.patients.is_stale(r, e.epoch)) flow_.join_again(r);
      break;
    case EventKind::gives_up:
      if (!flow_.patients.is_stale(r, e.epoch)) flow_.give_up(r);
      break;
    case EventKind::moved_arrives:
      if (!flow_.patients.is_stale(r, e.epoch)) flow_.arrive_from_elsewhere(r);
      break;
    case EventKind::opening_opens:
      openings_.open(e.subject);
      break;
    case EventKind::session_closes:
      openings_.close_session(resource);
      break;
    case EventKind::work_stops:
      flow_.stop_work(resource);
      break;
    case EventKind::servers_close:
      openings_.close_servers(resource);
      break;
    case EventKind::notice_is_up:
      flow_.end_notice(resource);
      break;
    case EventKind::day_begins:
      begin_day();
      break;
    case EventKind::hour_begins:
      begin_piece(24, e.kind);
      break;
    case EventKind::minute_begins:
      begin_piece(1440, e.kind);
      break;
    case EventKind::measuring_begins:
      begin_measuring();
      break;
    case EventKind::era_begins:
      begin_era();
      break;
    case EventKind::group_leaves:
      steps::leave_together(flow_, e.subject, e.epoch);
      break;
    case EventKind::month_ends:
      flow_.counting.end_month(e.subject);
      months_.end(e.subject, flow_, staff_);
      break;
    case EventKind::rule_acts:
      rules_.act(e.subject);
      break;
  }
}

void Workspace::Replication::begin_day() {
  if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) {
    flow_.now.outcome = Outcome::abandoned;
    return;
  }
  if (flow_.deadlocks.any()) {
    flow_.now.outcome = Outcome::deadlocked;
    return;
  }
  model::Model const& model = flow_.now.model;
  std::uint32_t const day = flow_.now.day;
  if (flow_.books.kept() && flow_.books.month_is_over()) [[unlikely]]
    book();
  if (counted_ < count_on_.size() && day == count_on_[counted_]) count_lists();
  arrivals_.generate(1);
  arrivals_.follow_timetables();
  if (staff_.any()) staff_.begin_day();
  if (flow_.now.tick == model.start) openings_.begin_shifts_of_the_day_before();
  rules_.schedule();
  openings_.schedule();
  Tick const tomorrow = (day + 1) * model.ticks_per_day;
  // The list at the end of a month is taken in its last moment, so that the day's work is in it.
  bool const last = day + 1 >= model.days || model.month_of_day[day] != model.month_of_day[day + 1];
  if (last && model.month_of_day[day] != none16)
    flow_.events.push(std::min(tomorrow, model.end) - 1, Phase::auditing, EventKind::month_ends, 0,
                      model.month_of_day[day]);
  push(tomorrow, EventKind::day_begins);
}

void Workspace::Replication::begin_piece(std::uint32_t pieces, EventKind again) {
  arrivals_.generate(pieces);
  Tick const length = std::max<Tick>(flow_.now.model.ticks_per_day / pieces, 1);
  push(flow_.now.tick - flow_.now.tick % length + length, again);
}

void Workspace::Replication::take_era(std::uint32_t index) {
  flow_.now.take_era(index);
  flow_.lists.take_era();
  flow_.capacity.take_era();
}

void Workspace::Replication::begin_era() {
  flow_.counting.credit(flow_.capacity);
  if (flow_.books.kept()) book();
  take_era(flow_.now.era_index + 1);
  openings_.take_era();
  steps::regroup(flow_);
}

void Workspace::Replication::begin_measuring() {
  flow_.now.measuring = true;
  flow_.capacity.begin_measuring();
  flow_.lists.begin_measuring();
}

void Workspace::Replication::count_lists() {
  std::size_t const from = counted_++ * flow_.lists.size();
  for (std::size_t i = 0; i < flow_.lists.size(); ++i) {
    WaitingLists::Line const& line = flow_.lists[static_cast<Index16>(i)];
    lists_[from + i] = line.waiting + line.outside;
  }
}

void Workspace::Replication::book() {
  // of all servers: those that cost nothing now may later
  for (std::uint32_t i = 0; i < flow_.capacity.size(); ++i)
    if (flow_.now.resource_rules[i].kind == model::ResourceKind::servers)
      flow_.capacity.count_open_time(static_cast<Index16>(i), flow_.now.tick);
  flow_.books.book({flow_.counting.steps(), flow_.capacity.totals(), staff_.totals()});
}

void Workspace::Replication::close() {
  for (std::uint32_t n = 0; n < flow_.capacity.size(); ++n) {
    auto const i = static_cast<Index16>(n);
    flow_.capacity.count_open_time(i, flow_.now.tick);
    flow_.capacity.count_overrun(i);
    flow_.capacity.totals(i).waiting_at_end = flow_.lists[i].waiting + flow_.lists[i].outside;
    flow_.capacity.totals(i).longest_list = flow_.lists[i].longest;
  }
  if (flow_.books.kept()) book();
  if (flow_.now.outcome == Outcome::completed && counted_ < count_on_.size()) count_lists();
  lists_.swap(result_.lists);
  result_.outcome = flow_.now.outcome;
  result_.stopped_at = flow_.now.tick;
  result_.events = handled_;
  // before those in service are counted as what they have used so far
  if (auto const month = month_of(flow_.now.model, flow_.now.tick); month != none16) months_.end(month, flow_, staff_);
  result_.still_in = flow_.count_unfinished();
  flow_.counting.credit(flow_.capacity);
  flow_.checks.see_end(handled_, result_.still_in);
  flow_.counting.close(result_);
  flow_.deadlocks.close(result_);
  flow_.capacity.close(result_);
  staff_.close(result_);
  rules_.close(result_);
  flow_.books.close(result_);
  months_.close(result_);
}

}  // namespace cwtsim::engine
