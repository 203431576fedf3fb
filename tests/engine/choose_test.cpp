#include "cwtsim/engine/choose.hpp"

#include "catch_compat.hpp"

using namespace cwtsim;

TEST_CASE("a choice is the first outcome whose edge is above the word, for any number of outcomes") {
  for (std::uint32_t count = 1; count < 40; ++count) {
    std::vector<std::uint64_t> edges;
    std::vector<std::uint32_t> outcomes;
    for (std::uint32_t i = 0; i < count; ++i) {
      // two edges may be equal: what lies between them is never chosen
      if (i > 0) edges.push_back((i / 3 * 3 + 1) * 1000ULL);
      outcomes.push_back(100 + i);
    }
    auto const words = model::Choice::words(edges, outcomes);
    std::uint32_t wrong = 0;
    for (std::uint64_t word = 0; word < 45'000; word += 250) {
      for (std::uint64_t const w : {word, word + 1, word - 1}) {
        std::uint32_t expected = 0;
        while (expected < count - 1 && w >= edges[expected]) ++expected;
        if (engine::outcome_of(model::Choice(words.data()), w) != 100 + expected) ++wrong;
      }
    }
    INFO(count << " outcomes");
    CHECK(wrong == 0);
  }
}
