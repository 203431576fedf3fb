#include <cmath>

#include "builder.hpp"

namespace cwtsim::model {

namespace {

constexpr double pence_per_pound = 100;

std::uint32_t ledger_of(scenario::Scenario const& s, std::string const& name) {
  return static_cast<std::uint32_t>(*s.ledgers.index_of(name));
}

/// Calls with each thing that has costs: what it is, its number, its costs; in the order of the accounts.
template <class Each>
void each_thing(scenario::Scenario const& s, Index const& index, Each each) {
  std::uint32_t step = 0, resource = 0, role = 0, measure = 0;
  for (auto const& [name, pathway] : s.pathways)
    for (auto const& [step_name, what] : pathway.steps) each(AccountOf::step, step++, what.costs);
  for (auto const& [provider, name] : index.resources)
    each(AccountOf::resource, resource++, s.providers.find(provider)->resources.find(name)->costs);
  for (auto const& [name, provider] : s.providers)
    for (auto const& [role_name, what] : provider.staff) each(AccountOf::staff, role++, what.costs);
  for (auto const& [name, what] : s.measures) {
    scenario::Costs costs;
    if (!what.ledger.empty()) costs.items.emplace_back(what.ledger, what.value);
    each(AccountOf::measure, measure++, costs);
  }
}

/// Puts the costs of one era into it.
class Pricing {
 public:
  Pricing(scenario::Scenario const& s, Index const& index, Model const& model, Era& era)
      : s_(s), index_(index), providers_(model.providers()), era_(era) {
    next_ = static_cast<std::uint32_t>(s.ledgers.size()) * (1 + providers_);
  }

  void thing(AccountOf of, std::uint32_t item, scenario::Costs const& costs) {
    for (auto const& cost : costs) {
      std::uint32_t const own = next_++;
      std::uint32_t const whole = ledger_of(s_, cost.first) * (1 + providers_);
      auto const put = [&](CostOf what, std::uint32_t at, std::uint32_t provider) {
        double const each = at_provider(cost.second, index_.names.providers[provider]).value_or(0);
        auto const pence = static_cast<std::uint64_t>(std::llround(each * pence_per_pound));
        if (pence > 0) era_.costs.push_back({what, at, pence, {whole, whole + 1 + provider, own}});
      };
      switch (of) {
        case AccountOf::step:
          for (std::uint32_t p = 0; p < providers_; ++p) put(CostOf::start, item * providers_ + p, p);
          break;
        case AccountOf::resource: {
          bool const servers = era_.resources[item].kind == ResourceKind::servers;
          put(servers ? CostOf::server_hour : CostOf::session, item, era_.resources[item].provider);
          break;
        }
        case AccountOf::staff:
          put(CostOf::year, item, era_.staff[item].provider);
          break;
        case AccountOf::measure:  // goes there when it is recorded
        case AccountOf::all:
        case AccountOf::provider:
          break;
      }
    }
  }

 private:
  scenario::Scenario const& s_;
  Index const& index_;
  std::uint32_t providers_;
  Era& era_;
  std::uint32_t next_ = 0;  ///< account
};

}  // namespace

void compile_costs(scenario::Scenario const& s, Index const& index, Model const& model, Era& era) {
  if (s.ledgers.empty()) return;
  Pricing pricing(s, index, model, era);
  each_thing(s, index,
             [&](AccountOf of, std::uint32_t item, scenario::Costs const& costs) { pricing.thing(of, item, costs); });
}

void compile_accounts(scenario::Scenario const& s, Index const& index, Model& model) {
  for (auto const& [name, ledger] : s.ledgers) {
    auto const number = static_cast<Index16>(model.names.ledgers.size());
    model.names.ledgers.push_back(name);
    model.names.ledger_labels.push_back(ledger.label.empty() ? name : ledger.label);
    model.names.ledger_kinds.emplace_back(word_of(ledger.kind));
    model.accounts.push_back({number, AccountOf::all, 0});
    for (std::uint32_t p = 0; p < model.providers(); ++p) model.accounts.push_back({number, AccountOf::provider, p});
  }
  each_thing(s, index, [&](AccountOf of, std::uint32_t item, scenario::Costs const& costs) {
    for (auto const& [ledger, pounds] : costs) {
      auto const number = ledger_of(s, ledger);
      if (of == AccountOf::measure)
        model.measures[item].accounts = {number * (1 + model.providers()),
                                         static_cast<std::uint32_t>(model.accounts.size())};
      model.accounts.push_back({static_cast<Index16>(number), of, item});
    }
  });
}

}  // namespace cwtsim::model
