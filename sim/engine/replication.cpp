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

ReplicationResult const& Workspace::run(std::uint64_t seed, std::uint64_t replication, Trace* trace,
                                        std::atomic<bool> const* stop) {
  return state_->run(seed, replication, trace, stop);
}

Workspace::State::State(model::Model const& model)
    : model_(model),
      resource_names_(static_cast<std::uint32_t>(model.names.resource_names.size())),
      providers_(model.providers()),
      standards_(static_cast<std::uint32_t>(model.standards.size())) {
  levels_at_ = levels_at(model);
  course_size_ = model.phases.front().progress.size();
  person_size_ = person_size(model);
  std::size_t const n = model.phases.front().resources.size();
  resources_.resize(n);
  lay_out_staff();
  rule_states_.resize(model.phases.front().rule_places.size());
  list_lengths_.resize(rule_states_.size());
  open_sessions_.resize(2 * model.phases.front().openings.size());
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
  result_.recorded.resize(static_cast<std::size_t>(model.measure_strata) * model.months);
  result_.recorded_sums.resize(result_.recorded.size());
  if (!model.accounts.empty()) {
    result_.pence.resize(model.accounts.size() * model.months);
    booked_starts_.resize(model.phases.front().steps.size() * model.providers());
    booked_sessions_.resize(n);
    booked_open_.resize(n);
    booked_staff_.resize(model.phases.front().staff.size());
  }
  result_.arrivals.resize(model.phases.front().sources.size());
  result_.steps.resize(model.phases.front().steps.size() * model.providers());
  result_.resources.resize(n);
  result_.staff.resize(staff_.size());
  result_.rules.resize(rule_states_.size());
  credited_.resize(result_.steps.size());
}

void Workspace::State::reset(std::uint64_t seed, std::uint64_t replication) {
  key_ = replication_key(seed, replication);
  now_ = model_.start;
  today_ = now_ / model_.ticks_per_day;
  tomorrow_ = (today_ + 1) * model_.ticks_per_day;
  measuring_ = stopped_ = false;
  in_system_ = 0;
  expected_ = 0;
  events_.clear(model_.start);
  admitted_ = no_row;
  // Room for half as many again as ever, so that a replication that is busier than those before seldom allocates.
  auto const keep_slack = [](auto& list, std::size_t most, std::size_t times = 2) {
    if (list.capacity() < most + most / 2) list.reserve(times * most);
    list.clear();
  };
  keep_slack(rows_, rows_.size());
  keep_slack(persons_, persons_.size());
  keep_slack(courses_, courses_.size());
  keep_slack(set_aside_, most_set_aside_);
  keep_slack(children_, most_children_);
  free_rows_ = no_row;
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    ResourceState& r = resources_[i];
    auto const queue = r.queue;
    // a short list may well be several times as long in another replication
    if (model_.phases.front().resources[i].order == model::Order::breach_date)
      keep_slack(heaps_[queue], std::max<std::size_t>(r.most_due, 64), 4);
    r = ResourceState{};
    r.queue = queue;
    r.share = 1ULL << 31;
  }
  take_phase(0);
  std::ranges::fill(credited_, Credited{});
  std::ranges::fill(lists_, List{});
  reset_staff();
  std::ranges::fill(rule_states_, RuleState{});
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
  zero(result_.recorded, keep.recorded);
  zero(result_.recorded_sums, keep.recorded_sums);
  zero(result_.pence, keep.pence);
  zero(result_.arrivals, keep.arrivals);
  zero(result_.steps, keep.steps);
  zero(result_.resources, keep.resources);
  zero(result_.staff, keep.staff);
  zero(result_.rules, keep.rules);
  begin_books();
  check_reset();
}

ReplicationResult const& Workspace::State::run(std::uint64_t seed, std::uint64_t replication, Trace* trace,
                                               std::atomic<bool> const* stop) {
  trace_ = trace;
  stop_ = stop;
  reset(seed, replication);
  auto const push = [&](Tick at, Phase phase, EventKind kind, std::uint32_t subject = 0) {
    events_.push(at, phase, static_cast<std::uint8_t>(kind), 0, subject);
  };
  if (model_.measure_from <= model_.start)
    measuring_ = true;
  else
    push(model_.measure_from, Phase::beginning, EventKind::measuring_begins);
  while (phase_index_ + 1 < model_.phases.size() && model_.phases[phase_index_ + 1].from <= model_.start)
    take_phase(phase_index_ + 1);
  for (std::size_t i = phase_index_ + 1; i < model_.phases.size(); ++i)
    push(model_.phases[i].from, Phase::beginning, EventKind::phase_begins);
  for (std::uint32_t i = 0; i < resources_.size(); ++i) {
    model::Resource const& r = rules_[i];
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
    Event const e = events_.pop([this](Row r) { ask_for(r); });
    if (e.at >= model_.end) break;
    now_ = e.at;
    if (now_ >= tomorrow_) {
      today_ = now_ / model_.ticks_per_day;
      tomorrow_ = (today_ + 1) * model_.ticks_per_day;
    }
    ++result_.events;
    ask_for(events_.upcoming());
    handle(e);
    check_after(e);
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
    case EventKind::rule_acts:
      if (r >= rules_from)
        act(r - rules_from);
      else if (!stale())
        arrive_from_elsewhere(r);
      break;
  }
}

void Workspace::State::begin_day() {
  if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) {
    stopped_ = true;
    result_.outcome = Outcome::abandoned;
    return;
  }
  std::uint32_t const day = today();
  if (!model_.accounts.empty() && booking_month_ != model_.month_of_day[day]) [[unlikely]]
    book();
  for (std::uint32_t s = 0; s < phase_->sources.size(); ++s) generate(s, 1, 0);
  follow_timetables();
  if (!staff_.empty()) begin_day_of_staff(day);
  if (now_ == model_.start) open_shifts_before(day);
  if (!phase_->rules.empty()) schedule_rules(day);
  schedule_openings(day);
  Tick const tomorrow = (day + 1) * model_.ticks_per_day;
  // The list at the end of a month is taken in its last moment, so that the day's work is in it.
  bool const last = day + 1 >= model_.days || model_.month_of_day[day] != model_.month_of_day[day + 1];
  if (last && model_.month_of_day[day] != none16)
    events_.push(std::min(tomorrow, model_.end) - 1, Phase::auditing, static_cast<std::uint8_t>(EventKind::month_ends),
                 0, model_.month_of_day[day]);
  events_.push(tomorrow, Phase::beginning, static_cast<std::uint8_t>(EventKind::day_begins), 0, 0);
}

void Workspace::State::take_phase(std::uint32_t index) {
  phase_index_ = index;
  phase_ = &model_.phases[index];
  steps_ = phase_->steps.data();
  rules_ = phase_->resources.data();
  leads_ = phase_->leads.data();
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    resources_[i].kind = rules_[i].kind;
    resources_[i].order = rules_[i].order;
    resources_[i].at_closing = rules_[i].at_closing;
    resources_[i].notice = rules_[i].notice;
    resources_[i].shared_needs = rules_[i].shared_needs;
    resources_[i].has_dependents = rules_[i].dependents.count > 0;
  }
}

void Workspace::State::begin_phase() {
  credit_resources();
  if (!model_.accounts.empty()) book();
  take_phase(phase_index_ + 1);
  for (std::uint32_t i = 0; i < resources_.size(); ++i) close_session(static_cast<model::Index16>(i));
  for (std::uint32_t i = 0; i < resources_.size(); ++i) {
    model::Resource const& r = rules_[i];
    if (r.always_open && r.servers != resources_[i].capacity)
      open_servers(static_cast<model::Index16>(i), r.servers, 0);
    // the notice may have become shorter
    release_notices(static_cast<model::Index16>(i));
    if (r.kind == model::ResourceKind::sessions && has_capacity(static_cast<model::Index16>(i))) {
      offer(static_cast<model::Index16>(i));
      resources_[i].wake_due = false;
      wake_for_notice(static_cast<model::Index16>(i));
    }
    admit_blocked(static_cast<model::Index16>(i));  // the waiting room may have grown
  }
}

void Workspace::State::begin_measuring() {
  measuring_ = true;
  for (auto& r : resources_) {
    r.opened = std::max(r.opened, now_);
    r.longest = r.waiting;
  }
}

// Starts and waits are counted by step and provider; what resources were used for follows from what steps need.
void Workspace::State::credit_resources() {
  for (std::size_t s = 0; s < phase_->steps.size(); ++s) {
    model::Span const needs = steps_[s].needs;
    for (std::uint32_t p = 0; p < providers_ && needs.count > 0; ++p) {
      StepTotals const& totals = result_.steps[s * providers_ + p];
      Credited& credited = credited_[s * providers_ + p];
      std::uint64_t const starts = totals.starts - credited.starts;
      if (starts == 0) continue;
      ResourceTotals& lead = result_.resources[leads_[s * providers_ + p]];
      lead.starts += starts;
      lead.wait_ticks += totals.wait_ticks - credited.wait_ticks;
      for (std::uint32_t n = 0; n < needs.count; ++n) {
        model::Need const& need = phase_->needs[needs.first + n];
        result_.resources[resource_of(static_cast<model::Index16>(p), need)].used += starts * need.count;
      }
      credited = {totals.starts, totals.wait_ticks};
    }
  }
}

void Workspace::State::close_books() {
  credit_resources();
  for (std::uint32_t i = 0; i < rule_states_.size(); ++i) count_in_force(i);
  for (std::uint32_t i = 0; i < resources_.size(); ++i) {
    count_open_time(static_cast<model::Index16>(i), now_);
    result_.resources[i].waiting_at_end = resources_[i].waiting;
    result_.resources[i].longest_list = resources_[i].longest;
  }
  if (!model_.accounts.empty()) book();
  std::uint64_t still_in = 0;
  for (Row r = 0; r < rows_.size(); ++r) {
    Patient const& p = rows_[r];
    if (p.doing == Doing::nothing || p.doing == Doing::expected) continue;
    if (p.root == r) ++still_in;
    if (p.doing == Doing::in_service || (p.doing == Doing::blocked && p.holding))
      count_busy(steps_[p.step], p.provider, p.started);
    if (p.doing == Doing::paused) count_busy(steps_[p.step], p.provider, p.started, 1);
  }
  for (std::size_t i = 0; i < resources_.size(); ++i) result_.resources[i].busy_ticks = resources_[i].busy_ticks;
  result_.still_in = still_in;
  check_end();
}

}  // namespace cwtsim::engine
