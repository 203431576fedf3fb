// A replication is a function of scenario, seed and number: not of threads, pieces, order or what ran before.

#include <set>

#include "behaviour/hospital.hpp"
#include "cwtsim/core/draw.hpp"
#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/report/text.hpp"

using namespace trial;
using experiment::RunRequest;

namespace {

/// Every table and the report, as they would be written.
std::string bytes_of(model::Model const& m, RunRequest const& request) {
  auto const estimates = experiment::estimate(m, experiment::run(m, request), "base", {});
  std::string all = report::text_report(estimates, report::Colour::off);
  for (auto const& table : report::all_tables(estimates)) all += table.name + "\n" + files::to_csv(table);
  return all;
}

RunRequest request(std::uint64_t replications, int threads, std::uint64_t seed = 5, std::uint64_t first = 0) {
  RunRequest r;
  r.seed = seed;
  r.replications = replications;
  r.first_replication = first;
  r.threads = threads;
  return r;
}

}  // namespace

TEST_CASE("1, 2 and 7 threads write the same bytes") {
  for (auto const& m : {shipped("tiny.json"), model_from(hospital::network)}) {
    auto const one = bytes_of(m, request(23, 1));
    CHECK(one.size() > 1000);
    CHECK(one == bytes_of(m, request(23, 2)));
    CHECK(one == bytes_of(m, request(23, 7)));
    CHECK(one != bytes_of(m, request(23, 1, 6)));
  }
}

TEST_CASE("under a precision any number of threads stops at the same replication with the same bytes") {
  auto const m = shipped("tiny.json", {"/horizon/warm_up=\"2 weeks\"", "/horizon/run_for=\"1 month\""});
  RunRequest r;
  r.seed = 2;
  r.precision_points = 0.2;
  std::string first;
  std::uint64_t replications = 0;
  for (int const threads : {1, 2, 7}) {
    r.threads = threads;
    auto const e = experiment::run(m, r);
    CHECK(e.ended == experiment::Ended::precise);
    auto const bytes = bytes_of(m, r);
    if (first.empty()) {
      first = bytes;
      replications = e.replications();
    }
    CHECK(bytes == first);
    CHECK(e.replications() == replications);
  }
  CHECK(replications > experiment::first_check + experiment::look_ahead);  // it was not just the least
}

TEST_CASE("a replication alone is the same as in the batch, and the first twenty of fifty are a run of twenty") {
  auto const m = model_from(hospital::network);
  auto const fifty = experiment::run(m, request(50, 2)), twenty = experiment::run(m, request(20, 2));
  REQUIRE(fifty.tally.completed.size() == 50);
  for (std::size_t k = 0; k < 20; ++k) CHECK(fifty.tally.completed[k] == twenty.tally.completed[k]);
  for (std::uint64_t const k : {0u, 7u, 31u, 49u}) {
    auto const alone = experiment::run(m, request(1, 1, 5, k));
    REQUIRE(alone.tally.completed.size() == 1);
    CHECK(alone.tally.completed[0].replication == k);
    CHECK(alone.tally.completed[0] == fifty.tally.completed[k]);
  }
  CHECK(!(fifty.tally.completed[0] == fifty.tally.completed[1]));
}

TEST_CASE("neither the order of running nor a workspace's past changes a replication") {
  auto const m = model_from(hospital::network);
  auto const in_order = run(m, 8, 11);
  engine::Workspace used(m);
  for (std::uint64_t const k : {7u, 0u, 3u, 3u, 6u, 1u, 2u, 5u, 4u, 0u}) {
    CHECK(hospital::same(used.run(11, k), in_order[k]));
    engine::Workspace fresh(m);
    CHECK(hospital::same(fresh.run(11, k), in_order[k]));
  }
  // not even a replication that was cut short
  auto const limited = model_from(hospital::network, {"/limits={\"max_events\":3000}"});
  engine::Workspace cut(limited);
  CHECK(cut.run(11, 0).outcome == engine::Outcome::too_many_events);
  auto const again = cut.run(11, 0);
  CHECK(hospital::same(cut.run(11, 0), again));
  // two at once in one process
  engine::Workspace a(m), b(m);
  auto const& left = a.run(11, 2);
  auto const& right = b.run(11, 3);
  CHECK(hospital::same(left, in_order[2]));
  CHECK(hospital::same(right, in_order[3]));
}

TEST_CASE("the model compiled twice from the same text gives the same replications") {
  auto const a = run(model_from(hospital::network), 3), b = run(model_from(hospital::network), 3);
  for (std::size_t k = 0; k < a.size(); ++k) CHECK(hospital::same(a[k], b[k]));
}

TEST_CASE("neighbouring seeds share no replication") {
  // a generator seeded with seed + replication would make replication 1 of seed 41 the 0th of seed 42
  std::set<std::uint64_t> keys;
  for (std::uint64_t seed = 40; seed < 44; ++seed)
    for (std::uint64_t k = 0; k < 5000; ++k) keys.insert(replication_key(seed, k));
  CHECK(keys.size() == 4 * 5000);
  auto const m = shipped("tiny.json");
  auto const a = run(m, 40, 41), b = run(m, 40, 42);
  for (auto const& x : a)
    for (auto const& y : b) CHECK(!hospital::same(x, y));
}

TEST_CASE("both arms of a comparison see the same arrivals, month by month and stratum by stratum") {
  auto const base = model_from(hospital::network);
  auto const arm = model_from(hospital::network, {"/providers/north/resources/theatre/per_week=14",
                                                  "/providers/south/resources/ct/hours/weekday/servers=3"});
  auto const a = run(base, 6, 9), b = run(arm, 6, 9);
  for (std::size_t k = 0; k < a.size(); ++k) {
    CHECK(a[k].arrivals == b[k].arrivals);
    CHECK(a[k].referred == b[k].referred);
    CHECK(hospital::counted(base, a[k], "triage") == hospital::counted(arm, b[k], "triage"));
  }
}
