#pragma once
// Turning names into integers: shared state of the compiler's parts.

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cwtsim/core/draw.hpp"
#include "cwtsim/model/model.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::model {

/// Names of the base scenario as integers; the same for every dated change.
class Index {
 public:
  explicit Index(scenario::Scenario const& s);
  [[nodiscard]] Index16 provider(std::string_view name) const { return at(names.providers, name); }
  [[nodiscard]] Index16 step(std::string_view pathway, std::string_view name) const {
    return at(names.step_names, StepName{std::string(pathway), std::string(name)});
  }
  [[nodiscard]] Index16 resource_name(std::string_view name) const { return at(names.resource_names, name); }
  [[nodiscard]] std::uint8_t attribute(std::string_view name) const {
    return static_cast<std::uint8_t>(at(names.attributes, name));
  }
  [[nodiscard]] std::uint32_t level(std::uint8_t attribute, std::string_view name) const {
    return at(names.levels[attribute], name);
  }
  [[nodiscard]] std::int8_t adjustment(std::string_view name) const {
    return static_cast<std::int8_t>(name.empty() ? -1 : at(names.adjustments, name));
  }
  /// Their bits; a milestone by which nothing goes has none.
  [[nodiscard]] std::uint64_t milestones(std::vector<std::string> const& list) const;
  [[nodiscard]] Index16 staff(std::string_view provider, std::string_view role) const {
    return at(roles, std::pair(std::string(provider), std::string(role)));
  }
  /// The axis of a name in `by`; its stride is left at 1.
  [[nodiscard]] Axis axis(std::string_view by) const;
  [[nodiscard]] std::uint32_t size_of(Axis const& axis) const;
  [[nodiscard]] std::string const& level_name(Axis const& axis, std::uint32_t level) const;

  Names names;
  std::uint32_t pausing = 0;  ///< of the adjustments so many, the first ones, are those that steps pause with
  std::vector<std::pair<std::string, std::string>> resources;  ///< (provider, name) of each resource
  std::vector<std::pair<std::string, std::string>> roles;      ///< likewise of each role
  std::vector<Index16> group_of_provider;

 private:
  template <class T>
  [[nodiscard]] static Index16 at(std::vector<T> const& list, auto const& name) {
    auto const it = std::ranges::find(list, name);
    return it == list.end() ? none16 : static_cast<Index16>(it - list.begin());
  }
};

/// Tables that were made before, of a distribution and the seconds of its unit: most are the same in every era.
using Made = std::map<std::pair<Distribution, double>, QuantileTable>;

/// Fills the pools of one era.
class Pools {
 public:
  Pools(Era& era, Index const& index, double seconds_per_tick, Made& made)
      : era_(era), index_(index), seconds_per_tick_(seconds_per_tick), made_(made) {}

  Lookup times(scenario::DistributionTable const& table);
  Lookup days(Distribution const& d);
  Lookup probabilities(scenario::NumberTable const& table);
  Lookup classes(scenario::NumberTable const& table);
  Lookup counts(scenario::Table<std::int64_t> const& table);
  /// Numbers in whole parts of one, so many to it.
  Lookup amounts(scenario::NumberTable const& table, std::uint64_t scale);
  /// A choice over what the names stand for.
  Lookup choice(scenario::ShareTable const& table, std::function<std::uint32_t(std::string const&)> const& target);
  Lookup choice_of(scenario::Shares const& shares, std::function<std::uint32_t(std::string const&)> const& target);

 private:
  std::uint32_t quantile(Distribution const& d, double seconds_per_unit);
  std::uint32_t add_choice(scenario::Shares const& shares,
                           std::function<std::uint32_t(std::string const&)> const& target);
  template <class T, class F>
  Lookup compile(scenario::Table<T> const& table, F const& intern);
  void fill(std::vector<Axis> const& axes, std::size_t depth,
            std::vector<std::pair<std::vector<std::string> const*, std::uint32_t>> const& rows, std::uint32_t at);

  Era& era_;
  Index const& index_;
  double seconds_per_tick_;
  Made& made_;
  std::map<std::pair<Distribution, double>, std::uint32_t> quantiles_;
  std::map<std::vector<std::uint64_t>, std::uint32_t> choices_;
};

/// Factors, and odds whose outcomes stand for what `target` says, of one thing.
Range compile_factors(scenario::Factors const& factors, Pools& pools, Era& era);
Range compile_odds(scenario::Odds const& odds, std::function<std::uint32_t(std::string const&)> const& target,
                   Pools& pools, Era& era);
void compile_progress(scenario::Scenario const& s, Index const& index, Pools& pools, Era& era);
/// Days of the week as bits, Monday lowest.
[[nodiscard]] std::uint8_t day_bits(std::string const& on);
void compile_time(scenario::Scenario const& s, Model& model);
/// On which days each resource does not open.
void settle_closed_days(Model const& model, Era& era);
void compile_providers(scenario::Scenario const& s, Index const& index, Model const& model, Era& era);
void compile_staff(scenario::Scenario const& s, Index const& index, Pools& pools, Era& era);
/// Once resources are known.
void compile_rules(scenario::Scenario const& s, Index const& index, Model const& model, Pools& pools, Era& era);
/// What holds of a role at any date.
void settle_staff(Model& model);
void compile_pathways(scenario::Scenario const& s, Index const& index, Pools& pools, Era& era);
void compile_demand(scenario::Scenario const& s, Index const& index, Model const& model, Pools& pools, Era& era);
void compile_waiting(scenario::Scenario const& s, Index const& index, Pools& pools, Era const& era, Model& model);
void compile_standards(scenario::Scenario const& s, Index const& index, Model& model);
/// The cuts "all" and `by`; `strata` goes on from what it is.
[[nodiscard]] Range compile_cuts(std::vector<std::string> const& by, Index const& index, Model& model,
                                 std::uint32_t& strata);
[[nodiscard]] Range compile_condition(scenario::Condition const& condition, Index const& index, Model& model);
/// The target in force on the first day of each measured month; NaN: none.
[[nodiscard]] std::vector<double> targets_by_month(Named<double> const& targets, Model const& model);
void compile_measures(scenario::Scenario const& s, Index const& index, Model& model);
void compile_measure_values(scenario::Scenario const& s, Pools& pools, Era& era);
/// The gaps of a standard or a measure, between strata of its cuts.
void compile_gaps(Named<scenario::Gap> const& gaps, Range cuts, bool of_measure, Index const& index, Model& model);
/// The accounts of the ledgers, once the measures are there.
void compile_accounts(scenario::Scenario const& s, Index const& index, Model& model);
void compile_costs(scenario::Scenario const& s, Index const& index, Model const& model, Era& era);
/// A value that may depend on the provider, for this provider; nothing where there is none.
template <class T>
[[nodiscard]] std::optional<T> at_provider(scenario::Table<T> const& table, std::string const& provider) {
  if (!table.given()) return std::nullopt;
  if (table.by.empty()) return table.rows[0].value;
  for (auto const& wanted : {provider, std::string(scenario::otherwise)})
    for (auto const& row : table.rows)
      if (!row.keys.empty() && row.keys[0] == wanted) return row.value;
  return std::nullopt;
}
/// Milestones::measures of these milestones.
[[nodiscard]] std::uint64_t measures_at(std::uint64_t milestones, Model const& model);

}  // namespace cwtsim::model
