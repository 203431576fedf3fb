#include <algorithm>
#include <atomic>
#include <cmath>

#include "catch_compat.hpp"
#include "cwtsim/core/statistics.hpp"
#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/io/read.hpp"
#include "cwtsim/model/compile.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

model::Model tiny(std::vector<std::string> const& changes = {}) {
  io::ReadRequest request;
  request.path = CWTSIM_SOURCE_DIR "/scenarios/tiny.json";
  for (auto const& change : changes) request.levers.push_back(*io::parse_lever(io::Lever::Op::set, change));
  auto const read = io::read_scenario(request);
  INFO(io::format_problems(read.problems, "tiny.json"));
  REQUIRE(read.problems.empty());
  return model::compile(read.scenario);
}

RunRequest of(std::uint64_t replications, int threads = 1) {
  RunRequest r;
  r.seed = 7;
  r.replications = replications;
  r.threads = threads;
  return r;
}

/// After each number of replications, from one run: how far the interval reaches, in points, and how many are advised.
struct Prefix {
  double reach = 0;
  std::uint64_t advised = 0;
};
std::vector<Prefix> prefixes(Experiment const& e) {
  std::vector<Prefix> all;
  RatioSums sums;
  for (auto const& r : e.tally.completed) {
    sums.add(r.precise.at(0), r.precise.at(1));
    auto const n = all.size() + 1;
    auto const estimate = pooled_ratio(sums, n);
    Prefix own;
    if (estimate->low) {
      double const slack = std::sqrt(1 + 1 / static_cast<double>(n));
      own = {100 * slack * std::max(*estimate->high - estimate->value, estimate->value - *estimate->low),
             estimate->advised};
    }
    all.push_back(own);
  }
  return all;
}

}  // namespace

TEST_CASE("one, two and seven threads give the same experiment") {
  auto const m = tiny();
  auto const one = run(m, of(12));
  REQUIRE(one.tally.completed.size() == 12);
  CHECK(one.tally.completed[0].events > 1000);
  CHECK_FALSE(one.tally.completed[0] == one.tally.completed[1]);
  CHECK(one.tally == run(m, of(12, 2)).tally);
  CHECK(one.tally == run(m, of(12, 7)).tally);
}

TEST_CASE("more replications keep the earlier ones, and any can be run alone") {
  auto const m = tiny();
  auto const six = run(m, of(6));
  auto const three = run(m, of(3));
  for (std::size_t i = 0; i < 3; ++i) CHECK(six.tally.completed[i] == three.tally.completed[i]);
  auto alone = of(1);
  alone.first_replication = 4;
  CHECK(run(m, alone).tally.completed.at(0) == six.tally.completed[4]);
}

TEST_CASE("the sequential rule stops where a check of every prefix says, whatever the threads") {
  auto const m = tiny();
  auto const all = run(m, of(400, 2));
  auto const each = prefixes(all);
  // A precision that the prefixes reach somewhere between the first check and the end.
  double const points = each[180].reach;
  std::size_t stop = 0, held = 0, precise = 0;
  for (std::size_t n = first_check; n <= each.size() && stop == 0; ++n) {
    precise += each[n - 1].reach <= points ? 1 : 0;
    held = each[n - 1].reach <= points && each[n - 1].advised == 0 ? held + 1 : 0;
    if (held == look_ahead + 1) stop = n;
  }
  INFO(precise);
  REQUIRE(stop > first_check + look_ahead);
  RunRequest request;
  request.seed = 7;
  request.precision_points = points;
  for (int threads : {1, 3}) {
    request.threads = threads;
    auto const e = run(m, request);
    CHECK(e.ended == Ended::precise);
    CHECK(e.tally.completed.size() == stop);
    CHECK(e.tally.completed.back() == all.tally.completed[stop - 1]);
    CHECK(e.tally.events > 0);
  }
}

TEST_CASE("a precision is not reached before there are as many replications as the skewness asks for") {
  auto const m = tiny();
  RunRequest request;
  request.precision_points = 50;  // any interval is narrow enough
  request.threads = 2;
  auto const e = run(m, request);
  auto const each = prefixes(e);
  REQUIRE(e.ended == Ended::precise);
  auto const n = each.size();
  REQUIRE(n >= first_check + look_ahead);
  for (std::size_t k = n - look_ahead - 1; k < n; ++k) CHECK(each[k].advised == 0);
  if (n > first_check + look_ahead) CHECK(each[n - look_ahead - 2].advised > n - look_ahead - 1);
  // one number is as any other: nothing is skewed, and the first check and the look-ahead are all
  auto constant = tiny({"/demand/gp_urgent/per_week=0.001", "/standards/fds/limit=\"400 days\""});
  CHECK(run(constant, request).tally.completed.size() == first_check + look_ahead);
}

TEST_CASE("what hits a limit is kept apart and not pooled") {
  auto const m = tiny({"/limits={\"max_in_system\": 40}"});
  auto const e = run(m, of(3, 2));
  CHECK(e.tally.completed.empty());
  REQUIRE(e.tally.limited.size() == 3);
  CHECK(e.tally.limited[2].replication == 2);
  CHECK(e.tally.limited[0].outcome == engine::Outcome::too_many_in_system);
  CHECK(e.tally.limited[0].stopped_at < m.end);
  RunRequest precise;
  precise.precision_points = 1;
  auto const given_up = run(m, precise);
  CHECK(given_up.ended == Ended::many_limits);
  CHECK(given_up.tally.limited.size() == most_limited);
}

TEST_CASE("the stop flag keeps what finished, in order") {
  auto const m = tiny();
  std::atomic<bool> stop = false;
  auto request = of(500, 2);
  request.stop = &stop;
  request.progress = [&stop](SoFar p) {
    if (p.done == 3) stop = true;
  };
  auto const e = run(m, request);
  CHECK(e.ended == Ended::interrupted);
  REQUIRE(e.tally.completed.size() >= 3);
  CHECK(e.tally.completed.size() < 20);
  for (std::size_t i = 0; i < e.tally.completed.size(); ++i) CHECK(e.tally.completed[i].replication == i);
  CHECK(e.tally == run(m, of(e.tally.completed.size())).tally);
}

TEST_CASE("progress counts up to what was planned") {
  std::vector<std::uint64_t> done;
  auto request = of(5, 2);
  request.progress = [&done](SoFar p) {
    done.push_back(p.done);
    CHECK(p.expected == 5);
  };
  (void)run(tiny(), request);
  CHECK(done == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
}

TEST_CASE("an exception while replications run comes out") {
  auto request = of(5, 2);
  request.progress = [](SoFar) { throw std::runtime_error("from inside"); };
  CHECK_THROWS_WITH(run(tiny(), request), "from inside");
}

TEST_CASE("a request says how many, in one way") {
  CHECK_THROWS_AS(run(tiny(), RunRequest{}), std::invalid_argument);
  auto both = of(5);
  both.precision_points = 1;
  CHECK_THROWS_AS(run(tiny(), both), std::invalid_argument);
}
