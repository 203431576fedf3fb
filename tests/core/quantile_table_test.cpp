#include <algorithm>
#include <cmath>

#include "catch_compat.hpp"
#include "cwtsim/core/distribution.hpp"
#include "cwtsim/core/draw.hpp"

using namespace cwtsim;

namespace {

Duration s(double seconds) {
  return {seconds};
}

struct Sampled {
  double mean = 0, sd = 0;
};

/// Mean and standard deviation over all words, by 2^12 words evenly laid in each octave of the share above.
Sampled moments(QuantileTable const& table) {
  constexpr int words = 1 << 12, octaves = 44;
  double sum = 0, squares = 0;
  for (int zeros = 0; zeros <= octaves; ++zeros) {
    double const low = zeros == octaves ? 0 : std::ldexp(1.0, -zeros - 1),
                 width = std::ldexp(1.0, zeros == octaves ? -octaves : -zeros - 1);
    for (int i = 0; i < words; ++i) {
      double const above = low + width * (i + 0.5) / words;
      double const x = table.sample(~static_cast<std::uint64_t>(std::ldexp(above, 64)));
      sum += x * width / words;
      squares += x * x * width / words;
    }
  }
  return {sum, std::sqrt(squares - sum * sum)};
}

/// A shape, and what is known of it without the table: mean and standard deviation in seconds, and the bits that its
/// table has and keeps (those of a new row are said by the test that fails). Each shape but the constant has a row.
struct Row {
  char const* name;
  Distribution distribution;
  double mean, sd;
  std::uint64_t bits;
};

double const root_of_pi = std::sqrt(4 * std::atan(1.0));

std::vector<Row> const& rows() {
  static std::vector<Row> const all = {
      {"exponential", {Exponential{s(600)}, {}}, 600, 600, 0x05a59acd66b89fbd},
      {"exponential and a constant", {Exponential{s(600)}, s(300)}, 900, 600, 0x71b59850a5121702},
      {"uniform", {Uniform{s(100), s(900)}, {}}, 500, 800 / std::sqrt(12.0), 0xac4e9305149d9b27},
      {"triangular",
       {Triangular{s(100), s(200), s(900)}, {}},
       400,
       std::sqrt((1e4 + 4e4 + 81e4 - 2e4 - 9e4 - 18e4) / 18),
       0x0bc13fbf65a8c26e},
      {"normal", {Normal{s(600), s(120)}, {}}, 600, 120, 0x1c1bb1866c259e45},
      {"normal cut in half",
       {Normal{s(478.73073648171925), s(361.68616499345217)}, {}},
       600 * std::sqrt(2.0) / root_of_pi,
       600 * std::sqrt(1 - 1 / (2 * std::atan(1.0))),
       0xa5a572e41316470d},
      {"wide normal", {Normal{s(600), s(560)}, {}}, 600, 560, 0x37a18ebd1d182bc0},
      {"narrow normal", {Normal{s(600), s(30)}, {}}, 600, 30, 0x1e3436254cb6a682},
      {"lognormal", {Lognormal{{}, {}, s(600), s(600)}, {}}, 600, 600, 0x2c60c2cad284639a},
      {"wide lognormal", {Lognormal{{}, {}, s(600), s(2400)}, {}}, 600, 2400, 0xefa3096267ca0176},
      {"narrow lognormal", {Lognormal{{}, {}, s(600), s(60)}, {}}, 600, 60, 0xb9a5d53673597141},
      {"gamma", {Gamma{s(600), s(300)}, {}}, 600, 300, 0xa7e808d5202942d1},
      {"wide gamma", {Gamma{s(600), s(3000)}, {}}, 600, 3000, 0x3d55377e603fc597},
      {"narrow gamma", {Gamma{s(600), s(30)}, {}}, 600, 30, 0xeaa87e6432e02b8c},
      {"erlang", {Erlang{s(600), 2}, {}}, 600, 600 / std::sqrt(2.0), 0xe05b079cd1f7f18b},
      {"weibull",
       {Weibull{s(415.88830833596717), s(1381.5510557964276)}, {}},
       600,
       600,
       0x26b2d06864d72ca9},  // an exponential
      {"steep weibull",
       {Weibull{s(499.5327666946186), s(910.4562776310879)}, {}},
       300 * root_of_pi,
       600 * std::sqrt(1 - std::atan(1.0)),
       0x9145cb5ee3e08619},  // a Rayleigh
      {"bands",
       {Bands{{{s(0), 0.1}, {s(100), 0.5}, {s(300), 0.5}, {s(500), 1}}}, {}},
       220,
       std::sqrt(0.4 * 1e4 / 3 + 0.5 * (400 * 400 + 4e4 / 12) - 220 * 220),
       0xbb9264b494d71a53},
  };
  return all;
}

}  // namespace

TEST_CASE("a table keeps the mean to 1e-5 and the spread to 2e-3 of every shape") {
  for (auto const& c : rows()) {
    INFO(c.name);
    REQUIRE(problem_of(c.distribution).empty());
    CHECK(mean_seconds(c.distribution) == Approx(c.mean).epsilon(1e-10));
    double const tick = c.mean / 1e5;
    auto const got = moments(QuantileTable(c.distribution, tick));
    CHECK(got.mean * tick == Approx(c.mean).epsilon(1e-5));
    CHECK(got.sd * tick == Approx(c.sd).epsilon(2e-3));
  }
}

TEST_CASE("a table's values lie on the quantiles, far into the tail") {
  for (auto const& c : rows()) {
    double const tick = mean_seconds(c.distribution) / 1e5;
    QuantileTable const table(c.distribution, tick);
    for (double const above : {1.0 - 1.0 / 64, 0.9, 0.7, 0.51, 0.4, 0.1, 0.01, 1e-4, 1e-6, 1e-8}) {
      INFO(c.name << ", share above " << above);
      auto const word = ~static_cast<std::uint64_t>(std::ldexp(above, 64));
      // within a cell the line is off by its curvature at most: compare with a neighbourhood of 1/40 of the share
      double const less = quantile_seconds(c.distribution, 1 - std::min(above * 1.025, 1 - 1e-9)),
                   more = quantile_seconds(c.distribution, 1 - above / 1.025);
      CHECK(table.sample(word) * tick >= less - tick);
      CHECK(table.sample(word) * tick <= more + tick);
    }
  }
}

TEST_CASE("more luck is never a shorter time, and no time is below the least") {
  for (auto const& c : rows()) {
    INFO(c.name);
    QuantileTable const table(c.distribution, 1e-3);
    Tick last = table.sample(0);
    CHECK(last * 1e-3 >= least_seconds(c.distribution) - 1e-3);
    bool rising = true;
    for (int zeros = 1; zeros < 40; ++zeros) {  // through every octave, and so over every edge between cells
      for (std::uint64_t i = 0; i < 1000; ++i) {
        std::uint64_t const above = (~std::uint64_t{0} >> (zeros - 1)) - i * ((~std::uint64_t{0} >> zeros) / 1000);
        Tick const value = table.sample(~above);
        rising = rising && value >= last;
        last = value;
      }
    }
    CHECK(rising);
    CHECK(table.sample(~std::uint64_t{0}) >= last);
  }
}

TEST_CASE("values are whole ticks, rounded to the nearest") {
  QuantileTable const table({Uniform{s(0), s(600)}, {}}, 60);  // 0 to 10 minutes
  CHECK(table.sample(0) == 0);
  CHECK(table.sample(~std::uint64_t{0}) == 10);
  double counts[11] = {};
  for (std::uint64_t i = 0; i < 100'000; ++i) ++counts[table.sample(i * 184'467'440'737'095)];
  CHECK(counts[0] == Approx(5000).margin(2));  // half as many as the others: 0 to 30 seconds
  for (int i = 1; i < 10; ++i) CHECK(counts[i] == Approx(10000).margin(2));
  CHECK(counts[10] == Approx(5000).margin(2));
}

TEST_CASE("a constant needs no table") {
  QuantileTable const two_minutes({Constant{s(90)}, s(40)}, 60);
  CHECK(two_minutes.is_constant());
  CHECK(two_minutes.constant_value() == 2);
  CHECK(two_minutes.sample(12345) == 2);
  CHECK(QuantileTable({Uniform{s(300), s(300)}, {}}, 60).is_constant());
  CHECK(QuantileTable({Uniform{s(300), s(310)}, {}}, 60).is_constant());  // 5 minutes whatever is drawn
  CHECK(QuantileTable({Triangular{s(60), s(60), s(60)}, {}}, 60).constant_value() == 1);
  CHECK_FALSE(QuantileTable({Uniform{s(300), s(400)}, {}}, 60).is_constant());
  CHECK(QuantileTable{}.sample(5) == 0);
}

TEST_CASE("values stay below 2^31 ticks") {
  CHECK(QuantileTable({Constant{s(1e11)}, {}}, 1).constant_value() == 2147483647u);
  QuantileTable const table({Lognormal{s(1e8), s(1e10), {}, {}}, {}}, 1);
  CHECK(table.sample(~std::uint64_t{0}) == 2147483647u);
  CHECK(table.sample(std::uint64_t{1} << 63) == Approx(1e8).epsilon(0.05));
}

TEST_CASE("what spans more ticks than a cell has room for is still in order") {
  // From nothing to 2e9 ticks, and a little more, within one cell: half of its words below the middle.
  QuantileTable const table({Bands{{{s(0), 0.5}, {s(2e9), 0.5078125}, {s(2.1e9), 1}}}, {}}, 1);
  CHECK(table.sample(static_cast<std::uint64_t>(std::ldexp(0.50390625, 64))) == Approx(1e9).epsilon(1e-3));
  CHECK(table.sample(static_cast<std::uint64_t>(std::ldexp(0.5009765625, 64))) == Approx(2.5e8).epsilon(1e-3));
  // its lower end is not below the neighbour's upper one, which is known to the tick
  QuantileTable const above({Bands{{{s(0), 0.25}, {s(1001), 0.5}, {s(2e9), 0.5078125}, {s(2.1e9), 1}}}, {}}, 1);
  CHECK(above.sample((std::uint64_t{1} << 63) - 1) == 1001);
  CHECK(above.sample(std::uint64_t{1} << 63) >= 1001);
  Tick last = 0;
  for (int bit = 0; bit < 40; ++bit)
    for (std::uint64_t i = 0; i < 500; ++i) {
      Tick const value = table.sample(~((~std::uint64_t{0} >> bit) - i * ((~std::uint64_t{0} >> (bit + 1)) / 500)));
      REQUIRE(value >= last);
      last = value;
    }
}

TEST_CASE("every shape but the constant has a row here") {
  for (std::size_t shape = 0; shape < shape_names.size(); ++shape) {
    if (shape_names[shape] == Constant::name) continue;
    INFO(shape_names[shape]);
    CHECK(std::any_of(rows().begin(), rows().end(),
                      [&](Row const& row) { return row.distribution.shape.index() == shape; }));
  }
}

TEST_CASE("tables are the same bits with every compiler and machine") {
  // A change of any last bit of a table or a draw changes these numbers: results made before would not be reproduced.
  for (auto const& c : rows()) {
    INFO(c.name);
    QuantileTable const table(c.distribution, 1e-5);
    std::uint64_t hash = 0xcbf29ce484222325;
    for (std::uint64_t i = 0; i < 5000; ++i) {
      auto const w = draw(9, i, 0);
      hash = (hash ^ table.sample(w.first >> (i % 24))) * 0x100000001b3;
      hash = (hash ^ table.sample(~(w.second >> (i % 40)))) * 0x100000001b3;
    }
    CHECK(hash == c.bits);
  }
}

TEST_CASE("draws of counts are the same with every compiler and machine") {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    auto const w = draw(9, i, 0);
    hash =
        (hash ^ (poisson(to_unit(w.first) * 200, w.second) + binomial(90, to_unit(w.second), w.first))) * 0x100000001b3;
  }
  CHECK(hash == 0x3c7139afb1023b3a);
}
