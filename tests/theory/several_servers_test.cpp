// Pools of servers: waiting, loss, limited rooms, impatience, series of stations, and Little's law.

#include "formulas.hpp"
#include "trial.hpp"

using namespace trial;

namespace {

std::string const short_run = "/horizon/run_for=\"5 days\"";

std::string per_hour(double a_minute) {
  return "/demand/arrivals/per_hour=" + std::to_string(60 * a_minute);
}
std::string servers(int c) {
  return "/providers/desk/resources/server/servers=" + std::to_string(c);
}
std::string room(int places) {
  return "/providers/desk/resources/server/waiting_room=" + std::to_string(places);
}
std::string const elsewhere = "/pathways/service/steps/served/when_full=\"done\"";

Mean share_lost(Results const& results) {
  return ratio_of(
      results, [](auto const& r) { return static_cast<double>(r.resources[0].turned_away); },
      [](auto const& r) { return static_cast<double>(r.measured_referrals); });
}

}  // namespace

TEST_CASE("M/M/c waits as Erlang's second formula says, up to a load of 0.95") {
  auto const ten = shipped("mmc.json", {short_run});
  auto const results = run(ten, 30);
  agrees("c = 10, load 0.9", mean_wait(ten, results, "server"), formulas::wait_mmc(10, 9, 1));
  CHECK(formulas::wait_mmc(10, 9, 1) == Approx(0.66873).epsilon(1e-4));
  auto const five =
      shipped("mmc.json", {servers(5), per_hour(4.75), "/horizon/warm_up=\"4 days\"", "/horizon/run_for=\"40 days\""});
  agrees("c = 5, load 0.95", mean_wait(five, run(five, 30), "server"), formulas::wait_mmc(5, 4.75, 1), 0.03);
  agrees("servers in use",
         ratio_of(
             results, [](auto const& r) { return static_cast<double>(r.resources[0].busy_ticks); },
             [](auto const& r) { return static_cast<double>(r.resources[0].open_ticks); }),
         0.9, 0.002);
}

TEST_CASE("servers without a waiting room lose what Erlang's first formula says, whatever the shape of the service") {
  std::vector<std::string> const sets = {room(0), elsewhere, short_run};
  auto const memoryless = shipped("mmc.json", sets);
  agrees("exponential", share_lost(run(memoryless, 30)), formulas::erlang_b(10, 9));
  auto skewed_sets = sets;
  skewed_sets.push_back(R"(/pathways/service/steps/served/takes={"lognormal":{"mean":"1 min","sd":"2 min"}})");
  agrees("lognormal", share_lost(run(shipped("mmc.json", skewed_sets), 30)), formulas::erlang_b(10, 9));
}

TEST_CASE("a limited waiting room: M/M/c/K") {
  auto const m = shipped("mmc.json", {servers(3), per_hour(3.3), room(4), elsewhere, "/horizon/run_for=\"20 days\""});
  auto const results = run(m, 30);
  auto const p = formulas::birth_death(
      7, [](int) { return 3.3; }, [](int k) { return std::min(k, 3); });
  double waiting = 0;
  for (int k = 4; k <= 7; ++k) waiting += (k - 3) * p[static_cast<std::size_t>(k)];
  agrees("turned away", share_lost(results), p[7]);
  agrees("wait of those let in", mean_wait(m, results, "server"), waiting / (3.3 * (1 - p[7])));
}

TEST_CASE("impatient patients: M/M/c+M") {
  auto const m = shipped(
      "mmc.json",
      {servers(4), per_hour(4.4), short_run,
       R"(/pathways/service/steps/served/gives_up={"leaves":{"after":{"exponential":{"mean":"2 min"}},"then":"done"}})"});
  auto const results = run(m, 30);
  // Palm 1957: those beyond the servers leave at rate 1/2 each
  auto const p = formulas::birth_death(
      300, [](int) { return 4.4; }, [](int k) { return std::min(k, 4) + 0.5 * std::max(k - 4, 0); });
  double waiting = 0;
  for (std::size_t k = 5; k < p.size(); ++k) waiting += static_cast<double>(k - 4) * p[k];
  agrees("give up",
         ratio_of(
             results, [&](auto const& r) { return static_cast<double>(r.steps[step(m, "service/served")].gave_up); },
             [](auto const& r) { return static_cast<double>(r.measured_referrals); }),
         0.5 * waiting / 4.4);
}

TEST_CASE("eight stations in series wait as Jackson's theorem says") {
  auto const m = shipped("pathway8.json", {"/horizon/run_for=\"100 days\""});
  auto const results = run(m, 24);
  int const c[] = {4, 5, 6, 7, 8, 9, 10, 6};
  double total = 0;
  for (std::size_t s = 0; s < 8; ++s) {
    double const arrivals = s < 3 ? 1 : 0.3;
    double const exact = formulas::wait_mmc(c[s], arrivals, 0.85 * c[s] / arrivals);
    std::string const name = "station_" + std::to_string(s + 1);
    agrees(name, mean_wait(m, results, name), exact, 0.04);
    total += arrivals * exact;
  }
  CHECK(total == Approx(27.436).epsilon(1e-4));
  agrees("all together",
         ratio_of(
             results,
             [&](auto const& r) {
               std::uint64_t waited = 0;
               for (auto const& resource : r.resources) waited += resource.wait_ticks;
               return minutes(m, waited);
             },
             [](auto const& r) { return static_cast<double>(r.measured_referrals); }),
         total);
}

TEST_CASE("Little's law: those waiting at a moment are the arrivals times their mean wait") {
  // a skewed service and batches, for which there is no formula to lean on
  auto const m =
      shipped("mmc.json", {servers(5), per_hour(4), "/demand/arrivals/batch_sizes={\"1\":0.5,\"4\":0.5}",
                           R"(/pathways/service/steps/served/takes={"lognormal":{"mean":"1 min","sd":"1.5 min"}})",
                           "/horizon/warm_up=\"10 hours\"", "/horizon/run_for=\"2 hours\""});
  auto const results = run(m, 3000);
  Mean const waiting =
      mean_over(results, [](auto const& r) { return static_cast<double>(r.resources[0].waiting_at_end); });
  Mean const waited = mean_over(results, [&](auto const& r) { return minutes(m, r.resources[0].wait_ticks) / 120; });
  double const error = std::hypot(waiting.error, waited.error);
  CAPTURE(waiting.value, waited.value, error);
  CHECK(std::abs(waiting.value - waited.value) <= 5 * error);
  CHECK(error <= 0.05 * waiting.value);
}
