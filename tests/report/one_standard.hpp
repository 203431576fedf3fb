#pragma once
// What a year of two trusts comes to, with one standard.

#include <string>

#include "cwtsim/report/text.hpp"

namespace cwtsim::experiment {

/// Is this part in the text, wherever its lines are broken?
inline bool has(std::string const& text, std::string const& part) {
  std::string flat;
  for (char const c : text) flat += c == '\n' ? ' ' : c;
  auto const unwrapped = [](std::string broken) {
    for (auto at = broken.find("  "); at != std::string::npos; at = broken.find("  ", at)) broken.erase(at, 1);
    return broken;
  };
  return unwrapped(flat).find(unwrapped(part)) != std::string::npos;
}

inline Estimates one_standard() {
  Estimates e;
  e.scenario = "Two trusts";
  e.arm = "base";
  e.seed = 7;
  e.completed = 20;
  e.events = 1;
  e.first_measured = to_date({2026, 4, 1});
  e.last_measured = to_date({2027, 3, 31});
  e.measured_days = 365;
  e.years = {"2026/27"};
  e.measured_referrals = 12345;
  e.provider_labels = {
      {"north", "A trust whose name in full is so long that no table of ours could hold it beside figures"}};
  e.standards = {{"fds", "28-day faster diagnosis", 28, {62}}};
  e.strata = {{0, "all", "all", 0}, {0, "provider", "north", 1}, {0, "provider+tumour", "north+lung", 2}};
  for (std::size_t s = 0; s < 3; ++s) {
    e.attainments.push_back({s,
                             Span::all,
                             "all",
                             0.77,
                             11000,
                             Estimate{0.809, 0.8, 0.8175},
                             Estimate{0.9, 0.683, 0.988},
                             11000,
                             2101,
                             0,
                             {},
                             {}});
    e.attainments.push_back({s, Span::year, "2026/27", 0.77, 11000, Estimate{0.809, 0.8, 0.8175},
                             Estimate{0.9, 0.683, 0.988}, 11000, 2101, 0, 0.765, 0.842});
    e.any_year.push_back({s, 20, 11000, 0.765, 0.842});
    e.waits.push_back({s, Estimate{17, 17, 17}, Estimate{41, 39, 42}, 20, {}});
  }
  e.open = {{0, "2027-03", Estimate{1200, 1100, 1300}, {Estimate{35, 30, 40}}}};
  e.resources = {{"north",
                  "ct",
                  "sessions",
                  "slots",
                  10,
                  0,
                  120,
                  0,
                  118,
                  2,
                  5,
                  0,
                  0,
                  0,
                  Estimate{0.983, 0.98, 0.99},
                  Estimate{9.4, 9, 10},
                  Estimate{55, 50, 60},
                  80,
                  {},
                  {}}};
  e.steps = {{"lung/ct", "north", 4000, 3000, 9.5, 2.0, 2.5, 0, 0.7, 0.6, 0},
             {"lung/ct", "south", 1000, 2000, 4.5, 3.0, 3.0, 0, 0.1, 0.1, 0},
             {"lung/clinic", "north", 4000, 4000, 4.0, 0.02, 0.02, 0, 0.2, 0.2, 0},
             {"lung/home", "north", 0, 0, {}, {}, {}, 0, 0, 0.1, 0}};
  e.days = {{"lung/ct", "north", "patients", "waiting", "on a list", 40000, 0.5},
            {"lung/ct", "south", "patients", "waiting", "on a list", 20000, 0.25},
            {"lung/home", "north", "patients", "delay", "in delays", 20000, 0.25}};
  return e;
}

}  // namespace cwtsim::experiment
