#include "cwtsim/core/distribution.hpp"

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <boost/math/distributions/weibull.hpp>
#include <cmath>

#include "catch_compat.hpp"

using namespace cwtsim;

namespace {

constexpr double shares[] = {1e-12, 1e-6, 0.001, 0.01, 0.1, 0.3, 0.49999, 0.5, 0.75, 0.9, 0.99, 0.9999, 1 - 1e-9};

Duration s(double seconds) {
  return {seconds};
}

/// Every quantile agrees with Boost.Math's.
template <class Law>
void check_quantiles(Shape const& shape, Law const& law, double precision = 1e-10) {
  for (double const u : shares) {
    INFO(u);
    CHECK(quantile_seconds({shape, {}}, u) == Approx(boost::math::quantile(law, u)).epsilon(precision).margin(1e-300));
  }
}

void check_mean(Shape const& shape, double mean) {
  CHECK(mean_seconds({shape, {}}) == Approx(mean).epsilon(1e-10));
}

double share_below(Shape const& shape, double seconds) {
  double low = 0, high = 1;
  for (int i = 0; i < 60; ++i) {
    double const u = (low + high) / 2;
    (quantile_seconds({shape, {}}, u) < seconds ? low : high) = u;
  }
  return low;
}

}  // namespace

TEST_CASE("quantiles and means of the simple shapes, by hand") {
  CHECK(quantile_seconds({Constant{s(5)}, s(2)}, 0.3) == 7);
  CHECK(mean_seconds({Constant{s(5)}, s(2)}) == 7);
  CHECK(quantile_seconds({Exponential{s(10)}, {}}, 0.5) == Approx(10 * std::log(2.0)));
  CHECK(quantile_seconds({Exponential{s(10)}, {}}, 1e-9) == Approx(1e-8));
  CHECK(quantile_seconds({Uniform{s(2), s(6)}, {}}, 0.25) == Approx(3));
  CHECK(mean_seconds({Uniform{s(2), s(6)}, s(1)}) == Approx(5));
  check_quantiles(Triangular{s(1), s(3), s(11)}, boost::math::triangular(1, 3, 11));
  check_mean(Triangular{s(1), s(3), s(11)}, 5);
  CHECK(quantile_seconds({Triangular{s(4), s(4), s(4)}, {}}, 0.2) == 4);
  CHECK(quantile_seconds({Triangular{s(4), s(4), s(8)}, {}}, 1e-12) == Approx(4));
}

TEST_CASE("a normal is the bell that has this mean and sd when it is cut at 0") {
  for (double const middle : {-35.0, -10.0, 0.0, 7.0, 30.0, 89.0, 91.0, 1000.0}) {
    INFO("middle " << middle);
    boost::math::normal const bell(middle, 10);
    double const cut = cdf(bell, 0), left = cdf(complement(bell, 0)), pushed = 100 * pdf(bell, 0) / left,
                 mean = middle + pushed;
    Normal const n{s(mean), s(std::sqrt(100 - pushed * mean))};
    REQUIRE(problem_of({n, {}}).empty());
    check_mean(n, mean);
    for (double const u : shares) {
      INFO(u);
      double const expected = u < 0.5 ? quantile(bell, cut + left * u) : quantile(complement(bell, left * (1 - u)));
      CHECK(quantile_seconds({n, {}}, u) == Approx(expected).epsilon(1e-9).margin(1e-9 * mean));
    }
  }
}

TEST_CASE("gamma and Erlang agree with Boost.Math") {
  for (double const sd : {0.2, 1.0, 5.0, 7.0, 10.0, 15.0, 60.0}) {
    double const shape = 100 / (sd * sd);
    INFO("sd " << sd);
    check_quantiles(Gamma{s(10), s(sd)}, boost::math::gamma_distribution<>(shape, 10 / shape), 1e-9);
    check_mean(Gamma{s(10), s(sd)}, 10);
  }
  for (std::int64_t const phases : {1, 2, 7, 1000}) {
    auto const k = static_cast<double>(phases);
    check_quantiles(Erlang{s(10), phases}, boost::math::gamma_distribution<>(k, 10 / k), 1e-9);
    check_mean(Erlang{s(10), phases}, 10);
  }
}

TEST_CASE("a Weibull has the median and p90 asked for") {
  for (double const p90 : {12.0, 30.0, 900.0}) {
    Weibull const w{s(10), s(p90)};
    CHECK(quantile_seconds({w, {}}, 0.5) == Approx(10));
    CHECK(quantile_seconds({w, {}}, 0.9) == Approx(p90));
    double const shape = std::log(std::log(10.0) / std::log(2.0)) / std::log(p90 / 10);
    boost::math::weibull const law(shape, 10 / std::pow(std::log(2.0), 1 / shape));
    check_quantiles(w, law, 1e-9);
    check_mean(w, boost::math::mean(law));
  }
}

TEST_CASE("a lognormal is the same by any two of its figures") {
  for (double const sigma : {0.05, 0.4, 1.1, 2.0}) {
    boost::math::lognormal const law(3, sigma);
    Duration const median{boost::math::median(law)}, mean{boost::math::mean(law)},
        sd{boost::math::standard_deviation(law)}, p90{boost::math::quantile(law, 0.9)};
    INFO("sigma " << sigma);
    std::vector<Lognormal> ways = {
        {median, p90, {}, {}}, {{}, {}, mean, sd}, {median, {}, mean, {}}, {median, {}, {}, sd}, {{}, p90, {}, sd}};
    if (sigma < 1.2815) ways.push_back({{}, p90, mean, {}});  // beyond, p90 and mean fit two lognormals
    for (auto const& way : ways) {
      REQUIRE(problem_of({way, {}}).empty());
      check_quantiles(way, law, 1e-8);
      CHECK(mean_seconds({way, {}}) == Approx(mean.seconds).epsilon(1e-8));
    }
  }
}

TEST_CASE("bands are straight lines between the shares given") {
  Bands const b{{{s(0), 0.1}, {s(10), 0.5}, {s(20), 0.5}, {s(40), 1.0}}};
  Distribution const d{b, s(100)};
  CHECK(problem_of(d).empty());
  CHECK(quantile_seconds(d, 0.05) == 100);
  CHECK(quantile_seconds(d, 0.3) == Approx(105));
  CHECK(quantile_seconds(d, 0.75) == Approx(130));
  CHECK(quantile_seconds(d, 1 - 1e-12) == Approx(140));
  CHECK(least_seconds(d) == 100);
  CHECK(mean_seconds(d) == Approx(100 + 0.4 * 5 + 0.5 * 30));
  CHECK(share_below(b, 4) == Approx(0.26));
  SECTION("a first share above 0 at a length above 0 is spread from 0") {
    Bands const from_nothing{{{s(10), 0.5}, {s(20), 1.0}}};
    CHECK(least_seconds({from_nothing, {}}) == 0);
    CHECK(quantile_seconds({from_nothing, {}}, 0.25) == Approx(5));
    CHECK(mean_seconds({from_nothing, {}}) == Approx(10));
  }
  SECTION("a first share of 0 says where it starts") {
    Bands const from_ten{{{s(10), 0}, {s(20), 1.0}}};
    CHECK(least_seconds({from_ten, {}}) == 10);
    CHECK(mean_seconds({from_ten, {}}) == Approx(15));
  }
  SECTION("one band is everything up to it") {
    CHECK(mean_seconds({Bands{{{s(10), 1}}}, {}}) == Approx(5));
  }
  SECTION("all at 0") {
    CHECK(mean_seconds({Bands{{{s(0), 1}}}, s(3)}) == 3);
  }
}

TEST_CASE("the least value") {
  CHECK(least_seconds({Exponential{s(10)}, s(3)}) == 3);
  CHECK(least_seconds({Uniform{s(2), s(6)}, s(3)}) == 5);
  CHECK(least_seconds({Triangular{s(1), s(3), s(11)}, {}}) == 1);
  CHECK(least_seconds({Normal{s(5), s(1)}, s(1)}) == 1);
  CHECK(least_seconds({Normal{s(5), s(0.1)}, {}}) == 0);
  CHECK(least_seconds({Lognormal{s(5), s(30), {}, {}}, s(1)}) == 1);
  CHECK(least_seconds({Gamma{s(5), s(3)}, {}}) == 0);
  CHECK(least_seconds({Weibull{s(5), s(30)}, {}}) == 0);
}

TEST_CASE("wrong parameters are told from right ones") {
  auto const wrong = [](Shape const& shape) { return problem_of({shape, {}}); };
  CHECK(wrong(Constant{s(0)}).empty());
  CHECK(wrong(Uniform{s(3), s(3)}).empty());
  CHECK(wrong(Erlang{s(3), 1}).empty());
  CHECK_FALSE(wrong(Constant{s(-1)}).empty());
  CHECK_FALSE(wrong(Constant{s(1e12)}).empty());
  CHECK_FALSE(wrong(Constant{s(std::nan(""))}).empty());
  CHECK_FALSE(problem_of({Constant{}, s(-1)}).empty());
  CHECK(wrong(Exponential{s(0)}) == "its mean must be longer than 0");
  CHECK(wrong(Uniform{s(3), s(2)}) == "its `from` is longer than its `to`");
  CHECK(wrong(Triangular{s(3), s(2), s(4)}) == "its least, mode and most must be in rising order");
  CHECK(wrong(Normal{s(3), s(0)}) == "its mean and sd must be longer than 0");
  CHECK(wrong(Normal{s(100), s(94.9)}).empty());
  CHECK(wrong(Normal{s(100), s(95)}) == "its sd must be below 0.95 times its mean: use a gamma or an exponential");
  CHECK(wrong(Gamma{s(3), s(0)}) == "its mean and sd must be longer than 0");
  CHECK(wrong(Gamma{s(3), s(31)}) == "its sd must be between 0.01 and 10 times its mean");
  CHECK(wrong(Erlang{s(3), 0}) == "its phases must be a whole number from 1 to 10,000");
  CHECK(wrong(Weibull{s(3), s(3)}) == "its p90 must be longer than its median");
  CHECK(wrong(Lognormal{}) == "a lognormal needs exactly two of median, p90, mean and sd");
  CHECK(wrong(Lognormal{s(1), s(2), s(3), {}}) == "a lognormal needs exactly two of median, p90, mean and sd");
  CHECK(wrong(Lognormal{s(3), s(3), {}, {}}) == "its p90 must be longer than its median");
  CHECK(wrong(Lognormal{s(3), {}, s(3), {}}) == "its mean must be longer than its median");
  CHECK(wrong(Lognormal{{}, s(3), s(3), {}}) == "its p90 must be longer than its mean");
  CHECK(wrong(Lognormal{{}, s(30), s(3), {}}) == "its p90 cannot be more than 2.27 times its mean");
  CHECK(wrong(Lognormal{s(0), s(3), {}, {}}) == "its median, p90, mean and sd must be longer than 0");
  CHECK(wrong(Lognormal{s(1), s(700), {}, {}}) == "it is spread too widely: its p90 is over 600 times its median");
  CHECK(wrong(Bands{}) == "it has no bands");
  CHECK(wrong(Bands{{{s(1), 0.5}}}) == "its last share must be 1, but it is 0.5");
  CHECK(wrong(Bands{{{s(1), 0.5}, {s(1), 1}}}) == "its lengths of time must rise");
  CHECK(wrong(Bands{{{s(1), 0.5}, {s(2), 0.4}, {s(3), 1}}}) == "its shares must rise from 0 to 1");
  CHECK(wrong(Bands{{{s(1), std::nan("")}, {s(3), 1}}}) == "its shares must rise from 0 to 1");
}

TEST_CASE("the least spread of a solved shape is worked out, and less is refused, however it is given") {
  Duration const week{7 * seconds_per_day};
  auto const lognormal = [](std::optional<Duration> median, std::optional<Duration> p90, std::optional<Duration> mean,
                            std::optional<Duration> sd) {
    return Distribution{Lognormal{median, p90, mean, sd}, {}};
  };
  auto const wider = [&](double by) { return s(week.seconds * (1 + by)); };
  std::string const too_narrow = "it is spread too little to be worked out: write the one length of time";
  // of a sigma of a millionth: sd / mean, p90 / median - 1, mean / median - 1
  for (auto const& just_enough :
       {lognormal({}, {}, week, s(week.seconds * 1.01e-6)), lognormal(week, {}, {}, s(week.seconds * 1.01e-6)),
        lognormal(week, wider(1.29e-6), {}, {}), lognormal(week, {}, wider(0.52e-12), {}),
        lognormal({}, wider(1.29e-6), week, {})}) {
    REQUIRE(problem_of(just_enough) == "");
    QuantileTable const table(just_enough, 60);
    CHECK(table.is_constant());
    CHECK(table.constant_value() == 7 * 1440);
  }
  for (auto const& too_little :
       {lognormal({}, {}, week, s(week.seconds * 0.99e-6)), lognormal({}, {}, week, s(0.001)),
        lognormal(week, {}, {}, s(week.seconds * 0.99e-6)), lognormal(week, wider(1.27e-6), {}, {}),
        lognormal(week, {}, wider(0.47e-12), {}), lognormal({}, wider(1.27e-6), week, {}),
        lognormal({}, week, {}, s(1e-9)), lognormal({}, {}, s(1e-300), s(1e-320))})
    CHECK(problem_of(too_little) == too_narrow);
  auto const weibull = [&](double by) { return Distribution{Weibull{week, wider(by)}, {}}; };
  REQUIRE(problem_of(weibull(1.21e-6)) == "");
  CHECK(QuantileTable(weibull(1.21e-6), 60).constant_value() == 7 * 1440);
  CHECK(problem_of(weibull(1.19e-6)) == too_narrow);
  CHECK(problem_of(weibull(2.3e-16)) == too_narrow);
}

TEST_CASE("whatever has no problem has a table, down to the smallest figures and up to the largest") {
  auto const tiny = s(4.9e-324), small = s(1e-300), large = s(1e11), nearly = s(std::nextafter(1e11, 0));
  for (auto const& shape :
       std::vector<Shape>{Exponential{tiny}, Exponential{large}, Uniform{tiny, large}, Uniform{nearly, large},
                          Triangular{tiny, tiny, large}, Triangular{nearly, large, large}, Normal{large, tiny},
                          Normal{small, tiny}, Normal{large, s(0.94e11)}, Gamma{large, s(1e9)}, Gamma{small, s(1e-299)},
                          Erlang{tiny, 10'000}, Weibull{tiny, small}, Weibull{small, s(6e-298)},
                          Lognormal{tiny, s(1e-323), {}, {}}, Lognormal{{}, {}, small, small},
                          Bands{{{s(0), 0}, {tiny, 0.5}, {large, 1}}}, Bands{{{nearly, 1e-320}, {large, 1}}}}) {
    Distribution const d{shape, {}};
    if (auto const what = problem_of(d); !what.empty()) continue;
    for (double const tick : {0.1, 60.0, 3600.0}) {
      QuantileTable const table(d, tick);
      CHECK(table.sample(0) <= table.sample(~std::uint64_t{0}));
    }
  }
}
