#include "cwtsim/experiment/tally.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <type_traits>

#include "estimate_parts.hpp"

namespace cwtsim::experiment {
namespace {

template <class Sums, class Value>
void add_each(std::vector<Sums>& to, std::vector<Value> const& own) {
  if (to.size() != own.size()) throw std::logic_error("a replication of another model cannot be added");
  for (std::size_t i = 0; i < own.size(); ++i) {
    if constexpr (std::is_integral_v<Sums>)
      to[i] += own[i];
    else
      to[i].add(own[i]);
  }
}

template <class T>
void merge_each(std::vector<T>& to, std::vector<T> const& from) {
  if (from.empty()) return;
  if (to.empty()) to.resize(from.size());
  if (to.size() != from.size()) throw std::logic_error("tallies of different models cannot be merged");
  for (std::size_t i = 0; i < from.size(); ++i) merge_into(to[i], from[i]);
}

void merge_each(std::uint64_t& to, std::uint64_t from) {
  to += from;
}

void merge_each(std::vector<Replication>& to, std::vector<Replication> const& from) {
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

/// Met and counted of every stratum in every period.
Packed counts_of(Layout const& layout, engine::ReplicationResult const& r) {
  auto const periods = layout.periods.size();
  std::vector<std::uint64_t> counts(std::size_t{layout.strata} * periods * 2);
  for (std::uint32_t m = 0; m < layout.months; ++m)
    for (std::uint32_t stratum = 0; stratum < layout.strata; ++stratum) {
      auto const from = std::size_t{m} * layout.strata + stratum;
      auto const to = (stratum * periods + layout.period_of_month[m]) * 2;
      counts[to] += r.met[from];
      counts[to + 1] += r.counted[from];
    }
  return Packed(counts);
}

/// Of every stratum of measures in every period: values, and those that would all be 1.
Packed recorded_of(Layout const& layout, engine::ReplicationResult const& r) {
  auto const periods = layout.periods.size(), strata = layout.measured.size();
  std::vector<std::uint64_t> values(strata * periods * 2);
  for (std::uint32_t m = 0; m < layout.months; ++m)
    for (std::size_t stratum = 0; stratum < strata; ++stratum) {
      auto const to = (stratum * periods + layout.period_of_month[m]) * 2;
      values[to] += r.recorded_sums[m * strata + stratum];
      values[to + 1] += r.recorded[m * strata + stratum] * layout.measured[stratum].scale;
    }
  return Packed(values);
}

Packed pence_of(Layout const& layout, engine::ReplicationResult const& r) {
  auto const periods = layout.periods.size();
  std::vector<std::uint64_t> pence(layout.wholes.size() * periods);
  for (std::uint32_t m = 0; m < layout.months; ++m)
    for (std::size_t ledger = 0; ledger < layout.wholes.size(); ++ledger)
      pence[ledger * periods + layout.period_of_month[m]] += r.pence[m * layout.accounts + layout.wholes[ledger]];
  return Packed(pence);
}

Replication row_of(Layout const& layout, engine::ReplicationResult const& r) {
  Replication row;
  copy_like_named(r, row);
  if (r.outcome != engine::Outcome::completed) {
    row.frozen = r.held_for_ever;
    row.frozen.resize(layout.resources);
    return row;
  }
  row.precise.reserve(layout.precise.size() * 2);
  for (auto const stratum : layout.precise) {
    auto const [met, counted] = count_in(r, layout, stratum, layout.spans.front());
    row.precise.push_back(met);
    row.precise.push_back(counted);
  }
  row.counts = counts_of(layout, r);
  row.recorded = recorded_of(layout, r);
  row.pence = pence_of(layout, r);
  return row;
}

void add_lists(Tally& tally, engine::ReplicationResult const& r) {
  if (r.lists.size() != tally.lists.size() * model::list_counts)
    throw std::logic_error("a replication of another model cannot be added");
  for (std::size_t i = 0; i < tally.lists.size(); ++i) {
    std::array<std::uint64_t, model::list_counts> lengths{};
    for (std::size_t k = 0; k < lengths.size(); ++k) lengths[k] = r.lists[k * tally.lists.size() + i];
    tally.lists[i].add(lengths);
  }
}

void insert_row(std::vector<Replication>& rows, Replication row) {
  auto const later = [](std::uint64_t number, Replication const& b) { return number < b.replication; };
  rows.insert(std::upper_bound(rows.begin(), rows.end(), row.replication, later), std::move(row));
}

/// Whole years, and what is left before and after them; without any, all as one.
void add_periods(Layout& layout) {
  constexpr auto none = ~std::uint32_t{0};
  layout.period_of_month.assign(layout.months, none);
  for (auto const& span : layout.spans) {
    if (span.span != Span::year) continue;
    for (auto m = span.first; m < span.first + span.count; ++m)
      layout.period_of_month[m] = static_cast<std::uint32_t>(layout.periods.size());
    layout.periods.push_back(span.when);
  }
  auto const rest = static_cast<std::uint32_t>(layout.periods.size());
  bool any = false;
  for (auto& period : layout.period_of_month) {
    any = any || period == none;
    period = std::min(period, rest);
  }
  if (any || rest == 0) layout.periods.emplace_back(rest == 0 ? "all" : "rest");
}

}  // namespace

Layout::Layout(model::Model const& model, std::vector<ObservedFigure> const& observed)
    : spans(spans_of(model, observed)),
      months(model.months),
      strata(model.strata),
      standards(static_cast<std::uint32_t>(model.standards.size())),
      resources(model.eras.front().resources.size()),
      steps(model.eras.front().steps.size() * model.providers()),
      staff(model.eras.front().staff.size()),
      rules(model.eras.front().rule_sites.size()),
      clock_ticks(engine::clock_cell({.standard = model.standards.size()}, model.eras.front().steps.size())),
      places(model::waiting_places(model)) {
  for (auto const& span : spans) years += span.year ? 1 : 0;
  add_periods(*this);
  targets.assign(std::size_t{strata} * spans.size(), std::nan(""));
  for (auto const& stratum : strata_of(model))
    for (std::size_t s = 0; s < spans.size(); ++s)
      if (auto const target = target_of(model.standards[stratum.standard].targets, spans, spans[s]))
        targets[cell(stratum.index, s)] = *target;
  for (auto const& standard : model.standards)
    for (std::uint32_t i = 0; i < standard.cuts.count; ++i)
      if (auto const& cut = model.cuts[standard.cuts.first + i]; cut.axes == 0) precise.push_back(cut.first);
  measured = measured_layout(model, spans);
  gaps = model.gaps;
  for (auto const& gap : gaps) gap_groups += gap.is_spread ? gap.levels : 0;
  accounts = model.accounts.size();
  for (std::uint32_t a = 0; a < accounts; ++a)
    if (model.accounts[a].of == model::AccountOf::all) wholes.push_back(a);
}

std::uint64_t Tally::deadlocked() const {
  return static_cast<std::uint64_t>(std::count_if(limited.begin(), limited.end(), [](Replication const& row) {
    return row.outcome == engine::Outcome::deadlocked;
  }));
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
  resize_lists(*this, layout);
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
  add_quantiles(*this, layout, r);
  add_each(days, r.days);
  add_each(second_starts, r.second_starts);
  add_each(clock_ticks, r.clock_ticks);
  add_each(clocks, r.clocks);
  add_each(open, r.open);
  add_each(open_long, r.open_long);
  add_each(steps, r.steps);
  add_each(branch_steps, r.branch_steps);
  add_each(resources, r.resources);
  add_lists(*this, r);
  add_each(staff, r.staff);
  add_each(rules, r.rules);
  add_each(resource_months, r.resource_months);
  add_each(step_months, r.step_months);
  add_each(staff_months, r.staff_months);
}

void Tally::merge(Tally const& other) {
  for_each_field<Tally>([](auto, auto& to, auto const& from) { merge_each(to, from); }, *this, other);
}

}  // namespace cwtsim::experiment
