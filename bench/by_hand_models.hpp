#pragma once
// The loops written by hand, with the figures of the scenarios that they are held against.

#include "by_hand.hpp"
#include "by_hand_booked.hpp"

namespace cwtsim::by_hand {

/// scenarios/pathway8.json: ticks of a second.
inline Outcome pathway8(std::uint64_t seed) {
  static std::vector<Station> const stations{{4, 204},  {5, 255},  {6, 306},   {7, 1190},
                                             {8, 1360}, {9, 1530}, {10, 1700}, {6, 1020}};
  return series(stations, 60, 154ULL * 86400, 2, 0.7, seed);
}

/// scenarios/mm1.json: ticks of a tenth of a second.
inline Outcome mm1(std::uint64_t seed) {
  return series({{1, 600}}, 600 / 0.9, 107ULL * 864000, 0, 1, seed);
}

/// Servers of each pool of scenarios/booked.json when it has this many patients for each of its own. At 10 times the
/// patients the pools hold 14, as in the measurements that the aim comes from; beyond, enough that the queues stay
/// short.
inline std::uint32_t booked_servers(double times) {
  if (times <= 1) return 2;
  if (times == 10) return 14;
  return static_cast<std::uint32_t>(2 + 1.35 * times);
}

}  // namespace cwtsim::by_hand
