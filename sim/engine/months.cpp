#include "months.hpp"

#include <algorithm>

#include "cwtsim/model/places.hpp"

namespace cwtsim::engine {

namespace {

/// What a total has gained goes to the month; lists at its end are not gained.
template <class Month>
void add_gain(Month& month, Month& before, Month const& now) {
  for_each_field<Month>(
      []([[maybe_unused]] auto field, std::uint64_t& to, std::uint64_t& from, std::uint64_t value) {
        if constexpr (requires { Month::level; })
          if (same_member(field().member, Month::level)) {
            to = value;
            return;
          }
        to += value - from;
        from = value;
      },
      month, before, now);
}

}  // namespace

Months::Months(model::Model const& model)
    : places_(model::waiting_places(model)),
      resources_before_(model.eras.front().resources.size()),
      steps_before_(places_.size()),
      staff_before_(model.eras.front().staff.size()),
      under_way_(resources_before_.size()),
      waiting_(model.eras.front().steps.size() * model.providers()) {
  resources_.resize(resources_before_.size() * model.months);
  steps_.resize(steps_before_.size() * model.months);
  staff_.resize(staff_before_.size() * model.months);
}

void Months::reset(ReplicationResult& spare) {
  auto const fresh = [](auto& own, auto& lent, auto& before) {
    if (!lent.empty()) own.swap(lent);
    std::ranges::fill(own, typename std::remove_reference_t<decltype(own)>::value_type{});
    std::ranges::fill(before, typename std::remove_reference_t<decltype(own)>::value_type{});
  };
  fresh(resources_, spare.resource_months, resources_before_);
  fresh(steps_, spare.step_months, steps_before_);
  fresh(staff_, spare.staff_months, staff_before_);
}

// What servers do is counted when they have done it: those who are served now have been since they started.
void Months::count_waiting(Flow const& flow) {
  std::ranges::fill(under_way_, 0);
  std::ranges::fill(waiting_, 0);
  Now const& now = flow.now;
  for (Row r = 0; r < flow.patients.size(); ++r) {
    Patient const& p = flow.patients[r];
    switch (p.doing) {
      case Doing::pending:
      case Doing::queued:
      case Doing::gathered:
        ++waiting_[now.at(p.step, p.provider)];
        break;
      case Doing::blocked:
        ++waiting_[now.at(p.next_step, p.provider)];
        if (p.holding) flow.capacity.add_busy(under_way_, now.steps[p.step], p.provider, p.started, 0);
        break;
      case Doing::in_service:
        flow.capacity.add_busy(under_way_, now.steps[p.step], p.provider, p.started, 0);
        break;
      case Doing::paused:
        flow.capacity.add_busy(under_way_, now.steps[p.step], p.provider, p.started, 1);
        break;
      case Doing::nothing:
      case Doing::expected:
      case Doing::delayed:
      case Doing::set_aside:
      case Doing::branched:
      case Doing::withdrawn:
        break;
    }
  }
}

void Months::end_of_resources(std::size_t first, Flow& flow) {
  flow.counting.credit(flow.capacity);
  for (std::size_t i = 0; i < resources_before_.size(); ++i) {
    auto const index = static_cast<model::Index16>(i);
    flow.capacity.count_open_time(index, flow.now.tick);
    flow.capacity.count_overrun(index);
    ResourceTotals const& t = flow.capacity.totals(index);
    add_gain(resources_[first + i], resources_before_[i],
             {t.sessions, t.cancelled, t.offered, t.used, flow.capacity[index].busy_ticks + under_way_[i], t.open_ticks,
              t.overrun_ticks, t.wait_ticks, t.starts,
              std::uint64_t{flow.lists[index].waiting} + flow.lists[index].outside});
  }
}

void Months::end(std::uint32_t month, Flow& flow, Staff const& staff) {
  count_waiting(flow);
  end_of_resources(month * resources_before_.size(), flow);
  for (std::size_t k = 0; k < places_.size(); ++k) {
    StepTotals const& t = flow.counting.steps()[places_[k]];
    add_gain(steps_[month * places_.size() + k], steps_before_[k],
             {t.starts, t.finished, t.wait_ticks, t.gave_up, waiting_[places_[k]]});
  }
  for (std::size_t i = 0; i < staff_before_.size(); ++i) {
    StaffTotals const& t = staff.totals()[i];
    add_gain(staff_[month * staff_before_.size() + i], staff_before_[i],
             {t.days, t.posts, t.in_post, t.wanted, t.manned, t.stood_in, t.lacking});
  }
}

void Months::close(ReplicationResult& result) {
  resources_.swap(result.resource_months);
  steps_.swap(result.step_months);
  staff_.swap(result.staff_months);
}

}  // namespace cwtsim::engine
