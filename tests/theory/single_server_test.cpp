// One server: arrivals at random, services of any shape, in batches, by priority, and coming back.

#include "formulas.hpp"
#include "trial.hpp"

using namespace trial;

namespace {

std::string per_hour(double a_minute) {
  return "/demand/arrivals/per_hour=" + std::to_string(60 * a_minute);
}
std::string takes(std::string const& json) {
  return "/pathways/service/steps/served/takes=" + json;
}

Mean wait_of(std::vector<std::string> const& sets, std::uint64_t replications) {
  auto const m = shipped("mm1.json", sets);
  return mean_wait(m, run(m, replications), "server");
}

}  // namespace

TEST_CASE("M/M/1 waits as Erlang says, up to a load of 0.95") {
  agrees("load 0.5", wait_of({per_hour(0.5), "/horizon/warm_up=\"1 day\"", "/horizon/run_for=\"30 days\""}, 30),
         formulas::wait_mmc(1, 0.5, 1));
  agrees("load 0.9", wait_of({per_hour(0.9), "/horizon/run_for=\"60 days\""}, 30), formulas::wait_mmc(1, 0.9, 1));
  agrees("load 0.95", wait_of({per_hour(0.95), "/horizon/warm_up=\"30 days\"", "/horizon/run_for=\"200 days\""}, 40),
         formulas::wait_mmc(1, 0.95, 1), 0.03);
}

TEST_CASE("M/D/1 waits half as long as M/M/1") {
  std::string const constant = takes("\"1 min\"");
  agrees("load 0.8", wait_of({per_hour(0.8), constant, "/horizon/run_for=\"30 days\""}, 30),
         formulas::wait_mg1(0.8, 1, 0));
  agrees("load 0.95", wait_of({per_hour(0.95), constant, "/horizon/warm_up=\"15 days\""}, 40),
         formulas::wait_mg1(0.95, 1, 0), 0.03);
}

TEST_CASE("M/G/1 waits as Pollaczek and Khinchine say, whatever the shape of the service") {
  std::string const days = "/horizon/run_for=\"40 days\"";
  agrees("gamma", wait_of({per_hour(0.9), takes(R"({"gamma":{"mean":"60 s","sd":"90 s"}})"), days}, 40),
         formulas::wait_mg1(0.9, 1, 1.5), 0.03);
  agrees("lognormal", wait_of({per_hour(0.8), takes(R"({"lognormal":{"mean":"60 s","sd":"72 s"}})"), days}, 40),
         formulas::wait_mg1(0.8, 1, 1.2), 0.03);
  agrees("uniform", wait_of({per_hour(0.9), takes(R"({"uniform":{"from":"0 s","to":"120 s"}})"), days}, 40),
         formulas::wait_mg1(0.9, 1, 1 / std::sqrt(3.0)), 0.03);
  agrees("Erlang", wait_of({per_hour(0.9), takes(R"({"erlang":{"mean":"60 s","phases":4}})"), days}, 40),
         formulas::wait_mg1(0.9, 1, 0.5), 0.03);
}

TEST_CASE("batches of arrivals wait for each other") {
  // sizes 1, 3 and 8: mean 2.5, mean of size * (size - 1) = 0.3 * 6 + 0.1 * 56
  std::string const sizes = R"(/demand/arrivals/batch_sizes={"1":0.6,"3":0.3,"8":0.1})";
  double const mean = 0.6 + 0.9 + 0.8, pairs = 1.8 + 5.6, load = 0.85;
  agrees("M[X]/M/1", wait_of({per_hour(load), sizes, "/horizon/run_for=\"60 days\""}, 30),
         formulas::wait_batches(load / mean, mean, pairs, 1, 1));
  agrees("M[4]/D/1",
         wait_of({per_hour(0.8), "/demand/arrivals/batch=4", takes("\"1 min\""), "/horizon/run_for=\"30 days\""}, 30),
         formulas::wait_batches(0.2, 4, 12, 1, 0));
}

TEST_CASE("two classes at one server wait as Cobham says, without interruption") {
  // urgent: 0.3 a minute, exponential mean 1 min; routine: 0.4 a minute, constant 1.5 min; load 0.9
  auto const m = model_from(R"({
    "schema": 1, "name": "Two classes",
    "horizon": { "starts": "2026-01-05", "warm_up": "7 days", "run_for": "60 days", "resolution": "0.1 s" },
    "demand": { "urgent": { "pathway": "urgent", "provider": "desk", "per_hour": 18 },
                "routine": { "pathway": "routine", "provider": "desk", "per_hour": 24 } },
    "providers": { "desk": { "resources": { "server": { "kind": "servers", "servers": 1, "order": "priority" } } } },
    "pathways": {
      "urgent": { "start": "served", "steps": {
        "served": { "kind": "servers", "needs": "server", "priority": 0, "takes": { "exponential": { "mean": "1 min" } }, "then": "done" },
        "done": { "kind": "end" } } },
      "routine": { "start": "served", "steps": {
        "served": { "kind": "servers", "needs": "server", "priority": 1, "takes": "1.5 min", "then": "done" },
        "done": { "kind": "end" } } } } })");
  auto const results = run(m, 40);
  double const left_over = (0.3 * 2 + 0.4 * 2.25) / 2;  // mean of what is left of the service under way
  double const urgent_load = 0.3, load = 0.3 + 0.4 * 1.5;
  auto const wait = [&](std::string const& name) {
    auto const i = step(m, name);
    return ratio_of(
        results, [&](auto const& r) { return minutes(m, r.steps[i].wait_ticks); },
        [&](auto const& r) { return static_cast<double>(r.steps[i].starts); });
  };
  agrees("urgent", wait("urgent/served"), left_over / (1 - urgent_load));
  agrees("routine", wait("routine/served"), left_over / ((1 - urgent_load) * (1 - load)), 0.03);
}

TEST_CASE("patients who come back a geometric number of times") {
  // 0.45 a minute, each comes back with probability 0.5: the station sees 0.9 a minute (Jackson 1957)
  auto const m =
      shipped("mm1.json", {per_hour(0.45), R"(/pathways/service/steps/served/then={"served":0.5,"done":0.5})",
                           "/horizon/run_for=\"60 days\""});
  auto const results = run(m, 30);
  agrees("wait of each visit", mean_wait(m, results, "server"), formulas::wait_mmc(1, 0.9, 1), 0.03);
  agrees("visits",
         ratio_of(
             results, [](auto const& r) { return static_cast<double>(r.resources[0].starts); },
             [](auto const& r) { return static_cast<double>(r.arrivals[0]); }),
         2.0, 0.005);
}
