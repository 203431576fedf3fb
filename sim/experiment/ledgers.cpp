#include <algorithm>
#include <cmath>
#include <map>

#include "estimate_parts.hpp"

namespace cwtsim::experiment {
namespace {

constexpr double pence_per_pound = 100, days_of_a_year = 365;

/// Dimension and value of an account.
std::pair<std::string, std::string> where_of(model::Account const& account, model::Model const& model) {
  auto const& names = model.names;
  switch (account.of) {
    case model::AccountOf::all:
      return {"all", "all"};
    case model::AccountOf::provider:
      return {"provider", names.providers[account.item]};
    case model::AccountOf::step:
      return {"step", names.steps[account.item]};
    case model::AccountOf::resource: {
      auto const& resource = model.eras.front().resources[account.item];
      return {"resource", names.providers[resource.provider] + "/" + names.resource_names[resource.name]};
    }
    case model::AccountOf::staff:
      return {"staff", names.staff[account.item]};
    case model::AccountOf::measure:
      return {"measure", names.measures[account.item]};
  }
  return {};
}

/// Pence of an intervention's cost in each measured month, by day.
std::vector<double> pence_by_month(Outlay const& outlay, model::Model const& model) {
  std::vector<double> pence(model.months, 0);
  for (std::uint32_t d = 0; d < model.days; ++d) {
    if (model.month_of_day[d] == model::none16) continue;
    Date const day = model.first_day + static_cast<std::int32_t>(d);
    auto& month = pence[model.month_of_day[d]];
    if (outlay.from && day == *outlay.from) month += outlay.once * pence_per_pound;
    if ((outlay.from && day < *outlay.from) || (outlay.until && *outlay.until <= day)) continue;
    double share = 1;
    for (auto const& [from, value] : outlay.taper)
      if (from <= day) share = value;
    month += outlay.per_year * share / days_of_a_year * pence_per_pound;
  }
  for (auto& p : pence) p = static_cast<double>(std::llround(p));
  return pence;
}

double sum_of(std::vector<double> const& months, Months const& span) {
  double sum = 0;
  for (std::uint32_t m = span.first; m < span.first + span.count; ++m) sum += months[m];
  return sum;
}

/// Pence of interventions by ledger, dimension ("all", "intervention", "fund") and name.
using Fixed = std::map<std::size_t, std::vector<std::pair<std::pair<std::string, std::string>, std::vector<double>>>>;

Fixed fixed_costs(Estimates const& into, model::Model const& model, std::vector<Outlay> const& outlays) {
  Fixed fixed;
  for (auto const& outlay : outlays) {
    auto const ledger = static_cast<std::size_t>(
        std::find_if(into.ledgers.begin(), into.ledgers.end(), [&](auto const& l) { return l.name == outlay.ledger; }) -
        into.ledgers.begin());
    auto const pence = pence_by_month(outlay, model);
    auto const add = [&, &list = fixed[ledger]](std::string const& dimension, std::string const& value) {
      std::pair const place(dimension, value);
      auto at = std::find_if(list.begin(), list.end(), [&](auto const& entry) { return entry.first == place; });
      if (at == list.end()) at = list.insert(list.end(), {place, std::vector<double>(model.months, 0)});
      for (std::size_t m = 0; m < pence.size(); ++m) at->second[m] += pence[m];
    };
    add("all", "all");
    add("intervention", outlay.intervention);
    if (!outlay.fund.empty()) add("fund", outlay.fund);
  }
  return fixed;
}

std::optional<Estimate> in_pounds(std::optional<Estimate> e, double more_pence) {
  if (!e) return e;
  e->value = (e->value + more_pence) / pence_per_pound;
  if (e->low) e->low = (*e->low + more_pence) / pence_per_pound;
  if (e->high) e->high = (*e->high + more_pence) / pence_per_pound;
  return e;
}

bool is_reported(Months const& span, std::string const& dimension) {
  return span.span == Span::all || span.span == Span::year || (span.span == Span::month && dimension == "all");
}

}  // namespace

std::vector<LedgerName> ledgers_of(model::Model const& model) {
  std::vector<LedgerName> ledgers;
  for (std::size_t l = 0; l < model.names.ledgers.size(); ++l)
    ledgers.push_back({model.names.ledgers[l], model.names.ledger_labels[l], model.names.ledger_kinds[l]});
  return ledgers;
}

std::vector<double> outlay_pounds(model::Model const& model, Layout const& layout, std::vector<Outlay> const& outlays) {
  auto const periods = layout.periods.size();
  std::vector<double> pounds(model.names.ledgers.size() * periods);
  for (auto const& outlay : outlays) {
    auto const ledger =
        static_cast<std::size_t>(std::ranges::find(model.names.ledgers, outlay.ledger) - model.names.ledgers.begin());
    auto const pence = pence_by_month(outlay, model);
    for (std::uint32_t m = 0; m < model.months; ++m)
      pounds[ledger * periods + layout.period_of_month[m]] += pence[m] / pence_per_pound;
  }
  return pounds;
}

void add_pence(Tally& tally, Layout const& layout, engine::ReplicationResult const& r) {
  for (std::uint32_t a = 0; a < layout.accounts; ++a)
    for (std::size_t s = 0; s < layout.spans.size(); ++s) {
      auto const& months = layout.spans[s];
      std::uint64_t sum = 0;
      for (std::uint32_t m = months.first; m < months.first + months.count; ++m)
        sum += r.pence[m * layout.accounts + a];
      tally.pence[layout.cell(a, s)].add(sum);
    }
}

void add_ledgers(Estimates& into, model::Model const& model, Experiment const& experiment,
                 std::vector<Outlay> const& outlays) {
  if (model.accounts.empty()) return;
  into.ledgers = ledgers_of(model);
  auto const layout = experiment.layout.spans.empty() ? Layout(model, {}) : experiment.layout;
  auto const n = static_cast<std::uint64_t>(experiment.tally.completed.size());
  if (n == 0) return;
  auto const fixed = fixed_costs(into, model, outlays);
  auto const each_span = [&](std::size_t ledger, std::pair<std::string, std::string> const& place, auto const& amount) {
    for (std::size_t s = 0; s < layout.spans.size(); ++s)
      if (is_reported(layout.spans[s], place.first))
        into.pounds.push_back(
            {ledger, place.first, place.second, layout.spans[s].span, layout.spans[s].when, amount(s)});
  };
  for (std::size_t l = 0; l < into.ledgers.size(); ++l) {
    auto const found = fixed.find(l);
    for (std::uint32_t a = 0; a < model.accounts.size(); ++a) {
      if (model.accounts[a].ledger != l) continue;
      bool const whole = model.accounts[a].of == model::AccountOf::all;
      each_span(l, where_of(model.accounts[a], model), [&](std::size_t s) {
        auto const& pence = experiment.tally.pence[layout.cell(a, s)];
        double const more = whole && found != fixed.end() ? sum_of(found->second.front().second, layout.spans[s]) : 0;
        return in_pounds(mean_estimate(pence, n), more);
      });
    }
    if (found == fixed.end()) continue;
    for (auto const& spent : found->second)
      if (spent.first.first != "all")
        each_span(l, spent.first, [&](std::size_t s) {
          return std::optional(Estimate{sum_of(spent.second, layout.spans[s]) / pence_per_pound, {}, {}});
        });
  }
}

}  // namespace cwtsim::experiment
