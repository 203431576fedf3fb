// Which lists are said to have grown all through: those that would go on growing, and not those that only fill up.

#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "catch_compat.hpp"
#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

using Lengths = std::array<double, model::list_counts>;

std::string grew(std::vector<Lengths> const& lists) {
  auto const model = two_year_model();
  std::vector<engine::ReplicationResult> results;
  for (auto const& lengths : lists) {
    results.push_back(replication_of(results.size(), 10, std::vector<std::uint32_t>(24, 8)));
    for (std::size_t k = 0; k < lengths.size(); ++k)
      results.back().lists[k] = static_cast<std::uint32_t>(std::max(0.0, std::round(lengths[k])));
  }
  auto const e = estimate(model, experiment_of(model, results), "base", {});
  REQUIRE(e.resources.size() == 1);
  return e.resources[0].grew_all_through;
}

/// The list of a replication whose changes have a mean and a standard deviation of 100; never below nothing.
Lengths walk(std::mt19937_64& luck, double from, double drift) {
  constexpr int steps = 50;  // within a part, so that it can be empty between the counts
  std::normal_distribution<double> change(drift / steps, 100 / std::sqrt(steps));
  Lengths lengths{};
  double now = lengths[0] = from;
  for (std::size_t k = 1; k < lengths.size(); ++k) {
    for (int i = 0; i < steps; ++i) now = std::max(0.0, now + change(luck));
    lengths[k] = now;
  }
  return lengths;
}

int flagged(std::size_t replications, double from, double drift) {
  std::mt19937_64 luck(7);
  int times = 0;
  for (int i = 0; i < 400; ++i) {
    std::vector<Lengths> lists;
    for (std::size_t r = 0; r < replications; ++r) lists.push_back(walk(luck, from, drift));
    times += grew(lists) == "yes" ? 1 : 0;
  }
  return times;
}

}  // namespace

TEST_CASE("a list that grows evenly grew all through, one that slows down, dips or begins late did not") {
  CHECK(grew({{0, 10, 20, 30, 40, 50, 60, 70, 80}}) == "yes");
  CHECK(grew({{50, 61, 70, 82, 90, 101, 110, 119, 130}, {50, 58, 69, 78, 92, 99, 112, 121, 129}}) == "yes");
  CHECK(grew({{0, 35, 50, 61, 71, 79, 87, 94, 100}}).empty());  // as the square root of the time
  CHECK(grew({{0, 90, 99, 100, 101, 102, 103, 104, 105}}).empty());
  CHECK(grew({{0, 10, 20, 30, 15, 50, 60, 70, 80}}).empty());
  CHECK(grew({{5, 5, 5, 5, 5, 30, 60, 90, 120}}).empty());
  CHECK(grew({{80, 70, 60, 50, 40, 30, 20, 10, 0}}).empty());
  CHECK(grew({{7, 7, 7, 7, 7, 7, 7, 7, 7}}).empty());
}

TEST_CASE("chance alone is seldom said to have grown all through, an overload nearly always") {
  for (std::size_t replications : {1U, 5U, 20U, 100U}) {
    INFO(replications << " replications");
    CHECK(flagged(replications, 0, 0) <= 12);     // at its capacity, begins empty: 3 % of 400
    CHECK(flagged(replications, 1000, 0) <= 12);  // ... and long
    CHECK(flagged(replications, 0, -20) <= 12);   // below its capacity
    CHECK(flagged(replications, 1000, 400 / std::sqrt(static_cast<double>(replications))) >= 360);
  }
}

TEST_CASE("where lists are not counted nothing is said of them") {
  auto model = two_year_model();
  auto results = std::vector{replication_of(0, 10, std::vector<std::uint32_t>(24, 8))};
  model.end = 5 * 1440;
  auto const e = estimate(model, experiment_of(model, results), "base", {});
  CHECK_FALSE(e.resources[0].waiting_at_start);
  model.end = 731 * 1440;
  model.measure_from = model.end - 8 * 1440 - 360;  // from six o'clock
  CHECK(estimate(model, experiment_of(model, results), "base", {}).resources[0].waiting_at_start == 0);
  model.end -= 360;  // seven whole days from midnight to midnight
  CHECK_FALSE(estimate(model, experiment_of(model, results), "base", {}).resources[0].waiting_at_start);
  model.end = 731 * 1440, model.measure_from = 0;
  CHECK(estimate(model, experiment_of(model, results), "base", {}).resources[0].waiting_at_start == 0);
}
