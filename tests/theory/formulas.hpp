#pragma once
// Textbook formulas for queues in the steady state; times in any unit, rates per that unit.

#include <cmath>
#include <vector>

namespace formulas {

/// Share of arrivals lost by c servers without a waiting room, offered load a (Erlang 1917).
inline double erlang_b(int c, double a) {
  double b = 1;
  for (int k = 1; k <= c; ++k) b = a * b / (k + a * b);
  return b;
}

/// Share of arrivals that wait for c servers with an endless waiting room, offered load a < c (Erlang 1917).
inline double erlang_c(int c, double a) {
  double const b = erlang_b(c, a);
  return b / (1 - a / c * (1 - b));
}

/// Mean wait of M/M/c.
inline double wait_mmc(int c, double arrivals, double mean_service) {
  double const a = arrivals * mean_service;
  return erlang_c(c, a) * mean_service / (c - a);
}

/// Mean wait of M/G/1 (Pollaczek 1930, Khinchine 1932); cv is sd over mean of the service time.
inline double wait_mg1(double arrivals, double mean_service, double cv) {
  double const load = arrivals * mean_service;
  return load * mean_service * (1 + cv * cv) / (2 * (1 - load));
}

/// Mean wait of M/G/1 whose arrivals come in batches: mean size, mean of size * (size - 1).
inline double wait_batches(double batches, double size, double size_pairs, double mean_service, double cv) {
  double const load = batches * size * mean_service;
  double const second = mean_service * mean_service * (1 + cv * cv);
  return (batches * size * second + size_pairs / size * mean_service) / (2 * (1 - load));
}

/// Steady state of a birth-death process with states 0 .. n.
template <class Birth, class Death>
std::vector<double> birth_death(int n, Birth birth, Death death) {
  std::vector<double> p(1, 1.0);
  double sum = 1;
  for (int k = 1; k <= n; ++k) {
    p.push_back(p.back() * birth(k - 1) / death(k));
    sum += p.back();
  }
  for (double& x : p) x /= sum;
  return p;
}

}  // namespace formulas
