#include "cwtsim/engine/replication.hpp"

#include <algorithm>
#include <utility>

#include "state.hpp"

namespace cwtsim::engine {

using model::none16;

Workspace::Workspace(model::Model const& model) : state_(std::make_unique<State>(model)) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

ReplicationResult const& Workspace::run(std::uint64_t seed, std::uint64_t replication, Trace* trace) {
  return state_->run(seed, replication, trace);
}

Workspace::State::State(model::Model const& model)
    : model_(model), resource_names_(static_cast<std::uint32_t>(model.names.resource_names.size())) {
  std::size_t const n = model.phases.front().resources.size();
  resources_.resize(n);
  staff_.resize(model.phases.front().staff.size());
  open_sessions_.resize(model.phases.front().openings.size());
  // A resource has one list, or sixteen (priority classes), or a heap (breach dates).
  std::uint32_t lists = 0, heaps = 0;
  for (std::size_t i = 0; i < n; ++i) {
    switch (model.phases.front().resources[i].order) {
      case model::Order::arrival:
        resources_[i].queue = lists++;
        break;
      case model::Order::priority:
        resources_[i].queue = lists;
        lists += 16;
        break;
      case model::Order::breach_date:
        resources_[i].queue = heaps++;
        break;
    }
  }
  lists_.resize(lists);
  heaps_.resize(heaps);
  std::size_t const cells = static_cast<std::size_t>(model.strata) * model.months;
  result_.counted.resize(cells);
  result_.met.resize(cells);
  result_.open.resize(cells);
  result_.open_long.resize(cells * 2);
  result_.days.resize(static_cast<std::size_t>(model.strata) * model::day_cells);
  result_.arrivals.resize(model.phases.front().sources.size());
  result_.steps.resize(model.phases.front().steps.size() * model.providers());
  result_.resources.resize(n);
}

void Workspace::State::reset(std::uint64_t seed, std::uint64_t replication) {
  key_ = replication_key(seed, replication);
  now_ = model_.start;
  measuring_ = stopped_ = false;
  in_system_ = 0;
  phase_index_ = 0;
  phase_ = &model_.phases.front();
  events_.clear(model_.start);
  admitted_ = no_row;
  // Room for half as many again as ever, so that a replication that is busier than those before seldom allocates.
  auto const keep_slack = [](auto& list, std::size_t most, std::size_t times = 2) {
    if (list.capacity() < most + most / 2) list.reserve(times * most);
    list.clear();
  };
  keep_slack(rows_, rows_.size());
  keep_slack(levels_, levels_.size());
  keep_slack(stream_of_, stream_of_.size());
  keep_slack(clocks_, clocks_.size());
  keep_slack(set_aside_, most_set_aside_);
  keep_slack(children_, most_children_);
  free_rows_ = no_row;
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    ResourceState& r = resources_[i];
    auto const queue = r.queue;
    // a short list may well be several times as long in another replication
    if (phase_->resources[i].order == model::Order::breach_date)
      keep_slack(heaps_[queue], std::max<std::size_t>(r.most_due, 64), 4);
    r = ResourceState{};
    r.queue = queue;
    r.share = 1ULL << 31;
  }
  std::ranges::fill(lists_, List{});
  std::ranges::fill(staff_, StaffState{});
  auto keep = std::move(result_);
  result_ = ReplicationResult{};
  result_.replication = replication;
  auto const zero = [](auto& to, auto& from) {
    std::ranges::fill(from, typename std::remove_cvref_t<decltype(from)>::value_type{});
    to = std::move(from);
  };
  zero(result_.counted, keep.counted);
  zero(result_.met, keep.met);
  zero(result_.days, keep.days);
  zero(result_.open, keep.open);
  zero(result_.open_long, keep.open_long);
  zero(result_.arrivals, keep.arrivals);
  zero(result_.steps, keep.steps);
  zero(result_.resources, keep.resources);
}

ReplicationResult const& Workspace::State::run(std::uint64_t seed, std::uint64_t replication, Trace* trace) {
  trace_ = trace;
  reset(seed, replication);
  auto const push = [&](Tick at, Phase phase, EventKind kind, std::uint32_t subject = 0) {
    events_.push(at, phase, static_cast<std::uint8_t>(kind), 0, subject);
  };
  if (model_.measure_from <= model_.start)
    measuring_ = true;
  else
    push(model_.measure_from, Phase::beginning, EventKind::measuring_begins);
  while (phase_index_ + 1 < model_.phases.size() && model_.phases[phase_index_ + 1].from <= model_.start)
    ++phase_index_;
  phase_ = &model_.phases[phase_index_];
  for (std::size_t i = phase_index_ + 1; i < model_.phases.size(); ++i)
    push(model_.phases[i].from, Phase::beginning, EventKind::phase_begins);
  for (std::uint32_t i = 0; i < resources_.size(); ++i) {
    model::Resource const& r = phase_->resources[i];
    if (r.always_open) open_servers(static_cast<model::Index16>(i), r.servers, 0);
  }
  place_waiting_patients();
  push(model_.start, Phase::beginning, EventKind::day_begins);
  bool hourly = false, minutely = false;
  for (auto const& phase : model_.phases)
    for (auto const& s : phase.sources) {
      hourly = hourly || s.pieces == 24;
      minutely = minutely || s.pieces == 1440;
    }
  if (hourly) push(model_.start, Phase::beginning, EventKind::hour_begins);
  if (minutely) push(model_.start, Phase::beginning, EventKind::minute_begins);
  loop();
  close_books();
  return result_;
}

void Workspace::State::loop() {
  while (!events_.empty() && !stopped_) {
    Event const e = events_.pop();
    if (e.at >= model_.end) {
      now_ = model_.end;
      break;
    }
    now_ = e.at;
    ++result_.events;
    handle(e);
    if (result_.events >= model_.max_events) {
      result_.outcome = Outcome::too_many_events;
      break;
    }
  }
  result_.stopped_at = result_.outcome == Outcome::completed ? model_.end : now_;
  now_ = result_.stopped_at;
}

void Workspace::State::handle(Event const& e) {
  Row const r = e.subject;
  auto const stale = [&] { return (rows_[r].epoch & EventQueue::epoch_mask) != e.epoch; };
  switch (static_cast<EventKind>(e.kind)) {
    case EventKind::step_finished:
      if (!stale()) finish(r);
      break;
    case EventKind::referral:
      refer(r);
      break;
    case EventKind::joins_again:
      if (!stale()) joins_again(r);
      break;
    case EventKind::gives_up:
      if (!stale()) gives_up(r);
      break;
    case EventKind::opening_opens:
      open(e.subject, today());
      break;
    case EventKind::session_closes:
      close_session(static_cast<model::Index16>(e.subject));
      break;
    case EventKind::work_stops:
      stop_work(static_cast<model::Index16>(e.subject));
      break;
    case EventKind::servers_close:
      close_servers(static_cast<model::Index16>(e.subject));
      break;
    case EventKind::notice_is_up:
      resources_[e.subject].wake_due = false;
      release_notices(static_cast<model::Index16>(e.subject));
      dispatch(static_cast<model::Index16>(e.subject));
      wake_for_notice(static_cast<model::Index16>(e.subject));
      break;
    case EventKind::day_begins:
      begin_day();
      break;
    case EventKind::hour_begins: {
      Tick const length = model_.ticks_per_day / 24;
      std::uint32_t const piece = now_ % model_.ticks_per_day / length;
      for (std::uint32_t s = 0; s < phase_->sources.size(); ++s) generate(s, 24, piece);
      events_.push(now_ - now_ % length + length, Phase::beginning, e.kind, 0, 0);
      break;
    }
    case EventKind::minute_begins: {
      Tick const length = std::max<Tick>(model_.ticks_per_day / 1440, 1);
      std::uint32_t const piece = now_ % model_.ticks_per_day / length;
      for (std::uint32_t s = 0; s < phase_->sources.size(); ++s) generate(s, 1440, piece);
      events_.push(now_ - now_ % length + length, Phase::beginning, e.kind, 0, 0);
      break;
    }
    case EventKind::measuring_begins:
      begin_measuring();
      break;
    case EventKind::phase_begins:
      begin_phase();
      break;
    case EventKind::month_ends:
      end_month(e.subject);
      break;
  }
}

void Workspace::State::begin_day() {
  std::uint32_t const day = today();
  for (std::uint32_t s = 0; s < phase_->sources.size(); ++s) generate(s, 1, 0);
  follow_timetables();
  if (now_ == model_.start) open_shifts_before(day);
  schedule_openings(day);
  Tick const tomorrow = (day + 1) * model_.ticks_per_day;
  // The list at the end of a month is taken in its last moment, so that the day's work is in it.
  bool const last = day + 1 >= model_.days || model_.month_of_day[day] != model_.month_of_day[day + 1];
  if (last && model_.month_of_day[day] != none16)
    events_.push(std::min(tomorrow, model_.end) - 1, Phase::auditing, static_cast<std::uint8_t>(EventKind::month_ends),
                 0, model_.month_of_day[day]);
  events_.push(tomorrow, Phase::beginning, static_cast<std::uint8_t>(EventKind::day_begins), 0, 0);
}

void Workspace::State::begin_phase() {
  phase_ = &model_.phases[++phase_index_];
  for (std::uint32_t i = 0; i < resources_.size(); ++i) {
    model::Resource const& r = phase_->resources[i];
    if (r.always_open && r.servers != resources_[i].capacity)
      open_servers(static_cast<model::Index16>(i), r.servers, 0);
    admit_blocked(static_cast<model::Index16>(i));  // the waiting room may have grown
  }
}

void Workspace::State::begin_measuring() {
  measuring_ = true;
  for (auto& r : resources_) r.opened = std::max(r.opened, now_);
  for (std::uint32_t i = 0; i < resources_.size(); ++i) result_.resources[i].longest_list = resources_[i].waiting;
}

void Workspace::State::close_books() {
  for (std::uint32_t i = 0; i < resources_.size(); ++i) {
    count_open_time(static_cast<model::Index16>(i), now_);
    result_.resources[i].waiting_at_end = resources_[i].waiting;
  }
  std::uint64_t still_in = 0;
  for (Row r = 0; r < rows_.size(); ++r) {
    Patient const& p = rows_[r];
    if (p.doing == Doing::nothing || p.doing == Doing::expected) continue;
    if (p.root == r) ++still_in;
    bool const holds = p.doing == Doing::in_service || (p.doing == Doing::blocked && p.holding);
    if (!holds || !measuring_) continue;
    model::Step const& step = phase_->steps[p.step];
    for (std::uint32_t n = 0; n < step.needs.count; ++n) {
      model::Need const& need = phase_->needs[step.needs.first + n];
      auto const index = resource_of(p.provider, need);
      if (phase_->resources[index].kind == model::ResourceKind::servers)
        result_.resources[index].busy_ticks +=
            static_cast<std::uint64_t>(now_ - std::max(p.started, model_.measure_from)) * need.count;
    }
  }
  result_.still_in = still_in;
}

}  // namespace cwtsim::engine
