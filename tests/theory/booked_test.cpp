// The benchmark of booked waits: ten pools of two after waits at random are ten M/M/2 queues (Jackson).

#include "formulas.hpp"
#include "trial.hpp"

using namespace trial;

TEST_CASE("ten rounds of a booked wait and a pool of two wait as Jackson's theorem says") {
  // in ticks of ten seconds, for a whole minute is much of a half-hour; from the second year on all ten rounds have
  // filled up
  auto const m = shipped("booked.json", {"/horizon/resolution=\"10 s\"", "/horizon/warm_up=\"14 months\"",
                                         "/horizon/run_for=\"14 months\""});
  auto const results = run(m, 6);
  double const exact = formulas::wait_mmc(2, 20'000 / 525'960.0, 30);
  CHECK(10 * exact == Approx(144.67).epsilon(1e-4));
  for (auto const* room : {"room_1", "room_5", "room_10"}) agrees(room, mean_wait(m, results, room), exact, 0.03);
  double pending = 0;
  for (auto const& r : results) pending += static_cast<double>(r.still_in) / 6;
  CHECK(pending == Approx(20'000 / 365.25 * 210).epsilon(0.02));
}
