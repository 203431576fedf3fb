#include "cwtsim/core/fields.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "cwtsim/core/folded.hpp"

using namespace cwtsim;

namespace {

/// Each way of folding, alone and together.
struct Made {
  std::uint64_t plain = 0, squared = 0, cubed = 0, highest = 0, everything = 0;

  static constexpr auto fields() {
    return std::tuple(
        Field{&Made::plain, "plain", "apples", "only summed"},
        Field{&Made::squared, "squared", "pears", "with squares", Folds::squares},
        Field{&Made::cubed, "cubed", "plums", "with cubes", Folds::cubes},
        Field{&Made::highest, "highest", "figs", "with the greatest", Folds::greatest},
        Field{&Made::everything, "everything", "", "all four", Folds::squares | Folds::cubes | Folds::greatest});
  }
  static constexpr auto ratios() {
    return std::tuple(Ratio{"squared_of_plain", &Made::squared, &Made::plain, ""},
                      Ratio{"two_of_one", [](Made const& m) { return m.squared + m.cubed; }, &Made::highest, ""});
  }
  friend bool operator==(Made const&, Made const&) = default;
};

struct Mixed {
  std::uint64_t count = 0, other = 0;
  bool flag = false;
  std::optional<double> maybe;
  std::vector<int> list;
  std::string text;
  Made made;

  static constexpr auto fields() {
    using T = Mixed;
    return std::tuple(Field{&T::count, "count", "", ""}, Field{&T::other, "other", "", ""},
                      Field{&T::flag, "flag", "", ""}, Field{&T::maybe, "maybe", "", ""},
                      ListField{&T::list, "list", "", "", [](int n) { return static_cast<std::size_t>(n); }},
                      Field{&T::text, "text", "", ""}, Field{&T::made, "made", "", ""});
  }
};

template <class... Members>
consteval bool all_of_mixed(Members... members) {
  return declares_all<Mixed>(std::tuple(Field{members, "", "", ""}...));
}
using M = Mixed;
static_assert(declares_all<Mixed>(Mixed::fields()));
static_assert(all_of_mixed(&M::count, &M::other, &M::flag, &M::maybe, &M::list, &M::text, &M::made));
// One is missing: the last, one of its own kind, one of two of a kind.
static_assert(!all_of_mixed(&M::count, &M::other, &M::flag, &M::maybe, &M::list, &M::text));
static_assert(!all_of_mixed(&M::count, &M::other, &M::flag, &M::list, &M::text, &M::made));
static_assert(!all_of_mixed(&M::other, &M::flag, &M::maybe, &M::list, &M::text, &M::made));
// One stands in the place of another of its kind.
static_assert(!all_of_mixed(&M::count, &M::count, &M::flag, &M::maybe, &M::list, &M::text, &M::made));
// Two are in another order.
static_assert(!all_of_mixed(&M::count, &M::other, &M::maybe, &M::flag, &M::list, &M::text, &M::made));

std::uint64_t low_of(Cubes const& c) {
  return c.low;
}

}  // namespace

TEST_CASE("fields are walked in order, of no object, one, two or three") {
  std::string names, units;
  for_each_field<Made>([&](auto field) {
    names += std::string(field().name) + " ";
    units += std::string(field().unit) + " ";
  });
  CHECK(names == "plain squared cubed highest everything ");
  CHECK(units == "apples pears plums figs  ");
  Made const a{1, 2, 3, 4, 5}, b{10, 20, 30, 40, 50};
  Made sum;
  std::uint64_t all = 0;
  for_each_field<Made>([&all](auto, std::uint64_t value) { all += value; }, a);
  CHECK(all == 15);
  for_each_field<Made>([](auto, auto& to, auto const& x, auto const& y) { to = x + y; }, sum, a, b);
  CHECK(sum == Made{11, 22, 33, 44, 55});
}

TEST_CASE("lists are made as long as they are declared, and nothing else is touched") {
  Mixed m;
  m.text = "as it was";
  resize_lists(m, 3);
  CHECK(m.list.size() == 3);
  CHECK(m.text == "as it was");
}

TEST_CASE("fields of the same name and type are copied, others are not") {
  struct Other {
    std::uint64_t other = 7;
    int count = 8;
    std::string text = "copied";
    static constexpr auto fields() {
      return std::tuple(Field{&Other::other, "other", "", ""}, Field{&Other::count, "count", "", ""},
                        Field{&Other::text, "text", "", ""});
    }
  };
  Mixed m;
  copy_like_named(Other{}, m);
  CHECK(m.other == 7);
  CHECK(m.count == 0);
  CHECK(m.text == "copied");
}

TEST_CASE("a declaration as text tells names, order, what is kept and ratios, of all that is held") {
  CHECK(declaration_of<std::vector<Made>>() ==
        "plain:0()squared:1()cubed:2()highest:4()everything:7()/squared_of_plain/two_of_one");
  CHECK(declaration_of<Mixed>() ==
        "count:0()other:0()flag:0()maybe:0()list()text:0()made:0(" + declaration_of<Made>() + ")");
}

TEST_CASE("each field folds as it says: sums, squares, cubes, the greatest, and ratios") {
  Folded<Made> f;
  f.add({1, 2, 3, 9, 4});
  f.add({10, 20, 30, 5, 2});
  CHECK(f.total == Made{11, 22, 33, 14, 6});
  CHECK((f.squares_of(&Made::squared) == 4 + 400));
  CHECK((f.squares_of(&Made::everything) == 16 + 4));
  CHECK(low_of(f.cubes_of(&Made::cubed)) == 27 + 27'000);
  CHECK(low_of(f.cubes_of(&Made::everything)) == 64 + 8);
  CHECK(f.greatest_of(&Made::highest) == 9);
  CHECK(f.greatest_of(&Made::everything) == 4);
  CHECK(f.squares.size() == 2);  // of those that ask for it, and of no other
  CHECK(f.cubes.size() == 2);
  CHECK(f.greatest.size() == 2);
  RatioSums plain, two;
  plain.add(2, 1);
  plain.add(20, 10);
  two.add(5, 9);
  two.add(50, 5);
  CHECK(f.ratio("squared_of_plain") == plain);
  CHECK(f.ratio("two_of_one") == two);
  auto const mean = f.mean(&Made::everything, &Made::everything, 2);
  CHECK(mean->value == 3);
  CHECK(*mean->low == 0);
  CHECK(*mean->high == Approx(3 * std::pow(1 + t_975(1) / 3 / 2, 2)));  // 4 and 2: standard error 1
}

TEST_CASE("what was folded apart merges to what was folded together, in any order") {
  auto const made = [](std::uint64_t k) { return Made{k, 3 * k + 1, k * k, 40 - k, 1'000 * k}; };
  Folded<Made> all, evens, odds;
  for (std::uint64_t k = 0; k < 20; ++k) {
    all.add(made(k));
    (k % 2 == 0 ? evens : odds).add(made(k));
  }
  auto backwards = odds;
  merge_into(backwards, evens);
  merge_into(evens, odds);
  CHECK(evens == all);
  CHECK(backwards == all);
  CHECK(all.greatest_of(&Made::highest) == 40);
  all.add(made(1));
  CHECK_FALSE(evens == all);
}

TEST_CASE("a sum of cubes fits wherever the sum does") {
  Cubes c;
  auto const most = ~std::uint64_t{0};
  c.add(most);  // (2^64 - 1)^3 = 2^192 - 3 2^128 + 3 2^64 - 1
  CHECK(c == Cubes{most, 2, most - 2});
  c = {};
  c.add(std::uint64_t{1} << 42);  // 2^126; four of them are 2^128
  auto const one = c;
  for (int i = 0; i < 3; ++i) c.merge(one);
  CHECK(c == Cubes{0, 0, 1});
  c.take(one);  // what is below nothing wraps round, and back
  for (int i = 0; i < 4; ++i) c.take(one);
  CHECK(c.signed_value() == -std::ldexp(1.0, 126));
  for (int i = 0; i < 2; ++i) c.merge(one);
  CHECK(c.signed_value() == std::ldexp(1.0, 126));
  CHECK(one.times(12).signed_value() == 12 * std::ldexp(1.0, 126));
}
