// Sessions with a number of slots: the queue of Bailey (1954), worked out from day to day.

#include "trial.hpp"

using namespace trial;

namespace {

std::vector<double> poisson_shares(double mean, std::size_t n) {
  std::vector<double> p(n, 0.0);
  p[0] = std::exp(-mean);
  for (std::size_t k = 1; k < n; ++k) p[k] = p[k - 1] * mean / static_cast<double>(k);
  return p;
}

/// Mean number left over after the session of each day of a week, where `slots` of the seven days repeat for ever and
/// a day's patients are Poisson: the queue is max(queue + patients - slots, 0).
std::vector<double> left_over(double a_day, std::vector<int> const& slots, std::size_t most) {
  auto const come = poisson_shares(a_day, 60);
  std::vector<double> queue(most, 0.0), next(most), mean(slots.size());
  queue[0] = 1;
  for (int week = 0; week < 1500; ++week)
    for (std::size_t day = 0; day < slots.size(); ++day) {
      std::fill(next.begin(), next.end(), 0.0);
      for (std::size_t q = 0; q < most; ++q)
        for (std::size_t k = 0; queue[q] > 1e-18 && k < come.size(); ++k) {
          auto const after = static_cast<std::size_t>(std::max(static_cast<int>(q + k) - slots[day], 0));
          next[std::min(after, most - 1)] += queue[q] * come[k];
        }
      queue.swap(next);
      mean[day] = 0;
      for (std::size_t q = 0; q < most; ++q) mean[day] += static_cast<double>(q) * queue[q];
    }
  return mean;
}

// Nobody comes in the hour of the session, so every slot left at its opening is lost.
model::Model clinic(std::string const& days, int slots, double a_week) {
  std::string hours;
  for (int h = 0; h < 24; ++h)
    hours += (h == 0 ? "" : ", ") + ("\"" + std::string(h < 10 ? "0" : "") + std::to_string(h) + "\": ") +
             (h == 9 ? "0" : "1");
  return model_from(R"({
    "schema": 1, "name": "Daily clinic",
    "horizon": { "starts": "2026-01-05", "warm_up": "100 weeks", "run_for": "1200 weeks" },
    "demand": { "referrals": { "pathway": "clinic", "provider": "hospital", "profile": "not_at_nine", "per_week": )" +
                    std::to_string(a_week) + R"( } },
    "profiles": { "not_at_nine": { "hours": { )" +
                    hours + R"( } } },
    "providers": { "hospital": { "resources": { "clinic": { "kind": "sessions",
      "sessions": { "every": { "on": ")" +
                    days + R"(", "opens": "09:00", "closes": "10:00", "slots": )" + std::to_string(slots) +
                    R"( } } } } } },
    "pathways": { "clinic": { "start": "seen", "steps": {
      "seen": { "kind": "appointment", "needs": "clinic", "takes": "30 min", "then": "done" },
      "done": { "kind": "end" } } } } })");
}

}  // namespace

TEST_CASE("a daily session with a load of 0.95") {
  auto const m = clinic("daily", 10, 7 * 9.5);
  auto const results = run(m, 30);
  // from 10:00 to 09:00 the mean is 11.5 hours to the next session; who is left over waits a day more, each time
  double const exact = 11.5 * 60 + left_over(9.5, {10}, 400)[0] / 9.5 * 1440;
  agrees("wait in minutes", mean_wait(m, results, "clinic"), exact);
  agrees("slots used",
         ratio_of(
             results, [](auto const& r) { return static_cast<double>(r.resources[0].used); },
             [](auto const& r) { return static_cast<double>(r.resources[0].offered); }),
         0.95, 0.002);
}

TEST_CASE("sessions on working days only, with a load of 0.9") {
  auto const m = clinic("mon-fri", 14, 63);
  auto const results = run(m, 30);
  // Whoever comes after Friday's session until Saturday's 09:00 waits two days more, and so on: as if sessions without
  // slots were held at the week-end.
  auto const left = left_over(9, {14, 14, 14, 14, 14, 0, 0}, 400);
  double sum = 0;
  for (double const day : left) sum += day;
  agrees("wait in minutes", mean_wait(m, results, "clinic"), 11.5 * 60 + sum / 63 * 1440);
}
