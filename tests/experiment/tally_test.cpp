#include "cwtsim/experiment/tally.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "catch_compat.hpp"
#include "cwtsim/experiment/part.hpp"
#include "varied.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

PartOwner const owner{"0.1.0", "Two trusts", 0x1234'5678'9ABC'DEF0, 42};

}  // namespace

TEST_CASE("what replications add up to is the plain sum of every field") {
  auto const model = counting_everything();
  Layout const layout(model, {});
  std::vector<engine::ReplicationResult> const results{varied(0), varied(1), varied(2)};
  Tally tally;
  for (auto const& r : results) tally.add(layout, r);

  auto const check_totals = [&](auto const& folded, auto of) {
    using Totals = std::remove_cvref_t<decltype(of(results[0])[0])>;
    for (std::size_t i = 0; i < folded.size(); ++i) {
      std::size_t kept = 0;
      for_each_field<Totals>([&](auto field) {
        std::uint64_t sum = 0;
        Wide squares = 0;
        for (auto const& r : results) {
          auto const value = of(r)[i].*field().member;
          sum += value;
          squares += Wide{value} * value;
        }
        INFO(field().name);
        CHECK(folded[i].total.*field().member == sum);
        if constexpr (includes(field().folds, Folds::squares)) CHECK((folded[i].squares[kept++] == squares));
      });
    }
  };
  REQUIRE(tally.steps.size() == 2);
  REQUIRE(tally.resources.size() == 2);
  REQUIRE(tally.staff.size() == 1);
  REQUIRE(tally.rules.size() == 2);
  check_totals(
      tally.steps, [](auto& r) -> auto& { return r.steps; });
  check_totals(
      tally.resources, [](auto& r) -> auto& { return r.resources; });
  check_totals(
      tally.staff, [](auto& r) -> auto& { return r.staff; });
  check_totals(
      tally.rules, [](auto& r) -> auto& { return r.rules; });

  RatioSums time, slots, waits;
  for (auto const& r : results) {
    auto const& own = r.resources[1];
    time.add(own.busy_ticks - own.overrun_ticks, own.open_ticks);
    slots.add(own.used, own.offered);
    waits.add(own.wait_ticks, own.starts);
  }
  CHECK(tally.resources[1].ratio("use_of_time") == time);
  CHECK(tally.resources[1].ratio("use_of_slots") == slots);
  CHECK(tally.resources[1].ratio("waits") == waits);

  for (std::size_t i = 0; i < tally.days.size(); ++i)
    if (tally.days[i] != std::uint64_t{results[0].days[i]} + results[1].days[i] + results[2].days[i]) FAIL(i);
  auto const check_moments = [&](auto const& moments, auto of) {
    for (std::size_t i = 0; i < moments.size(); ++i) {
      std::uint64_t sum = 0, squares = 0;
      for (auto const& r : results) sum += of(r)[i], squares += std::uint64_t{of(r)[i]} * of(r)[i];
      if (moments[i].sum != sum || moments[i].squares != squares) FAIL(i);
    }
  };
  CHECK(tally.open.size() == 72);
  CHECK(tally.open_long.size() == 144);
  check_moments(
      tally.open, [](auto& r) -> auto& { return r.open; });
  check_moments(
      tally.open_long, [](auto& r) -> auto& { return r.open_long; });
  CHECK(tally.events == results[0].events + results[1].events + results[2].events);
}

TEST_CASE("what is counted by month is summed over each span") {
  auto const model = counting_everything();
  Layout const layout(model, {});
  std::vector<engine::ReplicationResult> const results{varied(0), varied(1)};
  Tally tally;
  for (auto const& r : results) tally.add(layout, r);
  REQUIRE(layout.spans.size() == 1 + 24 + 2);
  REQUIRE(layout.spans[25].when == "2026/27");
  auto const in_year = [](auto const& list, std::size_t width, std::size_t at) {
    std::uint64_t sum = 0;
    for (std::size_t month = 0; month < 12; ++month) sum += list[month * width + at];
    return sum;
  };
  for (std::uint32_t stratum = 0; stratum < 3; ++stratum) {
    RatioSums attained, measured;
    for (auto const& r : results) {
      attained.add(in_year(r.met, 3, stratum), in_year(r.counted, 3, stratum));
      measured.add(in_year(r.recorded_sums, 3, stratum), in_year(r.recorded, 3, stratum));
    }
    auto const& a = tally.attained[layout.cell(stratum, 25)];
    auto const& m = tally.measured[layout.cell(stratum, 25)];
    CHECK(a.sums == attained);
    CHECK(a.counting == 2);
    CHECK(a.meeting == 2);  // nearly all, and the target is 0.8
    CHECK(m.sums == measured);
    CHECK(m.counting == 2);
    CHECK(m.meeting == 2);
    CHECK(tally.years[stratum * 2].values().size() == 2);
  }
  for (std::uint32_t account = 0; account < 2; ++account) {
    ValueSums pence;
    for (auto const& r : results) pence.add(in_year(r.pence, 2, account));
    CHECK(tally.pence[layout.cell(account, 25)] == pence);
  }
  CHECK(tally.gaps[0].times == 2);
  CHECK(tally.gaps[1].times == 2);
  CHECK(tally.gaps[0].sum != tally.gaps[1].sum);
}

TEST_CASE("a row says of each replication what it said of itself") {
  Layout const layout(counting_everything(), {});
  auto const result = varied(5), stopped = limited(6);
  Tally tally;
  for (auto const& r : {result, stopped}) tally.add(layout, r);
  REQUIRE(tally.completed.size() == 1);
  REQUIRE(tally.limited.size() == 1);
  for (auto const& [row, r] : {std::tie(tally.completed[0], result), std::tie(tally.limited[0], stopped)}) {
    CHECK(row.replication == r.replication);
    CHECK(row.outcome == r.outcome);
    CHECK(row.stopped_at == r.stopped_at);
    CHECK(row.events == r.events);
    CHECK(row.referred == r.referred);
    CHECK(row.finished == r.finished);
    CHECK(row.still_in == r.still_in);
    CHECK(row.measured_referrals == r.measured_referrals);
  }
  own::each_leaf("", tally.completed[0], [](char const* name, auto const& leaf) {
    INFO(name);
    CHECK((leaf != std::remove_cvref_t<decltype(leaf)>{} || std::string_view(name) == "outcome"));
  });
  std::uint64_t met = 0, counted = 0;
  for (std::size_t m = 0; m < 24; ++m) met += result.met[3 * m], counted += result.counted[3 * m];
  CHECK(tally.completed[0].precise == std::vector{met, counted});
  CHECK(tally.limited[0].precise.empty());
}

TEST_CASE("tallies differ where any of their numbers does") {
  Layout const layout(counting_everything(), {});
  Tally const tally = tally_of(layout, 0, 10);
  std::size_t checked = 0, equal = 0;
  for_each_field<Tally>(
      [&](auto field, auto const& member) {
        if constexpr (requires { member.back(); }) {
          REQUIRE_FALSE(member.empty());
          auto other = tally;
          own::each_leaf(field().name, (other.*field().member).back(), [&](char const* name, auto& leaf) {
            INFO(field().name << ' ' << name);
            if constexpr (requires { ++leaf; }) {
              ++leaf;
              ++checked;
              equal += other == tally ? 1 : 0;
              --leaf;
            }
          });
        }
      },
      tally);
  CHECK(checked > 80);
  CHECK(equal == 0);
}

TEST_CASE("a replication of another model is not added") {
  Layout const layout(two_year_model(), {});
  Tally tally;
  CHECK_THROWS_AS(tally.add(layout, varied(0)), std::logic_error);
}

TEST_CASE("tallies merge exactly, however they are cut and in whatever order") {
  Layout const layout(counting_everything(), {});
  auto const all = tally_of(layout, 0, 230);  // more than a spread keeps one by one
  CHECK(all.replications() == 230);
  CHECK(all.limited.size() == 33);
  for (std::uint64_t const cut : {1U, 90U, 115U, 228U}) {
    auto first = tally_of(layout, 0, cut), rest = tally_of(layout, cut, 230);
    auto forward = first, backward = rest;
    forward.merge(rest);
    backward.merge(first);
    CHECK(forward == all);
    CHECK(backward == all);
    CHECK(part_bytes(owner, backward) == part_bytes(owner, all));
  }
  Tally in_threes;
  for (auto const first : {60U, 0U, 180U, 120U}) {
    auto piece = tally_of(layout, first, first + 20);
    piece.merge(tally_of(layout, first + 40, std::min(first + 60, 230U)));
    in_threes.merge(piece);
    in_threes.merge(tally_of(layout, first + 20, std::min(first + 40, 230U)));
  }
  CHECK(in_threes == all);
}
