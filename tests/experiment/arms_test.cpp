// Several arms on the same threads, one after another without a wait between them.

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/io/read.hpp"
#include "cwtsim/model/compile.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

using Shared = std::shared_ptr<model::Model const>;

Shared tiny(std::string const& change) {
  io::ReadRequest request;
  request.path = CWTSIM_SOURCE_DIR "/scenarios/tiny.json";
  request.levers.push_back(*io::parse_lever(io::Lever::Op::set, change));
  auto const read = io::read_scenario(request);
  INFO(io::format_problems(read.problems, "tiny.json"));
  REQUIRE(read.problems.empty());
  return std::make_shared<model::Model const>(model::compile(read.scenario));
}

std::vector<Shared> three() {
  std::string const slots = "/providers/hospital/resources/clinic/sessions/weekday/slots=";
  return {tiny(slots + "7"), tiny(slots + "8"), tiny("/demand/gp_urgent/per_week=20")};
}

RunRequest of(std::uint64_t replications) {
  RunRequest r;
  r.seed = 7;
  r.replications = replications;
  return r;
}

/// So many replications of each model, in their order.
std::vector<Experiment> run_all(std::vector<Shared> const& models, RunRequest const& request, int threads,
                                std::atomic<bool> const* stop = nullptr) {
  std::vector<Experiment> all;
  std::size_t next = 0;
  run_arms(
      threads, stop,
      [&]() -> std::optional<ArmRun> {
        if (next == models.size()) return std::nullopt;
        return ArmRun{models[next++], request};
      },
      [&](Experiment e) {
        all.push_back(std::move(e));
        return true;
      });
  return all;
}

}  // namespace

TEST_CASE("of several arms each is what it is when it is run alone, on any number of threads") {
  auto const models = three();
  for (std::uint64_t const replications : {1U, 7U})
    for (int const threads : {1, 2, 5, 9}) {
      INFO(replications << " replications on " << threads << " threads");
      auto const together = run_all(models, of(replications), threads);
      REQUIRE(together.size() == 3);
      for (std::size_t i = 0; i < models.size(); ++i) {
        CHECK(together[i].tally == run(*models[i], of(replications)).tally);
        CHECK(together[i].ended == Ended::all_done);
        CHECK(together[i].simulated == replications);
      }
    }
}

TEST_CASE("an arm that becomes precise counts no more, whatever of it is under way") {
  auto const models = three();
  RunRequest request;
  request.seed = 7;
  request.precision_points = 1.5;
  for (int const threads : {1, 4}) {
    auto const together = run_all(models, request, threads);
    REQUIRE(together.size() == 3);
    for (std::size_t i = 0; i < models.size(); ++i) {
      auto const alone = run(*models[i], request);
      CHECK(together[i].tally == alone.tally);
      CHECK(together[i].ended == alone.ended);
    }
  }
}

TEST_CASE("what was done of an arm before is not run again, and an arm of which all was done runs nothing") {
  auto const models = three();
  auto const whole = run(*models[1], of(6)).tally, part = run(*models[1], of(4)).tally;
  std::vector<Tally> const before{{}, whole, {}, part};
  std::vector<Experiment> all;
  std::size_t next = 0;
  run_arms(
      3, nullptr,
      [&]() -> std::optional<ArmRun> {
        if (next == before.size()) return std::nullopt;
        ArmRun arm{models[next % 2], of(6)};
        arm.request.done = before[next++];
        return arm;
      },
      [&](Experiment e) {
        all.push_back(std::move(e));
        return true;
      });
  REQUIRE(all.size() == 4);
  CHECK(all[1].simulated == 0);
  CHECK(all[1].tally == whole);
  CHECK(all[3].simulated == 2);
  CHECK(all[3].tally == whole);
  CHECK(all[2].tally == run(*models[0], of(6)).tally);
}

TEST_CASE("when no more arms are wanted those under way are dropped") {
  auto const models = three();
  for (int const threads : {1, 4}) {
    std::size_t begun = 0, done = 0;
    run_arms(
        threads, nullptr,
        [&]() -> std::optional<ArmRun> {
          if (begun == 100) return std::nullopt;
          return ArmRun{models[begun++ % 3], of(2)};
        },
        [&](Experiment const&) { return ++done < 2; });
    CHECK(done == 2);
    CHECK(begun < 20);
  }
}

TEST_CASE("the stop flag ends the arm that is under way, and no other is begun") {
  auto const models = three();
  std::atomic<bool> stop = false;
  std::size_t begun = 0;
  std::vector<Ended> ended;
  run_arms(
      2, &stop,
      [&]() -> std::optional<ArmRun> {
        ArmRun arm{models[begun % 3], of(40)};
        if (begun++ == 1)
          arm.request.progress = [&stop](SoFar so_far) {
            if (so_far.done == 5) stop = true;
          };
        return arm;
      },
      [&](Experiment const& e) {
        ended.push_back(e.ended);
        return e.ended != Ended::interrupted;
      });
  CHECK(begun == 2);
  CHECK(ended == std::vector<Ended>{Ended::all_done, Ended::interrupted});
}

TEST_CASE("an exception comes out, from whoever throws it") {
  auto const models = three();
  auto const one = [&]() -> std::optional<ArmRun> { return ArmRun{models[0], of(3)}; };
  CHECK_THROWS_AS(run_arms(
                      2, nullptr, []() -> std::optional<ArmRun> { throw std::runtime_error("no such arm"); },
                      [](Experiment const&) { return true; }),
                  std::runtime_error);
  CHECK_THROWS_AS(run_arms(2, nullptr, one, [](Experiment const&) -> bool { throw std::runtime_error("full"); }),
                  std::runtime_error);
  auto const unfitting = [&]() -> std::optional<ArmRun> {
    ArmRun arm{models[0], of(3)};
    arm.request.done = run(*models[0], of(5)).tally;
    return arm;
  };
  CHECK_THROWS_AS(run_arms(2, nullptr, unfitting, [](Experiment const&) { return true; }), Unfitting);
}
