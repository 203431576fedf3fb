#pragma once
// A second reader of scenarios and dated levers, written from docs/fields.md and docs/model.md to be obvious, for what
// random scenarios use. Whatever it does not know it refuses, so that a new field cannot be forgotten here.

#include <string>
#include <vector>

#include "cwtsim/scenario/scenario.hpp"
#include "plain_values.hpp"
#include "random_scenario.hpp"

namespace cwtsim::oracle {

/// What a scenario with its levers says, from the first day and from each later date of change on; throws where it
/// cannot read it. Only for what the program's reader does not refuse.
[[nodiscard]] scenario::DatedScenario read_plainly(ScenarioText const& text);

/// Where two readings differ: a pointer and both values, a line each; "" if nowhere.
[[nodiscard]] std::string difference_of(scenario::DatedScenario const& read, scenario::DatedScenario const& plain);

namespace plain {

// plain_providers.cpp
[[nodiscard]] scenario::Provider provider(Thing& t);
[[nodiscard]] scenario::Rule rule(Thing& t);
// plain_pathways.cpp
[[nodiscard]] scenario::Pathway pathway(Thing& t);
[[nodiscard]] scenario::Standard standard(Thing& t);
[[nodiscard]] scenario::Measure measure(Thing& t);
[[nodiscard]] scenario::Ledger ledger(Thing& t);

// plain_levers.cpp
struct Lever {
  std::string pointer, what;  ///< set, scale or add
  Json value;
  std::optional<Date> from, until;
};
/// In the order of the file; none if there is no file.
[[nodiscard]] std::vector<Lever> levers(std::string const& file);
void pull(Lever const& lever, Json& scenario);

}  // namespace plain
}  // namespace cwtsim::oracle
