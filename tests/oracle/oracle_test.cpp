// The engine against the second engine on random scenarios: every moment of every patient is the same, and so are the
// totals. CWTSIM_SCENARIO_SEED=17 runs scenario 17 alone; with CWTSIM_SCENARIO_FILE=FILE too, the one in FILE (and its
// levers in FILE.levers) by the draws of that seed: what an older version of this test has written.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "catch_compat.hpp"
#include "oracle/compare.hpp"
#include "oracle/random_scenario.hpp"

using namespace cwtsim;

namespace {

/// What must have worked, not only been written, in some scenario of a batch.
std::vector<std::string> const mechanisms = {"a branch ends the patient",
                                             "a group has become large enough",
                                             "a level known of the first waiting list",
                                             "a new post is filled",
                                             "a new post is recruited",
                                             "a post is taken away",
                                             "always open servers change on a date",
                                             "arrivals by day",
                                             "arrivals by hour",
                                             "arrivals by minute",
                                             "attribute by attribute",
                                             "attribute by provider",
                                             "attribute by stream",
                                             "attribute set by a step",
                                             "attribute set by a stream",
                                             "batch",
                                             "batch of a random size",
                                             "branch not taken",
                                             "branches join",
                                             "called when the notice ends",
                                             "cancelled for want of staff",
                                             "capacity begins",
                                             "capacity ends",
                                             "capacity in force",
                                             "clock excluded",
                                             "clock from before the start",
                                             "clock of one moment",
                                             "clock paused",
                                             "clock restarted",
                                             "clock stopped",
                                             "clock stopped by a branch",
                                             "closed on a bank holiday",
                                             "continues",
                                             "cost of a measure",
                                             "cost of a resource",
                                             "cost of a step",
                                             "cost of an open server",
                                             "cost of staff",
                                             "covers another provider",
                                             "dated levers",
                                             "deadlock",
                                             "delay in working days",
                                             "did not attend",
                                             "did not attend too often",
                                             "ended in time",
                                             "ended late",
                                             "every few weeks",
                                             "factor of a length of time",
                                             "first waiting list by rows",
                                             "found a level reached unseen",
                                             "gathered",
                                             "gathered too few",
                                             "gave up",
                                             "gave up a delay",
                                             "gave up gathering",
                                             "growth",
                                             "held",
                                             "held with resources",
                                             "in training",
                                             "length of time by attribute",
                                             "length of time by provider",
                                             "length of time by stream",
                                             "lever for many",
                                             "lever of a capacity",
                                             "lever that adds",
                                             "lever that scales",
                                             "lever that sets",
                                             "lever without dates",
                                             "limit of events",
                                             "limit of patients in the system",
                                             "long wait",
                                             "measure for others",
                                             "measure of a value",
                                             "measure of days",
                                             "measure of days without a beginning",
                                             "measure of how often",
                                             "measure of how often, several times",
                                             "measure that counts",
                                             "meeting",
                                             "meeting that takes all",
                                             "missed before the start",
                                             "missing: absent",
                                             "missing: elsewhere",
                                             "missing: used_up",
                                             "moved by a rule",
                                             "nested branches",
                                             "next step by attribute",
                                             "next step by provider",
                                             "next step by stream",
                                             "no branch taken",
                                             "odds of a next step",
                                             "odds of an attribute",
                                             "odds of an attribute set by a stream",
                                             "odds of not attending",
                                             "on a list before the start",
                                             "open before the first moment",
                                             "order of breach date",
                                             "order of priority",
                                             "other work",
                                             "overlapping sessions",
                                             "overrun",
                                             "part of a wait before the start on the list",
                                             "passed over",
                                             "patience gone before the start",
                                             "patience used up before the start",
                                             "patients who are not followed",
                                             "paused at closing",
                                             "paused days",
                                             "paused days of a branch",
                                             "people of the role are at another session",
                                             "people who are at a session over midnight",
                                             "profile by hour",
                                             "profile by month",
                                             "profile by weekday",
                                             "profile on a bank holiday",
                                             "promoted",
                                             "repeated",
                                             "restarted after closing",
                                             "resumed",
                                             "several of a resource",
                                             "several resources at once",
                                             "shared: in time, early handover, quick treatment",
                                             "shared: in time, early handover, slow treatment",
                                             "shared: in time, late handover, quick treatment",
                                             "shared: late, early handover, slow treatment",
                                             "shared: late, late handover, quick treatment",
                                             "shared: late, late handover, slow treatment",
                                             "slots a week",
                                             "somebody leaves",
                                             "somebody starts",
                                             "staff",
                                             "standard for others",
                                             "stands in for a role",
                                             "step of a loop",
                                             "survival after a delay",
                                             "ticks of other than a minute",
                                             "timetable",
                                             "trainers",
                                             "transfer",
                                             "transfer of a branch",
                                             "turned away",
                                             "visited again",
                                             "waiting in another pathway",
                                             "waiting list at the start",
                                             "warm-up",
                                             "working days from a day off"};

struct Batch {
  int scenarios = 0, refused = 0, different = 0;
  std::size_t patients = 0, moments = 0;
  std::map<std::string, int> used;  ///< in how many scenarios
};

std::string content_of(std::string const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

oracle::ScenarioText text_for(std::uint64_t seed) {
  char const* const file = std::getenv("CWTSIM_SCENARIO_FILE");
  if (!file) return oracle::random_scenario(oracle::Choices(seed));
  return {content_of(file), content_of(std::string(file) + ".levers")};
}

/// Runs the scenarios of some seeds and tells of the first few that differ.
Batch run(std::uint64_t from, std::uint64_t until) {
  Batch batch;
  for (std::uint64_t seed = from; seed < until && batch.different < 5; ++seed) {
    auto const text = text_for(seed);
    std::string why;
    auto const scenario = oracle::read(text, why);
    ++batch.scenarios;
    if (!scenario) {
      ++batch.refused;
      if (until == from + 1) WARN("scenario " << seed << " is refused: " << why);
      continue;
    }
    auto const found = oracle::compare(*scenario, text, seed);
    batch.patients += found.patients;
    batch.moments += found.moments;
    for (auto const& [name, times] : found.used) batch.used[name] += times > 0 ? 1 : 0;
    if (found.difference.empty()) continue;
    ++batch.different;
    auto const file = std::filesystem::temp_directory_path() / ("cwtsim_different_" + std::to_string(seed) + ".json");
    std::ofstream(file) << text.scenario;
    if (!text.levers.empty()) std::ofstream(file.string() + ".levers") << text.levers;
    FAIL_CHECK("scenario " << seed << " (CWTSIM_SCENARIO_SEED=" << seed << ", written to " << file.string()
                           << (text.levers.empty() ? "" : " with dated levers beside it") << "): " << found.difference);
  }
  return batch;
}

void check(Batch const& batch) {
  INFO(batch.scenarios << " scenarios, " << batch.refused << " refused, " << batch.patients << " patients, "
                       << batch.moments << " moments");
  CHECK(batch.different == 0);
  CHECK(batch.refused < 0.2 * batch.scenarios);
  CHECK(batch.patients > 100u * static_cast<std::size_t>(batch.scenarios));
  for (auto const& mechanism : mechanisms) {
    INFO("no scenario of this batch used: " << mechanism);
    CHECK(batch.used.count(mechanism) == 1);
  }
}

}  // namespace

TEST_CASE("the engine and a second, simple one agree on random scenarios") {
  if (char const* const seed = std::getenv("CWTSIM_SCENARIO_SEED")) {
    auto const one = std::strtoull(seed, nullptr, 10);
    auto const batch = run(one, one + 1);
    CHECK(batch.refused == 0);
    CHECK(batch.different == 0);
    return;
  }
  check(run(0, 450));
}

TEST_CASE("the engine and a second, simple one agree on thousands of random scenarios", "[.slow]") {
  char const* const from = std::getenv("CWTSIM_SCENARIOS_FROM");
  std::uint64_t const first = from ? std::strtoull(from, nullptr, 10) : 1000;
  auto const batch = run(first, first + 6000);
  check(batch);
  WARN(batch.scenarios << " scenarios, " << batch.refused << " refused, " << batch.patients << " patients, "
                       << batch.moments << " moments");
}
