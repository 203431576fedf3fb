#pragma once
// Keyed random draws: every draw is a function of who draws and where, never of what was drawn before.
// Philox2x64-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3. SC 2011), from Random123.

#include <Random123/philox.h>

#include <cstdint>
#include <string_view>

namespace cwtsim {

/// Two independent uniform 64-bit words.
struct Words {
  std::uint64_t first, second;
};

/// The draw of `key` at (`at`, `visit`).
[[nodiscard, gnu::always_inline]] inline Words draw(std::uint64_t key, std::uint64_t at, std::uint64_t visit) {
  r123::Philox2x64::ctr_type const c = {{at, visit}};
  r123::Philox2x64::key_type const k = {{key}};
  auto const r = r123::Philox2x64{}(c, k);
  return {r[0], r[1]};
}

/// The key of replication r under a seed.
[[nodiscard]] inline std::uint64_t replication_key(std::uint64_t seed, std::uint64_t replication) {
  return draw(seed, 0x7265706c69636174ULL, replication).first;
}

/// Where a name draws: a fixed number of 64 bits (FNV-1a), so that adding a step does not shift the others.
[[nodiscard]] constexpr std::uint64_t draws_at(std::string_view name, std::uint64_t from = 0xcbf29ce484222325ULL) {
  std::uint64_t h = from;
  for (char const c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return h;
}

/// A double in (0, 1): the middle of one of 2^52 equal cells (with 2^53 the last middle would round to 1).
[[nodiscard]] inline double to_unit(std::uint64_t word) {
  return (static_cast<double>(word >> 12) + 0.5) * 0x1.0p-52;
}

/// Number of events of a Poisson variable with this mean, by inversion of one word, for any mean below 1e8 (time grows
/// with mean up to 64, with its root above). 0 if mean <= 0. Uses only + - * / sqrt, so the same on every machine.
[[nodiscard]] std::uint32_t poisson(double mean, std::uint64_t word);
/// Binomial(n, p) by inversion of one word, with + - * / sqrt only; p outside [0, 1] is taken as its nearer end.
[[nodiscard]] std::uint32_t binomial(std::uint32_t n, double p, std::uint64_t word);
/// exp and log with + - * / only: the same bits on every machine, within 2 ulp of the true value (fdlibm's method).
[[nodiscard]] double portable_exp(double x);
[[nodiscard]] double portable_log(double x);

}  // namespace cwtsim
