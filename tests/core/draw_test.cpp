#include "cwtsim/core/draw.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>
#include <limits>

#include "catch_compat.hpp"

using namespace cwtsim;

namespace {

/// Distance of `got` from the true value in units of the last place.
double ulps(double got, long double truth) {
  int exponent;
  std::frexp(static_cast<double>(truth), &exponent);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - truth) /
                             std::ldexp(1.0L, std::max(exponent - 53, -1074)));
}

/// The count drawn at word w is the one whose cumulative shares lie on either side of the uniform.
template <class Drawn, class Law>
bool inverts(Drawn drawn, Law const& law) {
  for (std::uint64_t i = 0; i < 2000; ++i) {
    std::uint64_t const word = i < 1000 ? i * (~std::uint64_t{0} / 1000) : draw(7, 0, i).first;
    double const u = to_unit(word);
    std::uint32_t const k = drawn(word);
    double const below = k == 0 ? 0 : boost::math::cdf(law, k - 1.0);
    if (u < below - 1e-9 || u > boost::math::cdf(law, static_cast<double>(k)) + 1e-9) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("Philox2x64-10 gives Random123's published words") {
  auto const is = [](Words w, std::uint64_t first, std::uint64_t second) {
    return w.first == first && w.second == second;
  };
  std::uint64_t const ones = ~std::uint64_t{0};
  CHECK(is(draw(0, 0, 0), 0xca00a0459843d731, 0x66c24222c9a845b5));
  CHECK(is(draw(ones, ones, ones), 0x65b021d60cd8310f, 0x4d02f3222f86df20));
  CHECK(is(draw(0xa4093822299f31d0, 0x243f6a8885a308d3, 0x13198a2e03707344), 0x0a5e742c2997341c, 0xb0f883d38000de5d));
}

TEST_CASE("replications and places have keys of their own") {
  CHECK(replication_key(1, 0) != replication_key(1, 1));
  CHECK(replication_key(1, 0) != replication_key(2, 0));
  STATIC_REQUIRE(draws_at("") == 0xcbf29ce484222325);
  STATIC_REQUIRE(draws_at("a") == 0xaf63dc4c8601ec8c);  // FNV-1a's published values
  STATIC_REQUIRE(draws_at("foobar") == 0x85944171f73967e8);
}

TEST_CASE("uniform doubles never reach 0 or 1") {
  CHECK(to_unit(0) > 0);
  CHECK(to_unit(~std::uint64_t{0}) < 1);
  CHECK(to_unit(std::uint64_t{1} << 63) == Approx(0.5).margin(1e-15));
}

TEST_CASE("exp is within 2 ulp of the truth") {
  double worst = 0;
  for (std::uint64_t i = 0; i < 1'000'000; ++i) {
    auto const w = draw(3, 0, i);
    double const x =
        i % 2 ? (to_unit(w.first) - 0.5) * 1415 : std::ldexp(to_unit(w.first) - 0.5, -static_cast<int>(w.second % 60));
    worst = std::max(worst, ulps(portable_exp(x), std::exp(static_cast<long double>(x))));
  }
  CHECK(worst < 2);
  CHECK(portable_exp(0) == 1);
  CHECK(portable_exp(710) == std::numeric_limits<double>::infinity());
  CHECK(portable_exp(-746) == 0);
  CHECK(portable_exp(-740) == Approx(std::exp(-740.0)).epsilon(1e-2));  // few digits are left below the normal doubles
  CHECK(std::isnan(portable_exp(std::nan(""))));
}

TEST_CASE("log is within 2 ulp of the truth") {
  double worst = 0;
  for (std::uint64_t i = 0; i < 1'000'000; ++i) {
    auto const w = draw(4, 0, i);
    double const x = i % 2 ? std::ldexp(0.5 + to_unit(w.first), static_cast<int>(w.second % 2040) - 1020)
                           : 1 + std::ldexp(to_unit(w.first) - 0.5, -static_cast<int>(w.second % 50));
    worst = std::max(worst, ulps(portable_log(x), std::log(static_cast<long double>(x))));
  }
  CHECK(worst < 2);
  CHECK(portable_log(1) == 0);
  CHECK(portable_log(0) == -std::numeric_limits<double>::infinity());
  CHECK(portable_log(5e-324) == Approx(std::log(5e-324)));
  CHECK(std::isnan(portable_log(-1)));
}

TEST_CASE("Poisson counts invert the cumulative distribution") {
  for (double const mean : {0.001, 0.7, 5.0, 40.0, 63.9, 64.1, 200.0, 699.0, 20000.0}) {
    INFO(mean);
    CHECK(inverts([mean](std::uint64_t w) { return poisson(mean, w); }, boost::math::poisson(mean)));
  }
  CHECK(poisson(0, 1) == 0);
  CHECK(poisson(-1, 1) == 0);
  CHECK(poisson(3, ~std::uint64_t{0}) < 40);  // the last word is a rare count, not an endless loop
}

TEST_CASE("binomial counts invert the cumulative distribution") {
  for (std::uint32_t const n : {1u, 7u, 100u, 3000u, 100'000u}) {
    for (double const p : {1e-6, 0.05, 0.5, 0.77, 0.9999}) {
      INFO(n << " " << p);
      CHECK(inverts([n, p](std::uint64_t w) { return binomial(n, p, w); }, boost::math::binomial(n, p)));
    }
  }
  CHECK(binomial(0, 0.5, 1) == 0);
  CHECK(binomial(9, 0, 1) == 0);
  CHECK(binomial(9, 1, 1) == 9);
  CHECK(binomial(9, 0.5, ~std::uint64_t{0}) == 9);
}

TEST_CASE("more luck is never fewer") {
  for (double const p : {0.3, 0.7}) {
    std::uint32_t last = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
      auto const k = binomial(50, p, i << 54);
      CHECK(k >= last);
      last = k;
    }
  }
}
