#pragma once
// Reading a scenario, running it many times, and holding an estimate against an exact value.

#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "cwtsim/engine/replication.hpp"
#include "cwtsim/io/read.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "temporary.hpp"

namespace trial {

using namespace cwtsim;
using Results = std::vector<engine::ReplicationResult>;

/// The compiled model of a scenario file with levers "pointer=value" and lever files; a problem fails the test. What
/// the lever files say of themselves goes where `said` points.
inline model::Model model_of(std::string const& path, std::vector<std::string> const& sets = {},
                             std::vector<std::string> const& with = {}, std::vector<io::Intervention>* said = nullptr) {
  io::ReadRequest request;
  request.path = path;
  request.with = with;
  for (auto const& text : sets) {
    INFO(text);
    auto const lever = io::parse_lever(io::Lever::Op::set, text);
    REQUIRE(lever);
    request.levers.push_back(*lever);
  }
  auto read = io::read_scenario(request);
  if (read.problems.empty()) read.problems = scenario::validate(read.scenario);
  read.where.locate(read.problems);
  INFO(io::format_problems(read.problems, path));
  REQUIRE(read.problems.empty());
  if (said != nullptr) *said = read.with;
  return model::compile(read.scenario);
}

inline model::Model model_from(std::string const& text, std::vector<std::string> const& sets = {}) {
  return model_of(temporary::File(text).path(), sets);
}

inline model::Model shipped(std::string const& file, std::vector<std::string> const& sets = {}) {
  return model_of(CWTSIM_SOURCE_DIR "/scenarios/" + file, sets);
}

/// Replications first .. first + n - 1; each must have come to its end and lost nobody.
inline Results run(model::Model const& model, std::uint64_t n, std::uint64_t seed = 2, std::uint64_t first = 0) {
  engine::Workspace workspace(model);
  Results results;
  for (std::uint64_t k = 0; k < n; ++k) {
    results.push_back(workspace.run(seed, first + k));
    auto const& r = results.back();
    REQUIRE(r.outcome == engine::Outcome::completed);
    REQUIRE(r.referred == r.finished + r.still_in);
  }
  return results;
}

inline std::size_t resource(model::Model const& m, std::string const& name) {
  auto const& resources = m.eras.front().resources;
  for (std::size_t i = 0; i < resources.size(); ++i)
    if (m.names.resource_names[resources[i].name] == name) return i;
  FAIL("no resource " << name);
  return 0;
}

/// Index of "pathway/step" at a provider in ReplicationResult::steps.
inline std::size_t step(model::Model const& m, std::string const& name, std::size_t provider = 0) {
  for (std::size_t i = 0; i < m.names.steps.size(); ++i)
    if (m.names.steps[i] == name) return i * m.providers() + provider;
  FAIL("no step " << name);
  return 0;
}

inline double minutes(model::Model const& m, std::uint64_t ticks) {
  return static_cast<double>(ticks) * m.seconds_per_tick / 60;
}

/// An estimate and its standard error, from independent replications.
struct Mean {
  double value = 0, error = 0;
};

inline Mean mean_of(std::vector<double> const& x) {
  auto const n = static_cast<double>(x.size());
  double sum = 0, squares = 0;
  for (double const v : x) sum += v;
  for (double const v : x) squares += (v - sum / n) * (v - sum / n);
  return {sum / n, std::sqrt(squares / (n - 1) / n)};
}

/// Ratio of two sums over the replications; error by the delta method.
inline Mean ratio_of(Results const& results, std::function<double(engine::ReplicationResult const&)> const& above,
                     std::function<double(engine::ReplicationResult const&)> const& below) {
  double up = 0, down = 0;
  for (auto const& r : results) up += above(r), down += below(r);
  double const ratio = up / down, n = static_cast<double>(results.size());
  std::vector<double> residuals;
  for (auto const& r : results) residuals.push_back((above(r) - ratio * below(r)) / (down / n));
  return {ratio, mean_of(residuals).error};
}

inline Mean mean_over(Results const& results, std::function<double(engine::ReplicationResult const&)> const& of) {
  std::vector<double> values;
  for (auto const& r : results) values.push_back(of(r));
  return mean_of(values);
}

/// Mean wait for a resource in minutes, of those who started.
inline Mean mean_wait(model::Model const& m, Results const& results, std::string const& name) {
  auto const i = resource(m, name);
  return ratio_of(
      results, [&](auto const& r) { return minutes(m, r.resources[i].wait_ticks); },
      [&](auto const& r) { return static_cast<double>(r.resources[i].starts); });
}

/// Within five standard errors of the exact value, by an estimate that is sharp: its standard error is at most this
/// share of the exact value, so that a formula wrong by more than five or ten times that cannot pass.
inline void agrees(std::string const& what, Mean const& estimate, double exact, double sharp = 0.02) {
  double const sigmas = (estimate.value - exact) / estimate.error;
  CAPTURE(what, estimate.value, estimate.error, exact, sigmas);
  CHECK(std::abs(sigmas) <= 5);
  CHECK(estimate.error > 0);
  CHECK(estimate.error <= sharp * std::abs(exact));
}

/// Counts that should be Poisson with this mean: both the mean and the variance, each within five sigma.
inline void agrees_with_poisson(std::string const& what, std::vector<double> const& counts, double mean) {
  auto const n = static_cast<double>(counts.size());
  Mean const seen = mean_of(counts);
  double const sigmas = (seen.value - mean) / std::sqrt(mean / n);
  double const variance = seen.error * seen.error * n;
  double const variance_sigmas = (variance - mean) / std::sqrt(2 * mean * mean / (n - 1) + mean / n);
  CAPTURE(what, seen.value, mean, sigmas, variance, variance_sigmas);
  CHECK(std::abs(sigmas) <= 5);
  CHECK(std::abs(variance_sigmas) <= 5);
}

}  // namespace trial
