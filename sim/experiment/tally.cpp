#include "cwtsim/experiment/tally.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>

#include "estimate_parts.hpp"

namespace cwtsim::experiment {
namespace {

void add_totals(engine::RuleTotals& to, engine::RuleTotals const& r) {
  to.looked += r.looked;
  to.begun += r.begun;
  to.in_force += r.in_force;
  to.sessions += r.sessions;
  to.slots += r.slots;
  to.moved_from += r.moved_from;
  to.moved_to += r.moved_to;
}

void add_totals(engine::StaffTotals& to, engine::StaffTotals const& s) {
  to.days += s.days;
  to.posts += s.posts;
  to.in_post += s.in_post;
  to.in_training += s.in_training;
  to.wanted += s.wanted;
  to.manned += s.manned;
  to.stood_in += s.stood_in;
  to.lacking += s.lacking;
  to.lent += s.lent;
}

void add_totals(engine::ResourceTotals& to, engine::ResourceTotals const& r) {
  to.sessions += r.sessions;
  to.cancelled += r.cancelled;
  to.offered += r.offered;
  to.other_work += r.other_work;
  to.used += r.used;
  to.did_not_attend += r.did_not_attend;
  to.turned_away += r.turned_away;
  to.busy_ticks += r.busy_ticks;
  to.open_ticks += r.open_ticks;
  to.wait_ticks += r.wait_ticks;
  to.starts += r.starts;
  to.waiting_at_end += r.waiting_at_end;
  to.longest_list += r.longest_list;
}

void add_totals(engine::StepTotals& to, engine::StepTotals const& s) {
  to.starts += s.starts;
  to.wait_ticks += s.wait_ticks;
  to.service_ticks += s.service_ticks;
  to.gave_up += s.gave_up;
}

template <class Value>
void add_moments(std::vector<Moments>& sums, std::vector<Value> const& values) {
  for (std::size_t i = 0; i < values.size() && i < sums.size(); ++i) sums[i].add(values[i]);
}

template <class T, class Add>
void merge_each(std::vector<T>& to, std::vector<T> const& from, Add add) {
  if (from.empty()) return;
  if (to.empty()) to.resize(from.size());
  if (to.size() != from.size()) throw std::logic_error("tallies of different models cannot be merged");
  for (std::size_t i = 0; i < from.size(); ++i) add(to[i], from[i]);
}

void merge_rows(std::vector<Replication>& to, std::vector<Replication> const& from) {
  auto const before = static_cast<std::ptrdiff_t>(to.size());
  to.insert(to.end(), from.begin(), from.end());
  auto const earlier = [](Replication const& a, Replication const& b) { return a.replication < b.replication; };
  std::inplace_merge(to.begin(), to.begin() + before, to.end(), earlier);
}

struct Count {
  std::uint64_t met = 0, counted = 0;
};

Count count_in(engine::ReplicationResult const& r, Layout const& layout, std::uint32_t stratum, Months const& months) {
  Count own;
  for (std::uint32_t m = months.first; m < months.first + months.count; ++m) {
    std::size_t const c = std::size_t{m} * layout.strata + stratum;
    own.met += r.met[c];
    own.counted += r.counted[c];
  }
  return own;
}

void add_attained(Tally& tally, Layout const& layout, engine::ReplicationResult const& r) {
  for (std::uint32_t stratum = 0; stratum < layout.strata; ++stratum)
    for (std::size_t s = 0; s < layout.spans.size(); ++s) {
      auto const [met, counted] = count_in(r, layout, stratum, layout.spans[s]);
      if (counted == 0) continue;
      auto const cell = layout.cell(stratum, s);
      Attained& a = tally.attained[cell];
      a.sums.add(met, counted);
      ++a.counting;
      // NaN, where there is no target, is met by nobody; else to within rounding
      if (static_cast<double>(met) >= layout.targets[cell] * static_cast<double>(counted) - 1e-9) ++a.meeting;
      if (auto const year = layout.spans[s].year)
        tally.years[std::size_t{stratum} * layout.years + *year].add(met, counted);
    }
}

void add_resources(Tally& tally, Layout const& layout, engine::ReplicationResult const& r) {
  for (std::size_t i = 0; i < layout.resources && i < r.resources.size(); ++i) {
    auto const& own = r.resources[i];
    auto& sums = tally.resources[i];
    add_totals(sums.total, own);
    if (layout.by_open_time[i] != 0)
      sums.use.add(own.busy_ticks, own.open_ticks);
    else
      sums.use.add(own.used + own.other_work, own.offered);
    sums.waits.add(own.wait_ticks, own.starts);
    sums.waiting_squares += Wide{own.waiting_at_end} * own.waiting_at_end;
  }
}

void add_staff(Tally& tally, engine::ReplicationResult const& r) {
  for (std::size_t i = 0; i < r.staff.size() && i < tally.staff.size(); ++i) {
    auto const& own = r.staff[i];
    auto& sums = tally.staff[i];
    add_totals(sums.total, own);
    sums.in_post_squares += Wide{own.in_post} * own.in_post;
    sums.lacking_squares += Wide{own.lacking} * own.lacking;
  }
}

void add_rules(Tally& tally, engine::ReplicationResult const& r) {
  for (std::size_t i = 0; i < r.rules.size() && i < tally.rules.size(); ++i) {
    auto const& own = r.rules[i];
    auto& sums = tally.rules[i];
    add_totals(sums.total, own);
    sums.moved_squares += Wide{own.moved_from} * own.moved_from;
    sums.in_force_squares += Wide{own.in_force} * own.in_force;
  }
}

Replication row_of(Layout const& layout, engine::ReplicationResult const& r) {
  Replication row{r.replication, r.outcome,  r.stopped_at,         r.events, r.referred,
                  r.finished,    r.still_in, r.measured_referrals, {}};
  if (r.outcome != engine::Outcome::completed) return row;
  row.precise.reserve(layout.precise.size() * 2);
  for (auto const stratum : layout.precise) {
    auto const [met, counted] = count_in(r, layout, stratum, layout.spans.front());
    row.precise.push_back(met);
    row.precise.push_back(counted);
  }
  return row;
}

void insert_row(std::vector<Replication>& rows, Replication row) {
  auto const later = [](std::uint64_t number, Replication const& b) { return number < b.replication; };
  rows.insert(std::upper_bound(rows.begin(), rows.end(), row.replication, later), std::move(row));
}

}  // namespace

Layout::Layout(model::Model const& model, std::vector<ObservedFigure> const& observed)
    : spans(spans_of(model, observed)),
      months(model.months),
      strata(model.strata),
      resources(model.eras.front().resources.size()),
      steps(model.eras.front().steps.size() * model.providers()),
      staff(model.eras.front().staff.size()),
      rules(model.eras.front().rule_sites.size()) {
  for (auto const& span : spans) years += span.year ? 1 : 0;
  targets.assign(std::size_t{strata} * spans.size(), std::nan(""));
  for (auto const& stratum : strata_of(model))
    for (std::size_t s = 0; s < spans.size(); ++s)
      if (auto const target = target_of(model.standards[stratum.standard].targets, spans[s]))
        targets[cell(stratum.index, s)] = *target;
  for (auto const& standard : model.standards)
    for (std::uint32_t i = 0; i < standard.cuts.count; ++i)
      if (auto const& cut = model.cuts[standard.cuts.first + i]; cut.axes == 0) precise.push_back(cut.first);
  for (auto const& resource : model.eras.front().resources)
    by_open_time.push_back(resource.kind == model::ResourceKind::servers ? 1 : 0);
  measured = measured_layout(model, spans);
  gaps = model.gaps;
  accounts = model.accounts.size();
}

std::uint64_t Tally::first() const {
  auto first = ~std::uint64_t{0};
  for (auto const* rows : {&completed, &limited})
    if (!rows->empty()) first = std::min(first, rows->front().replication);
  return empty() ? 0 : first;
}

std::uint64_t Tally::end() const {
  std::uint64_t end = 0;
  for (auto const* rows : {&completed, &limited})
    if (!rows->empty()) end = std::max(end, rows->back().replication + 1);
  return end;
}

void Tally::size_by(Layout const& layout) {
  std::size_t const cells = std::size_t{layout.strata} * layout.months;
  attained.resize(std::size_t{layout.strata} * layout.spans.size());
  years.resize(std::size_t{layout.strata} * layout.years);
  measured.resize(layout.measured.size() * layout.spans.size());
  gaps.resize(layout.gaps.size());
  pence.resize(layout.accounts * layout.spans.size());
  days.resize(std::size_t{layout.strata} * model::day_cells);
  open.resize(cells);
  open_long.resize(cells * 2);
  steps.resize(layout.steps);
  resources.resize(layout.resources);
  staff.resize(layout.staff);
  rules.resize(layout.rules);
}

void Tally::add(Layout const& layout, engine::ReplicationResult const& r) {
  events += r.events;
  if (r.outcome != engine::Outcome::completed) {
    insert_row(limited, row_of(layout, r));
    return;
  }
  if (completed.empty()) size_by(layout);
  insert_row(completed, row_of(layout, r));
  add_attained(*this, layout, r);
  add_measured(*this, layout, r);
  add_gaps(*this, layout, r);
  add_pence(*this, layout, r);
  add_resources(*this, layout, r);
  add_staff(*this, r);
  add_rules(*this, r);
  for (std::size_t i = 0; i < r.days.size() && i < days.size(); ++i) days[i] += r.days[i];
  add_moments(open, r.open);
  add_moments(open_long, r.open_long);
  for (std::size_t i = 0; i < r.steps.size() && i < steps.size(); ++i) add_totals(steps[i], r.steps[i]);
}

void Tally::merge(Tally const& other) {
  merge_rows(completed, other.completed);
  merge_rows(limited, other.limited);
  events += other.events;
  auto const add_attained_of = [](Attained& to, Attained const& from) {
    to.sums.merge(from.sums);
    to.counting += from.counting;
    to.meeting += from.meeting;
  };
  merge_each(attained, other.attained, add_attained_of);
  merge_each(measured, other.measured, add_attained_of);
  merge_each(gaps, other.gaps, [](GapSums& to, GapSums const& from) {
    to.sum += from.sum;
    to.squares += from.squares;
    to.times += from.times;
  });
  merge_each(pence, other.pence, [](Pence& to, Pence const& from) {
    to.sum += from.sum;
    to.squares += from.squares;
  });
  auto const add_moments_of = [](Moments& to, Moments const& from) {
    to.sum += from.sum;
    to.squares += from.squares;
  };
  merge_each(years, other.years, [](Spread& to, Spread const& from) { to.merge(from); });
  merge_each(days, other.days, [](std::uint64_t& to, std::uint64_t from) { to += from; });
  merge_each(open, other.open, add_moments_of);
  merge_each(open_long, other.open_long, add_moments_of);
  merge_each(steps, other.steps, [](engine::StepTotals& to, auto const& from) { add_totals(to, from); });
  merge_each(resources, other.resources, [](ResourceSums& to, ResourceSums const& from) {
    add_totals(to.total, from.total);
    to.use.merge(from.use);
    to.waits.merge(from.waits);
    to.waiting_squares += from.waiting_squares;
  });
  merge_each(staff, other.staff, [](StaffSums& to, StaffSums const& from) {
    add_totals(to.total, from.total);
    to.in_post_squares += from.in_post_squares;
    to.lacking_squares += from.lacking_squares;
  });
  merge_each(rules, other.rules, [](RuleSums& to, RuleSums const& from) {
    add_totals(to.total, from.total);
    to.moved_squares += from.moved_squares;
    to.in_force_squares += from.in_force_squares;
  });
}

}  // namespace cwtsim::experiment
