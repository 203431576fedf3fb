#include "cwtsim/engine/event_queue.hpp"

#include <map>
#include <random>
#include <tuple>

#include "catch_compat.hpp"

using namespace cwtsim;
using Event = engine::Event<std::uint8_t>;
using EventQueue = engine::EventQueue<std::uint8_t>;
using engine::Phase;

namespace {

/// The same order by a tree: (tick, phase, order of coming).
class Oracle {
 public:
  void push(Tick at, Phase phase, Event const& e) {
    auto const key = std::max(std::pair(at, static_cast<int>(phase)), now_);
    events_.emplace(std::tuple(key.first, key.second, sequence_++), e);
  }
  Event pop() {
    auto const first = events_.begin();
    now_ = {std::get<0>(first->first), std::get<1>(first->first)};
    Event e = first->second;
    e.at = now_.first;
    events_.erase(first);
    return e;
  }
  [[nodiscard]] bool empty() const { return events_.empty(); }
  [[nodiscard]] std::size_t size() const { return events_.size(); }
  [[nodiscard]] std::pair<Tick, int> now() const { return now_; }

 private:
  std::map<std::tuple<Tick, int, std::uint64_t>, Event> events_;
  std::pair<Tick, int> now_{0, 0};
  std::uint64_t sequence_ = 0;
};

/// A step of time: none, a little, days, or far away.
Tick ahead(std::mt19937_64& random, int mix) {
  switch (mix == 4 ? static_cast<int>(random() % 4) : mix) {
    case 0:
      return static_cast<Tick>(random() % 2);
    case 1:
      return static_cast<Tick>(random() % 100);
    case 2:
      return static_cast<Tick>(random() % 100'000);
    default:
      return static_cast<Tick>(random() % 30'000'000);
  }
}

void compare(std::uint64_t seed, int mix, EventQueue& queue) {
  std::mt19937_64 random(seed);
  Oracle oracle;
  queue.clear();
  std::uint32_t subject = 0;
  bool same = true;
  for (int i = 0; i < 20'000 && same; ++i) {
    if (oracle.empty() || random() % 100 < (i < 12'000 ? 55u : 35u)) {
      // now and then one that is due already
      bool const late = random() % 50 == 0 && oracle.now().first > 0;
      Tick const at = late ? oracle.now().first - 1 : oracle.now().first + ahead(random, mix);
      auto const phase = static_cast<Phase>(random() % 7);
      Event const e{at, static_cast<std::uint8_t>(random() % 32),
                    static_cast<std::uint32_t>(random() & EventQueue::epoch_mask), subject++};
      oracle.push(at, phase, e);
      queue.push(at, phase, e.kind, e.epoch, e.subject);
    } else {
      Event const wanted = oracle.pop(), got = queue.pop();
      same =
          wanted.at == got.at && wanted.subject == got.subject && wanted.kind == got.kind && wanted.epoch == got.epoch;
    }
    same = same && queue.size() == oracle.size() && queue.empty() == oracle.empty();
  }
  while (same && !oracle.empty()) same = oracle.pop().subject == queue.pop().subject;
  INFO("seed " << seed << ", mix " << mix);
  CHECK(same);
  CHECK(queue.empty());
}

}  // namespace

TEST_CASE("events leave in the order of tick, phase and coming, whatever the mix of times") {
  EventQueue queue;
  for (int mix = 0; mix < 5; ++mix)
    for (std::uint64_t seed = 1; seed <= 8; ++seed) compare(seed, mix, queue);
}

TEST_CASE("events of one tick leave by phase, those of one phase in the order in which they came") {
  EventQueue queue;
  queue.push(7, Phase::auditing, 1, 0, 0);
  queue.push(7, Phase::opening, 1, 0, 1);
  queue.push(7, Phase::closing, 1, 0, 2);
  queue.push(7, Phase::opening, 1, 0, 3);
  queue.push(7, Phase::finishing, 1, 0, 4);
  queue.push(6, Phase::auditing, 1, 0, 5);
  for (std::uint32_t const wanted : {5u, 2u, 4u, 1u, 3u, 0u}) CHECK(queue.pop().subject == wanted);
}

TEST_CASE("an event of a phase that has passed happens at once, after those that are due") {
  EventQueue queue;
  queue.push(3, Phase::opening, 1, 0, 0);
  queue.push(3, Phase::opening, 1, 0, 1);
  CHECK(queue.pop().subject == 0);
  queue.push(3, Phase::closing, 1, 0, 2);
  queue.push(1, Phase::meeting, 1, 0, 3);
  CHECK(queue.pop().subject == 1);
  CHECK(queue.pop().subject == 2);
  Event const last = queue.pop();
  CHECK(last.subject == 3);
  CHECK(last.at == 3);
}

TEST_CASE("the last tick of the longest scenario can be scheduled") {
  EventQueue queue;
  queue.push(4'294'967'000u, Phase::auditing, 31, EventQueue::epoch_mask, 0xFFFFFFFEu);
  queue.push(0, Phase::beginning, 0, 0, 1);
  CHECK(queue.pop().subject == 1);
  Event const e = queue.pop();
  CHECK(e.at == 4'294'967'000u);
  CHECK(e.kind == 31);
  CHECK(e.epoch == EventQueue::epoch_mask);
  CHECK(e.subject == 0xFFFFFFFEu);
}

TEST_CASE("a calendar can be cleared and started at a later moment") {
  EventQueue queue;
  queue.push(100, Phase::finishing, 1, 0, 0);
  queue.clear(5000);
  CHECK(queue.empty());
  queue.push(4000, Phase::finishing, 1, 0, 1);
  Event const e = queue.pop();
  CHECK(e.at == 5000);
  CHECK(e.subject == 1);
}
