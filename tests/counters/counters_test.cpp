// What one replication costs, in counters that do not hang on the clock, the machine or the compiler.

#include <Random123/philox.h>

#include "allocations.hpp"
#include "catch_compat.hpp"
#include "cwtsim/engine/replication.hpp"
#include "record.hpp"
#include "workload.hpp"

using namespace cwtsim;

namespace {

struct Counters {
  std::uint64_t events = 0, referred = 0, draws = 0, bytes = 0, in_system = 0;
};

/// Of the first replication of a workload.
Counters count(std::string const& scenario) {
  auto const model = counters::load(scenario);
  auto const before = bytes_held();
  engine::Workspace workspace(model);
  auto const draws = r123::draws_so_far;
  auto const& result = workspace.run(1, 0);
  return {result.events, result.referred, r123::draws_so_far - draws, bytes_held() - before, result.still_in};
}

double per(std::uint64_t a, std::uint64_t b) {
  return static_cast<double>(a) / static_cast<double>(b);
}

void hold_against_record(std::string const& scenario) {
  auto const now = count(scenario);
  auto const draws_an_event = per(now.draws, now.events), bytes_a_patient = per(now.bytes, now.in_system);
  if (counters::updating())
    counters::accept("counters", scenario,
                     {{"events", now.events},
                      {"referred", now.referred},
                      {"draws", now.draws},
                      {"draws_an_event", draws_an_event},
                      {"in_system_at_the_end", now.in_system},
                      {"bytes", now.bytes},
                      {"bytes_a_patient", bytes_a_patient}});
  auto const then = counters::recorded("counters", scenario);
  REQUIRE(then.contains("events"));
  INFO("If this was meant, CWTSIM_UPDATE=1 accepts it; say in the commit what it costs.");
  CHECK(now.events == then["events"].get<std::uint64_t>());
  CHECK(now.referred == then["referred"].get<std::uint64_t>());
  CHECK(now.draws == then["draws"].get<std::uint64_t>());
  CHECK(now.in_system == then["in_system_at_the_end"].get<std::uint64_t>());
  // how a vector grows is the standard library's own business
  CHECK(bytes_a_patient == Approx(then["bytes_a_patient"].get<double>()).epsilon(0.03));
  CHECK(now.draws > now.events / 4);
}

void allocates_nothing_once_warm(std::string const& scenario) {
  auto const model = counters::load(scenario);
  engine::Workspace workspace(model);
  for (std::uint64_t r = 0; r < 3; ++r) workspace.run(1, r);
  for (std::uint64_t r = 3; r < 9; ++r) {
    auto const before = allocations_so_far();
    workspace.run(1, r);
    auto const after = allocations_so_far();  // before the test itself takes memory for its messages
    INFO("replication " << r);
    CHECK(after - before == 0);
  }
}

}  // namespace

TEST_CASE("draws, events and bytes per patient of pathway8 are as recorded") {
  hold_against_record("pathway8");
}
TEST_CASE("draws, events and bytes per patient of booked are as recorded") {
  hold_against_record("booked");
}
TEST_CASE("draws, events and bytes per patient of West London are as recorded") {
  hold_against_record("west-london");
}

TEST_CASE("pathway8 allocates nothing once warm") {
  allocates_nothing_once_warm("pathway8");
}
TEST_CASE("booked allocates nothing once warm") {
  allocates_nothing_once_warm("booked");
}
TEST_CASE("West London allocates nothing once warm") {
  allocates_nothing_once_warm("west-london");
}
