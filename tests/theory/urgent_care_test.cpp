// A hospital that is not about cancer: an urgent-care centre in minutes, open from 06:00 to 01:00, which starts empty,
// with arrival rates by the hour, single servers and pools.

#include <array>

#include "trial.hpp"

using namespace trial;

namespace {

// arrivals an hour from 06:00 to 01:00
constexpr std::array<double, 19> rates = {2.4,  2.8,  8.8,  10.4, 14.8, 26.3, 31.4, 18.1, 16.5, 12.0,
                                          11.6, 28.9, 18.0, 11.5, 5.3,  4.1,  2.2,  2.1,  2.1};

double rate_at(double minute) {
  auto const hour = static_cast<std::size_t>(minute / 60);
  return hour < rates.size() ? rates[hour] / 60 : 0;
}

/// The centre with so many servers at each place; `lots` for any number of them.
std::string centre(int triage, int registration, int examination, int trauma, int treatment) {
  std::string hours;
  double a_day = 0;
  for (std::size_t h = 0; h < rates.size(); ++h) {
    auto const clock = (h + 6) % 24;
    hours += (h ? ", \"" : "\"") + std::string(clock < 10 ? "0" : "") + std::to_string(clock) +
             "\": " + std::to_string(rates[h]);
    a_day += rates[h];
  }
  for (char const* const shut : {"01", "02", "03", "04", "05"}) hours += std::string(", \"") + shut + "\": 0";
  auto const pool = [](char const* name, int servers) {
    return std::string("\"") + name + R"(": { "kind": "servers", "servers": )" + std::to_string(servers) + " }";
  };
  return R"({
    "schema": 1, "name": "Urgent care",
    "horizon": { "starts": "2026-01-05 06:00", "run_for": "19 hours", "resolution": "1 s" },
    "demand": { "walk_in": { "pathway": "centre", "provider": "centre", "profile": "day", "per_day": )" +
         std::to_string(a_day) + R"( } },
    "profiles": { "day": { "hours": { )" +
         hours + R"( } } },
    "providers": { "centre": { "resources": { )" +
         pool("triage", triage) + ", " + pool("registration", registration) + ", " + pool("examination", examination) +
         ", " + pool("trauma", trauma) + ", " + pool("treatment", treatment) + R"( } } },
    "pathways": { "centre": { "start": "triage", "steps": {
      "triage": { "kind": "servers", "needs": "triage", "takes": { "exponential": { "mean": "3 min" } }, "then": { "trauma": 0.12, "registration": 0.88 } },
      "registration": { "kind": "servers", "needs": "registration", "takes": { "lognormal": { "mean": "5 min", "sd": "1.5 min" } }, "then": "examination" },
      "examination": { "kind": "servers", "needs": "examination", "takes": { "gamma": { "mean": "16 min", "sd": "3 min" } }, "then": { "home": 0.4, "treatment": 0.6 } },
      "trauma": { "kind": "servers", "needs": "trauma", "takes": { "exponential": { "mean": "90 min" } }, "then": "treatment" },
      "treatment": { "kind": "servers", "needs": "treatment", "takes": { "lognormal": { "mean": "13 min", "sd": "2 min" } }, "then": "home" },
      "home": { "kind": "end" } } } } })";
}

constexpr int lots = 10000;

/// Mean number waiting at the end of `hours` for c servers with exponential services, which starts empty: Kolmogorov's
/// forward equations, by steps of 0.01 min.
double waiting_after(double hours, int c, double mean_service) {
  std::size_t const most = 500;
  std::vector<double> p(most + 1, 0.0), change(most + 1);
  p[0] = 1;
  double const dt = 0.01;
  auto const steps = static_cast<int>(std::lround(hours * 60 / dt));
  for (int i = 0; i < steps; ++i) {
    double const up = rate_at((i + 0.5) * dt);
    for (std::size_t k = 0; k <= most; ++k) {
      auto const down = [&](std::size_t j) { return std::min(static_cast<int>(j), c) / mean_service; };
      change[k] = -p[k] * ((k < most ? up : 0) + down(k)) + (k > 0 ? p[k - 1] * up : 0) +
                  (k < most ? p[k + 1] * down(k + 1) : 0);
    }
    for (std::size_t k = 0; k <= most; ++k) p[k] += dt * change[k];
  }
  double mean = 0;
  for (std::size_t k = static_cast<std::size_t>(c); k <= most; ++k)
    mean += static_cast<double>(k - static_cast<std::size_t>(c)) * p[k];
  return mean;
}

}  // namespace

TEST_CASE("an urgent-care day brings the integral of its rates") {
  auto const m = model_from(centre(lots, lots, lots, lots, lots));
  double a_day = 0;
  for (double const rate : rates) a_day += rate;
  std::vector<double> seen;
  for (auto const& r : run(m, 2000)) {
    seen.push_back(static_cast<double>(r.referred));
    CHECK(r.referred == r.measured_referrals);
  }
  agrees_with_poisson("patients a day", seen, a_day);
}

TEST_CASE("with endless capacity nobody waits, and each stage takes its mean") {
  // so long after the last arrival that everybody has gone home
  auto const m =
      model_from(centre(lots, lots, lots, lots, lots),
                 {"/horizon/run_for=\"23 hours\"", "/profiles/day/hours/00=0", "/profiles/day/hours/23=0",
                  "/pathways/centre/steps/trauma/takes={\"uniform\":{\"from\":\"30 min\",\"to\":\"150 min\"}}"});
  auto const results = run(m, 400);
  std::uint64_t waited = 0, still = 0;
  for (auto const& r : results) {
    still += r.still_in;
    for (auto const& resource : r.resources) waited += resource.wait_ticks;
  }
  CHECK(waited == 0);
  CHECK(still == 0);
  auto const stage = [&](std::string const& name, double mean_minutes, double visits) {
    auto const i = step(m, "centre/" + name);
    agrees("minutes of " + name,
           ratio_of(
               results, [&](auto const& r) { return minutes(m, r.steps[i].service_ticks); },
               [&](auto const& r) { return static_cast<double>(r.steps[i].starts); }),
           mean_minutes);
    // visits of a fixed 0 or 1 a patient: all of them come to the triage
    Mean const share = ratio_of(
        results, [&](auto const& r) { return static_cast<double>(r.steps[i].starts); },
        [](auto const& r) { return static_cast<double>(r.referred); });
    CAPTURE(name, share.value, share.error);
    CHECK(std::abs(share.value - visits) <= 5 * share.error + 1e-12);
  };
  stage("triage", 3, 1);
  stage("registration", 5, 0.88);
  stage("examination", 16, 0.88);
  stage("trauma", 90, 0.12);
  stage("treatment", 13, 0.12 + 0.88 * 0.6);
  agrees("minutes in all",
         ratio_of(
             results,
             [&](auto const& r) {
               std::uint64_t ticks = 0;
               for (auto const& s : r.steps) ticks += s.service_ticks;
               return minutes(m, ticks);
             },
             [](auto const& r) { return static_cast<double>(r.referred); }),
         3 + 0.88 * 21 + 0.12 * 90 + 0.648 * 13);
}

TEST_CASE("with endless capacity the number still there at the end of the day is the integral of those not yet gone") {
  // one stage of exponential mean 100 min: Mt/M/infinity (Palm 1943)
  auto const m = model_from(centre(lots, lots, lots, lots, lots),
                            {"/pathways/centre/steps/"
                             "triage={\"kind\":\"servers\",\"needs\":\"triage\",\"takes\":{\"exponential\":{\"mean\":"
                             "\"100 min\"}},\"then\":{\"registration\":0,\"trauma\":0,\"home\":1}}"});
  double mean = 0;
  for (double t = 0.05; t < 19 * 60; t += 0.1) mean += 0.1 * rate_at(t) * std::exp(-(19 * 60 - t) / 100);
  std::vector<double> seen;
  for (auto const& r : run(m, 2000)) seen.push_back(static_cast<double>(r.still_in));
  agrees_with_poisson("still there", seen, mean);
}

TEST_CASE("the queue for triage at 13:00 and at closing time is that of Kolmogorov's equations") {
  for (double const hours : {7.0, 19.0}) {
    auto const m = model_from(centre(1, lots, lots, lots, lots),
                              {"/horizon/run_for=\"" + std::to_string(static_cast<int>(hours)) + " hours\""});
    auto const results = run(m, 4000);
    agrees("waiting after " + std::to_string(hours) + " hours",
           mean_over(
               results,
               [&](auto const& r) { return static_cast<double>(r.resources[resource(m, "triage")].waiting_at_end); }),
           waiting_after(hours, 1, 3), hours < 10 ? 0.03 : 0.3);
  }
  // two servers that are half as fast
  auto const m = model_from(
      centre(2, lots, lots, lots, lots),
      {"/horizon/run_for=\"7 hours\"", "/pathways/centre/steps/triage/takes={\"exponential\":{\"mean\":\"6 min\"}}"});
  agrees(
      "two servers",
      mean_over(run(m, 4000),
                [&](auto const& r) { return static_cast<double>(r.resources[resource(m, "triage")].waiting_at_end); }),
      waiting_after(7, 2, 6), 0.03);
}
