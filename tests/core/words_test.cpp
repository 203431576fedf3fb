#include "cwtsim/core/words.hpp"

#include "catch_compat.hpp"
#include "cwtsim/core/choices.hpp"
#include "cwtsim/core/time.hpp"

using namespace cwtsim;

namespace {
enum class Fruit : std::uint8_t { apple, red_pear, x9 };
}

namespace of_one {
enum class Only : std::uint8_t { one };
}

TEST_CASE("the words of an enumeration are the names of its enumerators, in their order") {
  CHECK(count_of<Fruit> == 3);
  auto const words = words_of<Fruit>();
  CHECK(std::vector<std::string_view>(words.begin(), words.end()) ==
        std::vector<std::string_view>{"apple", "red_pear", "x9"});
  CHECK(word_of(Fruit::red_pear) == "red_pear");
  CHECK(count_of<of_one::Only> == 1);
  CHECK(word_of(of_one::Only::one) == "one");
}

TEST_CASE("the words of what is written in a scenario") {
  CHECK(word_of(Order::breach_date) == "breach_date");
  CHECK(word_of(AtClosing::restart) == "restart");
  CHECK(word_of(WhenFull::turn_away) == "turn_away");
  CHECK(word_of(CreditedTo::at_stop) == "at_stop");
  CHECK(word_of(RuleKind::capacity) == "capacity");
  CHECK(count_of<Weekday> == 7);
  CHECK(word_of(Weekday::mon) == "mon");
  CHECK(word_of(Weekday::sun) == "sun");
}
