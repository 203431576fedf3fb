#pragma once
// What the rules of `validate` share: the scenario, the list of problems, and the checks of tables and names.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cwtsim/core/problem.hpp"
#include "cwtsim/scenario/graph.hpp"
#include "cwtsim/scenario/scenario.hpp"
#include "words.hpp"

namespace cwtsim::scenario {

/// Names that a table may depend on beside attributes.
struct Depends {
  bool attributes = true;
  bool provider = true;
  bool stream = true;
};

/// [provider][pathway][step]: whether patients come there.
using Places = std::vector<std::vector<std::vector<bool>>>;

/// What is the same for the scenarios of all dates, worked out when it is first asked for.
struct OfAllDates {
  std::optional<Places> seen;
  std::map<std::pair<std::string, std::string>, std::int64_t> most;  ///< of a resource at a provider, at one time
};

struct Sheet {
  Scenario const& scenario;
  Problems& problems;
  std::vector<Scenario const*> versions;  ///< the scenario as it is at each date, for what must hold at some time
  OfAllDates* of_all_dates = nullptr;
  std::vector<std::pair<std::string, std::string>> uses;  ///< attributes that something depends on, and where
  std::set<std::string> milestones_reached;               ///< by streams and steps
  std::set<std::string> made_adjustments;
  std::set<std::string> known_adjustments;  ///< of the standards
  double cells = 0;                         ///< of all tables
  std::size_t distributions = 0;            ///< of these that are not constant
  std::vector<bool> unsound;                ///< pathways with unknown steps: nothing is said of their graph

  explicit Sheet(Scenario const& of, Problems& list);
  /// `mend` is printed as a sentence of its own.
  void add(std::string pointer, std::string what, std::string mend = {}) const {
    if (!mend.empty() && mend[0] >= 'a' && mend[0] <= 'z') mend[0] = static_cast<char>(mend[0] - 'a' + 'A');
    problems.add(std::move(pointer), std::move(what), std::move(mend));
  }
};

/// True if `name` is one of `names`; else says that there is no such thing ("step", "provider") in `where`.
bool is_known(Sheet const& sheet, std::string const& pointer, std::string const& thing, std::string const& name,
              std::vector<std::string> const& names, std::string const& where = {});

/// Where the name stands: a single name with the whole share is written as a plain value.
[[nodiscard]] std::string share_pointer(std::string const& pointer, Shares const& shares, std::string const& name);
/// Where item i of a list of names stands: a single one may be written as a plain value.
[[nodiscard]] std::string item_pointer(std::string const& pointer, std::vector<std::string> const& list, std::size_t i);
/// Shares that are numbers >= 0 and sum to 1; `why` says what goes wrong otherwise.
void check_shares(Sheet const& sheet, std::string const& pointer, Shares const& shares, std::string const& why);
/// Shares over whole numbers >= 1 ("repeats", "batch_sizes").
void check_counts(Sheet const& sheet, std::string const& pointer, Shares const& shares);
void check_distribution(Sheet& sheet, std::string const& pointer, Distribution const& distribution);
/// A time of day is a whole number of ticks.
void check_on_tick(Sheet const& sheet, std::string const& pointer, TimeOfDay time);
void check_levels(Sheet const& sheet, std::string const& pointer, std::string const& attribute, Shares const& shares);

/// The keys of the rows of a table: known names, all levels covered, no deeper than `by`.
void check_rows(Sheet& sheet, std::string const& pointer, std::vector<std::string> const& by,
                std::vector<std::vector<std::string>> const& keys, Depends depends);

/// Checks the shape of a table, and each value with check(pointer, value).
template <class T, class Check>
void check_table(Sheet& sheet, std::string const& pointer, Table<T> const& table, Depends depends, Check check) {
  std::vector<std::vector<std::string>> keys;
  for (auto const& row : table.rows) keys.push_back(row.keys);
  check_rows(sheet, pointer, table.by, keys, depends);
  for (auto const& row : table.rows) {
    std::string at = pointer;
    for (auto const& key : row.keys) at = under(at, key);
    check(at, row.value);
  }
}

/// Whether two scenarios differ at most in how much there is of each resource: then nothing is to be said of the graph
/// of one, or of its names and times, that holds not of the other's.
[[nodiscard]] bool same_but_for_capacity(Scenario const& before, Scenario after);
/// The resource of that name at a provider, followed to where it really is; nullptr if there is none.
[[nodiscard]] Resource const* resource_at(Scenario const& scenario, Provider const& provider, std::string const& name);
/// The resource that a step waits for at a provider, and its name.
[[nodiscard]] std::pair<std::string, Resource const*> waited_for(Scenario const& scenario, Provider const& provider,
                                                                 Step const& step);
/// The most of a resource that exists at one time (servers, slots of a session, cases of a meeting; -1: no limit).
[[nodiscard]] std::int64_t most_at_once(Resource const& resource);
/// The same at any date, of a resource by name at a provider. Of the parts of `validate` alone.
[[nodiscard]] std::int64_t most_ever(Sheet const& sheet, std::string const& provider, std::string const& resource);

void check_horizon(Sheet& sheet);
void check_attributes(Sheet& sheet);
/// Attributes that something depends on always have a value, and do not depend on themselves.
void check_uses(Sheet& sheet);
void check_demand(Sheet& sheet);
void check_waiting(Sheet& sheet);
void check_providers(Sheet& sheet);
void check_staff(Sheet& sheet, std::string const& provider, std::string const& role, Staff const& staff);
void check_pathways(Sheet& sheet);
/// Factors of shares and of lengths of time.
void check_influences(Sheet& sheet);
/// Attributes that progress, and the steps that find them.
void check_progress(Sheet& sheet);
void check_graph(Sheet& sheet, PathwayGraph const& graph);
/// Some patients come to steps that they can never leave.
void check_traps(Sheet& sheet, PathwayGraph const& graph);
/// Every provider at which patients come to a step has the resources that it needs.
void check_places(Sheet& sheet);
[[nodiscard]] Places places_of(Sheet const& sheet);
/// Whoever is held could go on some day.
void check_holds(Sheet& sheet, PathwayGraph const& graph);
void check_standards(Sheet& sheet);
void check_measures(Sheet& sheet);
void check_ledgers(Sheet& sheet);
/// Gaps between the levels of what is reported `by`.
void check_gaps(Sheet& sheet, std::string const& at, std::vector<std::string> const& by, Named<Gap> const& gaps);
/// True if the level ("cwft", or "cwft+lung" of a pair) exists.
bool check_level_of(Sheet& sheet, std::string const& at, std::string const& stratum, std::string const& level);
/// True if the stratum ("provider+tumour") can be made.
bool check_stratum(Sheet& sheet, std::string const& at, std::string const& stratum);
/// Every milestone is reached somewhere; `effect` says what it would never do else.
void check_milestones(Sheet& sheet, std::string const& at, std::vector<std::string> const& milestones,
                      std::string const& effect);
void check_targets(Sheet const& sheet, std::string const& at, Named<double> const& targets, bool shares);
void check_condition(Sheet& sheet, std::string const& at, Condition const& condition);
/// No patient has too many branches at one time.
void check_branches(Sheet& sheet);
/// Every clock that is stopped has been started.
void check_clocks(Sheet& sheet, PathwayGraph const& graph);
void check_observed(Sheet& sheet);
void check_rules(Sheet& sheet);
/// The providers that a rule holds for.
[[nodiscard]] std::vector<std::string> among(Scenario const& scenario, Rule const& rule);

}  // namespace cwtsim::scenario
